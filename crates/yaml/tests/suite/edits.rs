//! Edits do what they say: what is read afterwards is what was read before with that change, and
//! nothing else moved.

use graph::{Data, NodeId, SmolStr, Tree};
use serde_json::{Value, json};
use source::{FileId, SourceFile, Span, apply};
use yaml::edit::{CannotEdit, Edited, insert_item, insert_key, remove, set};

use crate::samples;
use crate::support::{Step, path, place, read, value};

/// A value as a tree, as if it were written somewhere.
fn tree(value: &Value) -> Tree {
    let span = Span::new(FileId(0), 0, 0);
    let mut tree = Tree::new(Data::Null, span);
    fill(&mut tree, NodeId::ROOT, value, span);
    tree
}

fn fill(tree: &mut Tree, node: NodeId, value: &Value, span: Span) {
    match value {
        Value::Null => {}
        Value::Bool(value) => tree.set(node, Data::Bool(*value)),
        Value::Number(number) => match number.as_i64() {
            Some(value) => tree.set(node, Data::Int(value)),
            None => tree.set(
                node,
                Data::Float(number.as_f64().expect("a number that is not whole")),
            ),
        },
        Value::String(text) => tree.set(node, Data::String(text.into())),
        Value::Array(items) => {
            tree.set(node, Data::List);
            for item in items {
                let child = tree.push(node, None, Data::Null, span);
                fill(tree, child, item, span);
            }
        }
        Value::Object(entries) => {
            tree.set(node, Data::Map);
            for (key, entry) in entries {
                let key = graph::Key {
                    text: key.into(),
                    span,
                };
                let child = tree.push(node, Some(key), Data::Null, span);
                fill(tree, child, entry, span);
            }
        }
    }
}

/// The values that are written everywhere.
fn values() -> Vec<Value> {
    vec![
        json!(null),
        json!(false),
        json!(7),
        json!(0.5),
        json!(1e30),
        json!("plain"),
        json!("yes"),
        json!("0644"),
        json!(""),
        json!("two words: and # more"),
        json!("it's \"quoted\" \\ here"),
        json!("lines\nand\ttabs\u{1}"),
        json!("- [x, {y}]"),
        json!("--flag=é?"),
        json!({}),
        json!([]),
        json!(["a", 1, {"b": [], "c": ["d", ["e"]]}]),
        json!({"one": 1, "on": {"deep": {"list": [{"x": "y", "z": null}, []]}, "empty": {}}, "a b": ["t"]}),
    ]
}

struct Sample {
    file: SourceFile,
    /// The document that is changed.
    document: usize,
    tree: Tree,
    has_aliases: bool,
}

fn samples() -> Vec<Sample> {
    let mut found = Vec::new();
    for (name, text) in samples::SAMPLES {
        for text in [
            (*text).to_owned(),
            text.trim_end().to_owned(),
            text.replace('\n', "\r\n"),
        ] {
            let file = SourceFile::new(FileId(0), name, text.as_str());
            let has_aliases = text.contains('*');
            for (document, read) in read(&file).documents.into_iter().enumerate() {
                let file = SourceFile::new(FileId(0), name, text.as_str());
                found.push(Sample {
                    file,
                    document,
                    tree: read.tree,
                    has_aliases,
                });
            }
        }
    }
    found
}

fn nodes(tree: &Tree) -> Vec<NodeId> {
    let mut nodes = vec![NodeId::ROOT];
    let mut at = 0;
    while at < nodes.len() {
        nodes.extend(tree.children(nodes[at]));
        at += 1;
    }
    nodes
}

