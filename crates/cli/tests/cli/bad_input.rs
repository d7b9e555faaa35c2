//! Input and calls that are made to break the program or its reader.

use serde_json::Value;

use crate::support::{CLEAN, Folder, POD, Told};

/// A name that drives a terminal, reorders a line, ends a command of GitHub and closes an element of XML.
const EVIL: &str = "\u{1b}]0;x\u{7}\u{1b}[31m\u{202e}a\u{2066}\n::error file=x::b\r%0A'\"<c>&amp;]]>\u{200b}\u{feff}\u{2028}";

/// The formats and their options.
const FORMATS: [&str; 5] = ["human", "json", "sarif", "github", "junit"];

/// A folder with a pod, of which every name is evil, and a broken document behind it.
fn evil(name: &str, path: &str) -> Folder {
    let quoted = Value::from(EVIL);
    let pod = format!(
        "{{apiVersion: v1, kind: Pod, metadata: {{ name: {quoted}, namespace: {quoted} }}, spec: {{ hostname: {quoted}, {quoted}: [] }}}}\n---\n: [\n"
    );
    Folder::new(name, &[(path, &pod), ("deploy/pod.yaml", POD)])
}

#[track_caller]
fn assert_harmless(text: &str) {
    let harmful = text.chars().filter(|character| {
        *character != '\n' && source::neutral(&character.to_string()) != character.to_string()
    });
    let harmful: Vec<char> = harmful.collect();
    assert!(harmful.is_empty(), "{harmful:?} in {text}");
}

#[test]
fn no_format_shows_harmful_characters() {
    let folder = evil("bad-names", "deploy/evil.yaml");
    for format in FORMATS {
        let told = folder.scan(&["-o", format, "--color", "never"]);
        assert_eq!(told.code, Some(1), "{told:?}");
        let file = format!("{format}=out");
        folder.scan(&["-o", &file, "-v"]);
        for text in [&told.stdout, &told.stderr, &folder.read("out")] {
            assert_harmless(text);
        }
    }
}

