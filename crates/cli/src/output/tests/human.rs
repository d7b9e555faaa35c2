//! What people read.

use std::sync::Arc;

use check::Severity;
use expect_test::{Expect, expect};
use source::Span;

use super::report;
use crate::output::human::write;
use crate::output::{Detail, diff};
use crate::terminal::Look;

fn shown(report: &analysis::Report, look: Look, detail: Detail) -> String {
    let mut out = Vec::new();
    write(report, look, detail, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Checks the frames of findings that are made in a text.
#[track_caller]
fn check_frames(text: &str, findings: &[(&str, &str)], expected: &Expect) {
    let mut report = report::empty();
    let file = report.sources.add("a.yaml", text);
    for (index, (needle, path)) in findings.iter().enumerate() {
        let check = report::check(["first", "second"][index % 2], Severity::ALL[4 - index % 5]);
        let finding = report::finding(&check, &file, needle, path, "it is bad");
        report.findings.extend([Arc::new(finding)]);
    }
    expected.assert_eq(&shown(&report, Look::PLAIN, Detail::Findings));
}

#[test]
fn findings_of_one_resource_on_one_line_share_a_frame() {
    check_frames(
        "spec:\n- name: api\n  image: x\n",
        &[
            ("name: api\n  image: x", "spec[name=api].user"),
            ("name: api\n  image", "spec[name=api].limits.cpu"),
        ],
        &expect![[r#"
            critical[first]: it is bad
            high[second]: it is bad
             --> a.yaml:2:3
              |
            2 | - name: api
              |   ^^^^^^^^^
              |
              = note: in Deployment/shop/api at spec[name=api]
              = help: first (.user): Change `first`; do it now.
              = help: second (.limits.cpu): Change `second`; do it now.

        "#]],
    );
}

#[test]
fn of_a_long_line_the_part_around_the_place_is_shown_with_its_real_column() {
    let text = format!("{{\"a\": \"{}\", \"bad\": 1}}\n", "x".repeat(100_000));
    let output = |text: &str| {
        let mut report = report::empty();
        let file = report.sources.add("a.json", text);
        let finding = report::finding(
            &report::check("first", Severity::Low),
            &file,
            "1",
            "bad",
            "it is bad",
        );
        report.findings.extend([Arc::new(finding)]);
        shown(&report, Look::PLAIN, Detail::Findings)
    };
    let output = output(&text);
    assert!(output.contains("--> a.json:1:100018\n"), "{output}");
    assert!(
        output.lines().all(|line| line.chars().count() <= 120),
        "{output}"
    );
}

#[test]
fn names_full_of_escape_codes_are_spelled_out() {
    check_frames(
        "a: \u{1b}[31m\u{202e}b\n",
        &[("b", "metadata[name=\u{1b}]0;x\u{7}]")],
        &expect![[r#"
            critical[first]: it is bad
             --> a.yaml:1:10
              |
            1 | a: \u{1b}[31m\u{202e}b
              |                      ^
              |
              = note: in Deployment/shop/api at metadata[name=\u{1b}]0;x\u{7}]
              = help: Change `first`; do it now.

        "#]],
    );
}

#[test]
fn places_far_apart_and_in_other_files_have_snippets_of_their_own() {
    let mut report = report::empty();
    let file = report
        .sources
        .add("a.yaml", format!("top: 1\n{}bad: 2\n", "# \n".repeat(60)));
    let other = report.sources.add("b.yaml", "kind: Service\n");
    let mut finding = report::finding(
        &report::check("first", Severity::Info),
        &file,
        "2",
        "bad",
        "it is bad",
    );
    let related = |span: Span, message: &str| analysis::Related {
        span,
        message: message.into(),
    };
    finding.related = vec![
        related(report::span(&file, "top"), "set here"),
        related(report::span(&other, "Service"), "used here"),
    ];
    finding.environments = vec!["prod".into(), "staging".into()];
    finding.conditional = true;
    report.findings.extend([Arc::new(finding)]);
    expect![[r#"
        info[first]: it is bad
          --> a.yaml:62:6
           |
        62 | bad: 2
           |      ^
           |
          ::: a.yaml:1:1
           |
         1 | top: 1
           | --- set here
           |
          ::: b.yaml:1:7
           |
         1 | kind: Service
           |       ------- used here
           |
           = note: in Deployment/shop/api at bad, in the environments prod, staging, which exists only under an unknown condition
           = help: Change `first`; do it now.

    "#]]
    .assert_eq(&shown(&report, Look::PLAIN, Detail::Findings));
}

#[test]
fn of_many_findings_of_one_check_the_first_have_frames_and_the_others_a_line() {
    let mut report = report::empty();
    let file = report.sources.add(
        "a.yaml",
        (0..12)
            .map(|index| format!("- name: n{index}\n"))
            .collect::<String>(),
    );
    let check = report::check("first", Severity::High);
    for index in 0..12 {
        let name = format!("n{index}\n");
        let finding = report::finding(
            &check,
            &file,
            &name,
            &format!("[{index}]"),
            &format!("{index} is bad"),
        );
        report.findings.extend([Arc::new(finding)]);
    }
    let usual = shown(&report, Look::PLAIN, Detail::Findings);
    let frames = |output: &str| output.matches(" --> ").count();
    assert_eq!(
        (
            frames(&usual),
            frames(&shown(&report, Look::PLAIN, Detail::Full))
        ),
        (5, 12)
    );
    expect![[r#"
        high[first]: 7 more findings (-v shows them in full)
          a.yaml:6:9: 5 is bad
              in Deployment/shop/api at [5]
    "#]]
    .assert_eq(
        &usual[usual.find("high[first]: 7").unwrap_or(0)..]
            .split_inclusive('\n')
            .take(3)
            .collect::<String>(),
    );
}

#[test]
fn a_terminal_gets_links_and_box_drawing() {
    let look = Look {
        color: true,
        terminal: true,
        links: true,
        unicode: true,
        width: 100,
    };
    let output = shown(&report::full(), look, Detail::Usual);
    assert!(
        output.contains("\u{1b}]8;;https://example.org/runs-as-root\u{1b}\\"),
        "{output:?}"
    );
    assert!(output.contains("╭▸"));
    let plain = shown(&report::full(), Look::PLAIN, Detail::Usual);
    assert!(!plain.contains('\u{1b}') && plain.is_ascii(), "{plain}");
}

#[test]
fn a_clean_run_says_so_in_few_words() {
    let mut report = report::empty();
    expect![[r#"
        Nothing was scanned
        Scanned 0 resources in 0 files with 0 checks against Kubernetes 1.37
          there is no file to scan
    "#]]
    .assert_eq(&shown(&report, Look::PLAIN, Detail::Usual));
    report.resources = 3;
    report.inputs = report::full().inputs;
    report.inputs.truncate(1);
    expect![[r#"
        No findings
        Scanned 3 resources in 1 file with 0 checks against Kubernetes 1.37
    "#]]
    .assert_eq(&shown(&report, Look::PLAIN, Detail::Usual));
}

#[test]
fn a_diff_is_exact_for_files_and_harmless_on_a_terminal() {
    let files = [analysis::FixedFile {
        path: "a.yaml".into(),
        before: Arc::from("a: 1\nb: \u{1b}\n"),
        after: "a: 2\nb: \u{1b}\n".into(),
        findings: 1,
    }];
    let shown = |look: Look| {
        let mut out = Vec::new();
        diff(&files, look, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    assert_eq!(
        shown(Look::PLAIN),
        "--- a/a.yaml\n+++ b/a.yaml\n@@ -1,2 +1,2 @@\n-a: 1\n+a: 2\n b: \u{1b}\n"
    );
    assert!(
        shown(Look {
            terminal: true,
            ..Look::PLAIN
        })
        .ends_with(" b: \\u{1b}\n")
    );
}
