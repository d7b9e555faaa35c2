//! Charts that mean harm, and damaged ones: what is wrong is told, and nothing panics or takes all memory.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use helm::chart::{Chart, Loaded, Reader};
use helm::render::{Options, Rendered, Show, render};
use helm::value::{Map, MapType};
use source::{Level, Memory, Problem, Sources};
use tar::{Builder, EntryType, Header};

const CHART: &str = "apiVersion: v2\nname: c\nversion: 0.1.0\n";

fn load(system: &Memory, path: &str) -> Loaded {
    let sources = Sources::default();
    let shown = |path: &Path| path.to_path_buf();
    let reader = Reader {
        system,
        sources: &sources,
        shown: &shown,
    };
    reader.read(Path::new(path))
}

fn errors(problems: &[Problem]) -> Vec<&str> {
    let errors = problems
        .iter()
        .filter(|problem| problem.level == Level::Error);
    errors.map(|problem| problem.message.as_str()).collect()
}

/// What is wrong with an archive, and the names of the files that are there all the same.
fn archive(build: impl FnOnce(&mut Builder<GzEncoder<Vec<u8>>>)) -> (Vec<String>, Vec<String>) {
    let mut archive = Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
    build(&mut archive);
    let packed = archive.into_inner().expect("memory takes bytes");
    let packed = packed.finish().expect("memory takes bytes");
    let system = Memory::new([("/c.tgz", packed)]);
    let loaded = load(&system, "/c.tgz");
    let files = loaded.chart.iter().flat_map(|chart| &chart.files);
    let files = files.map(|file| file.name.clone()).collect();
    let told = errors(&loaded.problems).into_iter().map(str::to_owned);
    (told.collect(), files)
}

fn add(archive: &mut Builder<GzEncoder<Vec<u8>>>, name: &str, kind: EntryType, bytes: &[u8]) {
    let mut header = Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_entry_type(kind);
    header.set_size(bytes.len() as u64);
    header.set_cksum();
    archive.append(&header, bytes).expect("memory takes bytes");
}

#[test]
fn links_and_special_files_in_archives_are_refused() {
    let (told, files) = archive(|archive| {
        add(
            archive,
            "c/Chart.yaml",
            EntryType::Regular,
            CHART.as_bytes(),
        );
        add(archive, "c/link", EntryType::Symlink, b"");
        add(archive, "c/hard", EntryType::Link, b"");
        add(archive, "c/fifo", EntryType::Fifo, b"");
        add(archive, "c/folder", EntryType::Directory, b"");
        add(archive, "c/rest", EntryType::Regular, b"x");
    });
    assert_eq!(
        told,
        [
            "link is a link, which is not read from archives",
            "hard is a link, which is not read from archives",
            "fifo is a special file, which is not read from archives"
        ]
        .map(|message| format!("c/{message}"))
    );
    assert_eq!(files, ["rest"]);
}

#[test]
fn large_files_in_archives_are_refused() {
    let (told, files) = archive(|archive| {
        add(
            archive,
            "c/Chart.yaml",
            EntryType::Regular,
            CHART.as_bytes(),
        );
        add(
            archive,
            "c/large",
            EntryType::Regular,
            &vec![b'x'; (5 << 20) + 1],
        );
        add(archive, "c/rest", EntryType::Regular, b"x");
    });
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(files.is_empty());
}

#[test]
fn archives_that_grow_too_much_are_refused() {
    let zeros = vec![0; 4 << 20];
    let (told, files) = archive(|archive| {
        add(
            archive,
            "c/Chart.yaml",
            EntryType::Regular,
            CHART.as_bytes(),
        );
        for index in 0..20 {
            let name = format!("c/zeros-{index}");
            add(archive, &name, EntryType::Regular, &zeros);
        }
    });
    assert_eq!(
        told,
        ["the archive holds much more than its size makes likely"]
    );
    assert!(files.len() < 10, "{}", files.len());
}

