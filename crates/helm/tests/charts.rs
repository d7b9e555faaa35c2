//! Charts give what `helm template` prints of them. Each case is one file: a sentence, the arguments, the files, and what Helm
//! says; `charts/record.sh` writes the last.
#![expect(
    clippy::disallowed_methods,
    reason = "tests read their data and no scanned input"
)]

mod case;

use std::path::{Path, PathBuf};

use case::{Case, ROOT};
use helm::chart::Reader;
use helm::render::{KubeVersion, Options, TextOptions, render};
use helm::set::{Form, set};
use helm::value::{Map, MapType};
use helm::values::{merge, read};
use source::{FileSystem as _, Level, Limits, Memory, Place, Problem, Sources};

/// The places that a failure names at most at its beginning, and at its end; `tests/recording/helm.go` shortens longer ones likewise.
const SHOWN: usize = 5;

/// Why nothing is printed.
struct Refusal {
    /// In Helm's words.
    message: String,
    /// The files and lines, from 1, of what is wrong; 0 for a file as a whole.
    places: Vec<(PathBuf, usize)>,
}

impl Refusal {
    fn new(message: String, problems: &[Problem], sources: &Sources) -> Self {
        let errors = problems
            .iter()
            .filter(|problem| problem.level == Level::Error);
        let places = errors.map(|problem| match &problem.place {
            Place::Path(path) => (path.clone(), 0),
            Place::Span(span) => {
                let file = sources.get(span.file);
                (
                    file.path.clone(),
                    file.position(span.start).line as usize + 1,
                )
            }
        });
        Self {
            message,
            places: places.collect(),
        }
    }
}

/// What our rendering says.
fn answer(case: &Case) -> Result<String, Refusal> {
    let system = case.memory();
    let sources = Sources::default();
    let shown = |path: &Path| path.strip_prefix(ROOT).unwrap_or(path).to_path_buf();
    let values = Map::new(&MapType::ANY, []);
    let mut call = Call {
        values,
        places: Vec::new(),
        options: Options::default(),
        text: TextOptions::default(),
        system: &system,
        sources: &sources,
    };
    call.read(&case.arguments)
        .map_err(|message| Refusal::new(message, &[], &sources))?;
    let chart = call.places.pop().expect("a chart");
    if let Some(name) = call.places.pop() {
        call.options.release.name = name;
    }
    let reader = Reader {
        system: &system,
        sources: &sources,
        shown: &shown,
    };
    let loaded = reader.read(&Path::new(ROOT).join(chart));
    let is_error = |problem: &&Problem| problem.level == Level::Error;
    if let Some(problem) = loaded.problems.iter().find(is_error) {
        let message = problem.message.clone();
        return Err(Refusal::new(message, &loaded.problems, &sources));
    }
    let chart = loaded.chart.expect("a chart without problems");
    let rendered = render(&chart, &call.values, &sources, &call.options);
    let text = rendered.text(&call.text);
    text.map(|text| text.to_str().into_owned())
        .map_err(|error| Refusal::new(error.to_string(), &rendered.problems, &sources))
}

/// A call of `helm template`.
struct Call<'a> {
    values: Map,
    /// The arguments without a flag.
    places: Vec<String>,
    options: Options,
    text: TextOptions,
    system: &'a Memory,
    sources: &'a Sources,
}

impl Call<'_> {
    fn read(&mut self, arguments: &[String]) -> Result<(), String> {
        let mut arguments = arguments.iter();
        let mut sets = Vec::new();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().expect("a value behind the argument");
            match argument.as_str() {
                "-f" => self.add_file(value()),
                "-n" => self.options.release.namespace.clone_from(value()),
                "-s" | "--show-only" => self.text.only.push(value().clone()),
                "--kube-version" => {
                    let version = KubeVersion::parse(value());
                    self.options.capabilities.version = version.expect("a version");
                }
                "--api-versions" => self.options.capabilities.apis.push(value().clone()),
                "--is-upgrade" => self.options.release.is_upgrade = true,
                "--no-hooks" => self.text.show.hooks = false,
                "--skip-tests" => self.text.show.tests = false,
                "--include-crds" => self.text.show.crds = true,
                flag if flag.starts_with("--set") => sets.push((flag, value())),
                place => self.places.push(place.to_owned()),
            }
        }
        for form in Form::ORDER {
            for (_, argument) in sets.iter().filter(|(flag, _)| *flag == form.flag()) {
                let file = |path: &str| self.file(path);
                set(form, argument, &self.values, &file).map_err(|error| error.message)?;
            }
        }
        Ok(())
    }

    fn file(&self, name: &str) -> Result<String, String> {
        let bytes = self
            .system
            .read(&Path::new(ROOT).join(name), Limits::default());
        let bytes = bytes.map_err(|error| error.to_string())?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn add_file(&mut self, name: &str) {
        let path = Path::new(ROOT).join(name);
        let file = self
            .sources
            .load(self.system, &path, Path::new(name), Limits::default());
        let (above, _) = read(&file.expect("a values file"));
        self.values = merge(&self.values, &above);
    }
}

