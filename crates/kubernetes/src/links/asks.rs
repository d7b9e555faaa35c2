//! What links of resources were looked up by, so that it is known whose links may change where something comes, goes or is called
//! otherwise.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use graph::{Namespace, ResourceId};

use super::index::Of;
use crate::kinds::{self, Scope};

/// What was asked for, as a number: that two questions have the same one costs only time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ask(u64);

/// A question to all that a graph has.
#[derive(Hash)]
pub(super) enum Question<'a> {
    /// What is called so.
    Named(&'a str, &'a str),
    /// What a controller creates, by its name.
    Created(&'a str),
    /// Claims whose names begin so.
    Claims(&'a str),
    /// What selectors match.
    Selected(Of),
}

impl Ask {
    /// A question within a namespace, or within all.
    pub(super) fn within(question: &Question<'_>, namespace: Option<&str>) -> Self {
        let mut hasher = DefaultHasher::new();
        (question, namespace).hash(&mut hasher);
        Self(hasher.finish())
    }

    /// The questions that a reference from or into a namespace asks.
    pub(super) fn from<'a>(
        question: Question<'a>,
        namespace: &'a Namespace,
    ) -> impl Iterator<Item = Self> + use<'a> {
        // Nobody may know whether a custom kind has namespaces.
        let is_open = match &question {
            Question::Named(kind, _) => kinds::scope(kind) != Some(Scope::Namespaced),
            Question::Created(_) | Question::Claims(_) | Question::Selected(_) => false,
        };
        let name = namespace.name();
        let all = is_open && name.is_some();
        let within = std::iter::once(name).chain(all.then_some(None));
        within.map(move |name| Self::within(&question, name))
    }

    /// The questions to which something in a namespace is an answer.
    pub(super) fn to<'a>(
        question: Question<'a>,
        namespace: &'a Namespace,
    ) -> impl Iterator<Item = Self> + use<'a> {
        let name = namespace.name();
        let within = std::iter::once(None).chain(name.map(Some));
        within.map(move |name| Self::within(&question, name))
    }
}

/// How many questions are kept apart from the many, as those are sorted anew each time.
const RECENT: usize = 4096;

/// Who asked what. Who asks something no more may stand there still.
#[derive(Clone, Debug, Default)]
pub(super) struct Asks {
    known: Arc<Vec<(Ask, ResourceId)>>,
    recent: Vec<(Ask, ResourceId)>,
}

impl Asks {
    /// Notes who asked what.
    pub(super) fn extend(&mut self, asked: impl IntoIterator<Item = (Ask, ResourceId)>) {
        self.recent.extend(asked);
        self.recent.sort_unstable();
        self.recent.dedup();
        if self.recent.len() > RECENT {
            let known = Arc::make_mut(&mut self.known);
            known.append(&mut self.recent);
            // Two runs that are sorted are merged.
            known.sort();
            known.dedup();
        }
    }

    /// Adds who asked something.
    pub(super) fn askers(&self, ask: Ask, found: &mut BTreeSet<ResourceId>) {
        for rows in [&self.known[..], &self.recent] {
            let start = rows.partition_point(|(one, _)| *one < ask);
            let own = rows[start..].iter().take_while(|(one, _)| *one == ask);
            found.extend(own.map(|(_, id)| *id));
        }
    }
}
