//! What was found, kept by resource and by file.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use check::{Check, Judged};
use foldhash::HashSet;
use graph::{Graph, ResourceId};
use rayon::prelude::*;
use source::{FileId, SourceFile};

use crate::finding::{self, Placed};
use crate::findings::{PlacedFindings, PlacedInFile};
use crate::project::Project;
use crate::report::{ResourceName, VerdictRow};

use super::numbered::{Moved, Numbered};
use super::rows::{self, Rows};

/// What was found, kept by resource and by file.
#[derive(Default)]
pub(crate) struct Found {
    /// By the numbers of the resources; nothing where nothing is said of one.
    of_resource: Vec<Option<Arc<OfResource>>>,
    /// By path.
    of_file: Vec<Arc<OfFile>>,
    rows: Rows,
    numbered: Numbered,
}

/// What is said of one resource.
struct OfResource {
    judged: Arc<Vec<Judged>>,
    told: Arc<Told>,
    /// The files of its findings.
    files: Vec<FileId>,
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

/// How it is told what was found in a project.
pub(crate) struct Telling<'a> {
    pub(crate) project: &'a Project,
    /// What is told of one resource.
    pub(crate) told: &'a (dyn Fn(ResourceId, &[Judged]) -> Told + Sync),
    /// Whether a check was asked for: those for secrets run always, as their places must be known.
    pub(crate) is_wanted: &'a (dyn Fn(&Check) -> bool + Sync),
}

/// The findings of one file.
pub(super) struct OfFile {
    file: Arc<SourceFile>,
    /// What they are made of: a resource, and the number of a finding of it.
    made_of: Vec<(Arc<Told>, usize)>,
    /// Those of checks that were asked for.
    pub(super) finished: Arc<PlacedInFile>,
    /// The first halves of their fingerprints.
    pub(super) halves: Vec<u64>,
    /// Those of checks for secrets.
    secret: Vec<Arc<Placed>>,
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
    /// What is told of each resource, and the findings of each file.
    pub(crate) fn of<'v>(
        telling: &Telling<'_>,
        verdicts: impl Iterator<Item = (ResourceId, &'v Arc<Vec<Judged>>)>,
        before: Option<FoundBefore<'_>>,
    ) -> Self {
        let project = telling.project;
        let verdicts: Vec<(ResourceId, &Arc<Vec<Judged>>)> = verdicts.collect();
        let of_one = |(id, judged): (ResourceId, &Arc<Vec<Judged>>)| {
            if judged.is_empty() {
                return None;
            }
            let known = before.and_then(|before| before.of(project, id, judged));
            Some(known.unwrap_or_else(|| {
                let told = (telling.told)(id, judged);
                Arc::new(OfResource::new(judged, told))
            }))
        };
        let of_resource: Vec<Option<Arc<OfResource>>> =
            verdicts.into_par_iter().map(of_one).collect();
        let found = Self {
            of_resource,
            ..Self::default()
        };
        let again = before.map(|before| {
            let changed = before.found.changed(&found.of_resource, &project.graph);
            (before.found, changed)
        });
        match again {
            Some((before, changed)) => found.again(before, &changed, telling),
            None => found.anew(telling),
        }
    }

    /// The findings of all files, where nothing is known of those of before.
    fn anew(self, telling: &Telling<'_>) -> Self {
        let mut by_file: BTreeMap<FileId, MadeOf> = BTreeMap::new();
        for one in self.in_order(&telling.project.graph) {
            add(&one.told, &mut by_file);
        }
        let finish = |(file, made_of)| OfFile::new(telling, file, made_of);
        let mut of_file: Vec<Arc<OfFile>> = by_file.into_par_iter().map(finish).collect();
        of_file.sort_by(|one, other| order(one, other));
        Self {
            numbered: Numbered::of(&of_file, telling.project, None),
            rows: rows::sorted(self.rows(&telling.project.graph).cloned()),
            of_file,
            ..self
        }
    }

    /// The findings of those files of which something else is told than before, with those of all others.
    fn again(self, before: &Self, changed: &Changed, telling: &Telling<'_>) -> Self {
        let files = changed.files();
        let is_changed = |file: &Arc<OfFile>| files.contains(&file.file.id);
        let (old, kept): (Vec<_>, Vec<_>) = before.of_file.iter().cloned().partition(is_changed);
        let mut by_file: BTreeMap<FileId, MadeOf> = BTreeMap::new();
        for one in &changed.new {
            add(&one.told, &mut by_file);
        }
        let gone: HashSet<*const Told> = changed
            .old
            .iter()
            .map(|one| Arc::as_ptr(&one.told))
            .collect();
        for file in &old {
            let rest = file.made_of.iter();
            let rest = rest.filter(|(told, _)| !gone.contains(&Arc::as_ptr(told)));
            let made_of = by_file.entry(file.file.id).or_default();
            made_of.extend(rest.cloned());
        }
        by_file.retain(|_, made_of| !made_of.is_empty());
        let finish = |(file, mut made_of): (FileId, MadeOf)| {
            let place =
                |told: &Told, index: usize| telling.project.graph.place(told.placed[index].id);
            made_of.sort_by_key(|(told, index)| (place(told, *index), *index));
            OfFile::new(telling, file, made_of)
        };
        let new: Vec<Arc<OfFile>> = by_file.into_par_iter().map(finish).collect();
        let mut of_file = kept;
        if new.len() > FEW {
            of_file.extend_from_slice(&new);
            of_file.sort_by(|one, other| order(one, other));
        } else {
            for file in &new {
                let at = of_file.partition_point(|one| order(one, file).is_lt());
                of_file.insert(at, Arc::clone(file));
            }
        }
        let moved = Moved {
            old: &old,
            new: &new,
            before: &before.numbered,
        };
        let rows = changed.rows(&before.rows);
        Self {
            numbered: Numbered::of(&of_file, telling.project, Some(moved)),
            rows: rows.unwrap_or_else(|| rows::sorted(self.rows(&telling.project.graph).cloned())),
            of_file,
            ..self
        }
    }

