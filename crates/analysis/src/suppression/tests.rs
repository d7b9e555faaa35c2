//! What directives hide, and which notices they give.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use check::{Against, Check, Judge, Library, Vocabulary};
use source::{FileId, Memory, Place, Problem, SourceFile, Sources};

use super::Suppressions;
use crate::config::{Config, SuppressEntry};
use crate::discover::discover;
use crate::finding::{Placed, finding};
use crate::options::{NoProgress, Options};
use crate::project::{Project, ReadOptions};

/// The day of all runs.
const TODAY: &str = "2026-06-15";

const CHECKS: &[(&str, &str, &str)] = &[
    (
        "privileged",
        ".spec.containers[] | .securityContext.privileged | select(. == true)",
        "[KSV-0017, CKV_K8S_16, C-0057, c48e57d3-d642-4e0b-90db-37f807b41b91, 'kube-linter:privileged-container', \
         'kube-score:container-security-context-privileged', 'polaris:runAsPrivileged', 'popeye:POP-1']",
    ),
    (
        "host-network",
        ".spec.hostNetwork | select(. == true)",
        "[KSV-0009, CKV_K8S_19, C-0041, 6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a, 'kube-linter:host-network', 'polaris:hostNetworkSet', \
         'kube-score:container-ephemeral-storage-request-and-limit']",
    ),
    (
        "unbounded",
        ".spec.containers[] | select(.name == \"m\") | .resources.limits | select(. == null)",
        "[KSV-0011]",
    ),
    (
        "no-seccomp",
        ".spec.containers[] | select(.name == \"m\") | .securityContext.seccomp | select(. == null)",
        "[]",
    ),
    ("never", "empty", "[]"),
];

fn library() -> Library {
    let vocabulary = Vocabulary {
        is_subject: &|_| true,
        has_control: &|_, _| Some(true),
    };
    let example = "kubernetes: 'kind: Pod' }";
    let checks = CHECKS.iter().map(|(id, query, aliases)| {
        let text = format!(
            "title: t\nseverity: low\nresources: [kubernetes/Pod]\nprinciple: least-privilege\nthreats: [tampering]\naliases: {aliases}\n\
             why: w\nquery: '{query}'\nmessage: m\nremedy: r\nfail: [{{ name: a, {example}]\npass: [{{ name: b, {example}]\n"
        );
        let file = Arc::new(SourceFile::new(FileId(u32::MAX), format!("{id}.yaml"), text));
        let (check, problems) = check::read(&file, id, "kubernetes/workload", &vocabulary);
        assert_eq!(problems, [], "{id}");
        Arc::new(check.unwrap())
    });
    Library {
        checks: checks.collect(),
        definitions: String::new(),
    }
}

struct Run {
    project: Project,
    placed: Vec<Placed>,
    library: Library,
}

fn run(files: &[(&str, &str)]) -> Run {
    let library = library();
    let options = Options {
        directory: PathBuf::new(),
        ..Options::default()
    };
    let system = Memory::new(files.iter().copied());
    let discovery = discover(&system, &[PathBuf::from(".")], &options, &[]);
    let read = ReadOptions {
        kubernetes: Default::default(),
        yaml: Default::default(),
        complete: false,
    };
    let project = Project::load(
        &system,
        Arc::new(Sources::default()),
        discovery,
        None,
        &read,
        &NoProgress,
    );
    let against = Against {
        kubernetes_minor: 30,
        now: 0,
    };
    let judge = Judge::new(&library, library.checks.clone(), &HashMap::new(), against);
    let judged = project
        .graph
        .resources()
        .flat_map(|(id, _)| judge.judge(&project.graph, id));
    let fails = judged.flat_map(|judged| {
        judged
            .fails
            .into_iter()
            .map(move |fail| (judged.check, fail))
    });
    let place = |(check, fail): (usize, check::Fail)| {
        let check: &Arc<Check> = &judge.checks()[check];
        finding(&project, check, check.severity, &fail)
    };
    let placed = fails.map(place).collect();
    Run {
        project,
        placed,
        library,
    }
}

impl Run {
    fn line(&self, place: &Place) -> u32 {
        match place {
            Place::Span(span) => {
                self.project
                    .sources
                    .get(span.file)
                    .position(span.start)
                    .line
                    + 1
            }
            Place::Path(_) => 0,
        }
    }
}

