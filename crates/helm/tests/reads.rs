//! Which values templates read, whatever the values are.

use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use graph::{NodeId, Tree};
use helm::chart::Reader;
use helm::reads::{Reads, reads};
use smol_str::SmolStr;
use source::{Memory, Sources};

/// The values that nothing reads, one to a line; of maps of which nothing is read, the whole.
#[track_caller]
fn check_files(files: &[(&str, &str)], expected: &Expect) {
    let sources = Sources::default();
    let head = ("Chart.yaml", "apiVersion: v2\nname: top\nversion: 1.0.0\n");
    let own = files.iter().any(|(name, _)| *name == head.0);
    let files = files.iter().copied().chain((!own).then_some(head));
    let system = Memory::new(files.map(|(name, text)| (Path::new("top").join(name), text)));
    let reader = Reader {
        system: &system,
        sources: &sources,
        shown: &Path::to_path_buf,
    };
    let chart = reader.read(&PathBuf::from("top")).chart.expect("a chart");
    let reads = reads(&chart, &[]);
    let values = chart.values.clone().expect("values");
    let mut told = String::new();
    tell(&reads, &values, (NodeId::ROOT, &[]), &mut told);
    if let Some(lost) = &reads.lost {
        told += &format!("lost: {lost}\n");
    }
    expected.assert_eq(&told);
}

fn tell(reads: &Reads, tree: &Tree, (id, keys): (NodeId, &[SmolStr]), told: &mut String) {
    for (index, child) in tree.children(id).enumerate() {
        let key = tree.node(child).key.as_ref();
        let key = key.map_or_else(|| index.to_string().into(), |key| key.text.clone());
        let keys = [keys, &[key]].concat();
        if reads.read.touches(&keys) {
            tell(reads, tree, (child, &keys), told);
        } else {
            *told += &format!("{}\n", keys.join("."));
        }
    }
}

/// What of `a: {x, w}`, `b: {x, w}` and `list: [{x, w}]` a template does not read.
#[track_caller]
fn check(template: &str, expected: &Expect) {
    let values = "a: { x: 1, w: 2 }\nb: { x: 3, w: x }\nlist: [{ x: 4, w: 5 }]\n";
    let files = [("values.yaml", values), ("templates/a.yaml", template)];
    check_files(&files, expected);
}

