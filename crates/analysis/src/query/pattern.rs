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

/// Whether `pattern` is all of `text`. When a letter does not fit, only the last `*` is tried again with one letter more: what it
/// costs is bounded by the product of both lengths.
fn matches(pattern: &[char], text: &str) -> bool {
    let text: Vec<char> = text.chars().map(small).collect();
    let (mut at, mut here) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while here < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, here));
                at += 1;
            }
            Some(letter) if *letter == '?' || *letter == text[here] => {
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
    let Some(first) = wanted.first() else {
        return true;
    };
    let mut windows = text.windows(wanted.len());
    windows
        .any(|window| window[0].eq_ignore_ascii_case(first) && window.eq_ignore_ascii_case(wanted))
}
