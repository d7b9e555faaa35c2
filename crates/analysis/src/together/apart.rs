//! Findings of objects that others make: what these have too is told there.

use std::collections::{HashMap, HashSet};

use graph::{Resource, ResourceId};
use source::FileId;

use super::{Index, change, relate};
use crate::conclusion::Concluded;
use crate::finding::Placed;
use crate::findings::PlacedFindings;
use crate::project::Project;
use crate::report::Related;

/// Joins findings of objects to those of the objects that make them.
pub(super) fn join(project: &Project, concluded: &mut Concluded) {
    let Some(running) = project.running.as_ref().filter(|one| !one.apart.is_empty()) else {
        return;
    };
    let pairs = running.apart.iter();
    let concerned: HashSet<FileId> = pairs.flat_map(|(file, maker)| [*file, *maker]).collect();
    let resources = project.graph.resources();
    let of_file = resources.map(|(id, resource)| (resource.span().file, id));
    let makers = Makers {
        project,
        apart: &running.apart,
        of_file: of_file
            .filter(|(file, _)| concerned.contains(file))
            .collect(),
    };
    let concerned: HashSet<ResourceId> = makers.of_file.values().copied().collect();
    let index = Index::of_some(&concluded.placed, |id| concerned.contains(&id));
    let all = concluded.placed.iter().enumerate();
    let all = all.filter(|(_, placed)| concerned.contains(&placed.id));
    let joined = all.filter_map(|(number, placed)| {
        let same = makers.same(placed, &concluded.placed, &index)?;
        Some((number, same))
    });
    let joined: HashMap<usize, usize> = joined.collect();
    for (number, same) in &joined {
        let Some(theirs) = concluded.placed.get(*number).map(|one| &one.finding) else {
            continue;
        };
        let place = Related {
            span: theirs.span,
            message: format!("also in {}", source::neutral(&theirs.resource.address)),
        };
        if let Some(same) = concluded.placed.get_mut(*same) {
            change(same, |finding| relate(finding, place));
        }
    }
    let mut number = 0..;
    concluded.placed.retain(|_| {
        number
            .next()
            .is_none_or(|number| !joined.contains_key(&number))
    });
}

/// What makes objects that are judged by themselves.
struct Makers<'a> {
    project: &'a Project,
    apart: &'a HashMap<FileId, FileId>,
    of_file: HashMap<FileId, ResourceId>,
}

impl Makers<'_> {
    /// The number of the same finding in what makes the resource, or in what makes that.
    fn same<'p>(
        &self,
        placed: &'p Placed,
        all: &'p PlacedFindings,
        index: &Index<'p>,
    ) -> Option<usize> {
        let finding = &placed.finding;
        let resource = self.project.graph.resource(placed.id);
        let makers = std::iter::successors(self.maker(placed.id), |id| self.maker(*id));
        let found = makers.filter_map(|id| {
            let path = path_in(&finding.path, resource, self.project.graph.resource(id));
            let mut known = index.of_check(id, &finding.check.id);
            known.find(|number| all.has_path(*number, &path))
        });
        found.last()
    }

    fn maker(&self, id: ResourceId) -> Option<ResourceId> {
        let file = self.project.graph.resource(id).span().file;
        let maker = self.apart.get(&file).filter(|maker| **maker != file)?;
        self.of_file.get(maker).copied()
    }
}

/// A path in the pod of one resource as one in the pod of another.
fn path_in(path: &str, from: &Resource, to: &Resource) -> String {
    let pod = |resource: &Resource| {
        let pod = resource.facts.pods.first()?;
        Some(resource.path(pod.spec).to_string())
    };
    let (Some(from), Some(to)) = (pod(from), pod(to)) else {
        return path.to_owned();
    };
    match path.strip_prefix(&from) {
        Some(rest) if rest.is_empty() || rest.starts_with(['.', '[']) => to + rest,
        _ => path.to_owned(),
    }
}
