//! jq's filters with regular expressions, on the `regex` crate: linear in the text, and compiled once.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock, PoisonError, RwLock};

use graph::Type;
use jaq_core::native::{bome, v};
use jaq_core::{Cv, Error, ValR};
use regex::{Captures, Regex, RegexBuilder};
use smol_str::SmolStr;

use super::text::text;
use super::{Jq, Native};
use crate::value::{KnownPart, Value};

/// The largest compiled expression, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

/// Compiled expressions by their text: the flags of each, and what it compiles to.
type Compiled = HashMap<SmolStr, Vec<(SmolStr, Arc<Regex>)>>;

/// The expressions that were compiled. Whoever holds the lock can't panic between two changes, so that what is behind a
/// poisoned one is whole.
static COMPILED: LazyLock<RwLock<Compiled>> = LazyLock::new(RwLock::default);

/// A constant expression, compiled when it is first used.
pub(crate) struct Expression {
    text: SmolStr,
    flags: SmolStr,
    regex: OnceLock<Option<Arc<Regex>>>,
}

impl Expression {
    pub(crate) fn new(text: SmolStr, flags: SmolStr) -> Self {
        Self {
            text,
            flags,
            regex: OnceLock::new(),
        }
    }

    /// Whether a text matches; nothing where the expression or its flags are invalid.
    pub(crate) fn is_match(&self, text: &str) -> Option<bool> {
        let regex = self
            .regex
            .get_or_init(|| compiled(&self.text, &self.flags).ok());
        regex.as_ref().map(|regex| regex.is_match(text))
    }
}

/// Whether a text matches an expression without flags; nothing where it is invalid.
pub(crate) fn is_match(expression: &str, text: &str) -> Option<bool> {
    let regex = compiled(expression, "").ok()?;
    Some(regex.is_match(text))
}

pub(super) fn natives() -> Vec<Native> {
    vec![
        ("test", v(1), |mut cv| {
            bome(test(&cv.0.pop_var(), &"".into(), &cv.1))
        }),
        ("test", v(2), |mut cv| {
            let flags = cv.0.pop_var();
            bome(test(&cv.0.pop_var(), &flags, &cv.1))
        }),
        ("matches", v(2), |cv| {
            bome(parts(
                cv,
                Parts {
                    between: false,
                    matches: true,
                },
            ))
        }),
        ("split_matches", v(2), |cv| {
            bome(parts(
                cv,
                Parts {
                    between: true,
                    matches: true,
                },
            ))
        }),
        ("split_", v(2), |cv| {
            bome(parts(
                cv,
                Parts {
                    between: true,
                    matches: false,
                },
            ))
        }),
    ]
}

fn compiled(text: &str, flags: &str) -> Result<Arc<Regex>, Error<Value>> {
    let known = {
        let compiled = COMPILED.read().unwrap_or_else(PoisonError::into_inner);
        let mut known = compiled.get(text).into_iter().flatten();
        known
            .find(|(known, _)| known == flags)
            .map(|(_, regex)| Arc::clone(regex))
    };
    if let Some(regex) = known {
        return Ok(regex);
    }
    let regex = Arc::new(compile(text, flags)?);
    let mut compiled = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
    compiled
        .entry(text.into())
        .or_default()
        .push((flags.into(), Arc::clone(&regex)));
    Ok(regex)
}

fn compile(text: &str, flags: &str) -> Result<Regex, Error<Value>> {
    let mut builder = RegexBuilder::new(text);
    builder.size_limit(SIZE_LIMIT);
    for flag in flags.chars() {
        match flag {
            'i' => builder.case_insensitive(true),
            'x' => builder.ignore_whitespace(true),
            's' => builder.dot_matches_new_line(true),
            'g' | 'n' | 'p' | 'l' => &mut builder,
            _ => {
                return Err(Error::str(format_args!(
                    "{flag} is not a flag of regular expressions"
                )));
            }
        };
    }
    builder
        .build()
        .map_err(|error| Error::str(format_args!("invalid regular expression: {error}")))
}

