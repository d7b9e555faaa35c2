//! Paths and patterns in queries.

use jaq_core::load::parse::{Pattern, Term};
use jaq_core::path::{Opt, Part};
use smol_str::SmolStr;

use super::compile::{Compiler, Place, constant_text};
use super::scope::Scope;
use super::term::{Missing, Single, Stream};
use crate::value::Value;

type Parts<'t> = [(Part<Term<&'t str>>, Opt)];

/// A variable of a pattern, and the keys that lead to its value.
struct Named<'t> {
    name: &'t str,
    keys: Vec<Value>,
}

impl<'t> Compiler<'_, 't> {
    /// A path. jq computes its keys on the input of the whole path, before it follows the path.
    pub(super) fn path(
        &mut self,
        start: &Term<&'t str>,
        parts: &Parts<'t>,
        place: Place<'_, 't>,
    ) -> Stream {
        let computed: Vec<&Term<&'t str>> = parts
            .iter()
            .filter_map(|(part, _)| computed_key(part))
            .collect();
        let begin = self.term(start, place);
        if computed.is_empty() {
            return follow(begin, parts, 0);
        }
        let is_single = matches!(begin, Stream::One(_));
        let depth = place.depth + usize::from(is_single);
        let mut keys = Vec::new();
        for (index, key) in computed.iter().enumerate() {
            keys.push(self.term(
                key,
                Place {
                    depth: depth + index,
                    ..place
                },
            ));
        }
        let count = keys.len();
        if is_single {
            let inside = follow(Stream::One(Single::Variable(count)), parts, count);
            return Stream::bind(begin, bind_all(keys, inside));
        }
        if keys.iter().any(|key| !matches!(key, Stream::One(_))) {
            // The outputs would come in another order than those of jq.
            return Stream::UNDECIDED;
        }
        let begin = self.term(
            start,
            Place {
                depth: depth + count,
                ..place
            },
        );
        bind_all(keys, follow(begin, parts, count))
    }

    /// `value as pattern | body`
    pub(super) fn bind(
        &mut self,
        value: &Term<&'t str>,
        pattern: &Pattern<&'t str>,
        body: &Term<&'t str>,
        place: Place<'_, 't>,
    ) -> Stream {
        let value = self.term(value, place);
        let level = place.depth;
        if let Pattern::Var(name) = pattern {
            let scope = Scope::Variable {
                outer: place.scope,
                name,
                level,
            };
            return Stream::bind(
                value,
                self.term(
                    body,
                    Place {
                        scope: &scope,
                        depth: level + 1,
                    },
                ),
            );
        }
        let mut named = Vec::new();
        if variables(pattern, &mut Vec::new(), &mut named).is_none() {
            return Stream::UNDECIDED;
        }
        // The value has no name, its parts have.
        Stream::bind(
            value,
            self.bind_parts(
                &named,
                level,
                body,
                Place {
                    depth: level + 1,
                    ..place
                },
            ),
        )
    }

    /// Binds the parts of the value that was bound at `level`, one inside of the other.
    fn bind_parts(
        &mut self,
        parts: &[Named<'t>],
        level: usize,
        body: &Term<&'t str>,
        place: Place<'_, 't>,
    ) -> Stream {
        let Some((part, parts)) = parts.split_first() else {
            return self.term(body, place);
        };
        let value = part
            .keys
            .iter()
            .fold(Single::Variable(place.depth - 1 - level), |value, key| {
                Single::Element(Box::new((value, Single::Constant(key.clone()))))
            });
        let scope = Scope::Variable {
            outer: place.scope,
            name: part.name,
            level: place.depth,
        };
        let inside = Place {
            scope: &scope,
            depth: place.depth + 1,
        };
        Stream::bind(
            Stream::One(value),
            self.bind_parts(parts, level, body, inside),
        )
    }
}

/// The variables of a pattern; nothing where one of its keys is computed.
fn variables<'t>(
    pattern: &Pattern<&'t str>,
    keys: &mut Vec<Value>,
    found: &mut Vec<Named<'t>>,
) -> Option<()> {
    let mut inside = |key: Value, pattern: &Pattern<&'t str>| {
        keys.push(key);
        let result = variables(pattern, keys, found);
        keys.pop();
        result
    };
    match pattern {
        Pattern::Var(name) => found.push(Named {
            name,
            keys: keys.clone(),
        }),
        Pattern::Arr(patterns) => {
            for (index, pattern) in (0..).zip(patterns) {
                inside(Value::Int(index), pattern)?;
            }
        }
        Pattern::Obj(entries) => {
            for (key, pattern) in entries {
                let Term::Str(None, parts) = key else {
                    return None;
                };
                inside(Value::Text(constant_text(parts)?), pattern)?;
            }
        }
    }
    Some(())
}

/// The constant key of a part, if it is one.
fn constant_key(part: &Part<Term<&str>>) -> Option<Value> {
    match part {
        Part::Index(Term::Str(None, parts)) => constant_text(parts).map(Value::Text),
        Part::Index(Term::Num(number)) => number.parse().ok().map(Value::Int),
        _ => None,
    }
}

fn computed_key<'c, 't>(part: &'c Part<Term<&'t str>>) -> Option<&'c Term<&'t str>> {
    match part {
        Part::Index(key) if constant_key(part).is_none() => Some(key),
        _ => None,
    }
}

/// Binds values one inside of the other.
fn bind_all(values: Vec<Stream>, body: Stream) -> Stream {
    values
        .into_iter()
        .rev()
        .fold(body, |body, value| Stream::bind(value, body))
}

/// Follows the parts of a path, of which the computed ones are bound to the innermost variables.
fn follow(start: Stream, parts: &Parts<'_>, computed: usize) -> Stream {
    let mut next = computed;
    parts.iter().fold(start, |stream, (part, opt)| {
        let key = match constant_key(part) {
            Some(key) => Single::Constant(key),
            None if matches!(part, Part::Index(_)) => {
                next -= 1;
                Single::Variable(next)
            }
            None => return Stream::pipe(stream, elements(part, *opt)),
        };
        Stream::pipe(stream, element(key, *opt))
    })
}

fn elements(part: &Part<Term<&str>>, opt: Opt) -> Stream {
    match part {
        Part::Range(None, None) => Stream::Elements(match opt {
            Opt::Optional => Missing::Skips,
            Opt::Essential => Missing::Fails,
        }),
        _ => Stream::UNDECIDED,
    }
}

fn element(key: Single, opt: Opt) -> Stream {
    match (key, opt) {
        (Single::Constant(Value::Text(key)), Opt::Essential) => Stream::One(Single::member(
            Single::Input,
            Box::from([key] as [SmolStr; 1]),
        )),
        (key, Opt::Essential) => Stream::One(Single::Element(Box::new((Single::Input, key)))),
        (key, Opt::Optional) => Stream::ElementIfAny(key),
    }
}
