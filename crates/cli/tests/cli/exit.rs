//! Exit codes: 2 before 1 before 3 before 0.

use std::process::Stdio;

use crate::support::{CLEAN, Folder, POD};

/// A pod whose second document is broken.
const HALF: &str =
    "apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [] }\n---\na: [\n";

/// Checks the exit code of a scan of `deploy/pod.yaml`.
#[track_caller]
fn check(name: &str, text: &str, arguments: &[&str], code: i32) {
    let folder = Folder::new(name, &[("deploy/pod.yaml", text)]);
    let told = folder.scan(arguments);
    assert_eq!(told.code, Some(code), "{told:?}");
}

#[test]
fn a_clean_scan_exits_with_0() {
    check("exit-clean", CLEAN, &[], 0);
    check(
        "exit-clean-strict",
        CLEAN,
        &["--strict", "--fail-on", "info", "--fail-on-unknown"],
        0,
    );
}

#[test]
fn findings_at_or_above_the_threshold_exit_with_1() {
    check("exit-default", POD, &[], 1);
    check("exit-medium", POD, &["--fail-on", "medium"], 1);
    check("exit-low", POD, &["--fail-on", "low"], 1);
    check("exit-high", POD, &["--fail-on", "high"], 0);
    check("exit-never", POD, &["--fail-on", "never"], 0);
    check("exit-quiet", POD, &["-qq"], 1);
    check(
        "exit-ignored",
        POD,
        &["--select", "host-port", "--ignore", "hostname-set"],
        0,
    );
}

#[test]
fn a_filter_decides_which_findings_count() {
    check("exit-filter-some", POD, &["--filter", "kind:Pod"], 1);
    check("exit-filter-none", POD, &["--filter", "kind:Job"], 0);
    check("exit-filter-wrong", POD, &["--filter", "kid:Pod"], 2);
    let folder = Folder::new("exit-filter-told", &[("deploy/pod.yaml", POD)]);
    let told = folder.scan(&["--filter", "kind:Job"]);
    assert!(
        told.stderr.contains("1 finding left out by --filter"),
        "{told:?}"
    );
    let told = folder.scan(&["--filter", "kid:Pod"]);
    assert!(told.stderr.contains("  kid:Pod\n  ^^^\n"), "{told:?}");
    assert!(told.stderr.contains("did you mean `kind`?"), "{told:?}");
}

#[test]
fn the_screen_without_a_terminal_exits_with_2() {
    let folder = Folder::new("exit-screen", &[("deploy/pod.yaml", POD)]);
    let told = folder.run(&["tui", "deploy"]);
    assert_eq!(told.code, Some(2), "{told:?}");
    assert!(told.stderr.contains("no terminal"), "{told:?}");
}

#[test]
fn a_call_that_leaves_no_check_exits_with_2() {
    check("exit-no-check", POD, &["--ignore", "hostname-set"], 2);
}

#[test]
fn what_the_call_names_runs_whatever_the_configuration_disables() {
    let config = "disable: [hostname-set]\n";
    let files = [("deploy/pod.yaml", POD), ("scantling.yaml", config)];
    let folder = Folder::new("exit-disabled", &files);
    assert_eq!(folder.scan(&[]).code, Some(1));
}

#[test]
fn unknown_verdicts_exit_with_1_only_where_that_is_asked_for() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  volumes:\n  \
               - { name: v, configMap: { name: elsewhere } }\n  containers: []\n";
    let folder = Folder::new("exit-unknown", &[("deploy/pod.yaml", pod)]);
    let scan = |arguments: &[&str]| {
        folder.run(
            &[
                &["scan", "deploy", "--select", "missing-config-map"],
                arguments,
            ]
            .concat(),
        )
    };
    assert_eq!(scan(&[]).code, Some(0), "{:?}", scan(&[]));
    assert!(
        scan(&[]).stdout.contains("1 verdict unknown"),
        "{:?}",
        scan(&[])
    );
    assert_eq!(scan(&["--fail-on-unknown"]).code, Some(1));
    assert_eq!(scan(&["--complete"]).code, Some(1));
}

#[test]
fn nothing_scanned_exits_with_3() {
    check("exit-nothing", "just: text\n", &[], 3);
}

#[test]
fn what_belongs_to_a_root_and_is_not_there_exits_with_3_where_strict() {
    let module = "module \"a\" { source = \"example.org/a/b/c\" }";
    let chart = "resource \"helm_release\" \"a\" { chart = \"c\" }";
    for (name, text) in [("exit-no-module", module), ("exit-no-chart", chart)] {
        let text = format!("resource \"terraform_data\" \"a\" {{}}\n{text}\n");
        let folder = Folder::new(name, &[("deploy/main.tf", &text)]);
        let never = ["--fail-on", "never"];
        assert_eq!(folder.scan(&never).code, Some(0));
        let strict = ["--fail-on", "never", "--strict"];
        assert_eq!(folder.scan(&strict).code, Some(3));
    }
}

#[test]
fn partly_understood_input_exits_with_3_where_strict() {
    check("exit-partial", HALF, &[], 0);
    check("exit-partial-strict", HALF, &["--strict"], 3);
}

#[test]
fn findings_outrank_partly_understood_input() {
    check(
        "exit-precedence",
        &format!("{POD}---\na: [\n"),
        &["--strict"],
        1,
    );
}

#[test]
fn wrong_usage_exits_with_2_whatever_is_found() {
    check("exit-format", POD, &["-o", "jsn"], 2);
    check("exit-two-outputs", POD, &["-o", "json", "-o", "human"], 2);
    check(
        "exit-no-folder",
        POD,
        &["-o", "json=no/such/folder/x.json"],
        2,
    );
    check("exit-check", POD, &["--ignore", "no-such-check"], 2);
    check("exit-version", POD, &["--kubernetes-version", "seven"], 2);
    check("exit-verdicts", POD, &["--verdicts", "all"], 2);
    check("exit-config", POD, &["--config", "none.yaml"], 2);
    check("exit-flag", POD, &["--flag"], 2);
    check("exit-path", POD, &["nowhere"], 2);
    check("exit-root", POD, &["--root", "nowhere"], 2);
}

#[test]
fn an_error_ends_with_the_next_step() {
    let folder = Folder::new("exit-next-step", &[("deploy/pod.yaml", POD)]);
    let cases = [
        (vec!["scan", "-o", "jsn"], "did you mean `json`?"),
        (
            vec!["scan", "-o", "json", "--diff"],
            "give all but one a file",
        ),
        (
            vec!["explain", "privileged-containr"],
            "did you mean `privileged-container`?",
        ),
        (vec!["man", "scam"], "did you mean `scan`?"),
        (vec!["scan", "-", "--fix"], "`--diff`"),
    ];
    for (arguments, expected) in cases {
        let told = folder.run(&arguments);
        assert_eq!(told.code, Some(2), "{told:?}");
        assert!(
            told.stderr.starts_with("error: ") && told.stderr.contains(expected),
            "{told:?}"
        );
    }
}

#[test]
fn a_closed_pipe_is_a_quiet_success() {
    let folder = Folder::new("exit-pipe", &[("deploy/pod.yaml", POD)]);
    for arguments in [
        vec!["scan", "deploy"],
        vec!["scan", "deploy", "-o", "sarif"],
        vec!["checks", "list"],
        vec!["schema"],
    ] {
        let mut command = folder.command(&arguments);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), output.stderr.as_slice()),
            (Some(0), &b""[..]),
            "{arguments:?}"
        );
    }
}
