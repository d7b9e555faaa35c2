//! Where the lines of a built object are written.

use graph::{NodeId, Tree};
use source::{FileId, SourceFile, Span};

use crate::build::Built;

impl Built {
    /// Where each line of [`Built::text`] is written: its value, or else its key.
    #[must_use]
    pub fn line_places(&self) -> Vec<Option<Span>> {
        let file = SourceFile::new(FileId(0), "built.yaml", self.text());
        let read = yaml::read(&file, &yaml::Options::default());
        let mut places = vec![None; file.text.lines().count()];
        let Some(document) = read.documents.first() else {
            return places;
        };
        let mut open = vec![(NodeId::ROOT, NodeId::ROOT)];
        while let Some((printed, own)) = open.pop() {
            place(&document.tree, printed, &self.tree, own, &file, &mut places);
            open.extend(pairs(&document.tree, printed, &self.tree, own));
        }
        places
    }
}

/// Gives the lines of a printed value their place, except those of what is in it.
fn place(
    printed: &Tree,
    node: NodeId,
    tree: &Tree,
    own: NodeId,
    file: &SourceFile,
    places: &mut [Option<Span>],
) {
    let (shown, found) = (printed.node(node), tree.node(own));
    let line = |offset: u32| file.position(offset).line as usize;
    let start = shown
        .key
        .as_ref()
        .map_or(shown.span.start, |key| key.span.start);
    let (span, end) = match printed.first(node) {
        None => (found.span, shown.span.end.max(start + 1) - 1),
        Some(_) => (found.key.as_ref().map_or(found.span, |key| key.span), start),
    };
    for line in line(start)..=line(end) {
        if let Some(place) = places.get_mut(line) {
            *place = place.or(Some(span));
        }
    }
}

/// The values in a printed map or list, each with the value that it prints.
fn pairs<'a>(
    printed: &'a Tree,
    node: NodeId,
    tree: &'a Tree,
    own: NodeId,
) -> impl Iterator<Item = (NodeId, NodeId)> + use<'a> {
    let children = printed.children(node).enumerate();
    children.filter_map(move |(index, child)| {
        let own = match &printed.node(child).key {
            Some(key) => tree.get(own, &key.text),
            None => tree.children(own).nth(index),
        };
        Some((child, own?))
    })
}
