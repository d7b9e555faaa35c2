//! Kustomizations as one text each: a sentence, the folder that is built where it is not the first, our problem where there is
//! one, the files, and what kustomize says. Where we knowingly say something else, a section `ours` holds it.

#[path = "../../../../tests/recording/sections.rs"]
mod sections;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use sections::sections;

/// The folder that the files stand in.
pub(crate) const ROOT: &str = "/case";

/// A case as it is written.
pub(crate) struct Case {
    /// The folder that is built.
    pub(crate) folder: String,
    /// Our problem, by its code and a part of its message.
    problem: Option<String>,
    pub(crate) files: BTreeMap<PathBuf, Vec<u8>>,
    /// What kustomize prints, or why it doesn't.
    expected: Result<String, String>,
    /// What we print instead.
    ours: Option<String>,
}

impl Case {
    /// Reads a text.
    pub(crate) fn read(text: &str) -> Self {
        let (head, sections) = sections(text);
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
        for (name, text) in sections {
            case.add(name, text);
        }
        case
    }

    fn add(&mut self, name: &str, text: String) {
        match name {
            "ours" => self.ours = Some(text),
            "output" => self.expected = Ok(text),
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
fn content<'a>(words: impl Iterator<Item = &'a str>, text: String) -> Vec<u8> {
    words.fold(text.into_bytes(), |bytes, word| {
        let text = String::from_utf8(bytes).expect("text");
        match word {
            "base64" => STANDARD.decode(text.trim()).expect("Base64"),
            "crlf" => text.replace('\n', "\r\n").into_bytes(),
            "bare" => text.trim_end_matches('\n').into(),
            other => panic!("no such word: {other}"),
        }
    })
}

/// What we print, and the errors that we tell, each with its code in front.
pub(crate) type Answer = (String, Vec<String>);

/// What is wrong with an answer, if anything is.
fn fault(case: &Case, (text, errors): &Answer) -> Option<String> {
    let expected = match &case.ours {
        Some(ours) => &Ok(ours.clone()),
        None => &case.expected,
    };
    match (expected, &case.problem) {
        (Ok(expected), None) if errors.is_empty() => {
            (*text != *expected).then(|| format!("gives\n{text}\nand not\n{expected}"))
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

/// Checks what is said of all cases in a folder, and that there are as many.
pub(crate) fn check(folder: &Path, least: usize, answer: impl Fn(&Case) -> Answer) {
    let entries = std::fs::read_dir(folder).expect("a folder of cases");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let is_case = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "txt");
    let mut paths: Vec<PathBuf> = paths.filter(is_case).collect();
    paths.sort();
    assert!(paths.len() >= least);
    let faults = paths.iter().filter_map(|path| {
        let case = Case::read(&std::fs::read_to_string(path).expect("a case"));
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        Some(format!("{name} {}", fault(&case, &answer(&case))?))
    });
    let faults: Vec<String> = faults.collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n\n")
    );
}
