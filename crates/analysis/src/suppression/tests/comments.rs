//! Comments of ours.

use super::*;

#[test]
fn a_comment_behind_a_line_hides_what_stands_on_it() {
    check(
        "\
apiVersion: v1
kind: Pod
spec:
  hostNetwork: true # scantling:ignore host-network the agent answers on the node, hidden
  containers:
  - name: a
    securityContext: # scantling:ignore privileged this does not stand here
      privileged: true # shown
  - name: b
    securityContext: { privileged: true } #scantling:ignore privileged, host-network hidden
  - name: m # scantling:ignore unbounded the limit comes from the namespace: hidden
    securityContext: # scantling:ignore no-seccomp hidden
      seLinux: {}
",
        &[("unused-suppression", 7), ("unused-suppression", 10)],
    );
}

#[test]
fn a_comment_above_hides_all_of_what_begins_below_it() {
    check(
        "\
apiVersion: v1
kind: Pod
spec:
  # scantling:ignore host-network because
  hostNetwork: true # hidden
  containers:
  # scantling:ignore privileged because
  # of this and that

  - name: a
    securityContext:
      privileged: true # hidden
  - name: b
    # scantling:ignore privileged because
    securityContext:
      privileged: true # hidden
  - name: c
    securityContext:
      # scantling:ignore privileged because
      privileged: true # hidden
  - name: d
    securityContext:
      privileged: true # shown
  -
    # scantling:ignore privileged because
    securityContext: { privileged: true } # hidden
",
        &[],
    );
}

#[test]
fn a_comment_above_the_first_element_is_not_for_the_others() {
    check(
        "\
apiVersion: v1
kind: Pod
spec:
  # scantling:ignore privileged the first key is not the whole map
  initContainers: []
  containers:
  # scantling:ignore privileged because
  - securityContext: { privileged: true } # hidden
  - securityContext: { privileged: true } # shown
",
        &[("unused-suppression", 4)],
    );
}

#[test]
fn a_comment_above_the_line_that_a_finding_shows_hides_it() {
    check(
        "\
apiVersion: v1
kind: Pod
spec:
  containers:
  # scantling:ignore unbounded because
  - name: m # hidden
    # scantling:ignore no-seccomp because
    securityContext: # hidden
      seLinux: {}
",
        &[],
    );
}

#[test]
fn a_comment_above_a_resource_hides_in_all_of_it() {
    let pod = |mark: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - securityContext: {{ privileged: true }} # {mark}\n"
        )
    };
    let (hidden, shown) = (pod("hidden"), pod("shown"));
    let directive = "# scantling:ignore privileged because\n";
    check(&format!("{directive}{hidden}"), &[]);
    check(
        &format!("\u{feff}{directive}\r\n{}", hidden.replace('\n', "\r\n")),
        &[],
    );
    check(
        &format!("{directive}---\n# more\n{hidden}---\n{shown}"),
        &[],
    );
    check(
        &format!("--- # first\n{directive}{hidden}---\n{shown}"),
        &[],
    );
    check(&format!("{shown}---\n{directive}\n{hidden}"), &[]);
    // What stands at the end of one document is not for the next.
    check(
        &format!("{shown}{directive}---\n{shown}"),
        &[("unused-suppression", 6)],
    );
    check(
        &format!("{shown}---\n{shown}{directive}"),
        &[("unused-suppression", 12)],
    );
}

#[test]
fn a_comment_above_an_item_of_a_list_object_is_for_that_object() {
    check(
        "\
apiVersion: v1
kind: List
items:
# scantling:ignore privileged because
- apiVersion: v1
  kind: Pod
  spec: { containers: [{ securityContext: { privileged: true } }] } # hidden
- apiVersion: v1
  kind: Pod
  # checkov:skip=CKV_K8S_16
  spec: { containers: [{ securityContext: { privileged: true } }] } # hidden
# checkov:skip=CKV_K8S_16:above
- apiVersion: v1
  kind: Pod
  spec: { containers: [{ securityContext: { privileged: true } }] } # hidden
- apiVersion: v1
  kind: Pod
  spec: { containers: [{ securityContext: { privileged: true } }] } # shown
",
        &[],
    );
}

