//! What each binding gives, as a fact of the graph.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use graph::{BuiltInRule, Given, GivenRole, GivenRule, GivenSource, ResourceId, SmolStr};

use super::Access;
use super::items::Items;
use super::role::{Role, Source};
use super::rule::{At, Written};
use super::text::Text;

impl Access {
    /// What each binding of the graph gives; those of Kubernetes itself are none of it.
    #[must_use]
    pub fn given(&self) -> HashMap<ResourceId, Given> {
        let mut known: BTreeMap<u32, Arc<GivenRole>> = BTreeMap::new();
        let bindings = self.bindings.iter().zip(&self.resolved);
        let given = bindings.filter_map(|(binding, resolved)| {
            let Source::Resource(id) = binding.source else {
                return None;
            };
            let mut role = |index: &u32| {
                let role = known.entry(*index);
                Arc::clone(role.or_insert_with(|| Arc::new(self.given_role(*index))))
            };
            let given = Given {
                roles: resolved.roles.iter().map(&mut role).collect(),
                maybe: resolved.maybe.clone(),
                any: resolved.any.clone(),
            };
            Some((id, given))
        });
        given.collect()
    }

    fn given_role(&self, index: u32) -> GivenRole {
        let effective = &self.effective[index as usize];
        let rules = effective.sources.iter().flat_map(|(source, unknown)| {
            let role = &self.roles[*source as usize];
            let range = role.rules.start as usize..role.rules.end as usize;
            let rules = self.rules.all[range].iter();
            rules.map(|rule| GivenRule {
                source: self.given_source(role, rule),
                unknown: unknown.clone(),
            })
        });
        GivenRole {
            rules: rules.collect(),
            unknown: self.roles[index as usize].unknown.clone(),
            rest: effective.rest.clone(),
        }
    }

    fn given_source(&self, role: &Role, rule: &Written) -> GivenSource {
        if let (Source::Resource(id), At::Node(node)) = (role.source, rule.at) {
            return GivenSource::Written(id, node);
        }
        let texts = |items: &Items| -> Vec<SmolStr> {
            let known = items.known().iter();
            known
                .map(|symbol| self.symbols.text(*symbol).clone())
                .collect()
        };
        let name = role.name.as_ref().and_then(Text::known);
        GivenSource::BuiltIn(Arc::new(BuiltInRule {
            role: name.map_or_else(SmolStr::default, |name| self.symbols.text(name).clone()),
            verbs: texts(&rule.verbs),
            groups: texts(&rule.groups),
            resources: texts(&rule.resources),
            names: texts(&rule.names),
            paths: texts(&rule.paths),
        }))
    }
}