#[cfg(unix)]
#[test]
fn no_format_shows_harmful_characters_of_paths() {
    let path = format!("deploy/{}.yaml", EVIL.replace('/', ""));
    let folder = evil("bad-paths", &path);
    for format in FORMATS {
        let told = folder.scan(&["-o", &format!("{format}=out"), "-v"]);
        assert_eq!(told.code, Some(1), "{told:?}");
        assert_harmless(&folder.read("out"));
    }
    folder.scan(&["-o", "sarif=out"]);
    let sarif: Value = serde_json::from_str(&folder.read("out")).unwrap();
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    let uri = place["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.starts_with("deploy/%1B%5D0%3Bx%07"), "{uri}");
}

#[test]
fn a_line_of_github_stays_one_command() {
    let folder = evil("bad-github", "deploy/evil.yaml");
    let told = folder.scan(&["-o", "github"]);
    assert!(
        told.stdout.lines().all(|line| ["::warning", "::error"]
            .iter()
            .any(|command| line.starts_with(&format!("{command} file=deploy/")))),
        "{told:?}"
    );
}

#[test]
fn errors_name_harmful_paths_harmlessly() {
    let folder = Folder::new("bad-arguments", &[("deploy/pod.yaml", CLEAN)]);
    for arguments in [
        ["--config", EVIL],
        ["--root", EVIL],
        ["--checks", EVIL],
        ["--kubernetes-version", EVIL],
        ["--exclude", "[\u{1b}[31m-a"],
        ["-o", "json=\u{1b}[31m/x"],
    ] {
        let told = folder.scan(&arguments);
        assert_eq!(told.code, Some(2), "{told:?}");
        assert_harmless(&told.stderr);
    }
}

#[test]
fn columns_of_long_lines_are_those_of_the_file() {
    let long = "n".repeat(5_000);
    let pod = format!(
        "{{apiVersion: v1, kind: Pod, metadata: {{ name: a, labels: {{ a: {long} }} }}, spec: {{ hostname: web }}}}\n"
    );
    let folder = Folder::new("bad-columns", &[("deploy/pod.yaml", &pod)]);
    let column = pod.find("web").unwrap() + 1;
    let told = folder.scan(&[]);
    let place = format!("--> deploy/pod.yaml:1:{column}\n");
    assert!(told.stdout.contains(&place), "{told:?}");
    let longest = told.stdout.lines().map(str::len).max();
    assert!(longest < Some(1_000), "{longest:?}");
}

#[test]
fn a_path_that_does_not_exist_fails_the_run_that_scans_the_rest() {
    let folder = Folder::new("bad-path", &[("deploy/pod.yaml", POD)]);
    let scan = |arguments: &[&str]| folder.scan(&[&["nowhere"], arguments].concat());
    let told = scan(&[]);
    assert_eq!(told.code, Some(2), "{told:?}");
    assert!(
        told.stdout.contains("error[no-such-path]")
            && told.stdout.contains("check the spelling")
            && told.stdout.contains("medium[hostname-set]"),
        "{told:?}"
    );
    for quiet in ["-q", "-qq"] {
        let told = scan(&[quiet]);
        assert_eq!(told.code, Some(2), "{told:?}");
        assert!(told.stderr.contains("nowhere"), "{told:?}");
    }
    let told = scan(&["-o", "json"]);
    assert_eq!(told.code, Some(2), "{told:?}");
    assert!(told.stderr.contains("nowhere"), "{told:?}");
}

#[test]
fn the_standard_input_is_read_like_a_file() {
    let folder = Folder::new("bad-stdin", &[]);
    let scan = |input: &[u8]| {
        let arguments = [
            "scan",
            "-",
            "--checks",
            "my-checks",
            "--select",
            "hostname-set",
        ];
        folder.run_with_input(&arguments, input)
    };
    for (input, expected) in [
        (
            b"a: \xff\n".as_slice(),
            "not UTF-8: a wrong byte at line 1, column 4",
        ),
        (b"\xff\xfea\0", "text in UTF-16"),
        (b"a: b\0\n", "a binary file"),
        (b"", "no Kubernetes manifest in it (<stdin>)"),
    ] {
        let told = scan(input);
        assert_eq!(told.code, Some(3), "{told:?}");
        assert!(told.stdout.contains(expected), "{told:?}");
    }
    assert_eq!(scan(POD.as_bytes()).code, Some(1));
}

#[test]
fn configuration_is_followed_or_refused() {
    for (text, expected) in [
        (
            "disabel: [a]\n",
            "scantling.yaml:1: there is no key `disabel`\nhelp: did you mean `disable`?\n",
        ),
        (
            "paths: a\n",
            "scantling.yaml:1: paths: expected a list, found string \"a\"\n",
        ),
        ("paths: [\n", "scantling.yaml:2: did not find"),
        (
            "# a\ndisable:\n- hostname-sett\n",
            "scantling.yaml:3: there is no check `hostname-sett`\nhelp: did you mean `hostname-set`?\n",
        ),
        (
            "severity:\n  hostname-set: mild\n",
            "scantling.yaml:2: `mild` is no severity\nhelp: the severities are info, low",
        ),
        (
            "settings:\n  hostname-set:\n    alowed: []\n",
            "scantling.yaml:3: the check hostname-set has no setting `alowed`\nhelp: did you mean `allowed`?\n",
        ),
        (
            "overrides:\n- paths: [a]\n  disable: [b]\n",
            "scantling.yaml:3: there is no check `b`\n",
        ),
        (
            "kubernetes-version: seven\n",
            "scantling.yaml:1: `seven` is no version of Kubernetes\nhelp: write it as",
        ),
        (
            "checks: [nowhere]\n",
            "cannot read nowhere: no such file or folder\nhelp: check the spelling of the path\n",
        ),
    ] {
        let folder = Folder::new(
            "bad-configuration",
            &[("deploy/pod.yaml", POD), ("scantling.yaml", text)],
        );
        let told = folder.scan(&[]);
        assert_eq!(told.code, Some(2), "{text}: {told:?}");
        assert!(
            told.stderr.starts_with(&format!("error: {expected}")),
            "{told:?}"
        );
    }
    let folder = Folder::new(
        "bad-configuration",
        &[("deploy/pod.yaml", POD), ("scantling.yaml", "# nothing\n")],
    );
    assert_eq!(folder.scan(&[]).code, Some(1));
}

#[test]
fn a_broken_check_is_a_problem_and_the_others_run() {
    let broken = crate::support::CHECK.replace("pod_specs | ", "pod_spec | ");
    let folder = Folder::new("bad-check", &[("deploy/pod.yaml", CLEAN)]);
    folder.write("my-checks/kubernetes/workload/broken-thing.yaml", &broken);
    let shown = |told: &Told, text: &str| {
        assert!(
            text.contains("there is no filter pod_spec")
                && text.contains("did you mean `pod_specs`?"),
            "{told:?}"
        );
        assert!(text.contains("broken-thing.yaml:9:8"), "{told:?}");
    };
    let told = folder.scan(&[]);
    assert_eq!(told.code, Some(0), "{told:?}");
    shown(&told, &told.stdout);
    assert_eq!(folder.scan(&["--strict"]).code, Some(3));
    let told = folder.run(&["checks", "test", "my-checks"]);
    assert_eq!(told.code, Some(1), "{told:?}");
    shown(&told, &told.stdout);
    let told = folder.run(&["explain", "broken-thing", "--checks", "my-checks"]);
    assert_eq!(told.code, Some(2), "{told:?}");
    shown(&told, &told.stderr);
}

#[cfg(unix)]
mod unix {
    use std::process::Command;

    use super::*;

    /// Runs the program with a FIFO that nobody writes to: were it read, the program would never end.
    #[track_caller]
    fn check(name: &str, fifo: &str, arguments: &[&str], code: i32) {
        let folder = Folder::new(name, &[("deploy/pod.yaml", CLEAN)]);
        let made = Command::new("mkfifo")
            .arg(folder.path(fifo))
            .status()
            .expect("there is a mkfifo");
        assert!(made.success(), "mkfifo makes a FIFO");
        let told = folder.run(arguments);
        assert_eq!(told.code, Some(code), "{told:?}");
    }

    #[test]
    fn nobody_waits_for_a_fifo() {
        let scan = ["scan", "deploy", "--fail-on", "never"];
        let with = |option, value| [&scan[..], &[option, value]].concat();
        check("fifo-walked", "deploy/fifo.yaml", &scan, 0);
        check(
            "fifo-strict",
            "deploy/fifo.yaml",
            &with("--strict", "-q"),
            3,
        );
        check("fifo-named", "fifo", &["scan", "fifo"], 3);
        check("fifo-rules", "deploy/.gitignore", &scan, 0);
        check("fifo-configuration", "scantling.yaml", &scan, 2);
        check("fifo-given", "fifo", &with("--config", "fifo"), 2);
        check(
            "fifo-check",
            "my-checks/fifo.yaml",
            &with("--checks", "my-checks"),
            0,
        );
    }
}
