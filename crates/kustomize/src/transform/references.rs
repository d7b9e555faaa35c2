//! Fields that name other objects, when these get other names.

use std::collections::HashMap;

use graph::Role;
use smol_str::SmolStr;
use source::Span;

use super::change_field;
use crate::context::Context;
use crate::node::{Data, Node, Scalar, Setting, set_field, set_scalar};
use crate::resources::{Resource, ResourceMap};
use crate::tables::{FieldSpec, NameReference, Selector};

/// Gives the fields that name objects the names that these have now.
pub(crate) fn fix_references(
    context: &Context<'_>,
    resources: &mut ResourceMap,
    references: &[NameReference],
) {
    let mut by_name: HashMap<SmolStr, Vec<usize>> = HashMap::new();
    for (index, resource) in resources.all.iter().enumerate() {
        for id in resource.previous_ids() {
            let places = by_name.entry(id.name).or_default();
            if places.last() != Some(&index) {
                places.push(index);
            }
        }
    }
    for resource in &resources.all {
        if let Err(span) = subject_namespaces(resource.node(), resource) {
            let message = "the namespace of a subject is a text";
            context.error("kustomization-reference", message, span);
        }
    }
    if by_name.is_empty() {
        return;
    }
    for index in 0..resources.all.len() {
        let mut node = resources.all[index].take_node();
        fix_one(context, resources, &by_name, references, index, &mut node);
        resources.all[index].put_node(node);
    }
}

fn fix_one(
    context: &Context<'_>,
    resources: &ResourceMap,
    by_name: &HashMap<SmolStr, Vec<usize>>,
    references: &[NameReference],
    index: usize,
    node: &mut Node,
) {
    let referrer = &resources.all[index];
    let kinds = referrer.original_id().kinds;
    let now = referrer.id().kinds.clone();
    // What is wrong with them has been told.
    let namespaces = subject_namespaces(node, referrer).unwrap_or_default();
    for reference in references {
        for field in reference
            .fields
            .iter()
            .filter(|field| field.kinds.selects(&kinds))
        {
            let search = Search {
                context,
                all: &resources.all,
                by_name,
                referrer,
                namespaces: &namespaces,
                target: &reference.target,
                role: role_of(node, field),
            };
            let field = FieldSpec {
                kinds: now.clone(),
                ..field.clone()
            };
            let cost = context.bounds.steps(1);
            let changed = cost
                .and_then(|()| change_field(node, &field, None, &mut |found| search.fix(found)));
            let span = node.origin.span;
            if context
                .or_tell("kustomization-reference", changed, span)
                .is_none()
            {
                return;
            }
        }
    }
}

/// The namespaces of the service accounts that a binding names.
fn subject_namespaces(node: &Node, referrer: &Resource) -> Result<Vec<SmolStr>, Span> {
    if referrer.kind() != "RoleBinding" || referrer.id().is_cluster_wide {
        return Ok(Vec::new());
    }
    let subjects = node
        .get("subjects")
        .map(Node::items)
        .unwrap_or_default()
        .iter();
    let accounts = subjects.filter(|one| {
        one.get("kind")
            .is_some_and(|kind| kind.text() == "ServiceAccount")
    });
    let namespaces = accounts.filter_map(|one| one.get("namespace"));
    let namespaces = namespaces.map(|namespace| match namespace.is_string() {
        true => Ok(namespace.text().clone()),
        false => Err(namespace.origin.span),
    });
    namespaces.collect()
}

/// The kind of role that a binding is to, where its name is looked at.
fn role_of(node: &Node, field: &FieldSpec) -> Option<Selector> {
    if !field.path.ends_with("roleRef/name") {
        return None;
    }
    let role = node.get("roleRef")?;
    Some(Selector {
        group: role.get("apiGroup")?.text().clone(),
        version: SmolStr::default(),
        kind: role.get("kind")?.text().clone(),
    })
}

/// A search for the object that a field names.
struct Search<'a, 'r> {
    context: &'a Context<'r>,
    all: &'a [Resource],
    by_name: &'a HashMap<SmolStr, Vec<usize>>,
    referrer: &'a Resource,
    namespaces: &'a [SmolStr],
    target: &'a Selector,
    role: Option<Selector>,
}

