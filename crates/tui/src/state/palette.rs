//! Every action in one list that is searched and run: it is the help, too.

use super::{Input, List, State};
use crate::keys::{ACTIONS, Action, Entry};

/// Every action in one list that is searched and run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Palette {
    pub(crate) input: Input,
    pub(crate) list: List,
    /// The actions that are found, in their order.
    pub(crate) found: Vec<Action>,
}

impl Palette {
    pub(crate) fn new(state: &State) -> Self {
        let mut palette = Self::default();
        palette.search(state);
        palette
    }

    /// Finds the actions whose name, meaning or key has all the words that are typed. What can be run stands first.
    pub(super) fn search(&mut self, state: &State) {
        let text = self.input.text.to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let is_found = |entry: &&Entry| {
            let keys = state.settings.bindings.keys(entry.action).iter();
            let keys: Vec<String> = keys.map(ToString::to_string).collect();
            let told = format!("{} {}", entry.name, entry.meaning).to_lowercase();
            words
                .iter()
                .all(|word| told.contains(word) || keys.iter().any(|key| key == word))
        };
        let mut found: Vec<Action> = ACTIONS
            .iter()
            .filter(is_found)
            .map(|entry| entry.action)
            .collect();
        if !words.is_empty() {
            found.sort_by_key(|action| state.disabled(*action).is_some());
        }
        self.found = found;
        self.list = List::default();
    }
}
