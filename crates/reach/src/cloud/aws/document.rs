//! Documents of policies.

use std::sync::Arc;

use graph::{Data, NodeId, SmolStr, Tree, Unknown};

use super::condition::Condition;
use super::pattern::Text;
use crate::truth::because;

/// A document with its statements.
#[derive(Clone, Debug, Default)]
pub struct Document {
    pub(super) statements: Vec<Statement>,
    /// Why there may be other statements.
    pub(super) rest: Option<Arc<Unknown>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
}

#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) node: NodeId,
    /// Nothing where it is not known.
    pub(super) effect: Option<Effect>,
    pub(super) actions: Option<Items>,
    pub(super) resources: Option<Items>,
    pub(super) principals: Option<Principals>,
    pub(super) conditions: Vec<Condition>,
    /// Why the statement may be another one, or none.
    pub(super) unknown: Option<Arc<Unknown>>,
}

/// The elements of a list, or all but those.
#[derive(Clone, Debug)]
pub(super) struct Items {
    pub(super) is_not: bool,
    pub(super) texts: Vec<Text>,
}

/// Whom a statement is for, or whom it is not for.
#[derive(Clone, Debug)]
pub(super) struct Principals {
    pub(super) is_not: bool,
    pub(super) named: Vec<(PrincipalKind, Text)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PrincipalKind {
    Aws,
    Service,
    Federated,
    /// A kind that is not known.
    Any,
}

/// What a node names that the text itself leaves open.
pub(super) type Named<'a> = &'a dyn Fn(NodeId) -> Option<Text>;

impl Document {
    /// The document at a node. What AWS does not take is left out: it allows and denies nothing.
    #[must_use]
    pub fn read(tree: &Tree, node: NodeId) -> Self {
        Self::read_naming(tree, node, &|_| None)
    }

    /// The same where it is known otherwise which resources some nodes name.
    pub(super) fn read_naming(tree: &Tree, node: NodeId, named: Named<'_>) -> Self {
        let mut document = Self {
            statements: Vec::new(),
            rest: open(tree, node),
        };
        if tree.node(node).data != Data::Map {
            return document;
        }
        // Variables came with this version.
        let version = tree.text(node, "Version");
        let has_variables = version.is_some_and(|version| version == "2012-10-17")
            || tree
                .get(node, "Version")
                .is_some_and(|node| open(tree, node).is_some());
        let Some(list) = tree.get(node, "Statement") else {
            return document;
        };
        document.rest = document.rest.or(open(tree, list));
        let statements = match tree.node(list).data {
            Data::List => tree.children(list).collect(),
            _ => vec![list],
        };
        for node in statements {
            match tree.node(node).data {
                Data::Map => {
                    let mut statement = Statement::read(tree, node, has_variables, named);
                    if tree.is_symbolic(node) {
                        statement.unknown = statement.unknown.or(document.rest.clone());
                    }
                    document.statements.push(statement);
                }
                _ => document.rest = document.rest.or(open(tree, node)),
            }
        }
        document
    }

    /// The same with one name for all providers of identities of which the name is not known: each is the one that the document
    /// names. Tells the providers too.
    pub(crate) fn with_providers(&self) -> (Self, Vec<SmolStr>) {
        let mut document = self.clone();
        let mut names = Vec::new();
        for statement in &mut document.statements {
            let principals = statement.principals.iter_mut();
            for (kind, text) in principals.flat_map(|principals| &mut principals.named) {
                if *kind != PrincipalKind::Federated {
                    continue;
                }
                let name = text.as_known().unwrap_or_else(|| "?".into());
                *text = Text::known(&name);
                names.push(name.into());
            }
        }
        (document, names)
    }

    /// Why there may be other statements.
    pub(crate) fn rest(&self) -> Option<&Arc<Unknown>> {
        self.rest.as_ref()
    }

    /// A document that allows everything, as if it stood at a node.
    pub(super) fn allowing_all(node: NodeId) -> Self {
        let all = || {
            Some(Items {
                is_not: false,
                texts: vec![Text::any()],
            })
        };
        Self {
            statements: vec![Statement {
                node,
                effect: Some(Effect::Allow),
                actions: all(),
                resources: all(),
                principals: None,
                conditions: Vec::new(),
                unknown: None,
            }],
            rest: None,
        }
    }

