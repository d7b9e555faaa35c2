//! Findings by file: what is found in a file is the same object in memory as long as nothing of it changes.

use std::collections::BTreeMap;
use std::ops::Index;
use std::sync::{Arc, OnceLock};

use source::FileId;

use crate::finding::Placed;
use crate::report::Finding;

/// Findings by path and place, those of each file together.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    files: Vec<Arc<FileFindings>>,
    starts: Starts,
}

/// The findings of one file.
#[derive(Debug)]
pub struct FileFindings {
    file: FileId,
    findings: Vec<Arc<Finding>>,
}

impl FileFindings {
    /// The file that all of them are in.
    #[must_use]
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The findings, by place.
    #[must_use]
    pub fn findings(&self) -> &[Arc<Finding>] {
        &self.findings
    }
}

impl Findings {
    /// All findings.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Finding>> + Clone {
        self.files.iter().flat_map(|file| &file.findings)
    }

    /// The findings by file. Those of a file in which nothing changed are the same object as in the analysis before.
    #[must_use]
    pub fn files(&self) -> &[Arc<FileFindings>] {
        &self.files
    }

    /// The number of findings.
    #[must_use]
    pub fn len(&self) -> usize {
        let lengths = self.files.iter().map(|file| file.findings.len());
        lengths.sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// A finding by its number among all, from 0.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&Arc<Finding>> {
        let (file, index) = self.position(index)?;
        self.files[file].findings.get(index)
    }

    /// Keeps those that are wanted. Files of which all are stay the same objects.
    pub fn retain(&mut self, mut is_wanted: impl FnMut(&Finding) -> bool) {
        for file in &mut self.files {
            let findings = file.findings.iter();
            let kept: Vec<_> = findings.filter(|one| is_wanted(one)).cloned().collect();
            if kept.len() < file.findings.len() {
                *file = Arc::new(FileFindings {
                    file: file.file,
                    findings: kept,
                });
            }
        }
        self.files.retain(|file| !file.findings.is_empty());
        self.starts = Starts::default();
    }

    fn position(&self, index: usize) -> Option<(usize, usize)> {
        let lengths = self.files.iter().map(|file| file.findings.len());
        self.starts.position(index, lengths)
    }
}

impl Index<usize> for Findings {
    type Output = Arc<Finding>;

    fn index(&self, index: usize) -> &Self::Output {
        let nowhere = (self.files.len(), 0);
        let (file, index) = self.position(index).unwrap_or(nowhere);
        &self.files[file].findings[index]
    }
}

impl<'f> IntoIterator for &'f Findings {
    type Item = &'f Arc<Finding>;
    type IntoIter = Box<dyn Iterator<Item = &'f Arc<Finding>> + 'f>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.iter())
    }
}

impl IntoIterator for Findings {
    type Item = Arc<Finding>;
    type IntoIter = std::vec::IntoIter<Arc<Finding>>;

    fn into_iter(self) -> Self::IntoIter {
        let findings: Vec<Arc<Finding>> = self.iter().cloned().collect();
        findings.into_iter()
    }
}

impl FromIterator<Arc<Finding>> for Findings {
    /// Findings in their order, those of each file together.
    fn from_iter<I: IntoIterator<Item = Arc<Finding>>>(findings: I) -> Self {
        let findings: Vec<Arc<Finding>> = findings.into_iter().collect();
        let files = findings.chunk_by(|one, other| one.span.file == other.span.file);
        let files = files.map(|findings| {
            Arc::new(FileFindings {
                file: findings[0].span.file,
                findings: findings.to_vec(),
            })
        });
        Self {
            files: files.collect(),
            starts: Starts::default(),
        }
    }
}

impl Extend<Arc<Finding>> for Findings {
    fn extend<I: IntoIterator<Item = Arc<Finding>>>(&mut self, findings: I) {
        let own: Vec<Arc<Finding>> = self.iter().cloned().collect();
        *self = own.into_iter().chain(findings).collect();
    }
}

/// Findings by path and place, with what later stages need of them.
#[derive(Clone, Default)]
pub(crate) struct PlacedFindings {
    files: Vec<Arc<PlacedInFile>>,
    starts: Starts,
}

/// Where a finding stands: the number of its file, and its own there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position(usize, usize);

/// The findings of one file.
#[derive(Clone)]
pub(crate) struct PlacedInFile {
    file: FileId,
    placed: Vec<Arc<Placed>>,
    /// The same as others see it.
    told: OnceLock<Arc<FileFindings>>,
}

impl PlacedInFile {
    pub(crate) fn new(file: FileId, placed: Vec<Arc<Placed>>) -> Self {
        Self {
            file,
            placed,
            told: OnceLock::new(),
        }
    }

    pub(crate) fn placed(&self) -> &[Arc<Placed>] {
        &self.placed
    }

    /// Whether both are of the same objects in memory.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let mut pairs = self.placed.iter().zip(&other.placed);
        self.placed.len() == other.placed.len() && pairs.all(|(one, other)| Arc::ptr_eq(one, other))
    }

    /// The same with others in place of some, by their numbers.
    pub(crate) fn with(&self, others: impl IntoIterator<Item = (usize, Arc<Placed>)>) -> Self {
        let mut placed = self.placed.clone();
        for (index, other) in others {
            placed[index] = other;
        }
        Self::new(self.file, placed)
    }

    fn placed_mut(this: &mut Arc<Self>) -> &mut Vec<Arc<Placed>> {
        let this = Arc::make_mut(this);
        this.told = OnceLock::new();
        &mut this.placed
    }

    fn told(&self) -> &Arc<FileFindings> {
        self.told.get_or_init(|| {
            let findings = self.placed.iter();
            Arc::new(FileFindings {
                file: self.file,
                findings: findings.map(|placed| Arc::clone(&placed.finding)).collect(),
            })
        })
    }
}

