//! Calls in queries: definitions are expanded where they are called, filters of Rust are looked up.

use jaq_core::load::parse::{Def, Term};
use smol_str::SmolStr;

use super::compile::{Compiler, Place, constant};
use super::native::{function, generator};
use super::scope::{Meaning, Scope};
use super::term::{Quantified, Single, Stream};
use crate::native::Expression;
use crate::value::Value;

impl<'t> Compiler<'_, 't> {
    pub(super) fn call(
        &mut self,
        name: &str,
        arguments: &[Term<&'t str>],
        place: Place<'_, 't>,
    ) -> Stream {
        match place.scope.meaning(name, arguments.len(), self.definitions) {
            Meaning::Argument { term, scope } => self.term(term, Place { scope, ..place }),
            Meaning::Local { def, scope } => self.definition(def, arguments, place, scope),
            Meaning::Shared { def, place: index } => {
                let known = self
                    .definitions
                    .is_own(index)
                    .then(|| self.known(name, arguments, place))
                    .flatten();
                known.unwrap_or_else(|| {
                    self.definition(def, arguments, place, &Scope::Shared(index))
                })
            }
            Meaning::Recursion => Stream::UNDECIDED,
            Meaning::Native => self.native(name, arguments, place),
        }
    }

    /// A definition in place of its call. `scope` is what it sees itself.
    fn definition(
        &mut self,
        def: &Def<&'t str>,
        arguments: &[Term<&'t str>],
        call: Place<'_, 't>,
        scope: &Scope<'_, 't>,
    ) -> Stream {
        let body = Scope::Body { outer: scope, def };
        let parameters: Vec<(&'t str, &Term<&'t str>)> =
            def.args.iter().copied().zip(arguments).collect();
        self.body(
            def,
            &parameters,
            call,
            Place {
                scope: &body,
                depth: call.depth,
            },
        )
    }

    /// The body of a definition, with its parameters bound one inside of the other.
    fn body(
        &mut self,
        def: &Def<&'t str>,
        parameters: &[(&'t str, &Term<&'t str>)],
        call: Place<'_, 't>,
        place: Place<'_, 't>,
    ) -> Stream {
        let Some(((name, term), parameters)) = parameters.split_first() else {
            return self.term(&def.body, place);
        };
        if name.starts_with('$') {
            let value = self.term(
                term,
                Place {
                    depth: place.depth,
                    ..call
                },
            );
            let scope = Scope::Variable {
                outer: place.scope,
                name,
                level: place.depth,
            };
            let inside = Place {
                scope: &scope,
                depth: place.depth + 1,
            };
            return Stream::bind(value, self.body(def, parameters, call, inside));
        }
        let scope = Scope::Argument {
            outer: place.scope,
            name,
            term,
            scope: call.scope,
        };
        self.body(
            def,
            parameters,
            call,
            Place {
                scope: &scope,
                ..place
            },
        )
    }

    /// Those of jq's own definitions that run better by themselves.
    fn known(
        &mut self,
        name: &str,
        arguments: &[Term<&'t str>],
        place: Place<'_, 't>,
    ) -> Option<Stream> {
        Some(match (name, arguments) {
            ("empty", []) => Stream::empty(),
            ("true", []) => constant(Some(Value::Bool(true))),
            ("false", []) => constant(Some(Value::Bool(false))),
            ("null", []) => constant(Some(Value::Null)),
            ("not", []) => Stream::One(Single::Not),
            ("select", [condition]) => Stream::choose(
                self.term(condition, place),
                Stream::One(Single::Input),
                Stream::empty(),
            ),
            ("any", [values, condition]) => self.quantified(values, condition, place, true),
            ("all", [values, condition]) => self.quantified(values, condition, place, false),
            _ => return None,
        })
    }

    fn quantified(
        &mut self,
        values: &Term<&'t str>,
        condition: &Term<&'t str>,
        place: Place<'_, 't>,
        stop: bool,
    ) -> Stream {
        let values = self.term(values, place);
        if values.is_undecided() {
            return Stream::UNDECIDED;
        }
        let condition = self.term(condition, place);
        Stream::One(Single::Quantified(Box::new(Quantified {
            stop,
            values,
            condition,
        })))
    }

    fn native(&mut self, name: &str, arguments: &[Term<&'t str>], place: Place<'_, 't>) -> Stream {
        match (name, arguments) {
            ("first", [values]) => match self.term(values, place) {
                Stream::One(value) => Stream::One(value),
                values => Stream::First(Box::new(values)),
            },
            ("effective", [setting]) => match self.term(setting, place) {
                Stream::One(setting) => Stream::One(Single::Effective(Box::new(setting))),
                _ => Stream::UNDECIDED,
            },
            ("test", [expression]) => self.matches(expression, None, place),
            ("test", [expression, flags]) => self.matches(expression, Some(flags), place),
            (_, []) => native(name),
            (_, [argument]) => self.native_with(name, argument, place),
            _ => Stream::UNDECIDED,
        }
    }

    /// A match with a constant expression, or with one that is computed and has no flags.
    fn matches(
        &mut self,
        expression: &Term<&'t str>,
        flags: Option<&Term<&'t str>>,
        place: Place<'_, 't>,
    ) -> Stream {
        let text = self.term(expression, place);
        let flags = match flags.map(|flags| self.term(flags, place)) {
            Some(Stream::One(Single::Constant(Value::Text(flags)))) => flags,
            Some(_) => return Stream::UNDECIDED,
            None => SmolStr::default(),
        };
        match text {
            Stream::One(Single::Constant(Value::Text(text))) => {
                let expression = Expression::new(text, flags);
                Stream::One(Single::Matches(Box::new(expression)))
            }
            _ if flags.is_empty() => self.native_with("test", expression, place),
            _ => Stream::UNDECIDED,
        }
    }

    fn native_with(
        &mut self,
        name: &str,
        argument: &Term<&'t str>,
        place: Place<'_, 't>,
    ) -> Stream {
        let call = |argument: Single| match (function(name, 1), generator(name, 1)) {
            (Some(function), _) => Stream::One(Single::CallWith(Box::new((function, argument)))),
            (None, Some(generator)) => Stream::GenerateWith(Box::new((generator, argument))),
            (None, None) => Stream::UNDECIDED,
        };
        match self.term(argument, place) {
            Stream::One(Single::Undecided) => Stream::UNDECIDED,
            Stream::One(argument) => call(argument),
            arguments => Stream::bind(arguments, call(Single::Variable(0))),
        }
    }
}

fn native(name: &str) -> Stream {
    match (function(name, 0), generator(name, 0)) {
        (Some(function), _) => Stream::One(Single::Call(function)),
        (None, Some(generator)) => Stream::Generate(generator),
        (None, None) => Stream::UNDECIDED,
    }
}
