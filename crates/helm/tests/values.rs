//! Each value of a chart knows the file, or the argument, that set it last.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use helm::chart::{Chart, Reader};
use helm::dependencies::Instances;
use helm::set::{Form, set};
use helm::value::{Data, Map, MapType, Place, Value};
use helm::values::{Mode, merge, read};
use source::{Level, Memory, Problem, Sources};

const FILES: &[(&str, &str)] = &[
    (
        "/c/Chart.yaml",
        "apiVersion: v2
name: c
version: 0.1.0
dependencies:
- name: sub
  version: 0.1.0
  alias: db
  import-values:
  - {child: shared, parent: taken}
",
    ),
    (
        "/c/values.yaml",
        "own: default
over: default
map: {a: default, b: default}
global: {g: top}
db: {fromParent: parent}
",
    ),
    (
        "/c/charts/sub/Chart.yaml",
        "apiVersion: v2\nname: sub\nversion: 0.1.0\n",
    ),
    (
        "/c/charts/sub/values.yaml",
        "fromParent: child\nown: child\nshared: {x: child}\nglobal: {g: low, low: child}\n",
    ),
];

struct Loaded {
    sources: Sources,
    chart: Arc<Chart>,
}

fn load(files: &[(&str, &str)]) -> Loaded {
    let sources = Sources::default();
    let system = Memory::new(files.iter().copied());
    let shown = |path: &Path| path.strip_prefix("/").unwrap_or(path).to_path_buf();
    let reader = Reader {
        system: &system,
        sources: &sources,
        shown: &shown,
    };
    let loaded = reader.read(Path::new("/c"));
    assert_eq!(loaded.problems, []);
    let chart = loaded.chart.expect("the chart is there");
    Loaded { sources, chart }
}

/// The values of a chart, and what was noted.
fn values(loaded: &Loaded, above: &Map) -> (Map, Vec<Problem>) {
    let mut instances = Instances::new(&loaded.chart, &loaded.sources).expect("few charts");
    instances.process(above).expect("charts that fit");
    let root = instances.root();
    let values = instances.coalesce(root, above, Mode::Coalesce);
    let values = values.expect("values that fit");
    (values, instances.problems().to_vec())
}

/// Where each scalar was set: by path of its key.
fn places(loaded: &Loaded, map: &Map, above: &str, all: &mut BTreeMap<String, String>) {
    for (key, value) in map.entries() {
        let path = format!("{above}{}", key.text);
        match &value.data {
            Data::Map(inner) => places(loaded, inner, &format!("{path}."), all),
            _ => {
                all.insert(path, place(loaded, &value));
            }
        }
    }
}

fn place(loaded: &Loaded, value: &Value) -> String {
    match value.mark.places() {
        [Place::Values(span, key)] => {
            let file = loaded.sources.get(span.file);
            let line = file.position(span.start).line + 1;
            format!(
                "{}:{line} {} as {key}",
                file.path.display(),
                file.slice(*span)
            )
        }
        [Place::Argument(argument, key)] => format!("{argument} as {key}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn values_know_who_set_them_last() {
    let loaded = load(FILES);
    let (one, _) = read(
        &loaded
            .sources
            .add("one.yaml", "over: one\nmap:\n  b: one\n"),
    );
    let (two, _) = read(&loaded.sources.add("two.yaml", "db:\n  shared: {z: two}\n"));
    let above = merge(&one, &two);
    set(Form::Set, "global.h=argument", &above, &|_| {
        Err(String::new())
    })
    .expect("a value");
    let (values, problems) = values(&loaded, &above);
    assert_eq!(problems, []);
    let mut all = BTreeMap::new();
    places(&loaded, &values, "", &mut all);
    let all: Vec<String> = all
        .iter()
        .map(|(key, place)| format!("{key}: {place}"))
        .collect();
    assert_eq!(
        all,
        [
            "db.fromParent: c/values.yaml:5 parent as db.fromParent",
            "db.global.g: c/values.yaml:4 top as global.g",
            "db.global.h: --set global.h=argument as global.h",
            "db.global.low: c/charts/sub/values.yaml:4 child as global.low",
            "db.own: c/charts/sub/values.yaml:2 child as own",
            "db.shared.x: c/charts/sub/values.yaml:3 child as shared.x",
            "db.shared.z: two.yaml:2 two as db.shared.z",
            "global.g: c/values.yaml:4 top as global.g",
            "global.h: --set global.h=argument as global.h",
            "map.a: c/values.yaml:3 default as map.a",
            "map.b: one.yaml:3 one as map.b",
            "over: one.yaml:1 one as over",
            "own: c/values.yaml:1 default as own",
            "taken.x: c/charts/sub/values.yaml:3 child as shared.x",
        ]
    );
}

#[test]
fn what_helm_warns_of_is_told_where_it_is_written() {
    let loaded = load(&[
        ("/c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"),
        ("/c/values.yaml", "a: {b: {c: 1}}\nd: secret\n"),
    ]);
    let file = loaded.sources.add("v.yaml", "a:\n  b: hidden\nd: {e: 1}\n");
    let (above, _) = read(&file);
    let (_, problems) = values(&loaded, &above);
    let told: Vec<String> = problems
        .iter()
        .map(|problem| {
            assert_eq!(problem.level, Level::Warning);
            let source::Place::Span(span) = &problem.place else {
                panic!("a place in a file");
            };
            let text = loaded.sources.get(span.file).slice(*span).to_owned();
            format!("{text}: {}", problem.message)
        })
        .collect();
    assert_eq!(
        told,
        [
            "hidden: cannot overwrite table with non table for c.a.b",
            "secret: skipped value for c.d: Not a table.",
        ]
    );
}

#[test]
fn nothing_is_shared_between_two_renderings() {
    let loaded = load(FILES);
    let above = Map::new(&MapType::ANY, []);
    let (one, _) = values(&loaded, &above);
    one.set("own".into(), Value::string("changed"));
    let (two, _) = values(&loaded, &above);
    let own = two.get("own").expect("a value");
    assert_eq!(
        own.as_text()
            .map(|text| text.to_str().into_owned())
            .as_deref(),
        Some("default")
    );
}