impl<'a> Search<'a, '_> {
    fn fix(&self, node: &mut Node) -> Result<(), String> {
        if node.is_null() {
            return Ok(());
        }
        match &mut node.data {
            Data::Scalar(_) => self.fix_text(node),
            Data::Map(_) => self.fix_map(node),
            Data::List(items) => items.iter_mut().try_for_each(|item| match &item.data {
                _ if item.is_null() => Ok(()),
                Data::Scalar(_) => self.fix_text(item),
                Data::Map(_) => self.fix_map(item),
                Data::List(_) => Err("a text or a map is expected in the list".to_owned()),
            }),
        }
    }

    fn fix_text(&self, node: &mut Node) -> Result<(), String> {
        let name = node.text().clone();
        let same = |one: &Resource, other: &Resource| one.name() == other.name();
        let found = self.find(&name, |_| true, same)?;
        match found.filter(|found| *found.name() != name) {
            Some(found) => set_scalar(node, &setting(found.name(), node, found)),
            None => Ok(()),
        }
    }

    fn fix_map(&self, node: &mut Node) -> Result<(), String> {
        let Some(name) = node.get("name").map(Node::text).cloned() else {
            return Err("there is no `name` here".to_owned());
        };
        let namespace = node.get("namespace").map(Node::text).cloned();
        let same = |one: &Resource, other: &Resource| {
            one.name() == other.name() && one.id().namespace == other.id().namespace
        };
        let found = match &namespace {
            None => self.find(&name, |_| true, same)?,
            Some(namespace) => {
                let by_first =
                    |one: &Resource| one.original_id().effective_namespace() == namespace;
                let by_now = |one: &Resource| one.id().effective_namespace() == namespace;
                // The namespaces that objects had at first count, if any of them was this.
                let mut candidates = self.all.iter().filter(|one| self.is_candidate(one));
                match candidates.any(by_first) {
                    true => self.find(&name, by_first, same)?,
                    false => self.find(&name, by_now, same)?,
                }
            }
        };
        let Some(found) = found else { return Ok(()) };
        let namespace = &found.id().namespace;
        if *found.name() != name || !namespace.is_empty() {
            self.set(node, "name", found.name(), found)?;
        }
        if !namespace.is_empty() {
            self.set(node, "namespace", namespace, found)?;
        }
        Ok(())
    }

    fn set(
        &self,
        map: &mut Node,
        key: &str,
        text: &SmolStr,
        found: &Resource,
    ) -> Result<(), String> {
        let older = map.get(key).unwrap_or(map);
        let setting = match older.text() == text {
            true => Setting {
                origin: older.origin.clone(),
                ..setting(text, older, found)
            },
            false => setting(text, older, found),
        };
        let span = map.origin.span;
        set_field(map, key, &setting, span)
    }

    /// Whether an object may be named by the referrer.
    fn is_candidate(&self, candidate: &Resource) -> bool {
        let (from, to) = (self.referrer.id(), candidate.id());
        from.is_cluster_wide
            || to.is_cluster_wide
            || from.has_same_namespace(to)
            || self.namespaces.contains(&to.namespace)
    }

    /// Whether an object may be named, although it may live in another namespace.
    fn is_near(&self, candidate: &Resource) -> bool {
        let (from, to) = (self.referrer.id(), candidate.id());
        from.is_cluster_wide
            || to.is_cluster_wide
            || candidate.kind() == "ServiceAccount"
            || from.has_same_namespace(to)
    }

    /// The object that had the name.
    fn find(
        &self,
        name: &SmolStr,
        is_meant: impl Fn(&Resource) -> bool,
        is_same: impl Fn(&Resource, &Resource) -> bool,
    ) -> Result<Option<&'a Resource>, String> {
        let places = self
            .by_name
            .get(name)
            .map(Vec::as_slice)
            .unwrap_or_default();
        self.context.bounds.steps(places.len())?;
        let all = places.iter().filter_map(|index| self.all.get(*index));
        let mut found: Vec<&Resource> = all
            .filter(|one| self.is_candidate(one) && is_meant(one))
            .filter(|one| one.previous_ids().any(|id| self.target.selects(&id.kinds)))
            .filter(|one| {
                let role = self.role.as_ref();
                role.is_none_or(|role| one.previous_ids().any(|id| role.selects(&id.kinds)))
            })
            .filter(|one| self.is_near(one))
            .collect();
        if found.len() > 1 {
            found.retain(|one| has_same_affixes(one, self.referrer, Empty::Fits));
        }
        if found.len() > 1 {
            found.retain(|one| has_same_affixes(one, self.referrer, Empty::FitsEmpty));
        }
        match found.as_slice() {
            [] => Ok(None),
            [first, rest @ ..] if rest.iter().all(|one| is_same(first, one)) => Ok(Some(first)),
            _ => Err(format!("`{name}` may be the name of several objects")),
        }
    }
}

/// What an object without prefix or suffix is like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Empty {
    /// Any.
    Fits,
    /// Those without.
    FitsEmpty,
}

fn has_same_affixes(one: &Resource, other: &Resource, empty: Empty) -> bool {
    let fits = |one: &[SmolStr], other: &[SmolStr]| {
        let some_empty = one.is_empty() || other.is_empty();
        match some_empty {
            true if empty == Empty::Fits => true,
            true => one.is_empty() && other.is_empty(),
            false => one.ends_with(other) || other.ends_with(one),
        }
    };
    fits(&one.prefixes, &other.prefixes) && fits(&one.suffixes, &other.suffixes)
}

/// The name stays where it is written, and knows the object that it is of.
fn setting(text: &SmolStr, older: &Node, found: &Resource) -> Setting {
    let name = found
        .node()
        .at(&["metadata", "name"])
        .unwrap_or(found.node());
    Setting {
        scalar: Scalar::open(text.clone()),
        origin: older.origin.through(Role::Operand, name.origin.span),
        role: Role::Replaced,
    }
}