impl PlacedFindings {
    /// Those of files, which are sorted.
    pub(crate) fn new(files: Vec<Arc<PlacedInFile>>) -> Self {
        Self {
            files,
            starts: Starts::default(),
        }
    }

    /// The same as others see it.
    pub(crate) fn told(&self) -> Findings {
        let files = self.files.iter().filter(|file| !file.placed.is_empty());
        Findings {
            files: files.map(|file| Arc::clone(file.told())).collect(),
            starts: Starts::default(),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<Placed>> + Clone {
        self.files.iter().flat_map(|file| &file.placed)
    }

    pub(crate) fn len(&self) -> usize {
        let lengths = self.files.iter().map(|file| file.placed.len());
        lengths.sum()
    }

    /// Whether there may be none.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How many of each project there are, by its number. All findings of a file are of one.
    pub(crate) fn counts(&self) -> BTreeMap<usize, usize> {
        let mut counts = BTreeMap::new();
        for file in &self.files {
            if let Some(first) = file.placed.first() {
                *counts.entry(first.project).or_default() += file.placed.len();
            }
        }
        counts
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Arc<Placed>> {
        let (file, index) = self.position(index)?;
        self.files[file].placed.get(index)
    }

    /// Whether a finding has this path in its resource.
    pub(crate) fn has_path(&self, index: usize, path: &str) -> bool {
        self.get(index).is_some_and(|one| one.finding.path == path)
    }

    /// All of them, to be changed.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Arc<Placed>> {
        self.files.iter_mut().flat_map(PlacedInFile::placed_mut)
    }

    /// Those of some files, with where they stand.
    pub(crate) fn of_files(
        &self,
        is_wanted: impl Fn(FileId) -> bool,
    ) -> impl Iterator<Item = (Position, &Placed)> {
        let files = self.files.iter().enumerate();
        let files = files.filter(move |(_, file)| is_wanted(file.file));
        files.flat_map(|(number, file)| {
            let placed = file.placed.iter().enumerate();
            placed.map(move |(index, placed)| (Position(number, index), &**placed))
        })
    }

    pub(crate) fn at(&self, Position(file, index): Position) -> Option<&Arc<Placed>> {
        self.files.get(file)?.placed.get(index)
    }

    pub(crate) fn at_mut(&mut self, Position(file, index): Position) -> Option<&mut Arc<Placed>> {
        PlacedInFile::placed_mut(self.files.get_mut(file)?).get_mut(index)
    }

    /// Takes some away, which are sorted.
    pub(crate) fn remove<'p>(&mut self, positions: impl DoubleEndedIterator<Item = &'p Position>) {
        // The last ones first, so that the others stay where they are.
        for Position(file, index) in positions.rev() {
            if let Some(file) = self.files.get_mut(*file) {
                PlacedInFile::placed_mut(file).remove(*index);
            }
        }
        self.starts = Starts::default();
    }

    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut Arc<Placed>> {
        let (file, index) = self.position(index)?;
        PlacedInFile::placed_mut(&mut self.files[file]).get_mut(index)
    }

    /// Keeps those that are wanted. Files of which all are stay the same objects.
    pub(crate) fn retain(&mut self, mut is_wanted: impl FnMut(&Arc<Placed>) -> bool) {
        for file in &mut self.files {
            let is_kept: Vec<bool> = file.placed.iter().map(&mut is_wanted).collect();
            if is_kept.contains(&false) {
                let mut is_kept = is_kept.into_iter();
                PlacedInFile::placed_mut(file).retain(|_| is_kept.next().unwrap_or(true));
            }
        }
        self.starts = Starts::default();
    }

    /// Adds those of another project; all are sorted by the paths of their files then.
    pub(crate) fn merge<P: Ord>(&mut self, other: Self, path: impl Fn(FileId) -> P) {
        match (self.files.is_empty(), other.files.is_empty()) {
            (_, true) => {}
            (true, false) => *self = other,
            (false, false) => {
                self.files.extend(other.files);
                self.files.sort_by_cached_key(|file| path(file.file));
                self.starts = Starts::default();
            }
        }
    }

    fn position(&self, index: usize) -> Option<(usize, usize)> {
        let lengths = self.files.iter().map(|file| file.placed.len());
        self.starts.position(index, lengths)
    }
}

/// The number of the first finding of each file, and that of all; as soon as somebody asks.
#[derive(Clone, Debug, Default)]
struct Starts(OnceLock<Vec<usize>>);

impl Starts {
    /// The file of a finding, and its number there, among files of these lengths.
    fn position(
        &self,
        index: usize,
        lengths: impl Iterator<Item = usize>,
    ) -> Option<(usize, usize)> {
        let starts = self.0.get_or_init(|| {
            let ends = lengths.scan(0, |sum, length| {
                *sum += length;
                Some(*sum)
            });
            std::iter::once(0).chain(ends).collect()
        });
        let file = starts.partition_point(|start| *start <= index);
        let is_there = (1..starts.len()).contains(&file);
        is_there.then(|| (file - 1, index - starts[file - 1]))
    }
}
