//! What of checks and definitions only shows when they are put together: names that mean nothing, and messages that are not jq.

use std::sync::Arc;

use jaq_core::load::parse::Def;
use source::{Level, Problem, SourceFile, Span};

use crate::file::Check;
use crate::message::expression;
use crate::native;
use crate::program::{CompileError, Program, VARIABLES};
use crate::query::{Query, check_definitions, definition_names};

/// Takes out the checks, from an index on, whose message is not jq or that use a name which nobody defines, and says so.
pub(crate) fn remove(checks: &mut Vec<Arc<Check>>, from: usize, definitions: &str) -> Vec<Problem> {
    let (new, mut problems) = with_messages(checks.split_off(from));
    let texts: Vec<[Text; 3]> = new.iter().map(|check| texts(check)).collect();
    let queries: Vec<&str> = texts
        .iter()
        .flatten()
        .map(|text| text.query.as_str())
        .collect();
    let errors = match Program::compile(definitions, &queries) {
        Ok(_) => Vec::new(),
        Err(errors) => errors,
    };
    for (index, (check, texts)) in new.into_iter().zip(&texts).enumerate() {
        let own = errors.iter().filter_map(|error| {
            let text = texts.get(error.query?.checked_sub(index * texts.len())?)?;
            Some(text.problem(&check.text.file, error, definitions))
        });
        let before = problems.len();
        problems.extend(own);
        problems.extend(unknown_settings(&check, texts));
        if problems.len() == before {
            checks.push(check);
        }
    }
    problems
}

/// The settings that the texts of a check ask for by name and that it does not have.
fn unknown_settings<'a>(check: &'a Check, texts: &'a [Text; 3]) -> impl Iterator<Item = Problem> {
    texts.iter().flat_map(move |text| {
        let names = text.settings();
        let unknown = names.filter(move |(_, name)| !check.settings().any(|known| known == *name));
        unknown.map(move |(before, name)| {
            let message = format!("the check has no setting `{name}`");
            let number = words(before, name).count();
            let span = text
                .place(&check.text.file, name, number)
                .unwrap_or(text.span);
            let problem = Problem::at(Level::Error, "invalid-check", message, span);
            match source::nearest(name, check.settings()) {
                Some(near) => problem.with_help(format!("did you mean `{near}`?")),
                None => problem.with_help("give it a default under `settings`"),
            }
        })
    })
}

/// The checks whose messages can be put together with other texts, and the problems of the others.
fn with_messages(checks: Vec<Arc<Check>>) -> (Vec<Arc<Check>>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut whole = Vec::new();
    for check in checks {
        let query = expression(&check.message);
        match Query::parse(&query) {
            Ok(_) => whole.push(check),
            Err(error) => {
                let message = error.told("the message", &query);
                let span = check.message_span;
                problems.push(Problem::at(Level::Error, "invalid-check", message, span));
            }
        }
    }
    (whole, problems)
}

/// A text of a check as a query.
struct Text {
    query: String,
    /// Where it is written.
    span: Span,
}

fn texts(check: &Check) -> [Text; 3] {
    let (evidence, evidence_span) = match &check.evidence {
        Some((text, span)) => (text.to_string(), *span),
        None => ("empty".to_owned(), check.query_span),
    };
    [
        Text {
            query: check.query_text(),
            span: check.query_span,
        },
        Text {
            query: expression(&check.message),
            span: check.message_span,
        },
        Text {
            query: evidence,
            span: evidence_span,
        },
    ]
}

impl Text {
    fn problem(&self, file: &SourceFile, error: &CompileError, definitions: &str) -> Problem {
        let before = self.query.get(..error.at).unwrap_or_default();
        let span = self.place(file, &error.name, words(before, &error.name).count());
        problem(error, span.unwrap_or(self.span), definitions)
    }

    /// The names of settings that stand in it, each with the text before it.
    fn settings(&self) -> impl Iterator<Item = (&str, &str)> {
        const VARIABLE: &str = "$settings.";
        self.query.match_indices(VARIABLE).filter_map(|(at, _)| {
            let (before, rest) = self.query.split_at(at + VARIABLE.len());
            let is_part = |character: char| character.is_alphanumeric() || character == '_';
            let end = rest
                .find(|character| !is_part(character))
                .unwrap_or(rest.len());
            (end > 0).then_some((before, &rest[..end]))
        })
    }

