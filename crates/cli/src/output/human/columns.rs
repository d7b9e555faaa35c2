//! The columns that frames name.

use super::window::Window;

/// A frame with the columns of the file. The renderer counts them in the text of the window, which lacks parts of long lines and
/// spells out harmful characters. `windows` stand in the order of the frame, each with the path that it is shown under.
pub(super) fn corrected<'a>(
    rendered: &str,
    windows: impl IntoIterator<Item = (&'a Window, &'a str)>,
) -> String {
    let mut out = String::with_capacity(rendered.len());
    let mut rest = rendered;
    for (window, path) in windows {
        let Some((before, line, column)) = place(rest, path) else {
            continue;
        };
        let digits = column.to_string().len();
        out.push_str(&rest[..before]);
        out.push_str(&window.column(line, column).unwrap_or(column).to_string());
        rest = &rest[before + digits..];
    }
    out + rest
}

/// The first `PATH:LINE:COLUMN`: where the column begins, and both numbers.
fn place(text: &str, path: &str) -> Option<(usize, usize, usize)> {
    text.match_indices(path).find_map(|(at, _)| {
        let after = text[at + path.len()..].strip_prefix(':')?;
        let (line, after) = number(after)?;
        let (column, _) = number(after.strip_prefix(':')?)?;
        let start = text.len() - after.len() + 1;
        Some((start, line, column))
    })
}

fn number(text: &str) -> Option<(usize, &str)> {
    let end = text
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use source::{FileId, SourceFile, Span};

    use super::super::texts::Text;
    use super::*;

    #[test]
    fn columns_are_those_of_the_file() {
        let text = format!("{}found\n\u{1b}\u{1b}x\n", "é".repeat(500));
        let file = Arc::new(SourceFile::new(FileId(0), "a.yaml", text));
        let source = Text {
            shown: Arc::clone(&file.text),
            file,
        };
        let spans = [Span::new(FileId(0), 1000, 1005)];
        let window = Window::new(&source, 0, 1, &spans);
        let shown = window.range(spans[0]);
        let counted = window.text[..shown.start].chars().count() + 1;
        let frame =
            format!("at a.yaml:7\n --> a.yaml:1:{counted}\n ::: a.yaml:2:13 --> b.yaml:1:9\n");
        assert_eq!(
            corrected(
                &frame,
                [
                    (&window, "a.yaml"),
                    (&window, "a.yaml"),
                    (&window, "c.yaml")
                ]
            ),
            "at a.yaml:7\n --> a.yaml:1:501\n ::: a.yaml:2:3 --> b.yaml:1:9\n"
        );
    }
}
