//! What was found, kept by resource and by file.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use check::Judged;
use graph::ResourceId;
use rayon::prelude::*;
use source::{FileId, SourceFile, Span};

use crate::finding::{self, Numbered, Placed};
use crate::project::Project;
use crate::report::{ResourceName, VerdictRow};

use super::rows::{self, Rows};

/// What was found, kept by resource and by file.
#[derive(Default)]
pub(crate) struct Found {
    /// By the numbers of the resources; nothing where nothing is said of one.
    of_resource: Vec<Option<OfResource>>,
    /// By path.
    of_file: Vec<Arc<OfFile>>,
    rows: Rows,
    numbered: Numbered,
}

/// What is said of one resource.
#[derive(Clone)]
struct OfResource {
    judged: Arc<Vec<Judged>>,
    told: Arc<Told>,
    /// The files of its findings.
    files: Arc<[FileId]>,
}

impl OfResource {
    fn new(judged: &Arc<Vec<Judged>>, told: Told) -> Self {
        let placed = told.placed.iter();
        let files: BTreeSet<FileId> = placed.map(|placed| placed.finding.span.file).collect();
        Self {
            judged: Arc::clone(judged),
            told: Arc::new(told),
            files: files.into_iter().collect(),
        }
    }
}

/// What is told of one resource.
pub(crate) struct Told {
    pub(crate) name: Arc<ResourceName>,
    pub(crate) placed: Vec<Placed>,
    pub(crate) rows: Vec<Arc<VerdictRow>>,
}

/// The findings of one file.
struct OfFile {
    file: Arc<SourceFile>,
    /// What they are made of: a resource, and the number of a finding of it.
    made_of: Vec<(Arc<Told>, usize)>,
    finished: Vec<Arc<Placed>>,
    /// The first halves of their fingerprints.
    halves: Vec<u64>,
    /// Where checks for secrets found any.
    secrets: Vec<Span>,
}

/// How many files are put to their places one by one.
const FEW: usize = 32;

/// What was found before.
#[derive(Clone, Copy)]
pub(crate) struct FoundBefore<'a> {
    pub(crate) project: &'a Project,
    pub(crate) found: &'a Found,
}

impl Found {
    /// What is told of each resource, and the findings of each file. `tell` says what is told of one resource.
    pub(crate) fn of<'v>(
        project: &Project,
        verdicts: impl Iterator<Item = (ResourceId, &'v Arc<Vec<Judged>>)>,
        before: Option<FoundBefore<'_>>,
        tell: impl Fn(ResourceId, &[Judged]) -> Told + Sync,
    ) -> Self {
        let verdicts: Vec<(ResourceId, &Arc<Vec<Judged>>)> = verdicts.collect();
        let of_one = |(id, judged): (ResourceId, &Arc<Vec<Judged>>)| {
            if judged.is_empty() {
                return None;
            }
            let known = before.and_then(|before| before.of(project, id, judged));
            Some(known.unwrap_or_else(|| OfResource::new(judged, tell(id, judged))))
        };
        let of_resource: Vec<Option<OfResource>> = verdicts.into_par_iter().map(of_one).collect();
        let changed = before.and_then(|before| before.found.changed_files(&of_resource));
        let is_changed = |file: &FileId| changed.as_ref().is_none_or(|all| all.contains(file));
        let mut by_file: BTreeMap<FileId, Vec<(Arc<Told>, usize)>> = BTreeMap::new();
        let touched = of_resource.iter().flatten();
        let touched = touched.filter(|one| one.files.iter().any(is_changed));
        for OfResource { told, .. } in touched {
            for (index, placed) in told.placed.iter().enumerate() {
                let file = placed.finding.span.file;
                if is_changed(&file) {
                    let made_of = by_file.entry(file).or_default();
                    made_of.push((Arc::clone(told), index));
                }
            }
        }
        let known = before.map_or(&[][..], |before| &before.found.of_file);
        let known: HashMap<FileId, &Arc<OfFile>> =
            known.iter().map(|file| (file.file.id, file)).collect();
        let finish = |(file, made_of): (FileId, Vec<(Arc<Told>, usize)>)| {
            let same = known.get(&file);
            let same = same.filter(|known| is_same(&known.made_of, &made_of));
            same.map_or_else(
                || OfFile::new(project, file, made_of),
                |same| Arc::clone(same),
            )
        };
        let finished: Vec<Arc<OfFile>> = by_file.into_par_iter().map(finish).collect();
        let kept = before
            .map_or(&[][..], |before| &before.found.of_file)
            .iter();
        let kept = kept.filter(|file| !is_changed(&file.file.id)).cloned();
        let mut of_file: Vec<Arc<OfFile>> = kept.collect();
        let order = |one: &OfFile, other: &OfFile| {
            (&one.file.path, one.file.id).cmp(&(&other.file.path, other.file.id))
        };
        if finished.len() > FEW {
            of_file.extend(finished);
            of_file.sort_by(|one, other| order(one, other));
        } else {
            for file in finished {
                let at = of_file.partition_point(|one| order(one, &file).is_lt());
                of_file.insert(at, file);
            }
        }
        let found = Self {
            of_resource,
            of_file,
            rows: Rows::new(),
            numbered: Numbered::default(),
        };
        let known = before.and_then(|before| before.found.rows_again(&found));
        Self {
            rows: known.unwrap_or_else(|| rows::sorted(found.rows().cloned())),
            ..found
        }
    }

