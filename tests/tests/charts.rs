//! Charts of other projects: what `helm template` prints of them, and what their own tests expect.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use graph::{NodeId, SmolStr, Tree};
use helm::chart::{Chart, Loaded, Reader};
use helm::reads::{Reads, reads};
use helm::render::{KubeVersion, Options, Rendered, Show, TextOptions, render};
use helm::set::{Form, set};
use helm::value::{Map, MapType, Place};
use helm::values::{merge, read};
use serde_json::Value;
use source::{Confined, Disk, Limits, Place as ProblemPlace, Problem, Sources, Span};
use tests::{corpora, parallel};

/// How many faults are shown.
const SHOWN: usize = 30;

/// One call of `helm template`.
struct Call {
    chart: PathBuf,
    files: Vec<PathBuf>,
    arguments: Vec<String>,
}

/// What our rendering gives for a call.
struct Answer {
    chart: Arc<Chart>,
    /// The files of values beside the chart's own.
    files: Vec<Arc<Tree>>,
    rendered: Rendered,
    show: Show,
    problems: Vec<Problem>,
    sources: Sources,
}

impl Answer {
    fn text(&self) -> Result<Vec<u8>, String> {
        let options = TextOptions {
            show: self.show,
            only: Vec::new(),
        };
        let text = self.rendered.text(&options);
        text.map(|text| text.as_bytes().to_vec())
            .map_err(|error| error.to_string())
    }

    fn told(&self) -> String {
        let mut told = String::new();
        for problem in self.problems.iter().chain(&self.rendered.problems).take(5) {
            let place = match &problem.place {
                ProblemPlace::Span(span) => {
                    let file = self.sources.get(span.file);
                    let line = file.position(span.start).line + 1;
                    format!("{}:{line}", file.path.display())
                }
                ProblemPlace::Path(path) => path.display().to_string(),
            };
            let _ = write!(told, "\n      {place}: {}", problem.message);
        }
        told
    }
}

fn answer(folder: &Path, call: &Call) -> Answer {
    let sources = Sources::default();
    let disk = Disk;
    let system = Confined::new(&disk, vec![folder.to_path_buf()]);
    let shown = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_path_buf();
    let reader = Reader {
        system: &system,
        sources: &sources,
        shown: &shown,
    };
    let Loaded {
        chart,
        mut problems,
    } = reader.read(&call.chart);
    let chart = chart.unwrap_or_else(|| panic!("{}: {problems:?}", call.chart.display()));
    let mut values = Map::new(&MapType::ANY, []);
    let mut files = Vec::new();
    for file in &call.files {
        let file = sources
            .load(&system, file, file, Limits::default())
            .expect("a values file of the corpus");
        let (above, more) = read(&file);
        problems.extend(more);
        let documents = yaml::read(&file, &yaml::Options::default()).documents;
        files.extend(
            documents
                .into_iter()
                .map(|document| Arc::new(document.tree))
                .take(1),
        );
        values = merge(&values, &above);
    }
    let (options, show) = options(&call.arguments, &values);
    let rendered = render(&chart, &values, &sources, &options);
    Answer {
        chart,
        files,
        rendered,
        show,
        problems,
        sources,
    }
}

/// The arguments behind `helm template`; those that set values do so.
fn options(arguments: &[String], values: &Map) -> (Options, Show) {
    let mut options = Options::default();
    let mut show = Show::default();
    let mut arguments = arguments.iter();
    let no_file = |path: &str| Err(format!("{path} is not read"));
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().expect("a value behind the argument");
        match argument.as_str() {
            "-n" | "--namespace" => options.release.namespace.clone_from(value()),
            "--kube-version" => {
                let version = KubeVersion::parse(value());
                options.capabilities.version = version.expect("a version of Kubernetes");
            }
            "--api-versions" => options.capabilities.apis.push(value().clone()),
            "--set" => set(Form::Set, value(), values, &no_file).expect("a value that is set"),
            "--no-hooks" => show.hooks = false,
            "--include-crds" => show.crds = true,
            name => {
                assert!(!name.starts_with('-'), "the argument {name} is not known");
                name.clone_into(&mut options.release.name);
            }
        }
    }
    (options, show)
}

fn strings(value: &Value) -> Vec<String> {
    let strings = value.as_array().into_iter().flatten();
    strings
        .filter_map(|string| string.as_str().map(str::to_owned))
        .collect()
}

fn rows(path: &Path) -> Vec<Value> {
    let text = corpora::text(path);
    let rows = text.lines().map(serde_json::from_str);
    rows.collect::<Result<_, _>>().expect("a row of JSON")
}

