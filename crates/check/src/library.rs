//! The checks that there are: the built-in ones and those of users' folders.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::SmolStr;
use source::system::{Found, FoundKind, Leads};
use source::{FileSystem, Level, Limits, Problem, ReadError, SourceFile, Sources, Span};

use crate::file::{BUILTIN_FILE, Check, Vocabulary, read};
use crate::framework::Frameworks;
use crate::undefined;

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
        Self::builtin_of(BUILTIN)
    }

    /// One of several equal shares of [`Library::builtin`], so that they can be read at the same time.
    #[must_use]
    pub fn builtin_share(share: usize, of: usize) -> Self {
        let size = BUILTIN.len().div_ceil(of.max(1)).max(1);
        let files = BUILTIN.chunks(size).nth(share).unwrap_or_default();
        Self::builtin_of(files).0
    }

    /// All of several shares, in their order.
    #[must_use]
    pub fn join(shares: impl IntoIterator<Item = Self>) -> Self {
        let mut library = Self::default();
        for share in shares {
            library.checks.extend(share.checks);
            library.definitions.push_str(&share.definitions);
        }
        library.sort(&mut Vec::new());
        library
    }

    fn builtin_of(files: &[(&str, &'static str)]) -> (Self, Vec<Problem>) {
        let vocabulary = Vocabulary {
            is_subject: &|_| true,
            frameworks: None,
        };
        let mut library = Self::default();
        let mut problems = Vec::new();
        for (path, text) in files {
            let path = Path::new(path);
            // No problem is expected, so the files need to be in no table of sources.
            let file = SourceFile::new(BUILTIN_FILE, Path::new("checks").join(path), *text);
            match Part::of(path) {
                Part::Check => library.add_check(path, &Arc::new(file), &vocabulary, &mut problems),
                Part::Definitions => library.push_definitions(&file),
                Part::Framework => {}
            }
        }
        library.sort(&mut problems);
        (library, problems)
    }

    /// All that is built in, with every word checked, and with the files in a table of sources.
    #[must_use]
    pub fn builtin_strict(sources: &Sources, is_subject: IsSubject<'_>) -> (Self, Vec<Problem>) {
        let mut library = Self::default();
        let files = BUILTIN.iter().map(|(path, text)| {
            let file = sources.add(Path::new("checks").join(path), *text);
            (PathBuf::from(path), file)
        });
        let problems = library.add_all(files, is_subject);
        (library, problems)
    }

    /// Adds the checks and definitions of a folder. No link is followed out of the boundary, if there is one.
    pub fn load(
        &mut self,
        system: &dyn FileSystem,
        folder: &Path,
        boundary: Option<&Path>,
        sources: &Sources,
        is_subject: IsSubject<'_>,
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut files = Vec::new();
        for found in system.walk(folder, boundary) {
            match file(system, sources, found) {
                Ok(Some(file)) => {
                    let below = file.path.strip_prefix(folder).unwrap_or(&file.path);
                    files.push((below.to_path_buf(), file));
                }
                Ok(None) => {}
                Err(problem) => problems.push(problem),
            }
        }
        problems.extend(self.add_all(files, is_subject));
        problems
    }

    /// Adds files, by their paths below the folder of checks.
    fn add_all(
        &mut self,
        files: impl IntoIterator<Item = (PathBuf, Arc<SourceFile>)>,
        is_subject: IsSubject<'_>,
    ) -> Vec<Problem> {
        let frameworks = Frameworks::builtin();
        let vocabulary = Vocabulary {
            is_subject,
            frameworks: Some(&frameworks),
        };
        let mut problems = Vec::new();
        let known = self.checks.len();
        for (path, file) in files {
            match Part::of(&path) {
                Part::Check => self.add_check(&path, &file, &vocabulary, &mut problems),
                Part::Definitions => self.add_definitions(&file, &mut problems),
                Part::Framework => {}
            }
        }
        // Only now all definitions are there.
        problems.extend(undefined::remove(
            &mut self.checks,
            known,
            &self.definitions,
        ));
        self.sort(&mut problems);
        problems
    }

    fn add_definitions(&mut self, file: &SourceFile, problems: &mut Vec<Problem>) {
        // A folder may be a copy of the built-in one.
        if self.definitions.contains(&*file.text) {
            return;
        }
        match undefined::definitions(file, &self.definitions) {
            Ok(()) => self.push_definitions(file),
            Err(found) => problems.extend(found),
        }
    }

    fn push_definitions(&mut self, file: &SourceFile) {
        self.definitions.push_str(&file.text);
        self.definitions.push('\n');
    }

    fn add_check(
        &mut self,
        path: &Path,
        file: &Arc<SourceFile>,
        vocabulary: &Vocabulary<'_>,
        problems: &mut Vec<Problem>,
    ) {
        let id = path
            .file_stem()
            .map(|stem| stem.to_string_lossy())
            .unwrap_or_default();
        let subject = path
            .parent()
            .map(|folder| folder.to_string_lossy().replace('\\', "/"))
            .unwrap_or_default();
        let (check, found) = read(file, &id, &subject, vocabulary);
        problems.extend(found);
        self.checks.extend(check.map(Arc::new));
    }

    /// Sorts by id; of two checks with one id the first stays.
    fn sort(&mut self, problems: &mut Vec<Problem>) {
        let mut seen: HashSet<SmolStr> = HashSet::new();
        self.checks.retain(|check| {
            let is_new = seen.insert(check.id.clone());
            if !is_new {
                let message = format!("there is another check with the id {}", check.id);
                let span = check.text.file.span();
                let start = Span::new(span.file, span.start, span.start);
                let problem = Problem::at(Level::Error, "invalid-check", message, start);
                problems.push(problem.with_help("give the file another name"));
            }
            is_new
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

/// What a file of a folder of checks is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Check,
    Definitions,
    Framework,
}

impl Part {
    /// What a file is, by its path below the folder.
    fn of(path: &Path) -> Self {
        if path.starts_with("frameworks") {
            Self::Framework
        } else if path.extension().is_some_and(|extension| extension == "jq") {
            Self::Definitions
        } else {
            Self::Check
        }
    }
}

/// The file of a check or of definitions that was found in a folder; none where it is something else.
fn file(
    system: &dyn FileSystem,
    sources: &Sources,
    found: Found,
) -> Result<Option<Arc<SourceFile>>, Problem> {
    let Found { path, kind } = found;
    let is_wanted = path.extension().is_some_and(|extension| {
        ["yaml", "yml", "jq"]
            .iter()
            .any(|wanted| extension == *wanted)
    });
    let failed = |error: &ReadError| error.problem(&path);
    match kind {
        FoundKind::File if is_wanted => sources
            .load(system, &path, &path, Limits::default())
            .map(Some)
            .map_err(|error| failed(&error)),
        // Anything else that can't be read may have been a folder of checks.
        FoundKind::Unreadable(ReadError::NotRegular { .. } | ReadError::Link(_)) if !is_wanted => {
            Ok(None)
        }
        FoundKind::Unreadable(error) => Err(failed(&error)),
        FoundKind::Link(Leads::Outside) => Err(failed(&ReadError::Link("out of the repository"))),
        FoundKind::File | FoundKind::Link(_) | FoundKind::Rules(_) => Ok(None),
    }
}

/// The text of a built-in file below `checks/`.
pub(crate) fn builtin_texts(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    BUILTIN.iter().copied().filter(move |(path, _)| {
        path.strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
    })
}
