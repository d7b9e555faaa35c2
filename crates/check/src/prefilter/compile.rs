//! Parsed queries to the form that the prefilter runs. What it does not know becomes [`Single::Undecided`].

use jaq_core::ValT as _;
use jaq_core::load::lex::StrPart;
use jaq_core::load::parse;
use jaq_core::load::parse::{BinaryOp, Def, Term};
use jaq_core::ops::Math;
use smol_str::SmolStr;

use super::definitions::Definitions;
use super::scope::Scope;
use super::term::{Binary, Global, Single, Stream};
use crate::value::Value;

/// How many terms a query may have after all calls are expanded.
const SIZE: usize = 10_000;

/// How deep terms may stand in each other.
const NESTING: usize = 100;

/// Compiles a query, which was parsed before.
pub(super) fn compile(query: &str, definitions: &Definitions<'_>, settings: &Value) -> Stream {
    let Some(term) = parse(query, |parser| parser.term()) else {
        return Stream::UNDECIDED;
    };
    let mut compiler = Compiler {
        definitions,
        settings,
        left: SIZE,
        nesting: 0,
    };
    compiler.term(
        &term,
        Place {
            scope: &Scope::Shared(definitions.len()),
            depth: 0,
        },
    )
}

/// Where in a query a term stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'c, 't> {
    pub(super) scope: &'c Scope<'c, 't>,
    /// How many variables are bound around the term.
    pub(super) depth: usize,
}

pub(super) struct Compiler<'d, 't> {
    pub(super) definitions: &'d Definitions<'t>,
    settings: &'d Value,
    /// How many more terms the query may have.
    left: usize,
    nesting: usize,
}

