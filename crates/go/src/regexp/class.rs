//! Sets of characters: `[a-z]`, `\d`, `\pL`, `[[:alpha:]]`.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};

use super::escape::{character, escaped};
use super::parse::Invalid;
use super::scripts::SCRIPTS;

const CATEGORIES: &[&str] = &[
    "C", "Cc", "Cf", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn", "N",
    "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So",
    "Z", "Zl", "Zp", "Zs",
];

/// The characters of a general category of Unicode. Go's `C` has no unassigned characters.
#[must_use]
pub fn category(name: &str) -> ClassUnicode {
    match name {
        "C" => {
            let mut class = property("gc", "Cc");
            class.union(&property("gc", "Cf"));
            class.union(&property("gc", "Co"));
            class
        }
        // Surrogates are no characters of a text.
        "Cs" => ClassUnicode::empty(),
        _ => property("gc", name),
    }
}

fn property(kind: &str, name: &str) -> ClassUnicode {
    let parsed = regex_syntax::parse(&format!(r"\p{{{kind}={name}}}"));
    match parsed.map(Hir::into_kind) {
        Ok(HirKind::Class(Class::Unicode(class))) => class,
        // A set of one character is a literal.
        Ok(HirKind::Literal(literal)) => {
            let text = String::from_utf8_lossy(&literal.0);
            of(text.chars().map(|character| (character, character)))
        }
        _ => ClassUnicode::empty(),
    }
}

fn of(ranges: impl IntoIterator<Item = (char, char)>) -> ClassUnicode {
    let ranges = ranges.into_iter();
    ClassUnicode::new(ranges.map(|(start, end)| ClassUnicodeRange::new(start, end)))
}

/// The same set with every character that differs only in case, where that is asked for.
pub(super) fn folded(mut class: ClassUnicode, folds: bool) -> Result<ClassUnicode, Invalid> {
    if folds {
        class
            .try_case_fold_simple()
            .map_err(|error| Invalid(error.to_string()))?;
    }
    Ok(class)
}

/// A set that an escape stands for (`\d`, `\PL`, `\p{^Greek}`) at the beginning of a text that begins with a backslash,
/// and what follows it.
pub(super) fn escaped_class(
    text: &str,
    folds: bool,
) -> Result<Option<(ClassUnicode, &str)>, Invalid> {
    let Some(letter) = text[1..].chars().next() else {
        return Ok(None);
    };
    let rest = &text[1 + letter.len_utf8()..];
    let (class, rest, negated) = match letter {
        'd' | 'D' => (posix("digit"), rest, letter == 'D'),
        's' | 'S' => (
            Some(of([('\t', '\n'), ('\u{c}', '\r'), (' ', ' ')])),
            rest,
            letter == 'S',
        ),
        'w' | 'W' => (posix("word"), rest, letter == 'W'),
        'p' | 'P' => {
            let (name, rest) = property_name(rest)?;
            let (name, inverted) = match name.strip_prefix('^') {
                Some(name) => (name, true),
                None => (name, false),
            };
            (named(name), rest, inverted != (letter == 'P'))
        }
        _ => return Ok(None),
    };
    let class =
        class.ok_or_else(|| Invalid("it names a set of characters that Go doesn't know".into()))?;
    Ok(Some((negated_if(folded(class, folds)?, negated), rest)))
}

fn property_name(text: &str) -> Result<(&str, &str), Invalid> {
    if let Some(braced) = text.strip_prefix('{') {
        return braced
            .split_once('}')
            .ok_or_else(|| Invalid("a `}` is missing".into()));
    }
    let end = text.chars().next().map_or(0, char::len_utf8);
    Ok(text.split_at(end))
}

fn named(name: &str) -> Option<ClassUnicode> {
    if name == "Any" {
        return Some(of([('\0', char::MAX)]));
    }
    if CATEGORIES.contains(&name) {
        return Some(category(name));
    }
    SCRIPTS
        .binary_search(&name)
        .is_ok()
        .then(|| property("sc", name))
}

