//! Where things are: what a text names, the resources of a file, and the files and pages that it names.

mod links;
mod symbols;

use std::path::Path;

use analysis::Wanted;
use source::Span;

use crate::actions::Known;
use crate::diagnostics::{Files, Telling};
use crate::places::offset;
use crate::types::{Location, Position};

pub(crate) use links::links;
pub(crate) use symbols::symbols;

/// The places of what a text names. Where no name stands, a value is declared where it was set.
pub(crate) fn places(
    known: &Known<'_>,
    path: &Path,
    position: Position,
    wanted: Wanted,
) -> Option<Vec<Location>> {
    let report = known.workspace.report()?;
    let shown = path.strip_prefix(known.folder).ok()?;
    let text = known.snapshot.open.get(path)?;
    let byte = offset(text, position, known.snapshot.client.encoding);
    let byte = u32::try_from(byte).ok()?;
    let workspace = &*known.workspace;
    let mut spans = workspace.places_of(known.system, shown, byte, wanted);
    if spans.is_empty() && wanted == Wanted::Declarations {
        let values = workspace.values_at(shown, byte, known.is_over).values;
        spans = values.iter().map(|at| at.value.span).collect();
        spans.sort_unstable();
        spans.dedup();
    }
    let telling = Telling::of(known.snapshot);
    let mut files = Files::new(&telling, known.folder, report);
    let location = |span: Span| files.location(span);
    Some(spans.into_iter().filter_map(location).collect())
}