/// Applies the edits of a change and compares what is read then with the changed value.
fn check(
    sample: &Sample,
    what: &str,
    node: NodeId,
    edited: Edited,
    change: impl FnOnce(&mut Value, &[Step]),
) {
    let before = &sample.file.text;
    let steps = path(&sample.tree, node);
    let shown = || {
        format!(
            "{what} at {steps:?} of {}:\n{before}",
            sample.file.path.display()
        )
    };
    let edits = edited.unwrap_or_else(|error| panic!("{error}: {}", shown()));
    let after =
        apply(before, &edits).unwrap_or_else(|error| panic!("{error}: {edits:?} {}", shown()));
    let file = SourceFile::new(FileId(0), &sample.file.path, after.as_str());
    let yaml = read(&file);
    assert_eq!(yaml.problems, [], "{}\n---->\n{after}", shown());
    let tree = &yaml
        .documents
        .get(sample.document)
        .unwrap_or_else(|| panic!("lost: {}\n---->\n{after}", shown()))
        .tree;
    let mut expected = value(&sample.tree, NodeId::ROOT);
    change(&mut expected, &steps);
    let found = value(tree, NodeId::ROOT);
    if sample.has_aliases {
        // What is changed where it is written changes everywhere.
        assert_eq!(
            place(&found, &steps),
            place(&expected, &steps),
            "{}\n---->\n{after}",
            shown()
        );
    } else {
        assert_eq!(found, expected, "{}\n---->\n{after}", shown());
    }
}

#[test]
fn set_values_are_read_back() {
    for sample in samples() {
        for node in nodes(&sample.tree) {
            for new in values() {
                let is_merged =
                    sample.has_aliases && matches!(sample.tree.node(node).data, Data::Map);
                if is_merged && !new.is_object() {
                    continue;
                }
                let edited = set(
                    &sample.file,
                    &sample.tree,
                    node,
                    (&tree(&new), NodeId::ROOT),
                );
                check(
                    &sample,
                    &format!("set {new}"),
                    node,
                    edited,
                    |value, steps| *place_mut(value, steps) = new.clone(),
                );
            }
        }
    }
}

#[test]
fn removed_values_are_gone() {
    for sample in samples() {
        for node in nodes(&sample.tree) {
            let edited = remove(&sample.file, &sample.tree, node);
            if node == NodeId::ROOT {
                assert_eq!(edited, Err(CannotEdit::Root));
                continue;
            }
            let span = sample.tree.node(node).span;
            let line = sample
                .file
                .line_span(sample.file.position(span.start).line)
                .unwrap();
            if sample.has_aliases
                && (sample.file.slice(line).contains('&') || sample.tree.first(node).is_some())
            {
                continue;
            }
            check(&sample, "remove", node, edited, |value, steps| {
                let (last, parents) = steps.split_last().unwrap();
                match (place_mut(value, parents), last) {
                    (Value::Array(items), Step::Item(index)) => drop(items.remove(*index)),
                    (Value::Object(entries), Step::Key(key)) => drop(entries.shift_remove(key)),
                    _ => unreachable!(),
                }
            });
        }
    }
}

#[test]
fn inserted_keys_are_read_back() {
    for sample in samples() {
        for node in nodes(&sample.tree) {
            if !matches!(sample.tree.node(node).data, Data::Map | Data::Null) {
                continue;
            }
            for (keys, new) in [
                (vec!["new"], json!("x")),
                (vec!["no"], json!({"a": [1]})),
                (vec!["new", "deep er"], json!([{"a": 1}, "b"])),
            ] {
                let keys: Vec<SmolStr> = keys.into_iter().map(SmolStr::new).collect();
                let edited = insert_key(
                    &sample.file,
                    &sample.tree,
                    node,
                    &keys,
                    (&tree(&new), NodeId::ROOT),
                );
                check(
                    &sample,
                    &format!("insert {keys:?} {new}"),
                    node,
                    edited,
                    |value, steps| {
                        let mut at = place_mut(value, steps);
                        for key in &keys {
                            at = &mut at[key.as_str()];
                        }
                        *at = new;
                    },
                );
            }
        }
    }
}

#[test]
fn inserted_items_are_read_back() {
    for sample in samples() {
        for node in nodes(&sample.tree) {
            if !matches!(sample.tree.node(node).data, Data::List | Data::Null) {
                continue;
            }
            for new in values() {
                let edited = insert_item(
                    &sample.file,
                    &sample.tree,
                    node,
                    (&tree(&new), NodeId::ROOT),
                );
                check(
                    &sample,
                    &format!("insert item {new}"),
                    node,
                    edited,
                    |value, steps| match place_mut(value, steps) {
                        Value::Array(items) => items.push(new.clone()),
                        other => *other = json!([new]),
                    },
                );
            }
        }
    }
}

fn place_mut<'a>(value: &'a mut Value, steps: &[Step]) -> &'a mut Value {
    steps.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::Item(index) => &mut value[*index],
    })
}