    /// The resources of which something else is told than before, before and now.
    fn changed(&self, present: &[Option<Arc<OfResource>>], graph: &Graph) -> Changed {
        fn at(all: &[Option<Arc<OfResource>>], number: usize) -> Option<&Arc<OfResource>> {
            all.get(number).and_then(Option::as_ref)
        }
        let numbers = 0..self.of_resource.len().max(present.len());
        let pairs = numbers.map(|number| (at(&self.of_resource, number), at(present, number)));
        let pairs = (0..).map(ResourceId).zip(pairs);
        let pairs = pairs.filter(|(_, (old, new))| old.map(Arc::as_ptr) != new.map(Arc::as_ptr));
        let mut pairs: Vec<_> = pairs.collect();
        pairs.sort_by_key(|(id, _)| graph.place(*id));
        let (old, new): (Vec<_>, Vec<_>) = pairs.into_iter().map(|(_, pair)| pair).unzip();
        Changed {
            old: old.into_iter().flatten().cloned().collect(),
            new: new.into_iter().flatten().cloned().collect(),
        }
    }

    fn rows(&self, graph: &Graph) -> impl Iterator<Item = &Arc<VerdictRow>> {
        self.in_order(graph).flat_map(|one| &one.told.rows)
    }

    /// What is told of each resource, in the order of the graph.
    fn in_order(&self, graph: &Graph) -> impl Iterator<Item = &Arc<OfResource>> {
        let ids = graph.resources().map(|(id, _)| id);
        ids.filter_map(|id| self.of_resource.get(id.0 as usize)?.as_ref())
    }

    /// The verdicts without findings, by resource and check.
    pub(crate) fn verdicts(&self) -> Vec<Arc<VerdictRow>> {
        rows::distinct(&self.rows)
    }

    /// What is told of the resources of which something is said.
    pub(crate) fn told(&self, graph: &Graph) -> impl Iterator<Item = (&Told, &[Judged])> {
        let all = self.in_order(graph);
        all.map(|one| (&*one.told, one.judged.as_slice()))
    }

    /// All findings of checks that were asked for, by path and place.
    pub(crate) fn findings(&self) -> PlacedFindings {
        let files = self.of_file.iter();
        let files = files.map(|file| self.numbered.stands_for(&file.finished));
        PlacedFindings::new(files.cloned().collect())
    }

    /// What checks for secrets found, whether they were asked for or not.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &Arc<Placed>> {
        self.of_file.iter().flat_map(|file| &file.secret)
    }
}

/// What the findings of a file are made of.
type MadeOf = Vec<(Arc<Told>, usize)>;

/// Adds the findings of a resource to those of their files.
fn add(told: &Arc<Told>, by_file: &mut BTreeMap<FileId, MadeOf>) {
    for (index, placed) in told.placed.iter().enumerate() {
        let made_of = by_file.entry(placed.finding.span.file).or_default();
        made_of.push((Arc::clone(told), index));
    }
}

fn order(one: &OfFile, other: &OfFile) -> Ordering {
    (&one.file.path, one.file.id).cmp(&(&other.file.path, other.file.id))
}

/// The resources of which something else is told than before.
struct Changed {
    old: Vec<Arc<OfResource>>,
    new: Vec<Arc<OfResource>>,
}

impl Changed {
    /// The files of which something else is told than before.
    fn files(&self) -> HashSet<FileId> {
        let files = self.old.iter().chain(&self.new);
        files.flat_map(|one| &one.files).copied().collect()
    }

    /// The rows of what is found now, by those of before.
    fn rows(&self, before: &Rows) -> Option<Rows> {
        let (old, new) = (self.old.iter(), self.new.iter());
        let (old, new) = (
            old.flat_map(|one| &one.told.rows),
            new.flat_map(|one| &one.told.rows),
        );
        rows::replaced(before, old, new)
    }
}

impl OfFile {
    fn new(telling: &Telling<'_>, file: FileId, made_of: MadeOf) -> Arc<Self> {
        let placed = made_of.iter();
        let placed = placed.map(|(told, index)| told.placed[*index].clone());
        let mut placed: Vec<Placed> = placed.collect();
        finding::finish_file(&mut placed, telling.project);
        let mut placed: Vec<Arc<Placed>> = placed.into_iter().map(Arc::new).collect();
        let secret = placed.iter().filter(|placed| placed.finding.check.secret);
        let secret = secret.cloned().collect();
        placed.retain(|placed| (telling.is_wanted)(&placed.finding.check));
        Arc::new(Self {
            file: telling.project.sources.get(file),
            made_of,
            halves: placed.iter().map(|placed| finding::half(placed)).collect(),
            secret,
            finished: Arc::new(PlacedInFile::new(file, placed)),
        })
    }
}

impl FoundBefore<'_> {
    /// What was told of a resource, where the same is said of it and all else that it is told by is the same.
    fn of(
        &self,
        project: &Project,
        id: ResourceId,
        judged: &Arc<Vec<Judged>>,
    ) -> Option<Arc<OfResource>> {
        // Verdicts are the same objects only where no resource got another number.
        let known = self.found.of_resource.get(id.0 as usize)?.as_ref()?;
        let is_same = Arc::ptr_eq(&known.judged, judged) && project.tells_alike(self.project, id);
        is_same.then(|| Arc::clone(known))
    }
}
