//! Commands about checks, and the generated documents.

use expect_test::expect;
use serde_json::Value;

use crate::support::{CHECK, Folder, POD};

#[test]
fn a_check_is_explained_by_its_id_and_by_its_names_in_other_tools() {
    let folder = Folder::new("checks-explain", &[]);
    let page = folder.run(&["explain", "hostname-set", "--checks", "my-checks"]);
    expect![[r#"
        hostname-set: Pod has a host name
        medium, least-privilege, spoofing, judges kubernetes/workload

        Why
          It should not.

        What to do
          Remove it.

        Examples
          Fails: a host name
            apiVersion: v1
            kind: Pod
            metadata: { name: web }
            spec:
              hostname: web # finding
              containers: []

          Passes: no host name
            apiVersion: v1
            kind: Pod
            metadata: { name: web }
            spec:
              containers: []

        Settings
          Set in scantling.yaml; these are the defaults
            settings:
              hostname-set:
                allowed: []

        Other names
          OTHER_7

        References
          https://example.org/hostname

        How to accept it
          A comment on the line, above the node or above the resource; `until` may be left out
            # scantling:ignore hostname-set until=2030-01-31 why it is right here
    "#]]
    .assert_eq(&page.stdout);
    assert_eq!(
        folder
            .run(&["explain", "OTHER_7", "--checks", "my-checks"])
            .stdout,
        page.stdout
    );
}

#[test]
fn show_adds_how_a_check_works() {
    let folder = Folder::new("checks-show", &[]);
    let told = folder.run(&["checks", "show", "hostname-set", "--checks", "my-checks"]);
    assert!(
        told.stdout
            .contains("pod_specs | .hostname | select(. != null)"),
        "{told:?}"
    );
    assert!(told.stdout.contains("remove: true"), "{told:?}");
    assert!(
        told.stdout
            .contains("my-checks/kubernetes/workload/hostname-set.yaml"),
        "{told:?}"
    );
}

#[test]
fn every_listed_check_has_a_page() {
    let folder = Folder::new("checks-list", &[]);
    let list: Value =
        serde_json::from_str(&folder.run(&["checks", "list", "-o", "json"]).stdout).unwrap();
    let ids: Vec<&str> = list
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|check| check["id"].as_str())
        .collect();
    assert!(ids.contains(&"privileged-container"), "{ids:?}");
    let table = folder.run(&["checks", "list"]).stdout;
    for id in ids {
        assert!(table.contains(id), "{id}");
    }
}

#[test]
fn examples_that_do_what_they_say_pass() {
    let folder = Folder::new("checks-pass", &[]);
    let told = folder.run(&["checks", "test", "my-checks"]);
    assert_eq!(told.code, Some(0), "{told:?}");
    assert_eq!(told.stdout, "2 examples of 1 check: 2 passed, 0 failed\n");
}

#[test]
fn examples_that_do_something_else_fail_with_their_place() {
    let folder = Folder::new("checks-fail", &[]);
    let wrong = CHECK.replace("hostname: web # finding", "subdomain: web # finding");
    folder.write("my-checks/kubernetes/workload/hostname-set.yaml", &wrong);
    let told = folder.run(&["checks", "test", "my-checks"]);
    assert_eq!(told.code, Some(1), "{told:?}");
    expect![[r#"
        fail hostname-set: a host name (my-checks/kubernetes/workload/hostname-set.yaml:15)
          expected a finding at each marked line
          but 0 findings at line 5 of the example, where one is expected
        2 examples of 1 check: 1 passed, 1 failed
    "#]]
    .assert_eq(&told.stdout);
}

#[test]
fn examples_of_users_see_the_built_in_checks_that_filters_ask_for() {
    let folder = Folder::new("checks-standards", &[]);
    let query = "query: pod_security_violations(\"baseline\"; \"latest\")";
    let check = CHECK
        .replace("query: pod_specs | .hostname | select(. != null)", query)
        .replace("hostname: web # finding", "hostNetwork: true # finding")
        .replace("fix: { remove: true }\n", "");
    folder.write("my-checks/kubernetes/workload/hostname-set.yaml", &check);
    let told = folder.run(&["checks", "test", "my-checks"]);
    assert_eq!(told.code, Some(0), "{told:?}");
}

#[test]
fn a_copy_of_a_built_in_check_is_tested_in_its_place() {
    let folder = Folder::new("checks-copy", &[]);
    folder.write("my-checks/kubernetes/workload/host-network.yaml", CHECK);
    let told = folder.run(&["checks", "test", "my-checks"]);
    assert_eq!(
        told.stdout, "4 examples of 2 checks: 4 passed, 0 failed\n",
        "{told:?}"
    );
    let told = folder.scan(&[]);
    assert!(
        told.stdout
            .contains("there is another check with the id host-network"),
        "{told:?}"
    );
}

#[test]
fn a_check_that_is_not_understood_is_a_problem_with_its_place() {
    let folder = Folder::new("checks-broken", &[]);
    folder.write(
        "my-checks/kubernetes/workload/hostname-set.yaml",
        &CHECK.replace("remedy:", "remedi:"),
    );
    let told = folder.run(&["checks", "test", "my-checks"]);
    assert_eq!(told.code, Some(1), "{told:?}");
    assert!(told.stdout.contains("hostname-set.yaml:11:1"), "{told:?}");
    assert!(told.stdout.contains("did you mean `remedy`?"), "{told:?}");
}

#[test]
fn documents_are_generated_for_every_shell_and_command() {
    let folder = Folder::new("checks-documents", &[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(
            folder
                .run(&["completions", shell])
                .stdout
                .contains("fail-on-unknown"),
            "{shell}"
        );
    }
    for (command, expected) in [
        (vec![], "scantling"),
        (vec!["scan"], "scantling-scan"),
        (vec!["checks", "list"], "scantling-checks-list"),
    ] {
        let told = folder.run(&[&["man"][..], &command].concat());
        assert!(
            told.stdout.contains(&format!(".TH {expected} 1")),
            "{told:?}"
        );
    }
    let schema: Value = serde_json::from_str(&folder.run(&["checks", "schema"]).stdout).unwrap();
    assert_eq!(schema["additionalProperties"], Value::Bool(false));
}

#[test]
fn a_configuration_that_is_found_names_nothing_outside_of_its_repository() {
    for config in [
        "checks: [/]\n",
        "paths: [/]\n",
        "terraform: { var-files: [/] }\n",
        "environments: { prod: { var-files: [/] } }\n",
    ] {
        let folder = Folder::new("checks-outside", &[("scantling.yaml", config)]);
        let told = folder.run(&["scan"]);
        assert_eq!(told.code, Some(2), "{told:?}");
        assert_eq!(
            told.stderr,
            "error: scantling.yaml:1: `/` is outside of the repository\nhelp: name it in the call, or name this file with --config\n"
        );
    }
}

#[cfg(unix)]
#[test]
fn links_out_of_the_repository_are_no_checks_of_its_configuration() {
    let folder = Folder::new(
        "checks-link",
        &[
            ("scantling.yaml", "checks: [my-checks]\n"),
            ("deploy/pod.yaml", POD),
        ],
    );
    std::os::unix::fs::symlink("/etc", folder.path("my-checks/more"))
        .expect("the test may make links");
    let told = folder.run(&["scan", "deploy"]);
    assert!(
        told.stdout
            .contains("a symbolic link that leads out of the repository"),
        "{told:?}"
    );
}
