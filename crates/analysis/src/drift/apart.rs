//! Objects that others make, and that are not as what is declared of these says.

use foldhash::HashMap;
use graph::{ResourceId, Segment};
use source::FileId;

use super::changed::Found;
use super::report::Drift;
use super::{Compared, fields};
use crate::compare::{TreeView, differences};
use crate::project::is_given_to_pod;

/// The differences between declared templates and what was made of them otherwise.
pub(super) fn all(compared: &Compared<'_>) -> Vec<Drift> {
    let live = || compared.live.graph.resources();
    let of_file: HashMap<FileId, ResourceId> =
        live().map(|(id, one)| (one.span().file, id)).collect();
    // What somebody declares itself, and a controller took over, is compared with that.
    let is_made = |id: &ResourceId| compared.twins.declared(*id).is_empty();
    let made = live().map(|(id, _)| id).filter(is_made);
    let drifts = made.flat_map(|id| {
        let maker = compared.maker(id, &of_file);
        let declared = maker.and_then(|maker| compared.twins.declared(maker).first());
        let found = declared.map(|declared| compared.of_pods(*declared, id));
        found.unwrap_or_default()
    });
    drifts.collect()
}

impl<'a> Compared<'a> {
    /// What makes an object that is not as it says, or what makes that.
    fn maker(&self, id: ResourceId, of_file: &HashMap<FileId, ResourceId>) -> Option<ResourceId> {
        let apart = &self.live.running.as_ref()?.apart;
        let maker = |id: &ResourceId| {
            let file = self.live.graph.resource(*id).span().file;
            of_file.get(apart.get(&file)?).copied()
        };
        let makers = std::iter::successors(maker(&id), maker);
        makers.take(2).last()
    }

    /// The differences between the pods of a declared resource and an object that was made of it.
    fn of_pods(&self, declared: ResourceId, live: ResourceId) -> Vec<Drift> {
        let (own, theirs) = (
            self.declared.graph.resource(declared),
            self.live.graph.resource(live),
        );
        let (Some(pod), Some(other)) = (own.facts.pods.first(), theirs.facts.pods.first()) else {
            return Vec::new();
        };
        let one = TreeView {
            tree: &own.tree,
            node: pod.spec,
        };
        let other_view = TreeView {
            tree: &theirs.tree,
            node: other.spec,
        };
        let (path, path_there) = (own.path(pod.spec).0, theirs.path(other.spec).0);
        let found = differences(one, other_view).into_iter();
        let found = found.filter(|one| !is_given_to_pod(one));
        let drifts = found.filter_map(|one| {
            let there: Vec<Segment> = path_there.iter().chain(&one.path).cloned().collect();
            let path: Vec<Segment> = path.iter().chain(&one.path).cloned().collect();
            let found = Found { path, ..one };
            let matters = fields::matters(theirs, &there, found.one, found.other);
            matters.then(|| self.drift(declared, (live, &there), &found))
        });
        drifts.collect()
    }
}
