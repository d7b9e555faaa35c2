//! The resources of a file.

use std::path::Path;

use analysis::Symbol;

use crate::actions::Known;
use crate::diagnostics::{Files, Telling};
use crate::types::{DocumentSymbol, DocumentSymbolResponse, SymbolInformation, SymbolKind};

/// The resources of a file, in the form that the client takes.
pub(crate) fn symbols(known: &Known<'_>, path: &Path) -> Option<DocumentSymbolResponse> {
    let report = known.workspace.report()?;
    let shown = path.strip_prefix(known.folder).ok()?;
    let symbols = known.workspace.symbols(shown).into_iter();
    let telling = Telling::of(known.snapshot);
    let mut files = Files::new(&telling, known.folder, report);
    Some(match known.snapshot.client.nests_symbols {
        true => {
            let nested = symbols.map(|symbol| nested(&mut files, &symbol));
            DocumentSymbolResponse::Nested(nested.collect())
        }
        false => {
            let flat = symbols.filter_map(|symbol| flat(&mut files, &symbol));
            DocumentSymbolResponse::Flat(flat.collect())
        }
    })
}

#[expect(deprecated, reason = "the field must be there")]
fn nested(files: &mut Files<'_>, symbol: &Symbol) -> DocumentSymbol {
    DocumentSymbol {
        name: source::neutral(&symbol.address).into_owned(),
        detail: Some(source::neutral(&symbol.kind).into_owned()),
        kind: SymbolKind::OBJECT,
        tags: None,
        deprecated: None,
        range: files.range(symbol.span),
        selection_range: files.range(symbol.name_span),
        children: None,
    }
}

#[expect(deprecated, reason = "the field must be there")]
fn flat(files: &mut Files<'_>, symbol: &Symbol) -> Option<SymbolInformation> {
    Some(SymbolInformation {
        name: source::neutral(&symbol.address).into_owned(),
        kind: SymbolKind::OBJECT,
        tags: None,
        deprecated: None,
        location: files.location(symbol.span)?,
        container_name: None,
    })
}
