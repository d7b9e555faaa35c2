//! The links of the graph, computed again where resources changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::HashSet;
use graph::{Link, ResourceId};
use kubernetes::{Duplicates, Spending};

use super::{Project, Told};
use crate::terraform::{self, References};

impl Project {
    /// Finds resources that overwrite one another: those of before where nothing changed that matters.
    pub(crate) fn find_duplicates(&mut self, before: Option<&Self>) {
        let known = before.map(|before| (&before.graph, &before.duplicates));
        self.duplicates = Duplicates::of(&self.graph, &self.sources, known);
        let found = self.duplicates.problems(&self.graph, &self.sources);
        self.problems.extend(found);
    }

    /// Computes all links of the graph: those of before where nothing changed that they depend on.
    pub(crate) fn link(&mut self, before: Option<&Self>) {
        let again = before.and_then(|before| Some((before, self.links_again(before)?)));
        match again {
            Some((before, (changed, spending))) => {
                self.graph.set_links_of(&before.graph, changed);
                self.spending = spending;
            }
            None => self.link_all(),
        }
    }

    fn link_all(&mut self) {
        let (mut links, spending) = kubernetes::links(&self.graph);
        let rows: Vec<References<'_>> = self.references().collect();
        links.extend(terraform::link(&self.graph, &rows, &rows));
        self.graph.set_links(links);
        self.spending = spending;
    }

    /// The links that changed resources make; nothing where those of others may have changed, too.
    fn links_again(&self, before: &Self) -> Option<(kubernetes::Changed, Spending)> {
        let mut changed = self.graph.changed_since(&before.graph)?;
        let told = self.told.iter().zip(&before.told);
        let refers_anew = (0..).map(ResourceId).zip(told);
        let refers_anew = refers_anew.filter(|(_, (new, old))| !refers_alike(new, old));
        changed.extend(refers_anew.map(|(id, _)| id));
        changed.sort_unstable();
        changed.dedup();
        let known = (&before.graph, &before.spending);
        let (objects, spending) = kubernetes::links_again(&self.graph, known, &changed)?;
        let of_roots = self.links_of_roots(before, &changed)?;
        // What refers to others in its root, too, has more links than those.
        let is_evaluated = |id: &ResourceId| matches!(self.told[id.0 as usize], Told::Evaluated(_));
        let mut others = objects.iter().map(|(id, _)| id);
        if others.any(|id| is_evaluated(id) && changed.binary_search(id).is_err()) {
            return None;
        }
        let mut links: BTreeMap<ResourceId, Vec<Link>> =
            changed.into_iter().map(|id| (id, Vec::new())).collect();
        for (id, own) in objects {
            links.entry(id).or_default().extend(own);
        }
        for link in of_roots {
            links.entry(link.from).or_default().push(link);
        }
        let by_place = |(id, mut links): (ResourceId, Vec<Link>)| {
            links.sort_by_key(|link| link.node);
            (id, links)
        };
        Some((links.into_iter().map(by_place).collect(), spending))
    }

    /// The links of changed resources of Terraform, where the links of others stay.
    fn links_of_roots(&self, before: &Self, changed: &[ResourceId]) -> Option<Vec<Link>> {
        let row = |project: &Self, id: ResourceId| match project.told.get(id.0 as usize) {
            Some(Told::Evaluated(declared)) => Some(Arc::clone(declared)),
            Some(Told::Written | Told::Rendered(_)) | None => None,
        };
        let mut wanted = Vec::new();
        for id in changed {
            match (row(before, *id), row(self, *id)) {
                (None, None) => {}
                (Some(old), Some(new)) if terraform::is_referred_alike(&old, &new) => {
                    wanted.push((*id, new));
                }
                _ => return None,
            }
        }
        if wanted.is_empty() {
            return Some(Vec::new());
        }
        // Nothing refers to what another root declares.
        let roots: HashSet<usize> = wanted.iter().map(|(_, declared)| declared.root).collect();
        let all = self.references();
        let all: Vec<References<'_>> = all
            .filter(|row| roots.contains(&row.declared.root))
            .collect();
        let wanted = wanted.iter();
        let wanted: Vec<References<'_>> = wanted
            .map(|(id, declared)| References { id: *id, declared })
            .collect();
        Some(terraform::link(&self.graph, &all, &wanted))
    }

    /// What resources of Terraform refer to.
    fn references(&self) -> impl Iterator<Item = References<'_>> {
        let told = (0..).map(ResourceId).zip(&self.told);
        told.filter_map(|(id, told)| match told {
            Told::Evaluated(declared) => Some(References { id, declared }),
            Told::Written | Told::Rendered(_) => None,
        })
    }
}

/// Whether two resources refer to the same others of their root, as far as their values do not say it.
fn refers_alike(one: &Told, other: &Told) -> bool {
    match (one, other) {
        (Told::Evaluated(one), Told::Evaluated(other)) => {
            Arc::ptr_eq(one, other)
                || one.root == other.root
                    && one.address == other.address
                    && one.references == other.references
        }
        (Told::Evaluated(_), _) | (_, Told::Evaluated(_)) => false,
        _ => true,
    }
}
