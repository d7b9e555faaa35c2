//! Where findings about blocks stand: a block is long, and its first words name it.

use check::FoundPlace;
use graph::{Data, Resource};
use source::{Sources, Span};

use crate::finding::span;

/// Where a place is written. Of a block that has or lacks something, its kind and labels.
pub(crate) fn head(sources: &Sources, resource: &Resource, place: &FoundPlace) -> Span {
    let whole = span(resource, place);
    let node = resource.tree.node(place.node);
    if node.data != Data::Map || whole != node.span {
        return whole;
    }
    let file = sources.get(whole.file);
    let length = u32::try_from(header(file.slice(whole)).len()).unwrap_or_default();
    match length {
        0 => whole,
        length => Span::new(whole.file, whole.start, whole.start + length),
    }
}

/// The kind and labels of a block; nothing of an object, which begins with its brace.
fn header(text: &str) -> &str {
    text.split(['{', '\n'])
        .next()
        .unwrap_or_default()
        .trim_end()
}

#[cfg(test)]
mod tests {
    use super::header;

    #[test]
    fn blocks_have_heads_and_objects_have_none() {
        assert_eq!(header("resource \"a\" \"b\" {\n}"), "resource \"a\" \"b\"");
        assert_eq!(header("{ a = 1 }"), "");
    }
}