impl<'t> Compiler<'_, 't> {
    pub(super) fn term(&mut self, term: &Term<&'t str>, place: Place<'_, 't>) -> Stream {
        if self.left == 0 || self.nesting == NESTING {
            return Stream::UNDECIDED;
        }
        self.left -= 1;
        self.nesting += 1;
        let stream = self.inner(term, place);
        self.nesting -= 1;
        stream
    }

    fn inner(&mut self, term: &Term<&'t str>, place: Place<'_, 't>) -> Stream {
        match term {
            Term::Id => Stream::One(Single::Input),
            Term::Num(number) => constant(number_value(number)),
            Term::Str(None, parts) => self.text(parts, place),
            Term::Arr(None) => constant(Some(Value::array(Vec::new()))),
            Term::Arr(Some(inner)) => {
                Stream::One(Single::Collect(Box::new(self.term(inner, place))))
            }
            Term::Obj(entries) => self
                .object(entries, place)
                .map_or(Stream::UNDECIDED, Stream::One),
            Term::Neg(inner) => match &**inner {
                Term::Num(number) => {
                    constant(number_value(number).and_then(|number| (-number).ok()))
                }
                _ => Stream::UNDECIDED,
            },
            Term::BinOp(left, operator, right) => self.operation(left, operator, right, place),
            Term::IfThenElse(branches, otherwise) => {
                let otherwise = match otherwise {
                    Some(otherwise) => self.term(otherwise, place),
                    None => Stream::One(Single::Input),
                };
                branches
                    .iter()
                    .rev()
                    .fold(otherwise, |otherwise, (condition, then)| {
                        Stream::choose(
                            self.term(condition, place),
                            self.term(then, place),
                            otherwise,
                        )
                    })
            }
            Term::Def(defs, body) => self.locals(defs, body, place),
            Term::Call(name, arguments) => self.call(name, arguments, place),
            Term::Var(name) => {
                variable(name, place, self.settings).map_or(Stream::UNDECIDED, Stream::One)
            }
            Term::Path(inner, path) => self.path(inner, &path.0, place),
            Term::Recurse
            | Term::Str(Some(_), _)
            | Term::Label(..)
            | Term::Break(_)
            | Term::Fold(..)
            | Term::TryCatch(..) => Stream::UNDECIDED,
        }
    }

    fn operation(
        &mut self,
        left: &Term<&'t str>,
        operator: &BinaryOp<&'t str>,
        right: &Term<&'t str>,
        place: Place<'_, 't>,
    ) -> Stream {
        let operator = match operator {
            BinaryOp::Pipe(None) => {
                return Stream::pipe(self.term(left, place), self.term(right, place));
            }
            BinaryOp::Pipe(Some(pattern)) => return self.bind(left, pattern, right, place),
            BinaryOp::Comma => {
                return Stream::comma(self.term(left, place), self.term(right, place));
            }
            BinaryOp::Alt => {
                return Stream::alternative(self.term(left, place), self.term(right, place));
            }
            BinaryOp::Or => Binary::Logic { stop: true },
            BinaryOp::And => Binary::Logic { stop: false },
            BinaryOp::Math(operator) => Binary::Calculate(*operator),
            BinaryOp::Cmp(operator) => Binary::Compare(*operator),
            BinaryOp::Assign | BinaryOp::Update | BinaryOp::UpdateMath(_) | BinaryOp::UpdateAlt => {
                return Stream::UNDECIDED;
            }
        };
        Stream::binary(operator, self.term(left, place), self.term(right, place))
    }

    /// A text with interpolations is the sum of its parts.
    fn text(&mut self, parts: &[StrPart<&'t str, Term<&'t str>>], place: Place<'_, 't>) -> Stream {
        if let Some(text) = constant_text(parts) {
            return constant(Some(Value::Text(text)));
        }
        let mut parts = parts.iter().rev().map(|part| match part {
            StrPart::Str(text) => constant(Some(Value::Text(SmolStr::from(*text)))),
            StrPart::Char(character) => {
                constant(Some(Value::Text(SmolStr::from_iter([*character]))))
            }
            StrPart::Term(term) => Stream::pipe(self.term(term, place), Stream::One(Single::Text)),
        });
        let last = parts.next().unwrap_or(Stream::UNDECIDED);
        parts.fold(last, |rest, part| {
            Stream::binary(Binary::Calculate(Math::Add), part, rest)
        })
    }

    fn object(
        &mut self,
        entries: &[(Term<&'t str>, Option<Term<&'t str>>)],
        place: Place<'_, 't>,
    ) -> Option<Single> {
        if entries.is_empty() {
            return Some(Single::Constant(Value::object([])));
        }
        let mut entry = |(key, value): &(Term<&'t str>, Option<Term<&'t str>>)| match (key, value) {
            (Term::Var(name), None) => Some((
                SmolStr::from(&name[1..]),
                variable(name, place, self.settings)?,
            )),
            (Term::Str(None, parts), None) => {
                let key = constant_text(parts)?;
                Some((key.clone(), Single::member(Single::Input, [key].into())))
            }
            (Term::Str(None, parts), Some(value)) => match self.term(value, place) {
                Stream::One(value) => Some((constant_text(parts)?, value)),
                _ => None,
            },
            _ => None,
        };
        entries
            .iter()
            .map(&mut entry)
            .collect::<Option<Box<[_]>>>()
            .map(Single::Object)
    }

    fn locals(
        &mut self,
        defs: &[Def<&'t str>],
        body: &Term<&'t str>,
        place: Place<'_, 't>,
    ) -> Stream {
        match defs.split_first() {
            Some((def, defs)) => {
                let scope = Scope::Local {
                    outer: place.scope,
                    def,
                };
                self.locals(
                    defs,
                    body,
                    Place {
                        scope: &scope,
                        ..place
                    },
                )
            }
            None => self.term(body, place),
        }
    }
}

pub(super) fn constant(value: Option<Value>) -> Stream {
    value.map_or(Stream::UNDECIDED, |value| {
        Stream::One(Single::Constant(value))
    })
}

fn number_value(number: &str) -> Option<Value> {
    match number.parse() {
        Ok(integer) => Some(Value::Int(integer)),
        Err(_) => Value::from_num(number).ok(),
    }
}

/// The text of a string without interpolations.
pub(super) fn constant_text<T>(parts: &[StrPart<&str, T>]) -> Option<SmolStr> {
    let mut text = String::new();
    for part in parts {
        match part {
            StrPart::Str(part) => text.push_str(part),
            StrPart::Char(character) => text.push(*character),
            StrPart::Term(_) => return None,
        }
    }
    Some(text.into())
}

fn variable(name: &str, place: Place<'_, '_>, settings: &Value) -> Option<Single> {
    if let Some(level) = place.scope.level(name) {
        return Some(Single::Variable(place.depth - 1 - level));
    }
    Some(Single::Global(match name {
        "$settings" => return Some(Single::Constant(settings.clone())),
        "$resource" => Global::Resource,
        "$kubernetes_version" => Global::KubernetesVersion,
        "$now" => Global::Now,
        "$found" => Global::Found,
        _ => return None,
    }))
}
