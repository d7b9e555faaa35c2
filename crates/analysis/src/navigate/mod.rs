//! What texts name: where that is declared, and where else it is named.
//!
//! Files are read for names only when somebody asks, and only those in which the name can stand.

mod helm;
mod kubernetes;
mod kustomize;
mod mention;
mod symbols;
mod terraform;
mod texts;

use std::path::Path;

use source::{FileSystem, Span};

use crate::workspace::Workspace;
use mention::{Mention, Role};
pub(crate) use texts::Texts;

pub use kustomize::FileLink;
pub use symbols::Symbol;

/// Which of the places of a name are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Where it is declared.
    Declarations,
    /// Where it is used.
    Uses,
    /// Both.
    All,
}

impl Workspace {
    /// The places of what the text at a place names, a byte of a file by its shown path, sorted. Where no name stands, a value is
    /// declared where it was set first, and used where others take its place.
    #[must_use]
    pub fn places_of(
        &self,
        system: &dyn FileSystem,
        shown: &Path,
        offset: u32,
        wanted: Wanted,
    ) -> Vec<Span> {
        let Some(texts) = self.texts(system) else {
            return Vec::new();
        };
        let named = texts.named(shown, offset);
        let mut places: Vec<Span> = named
            .iter()
            .flat_map(|here| texts.mentions_of(&here.name, wanted))
            .filter(|one| wanted.has(one.role))
            .map(|one| one.span)
            .collect();
        if places.is_empty() {
            places = self.replaced_at(shown, offset, wanted);
        }
        places.sort_unstable();
        places.dedup();
        places
    }
}

impl Wanted {
    fn has(self, role: Role) -> bool {
        match self {
            Self::Declarations => role == Role::Declares,
            Self::Uses => role == Role::Uses,
            Self::All => true,
        }
    }
}

impl Texts<'_> {
    /// What the text at a place names. The smallest text that names something counts.
    fn named(&self, shown: &Path, offset: u32) -> Vec<Mention> {
        let Some(file) = self.read(&self.full(shown)) else {
            return Vec::new();
        };
        let mut here = self.mentions(&file);
        here.retain(|one| one.span.start <= offset && offset <= one.span.end);
        let smallest = here.iter().map(|one| one.span.len()).min();
        here.retain(|one| Some(one.span.len()) == smallest);
        here
    }
}
