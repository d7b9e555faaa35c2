//! Roles and bindings of a graph, and of Kubernetes itself, to an [`Access`].

use std::collections::{HashMap, HashSet};

use graph::{Data, Graph, NodeId, Resource, ResourceId, SmolStr, Tree};
use kubernetes::{Selector, Version};

use super::aggregate::{self, Aggregator, number};
use super::binding::{Binding, Bound, RoleName};
use super::certainty::DUPLICATE;
use super::items::Items;
use super::resolve::{self, Resolver};
use super::role::{Aggregation, Role, Source, Within};
use super::rule::{self, At};
use super::subject::{Place, Whom};
use super::symbols::{Symbol, Symbols};
use super::text::Text;
use super::{Access, Names, Rules, Subjects};
use crate::bootstrap::{self, Fact, What};

/// The annotation by which an API server leaves its own roles and bindings as they are written.
const AUTOUPDATE: &str = "rbac.authorization.kubernetes.io/autoupdate";

/// Collects roles and bindings.
#[derive(Default)]
pub(super) struct Builder<'g> {
    symbols: Symbols,
    rules: Vec<rule::Written>,
    roles: Vec<Role>,
    aggregations: Vec<Aggregation<'g>>,
    bindings: Vec<Binding>,
    /// The roles of Kubernetes itself by place and name, and those that written ones replace or extend.
    own_roles: HashMap<(Within, Symbol), u32>,
    /// Own roles that are no objects of their own, because a written one has their name.
    hidden: HashSet<u32>,
    /// The own roles whose facts a written role has too.
    joined: HashMap<u32, u32>,
    own_bindings: HashMap<(Within, SmolStr), usize>,
    /// Written bindings by place and name.
    written: HashMap<(Within, SmolStr), Vec<usize>>,
    /// Bindings that do not count.
    dropped: HashSet<usize>,
}

/// The roles and bindings of an environment.
pub(super) fn objects<'g>(
    graph: &'g Graph,
    environment: Option<&SmolStr>,
) -> impl Iterator<Item = (ResourceId, &'g Resource)> {
    graph
        .resources()
        .map(|(id, resource)| (id, resource.as_ref()))
        .filter(move |(_, resource)| {
            let own = resource.environment.as_ref();
            is_access(resource) && (own.is_none() || own == environment)
        })
}

fn is_access(resource: &Resource) -> bool {
    let kinds = ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"];
    let group = resource.api_version.split_once('/').map(|(group, _)| group);
    kinds.contains(&resource.kind.as_str())
        && group == Some("rbac.authorization.k8s.io")
        && resource
            .subjects
            .iter()
            .any(|subject| subject == "kubernetes/any")
}

impl<'g> Builder<'g> {
    /// Adds the roles and bindings that an API server makes for itself.
    pub(super) fn add_built_in(&mut self, version: Version) {
        for fact in bootstrap::facts(version) {
            if let What::Binding { role, subjects } = fact.what {
                self.add_own_binding(&fact, role, subjects);
            } else {
                self.add_own_fact(&fact);
            }
        }
    }

    /// Adds a role or binding of the graph.
    pub(super) fn add(&mut self, id: ResourceId, resource: &'g Resource) {
        if resource.kind.ends_with("Binding") {
            self.add_binding(id, resource);
        } else {
            self.add_role(id, resource);
        }
    }

    fn add_role(&mut self, id: ResourceId, resource: &'g Resource) {
        let mut role = Role::read(&mut self.symbols, &mut self.rules, id, resource);
        let aggregation = match role.within {
            Within::Cluster => Aggregation::read(&mut role, &resource.tree),
            Within::Unset | Within::Namespace(_) => Aggregation::default(),
        };
        let index = number(self.roles.len());
        let name = role.name.as_ref().and_then(Text::known);
        if let Some(own) = name.and_then(|name| self.own_roles.get(&(role.within, name))) {
            self.hidden.insert(*own);
            if !is_left_alone(&resource.tree) {
                self.joined.insert(index, *own);
            }
        }
        self.roles.push(role);
        self.aggregations.push(aggregation);
    }

    fn add_binding(&mut self, id: ResourceId, resource: &Resource) {
        let binding = Binding::read(&mut self.symbols, id, resource);
        let index = self.bindings.len();
        if !resource.name.is_empty() {
            let key = (binding.within, resource.name.clone());
            if let Some(own) = self.own_bindings.get(&key)
                && is_left_alone(&resource.tree)
            {
                self.dropped.insert(*own);
            }
            self.written.entry(key).or_default().push(index);
        }
        self.bindings.push(binding);
    }

    /// The role that a fact is about, which may be new.
    fn own_role(&mut self, fact: &Fact) -> usize {
        let (within, name) = place(&mut self.symbols, fact.object);
        let key = (within, self.symbols.add(name));
        if let Some(found) = self.own_roles.get(&key) {
            return *found as usize;
        }
        let start = number(self.rules.len());
        self.own_roles.insert(key, number(self.roles.len()));
        self.aggregations.push(Aggregation::default());
        self.roles.push(Role {
            source: Source::Table(fact.object),
            within,
            name: Some(Text::Known(key.1)),
            rules: start..start,
            rest: None,
            unknown: None,
        });
        self.roles.len() - 1
    }

    fn add_own_fact(&mut self, fact: &Fact) {
        let role = self.own_role(fact);
        match fact.what {
            What::Label(key, value) => self.aggregations[role]
                .labels
                .known
                .push((key, Some(value))),
            What::Aggregates(key, value) => {
                let selector = Selector::equal_to([(key, value)].into_iter());
                let selectors = &mut self.aggregations[role].selectors;
                selectors.get_or_insert_default().push(selector);
            }
            What::Rule(lists) => {
                let rule = own_rule(&mut self.symbols, lists, fact.row);
                self.rules.push(rule);
                self.roles[role].rules.end = number(self.rules.len());
            }
            What::Role | What::Binding { .. } => {}
        }
    }

