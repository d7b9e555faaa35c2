//! Folded text, which the library of kustomize does not read as it wrote it.

use smol_str::SmolStr;

/// What a folded text becomes when it is written and read again. Before lines that are indented, and at an end of several
/// line breaks, one more break is written.
pub(super) fn refolded(text: &SmolStr) -> SmolStr {
    let ends = text.len() - text.trim_end_matches('\n').len();
    let body = &text[..text.len() - ends];
    if body.is_empty() || body.starts_with('\n') || !text.contains('\n') {
        return text.clone();
    }
    let is_indented = |line: &str| line.starts_with([' ', '\t']);
    let adds = |line: &str| !is_indented(text) && !is_indented(line);
    let mut refolded = String::with_capacity(text.len() + 1);
    let mut last: Option<&str> = None;
    let mut breaks = 0;
    for line in body.split('\n') {
        if line.is_empty() {
            breaks += 1;
            continue;
        }
        if let Some(last) = last {
            let written = breaks + 1 + usize::from(adds(last));
            match is_indented(last) || is_indented(line) {
                true => refolded.push_str(&"\n".repeat(written)),
                false if written == 1 => refolded.push(' '),
                false => refolded.push_str(&"\n".repeat(written - 1)),
            }
        }
        refolded.push_str(line);
        (last, breaks) = (Some(line), 0);
    }
    let added = ends > 1 && last.is_some_and(adds);
    refolded.push_str(&"\n".repeat(ends + usize::from(added)));
    refolded.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_before_indented_ones_get_one_more_break() {
        for (text, expected) in [
            ("a b\n", "a b\n"),
            ("a\nb\n\nc", "a\nb\n\nc"),
            ("a\n  b\nc\n", "a\n\n  b\nc\n"),
            ("  a\nb\n", "  a\nb\n"),
            ("a\n\n", "a\n\n\n"),
            ("", ""),
        ] {
            assert_eq!(refolded(&text.into()), expected, "{text:?}");
        }
    }
}
