//! Reading trees as Go's JSON decoder does: keys of any case, types that must fit, and unknown keys that are problems.

use graph::{Data, NodeId, SmolStr, Tree};
use source::{Level, Problem, Span, nearest};

/// A text with the place where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) value: SmolStr,
    pub(crate) span: Span,
}

/// A tree that is being read, with the problems met.
pub(crate) struct Decoder<'t> {
    pub(crate) tree: &'t Tree,
    pub(crate) problems: Vec<Problem>,
    /// Whether unknown keys are problems.
    pub(crate) is_strict: bool,
}

impl<'t> Decoder<'t> {
    pub(crate) fn new(tree: &'t Tree) -> Self {
        Self {
            tree,
            problems: Vec::new(),
            is_strict: true,
        }
    }

    pub(crate) fn span(&self, node: NodeId) -> Span {
        self.tree.node(node).span
    }

    pub(crate) fn problem(&mut self, message: impl Into<String>, span: Span) {
        self.problems.push(Problem::at(
            Level::Error,
            "kustomization-field",
            message,
            span,
        ));
    }

    fn expected(&mut self, what: &str, node: NodeId) {
        let message = format!("{what} is expected here");
        self.problem(message, self.span(node));
    }

    fn is_null(&self, node: NodeId) -> bool {
        matches!(self.tree.node(node).data, Data::Null)
    }

    /// The fields of a map.
    pub(crate) fn fields(&mut self, node: NodeId) -> Fields {
        if !matches!(self.tree.node(node).data, Data::Map) {
            if !self.is_null(node) {
                self.expected("a map", node);
            }
            return Fields::default();
        }
        Fields {
            open: self.tree.children(node).collect(),
            known: Vec::new(),
        }
    }

    pub(crate) fn text(&mut self, node: NodeId) -> Option<Text> {
        match &self.tree.node(node).data {
            Data::String(text) => Some(Text {
                value: text.clone(),
                span: self.span(node),
            }),
            Data::Null => None,
            _ => {
                self.expected("a text", node);
                None
            }
        }
    }

    pub(crate) fn flag(&mut self, node: NodeId) -> bool {
        match &self.tree.node(node).data {
            Data::Bool(truth) => *truth,
            Data::Null => false,
            _ => {
                self.expected("`true` or `false`", node);
                false
            }
        }
    }

    pub(crate) fn integer(&mut self, node: NodeId) -> i64 {
        match &self.tree.node(node).data {
            Data::Int(number) => *number,
            Data::Null => 0,
            _ => {
                self.expected("a whole number", node);
                0
            }
        }
    }

    /// The elements of a list.
    pub(crate) fn items(&mut self, node: NodeId) -> Vec<NodeId> {
        match &self.tree.node(node).data {
            Data::List => self.tree.children(node).collect(),
            Data::Null => Vec::new(),
            _ => {
                self.expected("a list", node);
                Vec::new()
            }
        }
    }

    pub(crate) fn texts(&mut self, node: NodeId) -> Vec<Text> {
        let items = self.items(node);
        items
            .into_iter()
            .filter_map(|item| self.text(item))
            .collect()
    }

    /// The keys and texts of a map, sorted by key.
    pub(crate) fn pairs(&mut self, node: NodeId) -> Vec<(Text, Text)> {
        if !matches!(self.tree.node(node).data, Data::Map | Data::Null) {
            self.expected("a map", node);
        }
        let children: Vec<NodeId> = self.tree.children(node).collect();
        let mut pairs = Vec::new();
        for child in children {
            let Some(key) = self.tree.node(child).key.clone() else {
                continue;
            };
            let empty = Text {
                value: SmolStr::default(),
                span: self.span(child),
            };
            let is_text = matches!(self.tree.node(child).data, Data::String(_) | Data::Null);
            if !is_text {
                self.expected("a text", child);
                continue;
            }
            let value = self.text(child).unwrap_or(empty);
            let key = Text {
                value: key.text,
                span: key.span,
            };
            pairs.push((key, value));
        }
        pairs.sort_by(|(one, _), (other, _)| one.value.cmp(&other.value));
        pairs
    }
}