#[test]
fn a_comment_at_an_alias_is_for_what_it_brings() {
    let text = "\
apiVersion: v1
kind: Pod
x: &context
  privileged: true
spec:
  containers:
  - name: a
    securityContext: *context # scantling:ignore privileged because
  - name: b
    # scantling:ignore privileged because
    securityContext: *context
  - name: c
    securityContext:
      <<: *context # scantling:ignore privileged because
  - name: d
    securityContext: *context
";
    let run = run(&[("app.yaml", text)]);
    let suppressions = Suppressions::read(&run.project, &run.library, &Config::default(), TODAY);
    let shown = run
        .placed
        .iter()
        .filter(|placed| suppressions.hides(&run.project, placed).is_none());
    let shown: Vec<&str> = shown.map(|placed| placed.finding.path.as_str()).collect();
    assert_eq!(
        shown,
        ["spec.containers[name=d].securityContext.privileged"]
    );
    assert_eq!(suppressions.notices(&|_| true), []);
}

#[test]
fn what_is_no_good_directive_hides_nothing_and_is_told() {
    for (directive, code) in [
        (
            "# scantling:ignore privileged",
            "suppression-without-reason",
        ),
        (
            "# scantling:ignore privileged --",
            "suppression-without-reason",
        ),
        ("# scantling:ignore", "invalid-suppression"),
        (
            "# scantling:ignore until=2027-01-31 because",
            "invalid-suppression",
        ),
        (
            "# scantling:ignore privileged until=soon because",
            "invalid-suppression",
        ),
        (
            "# scantling:ignored privileged because",
            "invalid-suppression",
        ),
        (
            "# scantling:ignore:privileged because",
            "invalid-suppression",
        ),
        (
            "# scantling:ignore priviledged because",
            "unknown-check-in-suppression",
        ),
        (
            "# scantling:ignore host-network because",
            "unused-suppression",
        ),
        (
            "# scantling:ignore privileged until=2026-06-14 because",
            "expired-suppression",
        ),
        (
            "# scantling:ignore privileged because until=2026-06-14",
            "expired-suppression",
        ),
    ] {
        let text = format!(
            "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  {directive}\n  - securityContext: {{ privileged: true }} # shown\n"
        );
        check(&text, &[(code, 5)]);
    }
}

#[test]
fn good_directives_hide_without_a_notice() {
    for directive in [
        "# scantling:ignore privileged until=2026-06-15 because",
        "#   scantling:ignore   privileged   because",
        "## scantling:ignore privileged because",
        "# scantling:ignore KSV-0017 because",
        "# scantling:ignore trivy:AVD-KSV-0017 because",
        "# scantling:ignore popeye:POP-1 because",
        "# scantling:ignore privileged,privileged because",
    ] {
        let text = format!(
            "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  {directive}\n  - securityContext: {{ privileged: true }} # hidden\n"
        );
        check(&text, &[]);
    }
}

#[test]
fn text_that_only_speaks_of_directives_is_none() {
    check(
        "\
# scantling: our scanner; see scantling:ignore in its manual
apiVersion: v1
kind: Pod
metadata: { annotations: { note: '# scantling:ignore privileged because' } }
spec:
  containers:
  - args:
    - |
      # scantling:ignore privileged because
    securityContext: { privileged: true } # shown
",
        &[],
    );
}

