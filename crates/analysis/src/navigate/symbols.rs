//! The resources of a file, as editors list them.

use std::path::Path;

use graph::NodeId;
use smol_str::SmolStr;
use source::Span;

use crate::workspace::Workspace;

/// A resource that a file declares.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Symbol {
    /// All of it.
    pub span: Span,
    /// Its name.
    pub name_span: Span,
    /// Its address.
    pub address: SmolStr,
    /// Its kind or type.
    pub kind: SmolStr,
}

impl Workspace {
    /// The resources that a file declares, by its shown path, in the order of the text. What is evaluated several times is one.
    #[must_use]
    pub fn symbols(&self, shown: &Path) -> Vec<Symbol> {
        let Some(project) = self.project() else {
            return Vec::new();
        };
        let mut symbols: Vec<Symbol> = Vec::new();
        for (_, resource) in project.graph.resources() {
            let span = resource.span();
            if project.sources.path(span.file) != shown {
                continue;
            }
            let name = resource.tree.at(NodeId::ROOT, &["metadata", "name"]);
            let name = name.map(|name| resource.tree.node(name).span);
            symbols.push(Symbol {
                span,
                name_span: name
                    .filter(|name| span.contains(*name))
                    .unwrap_or(Span::new(span.file, span.start, span.start)),
                address: resource.address.clone(),
                kind: resource.kind.clone(),
            });
        }
        symbols.sort();
        symbols.dedup_by(|one, other| one.span == other.span && one.address == other.address);
        symbols
    }
}
