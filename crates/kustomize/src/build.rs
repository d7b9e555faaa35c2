//! What a kustomization gives.

use std::path::PathBuf;
use std::sync::Arc;

use graph::{SmolStr, Tree, Unknown};
use source::{Problem, Span};
use yaml::emit::{Layout, Tabs, Value, emit};

/// What a kustomization gives.
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// The objects in the order in which they are printed.
    pub resources: Vec<Built>,
    /// The files that were read, and as what, sorted.
    pub used: Vec<Used>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// An object of a kustomization.
#[derive(Clone, Debug)]
pub struct Built {
    /// The value. Its nodes stand where they were set last, and know the places that they came through.
    pub tree: Tree,
    /// The condition under which it is there, where that can't be known.
    pub conditional: Option<Arc<Unknown>>,
    /// The entries of kustomizations that brought it, the innermost first.
    pub listed: Vec<Span>,
    /// The value as it is printed.
    pub(crate) printed: Value<SmolStr>,
}

impl Built {
    /// The object as `kustomize build` prints it.
    #[must_use]
    pub fn text(&self) -> SmolStr {
        text(&self.printed)
    }
}

/// A file or folder that a kustomization uses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Used {
    /// The path under which it was read.
    pub path: PathBuf,
    /// As what it is used.
    pub role: Use,
    /// The kustomization that uses it.
    pub by: PathBuf,
}

/// As what a file or folder is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Use {
    /// The file that holds the kustomization.
    Kustomization,
    /// A file of objects.
    Resource,
    /// A folder with a kustomization that this one builds on.
    Base,
    /// A folder with a component.
    Component,
    /// A patch.
    Patch,
    /// What a generator makes objects of.
    Input,
    /// A file with replacements.
    Replacement,
    /// A file that describes a generator, a transformer or a validator.
    Plugin,
    /// A file that says which fields transformers change.
    Configuration,
    /// A file with the schema of custom resources.
    Schema,
    /// The folder of a chart.
    Chart,
    /// A file of a chart's values.
    Values,
}

impl Build {
    /// The objects as `kustomize build` prints them.
    #[must_use]
    pub fn text(&self) -> String {
        let texts: Vec<SmolStr> = self.resources.iter().map(Built::text).collect();
        texts.join("---\n")
    }
}

/// The text of a value.
fn text(value: &Value<SmolStr>) -> SmolStr {
    let layout = Layout {
        width: 80,
        indents_lists: false,
        tabs: Tabs::Quoted,
    };
    let mut pay = |_| -> Result<(), std::convert::Infallible> { Ok(()) };
    match emit(value, layout, &mut pay) {
        Ok(text) => text,
        Err(never) => match never {},
    }
}
