//! The text of queries: whether it is well formed, whether it can run for ever, and the generator that it begins with.

use std::ops::Range;

use jaq_core::load::lex::{Lexer, StrPart, Tok, Token};
use jaq_core::load::parse::{BinaryOp, Def, Parser, Pattern, Term};
use jaq_core::path::Part;
use smol_str::SmolStr;

/// Why a text is no query, and which part of it is to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) message: String,
    pub(crate) range: Range<usize>,
}

impl SyntaxError {
    /// The error with the part of the text that it is about.
    pub(crate) fn told(&self, what: &str, text: &str) -> String {
        let near: String = text[self.range.start..].chars().take(20).collect();
        if near.is_empty() {
            format!("{what} is not jq: {} at its end", self.message)
        } else {
            format!(
                "{what} is not jq: {} at `{}`",
                self.message,
                source::neutral(near.trim_end())
            )
        }
    }
}

/// A query, divided at its first pipe where it begins with a generator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Query {
    /// The generator: what stands before the first pipe.
    pub(crate) head: Option<SmolStr>,
    /// The rest, or the whole query.
    pub(crate) rest: SmolStr,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// When it is not jq, or defines a filter that calls itself.
    pub(crate) fn parse(text: &str) -> Result<Self, SyntaxError> {
        let tokens = lex(text)?;
        let term = Parser::new(&tokens)
            .parse(Parser::term)
            .map_err(|errors| parse_error(text, errors))?;
        Recursion {
            text,
            scope: Vec::new(),
        }
        .term(&term)?;
        Ok(match head_end(text, &tokens, &term) {
            Some(pipe) => Self {
                head: Some(text[..pipe].trim().into()),
                rest: text[pipe + 1..].trim().into(),
            },
            None => Self {
                head: None,
                rest: text.trim().into(),
            },
        })
    }
}

/// Checks a text of definitions.
///
/// # Errors
/// When it is not jq, or a definition calls itself.
pub(crate) fn check_definitions(text: &str) -> Result<(), SyntaxError> {
    let tokens = lex(text)?;
    let defs = Parser::new(&tokens)
        .parse(Parser::defs)
        .map_err(|errors| parse_error(text, errors))?;
    Recursion {
        text,
        scope: Vec::new(),
    }
    .defs(&defs)
}

/// The names that a text of definitions defines at its top level, with their numbers of arguments and places.
pub(crate) fn definition_names(text: &str) -> Vec<(&str, usize, Range<usize>)> {
    let Ok(tokens) = lex(text) else {
        return Vec::new();
    };
    let defs = Parser::new(&tokens).parse(Parser::defs).unwrap_or_default();
    defs.iter()
        .map(|def| (def.name, def.args.len(), span(text, def.name)))
        .collect()
}

fn lex(text: &str) -> Result<Vec<Token<&str>>, SyntaxError> {
    Lexer::new(text).lex().map_err(|errors| {
        let (expected, found) = errors
            .first()
            .map_or(("something else", text), |(expect, found)| {
                (expect.as_str(), *found)
            });
        let start = offset(text, found);
        let end = found
            .chars()
            .next()
            .map_or(start, |character| start + character.len_utf8());
        SyntaxError {
            message: format!("expected {expected}"),
            range: start..end,
        }
    })
}

type ParseErrors<'s, 't> = Vec<(
    jaq_core::load::parse::Expect<&'s str>,
    Option<&'t Token<&'s str>>,
)>;

fn parse_error(text: &str, errors: ParseErrors<'_, '_>) -> SyntaxError {
    let first = errors.into_iter().next();
    let (expected, found) = first.map_or(("a query", None), |(expect, found)| {
        (expect.as_str(), found)
    });
    let range = found.map_or(text.len()..text.len(), |Token(found, _)| span(text, found));
    SyntaxError {
        message: format!("expected {expected}"),
        range,
    }
}

/// The place of a part of a text in it.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize)
        .saturating_sub(text.as_ptr() as usize)
        .min(text.len())
}

pub(crate) fn span(text: &str, part: &str) -> Range<usize> {
    let start = offset(text, part);
    start..(start + part.len()).min(text.len())
}

/// The offset of the pipe behind the generator that a query begins with.
fn head_end(text: &str, tokens: &[Token<&str>], term: &Term<&str>) -> Option<usize> {
    let Term::BinOp(left, BinaryOp::Pipe(None), _) = term else {
        return None;
    };
    if !is_generator(left) {
        return None;
    }
    // A keyword before the first pipe could hold pipes of its own (`if a | b then …`).
    let keywords = ["if", "def", "reduce", "foreach", "try", "label", "as"];
    for Token(found, kind) in tokens {
        match kind {
            Tok::Word if keywords.contains(found) => return None,
            Tok::Sym if *found == "|" => return Some(offset(text, found)),
            _ => {}
        }
    }
    None
}

/// Whether a term may have several outputs by its form: a call, or a path with `[]`.
fn is_generator(term: &Term<&str>) -> bool {
    match term {
        Term::Call(..) => true,
        Term::Path(inner, path) => {
            is_generator(inner)
                || path
                    .0
                    .iter()
                    .any(|(part, _)| matches!(part, Part::Range(None, None)))
        }
        _ => false,
    }
}

/// Finds definitions that call themselves. In jq only the definitions around a call can lead back to it: later ones are not
/// visible.
struct Recursion<'a> {
    text: &'a str,
    /// The names that are visible, innermost last, with whether calling them from here is recursion.
    scope: Vec<(&'a str, usize, bool)>,
}

type Found = Result<(), SyntaxError>;

