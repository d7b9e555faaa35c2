//! Which key does what: the table of actions, and what the user's configuration says otherwise.

use std::collections::BTreeMap;

use super::{ACTIONS, Action, Press};

/// Which key does what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bindings {
    by_key: BTreeMap<Press, Action>,
    by_action: BTreeMap<Action, Vec<Press>>,
}

impl Default for Bindings {
    fn default() -> Self {
        let mut bindings = Self {
            by_key: BTreeMap::new(),
            by_action: BTreeMap::new(),
        };
        for entry in &ACTIONS {
            let keys = entry.keys.split(' ').filter_map(Press::parse);
            bindings.bind(entry.action, keys.collect());
        }
        bindings
    }
}

impl Bindings {
    /// The usual keys, but for some actions others. A key that two actions want does what is said last.
    ///
    /// # Errors
    /// When there is no such action or key; the error says which.
    pub(crate) fn new(others: &BTreeMap<String, Vec<String>>) -> Result<Self, String> {
        let mut bindings = Self::default();
        for (name, keys) in others {
            let mut entries = ACTIONS.iter();
            let Some(entry) = entries.find(|entry| entry.name == name) else {
                let near = source::nearest(name, ACTIONS.iter().map(|entry| entry.name));
                let near =
                    near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                return Err(format!(
                    "there is no action `{}`{near}",
                    source::neutral(name)
                ));
            };
            let read = keys.iter().map(|key| {
                Press::parse(key)
                    .ok_or_else(|| format!("there is no key `{}`", source::neutral(key)))
            });
            let keys: Vec<Press> = read.collect::<Result<_, String>>()?;
            bindings.bind(entry.action, keys);
        }
        match bindings
            .by_action
            .get(&Action::Quit)
            .is_none_or(Vec::is_empty)
        {
            true => Err("no key is left for `quit`".to_owned()),
            false => Ok(bindings),
        }
    }

    fn bind(&mut self, action: Action, keys: Vec<Press>) {
        self.by_key.retain(|_, bound| *bound != action);
        for key in &keys {
            if let Some(before) = self.by_key.insert(*key, action)
                && let Some(keys) = self.by_action.get_mut(&before)
            {
                keys.retain(|one| one != key);
            }
        }
        self.by_action.insert(action, keys);
    }

    /// What a key does.
    pub(crate) fn action(&self, press: Press) -> Option<Action> {
        self.by_key.get(&press).copied()
    }

    /// The keys of an action.
    pub(crate) fn keys(&self, action: Action) -> &[Press] {
        self.by_action.get(&action).map_or(&[], Vec::as_slice)
    }

    /// The first key of an action, for hints.
    pub(crate) fn hint(&self, action: Action) -> String {
        let first = self.keys(action).first();
        first.map(ToString::to_string).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, keys: &[&str]) -> Result<Bindings, String> {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        Bindings::new(&BTreeMap::from([(name.to_owned(), keys)]))
    }

    #[test]
    fn no_key_of_the_table_does_two_things() {
        let bindings = Bindings::default();
        for entry in &ACTIONS {
            let keys: Vec<&str> = entry.keys.split(' ').collect();
            assert_eq!(
                bindings.keys(entry.action).len(),
                keys.len(),
                "{}",
                entry.name
            );
        }
    }

    #[test]
    fn keys_are_bound_otherwise() {
        let bindings = told("fix", &["ctrl-j", "u"]).expect("both are there");
        let action = |name: &str| bindings.action(Press::parse(name).expect("a key"));
        assert_eq!(action("ctrl-j"), Some(Action::Fix));
        assert_eq!(action("u"), Some(Action::Fix));
        assert_eq!(action("f"), None);
        assert!(bindings.keys(Action::Undo).is_empty());
    }

    #[test]
    fn what_is_not_there_is_named() {
        let cases = [
            (
                told("fixx", &["f"]),
                "there is no action `fixx`; did you mean `fix`?",
            ),
            (told("fix", &["hyper-f"]), "there is no key `hyper-f`"),
            (told("quit", &[]), "no key is left for `quit`"),
        ];
        for (told, expected) in cases {
            assert_eq!(told, Err(expected.to_owned()));
        }
    }
}
