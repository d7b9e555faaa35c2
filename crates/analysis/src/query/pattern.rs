//! Values of queries: text with `*` and `?`, in which capitals make no difference.

/// A value of a query, in small letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern(Vec<char>);

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        Self(text.to_lowercase().chars().collect())
    }

    /// Whether all of a text is meant.
    pub(super) fn matches(&self, text: &str) -> bool {
        matches(&self.0, text)
    }

    /// Whether a path is meant, or a folder around it.
    pub(super) fn matches_path(&self, path: &str) -> bool {
        let path = path.replace('\\', "/");
        let path = path.trim_start_matches("./");
        let ends = path.match_indices('/').map(|(at, _)| at);
        let wanted: &[char] = match self.0.as_slice() {
            ['.', '/', rest @ ..] => rest,
            all => all,
        };
        let wanted = wanted.strip_suffix(&['/']).unwrap_or(wanted);
        ends.chain([path.len()])
            .any(|end| matches(wanted, &path[..end]))
    }
}

/// Whether `pattern` is all of `text`.
fn matches(pattern: &[char], text: &str) -> bool {
    if text.is_ascii() {
        let bytes = text.as_bytes();
        let letter = |at: usize| char::from(bytes[at].to_ascii_lowercase());
        return fits(pattern, bytes.len(), letter);
    }
    let text: Vec<char> = text.chars().map(small).collect();
    fits(pattern, text.len(), |at| text[at])
}

/// Whether a pattern is all of a text of so many letters. When a letter does not fit, only the last `*` is tried again with one
/// letter more: what it costs is bounded by the product of both lengths.
fn fits(pattern: &[char], length: usize, letter: impl Fn(usize) -> char) -> bool {
    let (mut at, mut here) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while here < length {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, here));
                at += 1;
            }
            Some(wanted) if *wanted == '?' || *wanted == letter(here) => {
                at += 1;
                here += 1;
            }
            _ => {
                let Some((back, from)) = star else {
                    return false;
                };
                star = Some((back, from + 1));
                at = back + 1;
                here = from + 1;
            }
        }
    }
    pattern[at..].iter().all(|rest| *rest == '*')
}

fn small(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// Whether a text in small letters occurs in another text.
pub(super) fn contains(text: &str, wanted: &str) -> bool {
    if !(wanted.is_ascii() && text.is_ascii()) {
        return text.to_lowercase().contains(wanted);
    }
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    let (Some(first), Some(last)) = (wanted.first(), text.len().checked_sub(wanted.len())) else {
        return wanted.is_empty();
    };
    let starts = (0..=last).filter(|at| text[*at].eq_ignore_ascii_case(first));
    { starts }.any(|at| text[at..at + wanted.len()].eq_ignore_ascii_case(wanted))
}
