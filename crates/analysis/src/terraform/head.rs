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
    if let Some(key) = &node.key
        && !place.missing.is_empty()
        && let Some(start) = key_before(&file.text, &key.text, whole.start as usize)
    {
        let length = u32::try_from(key.text.len()).unwrap_or_default();
        return Span::new(whole.file, start, start + length);
    }
    let length = u32::try_from(header(file.slice(whole)).len()).unwrap_or_default();
    match length {
        0 => whole,
        length => Span::new(whole.file, whole.start, whole.start + length),
    }
}

/// Where the key of a map is written that a text holds, such as one for `yamldecode`: values do not know their keys there.
fn key_before(text: &str, key: &str, value: usize) -> Option<u32> {
    let before = without_comments(text.get(..value)?);
    let before = before.strip_suffix([':', '='])?.trim_end();
    let before = before.strip_suffix(['"', '\'']).unwrap_or(before);
    u32::try_from(before.strip_suffix(key)?.len()).ok()
}

/// A text up to the comments at its end.
fn without_comments(text: &str) -> &str {
    let mut text = text.trim_end();
    loop {
        let line = text.rfind('\n').map_or(0, |end| end + 1);
        match text[line..].find('#') {
            Some(comment) => text = text[..line + comment].trim_end(),
            None => return text,
        }
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
    use super::{header, key_before};

    #[test]
    fn maps_in_texts_have_keys() {
        let at = |text: &str| key_before(text, "spec", text.find('v')?);
        assert_eq!(at("a: 1\nspec:\n  v"), Some(5));
        assert_eq!(at("spec: # a\n  # b\n  v"), Some(0));
        assert_eq!(at("{\"spec\": v"), Some(2));
        assert_eq!(at("spec v"), None);
        assert_eq!(at("other: v"), None);
    }

    #[test]
    fn blocks_have_heads_and_objects_have_none() {
        assert_eq!(header("resource \"a\" \"b\" {\n}"), "resource \"a\" \"b\"");
        assert_eq!(header("{ a = 1 }"), "");
    }
}
