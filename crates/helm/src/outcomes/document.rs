//! A document that a template printed.

use std::rc::Rc;
use std::sync::Arc;

use graph::{Data, NodeId, Piece, Tree, Unknown};
use source::Span;

use super::{Declared, Document as Published, Outcomes, Rendered, Request};

/// A document that a template printed, with its values at the places where they were set.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) path: String,
    pub(super) template: Span,
    /// The text that it stands in, unless it was put together.
    pub(super) text: Option<Rendered>,
    pub(super) tree: Tree,
}

/// A document that is there, or may be.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) document: Rc<Document>,
    /// The condition under which it is there, where that can't be known.
    pub(super) conditional: Option<Arc<Unknown>>,
}

/// What tells objects apart: version, kind, namespace and name, as far as they are known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Address([String; 4]);

impl Document {
    pub(super) fn address(&self) -> Address {
        let paths: [&[&str]; 4] = [
            &["apiVersion"],
            &["kind"],
            &["metadata", "namespace"],
            &["metadata", "name"],
        ];
        Address(paths.map(|path| {
            let node = self.tree.at(NodeId::ROOT, path);
            node.map_or_else(String::new, |node| shown(&self.tree.node(node).data))
        }))
    }
}

fn shown(data: &Data) -> String {
    match data {
        Data::String(text) => text.to_string(),
        Data::Partial(pieces) => pieces.iter().map(known).collect(),
        Data::Unknown(_) => "?".to_owned(),
        data => format!("{data:?}"),
    }
}

fn known(piece: &Piece) -> &str {
    match piece {
        Piece::Known(text) => text,
        Piece::Unknown(_) => "?",
    }
}

impl Entry {
    /// A document that is there.
    pub(super) fn certain(document: Rc<Document>) -> Self {
        Self {
            document,
            conditional: None,
        }
    }

    /// The document as others see it.
    pub(super) fn published(self) -> Published {
        let text = self.document.text;
        let tree = match Rc::try_unwrap(self.document) {
            Ok(document) => document.tree,
            Err(document) => document.tree.clone(),
        };
        Published {
            tree,
            text,
            conditional: self.conditional,
        }
    }

    /// Adds the objects that the document is.
    pub(super) fn declare(self, request: &Request<'_>, outcomes: &mut Outcomes) {
        let template = self.document.template;
        let (path, tree) = match Rc::try_unwrap(self.document) {
            Ok(document) => (document.path, document.tree),
            Err(document) => (document.path.clone(), document.tree.clone()),
        };
        let path: Arc<str> = path.into();
        let file = request.sources.get(template.file);
        let manifests = kubernetes::objects(tree, &file, request.kubernetes);
        outcomes.problems.extend(manifests.problems);
        let resources = manifests.resources.into_iter();
        outcomes.declared.extend(resources.map(|mut resource| {
            resource.conditional.clone_from(&self.conditional);
            resource.environment = request.environment.cloned();
            Declared {
                resource: Arc::new(resource),
                path: Arc::clone(&path),
                template,
            }
        }));
    }
}
