//! What a value may be, as far as that is told by the text of templates alone.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::paths::{Path, Step};

/// A path that is longer leads nowhere: templates that make it go in circles.
const LONGEST: usize = 40;

/// A chart among those of a rendering.
pub(super) type PartId = usize;

/// Everything that a value may be. Nothing at all, where the way to it can't be gone.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Seen {
    /// What the templates of a chart see as `.`.
    pub(super) tops: BTreeSet<PartId>,
    /// Values at paths.
    pub(super) paths: BTreeSet<Path>,
    /// Strings that templates write.
    pub(super) texts: BTreeSet<SmolStr>,
    /// The entries of a map, or the elements of a list by index, that templates make.
    pub(super) entries: BTreeMap<SmolStr, Self>,
    /// Further entries or elements, of which it can't be told which.
    pub(super) rest: Option<Box<Self>>,
    /// Anything that comes from no values.
    pub(super) is_other: bool,
}

impl Seen {
    pub(super) fn top(part: PartId) -> Self {
        Self {
            tops: BTreeSet::from([part]),
            ..Self::default()
        }
    }

    pub(super) fn path(path: Path) -> Self {
        Self {
            paths: BTreeSet::from([path]),
            ..Self::default()
        }
    }

    pub(super) fn text(text: impl Into<SmolStr>) -> Self {
        Self {
            texts: BTreeSet::from([text.into()]),
            ..Self::default()
        }
    }

    pub(super) fn other() -> Self {
        Self {
            is_other: true,
            ..Self::default()
        }
    }

    /// A list of which only the elements together are known.
    pub(super) fn list(elements: Self) -> Self {
        Self {
            rest: Some(Box::new(elements)),
            ..Self::default()
        }
    }

    /// The strings that it may be, if it can be nothing else.
    pub(super) fn constants(&self) -> Option<&BTreeSet<SmolStr>> {
        let is_more = self.is_other
            || self.rest.is_some()
            || !self.tops.is_empty()
            || !self.paths.is_empty()
            || !self.entries.is_empty();
        (!is_more && !self.texts.is_empty()).then_some(&self.texts)
    }

    /// Adds what another value may be.
    pub(super) fn join(&mut self, other: Self) {
        self.tops.extend(other.tops);
        self.paths.extend(other.paths);
        self.texts.extend(other.texts);
        for (key, value) in other.entries {
            self.entries.entry(key).or_default().join(value);
        }
        if let Some(rest) = other.rest {
            self.rest.get_or_insert_default().join(*rest);
        }
        self.is_other |= other.is_other;
    }

    /// Everything that one of several values may be.
    pub(super) fn union(all: impl IntoIterator<Item = Self>) -> Self {
        let mut union = Self::default();
        all.into_iter().for_each(|one| union.join(one));
        union
    }

    /// The value of a key in what is no chart.
    pub(super) fn entry(&self, key: &Step) -> Self {
        let mut value = Self {
            paths: self
                .paths
                .iter()
                .filter(|path| path.len() < LONGEST)
                .map(|path| [path.as_slice(), std::slice::from_ref(key)].concat())
                .collect(),
            is_other: self.is_other,
            ..Self::default()
        };
        match key {
            Step::Key(key) => value.join(self.entries.get(key).cloned().unwrap_or_default()),
            Step::Any => self
                .entries
                .values()
                .for_each(|one| value.join(one.clone())),
        }
        if let Some(rest) = &self.rest {
            value.join((**rest).clone());
        }
        value
    }
}
