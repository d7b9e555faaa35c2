//! What was asked of a file system, so that whoever asked need not work again while the answers are the same.

use std::hash::{BuildHasher as _, Hash, RandomState};
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

use foldhash::HashMap;

use super::{Entry, FileSystem, Found, Limits, Moment, ReadError, Stamp};

/// A file system that writes down what it is asked.
pub struct Recorded<'a> {
    below: &'a dyn FileSystem,
    questions: Mutex<Questions>,
}

/// What was asked of a file system, with its answers.
#[derive(Debug, Default)]
pub struct Questions {
    /// Files that were read, with what stands for their bytes where something does, else with a hash of them.
    read: HashMap<PathBuf, Known>,
    /// What was asked of which files there are, with hashes of the answers.
    others: HashMap<Question, u64>,
    /// What stood for which files there are.
    structure: Option<Stamp>,
    /// When the answers were these.
    moment: Option<Moment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Stamp(Stamp),
    Hash(u64),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Question {
    Walk(PathBuf, Option<PathBuf>),
    List(PathBuf),
    Exists(PathBuf),
    Canonical(PathBuf),
}

impl<'a> Recorded<'a> {
    /// The files of `below`.
    pub fn new(below: &'a dyn FileSystem) -> Self {
        Self {
            below,
            questions: Mutex::new(Questions {
                structure: below.structure(),
                moment: below.moment(),
                ..Questions::default()
            }),
        }
    }

    /// What was asked.
    #[must_use]
    pub fn questions(self) -> Questions {
        self.questions
            .into_inner()
            .expect("no thread panics while it holds the lock")
    }

    fn note(&self, note: impl FnOnce(&mut Questions)) {
        note(
            &mut self
                .questions
                .lock()
                .expect("no thread panics while it holds the lock"),
        );
    }

    fn answered<T: Hash>(&self, question: Question, answer: T) -> T {
        let hash = hash(&answer);
        self.note(|questions| {
            questions.others.insert(question, hash);
        });
        answer
    }
}

impl Questions {
    /// Whether a file system would give the same answers. What stands for its structure then stands for these answers.
    #[must_use]
    pub fn hold(&mut self, system: &dyn FileSystem) -> bool {
        let moment = system.moment();
        if !self.read_alike(system) {
            return false;
        }
        // In this order: what changes between the two is asked for again.
        let structure = system.structure();
        if structure.is_some() && structure == self.structure {
            self.moment = moment;
            return true;
        }
        let mut others = self.others.iter();
        let holds = others.all(|(question, answer)| question.ask(system) == *answer);
        if holds {
            self.structure = structure;
            self.moment = moment;
        }
        holds
    }

    /// Whether the files that were read have the same bytes.
    fn read_alike(&self, system: &dyn FileSystem) -> bool {
        let holds = |(path, known): (&PathBuf, &Known)| known.holds(system, path);
        match self.moment.and_then(|moment| system.changed_since(moment)) {
            Some(changed) => {
                let mut read = changed.iter();
                read.all(|path| self.read.get_key_value(path).is_none_or(holds))
            }
            None => self.read.iter().all(holds),
        }
    }
}

impl Known {
    fn holds(self, system: &dyn FileSystem, path: &Path) -> bool {
        match self {
            Self::Stamp(stamp) => system.stamp(path) == Some(stamp),
            Self::Hash(expected) => hash(&system.read(path, Limits::default())) == expected,
        }
    }
}

impl Question {
    fn ask(&self, system: &dyn FileSystem) -> u64 {
        match self {
            Self::Walk(path, boundary) => hash(&system.walk(path, boundary.as_deref())),
            Self::List(folder) => hash(&system.list(folder)),
            Self::Exists(path) => hash(&system.exists(path)),
            Self::Canonical(path) => hash(&system.canonical(path)),
        }
    }
}

impl FileSystem for Recorded<'_> {
    fn read(&self, path: &Path, limits: Limits) -> Result<Vec<u8>, ReadError> {
        // In this order: a file that changes between the two is one that changed.
        let stamp = self.below.stamp(path);
        let read = self.below.read(path, limits);
        let known = stamp.map_or_else(|| Known::Hash(hash(&read)), Known::Stamp);
        self.note(|questions| {
            questions.read.insert(path.to_path_buf(), known);
        });
        read
    }

    fn walk(&self, path: &Path, boundary: Option<&Path>) -> Vec<Found> {
        let question = Question::Walk(path.to_path_buf(), boundary.map(Path::to_path_buf));
        self.answered(question, self.below.walk(path, boundary))
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, ReadError> {
        let question = Question::List(folder.to_path_buf());
        self.answered(question, self.below.list(folder))
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), ReadError> {
        self.below.write(path, text)
    }

    fn exists(&self, path: &Path) -> bool {
        let question = Question::Exists(path.to_path_buf());
        self.answered(question, self.below.exists(path))
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, ReadError> {
        let question = Question::Canonical(path.to_path_buf());
        self.answered(question, self.below.canonical(path))
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        self.below.stamp(path)
    }

    fn moment(&self) -> Option<Moment> {
        self.below.moment()
    }

    fn changed_since(&self, moment: Moment) -> Option<Vec<PathBuf>> {
        self.below.changed_since(moment)
    }

    fn structure(&self) -> Option<Stamp> {
        self.below.structure()
    }

    fn adopt(&self, questions: &Questions) {
        self.below.adopt(questions);
        self.note(|own| {
            let read = questions.read.iter();
            own.read
                .extend(read.map(|(path, known)| (path.clone(), *known)));
            let others = questions.others.iter();
            own.others
                .extend(others.map(|(question, answer)| (question.clone(), *answer)));
        });
    }
}

/// A hash that differs from run to run, so that nobody can write a file whose change is not seen.
fn hash(value: &impl Hash) -> u64 {
    static STATE: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    STATE.hash_one(value)
}

#[cfg(test)]
mod tests {
    use super::super::Memory;
    use super::*;

    /// Whether what asking `ask` showed still holds after `change`.
    #[track_caller]
    fn check(ask: impl Fn(&dyn FileSystem), change: impl Fn(&Memory), expected: bool) {
        let system = Memory::new([("a/x", "1"), ("a/y", "2")]);
        let recorded = Recorded::new(&system);
        ask(&recorded);
        let mut questions = recorded.questions();
        assert!(questions.hold(&system));
        change(&system);
        assert_eq!(questions.hold(&system), expected);
    }

    fn read(path: &'static str) -> impl Fn(&dyn FileSystem) {
        move |system| drop(system.read(Path::new(path), Limits::default()))
    }

    #[test]
    fn other_bytes_are_another_answer() {
        let change = |system: &Memory| system.set(Path::new("a/x"), b"3");
        check(read("a/x"), change, false);
        check(read("a/y"), change, true);
        check(|system| drop(system.list(Path::new("a"))), change, true);
    }

    #[test]
    fn files_that_come_and_go_change_only_what_asks_for_them() {
        let come = |system: &Memory| system.set(Path::new("a/z"), b"3");
        check(read("a/x"), come, true);
        check(read("a/z"), come, false);
        check(|system| drop(system.list(Path::new("a"))), come, false);
        check(|system| drop(system.list(Path::new("b"))), come, true);
        let go = |system: &Memory| system.retain(|path| path != Path::new("a/y"));
        check(|system| drop(system.walk(Path::new("a"), None)), go, false);
        check(read("a/x"), go, true);
    }
}