/// What is told in words of our own from here on.
const OWN: [&str; 4] = [
    "cannot load ",
    "values don't meet the specifications",
    "YAML parse error on ",
    "error parsing regexp",
];

fn is_same_cause(expected: &str, given: &str) -> bool {
    let own = OWN.iter().find_map(|own| expected.find(own));
    if let Some(at) = own.filter(|_| !given.is_empty()) {
        // Where Helm tells of a file, the place does.
        return at == 0 || expected.contains("cannot load") || given.starts_with(&expected[..at]);
    }
    // Helm puts words in front of some causes, and shows values that may be secret.
    let given = given
        .split(": the values of a chart")
        .next()
        .unwrap_or_default();
    !given.is_empty() && (expected.ends_with(given) || expected.starts_with(given))
}

/// The files and lines that Helm names: where it reads or runs a template, or a file that it can't load.
fn named_places(error: &str) -> Vec<(&str, usize)> {
    let mut places = Vec::new();
    for word in error.split([' ', '(', ')']) {
        let mut parts = word.split(':');
        let (file, line) = (parts.next().unwrap_or_default(), parts.next());
        if let Some(line) = line.and_then(|line| line.parse().ok()) {
            places.push((file, line));
        }
    }
    for begin in ["cannot load ", "YAML parse error on "] {
        let named = error
            .split_once(begin)
            .and_then(|(_, rest)| rest.split_once(':'));
        places.extend(named.map(|(file, _)| (file, 0)));
    }
    places
}

/// Whether one of the places is among those that Helm names. Of what a helper or a template in values refuses, Helm names the
/// action that calls it, and the place is where it stands.
fn is_same_place(error: &str, places: &[(PathBuf, usize)]) -> bool {
    if error.starts_with("execution error at ") || error.contains("gotpl:") {
        return !places.is_empty();
    }
    let named = named_places(error);
    let is_named = |(path, line): &(PathBuf, usize)| {
        let mut named = named.iter();
        named.any(|(file, named)| path.ends_with(file) && [0, *line].contains(named))
    };
    named.is_empty() || places.iter().any(is_named)
}

/// A failure without the places in the middle of a long circle.
fn shortened(error: &str) -> String {
    const BETWEEN: &str = ": error calling ";
    let steps: Vec<&str> = error.split(BETWEEN).collect();
    let Some(left) = steps.len().checked_sub(2 * SHOWN).filter(|left| *left > 0) else {
        return error.to_owned();
    };
    let (first, last) = (&steps[..SHOWN], &steps[SHOWN + left..]);
    let left = format!("{left} more");
    [&first.join(BETWEEN), &left, &last.join(BETWEEN)]
        .map(String::as_str)
        .join(BETWEEN)
}

fn fault(case: &Case) -> Option<String> {
    let given = answer(case);
    let expected = case.expected.as_ref().expect("what Helm says");
    match (given, expected) {
        (Ok(given), Ok(expected)) if given == *expected => None,
        (Ok(given), Ok(expected)) => Some(format!("gives\n{given}\nand not\n{expected}")),
        (Ok(given), Err(error)) => Some(format!("gives\n{given}\nand does not fail with {error}")),
        (Err(given), Ok(_)) => Some(format!("fails with {}", given.message)),
        (Err(given), Err(error)) => {
            let message = shortened(&given.message);
            if !is_same_cause(error, &message) {
                return Some(format!("fails with\n{message}\nand not with\n{error}"));
            }
            let places = &given.places;
            let message = format!("fails at {places:?}, which is not among the places in\n{error}");
            (!is_same_place(error, places)).then_some(message)
        }
    }
}

#[test]
fn charts_give_what_helm_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/charts");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let mut failing = 0;
    let faults: Vec<String> = paths
        .iter()
        .filter_map(|path| {
            let case = Case::read(&std::fs::read_to_string(path).unwrap());
            failing += usize::from(matches!(case.expected, Some(Err(_))));
            let name = path.file_stem().unwrap().to_string_lossy();
            Some(format!("{name} {}", fault(&case)?))
        })
        .collect();
    assert!(
        paths.len() >= 200 && failing >= 140,
        "{failing} of {}",
        paths.len()
    );
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n\n")
    );
}
