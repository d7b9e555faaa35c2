//! A case as the field of a Kubernetes object, which `kubectl` reads.

use std::fmt::Write as _;

/// The text with each document as the field of an object, where it can be indented.
pub(crate) fn wrap(text: &str) -> Option<String> {
    if text.contains('\u{feff}') {
        return None;
    }
    let mut out = String::new();
    let mut started = false;
    for line in text.split_inclusive('\n') {
        let is_marker = |marker: &str| {
            line.strip_prefix(marker)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
        };
        if line.starts_with('%') && !started || is_marker("...") {
            return None;
        }
        if is_marker("---") {
            started = true;
            begin(&mut out, &line[3..]);
        } else {
            if !started && !line.trim().is_empty() && !line.trim_start().starts_with('#') {
                started = true;
                begin(&mut out, "\n");
            }
            out.push_str("  ");
            out.push_str(line);
        }
    }
    started.then_some(out)
}

fn begin(out: &mut String, rest: &str) {
    let line_break = if out.is_empty() || out.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    let _ = write!(
        out,
        "{line_break}---\napiVersion: example.dev/v1\nkind: Case\nmetadata: {{name: x}}\nvalue:{rest}"
    );
}
