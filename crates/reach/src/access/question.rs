//! What is asked: an action, and who does it.

use std::fmt;

use graph::{Namespace, SmolStr};

use super::symbols::{Symbol, Symbols};

/// A request to the API server, as its authorizers see it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Something is done with objects.
    Resource {
        /// In lower case, such as `get`, `list`, `create`, `deletecollection`, `impersonate`.
        verb: SmolStr,
        /// The API group; empty for the core group.
        group: SmolStr,
        /// The plural name, such as `pods`.
        resource: SmolStr,
        /// Such as `exec`; empty for the object itself.
        subresource: SmolStr,
        /// The name of the object; empty where a request has none: it creates at the top, lists, watches or deletes a
        /// collection.
        name: SmolStr,
        /// The namespace of the request, [`Namespace::Cluster`] for kinds without namespaces and requests that span all
        /// namespaces. A request for one Namespace has that namespace, so a RoleBinding in it can grant it.
        namespace: Namespace,
    },
    /// A path that is no object, such as `/metrics`.
    Path {
        /// In lower case, such as `get`.
        verb: SmolStr,
        /// The path.
        path: SmolStr,
    },
}

impl Action {
    /// An action on objects of a kind by verb, API group and resource, whole or with a subresource (`pods/exec`), without a
    /// name, in all namespaces.
    #[must_use]
    pub fn on(verb: &str, group: &str, resource: &str) -> Self {
        let (resource, subresource) = resource.split_once('/').unwrap_or((resource, ""));
        Self::Resource {
            verb: verb.into(),
            group: group.into(),
            resource: resource.into(),
            subresource: subresource.into(),
            name: SmolStr::default(),
            namespace: Namespace::Cluster,
        }
    }

    /// The same action in a namespace.
    #[must_use]
    pub fn within(mut self, within: Namespace) -> Self {
        if let Self::Resource { namespace, .. } = &mut self {
            *namespace = within;
        }
        self
    }

    /// The same action on one object.
    #[must_use]
    pub fn named(mut self, object: &str) -> Self {
        if let Self::Resource { name, .. } = &mut self {
            *name = object.into();
        }
        self
    }

    /// The namespace of the request.
    pub(super) fn namespace(&self) -> &Namespace {
        match self {
            Self::Resource { namespace, .. } => namespace,
            Self::Path { .. } => &Namespace::Cluster,
        }
    }
}

impl fmt::Display for Action {
    /// Such as `patch deployments/scale.apps`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, group, resource, subresource, name) = match self {
            Self::Path { verb, path } => return write!(f, "{verb} {path}"),
            Self::Resource {
                verb,
                group,
                resource,
                subresource,
                name,
                ..
            } => (verb, group, resource, subresource, name),
        };
        let slash = if subresource.is_empty() { "" } else { "/" };
        let dot = if group.is_empty() { "" } else { "." };
        let space = if name.is_empty() { "" } else { " " };
        write!(
            f,
            "{verb} {resource}{slash}{subresource}{dot}{group}{space}{name}"
        )
    }
}

/// A text that lists are searched for.
#[derive(Debug)]
pub(super) struct Word {
    /// `None` where no list holds it.
    pub(super) symbol: Option<Symbol>,
    pub(super) text: SmolStr,
}

impl Word {
    pub(super) fn new(symbols: &Symbols, text: &str) -> Self {
        Self {
            symbol: symbols.find(text),
            text: text.into(),
        }
    }
}

/// An action with what its parts match in rules.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) verbs: [Word; 2],
    pub(super) what: What,
}

/// What an action acts on.
#[derive(Debug)]
pub(super) enum What {
    Resource {
        groups: [Word; 2],
        /// `*`, the resource, and `*/subresource` if there is one.
        resources: Vec<Word>,
        object: Object,
    },
    Path(Word),
}

/// Which objects a request is about.
#[derive(Debug)]
pub(super) enum Object {
    /// The one with this name, or with no name.
    Named(Word),
    /// Any one: it is enough that there is a name with which it is allowed.
    Any,
}

impl Asked {
    /// The same on any object, whatever its name.
    pub(super) fn on_any(mut self) -> Self {
        if let What::Resource { object, .. } = &mut self.what {
            *object = Object::Any;
        }
        self
    }

    pub(super) fn new(action: &Action, symbols: &Symbols) -> Self {
        let word = |text: &str| Word::new(symbols, text);
        let (Action::Resource { verb, .. } | Action::Path { verb, .. }) = action;
        let what = match action {
            Action::Path { path, .. } => What::Path(word(path)),
            Action::Resource {
                group,
                resource,
                subresource,
                name,
                ..
            } => What::Resource {
                groups: [word("*"), word(group)],
                resources: resources(resource, subresource)
                    .iter()
                    .map(|text| word(text))
                    .collect(),
                object: Object::Named(word(name)),
            },
        };
        Self {
            verbs: [word("*"), word(verb)],
            what,
        }
    }
}

/// What rules write for a resource.
fn resources(resource: &str, subresource: &str) -> Vec<String> {
    if subresource.is_empty() {
        vec!["*".into(), resource.into()]
    } else {
        vec![
            "*".into(),
            format!("{resource}/{subresource}"),
            format!("*/{subresource}"),
        ]
    }
}