/// Checks that the findings on lines that end with `shown` are shown, that those on lines that end with `hidden` are hidden,
/// that there are no others, and the code and line of each notice.
#[track_caller]
fn check(text: &str, notices: &[(&str, u32)]) {
    let run = run(&[("app.yaml", text)]);
    let suppressions = Suppressions::read(&run.project, &run.library, &Config::default(), TODAY);
    let (mut shown, mut hidden) = (Vec::new(), Vec::new());
    for placed in &run.placed {
        let lines = if suppressions.hides(&run.project, placed).is_some() {
            &mut hidden
        } else {
            &mut shown
        };
        lines.push(run.line(&Place::Span(placed.finding.span)));
    }
    let marked = |mark: &str| -> Vec<u32> {
        (1..)
            .zip(text.lines())
            .filter(|(_, line)| line.trim_end().ends_with(mark))
            .map(|(number, _)| number)
            .collect()
    };
    shown.sort_unstable();
    hidden.sort_unstable();
    assert_eq!(
        (shown, hidden),
        (marked("shown"), marked("hidden")),
        "shown and hidden lines of\n{text}"
    );
    let found = suppressions.notices(&|_| true);
    let found: Vec<(&str, u32)> = found
        .iter()
        .map(|notice| (notice.code, run.line(&notice.place)))
        .collect();
    assert_eq!(found, notices, "notices of\n{text}");
}

/// A pod with an annotation, of which both findings are marked.
#[track_caller]
fn check_annotation(
    annotation: &str,
    privileged: &str,
    host_network: &str,
    notices: &[(&str, u32)],
) {
    check(
        &format!(
            "apiVersion: v1\nkind: Pod\nmetadata:\n  annotations:\n    {annotation}\nspec:\n  hostNetwork: true # {host_network}\n  \
             containers:\n  - securityContext: {{ privileged: true }} # {privileged}\n"
        ),
        notices,
    );
}

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
    securityContext:
      seLinux: {} # scantling:ignore no-seccomp hidden
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
    securityContext:
      # scantling:ignore no-seccomp because
      seLinux: {} # hidden
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
    check(
        "\
apiVersion: v1
kind: Pod
metadata:
  annotations: { x: &name a }
spec:
  containers:
  - name: a
    securityContext: &context
      privileged: true # shown
",
        &[],
    );
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
  - args: [|-
      # scantling:ignore privileged because
    ]
    securityContext: { privileged: true } # shown
"
        .replace("[|-\n", "\n    - |\n")
        .replace("\n    ]\n", "\n")
        .as_str(),
        &[],
    );
}

#[test]
fn trivy_directives_are_read() {
    for (directive, mark) in [
        ("#trivy:ignore:KSV017", "hidden"),
        ("# trivy:ignore:AVD-KSV-0017", "hidden"),
        (
            "# needed by the driver trivy:ignore:KSV-0001 trivy:ignore:KSV-0017",
            "hidden",
        ),
        ("# trivy:ignore:KSV-00*", "hidden"),
        ("# trivy:ignore:*", "hidden"),
        ("# tfsec:ignore:KSV-0017", "hidden"),
        ("# trivy:ignore:KSV-0017:exp:2026-06-16", "hidden"),
        ("# trivy:ignore:KSV-0017:exp:2026-06-15", "shown"),
        ("# trivy:ignore:KSV-0017:exp:soon", "shown"),
        ("# trivy:ignore:KSV-0001", "shown"),
        ("# trivy:ignore:", "shown"),
        ("# trivy:ignore", "shown"),
    ] {
        check(
            &format!(
                "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  {directive}\n  - name: a\n    securityContext: {{ privileged: true }} # {mark}\n"
            ),
            &[],
        );
        check(
            &format!(
                "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a {directive}\n    securityContext: {{ privileged: true }} # {mark}\n"
            ),
            &[],
        );
    }
}

#[test]
fn checkov_comments_are_for_the_resource_around_them() {
    for (directive, privileged, host_network) in [
        (
            "# checkov:skip=CKV_K8S_16:the driver needs it",
            "hidden",
            "shown",
        ),
        ("#checkov:skip=CKV_K8S_16", "hidden", "shown"),
        (
            "# bridgecrew:skip=CKV_K8S_16,CKV_K8S_19:both",
            "hidden",
            "hidden",
        ),
        ("# checkov:skip=CKV_K8S_1:another", "shown", "shown"),
        ("# checkov:skip=", "shown", "shown"),
    ] {
        let pod = |above: &str, inside: &str, behind: &str| {
            format!(
                "apiVersion: v1\nkind: Pod\nspec: {{ hostNetwork: true }} # shown\n---\n{above}apiVersion: v1\nkind: Pod\nspec:\n{inside}  \
                 hostNetwork: true # {host_network}\n  containers:\n  - securityContext: {{ privileged: true }} # {privileged}\n    name: a {behind}\n"
            )
        };
        check(&pod(&format!("{directive}\n"), "", ""), &[]);
        check(&pod("", &format!("  {directive}\n"), ""), &[]);
        check(&pod("", "", directive), &[]);
    }
}

