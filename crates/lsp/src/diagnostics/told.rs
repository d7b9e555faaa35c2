//! What was told of files, to be taken again where nothing of it changed.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use analysis::FileFindings;

use super::files::Files;
use super::{FileName, OfFile, Others, Telling};
use crate::snapshot::Name;
use crate::types::{Diagnostic, Uri};

/// What was told of files. Ids of files stand for their texts, so that a finding with the same places is told in the same way.
#[derive(Default)]
pub(crate) struct Told {
    /// The files with findings, in the order of these.
    files: Vec<Kept>,
    /// The files without findings of which there is something to tell.
    without: BTreeMap<PathBuf, Kept>,
    beginnings: u64,
    /// The names of documents that were open.
    uris: HashMap<PathBuf, Uri>,
}

/// What was told of a file.
struct Kept {
    name: Arc<FileName>,
    findings: Vec<Arc<FileFindings>>,
    others: Others,
    list: Arc<[Diagnostic]>,
}

/// What is found in one file. A path may have had several texts.
struct OfPath {
    findings: Range<usize>,
    name: Arc<FileName>,
    /// What was told of the same findings.
    kept: Option<usize>,
}

impl Told {
    /// Forgets what no longer holds because of more than what is found.
    pub(super) fn begin(&mut self, beginnings: u64, telling: &Telling<'_>) {
        let uri = |(path, name): (&PathBuf, &Name)| (path.clone(), name.uri.clone());
        let uris: HashMap<PathBuf, Uri> = telling.names.iter().map(uri).collect();
        if self.beginnings != beginnings || self.uris != uris {
            *self = Self {
                beginnings,
                uris,
                ..Self::default()
            };
        }
    }

    /// What is to be told of all files. Findings are sorted by path.
    pub(super) fn tell(
        &mut self,
        findings: &[Arc<FileFindings>],
        mut others: BTreeMap<PathBuf, Others>,
        files: &mut Files<'_>,
    ) -> Vec<OfFile> {
        let mut before: Vec<Option<Kept>> = std::mem::take(&mut self.files)
            .into_iter()
            .map(Some)
            .collect();
        for of_path in by_paths(findings, &before, files) {
            let own = &findings[of_path.findings];
            let kept = of_path.kept.and_then(|index| before[index].take());
            let others = others.remove(&of_path.name.path).unwrap_or_default();
            self.files
                .push(Kept::of(of_path.name, own, others, kept, files));
        }
        let mut without = std::mem::take(&mut self.without);
        for (path, others) in others {
            let kept = without.remove(&path);
            let name = match &kept {
                Some(kept) => Arc::clone(&kept.name),
                None => files.name(&path),
            };
            let kept = Kept::of(name, &[], others, kept, files);
            self.without.insert(path, kept);
        }
        let all = self.files.iter().chain(self.without.values());
        all.map(Kept::told).collect()
    }
}

/// The findings by the paths of their files.
fn by_paths(
    findings: &[Arc<FileFindings>],
    before: &[Option<Kept>],
    files: &mut Files<'_>,
) -> Vec<OfPath> {
    let mut paths: Vec<OfPath> = Vec::with_capacity(before.len());
    let mut order = Order::of(before);
    let mut start = 0;
    while let Some(first) = findings.get(start) {
        let known = order.next().filter(|kept| kept.begins(&findings[start..]));
        if let Some(kept) = known {
            let end = start + kept.findings.len();
            let (name, kept) = (Arc::clone(&kept.name), Some(order.take()));
            paths.push(OfPath {
                findings: start..end,
                name,
                kept,
            });
            start = end;
            continue;
        }
        let end = start + 1;
        let path = files.path_of(first.file());
        match paths.last_mut().filter(|last| last.name.path == path) {
            Some(last) => (last.findings.end, last.kept) = (end, None),
            None => paths.push(OfPath {
                findings: start..end,
                name: order.name(&path).unwrap_or_else(|| files.name(&path)),
                kept: None,
            }),
        }
        start = end;
    }
    paths
}

/// What was told before, in its order, as far as what is found follows it.
struct Order<'k> {
    before: &'k [Option<Kept>],
    next: usize,
    /// By path, as soon as what is found does not follow it.
    by_path: Option<HashMap<&'k Path, usize>>,
}

impl<'k> Order<'k> {
    fn of(before: &'k [Option<Kept>]) -> Self {
        Self {
            before,
            next: 0,
            by_path: None,
        }
    }

    fn next(&self) -> Option<&'k Kept> {
        self.before.get(self.next)?.as_ref()
    }

    /// The index of the next one, which is behind then.
    fn take(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    /// The name of a file of which something else is to be told, which is behind then.
    fn name(&mut self, path: &Path) -> Option<Arc<FileName>> {
        if self.next()?.name.path != path {
            let by_path = self.by_path.get_or_insert_with(|| by_path(self.before));
            self.next = *by_path.get(path)?;
        }
        let name = self.next().map(|kept| Arc::clone(&kept.name));
        self.next += 1;
        name
    }
}

fn by_path(kept: &[Option<Kept>]) -> HashMap<&Path, usize> {
    let all = kept.iter().enumerate();
    let all = all.filter_map(|(index, kept)| Some((kept.as_ref()?.name.path.as_path(), index)));
    all.collect()
}

impl Kept {
    /// What is to be told of a file: what was told of the same findings, where the rest is the same, too.
    fn of(
        name: Arc<FileName>,
        findings: &[Arc<FileFindings>],
        others: Others,
        kept: Option<Self>,
        files: &mut Files<'_>,
    ) -> Self {
        match kept.filter(|kept| kept.others == others) {
            Some(kept) => kept,
            None => Self {
                list: others.with(findings, files),
                findings: findings.to_vec(),
                name,
                others,
            },
        }
    }

    /// Whether these findings begin with those of the file. What is found again is the same object in memory.
    fn begins(&self, findings: &[Arc<FileFindings>]) -> bool {
        let mut pairs = self.findings.iter().zip(findings);
        self.findings.len() <= findings.len() && pairs.all(|(one, other)| Arc::ptr_eq(one, other))
    }

    fn told(&self) -> OfFile {
        OfFile {
            name: Arc::clone(&self.name),
            list: Arc::clone(&self.list),
        }
    }
}
