//! Charts of which something is missing: never a clean exit with `--strict`, and what is missing is told without it. Everything
//! else is rendered and judged.

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::{Folder, Told};

const CHART: &str = "apiVersion: v2\nname: shop\nversion: 1.0.0\n";

/// A pod that the check `hostname-set` finds fault with.
const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  hostname: web\n  containers: []\n";

/// A folder with a chart, of which these files are added or replaced.
fn chart(name: &str, files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new(
        &format!("chart-{name}"),
        &[
            ("deploy/Chart.yaml", CHART),
            ("deploy/templates/pod.yaml", POD),
        ],
    );
    for (path, text) in files {
        folder.write(&format!("deploy/{path}"), text);
    }
    folder
}

fn scan(folder: &Folder, path: &str, arguments: &[&str]) -> Told {
    let call = [
        "scan",
        path,
        "--checks",
        "my-checks",
        "--select",
        "hostname-set",
    ];
    folder.run(&[&call, ["--fail-on", "never"].as_slice(), arguments].concat())
}

/// What a scan leaves open: the words that it tells, and whether the pod is judged all the same.
#[track_caller]
fn check_scan(folder: &Folder, path: &str, arguments: &[&str], words: &[&str], is_judged: bool) {
    let told = scan(folder, path, arguments);
    let text = format!("{}{}", told.stdout, told.stderr);
    for word in words {
        assert!(text.contains(word), "`{word}` is not in:\n{text}");
    }
    assert_eq!(
        text.contains("the pod calls itself web"),
        is_judged,
        "{text}"
    );
    let strict = scan(folder, path, &[arguments, &["--strict"]].concat());
    assert_eq!(strict.code, Some(3), "{}", strict.stderr);
}

#[track_caller]
fn check(name: &str, files: &[(&str, &str)], words: &[&str]) {
    check_scan(&chart(name, files), "deploy", &[], words, true);
}

#[test]
fn a_whole_chart_is_clean() {
    let folder = chart("whole", &[]);
    let told = scan(&folder, "deploy", &["--strict"]);
    assert_eq!(told.code, Some(0), "{}", told.stderr);
    assert!(told.stdout.contains("the pod calls itself web"));
}

#[test]
fn templates_that_fail_are_told() {
    let parse = "{{ if }}\n";
    check(
        "parse",
        &[("templates/a.yaml", parse)],
        &[
            "missing value for if",
            "deploy/templates/a.yaml:1",
            "1 failed",
        ],
    );
    let required = "a: {{ required \"name a port\" .Values.port }}\n";
    check(
        "required",
        &[("templates/a.yaml", required)],
        &["name a port"],
    );
    let deep = "a: {{ .Values.a.b.c }}\n";
    check(
        "nil",
        &[("templates/a.yaml", deep)],
        &["nil pointer evaluating"],
    );
    let text = "a: [\n";
    check(
        "yaml",
        &[("templates/a.yaml", text)],
        &["YAML parse error on shop/templates/a.yaml"],
    );
}

#[test]
fn charts_that_are_not_there_are_told() {
    let gone = format!("{CHART}dependencies:\n- {{ name: db, version: 1.0.0 }}\n");
    check(
        "gone",
        &[("Chart.yaml", &gone)],
        &[
            "the chart db is not in `charts/`",
            "deploy/Chart.yaml:5",
            "1 failed",
        ],
    );
    let own = "dependencies:\n- { name: shop, version: 1.0.0, repository: 'file://../deploy' }\n";
    let own = format!("{CHART}{own}");
    check(
        "cycle",
        &[("Chart.yaml", &own)],
        &["shop depends on itself"],
    );
    check(
        "broken-part",
        &[("charts/db/Chart.yaml", "a: [\n")],
        &["deploy/charts/db/Chart.yaml:1"],
    );
}

#[test]
fn values_that_cannot_be_read_are_told() {
    let values = |name: &str, text: &str, word: &str| {
        check(
            name,
            &[("values.yaml", text)],
            &[word, "deploy/values.yaml:1", "1 failed"],
        );
    };
    values("values-syntax", "a: [\n", "the bracket is not closed");
    values(
        "values-list",
        "- a\n",
        "the values of a chart must be a map",
    );
    values(
        "values-text",
        "text\n",
        "the values of a chart must be a map",
    );
    check(
        "values-of-environment",
        &[("values-prod.yaml", "a: [\n")],
        &["deploy/values-prod.yaml:1"],
    );
}

#[test]
fn descriptions_that_helm_refuses_are_told() {
    let description = |name: &str, text: &str, words: &[&str]| {
        check(name, &[("Chart.yaml", text)], words);
    };
    let with = |from: &str, to: &str| CHART.replace(from, to);
    description("name", &with("shop", "a/b"), &["name \"a/b\" is invalid"]);
    description(
        "version",
        &with("1.0.0", "x"),
        &["version \"x\" is invalid"],
    );
    let kind = format!("{CHART}type: plugin\n");
    description("type", &kind, &["plugin charts are not installable"]);
    description("syntax", "a: [\n", &["the bracket is not closed"]);
    description("list", "- a\n", &["name is required"]);
    description("nothing", "", &["name is required"]);
    let wanted = format!("{CHART}kubeVersion: '<1.0.0'\n");
    description("cluster", &wanted, &["chart requires kubeVersion: <1.0.0"]);
}

