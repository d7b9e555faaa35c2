//! Kustomizations give what `kubectl kustomize` prints of them. Each case is one file: a sentence, the folder that is built where it
//! is not the first, our problem where there is one, the files, and what kustomize says; `builds/record.sh` writes the last. Where
//! we knowingly say something else, a section `ours` holds it.
#![expect(
    clippy::disallowed_methods,
    reason = "tests read their data and no scanned input"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kustomize::{NoCharts, Reader};
use source::{Level, Memory, Sources};

/// The folder that the files stand in.
const ROOT: &str = "/case";

/// A case as it is written.
struct Case {
    /// The folder that is built.
    folder: String,
    /// Our problem, by its code and a part of its message.
    problem: Option<String>,
    files: BTreeMap<PathBuf, Vec<u8>>,
    /// What kustomize prints, or why it doesn't.
    expected: Result<String, String>,
    /// What we print instead.
    ours: Option<String>,
}

impl Case {
    fn read(text: &str) -> Self {
        let (head, rest) = text.split_once("\n-- ").expect("a file");
        let mut case = Self {
            folder: String::new(),
            problem: None,
            files: BTreeMap::new(),
            expected: Err("nothing recorded".to_owned()),
            ours: None,
        };
        for line in head.lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix("problem: ") {
                Some(problem) => case.problem = Some(problem.to_owned()),
                None => line.clone_into(&mut case.folder),
            }
        }
        let rest = rest.strip_suffix('\n').unwrap_or(rest);
        for section in format!("\n{rest}").split("\n-- ") {
            let section = section.strip_prefix('\n').unwrap_or(section);
            let (name, text) = section.split_once(" --").expect("a name");
            case.add(name, text.strip_prefix('\n').unwrap_or_default());
        }
        case
    }

    /// Adds a section, whose text has lost its last line end.
    fn add(&mut self, name: &str, text: &str) {
        let lines = || match text {
            "" => String::new(),
            text => format!("{text}\n"),
        };
        match name {
            "ours" => self.ours = Some(lines()),
            "output" => self.expected = Ok(lines()),
            "error" => self.expected = Err(text.trim_end().to_owned()),
            name => {
                let mut words = name.split(' ');
                let path = Path::new(ROOT).join(words.next().expect("a path"));
                self.files.insert(path, content(words, text));
            }
        }
    }
}

/// What a file holds, by the words behind its path.
fn content<'a>(words: impl Iterator<Item = &'a str>, text: &str) -> Vec<u8> {
    let line_end = if text.is_empty() { "" } else { "\n" };
    words.fold(format!("{text}{line_end}").into_bytes(), |bytes, word| {
        let text = String::from_utf8(bytes).expect("text");
        match word {
            "base64" => STANDARD.decode(text.trim()).expect("Base64"),
            "crlf" => text.replace('\n', "\r\n").into_bytes(),
            "bare" => text.trim_end_matches('\n').into(),
            other => panic!("no such word: {other}"),
        }
    })
}

/// What we print, and the errors that we tell, each with its code.
fn answer(case: &Case) -> (String, Vec<String>) {
    let system = Memory::new(case.files.clone());
    let sources = Sources::default();
    let build =
        Reader::new(&system, &sources, &NoCharts).build(&Path::new(ROOT).join(&case.folder));
    let errors = build.problems.iter();
    let errors = errors.filter(|problem| problem.level == Level::Error);
    let told = errors.map(|error| format!("{}: {}", error.code, error.message));
    (build.text(), told.collect())
}

fn fault(case: &Case) -> Option<String> {
    let (text, errors) = answer(case);
    let expected = match &case.ours {
        Some(ours) => &Ok(ours.clone()),
        None => &case.expected,
    };
    match (expected, &case.problem) {
        (Ok(expected), None) if errors.is_empty() => {
            (text != *expected).then(|| format!("gives\n{text}\nand not\n{expected}"))
        }
        (Err(_), Some(problem)) => {
            let is_told = errors
                .iter()
                .any(|error| error.starts_with(problem.as_str()));
            (!is_told).then(|| format!("tells {errors:#?}, and not {problem}"))
        }
        (Ok(_), _) => Some(format!("tells {errors:#?}")),
        (Err(expected), None) => Some(format!("tells {errors:#?}, and kustomize {expected}")),
    }
}

#[test]
fn kustomizations_give_what_kustomize_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/builds");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 500);
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
