//! Versions at the beginning of a text, with the parts that they consist of.

/// A version as it is written, and what follows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scanned<'t> {
    /// All of it, also the `v`.
    pub(super) whole: &'t str,
    /// The numbers that are there.
    pub(super) numbers: [Option<&'t str>; 3],
    /// What follows the hyphen.
    pub(super) prerelease: Option<&'t str>,
    /// What follows the plus sign.
    pub(super) metadata: Option<&'t str>,
    pub(super) rest: &'t str,
}

/// Reads as much of a text as can be a version whose numbers have these letters.
pub(super) fn scan(text: &str, is_of_number: fn(char) -> bool) -> Option<Scanned<'_>> {
    let start = text.strip_prefix('v').unwrap_or(text);
    let (major, mut rest) = run(start, is_of_number)?;
    let mut numbers = [Some(major), None, None];
    for number in &mut numbers[1..] {
        let after = rest.strip_prefix('.');
        let Some((digits, after)) = after.and_then(|after| run(after, is_of_number)) else {
            break;
        };
        (*number, rest) = (Some(digits), after);
    }
    let (prerelease, rest) = marked(rest, '-');
    let (metadata, rest) = marked(rest, '+');
    Some(Scanned {
        whole: &text[..text.len() - rest.len()],
        numbers,
        prerelease,
        metadata,
        rest,
    })
}

fn run(text: &str, is_of_run: fn(char) -> bool) -> Option<(&str, &str)> {
    let end = text.find(|letter| !is_of_run(letter)).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// Identifiers with dots between them behind a mark.
fn marked(text: &str, mark: char) -> (Option<&str>, &str) {
    let Some(start) = text.strip_prefix(mark) else {
        return (None, text);
    };
    let Some((_, mut rest)) = run(start, is_of_identifier) else {
        return (None, text);
    };
    while let Some((_, after)) = rest
        .strip_prefix('.')
        .and_then(|after| run(after, is_of_identifier))
    {
        rest = after;
    }
    (Some(&start[..start.len() - rest.len()]), rest)
}

fn is_of_identifier(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-'
}
