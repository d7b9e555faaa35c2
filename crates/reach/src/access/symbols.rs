//! Texts as numbers, which compare quickly and need little memory.

use std::collections::HashMap;

use graph::SmolStr;

/// A text of one [`Symbols`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Symbol(u32);

impl Symbol {
    /// No symbol comes before it.
    pub(crate) const FIRST: Self = Self(0);
    /// No symbol comes after it.
    pub(crate) const LAST: Self = Self(u32::MAX);
}

/// The empty text: the core API group.
pub(crate) const EMPTY: Symbol = Symbol(0);

/// All texts that roles and bindings hold.
#[derive(Debug)]
pub(crate) struct Symbols {
    numbers: HashMap<SmolStr, Symbol>,
    texts: Vec<SmolStr>,
}

impl Symbols {
    /// The empty text, which has a fixed number.
    pub(crate) fn new() -> Self {
        let mut symbols = Self {
            numbers: HashMap::new(),
            texts: Vec::new(),
        };
        symbols.add("");
        symbols
    }

    /// The number of a text, which may be new.
    pub(crate) fn add(&mut self, text: &str) -> Symbol {
        if let Some(found) = self.numbers.get(text) {
            return *found;
        }
        let number = u32::try_from(self.texts.len()).expect("input has fewer than 2^32 texts");
        let text = SmolStr::from(text);
        self.texts.push(text.clone());
        self.numbers.insert(text, Symbol(number));
        Symbol(number)
    }

    /// The number of a text, if anything holds it.
    pub(crate) fn find(&self, text: &str) -> Option<Symbol> {
        self.numbers.get(text).copied()
    }

    /// The text with a number.
    pub(crate) fn text(&self, symbol: Symbol) -> &SmolStr {
        &self.texts[symbol.0 as usize]
    }
}
