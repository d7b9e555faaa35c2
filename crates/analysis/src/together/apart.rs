//! Findings of objects that others make: what these have too is told there.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt, HashSet};
use graph::Resource;
use smol_str::SmolStr;
use source::FileId;

use super::{Twins, change, relate};
use crate::conclusion::Concluded;
use crate::finding::Placed;
use crate::findings::{PlacedFindings, Position};
use crate::project::Project;
use crate::report::Related;

/// Joins findings of objects to those of the objects that make them. What somebody declares itself, and a controller took over, is
/// joined with that.
pub(super) fn join(project: &Project, concluded: &mut Concluded, twins: &Twins) {
    let Some(running) = project.running.as_ref().filter(|one| !one.apart.is_empty()) else {
        return;
    };
    concluded.elsewhere.extend(running.apart.keys());
    let pairs = running.apart.iter();
    let concerned: HashSet<FileId> = pairs.flat_map(|(file, maker)| [*file, *maker]).collect();
    let found = &concluded.placed;
    let found: Vec<(Position, &Placed)> =
        found.of_files(|file| concerned.contains(&file)).collect();
    let makers = Makers::of(project, &running.apart, &concluded.placed, &found);
    let own = found
        .iter()
        .filter(|(_, placed)| twins.declared(placed.id).is_empty());
    let joined = own.filter_map(|(position, placed)| Some((*position, makers.same(placed)?)));
    let joined: BTreeMap<Position, Position> = joined.collect();
    for (position, same) in &joined {
        let Some(theirs) = concluded.placed.at(*position).map(|one| &one.finding) else {
            continue;
        };
        let place = Related {
            span: theirs.span,
            message: format!("also in {}", source::neutral(&theirs.resource.address)),
        };
        if let Some(same) = concluded.placed.at_mut(*same) {
            change(same, |finding| relate(finding, place));
        }
    }
    concluded.placed.remove(joined.keys());
}

/// What makes objects that are judged by themselves, and what was found in it.
struct Makers<'a> {
    project: &'a Project,
    apart: &'a HashMap<FileId, FileId>,
    placed: &'a PlacedFindings,
    /// By file and check.
    found: HashMap<(FileId, &'a SmolStr), Vec<Position>>,
}

impl<'a> Makers<'a> {
    fn of(
        project: &'a Project,
        apart: &'a HashMap<FileId, FileId>,
        placed: &'a PlacedFindings,
        found: &[(Position, &'a Placed)],
    ) -> Self {
        let mut by_file: HashMap<_, Vec<Position>> = HashMap::new();
        for (position, one) in found {
            let key = (one.finding.span.file, &one.finding.check.id);
            by_file.entry(key).or_default().push(*position);
        }
        Self {
            project,
            apart,
            placed,
            found: by_file,
        }
    }

    /// Where the same finding stands in what makes the resource, or in what makes that.
    fn same(&self, placed: &Placed) -> Option<Position> {
        let finding = &placed.finding;
        let resource = self.project.graph.resource(placed.id);
        let is_same = |position: &&Position| {
            self.placed.at(**position).is_some_and(|one| {
                let path = path_in(&finding.path, resource, self.project.graph.resource(one.id));
                one.finding.path == path
            })
        };
        let maker = |file: &FileId| self.apart.get(file).filter(|maker| *maker != file).copied();
        let makers = std::iter::successors(maker(&finding.span.file), maker);
        let found = makers.filter_map(|file| {
            let known = self.found.get(&(file, &finding.check.id))?;
            known.iter().find(is_same).copied()
        });
        found.last()
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
