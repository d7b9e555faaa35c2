//! What a template finished before it failed.

use super::split::separators;
use crate::value::Text;

/// The documents before the one in which the text ends.
pub(super) fn finished(text: &Text) -> Text {
    let separators = separators(text.as_bytes());
    let end = separators.last().map_or(0, |separator| separator.start);
    text.slice(0..end)
}