fn negated_if(mut class: ClassUnicode, negated: bool) -> ClassUnicode {
    if negated {
        class.negate();
    }
    class
}

/// A set in brackets at the beginning of a text, and what follows it.
pub(super) fn bracketed(text: &str, folds: bool) -> Result<(ClassUnicode, &str), Invalid> {
    let inner = &text[1..];
    let (mut rest, negated) = match inner.strip_prefix('^') {
        Some(rest) => (rest, true),
        None => (inner, false),
    };
    let mut class = ClassUnicode::empty();
    let mut is_first = true;
    while is_first || !rest.starts_with(']') {
        is_first = false;
        let (part, after) = item(rest, folds)?;
        class.union(&part);
        rest = after;
    }
    let class = folded(class, folds)?;
    Ok((negated_if(class, negated), &rest[1..]))
}

fn item(text: &str, folds: bool) -> Result<(ClassUnicode, &str), Invalid> {
    if let Some(found) = posix_class(text, folds)? {
        return Ok(found);
    }
    if text.starts_with('\\')
        && let Some(found) = escaped_class(text, folds)?
    {
        return Ok(found);
    }
    let (low, rest) = member(text)?;
    let is_range = rest.len() >= 2 && rest.starts_with('-') && !rest.starts_with("-]");
    let (high, rest) = if is_range {
        member(&rest[1..])?
    } else {
        (low, rest)
    };
    if high < low {
        return Err(Invalid(
            "a range of characters ends before it begins".into(),
        ));
    }
    Ok((of(characters(low, high)), rest))
}

/// One character of a set, as a number: an escape may name a surrogate.
fn member(text: &str) -> Result<(u32, &str), Invalid> {
    if text.starts_with('\\') {
        return escaped(text);
    }
    let (character, rest) = character(text).ok_or_else(|| Invalid("a `]` is missing".into()))?;
    Ok((character.into(), rest))
}

/// The characters in a range of numbers that may begin or end among the surrogates.
fn characters(low: u32, high: u32) -> Option<(char, char)> {
    let low = char::from_u32(low).unwrap_or('\u{e000}');
    let high = char::from_u32(high).unwrap_or('\u{d7ff}');
    (low <= high).then_some((low, high))
}

/// `[:alpha:]`, `[:^alpha:]`.
fn posix_class(text: &str, folds: bool) -> Result<Option<(ClassUnicode, &str)>, Invalid> {
    let Some((name, rest)) = text
        .strip_prefix("[:")
        .and_then(|inner| inner.split_once(":]"))
    else {
        return Ok(None);
    };
    let (name, negated) = match name.strip_prefix('^') {
        Some(name) => (name, true),
        None => (name, false),
    };
    let class = posix(name).ok_or_else(|| Invalid("there is no such set of characters".into()))?;
    Ok(Some((negated_if(folded(class, folds)?, negated), rest)))
}

fn posix(name: &str) -> Option<ClassUnicode> {
    let ranges: &[(char, char)] = match name {
        "alnum" => &[('0', '9'), ('A', 'Z'), ('a', 'z')],
        "alpha" => &[('A', 'Z'), ('a', 'z')],
        "ascii" => &[('\0', '\u{7f}')],
        "blank" => &[('\t', '\t'), (' ', ' ')],
        "cntrl" => &[('\0', '\u{1f}'), ('\u{7f}', '\u{7f}')],
        "digit" => &[('0', '9')],
        "graph" => &[('!', '~')],
        "lower" => &[('a', 'z')],
        "print" => &[(' ', '~')],
        "punct" => &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        "space" => &[('\t', '\r'), (' ', ' ')],
        "upper" => &[('A', 'Z')],
        "word" => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        "xdigit" => &[('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => return None,
    };
    Some(of(ranges.iter().copied()))
}
