//! Regular expressions in the syntax of Go.
//!
//! Source: <https://masterminds.github.io/sprig/strings.html>, `regexMatch` and what follows.

use std::rc::Rc;

use go::regexp::{Found, Instead, Pattern, Replacement, TooMuch};

use super::{Arguments, Function, Type};
use crate::run::{Failure, Run};
use crate::value::{Text, TextBuilder, Value};

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("mustRegexFind", TWO, find),
    Function::new("mustRegexFindAll", COUNTED, find_all),
    Function::new("mustRegexMatch", TWO, matches),
    Function::new("mustRegexReplaceAll", THREE, replace),
    Function::new("mustRegexReplaceAllLiteral", THREE, replace_literally),
    Function::new("mustRegexSplit", COUNTED, split),
    Function::new("regexFind", TWO, find),
    Function::new("regexFindAll", COUNTED, find_all),
    Function::new("regexMatch", TWO, matches_or_not),
    Function::new("regexQuoteMeta", &[STRING], quote),
    Function::new("regexReplaceAll", THREE, replace),
    Function::new("regexReplaceAllLiteral", THREE, replace_literally),
    Function::new("regexSplit", COUNTED, split),
];

/// How many bytes of a pattern are compiled in the time of a step.
const BYTES_OF_STEP: u64 = 16;
const STRING: Type = Type::String;
const TWO: &[Type] = &[STRING, STRING];
const THREE: &[Type] = &[STRING, STRING, STRING];
const COUNTED: &[Type] = &[STRING, STRING, Type::INT];

/// A pattern, and a text whose bytes are UTF-8.
struct Search {
    pattern: Rc<Pattern>,
    text: Text,
}

impl Search {
    fn of(run: &mut Run, arguments: &Arguments) -> Result<Self, Failure> {
        let pattern = arguments.string(0)?;
        let text = arguments.text(1)?;
        run.room_for(pattern.len().saturating_mul(64).saturating_add(text.len()))?;
        let is_remembered = Pattern::is_remembered(&pattern);
        let pattern = Pattern::compiled(&pattern)
            .map_err(|why| Failure::new(format!("error parsing regexp: {why}")))?;
        if !is_remembered {
            run.spend(pattern.size() as u64 / BYTES_OF_STEP)?;
        }
        let string = text.to_str();
        let text = match string.len() == text.len() {
            true => text.clone(),
            false => Text::marked(string.as_bytes(), text.mark()),
        };
        Ok(Self { pattern, text })
    }

    fn all(&self, run: &mut Run) -> Result<Vec<Found>, Failure> {
        let found = self.pattern.all(&self.text.to_str()).map_err(too_much)?;
        run.spend(found.len() as u64)?;
        Ok(found)
    }

    fn first(&self) -> Result<Option<Found>, Failure> {
        self.pattern.first(&self.text.to_str()).map_err(too_much)
    }

    fn part(&self, found: &Found) -> Text {
        self.text.slice(found.whole())
    }
}

fn too_much(why: TooMuch) -> Failure {
    Failure::bound(why.to_string())
}

fn matches(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let search = Search::of(run, arguments)?;
    Ok(Value::bool(search.first()?.is_some()))
}

/// A pattern that can't be read matches nothing.
fn matches_or_not(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    match go::regexp::parse(&arguments.string(0)?) {
        Ok(_) => matches(run, arguments),
        Err(_) => Ok(Value::bool(false)),
    }
}

fn find(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let search = Search::of(run, arguments)?;
    let found = search.first()?;
    let text = found.map(|found| search.part(&found));
    Ok(Value::text(text.unwrap_or_default()))
}

/// The first matches; a negative number stands for all.
fn find_all(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let search = Search::of(run, arguments)?;
    let most = usize::try_from(arguments.integer(2)?).unwrap_or(usize::MAX);
    let found = search.all(run)?;
    let texts = found.iter().take(most).map(|found| search.part(found));
    let texts: Vec<Text> = texts.collect();
    Ok(match texts.is_empty() {
        true => super::zero(Type::STRINGS),
        false => Value::strings(texts),
    })
}

fn replace(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let replacement = arguments.string(2)?;
    if !replacement.contains('$') {
        return replace_literally(run, arguments);
    }
    let search = Search::of(run, arguments)?;
    let replacement = Replacement::read(&replacement, &search.pattern);
    let mark = arguments.text(2)?.mark();
    replaced(run, &search, |builder, found| {
        for part in replacement.parts(found) {
            match part {
                Instead::Text(text) => builder.push_bytes(text, &mark),
                Instead::Group(span) => builder.push_range(&search.text, span),
            }
        }
    })
}

fn replace_literally(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let search = Search::of(run, arguments)?;
    let instead = arguments.text(2)?;
    replaced(run, &search, |builder, _| builder.push(instead))
}

fn replaced(
    run: &mut Run,
    search: &Search,
    mut push: impl FnMut(&mut TextBuilder, &Found),
) -> Result<Value, Failure> {
    let mut builder = TextBuilder::default();
    let mut done = 0;
    let mut paid = 0;
    for found in search.all(run)? {
        let whole = found.whole();
        builder.push_range(&search.text, done..whole.start);
        push(&mut builder, &found);
        done = whole.end;
        run.room_for(builder.len() - paid)?;
        paid = builder.len();
    }
    builder.push_range(&search.text, done..search.text.len());
    run.room_for(builder.len())?;
    Ok(Value::text(builder.finish()))
}

/// The parts between matches, at most so many; a negative number stands for all.
fn split(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let search = Search::of(run, arguments)?;
    let most = match arguments.integer(2)? {
        0 => return Ok(super::zero(Type::STRINGS)),
        most => usize::try_from(most).unwrap_or(usize::MAX),
    };
    let length = search.text.len();
    let is_empty_pattern = arguments.text(0)?.is_empty();
    if !is_empty_pattern && length == 0 {
        return Ok(Value::strings([Text::default()]));
    }
    let mut parts = Vec::new();
    let (mut begin, mut end) = (0, 0);
    for found in search.all(run)? {
        if most != usize::MAX && parts.len() + 1 == most {
            break;
        }
        let whole = found.whole();
        end = whole.start;
        if whole.end != 0 {
            parts.push(search.text.slice(begin..end));
        }
        begin = whole.end;
    }
    if end != length {
        parts.push(search.text.slice(begin..length));
    }
    Ok(Value::strings(parts))
}

fn quote(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = arguments.text(0)?;
    run.room_for(text.len().saturating_mul(2))?;
    let mut builder = TextBuilder::default();
    for (at, byte) in text.as_bytes().iter().enumerate() {
        if br"\.+*?()|[]{}^$".contains(byte) {
            builder.push(&Text::from("\\"));
        }
        builder.push_range(text, at..at + 1);
    }
    Ok(Value::text(builder.finish()))
}
