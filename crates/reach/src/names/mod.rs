//! Resources of the API by the names that people give them: plural, singular, kind or short, with or without API group.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use graph::{Graph, NodeId, SmolStr, Tree};

/// A resource as requests name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Served {
    /// The plural name, such as `pods`.
    pub plural: SmolStr,
    /// The API group; empty for the core group.
    pub group: SmolStr,
    /// Whether its objects live in namespaces.
    pub is_namespaced: bool,
    kind: SmolStr,
    short: Vec<SmolStr>,
    subresources: Vec<SmolStr>,
}

/// What a name of a resource says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The resource.
    pub resource: Served,
    /// Such as `exec`; empty for the object itself.
    pub subresource: SmolStr,
    /// The name of the object; empty where none is said.
    pub name: SmolStr,
}

/// The resources that an API server has.
#[derive(Debug)]
pub struct Resources(Vec<Served>);

static SERVED: LazyLock<Vec<Served>> = LazyLock::new(|| {
    let lines = include_str!("resources.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(served)
        .collect()
});

fn served(line: &str) -> Option<Served> {
    let mut words = line.split_whitespace();
    let mut word = || words.next();
    let (plural, group, scope, kind, short) = (word()?, word()?, word()?, word()?, word()?);
    let list = |text: &str| text.split(',').map(SmolStr::from).collect();
    Some(Served {
        plural: plural.into(),
        group: group.trim_start_matches('-').into(),
        is_namespaced: scope == "namespaced",
        kind: kind.into(),
        short: if short == "-" {
            Vec::new()
        } else {
            list(short)
        },
        subresources: words.next().map(list).unwrap_or_default(),
    })
}

impl Resources {
    /// Those of Kubernetes itself, and those that a graph defines.
    #[must_use]
    pub fn of(graph: &Graph) -> Self {
        let mut all: BTreeMap<(SmolStr, SmolStr), Served> = BTreeMap::new();
        let defined = graph
            .resources()
            .filter(|(_, resource)| resource.kind == "CustomResourceDefinition")
            .filter_map(|(_, resource)| defined(&resource.tree));
        for one in SERVED.iter().cloned().chain(defined) {
            all.entry((one.plural.clone(), one.group.clone()))
                .or_insert(one);
        }
        Self(all.into_values().collect())
    }

    /// What is meant by `pods`, `po`, `Pod`, `deployments.apps`, `pods/exec`, `secrets/db`, `deployments.apps/scale`. A name with a
    /// group that nobody defines is a custom resource in namespaces. Nothing where nobody knows the name.
    #[must_use]
    pub fn named(&self, text: &str) -> Option<Named> {
        let (resource, rest) = text.split_once('/').unwrap_or((text, ""));
        let (name, group) = match resource.split_once('.') {
            Some((name, group)) => (name, Some(group)),
            None => (resource, None),
        };
        let name = name.to_lowercase();
        let mut called: Vec<&Served> = self.0.iter().filter(|one| one.is_called(&name)).collect();
        called.sort_by_key(|one| (one.plural != name, one.group.clone()));
        let own = called
            .into_iter()
            .find(|one| group.is_none_or(|group| one.group == group));
        let own = match (own, group) {
            (Some(own), _) => own.clone(),
            (None, Some(group)) => custom(&name, group),
            (None, None) if name == "*" => custom("*", "*"),
            (None, None) => return None,
        };
        let is_sub = own.has_subresource(rest);
        let (subresource, object) = if is_sub { (rest, "") } else { ("", rest) };
        Some(Named {
            resource: own,
            subresource: subresource.into(),
            name: object.into(),
        })
    }

    /// The plural names, for suggestions.
    pub fn plurals(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|one| one.plural.as_str())
    }
}

impl Served {
    fn is_called(&self, name: &str) -> bool {
        self.plural == name
            || self.kind.to_lowercase() == name
            || self.short.iter().any(|short| short == name)
    }

    /// Custom resources have two subresources that servers know; others stand in roles only.
    fn has_subresource(&self, name: &str) -> bool {
        let own = self.subresources.iter().any(|one| one == name);
        own || name == "*" || self.is_custom() && matches!(name, "status" | "scale")
    }

    fn is_custom(&self) -> bool {
        !SERVED
            .iter()
            .any(|one| one.plural == self.plural && one.group == self.group)
    }
}

/// A resource of which no more than the name is known.
fn custom(plural: &str, group: &str) -> Served {
    Served {
        plural: plural.into(),
        group: group.into(),
        is_namespaced: true,
        kind: SmolStr::default(),
        short: Vec::new(),
        subresources: Vec::new(),
    }
}

/// What a CustomResourceDefinition defines.
fn defined(tree: &Tree) -> Option<Served> {
    let spec = tree.get(NodeId::ROOT, "spec")?;
    let names = tree.get(spec, "names")?;
    let short = tree.get(names, "shortNames").into_iter();
    let short = short.flat_map(|list| tree.children(list));
    let mut short: Vec<SmolStr> = short
        .filter_map(|node| tree.as_text(node).cloned())
        .collect();
    short.extend(tree.text(names, "singular").cloned());
    Some(Served {
        plural: tree.text(names, "plural")?.clone(),
        group: tree.text(spec, "group")?.clone(),
        is_namespaced: tree
            .text(spec, "scope")
            .is_none_or(|scope| scope != "Cluster"),
        kind: tree.text(names, "kind").cloned().unwrap_or_default(),
        short,
        subresources: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_are_found_by_all_their_names() {
        let all = Resources::of(&Graph::default());
        for (text, expected) in [
            ("pods", "pods...ns"),
            ("po", "pods...ns"),
            ("Pod", "pods...ns"),
            ("deploy", "deployments.apps..ns"),
            ("deployments.apps/scale", "deployments.apps.scale.ns"),
            ("pods/exec", "pods..exec.ns"),
            ("secrets/db", "secrets...ns db"),
            ("no", "nodes...cluster"),
            ("ev", "events...ns"),
            ("events.events.k8s.io", "events.events.k8s.io..ns"),
            (
                "widgets.example.org/status",
                "widgets.example.org.status.ns",
            ),
            ("*", "*.*..ns"),
        ] {
            let named = all.named(text).unwrap();
            let scope = if named.resource.is_namespaced {
                "ns"
            } else {
                "cluster"
            };
            let (plural, group) = (&named.resource.plural, &named.resource.group);
            let told = format!(
                "{plural}.{group}.{}.{scope} {}",
                named.subresource, named.name
            );
            assert_eq!(told.trim_end(), expected, "{text}");
        }
        assert_eq!(all.named("nonsense"), None);
    }
}
