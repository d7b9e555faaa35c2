//! YAML in texts of YAML: values that an object holds as one text.

use graph::{NodeId, Tree};
use source::{Problem, SourceFile, Span};

/// What a text that a scalar holds says, at the places of the file where that is written; nothing of an empty text.
pub(super) fn tree(text: &str, file: &SourceFile, span: Span) -> (Option<Tree>, Vec<Problem>) {
    match in_place(text, file, span) {
        Some(read) => read,
        None => as_whole(text, file, span),
    }
}

/// Reads the text in its place, where it is written there as it is read.
fn in_place(text: &str, file: &SourceFile, span: Span) -> Option<(Option<Tree>, Vec<Problem>)> {
    Some(read(&masked(text, file, span)?))
}

/// The file without everything around a scalar, where the scalar is written as it is read: what stands in its text stands at the
/// same places there.
pub(crate) fn masked(text: &str, file: &SourceFile, span: Span) -> Option<SourceFile> {
    let written = file.slice(span);
    let start = match written.strip_prefix('|') {
        Some(_) => written.find('\n')? + 1,
        None if written == text => 0,
        None => 1,
    };
    let inner = written.get(start..)?;
    let inner = match start {
        1 => inner.get(..inner.len().checked_sub(1)?)?,
        _ => inner,
    };
    if !is_same(inner, text) {
        return None;
    }
    let (start, end) = (
        span.start as usize + start,
        span.start as usize + start + inner.len(),
    );
    let blank = |part: &str| -> String {
        let signs = part.bytes();
        signs
            .map(|sign| if sign == b'\n' { '\n' } else { ' ' })
            .collect()
    };
    let before = blank(file.text.get(..start)?);
    let masked = format!("{before}{}", file.text.get(start..end)?);
    Some(SourceFile::new(file.id, &file.path, masked))
}

/// Whether a text is written as it is, but for what stands before each line.
fn is_same(written: &str, text: &str) -> bool {
    let mut lines = written.lines().map(str::trim);
    let same = text.lines().all(|line| lines.next() == Some(line.trim()));
    same && lines.all(str::is_empty)
}

/// Reads the text apart: all of it stands where the scalar does. Its last sign is left out, as the place is that of no value that
/// could be written anew.
fn as_whole(text: &str, file: &SourceFile, span: Span) -> (Option<Tree>, Vec<Problem>) {
    let (tree, mut problems) = read(&SourceFile::new(file.id, &file.path, text));
    let last = file
        .slice(span)
        .chars()
        .next_back()
        .map_or(0, char::len_utf8);
    let end = span.end - u32::try_from(last).unwrap_or_default();
    let span = Span::new(span.file, span.start, end);
    for problem in &mut problems {
        problem.place = source::Place::Span(span);
    }
    let tree = tree.map(|mut tree| {
        let mut open = vec![NodeId::ROOT];
        while let Some(node) = open.pop() {
            open.extend(tree.children(node));
            tree.set_span(node, span);
            tree.set_key_span(node, span);
        }
        tree
    });
    (tree, problems)
}

fn read(file: &SourceFile) -> (Option<Tree>, Vec<Problem>) {
    let yaml = yaml::read(file, &yaml::Options::default());
    let document = yaml.documents.into_iter().next();
    (document.map(|document| document.tree), yaml.problems)
}

#[cfg(test)]
mod tests {
    use graph::Data;
    use source::FileId;

    use super::*;

    /// Where the value of `a` is found in a text of this form.
    #[track_caller]
    fn check(content: &str, expected: &str) {
        let file = SourceFile::new(FileId(0), "a.yaml", content);
        let yaml = yaml::read(&file, &yaml::Options::default());
        let outer = &yaml.documents[0].tree;
        let node = outer.get(NodeId::ROOT, "values").unwrap();
        let text = outer.as_text(node).unwrap();
        let (tree, problems) = tree(text, &file, outer.node(node).span);
        assert!(problems.is_empty(), "{problems:?}");
        let tree = tree.unwrap();
        let found = tree.get(NodeId::ROOT, "a").unwrap();
        assert_eq!(tree.node(found).data, Data::Int(1));
        assert_eq!(file.slice(tree.node(found).span), expected);
    }

    #[test]
    fn values_stand_where_they_are_written() {
        check("values: |\n  # first\n  b: 2\n\n  a: 1\nother: 1\n", "1");
        check("x: { y: 1 }\nvalues: |-\n  a: 1\n", "1");
        check("values: 'a: 1'\n", "1");
        check("values: >-\n  a:\n  1\n", ">-\n  a:\n  ");
        check("values: \"a:\\x20 1\"\n", "\"a:\\x20 1");
    }

    #[test]
    fn what_is_wrong_is_told_at_its_place() {
        let file = SourceFile::new(FileId(0), "a.yaml", "values: |\n  a: [\n");
        let span = Span::new(FileId(0), 8, 17);
        let (_, problems) = tree("a: [\n", &file, span);
        assert!(
            problems
                .iter()
                .all(|problem| problem.place >= source::Place::Span(Span::new(FileId(0), 8, 8)))
        );
        assert!(!problems.is_empty());
    }
}
