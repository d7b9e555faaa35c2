//! Charts give what `helm template` prints of them. Each case is one file: a sentence, the arguments, the files, and what Helm
//! says; `charts/record.sh` writes the last.
#![expect(
    clippy::disallowed_methods,
    reason = "tests read their data and no scanned input"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use helm::chart::Reader;
use helm::render::{KubeVersion, Options, TextOptions, render};
use helm::set::{Form, set};
use helm::value::{Map, MapType};
use helm::values::{merge, read};
use source::{Level, Limits, Memory, Problem, Sources};

/// The folder that the files stand in.
const ROOT: &str = "/case";

/// A case as it is written.
struct Case {
    arguments: Vec<String>,
    /// Paths and texts.
    files: Vec<(String, String)>,
    /// What Helm prints, or why it doesn't.
    expected: Result<String, String>,
}

impl Case {
    fn read(text: &str) -> Self {
        let (before, rest) = text.split_once("\n-- ").expect("a file");
        let arguments = before.lines().filter(|line| !line.starts_with('#'));
        let rest = rest.strip_suffix('\n').unwrap_or(rest);
        let mut files = Vec::new();
        let mut expected = None;
        for section in format!("\n{rest}").split("\n-- ") {
            let section = section.strip_prefix('\n').unwrap_or(section);
            let (name, text) = section.split_once(" --").expect("a name");
            let text = text.strip_prefix('\n').map(|text| format!("{text}\n"));
            let text = text.unwrap_or_default();
            match name {
                "output" => expected = Some(Ok(text)),
                "error" => expected = Some(Err(text.trim_end().to_owned())),
                name => files.push((name.to_owned(), text)),
            }
        }
        Self {
            arguments: arguments.map(str::to_owned).collect(),
            files,
            expected: expected.expect("what Helm says"),
        }
    }

    /// The files as they stand in a folder; those with `!` in their names are packed.
    fn memory(&self) -> Memory {
        let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
        let mut archives: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        for (name, text) in &self.files {
            match name.split_once('!') {
                Some((archive, inner)) => archives.entry(archive).or_default().push((inner, text)),
                None => {
                    files.insert(Path::new(ROOT).join(name), text.as_bytes().to_vec());
                }
            }
        }
        for (name, packed) in archives {
            files.insert(Path::new(ROOT).join(name), pack(&packed));
        }
        Memory::new(files)
    }
}

/// An archive of these files, whatever their names.
fn pack(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (name, text) in files {
        let mut header = tar::Header::new_gnu();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive
            .append(&header, text.as_bytes())
            .expect("memory takes bytes");
    }
    let archive = archive.into_inner().expect("memory takes bytes");
    archive.finish().expect("memory takes bytes")
}

/// What our rendering says.
fn answer(case: &Case) -> Result<String, String> {
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
    call.read(&case.arguments)?;
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
        return Err(problem.message.clone());
    }
    let chart = loaded.chart.expect("a chart without problems");
    let rendered = render(&chart, &call.values, &sources, &call.options);
    let text = rendered.text(&call.text);
    text.map(|text| text.to_str().into_owned())
        .map_err(|error| error.to_string())
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
                set(form, argument, &self.values, &|_| Err("no file".into()))
                    .map_err(|error| error.message)?;
            }
        }
        Ok(())
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

/// Causes that are told in words of our own.
const OWN: [(&str, &str); 5] = [
    ("cannot load Chart.yaml: ", ""),
    ("cannot load values.yaml: ", ""),
    ("cannot load Chart.lock: ", ""),
    (
        "values don't meet the specifications",
        "values don't meet the specifications",
    ),
    ("YAML parse error on ", "YAML parse error on "),
];

fn is_same_cause(expected: &str, given: &str) -> bool {
    let mut own = OWN.iter();
    if let Some((_, begin)) = own.find(|(begin, _)| expected.starts_with(begin)) {
        return given.starts_with(begin) && !given.is_empty();
    }
    // Helm puts words in front of some causes, and shows values that may be secret.
    let given = given
        .split(": the values of a chart")
        .next()
        .unwrap_or_default();
    !given.is_empty() && (expected.ends_with(given) || expected.starts_with(given))
}

fn fault(case: &Case) -> Option<String> {
    let is_right = |given: &Result<String, String>| match (given, &case.expected) {
        (Ok(given), Ok(expected)) => given == expected,
        (Err(given), Err(expected)) => is_same_cause(expected, given),
        _ => false,
    };
    let given = answer(case);
    (!is_right(&given)).then(|| match (&given, &case.expected) {
        (Ok(given), Ok(expected)) => format!("gives\n{given}\nand not\n{expected}"),
        _ => format!("gives {given:?}, and not {:?}", case.expected),
    })
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
    assert!(paths.len() >= 80);
    let faults: Vec<String> = paths
        .iter()
        .filter_map(|path| {
            let case = Case::read(&std::fs::read_to_string(path).unwrap());
            let name = path.file_stem().unwrap().to_string_lossy();
            Some(format!("{name} {}", fault(&case)?))
        })
        .collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n\n")
    );
}
