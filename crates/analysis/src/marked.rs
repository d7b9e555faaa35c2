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
        let Some((changed, mut all)) = known else {
            let all = graph.resources();
            return Self(all.map(|(_, one)| is_marked(one)).collect());
        };
        for id in changed {
            all[id.0 as usize] = is_marked(graph.resource(id));
        }
        Self(all)
    }

    /// The resources that have it.
    pub(crate) fn ids(&self) -> impl Iterator<Item = ResourceId> {
        let all = (0..).map(ResourceId).zip(&self.0);
        let marked = all.filter(|(_, is_marked)| **is_marked);
        marked.map(|(id, _)| id)
    }
}
