//! The templates that can be called by name.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::template::Template;
use crate::value::Text;

/// The templates that can be called by name. What `tpl` defines stands in a scope of its own, in front of the others.
#[derive(Debug, Default)]
pub struct Scope {
    templates: HashMap<SmolStr, Definition>,
    outer: Option<Rc<Self>>,
    /// The number of scopes behind it.
    depth: u64,
}

/// A template that can be called.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The template.
    pub template: Arc<Template>,
    /// The text that it was read from, if that is not a file: its bytes have origins of their own.
    pub text: Option<Text>,
}

impl Scope {
    /// An empty scope with room for so many templates.
    #[must_use]
    pub fn with_room(templates: usize) -> Self {
        Self {
            templates: HashMap::with_capacity(templates),
            ..Self::default()
        }
    }

    /// An empty scope in front of another one.
    #[must_use]
    pub fn inside(outer: Rc<Self>) -> Self {
        Self {
            templates: HashMap::new(),
            depth: outer.depth + 1,
            outer: Some(outer),
        }
    }

    /// The number of scopes behind it, all of which are searched for a name that it lacks.
    #[must_use]
    pub fn depth(&self) -> u64 {
        self.depth
    }

    /// Adds templates. A later one takes the place of an earlier one of its name, unless it holds nothing but space.
    pub fn add(&mut self, templates: &[Arc<Template>], text: Option<&Text>) {
        for template in templates {
            if template.is_empty() && self.find(&template.name).is_some() {
                continue;
            }
            let definition = Definition {
                template: Arc::clone(template),
                text: text.cloned(),
            };
            self.templates.insert(template.name.clone(), definition);
        }
    }

    /// The template of a name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Definition> {
        let mut scopes = std::iter::successors(Some(self), |scope| scope.outer.as_deref());
        scopes.find_map(|scope| scope.templates.get(name))
    }
}