#[test]
fn kics_commands_are_read() {
    let pod = |top: &str, above: &str, privileged: &str, host_network: &str| {
        let text = format!(
            "{top}apiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: true # {host_network}\n  containers:\n{above}  - name: a\n    \
             securityContext: {{ privileged: true }} # {privileged}\n  - name: m # shown\n    securityContext: {{ seccomp: {{}} }}\n"
        );
        check(&text, &[]);
    };
    let (one, two) = (
        "c48e57d3-d642-4e0b-90db-37f807b41b91",
        "6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a",
    );
    pod("# kics-scan ignore\n", "", "hidden", "hidden");
    pod(
        "# header\n---\n# KICS-Scan ignore\n",
        "",
        "hidden",
        "hidden",
    );
    pod("", "  # kics-scan ignore\n", "shown", "shown");
    pod(
        &format!("# kics-scan disable={one}\n"),
        "",
        "hidden",
        "shown",
    );
    pod(
        &format!("# kics-scan disable={one},{two}\n"),
        "",
        "hidden",
        "hidden",
    );
    pod(
        &format!("# kics-scan enable={one}\n# kics-scan disable={one}\n"),
        "",
        "shown",
        "hidden",
    );
    pod(
        "",
        &format!("  # kics-scan disable={one}\n"),
        "shown",
        "shown",
    );
    pod("", "  # kics-scan ignore-block\n", "hidden", "shown");
    pod("", "  # kics-scan ignore-line\n", "shown", "shown");
    pod("# kics-scan ignore-block\n", "", "hidden", "hidden");
    check(
        "apiVersion: v1\nkind: Pod\nspec:\n  # kics-scan ignore-line\n  hostNetwork: true # hidden\n  containers: []\n",
        &[],
    );
}

#[test]
fn our_annotations_are_for_the_whole_resource() {
    check_annotation(
        "scantling.dev/ignore: privileged the driver needs it",
        "hidden",
        "shown",
        &[],
    );
    check_annotation(
        "scantling.dev/ignore: privileged because; host-network because",
        "hidden",
        "hidden",
        &[],
    );
    check_annotation(
        "scantling.dev/ignore: privileged,host-network until=2026-06-15 because",
        "hidden",
        "hidden",
        &[],
    );
    check_annotation(
        "scantling.dev/ignore.privileged: because",
        "hidden",
        "shown",
        &[],
    );
    check_annotation(
        "scantling.dev/ignore.privileged: until=2026-06-14 because",
        "shown",
        "shown",
        &[("expired-suppression", 5)],
    );
    check_annotation(
        "scantling.dev/ignore: privileged",
        "shown",
        "shown",
        &[("suppression-without-reason", 5)],
    );
    check_annotation(
        "scantling.dev/ignore.privileged: ''",
        "shown",
        "shown",
        &[("suppression-without-reason", 5)],
    );
    check_annotation(
        "scantling.dev/ignore: ''",
        "shown",
        "shown",
        &[("invalid-suppression", 5)],
    );
    check_annotation(
        "scantling.dev/ignore: true",
        "shown",
        "shown",
        &[("invalid-suppression", 5)],
    );
    check_annotation(
        "scantling.dev/ignored: privileged because",
        "shown",
        "shown",
        &[("invalid-suppression", 5)],
    );
    check_annotation(
        "scantling.dev/ignore: nothing because",
        "shown",
        "shown",
        &[("unknown-check-in-suppression", 5)],
    );
    check_annotation(
        "scantling.dev/ignore: never because",
        "shown",
        "shown",
        &[("unused-suppression", 5)],
    );
}

