//! The lists of texts in rules.

use std::sync::Arc;

use graph::{Data, NodeId, Tree, Unknown};

use super::question::Word;
use super::symbols::{Symbol, Symbols};
use super::text::{self, Pattern, Text};
use crate::truth::Truth;

/// A list of texts, of which some may be unknown.
#[derive(Clone, Debug, Default)]
pub(super) struct Items {
    /// Sorted and without repetition.
    known: Box<[Symbol]>,
    /// Most lists are wholly known.
    open: Option<Box<Open>>,
}

/// What is not known of a list.
#[derive(Clone, Debug, Default)]
struct Open {
    patterns: Vec<Pattern>,
    /// Why there may be other elements.
    rest: Option<Arc<Unknown>>,
}

impl Items {
    pub(super) fn new(mut known: Vec<Symbol>) -> Self {
        known.sort_unstable();
        known.dedup();
        Self {
            known: known.into(),
            open: None,
        }
    }

    /// A list of which nothing is known.
    pub(super) fn unknown(cause: &Arc<Unknown>) -> Self {
        Self::default().with_open(Open {
            patterns: Vec::new(),
            rest: Some(Arc::clone(cause)),
        })
    }

    /// The list under a key of a map.
    pub(super) fn read(symbols: &mut Symbols, tree: &Tree, map: NodeId, key: &str) -> Self {
        let Some(list) = tree.get(map, key) else {
            return tree.open(map).map_or_else(Self::default, Self::unknown);
        };
        match &tree.node(list).data {
            Data::List => Self::read_list(symbols, tree, list),
            Data::Unknown(cause) => Self::unknown(cause),
            _ => Self::default(),
        }
    }

    fn read_list(symbols: &mut Symbols, tree: &Tree, list: NodeId) -> Self {
        let mut known = Vec::new();
        let mut open = Open {
            patterns: Vec::new(),
            rest: tree.open(list).cloned(),
        };
        // What stands for further elements says no more than that there may be some.
        for node in tree.children(list).filter(|node| !tree.is_symbolic(*node)) {
            match Text::read(symbols, tree, node) {
                Some(Text::Known(symbol)) => known.push(symbol),
                Some(Text::Open(pattern)) => open.patterns.push(*pattern),
                None => {}
            }
        }
        Self::new(known).with_open(open)
    }

    fn with_open(mut self, open: Open) -> Self {
        let is_open = open.rest.is_some() || !open.patterns.is_empty();
        self.open = is_open.then(|| Box::new(open));
        self
    }

    pub(super) fn known(&self) -> &[Symbol] {
        &self.known
    }

    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Why the list is not wholly known.
    pub(super) fn cause(&self) -> Option<&Arc<Unknown>> {
        let open = self.open.as_ref()?;
        let pattern = open.patterns.first().map(|pattern| &pattern.cause);
        pattern.or(open.rest.as_ref())
    }

    /// Whether the list is known to have no elements.
    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty() && !self.is_open()
    }

    fn has(&self, word: &Word) -> bool {
        word.symbol
            .is_some_and(|symbol| self.known.binary_search(&symbol).is_ok())
    }

    /// Whether the list holds one of these words.
    pub(super) fn hold(&self, words: &[Word]) -> Truth {
        if words.iter().any(|word| self.has(word)) {
            return Truth::Yes;
        }
        self.maybe(|pattern| words.iter().any(|word| pattern.may_be(&word.text)))
    }

    /// Whether the list, which restricts only where it has elements, lets this name through.
    pub(super) fn admit(&self, name: &Word) -> Truth {
        if self.is_empty() || self.has(name) {
            return Truth::Yes;
        }
        self.maybe(|pattern| pattern.may_be(&name.text))
    }

    /// Whether an element is this path, or a beginning of it with `*` behind.
    pub(super) fn cover(&self, path: &Word, symbols: &Symbols) -> Truth {
        let is_covered = |symbol: &Symbol| text::covers(symbols.text(*symbol), &path.text);
        if self.has(path) || self.known.iter().any(is_covered) {
            return Truth::Yes;
        }
        self.maybe(|pattern| pattern.may_cover(&path.text))
    }

    fn maybe(&self, fits: impl Fn(&Pattern) -> bool) -> Truth {
        let Some(open) = &self.open else {
            return Truth::No;
        };
        let pattern = open.patterns.iter().find(|pattern| fits(pattern));
        let cause = pattern.map(|pattern| &pattern.cause).or(open.rest.as_ref());
        cause.map_or(Truth::No, |cause| Truth::Maybe(Arc::clone(cause)))
    }
}