#[test]
fn cut_archives_are_read_as_far_as_they_go() {
    let mut archive = Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    add(
        &mut archive,
        "c/Chart.yaml",
        EntryType::Regular,
        CHART.as_bytes(),
    );
    add(&mut archive, "c/x", EntryType::Regular, b"text");
    let whole = archive.into_inner().expect("memory takes bytes");
    let whole = whole.finish().expect("memory takes bytes");
    for end in 0..whole.len() {
        let system = Memory::new([("/c.tgz", &whole[..end])]);
        let loaded = load(&system, "/c.tgz");
        // Behind the files stand zeros and a sum that nobody needs.
        let has_all = loaded.chart.is_some_and(|chart| chart.files.len() == 1);
        assert!(has_all || !errors(&loaded.problems).is_empty(), "{end}");
    }
}

#[test]
fn what_is_no_archive_is_refused() {
    let mut zip = GzEncoder::new(Vec::new(), Compression::fast());
    zip.write_all(&[b'x'; 2000]).expect("memory takes bytes");
    let noise = zip.finish().expect("memory takes bytes");
    for bytes in [b"values: 1\n".to_vec(), noise, Vec::new()] {
        let loaded = load(&Memory::new([("/c.tgz", bytes)]), "/c.tgz");
        assert!(loaded.chart.is_none());
        assert!(!loaded.problems.is_empty());
    }
}

fn repository(name: &str, path: &str) -> String {
    format!(
        "apiVersion: v2\nname: {name}\nversion: 0.1.0\ndependencies:\n- {{name: other, version: 0.1.0, repository: 'file://{path}'}}\n"
    )
}

#[test]
fn a_chart_that_depends_on_itself_is_told() {
    let other = repository("other", "../c").replace("name: other, v", "name: c, v");
    let system = Memory::new([
        ("/w/c/Chart.yaml", repository("c", "../other")),
        ("/w/other/Chart.yaml", other),
    ]);
    let loaded = load(&system, "/w/c");
    assert_eq!(errors(&loaded.problems), ["c depends on itself"]);
    let chart = loaded.chart.expect("the chart is there");
    assert_eq!(chart.dependencies[0].name(), "other");
    assert_eq!(chart.unbuilt, ["other"]);
}

#[test]
fn damaged_metadata_never_panics() {
    let text = "apiVersion: v2\nname: c\nversion: 0.1.0\nannotations: {a: 1}\nmaintainers: [{name: x}]\ndependencies:\n- {name: d, version: 1.x, alias: e, tags: [t], import-values: [a, {child: b, parent: c}]}\n";
    for at in 0..text.len() {
        for replaced in [
            "", "[", "{", ":", "\t", "\"", "null", "&a *a", "- ", "1e999",
        ] {
            let damaged = format!("{}{replaced}{}", &text[..at], &text[at + 1..]);
            let system = Memory::new([
                ("/c/Chart.yaml", damaged.as_str()),
                ("/c/templates/a.yaml", "a: {{ toJson .Chart }}\n"),
            ]);
            let loaded = load(&system, "/c");
            if let Some(chart) = loaded.chart {
                rendered(&chart);
            }
        }
    }
}

fn rendered(chart: &Arc<Chart>) -> Rendered {
    let values = Map::new(&MapType::ANY, []);
    render(chart, &values, &Sources::default(), &Options::default())
}

#[test]
fn charts_under_thousands_of_names_are_bounded() {
    let aliases =
        (0..2_100).map(|index| format!("- {{name: d, version: 0.1.0, alias: a{index}}}\n"));
    let aliases: String = aliases.collect();
    let chart = format!("{CHART}dependencies:\n{aliases}");
    let system = Memory::new([
        ("/c/Chart.yaml", chart.as_str()),
        ("/c/templates/a.yaml", "a: 1\n"),
        (
            "/c/charts/d/Chart.yaml",
            "apiVersion: v2\nname: d\nversion: 0.1.0\n",
        ),
    ]);
    let loaded = load(&system, "/c");
    let rendered = rendered(&loaded.chart.expect("the chart is there"));
    assert_eq!(
        rendered.refusal.as_deref(),
        Some("more than 2000 charts take part, copies for aliases included")
    );
    let text = rendered.whole_text(Show::default());
    assert_eq!(text.to_str(), "---\n# Source: c/templates/a.yaml\na: 1\n");
}

