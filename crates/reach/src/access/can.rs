//! What someone may do.

use std::collections::BTreeSet;
use std::sync::Arc;

use graph::{Namespace, SmolStr, Unknown};

use super::Access;
use super::answer::Origin;
use super::certainty::DUPLICATE;
use super::index::{Entry, Reach};
use super::items::Items;
use super::rule::Written;
use super::subject::{Asker, Subject, Who};
use crate::truth::Truth;

/// A role that someone has in a scope.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    /// Where it applies. [`Namespace::Cluster`] is everywhere.
    pub scope: Namespace,
    /// The binding that gives it.
    pub binding: Origin,
    /// The subject in the binding.
    pub subject: Origin,
    /// The role, where that is known.
    pub role: Option<RoleKey>,
    /// Why it may not be had.
    pub unknown: Option<Arc<Unknown>>,
}

/// A role of one [`Access`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleKey(pub(super) u32);

/// What a role allows, as it is written: `*` stands for all, and no names for all names.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Where it is written.
    pub origin: Origin,
    /// Such as `get`.
    pub verbs: Vec<SmolStr>,
    /// API groups; the core group is empty.
    pub groups: Vec<SmolStr>,
    /// Such as `pods/exec`.
    pub resources: Vec<SmolStr>,
    /// The names of the objects.
    pub names: Vec<SmolStr>,
    /// Paths that are no objects.
    pub paths: Vec<SmolStr>,
    /// Why the rule may allow less, or more.
    pub unknown: Option<Arc<Unknown>>,
}

impl Access {
    /// The roles that someone has, by scope and then in the order in which the bindings were read. Members of
    /// `system:masters` may do everything besides.
    #[must_use]
    pub fn can(&self, asker: &Asker) -> Vec<Holding> {
        let who = Who::new(asker);
        let mut applied = self.applied(&who, &Reach::everywhere());
        applied.sort_by_key(|(entry, _)| (entry.within, entry.binding));
        let holdings = applied
            .iter()
            .flat_map(|(entry, is_meant)| self.holdings(*entry, is_meant));
        holdings.collect()
    }

    fn holdings(&self, entry: Entry, is_meant: &Truth) -> Vec<Holding> {
        let binding = &self.bindings[entry.binding as usize];
        let resolved = &self.resolved[entry.binding as usize];
        let at = binding.subjects[entry.subject as usize].at;
        let holding = |role: Option<u32>, unknown: Option<Arc<Unknown>>| Holding {
            scope: entry.within.namespace(&self.symbols),
            binding: Origin::whole(binding.source),
            subject: Origin::of(binding.source, at),
            role: role.map(RoleKey),
            unknown: is_meant
                .cause()
                .or(binding.unknown.as_ref())
                .cloned()
                .or(unknown),
        };
        let duplicate = (resolved.roles.len() > 1).then(|| DUPLICATE.get());
        let roles = resolved.roles.iter().map(|role| {
            let own = self.roles[*role as usize].unknown.clone();
            let unknown = resolved.maybe.clone().or(own).or(duplicate.clone());
            holding(Some(*role), unknown)
        });
        let any = resolved
            .any
            .as_ref()
            .map(|cause| holding(None, Some(Arc::clone(cause))));
        roles.chain(any).collect()
    }

    /// The role of a holding.
    #[must_use]
    pub fn role(&self, role: RoleKey) -> Origin {
        Origin::whole(self.roles[role.0 as usize].source)
    }

    /// The rules that a role has in a scope, with those that it aggregates. In a namespace, paths count for nothing.
    pub fn rules(&self, role: RoleKey, scope: &Namespace) -> impl Iterator<Item = Rule> {
        let has_paths = *scope == Namespace::Cluster;
        let sources = &self.effective[role.0 as usize].sources;
        let rules = sources.iter().flat_map(move |(source, unknown)| {
            let source = &self.roles[*source as usize];
            let range = source.rules.start as usize..source.rules.end as usize;
            let rules = self.rules.all[range].iter();
            rules.map(move |rule| {
                let origin = Origin::of(source.source, rule.at);
                self.show(rule, origin, unknown.as_ref())
            })
        });
        rules.filter_map(move |mut rule| {
            if !has_paths {
                rule.paths.clear();
            }
            let is_inert =
                rule.resources.is_empty() && rule.paths.is_empty() && rule.unknown.is_none();
            (!is_inert).then_some(rule)
        })
    }

    /// Why a role may have other rules.
    #[must_use]
    pub fn rest(&self, role: RoleKey) -> Option<&Arc<Unknown>> {
        self.effective[role.0 as usize].rest.as_ref()
    }

    /// All subjects that bindings name, sorted.
    #[must_use]
    pub fn subjects(&self) -> BTreeSet<Subject> {
        let bounds = self.bindings.iter().flat_map(|binding| &binding.subjects);
        bounds
            .filter_map(|bound| bound.whom.subject(&self.symbols))
            .collect()
    }

    fn show(&self, rule: &Written, origin: Origin, unknown: Option<&Arc<Unknown>>) -> Rule {
        let texts = |items: &Items| -> Vec<SmolStr> {
            let mut texts: Vec<SmolStr> = items
                .known()
                .iter()
                .map(|symbol| self.symbols.text(*symbol).clone())
                .collect();
            texts.sort_unstable();
            texts
        };
        let lists = [
            &rule.verbs,
            &rule.groups,
            &rule.resources,
            &rule.names,
            &rule.paths,
        ];
        let open = lists.iter().find_map(|list| list.cause());
        Rule {
            origin,
            verbs: texts(&rule.verbs),
            groups: texts(&rule.groups),
            resources: texts(&rule.resources),
            names: texts(&rule.names),
            paths: texts(&rule.paths),
            unknown: unknown.or(rule.unknown.as_ref()).or(open).cloned(),
        }
    }
}
