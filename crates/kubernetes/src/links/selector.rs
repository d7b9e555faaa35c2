//! Label selectors.

use std::sync::Arc;

use graph::{Cause, Data, NodeId, Piece, Tree, Unknown};

/// What labels must be like to be selected. All requirements must hold.
#[derive(Debug)]
pub struct Selector<'t> {
    requirements: Vec<Requirement<'t>>,
    /// Why more may be required than what is known.
    unknown: Option<Arc<Unknown>>,
}

#[derive(Debug)]
struct Requirement<'t> {
    key: &'t str,
    test: Test<'t>,
}

/// Values are sorted, as there may be many.
#[derive(Debug)]
enum Test<'t> {
    In(Vec<&'t str>),
    NotIn(Vec<&'t str>),
    Exists,
    DoesNotExist,
}

/// Labels of something that selectors match.
#[derive(Debug, Default, PartialEq)]
pub struct Labels<'t> {
    /// Keys with their values, as far as these are known.
    pub known: Vec<(&'t str, Option<&'t str>)>,
    /// Why there may be other labels, or other values.
    pub unknown: Option<Arc<Unknown>>,
}

/// Whether a selector matches.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// That can't be known, and why.
    Maybe(Arc<Unknown>),
}

impl<'t> Selector<'t> {
    /// Requires nothing, and matches everything.
    pub(super) fn all() -> Self {
        Self {
            requirements: Vec::new(),
            unknown: None,
        }
    }

    /// Requires these values of these labels.
    pub fn equal_to(labels: impl Iterator<Item = (&'t str, &'t str)>) -> Self {
        let requirement = |(key, value)| Requirement {
            key,
            test: Test::In(vec![value]),
        };
        Self {
            requirements: labels.map(requirement).collect(),
            unknown: None,
        }
    }

    /// A map from labels to values, as in Services.
    pub(super) fn equalities(tree: &'t Tree, map: NodeId) -> Option<Self> {
        let mut selector = Self::all();
        selector.add_equalities(tree, map)?;
        Some(selector)
    }

    /// A map with `matchLabels` and `matchExpressions`; `None` where it is malformed, which the API server refuses.
    #[must_use]
    pub fn read(tree: &'t Tree, map: NodeId) -> Option<Self> {
        let mut selector = Self::all();
        selector.open(tree, map)?;
        if let Some(labels) = tree.get(map, "matchLabels") {
            selector.add_equalities(tree, labels)?;
        }
        if let Some(expressions) = tree.get(map, "matchExpressions") {
            for expression in selector.list(tree, expressions)? {
                selector.add_expression(tree, expression)?;
            }
        }
        Some(selector)
    }

