//! Answers of the analyst by itself.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::editor::Editor;
use crate::encoding::Encoding;

#[test]
fn a_fault_costs_what_was_known_and_no_answer() {
    let path = PathBuf::from("/project/pod.yaml");
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: []}\n";
    let files = BTreeMap::from([(path, text.to_owned())]);
    let mut editor = Editor::new(Encoding::Utf8, &files);
    let path = Path::new("/project/pod.yaml");
    assert_eq!(editor.symbols(path), ["Pod/web"]);
    editor.forget();
    assert_eq!(editor.symbols(path), ["Pod/web"]);
}
