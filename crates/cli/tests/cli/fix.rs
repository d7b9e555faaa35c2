//! Fixes, shown and written.

use expect_test::expect;

use crate::support::{CLEAN, Folder, POD};

#[test]
fn a_diff_is_printed_in_place_of_the_findings_and_changes_nothing() {
    let folder = Folder::new("fix-diff", &[("deploy/pod.yaml", POD)]);
    let told = folder.scan(&["--diff"]);
    expect![[r#"
        --- a/deploy/pod.yaml
        +++ b/deploy/pod.yaml
        @@ -2,5 +2,4 @@
         kind: Pod
         metadata: { name: web }
         spec:
        -  hostname: web # a name of its own
           containers: []
    "#]]
    .assert_eq(&told.stdout);
    assert_eq!(
        (told.code, folder.read("deploy/pod.yaml").as_str()),
        (Some(1), POD)
    );
}

#[test]
fn a_diff_of_a_file_elsewhere_names_it_by_its_path_in_its_repository() {
    let folder = Folder::new(
        "fix-elsewhere",
        &[("deploy/pod.yaml", POD), ("other/a.yaml", "")],
    );
    let pod = folder.path("deploy/pod.yaml");
    let pod = pod.to_str().expect("the path is UTF-8");
    let checks = [
        "--checks",
        "my-checks",
        "--select",
        "hostname-set",
        "--diff",
    ];
    let told = folder.run(&[&["scan", pod][..], &checks].concat());
    assert!(
        told.stdout
            .starts_with("--- a/deploy/pod.yaml\n+++ b/deploy/pod.yaml\n"),
        "{told:?}"
    );
}

#[test]
fn fixes_are_written_and_what_is_left_is_reported() {
    let folder = Folder::new("fix-write", &[("deploy/pod.yaml", POD)]);
    let told = folder.scan(&["--fix"]);
    assert_eq!(told.code, Some(0), "{told:?}");
    assert_eq!(told.stderr, "Fixed 1 finding in 1 file\n");
    assert!(told.stdout.starts_with("No findings\n"), "{told:?}");
    assert_eq!(folder.read("deploy/pod.yaml"), CLEAN);
}

#[test]
fn fixes_that_touch_the_same_text_are_all_written() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  containers:\n  - name: web\n    image: a.example/b:1\n";
    let folder = Folder::new("fix-same-text", &[("deploy/pod.yaml", pod)]);
    let select = "capabilities-not-dropped,privilege-escalation-allowed,writable-root-filesystem";
    let arguments = ["scan", "deploy", "--select", select];
    assert_eq!(folder.run(&arguments).code, Some(1));
    let diff = folder.run(&[&arguments[..], &["--diff"]].concat()).stdout;
    let told = folder.run(&[&arguments[..], &["--fix"]].concat());
    assert_eq!(told.code, Some(0), "{told:?}");
    let fixed = folder.read("deploy/pod.yaml");
    let added: Vec<&str> = diff
        .lines()
        .filter(|line| !line.starts_with("+++"))
        .filter_map(|line| line.strip_prefix('+'))
        .collect();
    assert_eq!(fixed, format!("{pod}{}\n", added.join("\n")));
}

#[test]
fn fixes_of_the_standard_input_are_shown() {
    let folder = Folder::new("fix-stdin", &[]);
    let told = folder.run_with_input(
        &[
            "scan",
            "-",
            "--checks",
            "my-checks",
            "--select",
            "hostname-set",
            "--diff",
        ],
        POD,
    );
    assert!(
        told.stdout
            .contains("\n-  hostname: web # a name of its own\n"),
        "{told:?}"
    );
}

#[test]
fn a_diff_hides_secrets_and_says_so() {
    let secret = "---\napiVersion: v1\nkind: Secret\nmetadata: { name: key }\nstringData:\n  token: hunter2-hunter2\n";
    let text = format!("{POD}{secret}");
    let folder = Folder::new("fix-secret", &[("deploy/pod.yaml", &text)]);
    let near = format!(
        "{secret}---\napiVersion: v1\nkind: Pod\nmetadata: {{ name: web }}\nspec: {{ hostname: web }}\n"
    );
    folder.write("deploy/pod.yaml", &near);
    let told = folder.scan(&["--diff"]);
    assert!(told.stdout.contains("+spec: "), "{told:?}");
    assert!(!told.stdout.contains("hunter2"), "{told:?}");
    folder.write("deploy/pod.yaml", &format!("{near}# after\n"));
    assert_eq!(folder.scan(&["--fix"]).code, Some(0));
    assert!(
        folder
            .read("deploy/pod.yaml")
            .contains("token: hunter2-hunter2\n")
    );
}
