//! The ordinals of findings whose fingerprint an earlier one has.

use std::collections::HashMap;
use std::sync::Arc;

use crate::finding::{Placed, with_ordinal};
use crate::findings::PlacedInFile;
use crate::project::Project;

use super::findings::OfFile;

/// Which fingerprints several findings have, and what stands for these.
#[derive(Default)]
pub(super) struct Numbered {
    /// The first halves of the fingerprints of all findings, sorted.
    halves: Vec<u64>,
    /// Those of them that are there several times.
    repeated: Vec<u64>,
    stands: Arc<Stands>,
}

/// What stands for findings, and for files with such findings. What it stands for is kept: its address in memory names it.
#[derive(Default)]
struct Stands {
    findings: HashMap<(usize, usize), (Arc<Placed>, Arc<Placed>)>,
    files: HashMap<usize, (Arc<PlacedInFile>, Arc<PlacedInFile>)>,
}

/// The files of which something else is told than before.
#[derive(Clone, Copy)]
pub(super) struct Moved<'a> {
    pub(super) old: &'a [Arc<OfFile>],
    pub(super) new: &'a [Arc<OfFile>],
    pub(super) before: &'a Numbered,
}

/// How many fingerprints are put to their places one by one.
const FEW: usize = 256;

impl Numbered {
    /// The ordinals of the findings of all files, which are sorted by path.
    pub(super) fn of(files: &[Arc<OfFile>], project: &Project, moved: Option<Moved<'_>>) -> Self {
        let again = moved.and_then(Moved::halves);
        let halves = again.unwrap_or_else(|| {
            let mut halves: Vec<u64> = files
                .iter()
                .flat_map(|file| &file.halves)
                .copied()
                .collect();
            halves.sort_unstable();
            halves
        });
        let pairs = halves.array_windows().filter(|[one, other]| one == other);
        let mut repeated: Vec<u64> = pairs.map(|[half, _]| *half).collect();
        repeated.dedup();
        let numbered = Self {
            halves,
            repeated,
            stands: Arc::default(),
        };
        let stands = match moved.filter(|moved| moved.is_apart(&numbered)) {
            Some(moved) => Arc::clone(&moved.before.stands),
            None => {
                let before = moved.map(|moved| &*moved.before.stands);
                Arc::new(Stands::of(files, &numbered, project, before))
            }
        };
        Self { stands, ..numbered }
    }

    /// What stands for the findings of a file: themselves, unless an earlier one has the same fingerprint.
    pub(super) fn stands_for<'f>(&'f self, file: &'f Arc<PlacedInFile>) -> &'f Arc<PlacedInFile> {
        let known = self.stands.files.get(&address(file));
        known.map_or(file, |(_, numbered)| numbered)
    }

    fn is_repeated(&self, half: u64) -> bool {
        !self.repeated.is_empty() && self.repeated.binary_search(&half).is_ok()
    }
}

impl Moved<'_> {
    /// The halves of all fingerprints now; nothing where so many changed that they are sorted faster.
    fn halves(self) -> Option<Vec<u64>> {
        let of = |files: &[Arc<OfFile>]| -> Vec<u64> {
            files
                .iter()
                .flat_map(|file| &file.halves)
                .copied()
                .collect()
        };
        let (old, new) = (of(self.old), of(self.new));
        if old.len() + new.len() > FEW {
            return None;
        }
        let mut halves = self.before.halves.clone();
        for half in old {
            halves.remove(halves.binary_search(&half).ok()?);
        }
        for half in new {
            halves.insert(halves.partition_point(|one| *one < half), half);
        }
        Some(halves)
    }

    /// Whether no finding of these files shares its fingerprint with another, before or now.
    fn is_apart(&self, now: &Numbered) -> bool {
        let halves = self
            .old
            .iter()
            .chain(self.new)
            .flat_map(|file| &file.halves);
        let is_shared = |half: &u64| self.before.is_repeated(*half) || now.is_repeated(*half);
        !halves.into_iter().any(is_shared)
    }
}

impl Stands {
    fn of(
        files: &[Arc<OfFile>],
        numbered: &Numbered,
        project: &Project,
        before: Option<&Self>,
    ) -> Self {
        let mut stands = Self::default();
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for file in files {
            let mut others = Vec::new();
            let repeated = file.halves.iter().enumerate();
            for (index, _) in repeated.filter(|(_, half)| numbered.is_repeated(**half)) {
                let first = &file.finished.placed()[index];
                let ordinal = seen.entry(&first.finding.fingerprint).or_default();
                if *ordinal > 0 {
                    others.push((index, stands.numbered(first, *ordinal, project, before)));
                }
                *ordinal += 1;
            }
            if !others.is_empty() {
                stands.add(&file.finished, others, before);
            }
        }
        stands
    }

    /// A finding with its ordinal: the same object as before where it is the same.
    fn numbered(
        &mut self,
        first: &Arc<Placed>,
        ordinal: usize,
        project: &Project,
        before: Option<&Self>,
    ) -> Arc<Placed> {
        let key = (address(first), ordinal);
        let known = before.and_then(|before| before.findings.get(&key));
        let one = known.map(|(_, one)| Arc::clone(one));
        let one = one.unwrap_or_else(|| Arc::new(with_ordinal(first, ordinal, project)));
        let stands = (Arc::clone(first), Arc::clone(&one));
        self.findings.insert(key, stands);
        one
    }

    /// Adds a file with others in place of some of its findings: the same object as before where it is the same.
    fn add(
        &mut self,
        file: &Arc<PlacedInFile>,
        others: Vec<(usize, Arc<Placed>)>,
        before: Option<&Self>,
    ) {
        let numbered = file.with(others);
        let known = before.and_then(|before| before.files.get(&address(file)));
        let known = known.filter(|(_, known)| known.is_same(&numbered));
        let numbered = known.map_or_else(|| Arc::new(numbered), |(_, known)| Arc::clone(known));
        let stands = (Arc::clone(file), numbered);
        self.files.insert(address(file), stands);
    }
}

fn address<T>(one: &Arc<T>) -> usize {
    Arc::as_ptr(one).addr()
}