#[test]
fn files_outside_of_the_chart_are_not_there() {
    let template = "a: {{ .Files.Get \"../../etc/passwd\" | quote }}
b: {{ .Files.Get \"/etc/passwd\" | quote }}
c: {{ (.Files.Glob \"../**\").AsConfig | quote }}
d: {{ .Files.Get \"in/../../secret\" | quote }}
e: {{ .Files.Get \"templates/a.yaml\" | quote }}
f: {{ .Files.Get \"in/side\" | quote }}
";
    let system = Memory::new([
        ("/w/c/Chart.yaml", CHART),
        ("/w/c/in/side", "inside"),
        ("/w/c/templates/a.yaml", template),
        ("/w/secret", "hunter2"),
        ("/etc/passwd", "root"),
    ]);
    let loaded = load(&system, "/w/c");
    let rendered = rendered(&loaded.chart.expect("the chart is there"));
    let text = rendered.whole_text(Show::default());
    let expected = "a: \"\"\nb: \"\"\nc: \"{}\"\nd: \"\"\ne: \"\"\nf: \"inside\"\n";
    assert!(text.to_str().ends_with(expected), "{}", text.to_str());
}

#[test]
fn schemas_that_lead_to_too_much_are_not_followed() {
    let twice = |keyword: &str| {
        let definitions = (0..40).map(|index| {
            let next = format!(r##"{{"$ref": "#/definitions/x{}"}}"##, index + 1);
            format!(r#""x{index}": {{"{keyword}": [{next}, {next}]}}"#)
        });
        let definitions: Vec<String> = definitions.collect();
        let definitions = definitions.join(", ");
        format!(
            r##"{{"definitions": {{{definitions}, "x40": {{}}}}, "$ref": "#/definitions/x0"}}"##
        )
    };
    let chain = (0..20_000).map(|index| {
        format!(
            r##""x{index}": {{"$ref": "#/definitions/x{}"}}"##,
            index + 1
        )
    });
    let chain: Vec<String> = chain.collect();
    let chain = chain.join(", ");
    let chain =
        format!(r##"{{"definitions": {{{chain}, "x20000": {{}}}}, "$ref": "#/definitions/x0"}}"##);
    // Each level of the values is looked at twice as often as the one above.
    let item = r##"{"properties": {"a": {"$ref": "#"}}}"##;
    let values = format!("{{\"anyOf\": [{item}, {item}], \"type\": \"integer\"}}");
    for schema in [twice("allOf"), twice("anyOf"), chain, values] {
        let deep = format!("{}1{}", "{a: ".repeat(60), "}".repeat(60));
        let system = Memory::new([
            ("/c/Chart.yaml", CHART),
            ("/c/values.yaml", deep.as_str()),
            ("/c/values.schema.json", schema.as_str()),
            ("/c/templates/a.yaml", "a: 1\n"),
        ]);
        let loaded = load(&system, "/c");
        let rendered = rendered(&loaded.chart.expect("the chart is there"));
        let told = errors(&rendered.problems);
        let expected = "its references lead to too many schemas";
        assert!(told.len() == 1 && told[0].ends_with(expected), "{told:?}");
    }
}

#[test]
fn a_template_without_end_leaves_the_others_their_share() {
    let mut files = vec![
        ("/c/Chart.yaml".to_owned(), CHART),
        ("/c/templates/a.yaml".to_owned(), "a: 1\n"),
    ];
    files.extend((0..5).map(|index| {
        let path = format!("/c/templates/b{index}.yaml");
        (path, "b: {{ range 1000000000 }}{{ end }}\n")
    }));
    let sources = Sources::default();
    let chart = load(&Memory::new(files), "/c")
        .chart
        .expect("the chart is there");
    let options = Options {
        run: helm::run::Options {
            bounds: helm::run::Bounds {
                steps: 100_000,
                ..helm::run::Bounds::default()
            },
            ..helm::run::Options::default()
        },
        ..Options::default()
    };
    let rendered = render(&chart, &Map::new(&MapType::ANY, []), &sources, &options);
    assert_eq!(
        errors(&rendered.problems),
        ["rendering takes too many steps"; 5]
    );
    let text = rendered.whole_text(Show::default());
    assert_eq!(text.to_str(), "---\n# Source: c/templates/a.yaml\na: 1\n");
}

#[test]
fn what_a_failing_template_finished_stays() {
    let system = Memory::new([
        ("/c/Chart.yaml", CHART),
        (
            "/c/templates/a.yaml",
            "a: 1\n---\nb: 2\n---\nc: {{ fail \"no\" }}\n",
        ),
        ("/c/templates/b.yaml", "d: {{ if }}\n"),
        ("/c/templates/e.yaml", "e: 3\n"),
    ]);
    let loaded = load(&system, "/c");
    let rendered = rendered(&loaded.chart.expect("the chart is there"));
    let text = rendered.whole_text(Show::default());
    assert_eq!(
        text.to_str(),
        "---\n# Source: c/templates/a.yaml\na: 1\n---\n# Source: c/templates/a.yaml\nb: 2\n---\n# Source: c/templates/e.yaml\ne: 3\n"
    );
    assert_eq!(errors(&rendered.problems), ["missing value for if", "no"]);
}

#[test]
fn schemas_elsewhere_are_not_fetched() {
    let system = Memory::new([
        ("/c/Chart.yaml", CHART),
        (
            "/c/values.schema.json",
            r#"{"$ref": "https://example.com/schema.json"}"#,
        ),
    ]);
    let loaded = load(&system, "/c");
    let rendered = rendered(&loaded.chart.expect("the chart is there"));
    let told = errors(&rendered.problems);
    assert!(
        told.len() == 1 && told[0].contains("https://example.com/schema.json"),
        "{told:?}"
    );
}

#[test]
fn values_that_break_a_schema_are_not_told() {
    let system = Memory::new([
        ("/c/Chart.yaml", CHART),
        ("/c/values.yaml", "password: hunter2hunter2\n"),
        (
            "/c/values.schema.json",
            r#"{"properties": {"password": {"type": "integer"}}}"#,
        ),
    ]);
    let sources = Sources::default();
    let shown = |path: &Path| path.to_path_buf();
    let reader = Reader {
        system: &system,
        sources: &sources,
        shown: &shown,
    };
    let chart = reader.read(Path::new("/c")).chart.expect("a chart");
    let values = Map::new(&MapType::ANY, []);
    let rendered = render(&chart, &values, &sources, &Options::default());
    let problem = &rendered.problems[0];
    assert!(!problem.message.contains("hunter2"), "{}", problem.message);
    let source::Place::Span(span) = &problem.place else {
        panic!("a place in the values");
    };
    assert_eq!(sources.get(span.file).slice(*span), "hunter2hunter2");
}

#[test]
fn too_many_files_are_told_once() {
    let mut files = vec![("/c/Chart.yaml".to_owned(), CHART)];
    files.extend((0..20_010).map(|index| (format!("/c/f/{index}"), "x")));
    let loaded = load(&Memory::new(files), "/c");
    assert_eq!(
        errors(&loaded.problems),
        ["the chart has more than 20000 files, or more than 100 MiB"]
    );
    assert!(loaded.chart.is_some());
}

#[cfg(unix)]
#[test]
fn links_to_folders_above_end() {
    let folder = std::env::temp_dir().join(format!("chart-with-links-{}", std::process::id()));
    let deep = folder.join("files/deep");
    std::fs::create_dir_all(&deep).expect("the folder can be made");
    for (target, link) in [("../..", "one"), ("..", "two")] {
        // A link that is left over from another run is as good.
        let _ = std::os::unix::fs::symlink(target, deep.join(link));
    }
    let sources = Sources::default();
    let shown = |path: &Path| path.to_path_buf();
    let reader = Reader {
        system: &source::Disk,
        sources: &sources,
        shown: &shown,
    };
    let loaded = reader.read(&folder);
    assert_eq!(
        errors(&loaded.problems),
        [
            "a link leads to a folder above it",
            "a link leads to a folder above it",
            "Chart.yaml file is missing"
        ]
    );
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
}
