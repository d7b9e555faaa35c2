//! Answers of the analyst by itself.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use analysis::IsOver;
use source::{Cached, FileSystem, Memory};

use super::editor::{Manner, state};
use crate::actions::Asked;
use crate::analyst::Analyst;
use crate::encoding::Encoding;
use crate::types::{
    CodeActionOrCommand, DocumentSymbolResponse, Position, Range, TextDocumentItem,
};
use crate::uri::uri_of;
use crate::worker::{Answer, Ask};

const PATH: &str = "/project/pod.yaml";

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {hostNetwork: true, containers: []}
";

/// What knows of a file with a text.
fn analyst(text: &str) -> Analyst {
    let system: Arc<dyn FileSystem> = Arc::new(Memory::new([(PATH, text)]));
    Analyst::new(Arc::new(Cached::new(system)))
}

/// An answer about the file, in which nothing was typed.
fn answer(analyst: &mut Analyst, text: &str, ask: &Ask, is_over: IsOver<'_>) -> Answer {
    let mut state = state(Manner {
        encoding: Encoding::Utf8,
        pulls: false,
        unknown: false,
    });
    let item = TextDocumentItem {
        uri: uri_of(Path::new(PATH)).unwrap(),
        language_id: String::new(),
        version: 1,
        text: text.to_owned(),
    };
    state.open(&Memory::default(), item);
    analyst.answer(&state.snapshot(), Path::new(PATH), ask, is_over)
}

/// The addresses of the resources of the file.
fn symbols(analyst: &mut Analyst) -> Vec<String> {
    match answer(analyst, POD, &Ask::Symbols, &|| false) {
        Answer::Symbols(Some(DocumentSymbolResponse::Nested(symbols))) => {
            symbols.into_iter().map(|symbol| symbol.name).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn a_fault_costs_what_was_known_and_no_answer() {
    let mut analyst = analyst(POD);
    assert_eq!(symbols(&mut analyst), ["Pod/web"]);
    analyst.forget();
    assert_eq!(symbols(&mut analyst), ["Pod/web"]);
}

/// How many fixes are offered for pods, where nobody waits any more after so many questions whether somebody does.
fn fixes(pods: usize, patience: usize) -> usize {
    let text: Vec<String> = (0..pods)
        .map(|number| POD.replace("name: web", &format!("name: web-{number}")))
        .collect();
    let text = text.join("---\n");
    let asked = AtomicUsize::new(0);
    let is_over = || asked.fetch_add(1, Ordering::Relaxed) >= patience;
    let range = Range::new(Position::new(0, 0), Position::new(9_999, 0));
    let ask = Ask::Actions(Asked { range, only: None });
    let Answer::Actions(actions) = answer(&mut analyst(&text), &text, &ask, &is_over) else {
        return 0;
    };
    let is_fix = |action: &&CodeActionOrCommand| match action {
        CodeActionOrCommand::CodeAction(action) => {
            action.title == "Set `spec.hostNetwork` to `false`"
        }
        CodeActionOrCommand::Command(_) => false,
    };
    actions.iter().filter(is_fix).count()
}

#[test]
fn proofs_that_nobody_waits_for_any_more_are_not_made() {
    assert_eq!(fixes(40, usize::MAX), 40);
    let few = fixes(40, 10);
    assert!((1..=10).contains(&few), "{few}");
    assert_eq!(fixes(40, 0), 0);
}

#[test]
fn values_that_nobody_waits_for_any_more_are_not_looked_for() {
    let ask = Ask::Hover(Position::new(2, 4));
    let found = answer(&mut analyst(POD), POD, &ask, &|| true);
    assert!(matches!(found, Answer::Hover(None)));
    let ask = Ask::Hover(Position::new(3, 22));
    let found = answer(&mut analyst(POD), POD, &ask, &|| false);
    assert!(matches!(found, Answer::Hover(Some(_))));
}
