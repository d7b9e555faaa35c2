//! The ordinals of findings whose fingerprint an earlier one has.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use crate::finding::with_ordinal;
use crate::findings::PlacedInFile;
use crate::project::Project;

use super::findings::OfFile;

/// Which fingerprints several findings have, and what stands for these.
#[derive(Default)]
pub(super) struct Numbered {
    /// The first halves of the fingerprints of all findings, sorted.
    halves: Arc<[u64]>,
    /// Those of them that are there several times.
    repeated: Arc<[u64]>,
    /// What stands for files with such findings, by the addresses in memory of these, which are kept for that.
    stands: HashMap<usize, Arc<Stand>>,
}

/// What stands for the findings of a file.
struct Stand {
    plain: Arc<PlacedInFile>,
    numbered: Arc<PlacedInFile>,
    /// The ordinals of findings, by their numbers in the file.
    ordinals: HashMap<usize, usize>,
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
        let again = moved.and_then(|moved| Some((moved, moved.halves()?)));
        let (known, halves) = match again {
            Some((moved, halves)) => (Some(moved), halves),
            None => (None, sorted(files).into()),
        };
        let same = known.map(|moved| moved.before);
        let same = same.filter(|before| Arc::ptr_eq(&before.halves, &halves));
        let mut numbered = Self {
            repeated: match same {
                Some(before) => Arc::clone(&before.repeated),
                None => repeated(&halves),
            },
            halves,
            stands: HashMap::new(),
        };
        let shared = match known {
            Some(moved) => {
                numbered.stands.clone_from(&moved.before.stands);
                moved.forget(&mut numbered.stands);
                moved.shared(&numbered)
            }
            None => numbered.repeated.to_vec(),
        };
        let before = moved.map(|moved| &moved.before.stands);
        numbered.number(files, &shared, project, before);
        numbered
    }

    /// Numbers the findings whose halves are among some, which are sorted. All others are numbered already.
    fn number(
        &mut self,
        files: &[Arc<OfFile>],
        shared: &[u64],
        project: &Project,
        before: Option<&HashMap<usize, Arc<Stand>>>,
    ) {
        if shared.is_empty() {
            return;
        }
        let is_shared = |half: &u64| shared.binary_search(half).is_ok();
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for file in files {
            let own = file.halves.iter().enumerate();
            let own = own.filter(|(_, half)| is_shared(half));
            let mut ordinals = Vec::new();
            for (index, _) in own {
                let fingerprint = &file.finished.placed()[index].finding.fingerprint;
                let ordinal = seen.entry(fingerprint).or_default();
                ordinals.push((index, *ordinal));
                *ordinal += 1;
            }
            if !ordinals.is_empty() {
                let address = address(&file.finished);
                let before = before.and_then(|before| before.get(&address));
                let stand = self.stands.remove(&address);
                let stand = Stand::of(&file.finished, stand.as_deref(), &ordinals, project, before);
                let stand = stand.map(|stand| (address, Arc::new(stand)));
                self.stands.extend(stand);
            }
        }
    }

    /// What stands for the findings of a file: themselves, unless an earlier one has the same fingerprint.
    pub(super) fn stands_for<'f>(&'f self, file: &'f Arc<PlacedInFile>) -> &'f Arc<PlacedInFile> {
        let known = self.stands.get(&address(file));
        let known = known.filter(|stand| Arc::ptr_eq(&stand.plain, file));
        known.map_or(file, |stand| &stand.numbered)
    }

    fn is_repeated(&self, half: u64) -> bool {
        self.repeated.binary_search(&half).is_ok()
    }
}

fn sorted(files: &[Arc<OfFile>]) -> Vec<u64> {
    let halves = files.iter().flat_map(|file| &file.halves);
    let mut halves: Vec<u64> = halves.copied().collect();
    halves.sort_unstable();
    halves
}

/// Those of sorted halves that are there several times.
fn repeated(halves: &[u64]) -> Arc<[u64]> {
    let pairs = halves.array_windows().filter(|[one, other]| one == other);
    let mut repeated: Vec<u64> = pairs.map(|[half, _]| *half).collect();
    repeated.dedup();
    repeated.into()
}

/// Sorted halves without others, which are sorted, too: each of these takes one away.
fn without(halves: &[u64], others: &[u64]) -> Vec<u64> {
    let mut others = others.iter().peekable();
    let is_left = |half: &&u64| {
        while others.next_if(|other| other < half).is_some() {}
        others.next_if_eq(half).is_none()
    };
    halves.iter().filter(is_left).copied().collect()
}

impl Moved<'_> {
    /// The halves of all fingerprints now; nothing where so many changed that they are sorted faster. What only stands elsewhere
    /// has the fingerprint that it had.
    fn halves(self) -> Option<Arc<[u64]>> {
        let (old, new) = (sorted(self.old), sorted(self.new));
        let (gone, come) = (without(&old, &new), without(&new, &old));
        match gone.len() + come.len() {
            0 => return Some(Arc::clone(&self.before.halves)),
            1..=FEW => {}
            _ => return None,
        }
        let mut halves = self.before.halves.to_vec();
        for half in gone {
            halves.remove(halves.binary_search(&half).ok()?);
        }
        for half in come {
            halves.insert(halves.partition_point(|one| *one < half), half);
        }
        Some(halves.into())
    }

    /// Forgets what stood for files that are no more.
    fn forget(self, stands: &mut HashMap<usize, Arc<Stand>>) {
        for file in self.old {
            stands.remove(&address(&file.finished));
        }
    }

    /// The halves in these files that others may have too, before or now, sorted.
    fn shared(self, now: &Numbered) -> Vec<u64> {
        let files = self.old.iter().chain(self.new);
        let is_shared = |half: &u64| self.before.is_repeated(*half) || now.is_repeated(*half);
        let halves = files.flat_map(|file| &file.halves).copied();
        let mut shared: Vec<u64> = halves.filter(is_shared).collect();
        shared.sort_unstable();
        shared.dedup();
        shared
    }
}

impl Stand {
    /// What stands for a file with these ordinals in place of what `known` says of the same findings; nothing where none has
    /// one. What stood for it before gives the same objects.
    fn of(
        plain: &Arc<PlacedInFile>,
        known: Option<&Self>,
        ordinals: &[(usize, usize)],
        project: &Project,
        before: Option<&Arc<Self>>,
    ) -> Option<Self> {
        let mut all = known.map_or_else(HashMap::new, |known| known.ordinals.clone());
        all.extend(ordinals.iter().copied());
        all.retain(|_, ordinal| *ordinal > 0);
        if all.is_empty() {
            return None;
        }
        let others = all.iter().map(|(index, ordinal)| {
            let same = before.filter(|before| before.ordinals.get(index) == Some(ordinal));
            let same = same.map(|before| Arc::clone(&before.numbered.placed()[*index]));
            let first = &plain.placed()[*index];
            let one = same.unwrap_or_else(|| Arc::new(with_ordinal(first, *ordinal, project)));
            (*index, one)
        });
        let numbered = plain.with(others);
        let same = before.filter(|before| before.numbered.is_same(&numbered));
        Some(Self {
            plain: Arc::clone(plain),
            numbered: same.map_or_else(|| Arc::new(numbered), |same| Arc::clone(&same.numbered)),
            ordinals: all,
        })
    }
}

fn address<T>(one: &Arc<T>) -> usize {
    Arc::as_ptr(one).addr()
}
