//! Parts the text of a file at its document markers.

use crate::layout::lines;

/// A part of a file that holds at most one document, unless its line breaks are unusual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Section {
    /// Where it begins: at its marker, or at what stands before that.
    pub(crate) start: usize,
    /// Where the next one begins, or the end of the text.
    pub(crate) end: usize,
    /// What `kubectl` takes differently, and where.
    pub(crate) oddity: Option<(Oddity, usize)>,
}

/// A way to part documents that YAML knows and `kubectl` does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// Text stands behind `---` on its line.
    TextBehindMarker,
    /// The document follows `...` without `---`.
    NoMarker,
    /// The document begins with directives.
    Directives,
}

/// Parts `text`. Comments and directives belong to the document that follows them.
pub(crate) fn sections(text: &str) -> Vec<Section> {
    let mut parting = Parting::default();
    for line in lines(text) {
        parting.take(line);
    }
    parting.part(text.len());
    parting.sections
}

#[derive(Default)]
struct Parting {
    sections: Vec<Section>,
    start: usize,
    at: usize,
    has_text: bool,
    follows_end: bool,
    oddity: Option<(Oddity, usize)>,
}

impl Parting {
    fn take(&mut self, line: &str) {
        let (start, end) = (self.at, self.at + line.len());
        self.at = end;
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        match line.as_bytes() {
            [b'-', b'-', b'-', behind @ ..] => {
                self.take_dashes(behind.trim_ascii_start(), behind, start);
            }
            [b'.', b'.', b'.', behind @ ..] if ends_word(behind) => {
                self.part(end);
                self.follows_end = true;
            }
            _ if self.has_text => {}
            [b'%', ..] => self.oddity = Some((Oddity::Directives, start)),
            line => self.take_first(line.trim_ascii_start(), start),
        }
    }

    fn take_dashes(&mut self, text: &[u8], behind: &[u8], at: usize) {
        if ends_word(behind) {
            if self.has_text {
                self.part(at);
            }
            self.follows_end = false;
        }
        self.has_text = true;
        if !(text.is_empty() || text[0] == b'#') {
            self.oddity = self.oddity.or(Some((Oddity::TextBehindMarker, at)));
        }
    }

    fn take_first(&mut self, text: &[u8], at: usize) {
        if text.is_empty() || text[0] == b'#' {
            return;
        }
        self.has_text = true;
        if self.follows_end {
            self.oddity = self.oddity.or(Some((Oddity::NoMarker, at)));
        }
    }

    fn part(&mut self, at: usize) {
        if at > self.start {
            self.sections.push(Section {
                start: self.start,
                end: at,
                oddity: self.oddity,
            });
        }
        *self = Self {
            sections: std::mem::take(&mut self.sections),
            start: at,
            at: self.at,
            ..Self::default()
        };
    }
}

fn ends_word(behind: &[u8]) -> bool {
    behind
        .first()
        .is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Option<Oddity>)]) {
        let found = sections(text);
        let found: Vec<_> = found
            .iter()
            .map(|s| (&text[s.start..s.end], s.oddity.map(|(oddity, _)| oddity)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn documents_begin_at_their_marker() {
        check(
            "a: 1\n---\nb: 2\n",
            &[("a: 1\n", None), ("---\nb: 2\n", None)],
        );
        check(
            "---\na: 1\n--- # c\nb: 2",
            &[("---\na: 1\n", None), ("--- # c\nb: 2", None)],
        );
        check(
            "---\r\na: 1\r\n---\t\r\nb: 2",
            &[("---\r\na: 1\r\n", None), ("---\t\r\nb: 2", None)],
        );
        check("\u{feff}---\na: 1\n", &[("\u{feff}---\na: 1\n", None)]);
    }

    #[test]
    fn comments_and_directives_belong_to_what_follows() {
        check("# c\n\n---\na: 1\n", &[("# c\n\n---\na: 1\n", None)]);
        check(
            "%YAML 1.2\n---\na: 1\n",
            &[("%YAML 1.2\n---\na: 1\n", Some(Oddity::Directives))],
        );
        check(
            "a: 1\n...\n# c\n%TAG ! x\n---\nb: 2\n",
            &[
                ("a: 1\n...\n", None),
                ("# c\n%TAG ! x\n---\nb: 2\n", Some(Oddity::Directives)),
            ],
        );
    }

    #[test]
    fn what_kubectl_takes_differently_is_told() {
        check(
            "a: 1\n...\nb: 2\n",
            &[("a: 1\n...\n", None), ("b: 2\n", Some(Oddity::NoMarker))],
        );
        check(
            "--- {a: 1}\n",
            &[("--- {a: 1}\n", Some(Oddity::TextBehindMarker))],
        );
        check(
            "---a: 1\n",
            &[("---a: 1\n", Some(Oddity::TextBehindMarker))],
        );
    }
}