#[test]
fn annotations_of_other_tools_are_read() {
    for (annotation, privileged, host_network) in [
        (
            "checkov.io/skip1: CKV_K8S_16=the driver needs it",
            "hidden",
            "shown",
        ),
        ("bridgecrew.io/skip7: CKV_K8S_19", "shown", "hidden"),
        ("checkov.io/skip1: ''", "shown", "shown"),
        (
            "ignore-check.kube-linter.io/privileged-container: because",
            "hidden",
            "shown",
        ),
        (
            "ignore-check.kube-linter.io/privileged-container:",
            "hidden",
            "shown",
        ),
        (
            "ignore-check.kube-linter.io/other: because",
            "shown",
            "shown",
        ),
        ("kube-linter.io/ignore-all: because", "hidden", "hidden"),
        (
            "kube-score/ignore: 'stable-version, container-security-context-privileged'",
            "hidden",
            "shown",
        ),
        ("kube-score/ignore: container-resources", "shown", "hidden"),
        ("kube-score/ignore: '*'", "hidden", "hidden"),
        (
            "kube-score/enable: container-security-context-privileged",
            "shown",
            "shown",
        ),
        ("polaris.fairwinds.com/exempt: 'true'", "hidden", "hidden"),
        ("polaris.fairwinds.com/exempt: 'false'", "shown", "shown"),
        (
            "polaris.fairwinds.com/runAsPrivileged-exempt: 'True'",
            "hidden",
            "shown",
        ),
        (
            "polaris.fairwinds.com/run-as-privileged-exempt: 'true'",
            "hidden",
            "shown",
        ),
        (
            "polaris.fairwinds.com/host-network-set-exempt: 'false'",
            "shown",
            "shown",
        ),
        (
            "kubescape.io/skip-controls: 'C-0057, C-0041'",
            "hidden",
            "hidden",
        ),
        (
            "kubescape.io/skip-controls: C-0057\n    kubescape.io/skip-expiry: '2026-06-15T23:59:59Z'",
            "hidden",
            "shown",
        ),
        (
            "kubescape.io/skip-controls: C-0057\n    kubescape.io/skip-expiry: '2026-06-14T23:59:59Z'",
            "shown",
            "shown",
        ),
        (
            "kubescape.io/skip-controls: C-0057\n    kubescape.io/skip-expiry: soon",
            "shown",
            "shown",
        ),
        ("kubescape.io/ignore: 'true'", "shown", "shown"),
    ] {
        check_annotation(annotation, privileged, host_network, &[]);
    }
}

#[test]
fn annotations_of_a_pod_template_are_for_its_controller() {
    let library = library();
    for (annotation, expected) in [
        ("scantling.dev/ignore: privileged because", true),
        (
            "kube-score/ignore: container-security-context-privileged",
            true,
        ),
        ("checkov.io/skip1: CKV_K8S_16", true),
        ("kube-linter.io/ignore-all: because", false),
        ("polaris.fairwinds.com/exempt: 'true'", false),
    ] {
        let text = format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{ name: a }}\nspec:\n  template:\n    metadata:\n      annotations:\n        {annotation}\n    \
             spec:\n      containers:\n      - name: a\n"
        );
        let run = run(&[("app.yaml", &text)]);
        let suppressions = Suppressions::read(&run.project, &library, &Config::default(), TODAY);
        let (id, resource) = run.project.graph.resources().next().unwrap();
        let place = check::FoundPlace {
            resource: id,
            node: resource.facts.pods[0].containers[0].node,
            missing: Vec::new(),
        };
        let fail = check::Fail {
            place,
            message: "m".to_owned(),
            evidence: Vec::new(),
        };
        let check = library
            .checks
            .iter()
            .find(|check| check.id == "privileged")
            .unwrap();
        let placed = finding(&run.project, check, check.severity, &fail);
        assert_eq!(
            suppressions.hides(&run.project, &placed).is_some(),
            expected,
            "{annotation}"
        );
    }
}

fn entry(checks: &[&str], address: Option<&str>, path: Option<&str>) -> SuppressEntry {
    SuppressEntry {
        checks: checks.iter().map(|name| (*name).to_owned()).collect(),
        address: address.map(str::to_owned),
        path: path.map(str::to_owned),
        reason: "because".to_owned(),
        until: None,
    }
}

