//! Patterns of folders and files of a repository, and of texts.

/// Whether a pattern matches a whole path as Go's `path.Match` does: `*` and `?` stop at `/`.
///
/// Source: <https://pkg.go.dev/path#Match>
pub(crate) fn matches_folder(pattern: &str, path: &str) -> bool {
    matches(pattern, path, false)
}

/// Whether a pattern names a file as `git ls-files` takes it: `*` goes over `/`, and a path without signs of a pattern names
/// everything below it, too.
///
/// Source: <https://git-scm.com/docs/gitglossary#def_pathspec>
pub(crate) fn matches_file(pattern: &str, path: &str) -> bool {
    let below = path.strip_prefix(pattern.trim_end_matches('/'));
    below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        || matches(pattern, path, true)
}

/// Whether a pattern matches a whole text; its stars take anything.
pub(crate) fn matches_text(pattern: &str, text: &str) -> bool {
    matches(pattern, text, true)
}

/// Matches with the last star only: an earlier one never has to take more.
fn matches(pattern: &str, path: &str, over_slashes: bool) -> bool {
    let (pattern, path): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), path.chars().collect());
    let takes = |sign: char| over_slashes || sign != '/';
    let (mut at, mut read) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while read < path.len() {
        let step = match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
                continue;
            }
            Some('?') if takes(path[read]) => Some(1),
            Some('[') => class(&pattern[at..], path[read]).filter(|_| takes(path[read])),
            Some('\\') => (pattern.get(at + 1) == Some(&path[read])).then_some(2),
            Some(sign) if *sign == path[read] && *sign != '?' => Some(1),
            _ => None,
        };
        match (step, star) {
            (Some(step), _) => {
                at += step;
                read += 1;
            }
            (None, Some((star_at, taken))) if takes(path[taken]) => {
                star = Some((star_at, taken + 1));
                (at, read) = (star_at + 1, taken + 1);
            }
            _ => return false,
        }
    }
    pattern[at..].iter().all(|sign| *sign == '*')
}

/// The length of a class in brackets that a sign is in.
fn class(pattern: &[char], sign: char) -> Option<usize> {
    let end = 2 + pattern.iter().skip(2).position(|one| *one == ']')?;
    let inner = &pattern[1..end];
    let (inner, is_negated) = match inner.first() {
        Some('^' | '!') => (&inner[1..], true),
        _ => (inner, false),
    };
    let mut at = 0;
    let mut is_in = false;
    while at < inner.len() {
        let (low, high) = match (inner.get(at + 1), inner.get(at + 2)) {
            (Some('-'), Some(high)) => (inner[at], *high),
            _ => (inner[at], inner[at]),
        };
        is_in |= (low..=high).contains(&sign);
        at += if high == low { 1 } else { 3 };
    }
    (is_in != is_negated).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stop_at_slashes_in_folders_and_not_in_files() {
        for (pattern, path, folder, file) in [
            ("apps/*", "apps/a", true, true),
            ("apps/*", "apps/a/b", false, true),
            ("apps/*/prod", "apps/a/prod", true, true),
            ("apps/a*b", "apps/aXbXb", true, true),
            ("apps/[a-c]?", "apps/b1", true, true),
            ("apps/[^a]", "apps/a", false, false),
            ("apps", "apps/a", false, true),
            ("app", "apps/a", false, false),
            (
                "clusters/**/config.json",
                "clusters/a/b/config.json",
                false,
                true,
            ),
            ("*", "", true, true),
            ("apps/\\*", "apps/*", true, true),
        ] {
            assert_eq!(matches_folder(pattern, path), folder, "{pattern} {path}");
            assert_eq!(matches_file(pattern, path), file, "{pattern} {path}");
        }
    }
}