fn test(expression: &Value, flags: &Value, value: &Value) -> ValR<Value> {
    let regex = compiled(text(expression)?, text(flags)?)?;
    let Some(unknown) = value.as_unknown() else {
        return Ok(regex.is_match(text(value)?).into());
    };
    let parts = value.known_parts();
    if parts.iter().any(|part| matches_within(&regex, part)) {
        return Ok(true.into());
    }
    let beginning = parts.first().filter(|part| part.is_first);
    let is_excluded = text(flags)?.is_empty()
        && beginning.is_some_and(|part| excludes(text(expression).unwrap_or_default(), &part.text));
    let question = ("test", expression.to_string(), flags.to_string());
    Ok((!is_excluded && unknown.ask(question)).into())
}

/// Whether an expression matches in a known part of a text, whatever stands around that: assertions look no further than at the
/// characters beside a match.
fn matches_within(regex: &Regex, part: &KnownPart) -> bool {
    regex.find_iter(&part.text).any(|found| {
        let begins = found.start() > 0 || part.is_first;
        begins && (found.end() < part.text.len() || part.is_last)
    })
}

/// Whether an expression can't match a text that begins so, as it wants another beginning.
fn excludes(expression: &str, beginning: &str) -> bool {
    let Some(rest) = expression
        .strip_prefix('^')
        .filter(|rest| !rest.contains('|'))
    else {
        return false;
    };
    let is_plain =
        |character: &char| character.is_ascii_alphanumeric() || "/:_-".contains(*character);
    let mut wanted: String = rest.chars().take_while(is_plain).collect();
    if rest[wanted.len()..].starts_with(['?', '*', '{', '+']) {
        wanted.pop();
    }
    let mut pairs = wanted.chars().zip(beginning.chars());
    pairs.any(|(one, other)| one != other)
}

/// Which parts of the text are wanted.
#[derive(Clone, Copy)]
struct Parts {
    between: bool,
    matches: bool,
}

fn parts(mut input: Cv<'_, Jq>, wanted: Parts) -> ValR<Value> {
    let flags = input.0.pop_var();
    let expression = input.0.pop_var();
    let regex = compiled(text(&expression)?, text(&flags)?)?;
    if let Some(unknown) = input.1.as_unknown() {
        return Ok(unknown.computed_kind(
            ("matches", expression.to_string(), wanted.between),
            Type::List,
        ));
    }
    let text = text(&input.1)?;
    let global = text_flag(&flags, 'g');
    let mut found = Vec::new();
    let mut end = 0;
    for captures in regex
        .captures_iter(text)
        .take(if global { usize::MAX } else { 1 })
    {
        let Some(whole) = captures.get(0) else {
            continue;
        };
        if text_flag(&flags, 'n') && whole.is_empty() {
            continue;
        }
        if wanted.between {
            found.push(text[end..whole.start()].into());
        }
        if wanted.matches {
            found.push(captured(text, &regex, &captures));
        }
        end = whole.end();
    }
    if wanted.between {
        found.push(text[end..].into());
    }
    Ok(Value::array(found))
}

fn text_flag(flags: &Value, flag: char) -> bool {
    flags.as_text().is_some_and(|flags| flags.contains(flag))
}

/// One match as jq gives it: the whole and then each group, with offset and length in characters.
fn captured(text: &str, regex: &Regex, captures: &Captures<'_>) -> Value {
    let groups = regex
        .capture_names()
        .zip(captures.iter())
        .filter_map(|(name, group)| {
            let group = group?;
            let mut entries: Vec<(SmolStr, Value)> = vec![
                (
                    "offset".into(),
                    text[..group.start()].chars().count().into(),
                ),
                ("length".into(), group.as_str().chars().count().into()),
                ("string".into(), group.as_str().into()),
            ];
            if let Some(name) = name {
                entries.push(("name".into(), name.into()));
            }
            Some(Value::object(entries))
        });
    groups.collect()
}
