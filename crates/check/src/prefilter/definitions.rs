//! The definitions that queries call, parsed once for many queries.

use std::collections::HashMap;

use jaq_core::load::parse;
use jaq_core::load::parse::Def;

use crate::native;

/// jq's own definitions and, behind them, those of checks.
pub(crate) struct Definitions<'t> {
    all: Vec<Def<&'t str>>,
    /// How many of them are jq's own.
    own: usize,
    /// The places of the definitions of one name and number of arguments.
    places: HashMap<(&'t str, usize), Vec<usize>>,
}

impl<'t> Definitions<'t> {
    /// Parses the definitions of a library, as a program does that is compiled with it.
    pub(crate) fn parse(library: &'t str) -> Self {
        let mut all: Vec<Def<&'t str>> = native::definitions().collect();
        let own = all.len();
        all.extend(parse(library, |parser| parser.defs()).unwrap_or_default());
        let mut places: HashMap<(&str, usize), Vec<usize>> = HashMap::new();
        for (place, def) in all.iter().enumerate() {
            places
                .entry((def.name, def.args.len()))
                .or_default()
                .push(place);
        }
        Self { all, own, places }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The last of the first `visible` definitions that a call means, and its place.
    pub(super) fn find(
        &self,
        name: &str,
        arguments: usize,
        visible: usize,
    ) -> Option<(usize, &Def<&'t str>)> {
        let places = self.places.get(&(name, arguments))?;
        let place = places.iter().rev().find(|place| **place < visible)?;
        Some((*place, &self.all[*place]))
    }

    /// Whether a definition is one of jq's own.
    pub(super) fn is_own(&self, place: usize) -> bool {
        place < self.own
    }
}