#[test]
fn a_description_that_is_too_large_is_told() {
    let large = format!("{CHART}#{}", "#".repeat(6 << 20));
    let folder = chart("large", &[("Chart.yaml", &large)]);
    let words = [
        "larger than the limit of 5 MiB",
        "deploy/Chart.yaml",
        "1 failed",
    ];
    check_scan(&folder, "deploy", &[], &words, false);
    let told = scan(&folder, "deploy", &["-v"]);
    let text = format!("{}{}", told.stdout, told.stderr);
    let row = "skipped deploy/templates/pod.yaml: part of a chart that can't be read";
    assert!(text.contains(row), "{text}");
}

#[test]
fn schemas_that_refuse_are_told() {
    let remote = r#"{"$ref": "https://example.org/a.json"}"#;
    check(
        "schema-remote",
        &[("values.schema.json", remote)],
        &["https://example.org/a.json, which is not fetched"],
    );
    let schema = r#"{"properties": {"port": {"type": "integer"}}}"#;
    check(
        "schema-type",
        &[
            ("values.schema.json", schema),
            ("values.yaml", "port: http\n"),
        ],
        &["deploy/values.yaml:1", "at '/port'"],
    );
    check(
        "schema-syntax",
        &[("values.schema.json", "{")],
        &["deploy/values.schema.json"],
    );
}

#[test]
fn templates_without_their_chart_are_told() {
    let quoted = POD.replace("web }", "\"{{ .Values.name }}\" }");
    let folder = chart("alone", &[("templates/quoted.yaml", &quoted)]);
    let words = [
        "scanned without its chart",
        "a template of a chart that is not scanned",
    ];
    for path in [
        "deploy/templates",
        "deploy/templates/quoted.yaml",
        "deploy/templates/pod.yaml",
    ] {
        check_scan(&folder, path, &[], &words, false);
    }
    let excluded = ["--exclude", "deploy/Chart.yaml"];
    check_scan(&folder, "deploy", &excluded, &words, false);
}

fn package(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (path, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        let added = archive.append_data(&mut header, format!("shop/{path}"), text.as_bytes());
        added.expect("an archive in memory takes files");
    }
    let packed = archive.into_inner().and_then(GzEncoder::finish);
    packed.expect("an archive in memory can be finished")
}

#[test]
fn packaged_charts_are_judged_as_far_as_they_can_be_read() {
    let files = [("Chart.yaml", CHART), ("templates/pod.yaml", POD)];
    let folder = Folder::new("chart-packaged", &[("deploy/pod.yaml", "")]);
    folder.write_bytes("deploy/shop-1.0.0.tgz", &package(&files));
    let told = scan(&folder, "deploy", &["--strict"]);
    assert_eq!(told.code, Some(0), "{}", told.stderr);
    assert!(
        told.stdout
            .contains("deploy/shop-1.0.0.tgz/templates/pod.yaml:5")
    );
    let broken = [files.as_slice(), &[("templates/a.yaml", "{{ if }}")]].concat();
    folder.write_bytes("deploy/shop-1.0.0.tgz", &package(&broken));
    let words = ["missing value for if", "1 partial"];
    check_scan(&folder, "deploy", &[], &words, true);
}

#[test]
fn archives_that_end_too_soon_are_told() {
    let whole = package(&[("Chart.yaml", CHART), ("templates/pod.yaml", POD)]);
    let folder = Folder::new("chart-damaged", &[("deploy/pod.yaml", POD)]);
    folder.write_bytes("deploy/shop-1.0.0.tgz", &whole[..whole.len() / 4]);
    check_scan(
        &folder,
        "deploy",
        &[],
        &["deploy/shop-1.0.0.tgz", "1 failed"],
        true,
    );
}

#[test]
fn helmfiles_are_left_out_with_their_reason() {
    let releases = "releases:\n- { name: shop, chart: ./deploy }\n";
    let text = "releases:\n{{ range .Values.all }}\n- { name: {{ . }} }\n{{ end }}\n";
    let folder = chart("helmfile", &[]);
    let names = [
        "helmfile.yaml",
        "helmfile.d/shop.yaml",
        "helmfile.d/all.yaml.gotmpl",
    ];
    for name in names {
        folder.write(
            name,
            if name.ends_with("gotmpl") {
                text
            } else {
                releases
            },
        );
    }
    let told = scan(&folder, ".", &["-v", "--strict"]);
    let said = format!("{}{}", told.stdout, told.stderr);
    for name in names {
        let row = format!("skipped {name}: a helmfile, whose releases are not rendered");
        assert!(said.contains(&row), "{said}");
    }
    assert!(said.contains("the pod calls itself web"), "{said}");
}