#[test]
fn the_nearest_directive_of_ours_is_named() {
    let text = "\
# checkov:skip=CKV_K8S_16:theirs
apiVersion: v1
kind: Pod
metadata: { annotations: { scantling.dev/ignore: privileged annotated } }
spec:
  containers:
  - securityContext: { privileged: true } # scantling:ignore privileged beside\u{202e}
";
    let run = run(&[("app.yaml", text)]);
    let suppressions = Suppressions::read(&run.project, &run.library, &Config::default(), TODAY);
    let suppression = suppressions.hides(&run.project, &run.placed[0]).unwrap();
    assert_eq!(
        (suppression.tool, suppression.reason.as_deref()),
        ("scantling", Some("beside\\u{202e}"))
    );
    assert_eq!(run.line(&Place::Span(suppression.span.unwrap())), 7);
    assert_eq!(suppressions.notices(&|_| true), []);
}

#[test]
fn a_directive_that_could_not_be_tried_is_not_called_unused() {
    let unused = |text: &str, config: &Config, ran: &dyn Fn(&str) -> bool| -> Vec<Problem> {
        let run = run(&[("app.yaml", text)]);
        Suppressions::read(&run.project, &run.library, config, TODAY).notices(ran)
    };
    let text = "# scantling:ignore never because\napiVersion: v1\nkind: Pod\nspec: {}\n";
    assert_eq!(unused(text, &Config::default(), &|_| true).len(), 1);
    assert_eq!(
        unused(text, &Config::default(), &|check| check != "never"),
        []
    );
    let disabled = crate::config::Override {
        paths: vec!["app.yaml".to_owned()],
        disable: vec!["never".to_owned()],
        ..Default::default()
    };
    assert_eq!(
        unused(
            text,
            &Config {
                overrides: vec![disabled],
                ..Config::default()
            },
            &|_| true
        ),
        []
    );
    let broken = format!("{text}---\nspec: {{ [\n");
    assert_eq!(unused(&broken, &Config::default(), &|_| true), []);
}

#[test]
fn notices_say_what_to_do() {
    let text = "# scantling:ignore priviledged because\napiVersion: v1\nkind: Pod\nspec: {}\n";
    let run = run(&[("app.yaml", text)]);
    let suppressions = Suppressions::read(&run.project, &run.library, &Config::default(), TODAY);
    let notices = suppressions.notices(&|_| true);
    let told: Vec<(&str, Option<&str>)> = notices
        .iter()
        .map(|notice| (notice.message.as_str(), notice.help.as_deref()))
        .collect();
    let message = "the suppression of `priviledged` hides nothing: there is no such check";
    assert_eq!(told, [(message, Some("did you mean `privileged`?"))]);
}

#[test]
fn long_directives_give_one_notice() {
    let (many, long) = ("x,".repeat(100_000), "y".repeat(1_000_000));
    check(
        &format!(
            "# scantling:ignore {many} because\n# scantling:ignore {long} because\napiVersion: v1\nkind: Pod\nspec: {{}}\n"
        ),
        &[
            ("invalid-suppression", 1),
            ("unknown-check-in-suppression", 2),
        ],
    );
}

#[test]
fn damaged_text_does_no_harm() {
    let text = "# scantling:ignore privileged é\n--- # kics-scan ignore\n%\n# trivy:ignore:*:exp\u{301}:\n- é: [&a 1, *a] # checkov:skip=é\n...\n#scantling:";
    for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
        for part in [&text[..at], &text[at..]] {
            let run = run(&[("app.yaml", part)]);
            Suppressions::read(&run.project, &run.library, &Config::default(), TODAY)
                .notices(&|_| true);
        }
    }
}

#[test]
fn a_file_gives_no_more_notices_than_a_person_reads() {
    let text =
        "# scantling:ignore never because\n".repeat(300) + "apiVersion: v1\nkind: Pod\nspec: {}\n";
    let run = run(&[("app.yaml", &text)]);
    let suppressions = Suppressions::read(&run.project, &run.library, &Config::default(), TODAY);
    let notices = suppressions.notices(&|_| true);
    assert_eq!(notices.len(), 201);
    assert_eq!(
        notices[200].message,
        "100 more notices of this file are not shown"
    );
}