/// The first line that is different, and what stands there.
fn difference(expected: &[u8], given: &[u8]) -> Option<String> {
    if expected == given {
        return None;
    }
    let expected: Vec<&[u8]> = expected.split(|byte| *byte == b'\n').collect();
    let given: Vec<&[u8]> = given.split(|byte| *byte == b'\n').collect();
    let same = expected
        .iter()
        .zip(&given)
        .take_while(|(one, other)| one == other);
    let line = same.count();
    let at = |lines: &[&[u8]]| {
        let line = lines.get(line).copied().unwrap_or_default();
        String::from_utf8_lossy(line).into_owned()
    };
    Some(format!(
        "line {}: expected {:?}, got {:?}",
        line + 1,
        at(&expected),
        at(&given)
    ))
}

fn report(name: &str, total: usize, faults: &[String], start: Instant) {
    corpora::tell(&format!(
        "{name}: {} of {total} are right, {:.1?}",
        total - faults.len(),
        start.elapsed()
    ));
    let shown = faults.iter().take(SHOWN).map(String::as_str);
    let shown: Vec<&str> = shown.collect();
    assert!(
        faults.is_empty(),
        "{} of {total} are wrong, the first of them:\n{}",
        faults.len(),
        shown.join("\n")
    );
}

/// What is wrong with our answer to a recorded call, if anything is.
fn chart_fault(folder: &Path, row: &Value) -> Option<String> {
    let chart = row["chart"].as_str().expect("a chart");
    let file = row["values"].as_str();
    let call = Call {
        chart: folder.join(chart),
        files: file.iter().map(|file| folder.join(file)).collect(),
        arguments: strings(&row["args"]),
    };
    let answer = answer(folder, &call);
    let fault = match (answer.text(), row["rendered"].as_str()) {
        (Ok(given), Some(rendered)) => {
            let expected = corpora::text(&folder.join(rendered)).into_bytes();
            match row["deterministic"].as_bool() {
                Some(true) => difference(&expected, &given),
                _ => difference(&masked(&answer, &expected), &masked(&answer, &given)),
            }
        }
        (Err(message), None) => {
            let expected = row["err"].as_str().unwrap_or_default();
            (!expected.contains(&message)).then(|| format!("fails with {message}, not {expected}"))
        }
        (Ok(_), None) => Some(format!("does not fail with {}", row["err"])),
        (Err(message), Some(_)) => Some(format!("fails: {message}")),
    };
    let fault = fault.or_else(|| unread(&answer))?;
    let name = file.unwrap_or(chart);
    Some(format!("  {name}: {fault}{}", answer.told()))
}

/// A value that came into the text although it is told that nothing reads it, if there is any.
fn unread(answer: &Answer) -> Option<String> {
    let text = answer.rendered.whole_text(answer.show);
    let pieces = text.pieces().iter();
    let places = pieces.flat_map(|piece| piece.mark.places());
    let rendered: HashSet<Span> = places
        .filter_map(|place| match place {
            Place::Values(span, _) => Some(*span),
            _ => None,
        })
        .collect();
    let reads = reads(&answer.chart, &answer.files);
    let trees = answer.files.iter().chain(&answer.chart.values);
    let mut trees = trees.filter(|_| reads.lost.is_none());
    trees.find_map(|tree| unread_below(&reads, tree, NodeId::ROOT, &rendered))
}

fn unread_below(
    reads: &Reads,
    tree: &Tree,
    id: NodeId,
    rendered: &HashSet<Span>,
) -> Option<String> {
    let mut above = std::iter::successors(Some(id), |node| tree.parent(*node));
    let keys = above.by_ref().filter_map(|node| {
        let parent = tree.parent(node)?;
        let index = tree.children(parent).position(|child| child == node)?;
        let key = tree.node(node).key.as_ref();
        Some(key.map_or_else(|| index.to_string().into(), |key| key.text.clone()))
    });
    let mut keys: Vec<SmolStr> = keys.collect();
    keys.reverse();
    if rendered.contains(&tree.node(id).span) && !reads.read.touches(&keys) {
        return Some(format!("{} is not told to be read", keys.join(".")));
    }
    let mut children = tree.children(id);
    children.find_map(|child| unread_below(reads, tree, child, rendered))
}

/// A text of as many lines, where those are left out in which our text holds bytes that Helm makes anew each time.
fn masked(answer: &Answer, text: &[u8]) -> Vec<u8> {
    let ours = answer.rendered.whole_text(answer.show);
    let mut unknown = HashSet::new();
    let (mut at, mut line) = (0, 0);
    for piece in ours.pieces() {
        let bytes = &ours.as_bytes()[at..at + piece.length];
        let breaks = bytes.iter().filter(|byte| **byte == b'\n').count();
        if piece.mark.is_unknown() {
            unknown.extend(line..=line + breaks);
        }
        line += breaks;
        at += piece.length;
    }
    let lines = text.split(|byte| *byte == b'\n').enumerate();
    let lines = lines.map(|(number, line)| match unknown.contains(&number) {
        true => b"".as_slice(),
        false => line,
    });
    lines.collect::<Vec<_>>().join(&b'\n')
}