    /// The place of the occurrence of a name with this number. The text of a query and what is written in the file differ in
    /// indentation and escapes, but not in the order of names.
    fn place(&self, file: &SourceFile, name: &str, number: usize) -> Option<Span> {
        let at = words(file.slice(self.span), name).nth(number)?;
        let start = self.span.start + u32::try_from(at).ok()?;
        let length = u32::try_from(name.len()).ok()?;
        Some(Span::new(self.span.file, start, start + length))
    }
}

/// The places at which a name stands as a word.
fn words<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = usize> {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    text.match_indices(name)
        .map(|(at, _)| at)
        .filter(move |at| {
            let before = text[..*at].chars().next_back();
            let after = text[at + name.len()..].chars().next();
            !before.is_some_and(is_part) && !after.is_some_and(is_part)
        })
}

/// Checks a file of definitions, which may use those before it.
///
/// # Errors
/// When it is not jq, or uses or defines a name that it must not.
pub(crate) fn definitions(file: &SourceFile, before: &str) -> Result<(), Vec<Problem>> {
    let at = |range: std::ops::Range<usize>| {
        let offset = |at: usize| u32::try_from(at).unwrap_or(0);
        Span::new(file.id, offset(range.start), offset(range.end))
    };
    if let Err(error) = check_definitions(&file.text) {
        let problem = Problem::at(
            Level::Error,
            "invalid-check",
            error.message,
            at(error.range),
        );
        return Err(vec![problem]);
    }
    let taken = definition_names(before);
    let again = definition_names(&file.text)
        .into_iter()
        .filter(|(name, arity, _)| {
            is_native(name, *arity)
                || taken
                    .iter()
                    .any(|(other, count, _)| other == name && count == arity)
        });
    let mut problems: Vec<Problem> = again
        .map(|(name, _, range)| {
            let message = format!("there is a definition of {name} already");
            Problem::at(Level::Error, "invalid-check", message, at(range))
                .with_help("give it another name: built-in checks use the one that is there")
        })
        .collect();
    let all = format!("{before}{}\n", file.text);
    if let Err(errors) = Program::compile(&all, &["."]) {
        let new = errors
            .iter()
            .filter_map(|error| Some((error, error.at.checked_sub(before.len())?)));
        problems.extend(
            new.map(|(error, start)| problem(error, at(start..start + error.name.len()), &all)),
        );
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

fn problem(error: &CompileError, span: Span, definitions: &str) -> Problem {
    let problem = Problem::at(Level::Error, "invalid-check", error.message.clone(), span);
    let known = definition_names(definitions);
    let natives = native_names();
    let filters = known
        .iter()
        .map(|(name, _, _)| *name)
        .chain(natives.iter().map(|(name, _)| name.as_str()));
    let near = if error.name.starts_with('$') {
        source::nearest(&error.name, VARIABLES)
    } else {
        source::nearest(&error.name, filters)
    };
    match near {
        // The name is right, so it is the number of arguments that is not.
        Some(near) if near == error.name => {
            problem.with_help(format!("`{near}` takes another number of arguments"))
        }
        Some(near) => problem.with_help(format!("did you mean `{near}`?")),
        None => problem.with_help("checks/README.md lists the filters that there are"),
    }
}

fn is_native(name: &str, arity: usize) -> bool {
    native_names()
        .iter()
        .any(|(native, count)| native == name && *count == arity)
}

/// The names and numbers of arguments of the filters that are written in Rust and of jq's own library.
fn native_names() -> Vec<(String, usize)> {
    let natives =
        native::functions(0).map(|(name, arguments, _)| (name.to_owned(), arguments.len()));
    let library = native::definitions().map(|def: Def<&str>| (def.name.to_owned(), def.args.len()));
    natives.chain(library).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use source::{Memory, Place, Sources};

    use crate::library::Library;

    const CHECK: &str = "\
title: T
severity: low
resources: [thing]
principle: p
threats: [tampering]
why: w
query: QUERY
message: MESSAGE
remedy: r
settings: { limit: 1 }
fail: [{ name: f, kubernetes: '' }]
pass: [{ name: p, kubernetes: '' }]
";

    /// What loading a folder with one check and a file of definitions says, as `PLACE: MESSAGE (HELP)`, and how many checks are
    /// left.
    fn load(query: &str, message: &str, definitions: &str) -> (Vec<String>, usize) {
        let check = CHECK.replace("QUERY", query).replace("MESSAGE", message);
        let system = Memory::new([
            ("checks/lib/own.jq", definitions),
            ("checks/thing/bad.yaml", &check),
        ]);
        let mut library = Library {
            definitions: "def shared: .;\n".to_owned(),
            ..Library::default()
        };
        let sources = Sources::default();
        let problems = library.load(&system, Path::new("checks"), None, &sources, &|_| true);
        let told = |problem: &source::Problem| {
            let Place::Span(span) = problem.place else {
                return problem.message.clone();
            };
            let file = sources.get(span.file);
            let line = file.position(span.start).line + 1;
            let (text, help) = (
                file.slice(span),
                problem.help.as_deref().unwrap_or_default(),
            );
            format!("{line} `{text}`: {} ({help})", problem.message)
        };
        (problems.iter().map(told).collect(), library.checks.len())
    }

    #[track_caller]
    fn check(query: &str, message: &str, definitions: &str, expected: &[&str]) {
        let (problems, _) = load(query, message, definitions);
        assert_eq!(problems, expected);
    }

    #[test]
    fn checks_use_what_is_defined() {
        let definitions = "def own: shared; def own(f): own | f;";
        let query = "own | own(.a) | [.[]? | select(. == $settings.limit)] | shared";
        assert_eq!(load(query, "text", definitions), (Vec::new(), 1));
    }

    #[test]
    fn an_undefined_name_is_a_problem_at_its_place_and_the_check_does_not_load() {
        let expected = "8 `item_name`: there is no filter item_name (did you mean `item_names`?)";
        let definitions = "def item_names: .;";
        let query = "|\n  .item_name |\n  item_name | .x";
        // The first `item_name` is a key.
        let told = load(query, "text", definitions);
        assert_eq!(told, (vec![expected.replace('8', "9")], 0));
        check("'.a'", "a \\(.b | item_name)", definitions, &[expected]);
        check(
            "own",
            "text",
            "def own(f): f;",
            &["7 `own`: there is no filter own (`own` takes another number of arguments)"],
        );
        check(
            "$setings.x",
            "text",
            "",
            &["7 `$setings`: there is no variable $setings (did you mean `$settings`?)"],
        );
    }

    #[test]
    fn a_setting_that_the_check_does_not_have_is_a_problem_at_its_place() {
        check(
            "$settings.limit, $settings.limits",
            "\\($settings.more)",
            "",
            &[
                "7 `limits`: the check has no setting `limits` (did you mean `limit`?)",
                "8 `more`: the check has no setting `more` (give it a default under `settings`)",
            ],
        );
    }

    #[test]
    fn every_undefined_name_of_a_check_is_told() {
        let (problems, left) = load("xxxxx | yyyyy", "\\(zzzzz)", "");
        assert_eq!((problems.len(), left), (3, 0), "{problems:?}");
    }

    #[test]
    fn definitions_with_undefined_or_taken_names_do_not_load() {
        check(
            ".a",
            "text",
            "def own:\n  unheard_of;",
            &[
                "2 `unheard_of`: there is no filter unheard_of (checks/README.md lists the filters that there are)",
            ],
        );
        let taken = "give it another name: built-in checks use the one that is there";
        for (name, text) in [
            ("shared", "def shared: 1;"),
            ("map", "def map(f): 1;"),
            ("length", "def length: 1;"),
        ] {
            let expected = format!("1 `{name}`: there is a definition of {name} already ({taken})");
            check(".a", "text", text, &[expected.as_str()]);
        }
        check(
            ".a",
            "text",
            "def own: (;",
            &["1 ``: expected closing parenthesis ()"],
        );
    }

    #[test]
    fn a_message_that_is_not_jq_is_a_problem() {
        let (problems, left) = load(".a", "a \\(.b", "");
        assert_eq!((problems.len(), left), (1, 0), "{problems:?}");
        assert!(
            problems[0].contains("the message is not jq"),
            "{problems:?}"
        );
    }
}
