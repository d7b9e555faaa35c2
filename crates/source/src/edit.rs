//! Changes of text.

use thiserror::Error;

use crate::Span;

/// Replaces the text of a span; an empty span inserts, an empty text removes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextEdit {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// Edits that can't be applied together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("two edits touch the same text at byte {at}")]
pub struct Overlap {
    /// The byte offset at which the later edit begins.
    pub at: u32,
}

/// Applies edits of one file to its text. The order of `edits` does not matter; all other bytes stay as they are.
///
/// # Errors
/// When two edits overlap, or two insert at the same place.
pub fn apply(text: &str, edits: &[TextEdit]) -> Result<String, Overlap> {
    let mut sorted: Vec<&TextEdit> = edits.iter().collect();
    sorted.sort();
    sorted.dedup();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    let mut last_start = None;
    for edit in sorted {
        if edit.span.start < done || last_start == Some(edit.span.start) {
            return Err(Overlap {
                at: edit.span.start,
            });
        }
        out.push_str(&text[done as usize..edit.span.start as usize]);
        out.push_str(&edit.text);
        done = edit.span.end;
        last_start = Some(edit.span.start);
    }
    out.push_str(&text[done as usize..]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FileId;

    fn edit(start: u32, end: u32, text: &str) -> TextEdit {
        TextEdit {
            span: Span::new(FileId(0), start, end),
            text: text.into(),
        }
    }

    #[test]
    fn edits_apply_in_any_order_and_keep_all_other_bytes() {
        assert_eq!(
            apply(
                "abcdef",
                &[edit(4, 5, ""), edit(0, 1, "XY"), edit(2, 2, "-")]
            ),
            Ok("XYb-cdf".into())
        );
        assert_eq!(
            apply("abc", &[edit(1, 2, "x"), edit(1, 2, "x")]),
            Ok("axc".into())
        );
    }

    #[test]
    fn overlapping_edits_are_refused() {
        assert_eq!(
            apply("abcdef", &[edit(0, 3, ""), edit(2, 4, "")]),
            Err(Overlap { at: 2 })
        );
        assert_eq!(
            apply("abcdef", &[edit(1, 1, "x"), edit(1, 1, "y")]),
            Err(Overlap { at: 1 })
        );
    }
}
