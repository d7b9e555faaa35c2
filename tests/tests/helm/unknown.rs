//! Charts with conditions that can't be known: what checks say of the resources that they make.

use std::path::PathBuf;

use analysis::{NoProgress, Options, Report, Verdict};
use source::Memory;

const CHART: &str = "apiVersion: v2\nname: shop\nversion: 1.0.0\n";

/// Abbreviations in the templates of the tests.
const SHORT: [(&str, &str); 3] = [
    ("LOOKUP", r#"(lookup "v1" "Secret" "shop" "web")"#),
    ("OTHER", r#"(lookup "v1" "ConfigMap" "shop" "web")"#),
    (
        "POD",
        "\n---\napiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  containers:\n  - name: web\n    image: a:1\n",
    ),
];

fn scan(template: &str, check: &str) -> Report {
    let text = SHORT
        .iter()
        .fold(template.to_owned(), |text, (short, long)| {
            text.replace(short, long)
        });
    let system = Memory::new([("Chart.yaml", CHART), ("templates/all.yaml", &text)]);
    let options = Options {
        paths: vec![PathBuf::from(".")],
        select: vec![check.to_owned()],
        passes: true,
        ..Options::default()
    };
    analysis::scan(&system, &options, &NoProgress).expect("any chart can be scanned")
}

/// A line for each resource: its address, the verdict, and of an unknown one the cause.
pub(crate) fn verdicts(report: &Report) -> Vec<String> {
    let fails = report.findings.iter().map(|finding| {
        let conditional = if finding.conditional {
            " conditional"
        } else {
            ""
        };
        format!("{} fail{conditional}", finding.resource.address)
    });
    let others = report.verdicts.iter().map(|row| {
        let verdict = match &row.verdict {
            Verdict::Pass => "pass".to_owned(),
            Verdict::Unknown(causes) => {
                let causes: Vec<&str> = causes.iter().map(|(cause, _)| cause.as_str()).collect();
                format!("unknown: {}", causes.join(", "))
            }
        };
        format!("{} {verdict}", row.resource.address)
    });
    let mut lines: Vec<String> = fails.chain(others).collect();
    lines.sort();
    lines
}

/// Compares what a check says of the resources of a template; nothing else may be wrong with the chart.
#[track_caller]
fn check(template: &str, expected: &[&str]) {
    let report = scan(template, "privileged-container");
    assert_eq!(report.problems, [], "{template}");
    assert_eq!(verdicts(&report), expected, "{template}");
}

const CLUSTER: &str = "`lookup` reads a cluster";

fn unknown(address: &str) -> String {
    format!("{address} unknown: {CLUSTER}")
}

#[test]
fn what_is_equal_on_both_sides_is_known() {
    let privileged = "POD    securityContext: { privileged: true }\n";
    check(privileged, &["Pod/web fail"]);
    let both = format!("{{{{ if LOOKUP }}}}{privileged}{{{{ else }}}}{privileged}{{{{ end }}}}");
    check(&both, &["Pod/web fail"]);
    let values = "POD    securityContext: { privileged: true }\n    command: [{{ if LOOKUP }}a{{ else }}b{{ end }}]\n";
    check(values, &["Pod/web fail"]);
    let names = "POD    securityContext: { privileged: false, runAsUser: {{ if LOOKUP }}1{{ else }}2{{ end }} }\n";
    check(names, &["Pod/web pass"]);
}

#[test]
fn what_is_different_is_unknown() {
    for setting in [
        "{{ if LOOKUP }}true{{ else }}false{{ end }}",
        "{{ if not LOOKUP }}true{{ else }}false{{ end }}",
        "{{ ternary true false (empty LOOKUP) }}",
        "{{ LOOKUP | empty }}",
        "{{ eq (randAlphaNum 3) \"abc\" }}",
        "{{ gt (now | unixEpoch | int) 5 }}",
        "{{ contains \"x\" (genCA \"a\" 1).Cert }}",
        "{{ with LOOKUP }}true{{ else }}false{{ end }}",
        "{{ default true LOOKUP.value }}",
    ] {
        let template = format!("POD    securityContext: {{ privileged: {setting} }}\n");
        let report = scan(&template, "privileged-container");
        assert_eq!(report.problems, [], "{template}");
        let verdicts = verdicts(&report);
        assert!(
            verdicts.len() == 1 && verdicts[0].starts_with("Pod/web unknown: "),
            "{template}: {verdicts:?}"
        );
    }
}

#[test]
fn keys_of_one_side_may_not_be_there() {
    let maps = "POD{{ if LOOKUP }}    securityContext: { privileged: true }\n{{ end }}";
    check(maps, &[&unknown("Pod/web")]);
    let maps = "POD{{ if not LOOKUP }}    securityContext: { privileged: true }\n{{ end }}";
    check(maps, &[&unknown("Pod/web")]);
    let keys = "POD    securityContext:\n      runAsUser: 1\n{{ if LOOKUP }}      privileged: true\n{{ end }}";
    check(keys, &[&unknown("Pod/web")]);
    let harmless = "POD{{ if LOOKUP }}    securityContext: { privileged: false }\n{{ end }}";
    check(harmless, &["Pod/web pass"]);
}

#[test]
fn elements_of_one_side_may_be_there() {
    let more =
        "POD{{ if LOOKUP }}  - name: more\n    securityContext: { privileged: true }\n{{ end }}";
    check(more, &["Pod/web fail conditional"]);
    let init = "POD{{ if LOOKUP }}  initContainers:\n  - name: more\n    securityContext: { privileged: true }\n{{ end }}";
    check(init, &["Pod/web fail conditional"]);
    let harmless = "POD{{ if LOOKUP }}  - name: more\n{{ end }}";
    check(harmless, &["Pod/web pass"]);
}

#[test]
fn resources_of_one_side_are_conditional() {
    let privileged = "POD    securityContext: { privileged: true }\n";
    for condition in [
        "if LOOKUP",
        "if not LOOKUP",
        "with LOOKUP",
        "range LOOKUP.items",
    ] {
        let template = format!("{{{{ {condition} }}}}{privileged}{{{{ end }}}}");
        check(&template, &["Pod/web fail conditional"]);
    }
    let others = "{{ if not LOOKUP }}POD    securityContext: { privileged: true }\n{{ else }}\n---\napiVersion: v1\nkind: Pod\nmetadata: { name: other }\nspec: { containers: [{ name: a, image: b }] }\n{{ end }}";
    check(others, &["Pod/other pass", "Pod/web fail conditional"]);
}

#[test]
fn conditions_stand_inside_of_each_other() {
    let inner = "{{ if LOOKUP }}{{ if OTHER }}POD    securityContext: { privileged: true }\n{{ else }}POD    securityContext: { privileged: false }\n{{ end }}{{ end }}";
    check(inner, &[&unknown("Pod/web")]);
    let four = "{{ if LOOKUP.a }}{{ if LOOKUP.b }}{{ if LOOKUP.c }}{{ if LOOKUP.d }}POD    securityContext: { privileged: true }\n{{ end }}{{ end }}{{ end }}{{ end }}";
    check(four, &["Pod/web fail conditional"]);
    let same = "{{ if LOOKUP }}POD    securityContext: { privileged: {{ if LOOKUP }}true{{ else }}false{{ end }} }\n{{ end }}";
    check(same, &[&unknown("Pod/web")]);
    let variable = "{{ $found := LOOKUP }}{{ if $found }}POD    securityContext: { privileged: {{ if $found }}true{{ else }}false{{ end }} }\n{{ end }}";
    check(variable, &["Pod/web fail conditional"]);
}

#[test]
fn beyond_four_conditions_helms_branch_counts() {
    let settings: String = (0..5)
        .map(|index| {
            format!(
                "{{{{ if LOOKUP.k{index} }}}}\n---\napiVersion: v1\nkind: Pod\nmetadata: {{ name: p{index} }}\nspec: {{ containers: [{{ name: a, image: b }}] }}\n{{{{ end }}}}"
            )
        })
        .collect();
    check(
        &settings,
        &["Pod/p0 pass", "Pod/p1 pass", "Pod/p2 pass", "Pod/p3 pass"],
    );
}

#[test]
fn a_name_that_is_unknown_is_no_name() {
    let random = "POD    securityContext: { privileged: true }\n".replace("POD", SHORT[2].1);
    let random = random.replace("name: web }", "name: web-{{ randAlphaNum 5 | lower }} }");
    check(&random, &["Pod/web-? fail"]);
    let whole = random.replace("web-{{ randAlphaNum 5 | lower }}", "{{ uuidv4 }}");
    check(&whole, &["Pod/? fail"]);
    let either = random.replace(
        "{{ randAlphaNum 5 | lower }}",
        "{{ if LOOKUP }}a{{ else }}b{{ end }}",
    );
    // One place makes one finding.
    check(&either, &["Pod/web-a fail conditional"]);
}

#[test]
fn a_side_on_which_the_chart_refuses_can_not_be() {
    let privileged = "POD    securityContext: { privileged: true }\n";
    let refused =
        format!("{{{{ if LOOKUP }}}}{{{{ fail \"there already\" }}}}{{{{ end }}}}{privileged}");
    check(&refused, &["Pod/web fail"]);
    let broken = format!("{privileged}{{{{ if LOOKUP }}}}{{{{ .Values.a.b }}}}{{{{ end }}}}");
    check(&broken, &["Pod/web fail"]);
    let report = scan(
        &format!(
            "{{{{ if not LOOKUP }}}}{{{{ fail \"must be there\" }}}}{{{{ end }}}}{privileged}"
        ),
        "privileged-container",
    );
    assert_eq!(report.problems.len(), 1);
    assert_eq!(verdicts(&report), ["Pod/web fail"]);
}

#[test]
fn a_plain_value_that_is_unknown_may_be_of_any_kind() {
    let field = "POD    securityContext: { privileged: {{ LOOKUP.data.privileged }} }\n";
    check(field, &[&unknown("Pod/web")]);
    let quoted = "POD    securityContext: { privileged: {{ LOOKUP.data.privileged | quote }} }\n";
    check(quoted, &[&unknown("Pod/web")]);
    let map = "POD    securityContext: {{ toYaml LOOKUP.data }}\n";
    check(map, &[&unknown("Pod/web")]);
    let item =
        "POD{{ range LOOKUP.items }}    securityContext: { privileged: {{ .on }} }\n{{ end }}";
    check(item, &[&unknown("Pod/web")]);
}
