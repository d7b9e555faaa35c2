//! Which resources have something, looked at again only where they changed.

use graph::{Graph, Resource, ResourceId};

/// Whether each resource has something, by its number.
#[derive(Default)]
pub(crate) struct Marked(Vec<bool>);

impl Marked {
    /// Those of a graph. Of one before, it is known already.
    pub(crate) fn of(
        graph: &Graph,
        before: Option<(&Graph, &Self)>,
        is_marked: impl Fn(&Resource) -> bool,
    ) -> Self {
        let known = before.and_then(|(before, known)| {
            let changed = graph.changed_since(before)?;
            Some((changed, known.0.clone()))
        });
        let (changed, mut all) = known.unwrap_or_else(|| {
            let all = graph.resources().map(|(id, _)| id).collect();
            (all, Vec::new())
        });
        all.resize(graph.numbers(), false);
        for id in changed {
            all[id.0 as usize] = graph.has(id) && is_marked(graph.resource(id));
        }
        Self(all)
    }

    /// The resources of the graph that have it.
    pub(crate) fn ids<'g>(&'g self, graph: &'g Graph) -> impl Iterator<Item = ResourceId> {
        let is_marked = |id: &ResourceId| self.0.get(id.0 as usize) == Some(&true);
        let all = graph.resources().map(|(id, _)| id);
        all.filter(is_marked)
    }
}