    fn add_own_binding(&mut self, fact: &Fact, role: &'static str, subjects: &'static str) {
        let (within, name) = place(&mut self.symbols, fact.object);
        self.own_bindings
            .insert((within, name.into()), self.bindings.len());
        let symbols = &mut self.symbols;
        let subjects = bootstrap::elements(subjects).map(|subject| Bound {
            whom: own_subject(symbols, subject),
            at: At::Table(fact.row),
        });
        let subjects = subjects.collect();
        let (kind, name) = role.split_once('/').unwrap_or(("", role));
        let name = Text::Known(self.symbols.add(name));
        self.bindings.push(Binding {
            source: Source::Table(fact.row),
            within,
            role: match kind {
                "Role" => RoleName::Role(name),
                _ => RoleName::ClusterRole(name),
            },
            subjects,
            unknown: None,
        });
    }

    /// Marks bindings of which only one can exist: equal ones count once, different ones are uncertain.
    fn mark_duplicates(&mut self) {
        for ((within, _), indexes) in &self.written {
            let [first, others @ ..] = &indexes[..] else {
                continue;
            };
            // What nobody wrote may be different namespaces.
            if others.is_empty() || *within == Within::Unset {
                continue;
            }
            let is_same =
                |other: &&usize| self.bindings[**other].says_the_same(&self.bindings[*first]);
            if others.iter().all(|other| is_same(&other)) {
                self.dropped.extend(others);
                continue;
            }
            for index in indexes {
                self.bindings[*index]
                    .unknown
                    .get_or_insert_with(|| DUPLICATE.get());
            }
        }
    }

    /// Labels of own roles are joined with those of the written ones of the same name.
    fn join_labels(&mut self) {
        for (written, own) in &self.joined {
            let own = self.aggregations[*own as usize].labels.known.clone();
            let labels = &mut self.aggregations[*written as usize].labels.known;
            labels.retain(|(key, _)| !own.iter().any(|(other, _)| other == key));
            labels.extend(own);
        }
    }

    /// Puts everything together.
    pub(super) fn finish(mut self, graph: &Graph) -> Access {
        self.mark_duplicates();
        self.join_labels();
        let mut index = 0;
        self.bindings.retain(|_| {
            index += 1;
            !self.dropped.contains(&(index - 1))
        });
        let effective =
            Aggregator::new(&self.roles, &self.aggregations, &self.joined, &self.hidden)
                .effective();
        let names = Names::new(&self.roles, &self.hidden);
        let resolver = Resolver {
            graph,
            symbols: &self.symbols,
            roles: &self.roles,
            names: &names,
        };
        let resolved: Vec<_> = self
            .bindings
            .iter()
            .map(|binding| resolver.resolve(binding))
            .collect();
        Access {
            by_role: resolve::by_role(self.roles.len(), &resolved),
            used_by: aggregate::used_by(&effective),
            with_any_rule: indexes(&effective, |role| role.rest.is_some()),
            with_any_role: indexes(&resolved, |resolved| resolved.any.is_some()),
            subjects: Subjects::new(&mut self.symbols, &self.bindings),
            rules: Rules::new(self.rules),
            roles: self.roles,
            effective,
            bindings: self.bindings,
            resolved,
            symbols: self.symbols,
        }
    }
}

impl Default for Symbols {
    fn default() -> Self {
        Self::new()
    }
}

/// The indexes of those for which something holds.
fn indexes<T>(all: &[T], holds: impl Fn(&T) -> bool) -> Vec<u32> {
    let indexed = (0..).zip(all);
    indexed
        .filter(|(_, one)| holds(one))
        .map(|(index, _)| index)
        .collect()
}

/// Whether an API server leaves the role or binding as it is.
fn is_left_alone(tree: &Tree) -> bool {
    let annotation = tree.at(NodeId::ROOT, &["metadata", "annotations", AUTOUPDATE]);
    annotation.is_some_and(|node| tree.node(node).data == Data::String("false".into()))
}

/// Where a role or binding of the table lives, and its name.
fn place(symbols: &mut Symbols, object: &'static str) -> (Within, &'static str) {
    let (kind, name) = object.split_once('/').unwrap_or(("", object));
    match name.split_once('/') {
        Some((namespace, name)) if !kind.starts_with("Cluster") => {
            (Within::Namespace(symbols.add(namespace)), name)
        }
        _ => (Within::Cluster, name),
    }
}

fn own_rule(symbols: &mut Symbols, lists: [&'static str; 5], row: &'static str) -> rule::Written {
    let [verbs, groups, resources, names, paths] = lists.map(|list| {
        let known = bootstrap::elements(list).map(|element| symbols.add(element));
        Items::new(known.collect())
    });
    rule::Written {
        verbs,
        groups,
        resources,
        names,
        paths,
        at: At::Table(row),
        unknown: None,
    }
}

fn own_subject(symbols: &mut Symbols, subject: &'static str) -> Whom {
    let (kind, name) = subject.split_once('/').unwrap_or(("", subject));
    match (kind, name.split_once('/')) {
        ("ServiceAccount", Some((namespace, name))) => {
            let namespace = Place::Written(Text::Known(symbols.add(namespace)));
            let name = Text::Known(symbols.add(name));
            Whom::account(symbols, namespace, name)
        }
        ("Group", _) => Whom::Group(Text::Known(symbols.add(name))),
        _ => Whom::User(Text::Known(symbols.add(name))),
    }
}
