//! What names mean at a place of a query, after the rules of jq.

use jaq_core::load::parse::{Def, Term};

use super::definitions::Definitions;

/// The names that are visible, innermost first.
#[derive(Clone, Copy)]
pub(super) enum Scope<'c, 't> {
    /// The first so many of the shared definitions.
    Shared(usize),
    /// A variable, and how many were bound before it.
    Variable {
        outer: &'c Scope<'c, 't>,
        name: &'t str,
        level: usize,
    },
    /// A filter that a call gives to a definition, and what names mean in the call.
    Argument {
        outer: &'c Scope<'c, 't>,
        name: &'t str,
        term: &'c Term<&'t str>,
        scope: &'c Scope<'c, 't>,
    },
    /// A definition inside of the query.
    Local {
        outer: &'c Scope<'c, 't>,
        def: &'c Def<&'t str>,
    },
    /// The inside of a definition, which must not call itself.
    Body {
        outer: &'c Scope<'c, 't>,
        def: &'c Def<&'t str>,
    },
}

/// What a call means.
pub(super) enum Meaning<'c, 't> {
    Argument {
        term: &'c Term<&'t str>,
        scope: &'c Scope<'c, 't>,
    },
    Local {
        def: &'c Def<&'t str>,
        scope: &'c Scope<'c, 't>,
    },
    Shared {
        def: &'c Def<&'t str>,
        place: usize,
    },
    /// A definition that is being expanded.
    Recursion,
    /// A filter that is written in Rust, if there is one.
    Native,
}

impl<'c, 't> Scope<'c, 't> {
    /// What a call with this number of arguments means.
    pub(super) fn meaning(
        &'c self,
        name: &str,
        arguments: usize,
        definitions: &'c Definitions<'t>,
    ) -> Meaning<'c, 't> {
        let mut scope = self;
        let is_meant = |def: &Def<&str>| def.name == name && def.args.len() == arguments;
        loop {
            scope = match scope {
                Self::Shared(visible) => {
                    let found = definitions.find(name, arguments, *visible);
                    return found.map_or(Meaning::Native, |(place, def)| Meaning::Shared {
                        def,
                        place,
                    });
                }
                Self::Argument {
                    name: found,
                    term,
                    scope,
                    ..
                } if *found == name && arguments == 0 => {
                    return Meaning::Argument { term, scope };
                }
                Self::Local { outer, def } if is_meant(def) => {
                    return Meaning::Local { def, scope: outer };
                }
                Self::Body { def, .. } if is_meant(def) => return Meaning::Recursion,
                Self::Variable { outer, .. }
                | Self::Argument { outer, .. }
                | Self::Local { outer, .. }
                | Self::Body { outer, .. } => outer,
            };
        }
    }

    /// How many variables were bound before one; nothing where it is none of the query's own.
    pub(super) fn level(&self, name: &str) -> Option<usize> {
        let mut scope = self;
        loop {
            scope = match scope {
                Self::Shared(_) => return None,
                Self::Variable {
                    name: found, level, ..
                } if *found == name => return Some(*level),
                Self::Variable { outer, .. }
                | Self::Argument { outer, .. }
                | Self::Local { outer, .. }
                | Self::Body { outer, .. } => outer,
            };
        }
    }
}