    /// A document of which nothing is known.
    #[must_use]
    pub fn unknown(cause: &Arc<Unknown>) -> Self {
        Self {
            statements: Vec::new(),
            rest: Some(Arc::clone(cause)),
        }
    }
}

impl Statement {
    fn read(tree: &Tree, node: NodeId, has_variables: bool, named: Named<'_>) -> Self {
        let effect = tree.get(node, "Effect");
        let mut unknown = open(tree, node);
        let effect = match effect.map(|node| &tree.node(node).data) {
            Some(Data::String(text)) if text == "Allow" => Some(Effect::Allow),
            Some(Data::String(text)) if text == "Deny" => Some(Effect::Deny),
            Some(data) => {
                unknown = unknown.or(kubernetes::unknown(data));
                None
            }
            None => None,
        };
        // What is no map is no condition, and AWS refuses it.
        let condition = tree
            .get(node, "Condition")
            .map(|node| &tree.node(node).data);
        if !matches!(condition, None | Some(Data::Map | Data::Null)) {
            let refused = || because("AWS refuses what is written as a condition");
            unknown = unknown.or_else(|| {
                Some(
                    condition
                        .and_then(kubernetes::unknown)
                        .unwrap_or_else(refused),
                )
            });
        }
        let items = |key: &str, not: &str, read: &dyn Fn(NodeId) -> Option<Text>| {
            let list = |key: &str, is_not| {
                let node = tree.get(node, key)?;
                Some(Items {
                    is_not,
                    texts: texts_by(tree, node, read),
                })
            };
            list(key, false).or_else(|| list(not, true))
        };
        let action = |node| pattern(tree, node, false);
        let resource = |node| named(node).or_else(|| pattern(tree, node, has_variables));
        Self {
            node,
            effect,
            actions: items("Action", "NotAction", &action),
            resources: items("Resource", "NotResource", &resource),
            principals: principals(tree, node),
            conditions: Condition::read_all(tree, node, has_variables),
            unknown,
        }
    }
}

/// Why a value is not wholly known.
pub(super) fn open(tree: &Tree, node: NodeId) -> Option<Arc<Unknown>> {
    kubernetes::unknown(&tree.node(node).data).or_else(|| tree.open(node).cloned())
}

/// The texts of a list, or the only one.
pub(super) fn texts(tree: &Tree, node: NodeId, has_variables: bool) -> Vec<Text> {
    texts_by(tree, node, &|node| pattern(tree, node, has_variables))
}

fn pattern(tree: &Tree, node: NodeId, has_variables: bool) -> Option<Text> {
    match has_variables {
        true => Text::read_pattern(tree, node),
        false => Text::read_plain_pattern(tree, node),
    }
}

fn texts_by(tree: &Tree, node: NodeId, read: &dyn Fn(NodeId) -> Option<Text>) -> Vec<Text> {
    match &tree.node(node).data {
        Data::List => {
            let known = tree.children(node).filter_map(read);
            let rest = tree.open(node).map(Text::unknown);
            known.chain(rest).collect()
        }
        Data::Unknown(cause) => vec![read(node).unwrap_or_else(|| Text::unknown(cause))],
        _ => read(node).into_iter().collect(),
    }
}

fn principals(tree: &Tree, statement: NodeId) -> Option<Principals> {
    let (node, is_not) = match tree.get(statement, "Principal") {
        Some(node) => (node, false),
        None => (tree.get(statement, "NotPrincipal")?, true),
    };
    let mut named = Vec::new();
    match &tree.node(node).data {
        Data::Map => {
            for child in tree.children(node) {
                let key = tree.node(child).key.as_ref().map(|key| key.text.as_str());
                let kind = match key {
                    Some("AWS") => PrincipalKind::Aws,
                    Some("Service") => PrincipalKind::Service,
                    Some("Federated") => PrincipalKind::Federated,
                    _ => continue,
                };
                let texts = texts(tree, child, false);
                named.extend(texts.into_iter().map(|text| (kind, text)));
            }
            named.extend(
                tree.open(node)
                    .map(|cause| (PrincipalKind::Any, Text::unknown(cause))),
            );
        }
        Data::Unknown(cause) => named.push((PrincipalKind::Any, Text::unknown(cause))),
        _ => {
            let texts = texts(tree, node, false);
            named.extend(texts.into_iter().map(|text| (PrincipalKind::Any, text)));
        }
    }
    Some(Principals { is_not, named })
}
