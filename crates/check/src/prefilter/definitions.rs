//! The definitions that queries call, parsed once for many queries.

use std::collections::HashMap;
use std::sync::LazyLock;

use jaq_core::load::parse;
use jaq_core::load::parse::Def;

use crate::native;

/// jq's own definitions.
static OWN: LazyLock<Parsed<'static>> =
    LazyLock::new(|| Parsed::new(native::definitions().collect()));

/// jq's own definitions and, behind them, those of checks.
pub(crate) struct Definitions<'t> {
    own: &'static Parsed<'static>,
    shared: Parsed<'t>,
}

/// Definitions in their order.
struct Parsed<'t> {
    all: Vec<Def<&'t str>>,
    /// The places of the definitions of one name and number of arguments.
    places: HashMap<(&'t str, usize), Vec<usize>>,
}

impl<'t> Definitions<'t> {
    /// Parses the definitions of a library, as a program does that is compiled with it.
    pub(crate) fn parse(library: &'t str) -> Self {
        let shared = parse(library, |parser| parser.defs()).unwrap_or_default();
        Self {
            own: &OWN,
            shared: Parsed::new(shared),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.own.all.len() + self.shared.all.len()
    }

    /// The last of the first `visible` definitions that a call means, and its place.
    pub(super) fn find(
        &self,
        name: &str,
        arguments: usize,
        visible: usize,
    ) -> Option<(usize, &Def<&'t str>)> {
        let own = self.own.all.len();
        if let Some(visible) = visible.checked_sub(own)
            && let Some((place, def)) = self.shared.find(name, arguments, visible)
        {
            return Some((own + place, def));
        }
        self.own.find(name, arguments, visible)
    }

    /// Whether a definition is one of jq's own.
    pub(super) fn is_own(&self, place: usize) -> bool {
        place < self.own.all.len()
    }
}

impl<'t> Parsed<'t> {
    fn new(all: Vec<Def<&'t str>>) -> Self {
        let mut places: HashMap<(&str, usize), Vec<usize>> = HashMap::new();
        for (place, def) in all.iter().enumerate() {
            places
                .entry((def.name, def.args.len()))
                .or_default()
                .push(place);
        }
        Self { all, places }
    }

    fn find(&self, name: &str, arguments: usize, visible: usize) -> Option<(usize, &Def<&'t str>)> {
        let places = self.places.get(&(name, arguments))?;
        let place = places.iter().rev().find(|place| **place < visible)?;
        Some((*place, &self.all[*place]))
    }
}