    /// What is told of resources of which something else is told than before, before and now; nothing where that may be all.
    fn changed<'f>(
        &'f self,
        present: &'f [Option<OfResource>],
    ) -> Option<(Vec<&'f Told>, Vec<&'f Told>)> {
        if self.of_resource.len() != present.len() {
            return None;
        }
        let told = |one: &'f Option<OfResource>| one.as_ref().map(|one| &*one.told);
        let pairs = self.of_resource.iter().zip(present);
        let pairs = pairs.map(|(old, new)| (told(old), told(new)));
        let address = |told: Option<&Told>| told.map(std::ptr::from_ref);
        let changed = pairs.filter(|(old, new)| address(*old) != address(*new));
        let (old, new): (Vec<_>, Vec<_>) = changed.unzip();
        let told = |all: Vec<Option<&'f Told>>| all.into_iter().flatten().collect();
        Some((told(old), told(new)))
    }

    /// The files of which something else is told than before; nothing where that may be all.
    fn changed_files(&self, present: &[Option<OfResource>]) -> Option<HashSet<FileId>> {
        let (old, new) = self.changed(present)?;
        let placed = old.into_iter().chain(new).flat_map(|told| &told.placed);
        Some(placed.map(|placed| placed.finding.span.file).collect())
    }

    /// The rows of what is found now, by those of before.
    fn rows_again(&self, present: &Self) -> Option<Rows> {
        let (old, new) = self.changed(&present.of_resource)?;
        let old = old.into_iter().flat_map(|told| &told.rows);
        let new = new.into_iter().flat_map(|told| &told.rows);
        rows::replaced(&self.rows, old, new)
    }

    fn rows(&self) -> impl Iterator<Item = &Arc<VerdictRow>> {
        let told = self.of_resource.iter().flatten();
        told.flat_map(|one| &one.told.rows)
    }

    /// The verdicts without findings, by resource and check.
    pub(crate) fn verdicts(&self) -> Vec<Arc<VerdictRow>> {
        rows::distinct(&self.rows)
    }

    /// What is told of the resources of which something is said.
    pub(crate) fn told(&self) -> impl Iterator<Item = (&Told, &[Judged])> {
        let all = self.of_resource.iter().flatten();
        all.map(|one| (&*one.told, one.judged.as_slice()))
    }

    /// All findings, by path and place.
    pub(crate) fn findings(
        &mut self,
        project: &Project,
        before: Option<FoundBefore<'_>>,
    ) -> Vec<Arc<Placed>> {
        let files = self.of_file.iter();
        let halves = files.clone().flat_map(|file| &file.halves);
        let halves: Vec<u64> = halves.copied().collect();
        let mut all: Vec<Arc<Placed>> = Vec::with_capacity(halves.len());
        files.for_each(|file| all.extend_from_slice(&file.finished));
        let before = before.map(|before| &before.found.numbered);
        self.numbered = finding::number(&mut all, &halves, project, before);
        all
    }

    /// The places of what checks for secrets found.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = Span> {
        let files = self.of_file.iter();
        files.flat_map(|file| &file.secrets).copied()
    }
}

impl OfFile {
    fn new(project: &Project, file: FileId, made_of: Vec<(Arc<Told>, usize)>) -> Arc<Self> {
        let placed = made_of.iter();
        let placed = placed.map(|(told, index)| told.placed[*index].clone());
        let mut placed: Vec<Placed> = placed.collect();
        finding::finish_file(&mut placed, project);
        let secrets = placed.iter().filter(|placed| placed.finding.check.secret);
        Arc::new(Self {
            file: project.sources.get(file),
            made_of,
            halves: placed.iter().map(finding::half).collect(),
            secrets: secrets.map(|placed| placed.finding.span).collect(),
            finished: placed.into_iter().map(Arc::new).collect(),
        })
    }
}

fn is_same(known: &[(Arc<Told>, usize)], present: &[(Arc<Told>, usize)]) -> bool {
    known.len() == present.len()
        && known
            .iter()
            .zip(present)
            .all(|(one, other)| Arc::ptr_eq(&one.0, &other.0) && one.1 == other.1)
}

impl FoundBefore<'_> {
    /// What was told of a resource, where the same is said of it and all else that it is told by is the same.
    fn of(
        &self,
        project: &Project,
        id: ResourceId,
        judged: &Arc<Vec<Judged>>,
    ) -> Option<OfResource> {
        // Verdicts are the same objects only where no resource got another number.
        let known = self.found.of_resource.get(id.0 as usize)?.as_ref()?;
        let is_same = Arc::ptr_eq(&known.judged, judged) && project.tells_alike(self.project, id);
        is_same.then(|| known.clone())
    }
}
