//! Commands that are typed behind `:`.

use std::collections::BTreeSet;

use analysis::query::Completion;
use source::nearest;

use super::{State, View};
use crate::keys::{ACTIONS, Action};
use crate::message::{Effect, Tone};
use crate::theme::Theme;

/// Commands that are no actions, and what they do.
const WORDS: [(&str, &str); 5] = [
    ("ns", "show the resources of a namespace"),
    ("check", "explain a check"),
    ("filter", "filter the page"),
    ("theme", "dark, light, sixteen or plain"),
    ("help", "find and run any action"),
];

impl State {
    /// Runs a command: a view or another action by its name, a kind, or one of a few words with an argument.
    pub(super) fn command(&mut self, text: &str) -> Vec<Effect> {
        let text = text.trim();
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        let rest = rest.trim();
        let name = word.to_lowercase();
        match name.as_str() {
            "" => return Vec::new(),
            "q" | "q!" | "wq" => return self.act(Action::Quit),
            "help" => return self.act(Action::Palette),
            "ns" | "namespace" if !rest.is_empty() => {
                self.open_filtered(View::Resources, &format!("ns:{}", quoted(rest)));
                return Vec::new();
            }
            "check" if !rest.is_empty() => {
                self.open(View::Check(rest.into()));
                return Vec::new();
            }
            "filter" => {
                self.page.set_filter(rest);
                self.rebuild();
                if let Some(error) = &self.page.error {
                    let message = error.message.clone();
                    self.tell(Tone::Bad, message);
                }
                return Vec::new();
            }
            "theme" if !rest.is_empty() => {
                self.choose_theme(rest);
                return Vec::new();
            }
            _ => {}
        }
        if let Some(entry) = ACTIONS.iter().find(|entry| entry.name == name) {
            return self.act(entry.action);
        }
        if let Some(kind) = self.kind(&name) {
            let namespace = match rest.is_empty() {
                true => String::new(),
                false => format!(" ns:{}", quoted(rest)),
            };
            self.open_filtered(View::Resources, &format!("kind:{kind}{namespace}"));
            return Vec::new();
        }
        let known: Vec<String> = self.words().into_iter().map(|(word, _)| word).collect();
        let near = nearest(&name, known.iter().map(String::as_str));
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        self.tell(Tone::Bad, format!("there is no command `{name}`{near}"));
        Vec::new()
    }

    fn choose_theme(&mut self, name: &str) {
        match Theme::parse(name) {
            Some(theme) => self.settings.theme = theme,
            None => self.tell(Tone::Bad, format!("there is no theme `{name}`")),
        }
    }

    /// The kind that a word means: its name, its plural, or the beginning of one only.
    fn kind(&self, word: &str) -> Option<String> {
        let kinds = self.kinds();
        let short = word.strip_suffix('s').unwrap_or(word);
        let exact = kinds.iter().find(|kind| {
            let kind = kind.to_lowercase();
            kind == word || kind == short || word.strip_suffix("es") == Some(&kind)
        });
        let begins = || {
            let mut all = kinds
                .iter()
                .filter(|kind| kind.to_lowercase().starts_with(short));
            all.next().filter(|_| short.len() > 1)
        };
        exact.or_else(begins).cloned()
    }

    fn kinds(&self) -> BTreeSet<String> {
        let picture = self.picture.iter();
        let resources = picture.flat_map(|picture| &picture.survey.resources);
        resources.map(|one| one.kind.to_string()).collect()
    }

    /// All that a command can begin with, and what it means.
    fn words(&self) -> Vec<(String, &'static str)> {
        let words = WORDS
            .iter()
            .map(|(word, meaning)| ((*word).to_owned(), *meaning));
        let actions = ACTIONS
            .iter()
            .map(|entry| (entry.name.to_owned(), entry.meaning));
        let kinds = self.kinds().into_iter();
        let kinds = kinds.map(|kind| (kind.to_lowercase(), "show the resources of this kind"));
        let mut all: Vec<_> = words.chain(actions).chain(kinds).collect();
        all.sort();
        all
    }
}

/// What a command can go on with.
pub(super) fn completions(state: &State, text: &str) -> Vec<Completion> {
    let (word, rest) = match text.split_once(' ') {
        Some((word, rest)) => (word, Some(rest)),
        None => (text, None),
    };
    let Some(rest) = rest else {
        let typed = word.to_lowercase();
        let words = state.words().into_iter();
        return words
            .filter(|(word, _)| word.starts_with(&typed))
            .map(|(word, meaning)| completion(0..text.len(), word, meaning))
            .collect();
    };
    let picture = state.picture.as_ref();
    let values: BTreeSet<String> = match (word, picture) {
        ("theme", _) => Theme::ALL
            .iter()
            .map(|theme| theme.name().to_owned())
            .collect(),
        ("check", Some(picture)) => picture
            .report
            .checks
            .iter()
            .map(|one| one.id.to_string())
            .collect(),
        (_, Some(picture)) if word != "filter" => {
            let resources = picture.survey.resources.iter();
            resources
                .filter_map(|one| Some(one.namespace.as_ref()?.to_string()))
                .collect()
        }
        _ => BTreeSet::new(),
    };
    values
        .into_iter()
        .filter(|value| value.starts_with(rest))
        .map(|value| completion(word.len() + 1..text.len(), value, ""))
        .collect()
}

fn completion(at: std::ops::Range<usize>, text: String, meaning: &'static str) -> Completion {
    Completion { at, text, meaning }
}

fn quoted(text: &str) -> String {
    match text.contains([' ', '"']) {
        true => format!("\"{}\"", text.replace('"', "")),
        false => text.to_owned(),
    }
}
