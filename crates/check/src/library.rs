//! The checks that there are: the built-in ones and those of users' folders.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::SmolStr;
use source::{FileId, FileSystem, Level, Limits, Problem, SourceFile, Sources};

use crate::file::{self, Check, Vocabulary};
use crate::framework::Frameworks;
use crate::query::check_definitions;

/// The files of `checks/`: path below it and text.
const BUILTIN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// The checks of a run and the definitions that their queries share.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// All checks, by id.
    pub checks: Vec<Arc<Check>>,
    /// The shared definitions of jq.
    pub definitions: String,
}

/// Whether some reader produces resources with a subject.
pub type IsSubject<'a> = &'a dyn Fn(&str) -> bool;

impl Library {
    /// The checks and definitions that are part of the program. Their words are checked by its tests and not at each start.
    #[must_use]
    pub fn builtin() -> (Self, Vec<Problem>) {
        let vocabulary = Vocabulary {
            is_subject: &|_| true,
            has_control: &|_, _| Some(true),
        };
        Self::builtin_with(&vocabulary)
    }

    /// The same, with every word checked.
    #[must_use]
    pub fn builtin_strict(is_subject: IsSubject<'_>) -> (Self, Vec<Problem>) {
        let frameworks = Frameworks::builtin();
        let has_control = |framework: &str, control: &str| frameworks.has(framework, control);
        Self::builtin_with(&Vocabulary {
            is_subject,
            has_control: &has_control,
        })
    }

    fn builtin_with(vocabulary: &Vocabulary<'_>) -> (Self, Vec<Problem>) {
        let mut library = Self::default();
        let mut problems = Vec::new();
        for (path, text) in BUILTIN {
            // A built-in file is in no table of sources; its problems are for the tests of the program.
            let file = Arc::new(SourceFile::new(
                FileId(u32::MAX),
                Path::new("checks").join(path),
                *text,
            ));
            library.add(Path::new(path), &file, vocabulary, &mut problems);
        }
        library.sort(&mut problems);
        (library, problems)
    }

    /// Adds the checks and definitions of a folder.
    pub fn load(
        &mut self,
        system: &dyn FileSystem,
        folder: &Path,
        sources: &Sources,
        is_subject: IsSubject<'_>,
    ) -> Vec<Problem> {
        let frameworks = Frameworks::builtin();
        let has_control = |framework: &str, control: &str| frameworks.has(framework, control);
        let vocabulary = Vocabulary {
            is_subject,
            has_control: &has_control,
        };
        let mut problems = Vec::new();
        for found in system.walk(folder) {
            let path: PathBuf = found.path;
            let wanted = path
                .extension()
                .is_some_and(|extension| extension == "yaml" || extension == "jq");
            if !wanted {
                continue;
            }
            match sources.load(system, &path, &path, Limits::default()) {
                Ok(file) => self.add(
                    path.strip_prefix(folder).unwrap_or(&path),
                    &file,
                    &vocabulary,
                    &mut problems,
                ),
                Err(error) => problems.push(error.problem(&path)),
            }
        }
        self.sort(&mut problems);
        problems
    }

    fn add(
        &mut self,
        path: &Path,
        file: &Arc<SourceFile>,
        vocabulary: &Vocabulary<'_>,
        problems: &mut Vec<Problem>,
    ) {
        if path.starts_with("frameworks") {
            return;
        }
        if path.extension().is_some_and(|extension| extension == "jq") {
            match check_definitions(&file.text) {
                Ok(()) => {
                    self.definitions.push_str(&file.text);
                    self.definitions.push('\n');
                }
                Err(error) => {
                    let start = u32::try_from(error.range.start).unwrap_or(0);
                    let end = u32::try_from(error.range.end).unwrap_or(start);
                    let span = source::Span::new(file.id, start, end);
                    problems.push(Problem::at(
                        Level::Error,
                        "invalid-check",
                        error.message,
                        span,
                    ));
                }
            }
            return;
        }
        let id = path
            .file_stem()
            .map(|stem| stem.to_string_lossy())
            .unwrap_or_default();
        let subject = path
            .parent()
            .map(|folder| folder.to_string_lossy().replace('\\', "/"))
            .unwrap_or_default();
        let (check, found) = file::read(file, &id, &subject, vocabulary);
        problems.extend(found);
        self.checks.extend(check.map(Arc::new));
    }

    /// Sorts by id; of two checks with one id the first stays.
    fn sort(&mut self, problems: &mut Vec<Problem>) {
        let mut seen: HashMap<SmolStr, ()> = HashMap::new();
        self.checks.retain(|check| {
            let new = seen.insert(check.id.clone(), ()).is_none();
            if !new {
                let message = format!("there is another check with the id {}", check.id);
                problems.push(Problem::at(
                    Level::Error,
                    "invalid-check",
                    message,
                    check.text.file.span(),
                ));
            }
            new
        });
        self.checks.sort_by(|one, two| one.id.cmp(&two.id));
    }

    /// The checks that a name means: an id, an alias, a severity, or a folder and all below it.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Arc<Check>> {
        self.checks.iter().filter(move |check| {
            let in_folder = check.subject == name
                || check
                    .subject
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with('/'));
            check.is_called(name) || in_folder || check.severity.text() == name
        })
    }
}

/// The text of a built-in file below `checks/`.
pub(crate) fn builtin_texts(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    BUILTIN.iter().copied().filter(move |(path, _)| {
        path.strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
    })
}
