//! Strict reading of a map: every key is asked for, and what was not is a problem.

use std::cell::RefCell;

use graph::{Data, NodeId, SmolStr, Tree};
use source::{Level, Problem, Span};

/// The keys of one map of a file.
pub(crate) struct Fields<'a> {
    tree: &'a Tree,
    map: NodeId,
    /// What the map is, for messages.
    what: &'static str,
    problems: &'a RefCell<Vec<Problem>>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(
        tree: &'a Tree,
        map: NodeId,
        what: &'static str,
        problems: &'a RefCell<Vec<Problem>>,
    ) -> Self {
        let fields = Self {
            tree,
            map,
            what,
            problems,
            asked: RefCell::default(),
        };
        if tree.node(map).data != Data::Map {
            fields.problem(format!("{what} must be a map"), map);
        }
        fields
    }

    pub(crate) fn problem(&self, message: impl Into<String>, node: NodeId) {
        self.problem_at(message, self.tree.node(node).span);
    }

    pub(crate) fn problem_at(&self, message: impl Into<String>, span: Span) {
        self.add(Problem::at(Level::Error, "invalid-check", message, span));
    }

    pub(crate) fn add(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    /// The node under a key that may be absent.
    pub(crate) fn optional(&self, key: &'static str) -> Option<NodeId> {
        self.asked.borrow_mut().push(key);
        self.tree.get(self.map, key)
    }

    /// The node under a key that must be there.
    pub(crate) fn required(&self, key: &'static str) -> Option<NodeId> {
        let node = self.optional(key);
        if node.is_none() {
            self.problem(format!("{} has no `{key}`", self.what), self.map);
        }
        node
    }

    pub(crate) fn as_text(&self, node: NodeId, key: &str) -> Option<SmolStr> {
        let text = self.tree.as_text(node).cloned();
        if text.is_none() {
            self.problem(format!("`{key}` must be text"), node);
        }
        text
    }

    pub(crate) fn required_text(&self, key: &'static str) -> Option<SmolStr> {
        self.as_text(self.required(key)?, key)
    }

    pub(crate) fn optional_text(&self, key: &'static str) -> Option<SmolStr> {
        self.as_text(self.optional(key)?, key)
    }

    pub(crate) fn elements(&self, node: NodeId, key: &str) -> Vec<NodeId> {
        if self.tree.node(node).data != Data::List {
            self.problem(format!("`{key}` must be a list"), node);
        }
        self.tree.children(node).collect()
    }

    pub(crate) fn texts(&self, node: NodeId, key: &str) -> Vec<SmolStr> {
        self.elements(node, key)
            .into_iter()
            .filter_map(|node| self.as_text(node, key))
            .collect()
    }

    pub(crate) fn optional_texts(&self, key: &'static str) -> Vec<SmolStr> {
        self.optional(key)
            .map(|node| self.texts(node, key))
            .unwrap_or_default()
    }

    /// `true`, `false`, `on` or `off`, which YAML 1.1 reads as truth values.
    pub(crate) fn optional_bool(&self, key: &'static str) -> Option<bool> {
        let node = self.optional(key)?;
        match self.tree.node(node).data {
            Data::Bool(value) => Some(value),
            _ => {
                self.problem(format!("`{key}` must be true or false"), node);
                None
            }
        }
    }

    /// Reports every key that was not asked for.
    pub(crate) fn finish(self) {
        let asked = self.asked.borrow();
        for child in self.tree.children(self.map) {
            let Some(key) = &self.tree.node(child).key else {
                continue;
            };
            if asked.contains(&key.text.as_str()) {
                continue;
            }
            let message = format!("{} knows no `{}`", self.what, source::neutral(&key.text));
            let problem = Problem::at(Level::Error, "invalid-check", message, key.span);
            self.problems.borrow_mut().push(
                match source::nearest(&key.text, asked.iter().copied()) {
                    Some(near) => problem.with_help(format!("did you mean `{near}`?")),
                    None => problem.with_help(format!("the keys are {}", asked.join(", "))),
                },
            );
        }
    }
}