#[test]
fn charts_are_rendered_as_by_helm() {
    let Some(folder) = corpora::folder("helm/charts") else {
        return;
    };
    let start = Instant::now();
    let rows = rows(&folder.join("render.jsonl"));
    let faults = parallel::map(&rows, |row| chart_fault(&folder, row));
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    report("Rendered charts", rows.len(), &faults, start);
}

/// What is wrong with our objects of a chart whose authors keep what they expect.
fn golden_fault(folder: &Path, row: &Value) -> Option<String> {
    let call = Call {
        chart: folder.join(row["chart"].as_str().expect("a chart")),
        files: strings(&row["values"])
            .iter()
            .map(|file| folder.join(file))
            .collect(),
        arguments: strings(&row["args"]),
    };
    let answer = answer(folder, &call);
    let golden = folder.join(row["golden"].as_str().expect("what is expected"));
    let fault = match answer.text() {
        Err(message) => Some(format!("fails: {message}")),
        Ok(given) => {
            let expected: Vec<String> = texts(&golden);
            let is_stripped = row["normalise"].is_string();
            let expected = objects(expected.iter().map(String::as_str), is_stripped);
            let given = String::from_utf8_lossy(&given);
            let given = objects([&*given], is_stripped);
            first_difference(&expected, &given)
        }
    };
    let name = format!("{} {}", row["suite"], row["case"]);
    fault.map(|fault| format!("  {name}: {fault}{}", answer.told()))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test reads a corpus and no scanned input"
)]
fn texts(path: &Path) -> Vec<String> {
    if path.is_file() {
        return vec![corpora::text(path)];
    }
    let entries =
        std::fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    paths.iter().flat_map(|path| texts(path)).collect()
}

/// The objects of texts, sorted.
fn objects<'a>(texts: impl IntoIterator<Item = &'a str>, is_stripped: bool) -> Vec<String> {
    let mut objects = Vec::new();
    for text in texts {
        let file = source::SourceFile::new(source::FileId(0), "objects", text);
        for document in yaml::read(&file, &yaml::Options::default()).documents {
            let mut object = json(&document.tree, NodeId::ROOT);
            if is_stripped {
                strip(&mut object);
            }
            // The authors' script adds the namespace.
            let is_added = is_stripped && object["kind"] == "Namespace";
            if !object.is_null() && !is_added {
                objects.push(object.to_string());
            }
        }
    }
    objects.sort();
    objects
}

/// Takes out what the authors' script takes out of what Helm gives: labels of the chart, and the namespace.
fn strip(object: &mut Value) {
    match object {
        Value::Object(entries) => {
            for key in [
                "helm.sh/chart",
                "app.kubernetes.io/managed-by",
                "app.kubernetes.io/instance",
                "app.kubernetes.io/version",
                "namespace",
            ] {
                entries.shift_remove(key);
            }
            entries.values_mut().for_each(strip);
            entries.retain(|_, value| !value.as_object().is_some_and(serde_json::Map::is_empty));
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

fn json(tree: &Tree, id: NodeId) -> Value {
    match &tree.node(id).data {
        graph::Data::Bool(truth) => Value::from(*truth),
        graph::Data::Int(number) => Value::from(*number),
        graph::Data::Float(number) => Value::from(*number),
        graph::Data::String(text) => Value::from(text.as_str()),
        graph::Data::List => tree.children(id).map(|child| json(tree, child)).collect(),
        graph::Data::Map => {
            let children = tree.children(id);
            let mut entries: Vec<(String, Value)> = children
                .filter_map(|child| {
                    let key = tree.node(child).key.as_ref()?.text.to_string();
                    Some((key, json(tree, child)))
                })
                .collect();
            entries.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(entries.into_iter().collect())
        }
        _ => Value::Null,
    }
}

fn first_difference(expected: &[String], given: &[String]) -> Option<String> {
    if expected == given {
        return None;
    }
    let missing = expected.iter().find(|object| !given.contains(object));
    let more = given.iter().find(|object| !expected.contains(object));
    let (one, other) = (
        missing.cloned().unwrap_or_default(),
        more.cloned().unwrap_or_default(),
    );
    let same = one
        .bytes()
        .zip(other.bytes())
        .take_while(|(one, other)| one == other)
        .count();
    let around = |text: &str| -> String {
        let start = text
            .char_indices()
            .map(|(at, _)| at)
            .take_while(|at| *at <= same.saturating_sub(60))
            .last();
        text[start.unwrap_or(0)..].chars().take(160).collect()
    };
    Some(format!(
        "{} objects are expected, {} are there; expected …{}, got …{}",
        expected.len(),
        given.len(),
        around(&one),
        around(&other)
    ))
}

#[test]
fn charts_give_the_objects_that_their_authors_expect() {
    let Some(folder) = corpora::folder("helm/golden") else {
        return;
    };
    let start = Instant::now();
    let rows = rows(&folder.join("pairs.jsonl"));
    let faults = parallel::map(&rows, |row| golden_fault(&folder, row));
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    report("Expected objects", rows.len(), &faults, start);
}
