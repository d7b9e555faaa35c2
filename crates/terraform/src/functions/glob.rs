//! The patterns of `fileset`.

/// Whether a path below the folder matches a pattern: `*` and `?` stay within a name, `**` as a whole name stands for any
/// folders, `[a-z]` and `[^a]` are sets, `{a,b}` are alternatives, a backslash escapes.
///
/// Source: <https://pkg.go.dev/github.com/bmatcuk/doublestar>, version 1.
///
/// # Errors
/// When the pattern is not well formed.
pub fn matches(pattern: &str, path: &str) -> Result<bool, BadPattern> {
    let pattern: Vec<Vec<char>> = split(pattern);
    let path: Vec<Vec<char>> = path.split('/').map(|name| name.chars().collect()).collect();
    let mut steps = MOST_STEPS;
    match_names(&pattern, &path, &mut steps)
}

/// A pattern that is not well formed, or that takes too long to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the pattern is not well formed")]
pub struct BadPattern;

/// How many comparisons one match may take.
const MOST_STEPS: usize = 100_000;

/// Parts a pattern at its slashes, even at those in braces, which are then not closed.
fn split(pattern: &str) -> Vec<Vec<char>> {
    let mut names = vec![Vec::new()];
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        if character == '/' {
            names.push(Vec::new());
        } else if let Some(name) = names.last_mut() {
            name.push(character);
            if character == '\\' {
                name.extend(characters.next());
            }
        }
    }
    names
}

fn match_names(
    pattern: &[Vec<char>],
    path: &[Vec<char>],
    steps: &mut usize,
) -> Result<bool, BadPattern> {
    let Some((first, rest)) = pattern.split_first() else {
        return Ok(path.is_empty());
    };
    if first.as_slice() == ['*', '*'] {
        for skipped in 0..=path.len() {
            if match_names(rest, &path[skipped..], steps)? {
                return Ok(true);
            }
        }
        return Ok(rest.is_empty());
    }
    let Some((name, names)) = path.split_first() else {
        return Ok(false);
    };
    Ok(match_name(first, name, steps)? && match_names(rest, names, steps)?)
}

fn match_name(pattern: &[char], name: &[char], steps: &mut usize) -> Result<bool, BadPattern> {
    *steps = steps.checked_sub(1).ok_or(BadPattern)?;
    let Some((first, rest)) = pattern.split_first() else {
        return Ok(name.is_empty());
    };
    match first {
        '*' => {
            for skipped in 0..=name.len() {
                if match_name(rest, &name[skipped..], steps)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        '?' => Ok(!name.is_empty() && match_name(rest, &name[1..], steps)?),
        '[' => match_set(rest, name, steps),
        '{' => match_alternatives(rest, name, steps),
        '\\' => {
            let (escaped, rest) = rest.split_first().ok_or(BadPattern)?;
            Ok(name.first() == Some(escaped) && match_name(rest, &name[1..], steps)?)
        }
        first => Ok(name.first() == Some(first) && match_name(rest, &name[1..], steps)?),
    }
}

/// Matches what stands behind an opening bracket.
fn match_set(pattern: &[char], name: &[char], steps: &mut usize) -> Result<bool, BadPattern> {
    let Some((character, name)) = name.split_first() else {
        return Ok(false);
    };
    let is_negated = pattern.first() == Some(&'^');
    let mut rest = &pattern[usize::from(is_negated)..];
    let mut is_member = false;
    let mut count = 0;
    loop {
        match rest {
            [']', behind @ ..] if count > 0 => {
                return Ok(is_member != is_negated && match_name(behind, name, steps)?);
            }
            _ => {}
        }
        let (low, behind) = member(rest)?;
        let (high, behind) = match behind {
            ['-', behind @ ..] => member(behind)?,
            behind => (low, behind),
        };
        is_member |= (low..=high).contains(character);
        rest = behind;
        count += 1;
    }
}

/// A character of a set.
fn member(pattern: &[char]) -> Result<(char, &[char]), BadPattern> {
    match pattern {
        ['\\', character, rest @ ..] => Ok((*character, rest)),
        ['\\' | '-' | ']', ..] | [] => Err(BadPattern),
        [character, rest @ ..] => Ok((*character, rest)),
    }
}

/// Matches what stands behind an opening brace.
fn match_alternatives(
    pattern: &[char],
    name: &[char],
    steps: &mut usize,
) -> Result<bool, BadPattern> {
    let (alternatives, rest) = alternatives(pattern)?;
    for alternative in alternatives {
        let joined: Vec<char> = alternative.iter().chain(rest).copied().collect();
        if match_name(&joined, name, steps)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn alternatives(pattern: &[char]) -> Result<(Vec<&[char]>, &[char]), BadPattern> {
    let mut found = Vec::new();
    let (mut start, mut depth, mut at) = (0, 0_usize, 0);
    while let Some(character) = pattern.get(at) {
        match character {
            '\\' => at += 1,
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.push(&pattern[start..at]);
                return Ok((found, &pattern[at + 1..]));
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&pattern[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    Err(BadPattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_fileset_matches() {
        for (pattern, path, expected) in [
            ("*", "a.txt", Ok(true)),
            ("*", "a/b.txt", Ok(false)),
            ("**", "a/b.txt", Ok(true)),
            ("**/*.txt", "b.txt", Ok(true)),
            ("**/*.txt", "a/c/b.txt", Ok(true)),
            ("a/*/b", "a/c/b", Ok(true)),
            ("*.{yml,yaml}", "x.yaml", Ok(true)),
            ("{a,b/c}", "b/c", Err(BadPattern)),
            ("[a-c]?.[^x]", "bz.y", Ok(true)),
            ("[!a]", "b", Ok(false)),
            ("[^a]", "a", Ok(false)),
            ("\\*", "*", Ok(true)),
            ("\\*", "x", Ok(false)),
            ("{a", "a", Err(BadPattern)),
            ("[a", "a", Err(BadPattern)),
            ("[]a]", "a", Err(BadPattern)),
            (
                "*a*a*a*a*a*a*a*a*a*b",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                Err(BadPattern),
            ),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }
}
