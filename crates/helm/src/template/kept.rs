//! Templates of files, kept from one rendering to the next.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use smol_str::SmolStr;

use super::{Parsed, TemplateSource, parse};
use crate::run::Failure;

/// What was read of one text, under each of the names that it has: a chart may take part under several.
#[derive(Clone, Debug, Default)]
pub struct Kept(Arc<Mutex<HashMap<SmolStr, Arc<ReadTemplate>>>>);

/// A text, and the templates in it.
#[derive(Debug)]
pub struct ReadTemplate {
    /// The text and its name.
    pub source: Arc<TemplateSource>,
    /// The templates, or why there are none.
    pub parsed: Result<Parsed, Failure>,
}

impl Kept {
    /// The text under a name. `source` makes it, if it was not read under this name yet.
    pub fn read(&self, name: &str, source: impl FnOnce() -> TemplateSource) -> Arc<ReadTemplate> {
        // Nothing is written half: what another thread kept before it failed is whole.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(read) = kept.get(name) {
            return Arc::clone(read);
        }
        let source = Arc::new(source());
        let parsed = parse(&source);
        let read = Arc::new(ReadTemplate { source, parsed });
        kept.insert(name.into(), Arc::clone(&read));
        read
    }
}
