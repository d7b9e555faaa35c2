//! Damaged manifests: whatever stands where, reading and linking end without a panic.

use std::sync::Arc;

use graph::{Data, Graph, Key, NodeId, Tree};
use source::SourceFile;
use yaml::{Document, Yaml};

use crate::{Options, link, resources, testing};

/// Manifests that reach every default, row and selector.
const SAMPLES: &str = include_str!("robustness.yaml");

/// Reads and links the documents, one of which is damaged.
fn run(file: &SourceFile, trees: Vec<Tree>, options: &Options) {
    let documents = trees
        .into_iter()
        .map(|tree| Document {
            span: tree.node(NodeId::ROOT).span,
            tree,
        })
        .collect();
    let yaml = Yaml {
        documents,
        comments: Vec::new(),
        problems: Vec::new(),
    };
    let manifests = resources(yaml, file, options);
    let mut graph = Graph::new(
        manifests.resources.into_iter().map(Arc::new).collect(),
        false,
    );
    link(&mut graph);
}

/// The tree in which the node holds other data.
fn damaged(tree: &Tree, node: NodeId, data: &Data) -> Tree {
    let mut tree = tree.clone();
    let children: Vec<NodeId> = tree.children(node).collect();
    children.into_iter().for_each(|child| tree.remove(child));
    tree.set(node, data.clone());
    if matches!(data, Data::List | Data::Map) {
        let span = tree.node(node).span;
        let key = (*data == Data::Map).then(|| Key {
            text: "name".into(),
            span,
        });
        tree.push(node, key, Data::Int(-1), span);
    }
    tree
}

fn descendants(tree: &Tree) -> Vec<NodeId> {
    let mut found = vec![NodeId::ROOT];
    let mut next = 0;
    while next < found.len() {
        found.extend(tree.children(found[next]).collect::<Vec<_>>());
        next += 1;
    }
    found
}

#[test]
fn any_value_may_stand_anywhere() {
    let options = Options::default();
    let file = testing::file(SAMPLES);
    let trees: Vec<Tree> = testing::documents(&file)
        .into_iter()
        .map(|document| document.tree)
        .collect();
    let values = [
        Data::Null,
        Data::Bool(true),
        Data::Int(i64::MIN),
        Data::Float(f64::NAN),
        Data::String("".into()),
        Data::String("a/b:c@d.e//".into()),
        Data::List,
        Data::Map,
        testing::unknown(),
        testing::partial(),
    ];
    for tree in &trees {
        for node in descendants(tree) {
            for data in &values {
                run(&file, vec![damaged(tree, node, data)], &options);
            }
        }
    }
}

#[test]
fn a_damaged_object_among_others_is_linked() {
    let options = Options::default();
    let file = testing::file(SAMPLES);
    let trees: Vec<Tree> = testing::documents(&file)
        .into_iter()
        .map(|document| document.tree)
        .collect();
    for (index, tree) in trees.iter().enumerate() {
        for node in descendants(tree).into_iter().step_by(7) {
            let mut trees = trees.clone();
            trees[index] = damaged(tree, node, &testing::unknown());
            run(&file, trees, &options);
        }
    }
}