impl<'a> Recursion<'a> {
    fn defs(&mut self, defs: &[Def<&'a str>]) -> Found {
        for def in defs {
            let depth = self.scope.len();
            self.scope.push((def.name, def.args.len(), true));
            self.scope
                .extend(def.args.iter().map(|argument| (*argument, 0, false)));
            self.term(&def.body)?;
            self.scope.truncate(depth);
            self.scope.push((def.name, def.args.len(), false));
        }
        Ok(())
    }

    fn terms<'t>(&mut self, terms: impl IntoIterator<Item = &'t Term<&'a str>>) -> Found
    where
        'a: 't,
    {
        terms.into_iter().try_for_each(|term| self.term(term))
    }

    fn term(&mut self, term: &Term<&'a str>) -> Found {
        match term {
            Term::Id
            | Term::Recurse
            | Term::Num(_)
            | Term::Break(_)
            | Term::Var(_)
            | Term::Arr(None) => Ok(()),
            Term::Str(_, parts) => self.terms(parts.iter().filter_map(|part| match part {
                StrPart::Term(term) => Some(term),
                StrPart::Str(_) | StrPart::Char(_) => None,
            })),
            Term::Arr(Some(inner))
            | Term::Neg(inner)
            | Term::Label(_, inner)
            | Term::TryCatch(inner, None) => self.term(inner),
            Term::Obj(entries) => self.terms(
                entries
                    .iter()
                    .flat_map(|(key, value)| std::iter::once(key).chain(value)),
            ),
            Term::BinOp(left, operator, right) => {
                if let BinaryOp::Pipe(Some(pattern)) = operator {
                    self.pattern(pattern)?;
                }
                self.terms([&**left, &**right])
            }
            Term::Fold(_, values, pattern, terms) => {
                self.pattern(pattern)?;
                self.term(values)?;
                self.terms(terms)
            }
            Term::TryCatch(inner, Some(catch)) => self.terms([&**inner, &**catch]),
            Term::IfThenElse(branches, otherwise) => {
                self.terms(
                    branches
                        .iter()
                        .flat_map(|(condition, then)| [condition, then]),
                )?;
                self.terms(otherwise.as_deref())
            }
            Term::Def(defs, body) => {
                let depth = self.scope.len();
                self.defs(defs)?;
                self.term(body)?;
                self.scope.truncate(depth);
                Ok(())
            }
            Term::Call(name, arguments) => {
                self.call(name, arguments.len())?;
                self.terms(arguments)
            }
            Term::Path(inner, path) => {
                self.term(inner)?;
                self.terms(
                    path.0
                        .iter()
                        .flat_map(|(part, _)| match part {
                            Part::Index(index) => [Some(index), None],
                            Part::Range(from, to) => [from.as_ref(), to.as_ref()],
                        })
                        .flatten(),
                )
            }
        }
    }

    fn pattern(&mut self, pattern: &Pattern<&'a str>) -> Found {
        match pattern {
            Pattern::Var(_) => Ok(()),
            Pattern::Arr(elements) => elements
                .iter()
                .try_for_each(|element| self.pattern(element)),
            Pattern::Obj(entries) => entries.iter().try_for_each(|(key, value)| {
                self.term(key)?;
                self.pattern(value)
            }),
        }
    }

    fn call(&self, name: &str, arity: usize) -> Found {
        let meant = self
            .scope
            .iter()
            .rev()
            .find(|(known, arguments, _)| *known == name && *arguments == arity);
        match meant {
            Some((_, _, true)) => Err(SyntaxError {
                message: format!("the definition of {name} calls itself, which could run for ever"),
                range: span(self.text, name),
            }),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn divides(text: &str, head: Option<&str>, rest: &str) {
        assert_eq!(
            Query::parse(text),
            Ok(Query {
                head: head.map(Into::into),
                rest: rest.into()
            })
        );
    }

    #[track_caller]
    fn fails(text: &str, message: &str, blamed: &str) {
        let error = Query::parse(text).unwrap_err();
        assert_eq!(
            (error.message.as_str(), &text[error.range]),
            (message, blamed)
        );
    }

    #[test]
    fn a_generator_before_the_first_pipe_is_the_head() {
        divides("containers | .image", Some("containers"), ".image");
        divides(
            ".spec.rules[] | .host | select(. == null)",
            Some(".spec.rules[]"),
            ".host | select(. == null)",
        );
        divides(
            "refs(\"Secret\" | .) | .a",
            Some("refs(\"Secret\" | .)"),
            ".a",
        );
    }

    #[test]
    fn other_queries_are_not_divided() {
        for whole in [
            ".spec | .a",
            ".a",
            "if .a | .b then .c else .d end | .e",
            ".a[] as $x | $x",
            "def f: .a | .b; f | .c",
        ] {
            divides(whole, None, whole);
        }
    }

    #[test]
    fn syntax_errors_name_their_place() {
        fails(".a | select(", "expected closing parenthesis", "");
        fails(".a ]", "expected token", "]");
    }

    #[test]
    fn definitions_that_call_themselves_are_rejected() {
        let message = "the definition of f calls itself, which could run for ever";
        for text in [
            "def f: f; f",
            "def f: [f]; f",
            "def f: def g: f; g; f",
            "def f(x): .a | f(x); f(.)",
            "def f: 1; def f: f; f",
        ] {
            fails(text, message, "f");
        }
        for text in ["def f(f): f; f(.)", "def f: 1; def g: f; g"] {
            assert!(Query::parse(text).is_ok(), "{text}");
        }
    }
}