/// Runs over two privileged pods, `Pod/shop/a` in `prod/a.yaml` and `Pod/shop/b` in `dev/b.yaml`.
#[track_caller]
fn check_entry(entry: SuppressEntry, hidden: &[&str], notices: &[&str]) {
    let pod = |name: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{ name: {name}, namespace: shop }}\nspec: {{ containers: [{{ securityContext: {{ privileged: true }} }}] }}\n"
        )
    };
    let run = run(&[("prod/a.yaml", &pod("a")), ("dev/b.yaml", &pod("b"))]);
    let config = Config {
        suppress: vec![entry],
        file: PathBuf::from("scantling.yaml"),
        ..Config::default()
    };
    let suppressions = Suppressions::read(&run.project, &run.library, &config, TODAY);
    let mut found: Vec<&str> = run
        .placed
        .iter()
        .filter(|placed| suppressions.hides(&run.project, placed).is_some())
        .map(|placed| placed.finding.resource.name.as_str())
        .collect();
    found.sort_unstable();
    assert_eq!(found, hidden);
    let messages: Vec<String> = suppressions
        .notices(&|_| true)
        .into_iter()
        .map(|notice| notice.message)
        .collect();
    assert_eq!(messages, notices);
}

#[test]
fn entries_of_the_configuration_go_by_check_address_and_path() {
    check_entry(entry(&["privileged"], None, None), &["a", "b"], &[]);
    check_entry(
        entry(&["CKV_K8S_16"], Some("Pod/shop/a"), None),
        &["a"],
        &[],
    );
    check_entry(entry(&["privileged"], Some("Pod/*/b"), None), &["b"], &[]);
    check_entry(entry(&["privileged"], None, Some("prod/")), &["a"], &[]);
    check_entry(entry(&["privileged"], None, Some("**/b.yaml")), &["b"], &[]);
    check_entry(
        entry(&["privileged"], Some("Pod/shop/a"), Some("dev/*.yaml")),
        &[],
        &[],
    );
}

#[test]
fn entries_that_hide_nothing_are_told() {
    let unused = "the suppression of `host-network` at `Pod/shop/*` hides nothing";
    check_entry(
        entry(&["host-network", "privileged"], Some("Pod/shop/*"), None),
        &["a", "b"],
        &[unused],
    );
    // What was not scanned may need its entry.
    check_entry(entry(&["privileged"], Some("Pod/bank/*"), None), &[], &[]);
    check_entry(entry(&["privileged"], None, Some("test/")), &[], &[]);
    let unknown = "the suppression of `privleged` hides nothing: there is no such check";
    check_entry(entry(&["privleged"], None, None), &[], &[unknown]);
    let no_reason = "the suppression of `privileged` hides nothing: it has no reason";
    check_entry(
        SuppressEntry {
            reason: " ".to_owned(),
            ..entry(&["privileged"], None, None)
        },
        &[],
        &[no_reason],
    );
    let ended = "the suppression of `privileged` ended on 2026-06-14";
    let until = |date: &str| SuppressEntry {
        until: Some(date.to_owned()),
        ..entry(&["privileged"], None, None)
    };
    check_entry(until("2026-06-14"), &[], &[ended]);
    check_entry(until("2026-06-15"), &["a", "b"], &[]);
    let glob = "the suppression in `[z-a]` hides nothing: that is no pattern of paths";
    check_entry(entry(&["privileged"], None, Some("[z-a]")), &[], &[glob]);
    check_entry(
        entry(&[], None, None),
        &[],
        &["the suppression names no check"],
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
  - securityContext: { privileged: true } # scantling:ignore privileged beside\u{7}
";
    let run = run(&[("app.yaml", text)]);
    let suppressions = Suppressions::read(&run.project, &run.library, &Config::default(), TODAY);
    let suppression = suppressions.hides(&run.project, &run.placed[0]).unwrap();
    assert_eq!(
        (suppression.tool, suppression.reason.as_deref()),
        ("scantling", Some("beside\\u{7}"))
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
fn many_names_give_one_notice() {
    let names = "x,".repeat(100_000);
    check(
        &format!(
            "# scantling:ignore {names}\n# scantling:ignore {}\napiVersion: v1\nkind: Pod\nspec: {{}}\n",
            "y".repeat(100_000)
        ),
        &[
            ("invalid-suppression", 1),
            ("suppression-without-reason", 2),
        ],
    );
}

#[test]
fn damaged_text_does_no_harm() {
    let text = "# scantling:ignore privileged é\n--- # kics-scan ignore\n%\n# trivy:ignore:*:exp\u{301}:\n- é: [&a 1, *a] # checkov:skip=é\n...\n#scantling:";
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        for start in (0..end).filter(|start| text.is_char_boundary(*start)) {
            let run = run_project(&text[start..end]);
            Suppressions::read(&run.0, &run.1, &Config::default(), TODAY).notices(&|_| true);
        }
    }
}

fn run_project(text: &str) -> (Project, Library) {
    let run = run(&[("app.yaml", text)]);
    (run.project, run.library)
}
