//! Answers of the analyst by itself.

use std::path::Path;
use std::sync::Arc;

use source::{Cached, FileSystem, Memory};

use super::editor::{Manner, state};
use crate::analyst::Analyst;
use crate::encoding::Encoding;
use crate::types::DocumentSymbolResponse;
use crate::worker::{Answer, Ask};

/// The addresses of the resources of a file.
fn symbols(analyst: &mut Analyst, path: &Path) -> Vec<String> {
    let state = state(Manner {
        encoding: Encoding::Utf8,
        pulls: false,
    });
    match analyst.answer(&state.snapshot(), path, &Ask::Symbols) {
        Answer::Symbols(Some(DocumentSymbolResponse::Nested(symbols))) => {
            symbols.into_iter().map(|symbol| symbol.name).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn a_fault_costs_what_was_known_and_no_answer() {
    let path = Path::new("/project/pod.yaml");
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: []}\n";
    let system: Arc<dyn FileSystem> = Arc::new(Memory::new([(path, text)]));
    let mut analyst = Analyst::new(Arc::new(Cached::new(system)));
    assert_eq!(symbols(&mut analyst, path), ["Pod/web"]);
    analyst.forget();
    assert_eq!(symbols(&mut analyst, path), ["Pod/web"]);
}