#[test]
fn fields_are_read_one_by_one() {
    check(
        "{{ .Values.a.x }}{{ if .Values.b }}{{ end }}{{ $v := .Values }}{{ range $v.list }}{{ .w }}{{ end }}",
        &expect![[r"
            a.w
            b.x
            b.w
            list.0.x
        "]],
    );
}

#[test]
fn branches_that_are_not_taken_count() {
    check(
        "{{ if false }}{{ .Values.a.x }}{{ else }}{{ with .Values.b }}{{ .x }}{{ else }}{{ .Values.list }}{{ end }}{{ end }}",
        &expect![[r"
            a.w
            b.w
        "]],
    );
}

#[test]
fn what_is_handed_on_whole_is_read_whole() {
    for template in [
        "{{ toYaml .Values }}",
        "{{ . | toJson }}",
        "{{ range $key, $value := .Values }}{{ print $value }}{{ end }}",
        "{{ include (print \"x\" .Release.Name) . }}{{ define \"x1\" }}{{ .Values }}{{ end }}",
        "{{ $all := dict \"v\" .Values }}{{ template \"x\" $all }}{{ define \"x\" }}{{ toYaml .v }}{{ end }}",
        "{{ range tuple .Values.a .Values.b .Values.list }}{{ quote . }}{{ end }}",
        "{{ tpl \"{{ toYaml .Values }}\" . }}",
        "{{ $c := .Values.list }}{{ range until 3 }}{{ $c = concat $c (list $.Values.a $.Values.b) }}{{ end }}{{ toYaml $c }}",
    ] {
        check(template, &expect![""]);
    }
}

#[test]
fn keys_that_are_computed_may_be_any() {
    check(
        "{{ index .Values .Release.Name \"x\" }}{{ range list \"a\" \"b\" }}{{ get (index $.Values .) \"w\" }}{{ end }}",
        &expect![[r"
            list.0
        "]],
    );
    check(
        "{{ dig \"a\" \"x\" \"\" .Values }}{{ (pluck \"w\" .Values.a .Values.b | first) }}{{ hasKey .Values.b \"x\" }}",
        &expect![[r"
            list
        "]],
    );
}

#[test]
fn what_is_merged_is_read_where_the_whole_is() {
    check(
        "{{ $m := merge (dict) .Values.a .Values.b }}{{ $m.x }}",
        &expect![[r"
            a.w
            b.w
            list
        "]],
    );
    // Where it will be read that `b` is in `a` now, nobody can tell.
    check(
        "{{ $_ := mustMerge .Values.a .Values.b }}{{ $_ := set .Values.a \"l\" .Values.list }}{{ .Values.a.x }}",
        &expect![[r"
            a.w
        "]],
    );
}

#[test]
fn texts_that_are_templates_read_too() {
    let template =
        "{{ range .Values.texts }}{{ tpl . $ }}{{ end }}{{ tpl (.Files.Get \"f.txt\") . }}";
    let values = "texts: ['{{ .Values.a }}', '{{ broken']\na: 1\nb: 2\nc: 3\nd: 4\n";
    check_files(
        &[
            ("values.yaml", values),
            ("f.txt", "{{ if .Values.b }}{{ end }}"),
            ("templates/a.yaml", template),
            ("templates/b.yaml", "{{ tpl \"{{ .Values.c }}\" . }}"),
        ],
        &expect![[r"
            d
        "]],
    );
    check(
        "{{ tpl (printf \"{{ .Values.%s }}\" .Release.Name) . }}",
        &expect![[r"
            a
            b
            list
            lost: its templates are too involved to tell which values they read
        "]],
    );
}

#[test]
fn charts_in_charts_read_their_part() {
    let chart = "apiVersion: v2
name: top
version: 1.0.0
dependencies:
- { name: db, version: 1.0.0, alias: store, condition: store.enabled }
- { name: db, version: 1.0.0, alias: cache, tags: [fast], import-values: [data] }
- { name: gone, version: 1.0.0 }
";
    let values = "store: { enabled: true, size: 1, wide: 2, global: { a: 1 } }
cache: { size: 1, exports: { data: 3 }, own: 4 }
gone: { anything: 1 }
tags: { fast: true }
db: { size: 1 }
global: { a: 1 }
";
    check_files(
        &[
            ("Chart.yaml", chart),
            ("values.yaml", values),
            (
                "charts/db/Chart.yaml",
                "apiVersion: v2\nname: db\nversion: 1.0.0\n",
            ),
            (
                "charts/db/templates/a.yaml",
                "{{ .Values.size }}{{ .Values.global.a }}",
            ),
            ("templates/a.yaml", "{{ .Subcharts.cache.Values.own }}"),
        ],
        &expect![[r"
            store.wide
            db
        "]],
    );
}

#[test]
fn templates_that_go_in_circles_are_walked_once() {
    check(
        "{{ define \"a\" }}{{ .Values.a.x }}{{ include \"a\" . }}{{ end }}{{ include \"a\" . }}",
        &expect![[r"
            a.w
            b
            list
        "]],
    );
    check(
        "{{ define \"a\" }}{{ include \"a\" (dict \"inner\" .) }}{{ end }}{{ include \"a\" . }}",
        &expect![[r"
            a
            b
            list
            lost: its templates are too involved to tell which values they read
        "]],
    );
}

#[test]
fn templates_that_cannot_be_read_may_read_anything() {
    check(
        "{{ if }}",
        &expect![[r"
            a
            b
            list
            lost: the template templates/a.yaml can't be read
        "]],
    );
}
