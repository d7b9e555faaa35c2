//! What was found, kept by resource and by file.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use check::Judged;
use graph::ResourceId;
use rayon::prelude::*;
use source::FileId;

use crate::finding::{self, Placed};
use crate::project::Project;
use crate::report::{ResourceName, VerdictRow};

/// What was found, kept by resource and by file.
#[derive(Default)]
pub(crate) struct Found {
    /// By the numbers of the resources; nothing where nothing is said of one.
    of_resource: Vec<Option<OfResource>>,
    of_file: HashMap<FileId, OfFile>,
}

/// What is said of one resource.
#[derive(Clone)]
struct OfResource {
    judged: Arc<Vec<Judged>>,
    told: Arc<Told>,
}

/// What is told of one resource.
pub(crate) struct Told {
    pub(crate) name: Arc<ResourceName>,
    pub(crate) placed: Vec<Placed>,
    pub(crate) rows: Vec<VerdictRow>,
}

/// The findings of one file.
struct OfFile {
    /// What they are made of: a resource, and the number of a finding of it.
    made_of: Vec<(Arc<Told>, usize)>,
    finished: Arc<Vec<Placed>>,
}

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
            Some(known.unwrap_or_else(|| OfResource {
                judged: Arc::clone(judged),
                told: Arc::new(tell(id, judged)),
            }))
        };
        let of_resource: Vec<Option<OfResource>> = verdicts.into_par_iter().map(of_one).collect();
        let mut by_file: BTreeMap<FileId, Vec<(Arc<Told>, usize)>> = BTreeMap::new();
        for OfResource { told, .. } in of_resource.iter().flatten() {
            for (index, placed) in told.placed.iter().enumerate() {
                let file = by_file.entry(placed.finding.span.file).or_default();
                file.push((Arc::clone(told), index));
            }
        }
        let finish = |(file, made_of): (FileId, Vec<(Arc<Told>, usize)>)| {
            let known = before.and_then(|before| before.found.of_file.get(&file));
            let known = known.filter(|known| is_same(&known.made_of, &made_of));
            let finished = match known {
                Some(known) => Arc::clone(&known.finished),
                None => {
                    let placed = made_of
                        .iter()
                        .map(|(told, index)| told.placed[*index].clone());
                    let mut placed: Vec<Placed> = placed.collect();
                    finding::finish_file(&mut placed, project);
                    Arc::new(placed)
                }
            };
            (file, OfFile { made_of, finished })
        };
        let of_file = by_file.into_par_iter().map(finish).collect();
        Self {
            of_resource,
            of_file,
        }
    }

    /// What is told of the resources of which something is said.
    pub(crate) fn told(&self) -> impl Iterator<Item = (&Told, &[Judged])> {
        let all = self.of_resource.iter().flatten();
        all.map(|one| (&*one.told, one.judged.as_slice()))
    }

    /// All findings, by path and place.
    pub(crate) fn findings(&self, project: &Project) -> Vec<Placed> {
        let files = self.of_file.iter();
        let mut files: Vec<_> = files
            .map(|(id, file)| ((project.sources.path(*id), *id), &file.finished))
            .collect();
        files.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut all: Vec<Placed> = files
            .into_iter()
            .flat_map(|(_, finished)| finished.iter().cloned())
            .collect();
        finding::number(&mut all, project);
        all
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
