//! The methods by which access becomes more access.

use std::sync::LazyLock;

use graph::{Namespace, SmolStr};
use kubernetes::Version;

use crate::access::{Action, Power};

/// A way to turn access into something that was not given.
#[derive(Debug, PartialEq, Eq)]
pub struct Method {
    /// A word for it, such as `run-pod`.
    pub name: &'static str,
    /// What is gained, such as `account`.
    pub gain: &'static str,
    /// `critical`, `high`, `medium` or `low`.
    pub severity: &'static str,
    /// The technique of MITRE ATT&CK.
    pub technique: &'static str,
    is_in_cluster: bool,
    needs: Vec<Need>,
}

/// What is needed: one of these.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Need(Vec<Alternative>);

/// A way to fulfil a need.
#[derive(Debug, PartialEq, Eq)]
struct Alternative {
    power: Power,
    place: Place,
    /// The first and the last minor version in which it is enough.
    versions: (u32, u32),
}

/// Where something has to be allowed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Where the method is used.
    Here,
    /// In the cluster, because the kind has no namespaces.
    Cluster,
    /// In a certain namespace.
    Namespace(SmolStr),
}

static METHODS: LazyLock<Vec<Method>> = LazyLock::new(|| {
    let mut methods: Vec<Method> = Vec::new();
    for line in include_str!("methods.txt").lines() {
        let text = line.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        match methods.last_mut() {
            Some(method) if line.starts_with(' ') => {
                let alternatives = text.split(" | ").flat_map(alternatives);
                method.needs.push(Need(alternatives.collect()));
            }
            _ => methods.extend(method(text)),
        }
    }
    methods
});

/// All methods, in the order of the table.
#[must_use]
pub fn methods() -> &'static [Method] {
    &METHODS
}

impl Method {
    /// Whether it can only be used in the whole cluster.
    #[must_use]
    pub fn is_in_cluster(&self) -> bool {
        self.is_in_cluster
    }

    pub(super) fn needs(&self) -> &[Need] {
        &self.needs
    }
}

impl Need {
    /// What is enough in a version, and where.
    pub(super) fn alternatives(&self, version: Version) -> impl Iterator<Item = (Power, &Place)> {
        let in_version =
            move |one: &&Alternative| (one.versions.0..=one.versions.1).contains(&version.minor);
        let alternatives = self.0.iter().filter(in_version);
        alternatives.map(|one| (one.power.clone(), &one.place))
    }
}

impl Place {
    /// The namespace in which it is asked for, where the method is used in a scope.
    pub(crate) fn namespace(&self, scope: &Namespace) -> Namespace {
        match self {
            Self::Here => scope.clone(),
            Self::Cluster => Namespace::Cluster,
            Self::Namespace(name) => Namespace::Named(name.clone()),
        }
    }
}

fn method(line: &'static str) -> Option<Method> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [name, scope, gain, severity, technique] = words[..] else {
        return None;
    };
    Some(Method {
        name,
        gain,
        severity,
        technique,
        is_in_cluster: scope == "cluster",
        needs: Vec::new(),
    })
}

/// The alternatives that one text of the table stands for: `verbs resources.group`, then `in`, `named`, `since` and `until`.
fn alternatives(text: &'static str) -> Vec<Alternative> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let after = |keyword: &str| {
        let keyword = words.iter().position(|word| *word == keyword)?;
        words.get(keyword + 1).copied()
    };
    let (verbs, what) = (words.first().copied(), words.get(1).copied());
    let (resources, group) = what
        .unwrap_or_default()
        .split_once('.')
        .unwrap_or((what.unwrap_or_default(), ""));
    let version = |keyword, default| {
        after(keyword)
            .and_then(|text| text.parse().ok())
            .unwrap_or(default)
    };
    let names: Vec<&str> =
        after("named").map_or_else(|| vec![""], |names| names.split(',').collect());
    let mut alternatives = Vec::new();
    for verb in verbs.unwrap_or_default().split(',') {
        for resource in resources.split(',') {
            for name in &names {
                alternatives.push(Alternative {
                    power: power(Action::on(verb, group, resource), name),
                    place: match after("in") {
                        None => Place::Here,
                        Some("cluster") => Place::Cluster,
                        Some(namespace) => Place::Namespace(namespace.into()),
                    },
                    versions: (version("since", 0), version("until", u32::MAX)),
                });
            }
        }
    }
    alternatives
}

/// Rules that name objects count where one object is enough. They never allow to create or to delete all, as these requests have
/// no name; subresources are created with one.
fn power(action: Action, name: &str) -> Power {
    let has_name = match &action {
        Action::Resource {
            verb, subresource, ..
        } => {
            !matches!(verb.as_str(), "create" | "deletecollection" | "*") || !subresource.is_empty()
        }
        Action::Path { .. } => false,
    };
    Power {
        on_any: has_name && name.is_empty(),
        action: if has_name { action.named(name) } else { action },
    }
}