/// The fields of a map that were not read yet.
#[derive(Default)]
pub(crate) struct Fields {
    open: Vec<NodeId>,
    known: Vec<&'static str>,
}

impl Fields {
    /// The value of a field; none where it is null. Like Go's decoder, this takes keys of any case where none has the right one.
    pub(crate) fn take(&mut self, decoder: &Decoder<'_>, key: &'static str) -> Option<NodeId> {
        self.known.push(key);
        let name = |node: &NodeId| decoder.tree.node(*node).key.as_ref().map(|key| &key.text);
        let exact = |node: &NodeId| name(node).is_some_and(|name| name == key);
        let folded = |node: &NodeId| name(node).is_some_and(|name| name.eq_ignore_ascii_case(key));
        let found = self.open.iter().copied().find(exact);
        // Of several that differ in case, the last one counts in the order of their names.
        let other = self
            .open
            .iter()
            .copied()
            .filter(folded)
            .max_by_key(|node| name(node).cloned());
        let node = found.or(other)?;
        self.open.retain(|node| !folded(node));
        (!decoder.is_null(node)).then_some(node)
    }

    pub(crate) fn text(&mut self, decoder: &mut Decoder<'_>, key: &'static str) -> Option<Text> {
        let node = self.take(decoder, key)?;
        decoder.text(node)
    }

    /// A text that counts only if it is not empty.
    pub(crate) fn filled(&mut self, decoder: &mut Decoder<'_>, key: &'static str) -> Option<Text> {
        self.text(decoder, key)
            .filter(|text| !text.value.is_empty())
    }

    /// The value of a text, empty where it is left out.
    pub(crate) fn value(&mut self, decoder: &mut Decoder<'_>, key: &'static str) -> SmolStr {
        self.text(decoder, key)
            .map(|text| text.value)
            .unwrap_or_default()
    }

    pub(crate) fn flag(&mut self, decoder: &mut Decoder<'_>, key: &'static str) -> bool {
        self.take(decoder, key)
            .is_some_and(|node| decoder.flag(node))
    }

    pub(crate) fn integer(&mut self, decoder: &mut Decoder<'_>, key: &'static str) -> i64 {
        self.take(decoder, key)
            .map_or(0, |node| decoder.integer(node))
    }

    pub(crate) fn texts(&mut self, decoder: &mut Decoder<'_>, key: &'static str) -> Vec<Text> {
        self.take(decoder, key)
            .map(|node| decoder.texts(node))
            .unwrap_or_default()
    }

    pub(crate) fn pairs(
        &mut self,
        decoder: &mut Decoder<'_>,
        key: &'static str,
    ) -> Vec<(Text, Text)> {
        self.take(decoder, key)
            .map(|node| decoder.pairs(node))
            .unwrap_or_default()
    }

    /// The elements of a list, each read by `read`.
    pub(crate) fn each<T>(
        &mut self,
        decoder: &mut Decoder<'_>,
        key: &'static str,
        mut read: impl FnMut(&mut Decoder<'_>, NodeId) -> T,
    ) -> Vec<T> {
        let items = self.take(decoder, key).map(|node| decoder.items(node));
        let items = items.unwrap_or_default().into_iter();
        items.map(|item| read(decoder, item)).collect()
    }

    /// Whether all fields that hold something were read.
    pub(crate) fn is_all_read(&self, decoder: &Decoder<'_>) -> bool {
        self.open.iter().all(|node| decoder.is_null(*node))
    }

    /// Tells of the fields that nobody asked for.
    pub(crate) fn finish(self, decoder: &mut Decoder<'_>) {
        if !decoder.is_strict {
            return;
        }
        for node in self.open {
            let Some(key) = &decoder.tree.node(node).key else {
                continue;
            };
            let message = format!("there is no field `{}` here", key.text);
            let problem = Problem::at(Level::Error, "unknown-field", message, key.span);
            let near = nearest(&key.text, self.known.iter().copied());
            decoder.problems.push(match near {
                Some(near) => problem.with_help(format!("did you mean `{near}`?")),
                None => problem,
            });
        }
    }
}