    /// How many requirements are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.requirements.len()
    }

    /// Whether it requires nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.requirements.is_empty() && self.unknown.is_none()
    }

    /// The labels that must have exactly one value.
    pub fn equal(&self) -> impl Iterator<Item = (&'t str, &'t str)> + '_ {
        self.requirements
            .iter()
            .filter_map(|requirement| match &requirement.test {
                Test::In(values) => match values[..] {
                    [value] => Some((requirement.key, value)),
                    _ => None,
                },
                Test::NotIn(_) | Test::Exists | Test::DoesNotExist => None,
            })
    }

    /// The names that it asks for, if it asks for nothing but the label that every Namespace has with its name.
    pub(super) fn namespace_names(&self) -> Vec<&'t str> {
        let names = |requirement: &Requirement<'t>| match &requirement.test {
            Test::In(values) if requirement.key == "kubernetes.io/metadata.name" => {
                Some(values.clone())
            }
            _ => None,
        };
        match &self.requirements[..] {
            [requirement] if self.unknown.is_none() => names(requirement).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// Whether it matches these labels.
    #[must_use]
    pub fn matches(&self, labels: &Labels) -> Answer {
        let mut maybe = self.unknown.as_ref();
        for requirement in &self.requirements {
            match requirement.holds(labels) {
                Some(true) => {}
                Some(false) => return Answer::No,
                None => maybe = maybe.or(labels.unknown.as_ref()),
            }
        }
        maybe.map_or(Answer::Yes, |unknown| Answer::Maybe(Arc::clone(unknown)))
    }

    /// Takes note of what is unknown of a map; `None` where it is none.
    fn open(&mut self, tree: &Tree, map: NodeId) -> Option<()> {
        match &tree.node(map).data {
            Data::Map => self.unknown = self.unknown.take().or(tree.open(map).cloned()),
            Data::Null => {}
            data => self.unknown = Some(unknown(data)?),
        }
        Some(())
    }

    fn list(&mut self, tree: &Tree, list: NodeId) -> Option<Vec<NodeId>> {
        match &tree.node(list).data {
            Data::List => self.unknown = self.unknown.take().or(tree.open(list).cloned()),
            Data::Null => {}
            data => self.unknown = Some(unknown(data)?),
        }
        Some(tree.children(list).collect())
    }

    fn add_equalities(&mut self, tree: &'t Tree, map: NodeId) -> Option<()> {
        self.open(tree, map)?;
        for child in tree.children(map) {
            let node = tree.node(child);
            let key = node.key.as_ref()?.text.as_str();
            match &node.data {
                Data::String(value) => self.requirements.push(Requirement {
                    key,
                    test: Test::In(vec![value]),
                }),
                Data::Null => self.requirements.push(Requirement {
                    key,
                    test: Test::In(vec![""]),
                }),
                data => {
                    self.unknown = Some(unknown(data)?);
                    self.requirements.push(Requirement {
                        key,
                        test: Test::Exists,
                    });
                }
            }
        }
        Some(())
    }

    fn add_expression(&mut self, tree: &'t Tree, expression: NodeId) -> Option<()> {
        if let Data::Unknown(unknown) = &tree.node(expression).data {
            self.unknown = Some(Arc::clone(unknown));
            return Some(());
        }
        let (key, operator) = (
            tree.text(expression, "key")?,
            tree.text(expression, "operator")?,
        );
        let mut values = Vec::new();
        let before = self.unknown.take();
        for value in tree
            .get(expression, "values")
            .map_or(Some(Vec::new()), |list| self.list(tree, list))?
        {
            match &tree.node(value).data {
                Data::String(value) => values.push(value.as_str()),
                data => self.unknown = Some(unknown(data)?),
            }
        }
        values.sort_unstable();
        let is_open = self.unknown.is_some();
        self.unknown = before.or(self.unknown.take());
        let test = match operator.as_str() {
            "Exists" => Test::Exists,
            "DoesNotExist" => Test::DoesNotExist,
            // Which values there are besides is not known, so only the key counts.
            "In" if is_open => Test::Exists,
            "NotIn" if is_open => return Some(()),
            "In" if !values.is_empty() => Test::In(values),
            "NotIn" if !values.is_empty() => Test::NotIn(values),
            _ => return None,
        };
        self.requirements.push(Requirement { key, test });
        Some(())
    }
}

impl Requirement<'_> {
    /// Whether labels fulfil the requirement; `None` where that is unknown.
    fn holds(&self, labels: &Labels) -> Option<bool> {
        let found = labels
            .known
            .iter()
            .find(|(key, _)| *key == self.key)
            .map(|(_, value)| *value);
        let is_open = labels.unknown.is_some();
        match (&self.test, found) {
            (Test::Exists, None) if is_open => None,
            (Test::Exists, found) => Some(found.is_some()),
            (Test::DoesNotExist, None) if is_open => None,
            (Test::DoesNotExist, found) => Some(found.is_none()),
            (Test::In(_) | Test::NotIn(_), None) if is_open => None,
            (Test::In(_) | Test::NotIn(_), Some(None)) => None,
            (Test::In(values), Some(Some(value))) => Some(values.binary_search(&value).is_ok()),
            (Test::NotIn(values), Some(Some(value))) => Some(values.binary_search(&value).is_err()),
            (Test::In(_), None) => Some(false),
            (Test::NotIn(_), None) => Some(true),
        }
    }
}

impl<'t> Labels<'t> {
    /// The labels in a map of them. A value that is not text is none: the API server refuses it.
    #[must_use]
    pub fn read(tree: &'t Tree, map: NodeId) -> Self {
        let mut labels = Self {
            known: Vec::new(),
            unknown: tree.open(map).cloned(),
        };
        if labels.unknown.is_none() && tree.node(map).data != Data::Map {
            labels.unknown = unknown(&tree.node(map).data);
        }
        for child in tree.children(map) {
            let node = tree.node(child);
            let Some(key) = &node.key else { continue };
            match &node.data {
                Data::String(value) => labels.known.push((&key.text, Some(value))),
                Data::Null => labels.known.push((&key.text, Some(""))),
                data => {
                    if let Some(unknown) = unknown(data) {
                        labels.known.push((&key.text, None));
                        labels.unknown = Some(unknown);
                    }
                }
            }
        }
        labels
    }
}

/// Why a value is not wholly known; `None` where it is.
#[must_use]
pub fn unknown(data: &Data) -> Option<Arc<Unknown>> {
    match data {
        Data::Unknown(unknown) => Some(Arc::clone(unknown)),
        Data::Partial(pieces) => {
            let unknown = pieces.iter().find_map(|piece| match piece {
                Piece::Unknown(unknown) => Some(unknown.clone()),
                Piece::Known(_) => None,
            });
            Some(Arc::new(unknown.unwrap_or_else(|| {
                Unknown::new(Cause::Other("part of it is unknown".into()))
            })))
        }
        _ => None,
    }
}
