//! Our answers beside the recorded ones.

use std::fmt::Write as _;
use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use source::{FileId, Span};
use terraform::evaluate::Evaluated;
use terraform::syntax::{Expression, ExpressionKind, Places, read_expression};
use terraform::value::Cause;

use super::answer::Answer;
use super::cases::{CaseFile, folder};
use crate::ours;
use crate::value::Value;

/// How many differences are printed.
const SHOWN: usize = 50;

/// The class of what can't be read as an expression, however Terraform's reader puts it.
const SYNTAX: &str = "syntax";

/// The classes of the errors of Terraform's reader.
const READING: &[&str] = &[
    "Argument or block definition required",
    "Extra characters after expression",
    "Extra characters after interpolation expression",
    "Invalid 'for' directive",
    "Invalid 'for' expression",
    "Invalid attribute name",
    "Invalid character",
    "Invalid character encoding",
    "Invalid escape sequence",
    "Invalid expression",
    "Invalid legacy index syntax",
    "Invalid multi-line string",
    "Invalid number literal",
    "Invalid template control keyword",
    "Invalid template directive",
    "Nested splat expression not allowed",
    "Unexpected else directive",
    "Unexpected end of template",
    "Unexpected endfor directive",
    "Unexpected endif directive",
    "Unsupported operator",
];

/// All differences, and a text that tells them.
pub(crate) fn differences(files: &[CaseFile]) -> (usize, String) {
    let answers: Vec<(String, String, Answer)> = files
        .iter()
        .flat_map(|file| {
            let of_file = |(expression, answer)| (file.name.clone(), expression, answer);
            file.answers().into_iter().map(of_file)
        })
        .collect();
    let ours = evaluate(answers.iter().map(|(_, expression, _)| expression.as_str()));
    let mut count = 0;
    let mut told = String::new();
    for ((name, expression, answer), ours) in answers.iter().zip(ours) {
        let expected = comparable(answer.clone());
        if agrees(&expected, &ours) {
            continue;
        }
        count += 1;
        if count <= SHOWN || std::env::var_os("SCANTLING_ALL").is_some() {
            let ours = &ours.answer;
            let _ = writeln!(
                told,
                "{name}: {expression}\n    terraform: {expected}\n    ours:      {ours}"
            );
        }
    }
    let _ = writeln!(told, "{count} of {} expressions differ", answers.len());
    (count, told)
}

/// What we say of an expression.
struct Ours {
    answer: Answer,
    /// Whether it is unknown because a file is not there, which a build may make.
    lacks_file: bool,
}

fn agrees(expected: &Answer, ours: &Ours) -> bool {
    let value = |answer: &Answer| match answer {
        Answer::Value { ty, value } => Some((ty.clone(), value.clone())),
        _ => None,
    };
    let is_same = match (value(expected), value(&ours.answer)) {
        (Some((their_type, theirs)), Some((our_type, ours))) => {
            their_type == our_type && is_same(&theirs, &ours)
        }
        (None, None) => *expected == ours.answer,
        _ => false,
    };
    is_same || ours.lacks_file
}

/// Whether values are the same but for what says nothing.
fn is_same(theirs: &Value, ours: &Value) -> bool {
    match (theirs, ours) {
        // Plans have no negative zero.
        (Value::Scalar(theirs), Value::Scalar(ours)) => {
            theirs == ours || theirs == "0" && ours == "-0"
        }
        // There is more than one way to compress.
        (Value::Text(theirs), Value::Text(ours)) => {
            theirs == ours || unzip(theirs).is_some_and(|text| Some(text) == unzip(ours))
        }
        (Value::Sensitive(theirs), Value::Sensitive(ours)) => is_same(theirs, ours),
        (Value::Items(theirs), Value::Items(ours)) => {
            let mut pairs = theirs.iter().zip(ours);
            theirs.len() == ours.len() && pairs.all(|(theirs, ours)| is_same(theirs, ours))
        }
        (Value::Entries(theirs), Value::Entries(ours)) => {
            let mut pairs = theirs.values().zip(ours.values());
            theirs.keys().eq(ours.keys()) && pairs.all(|(theirs, ours)| is_same(theirs, ours))
        }
        _ => theirs == ours,
    }
}

/// The text that a base64 of a gzip contains.
fn unzip(base64: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(base64).ok()?;
    let mut text = Vec::new();
    GzDecoder::new(bytes.as_slice())
        .read_to_end(&mut text)
        .ok()?;
    Some(text)
}

/// An answer of Terraform's in our words.
fn comparable(answer: Answer) -> Answer {
    match answer {
        Answer::Error { class, .. } if is_reading(&class) => syntax_error(),
        Answer::Error { class, argument } => Answer::Error {
            class: ours::code(&class),
            argument,
        },
        answer => answer,
    }
}

fn is_reading(class: &str) -> bool {
    let begins = ["Missing ", "Unclosed ", "Unterminated ", "Unbalanced "];
    let is_other = class == "Missing map element";
    READING.contains(&class) || !is_other && begins.iter().any(|begin| class.starts_with(begin))
}

fn syntax_error() -> Answer {
    Answer::Error {
        class: SYNTAX.to_owned(),
        argument: None,
    }
}

fn evaluate<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Ours> {
    let read: Vec<Option<Expression>> = texts.map(read).collect();
    let expressions: Vec<Expression> = read
        .iter()
        .map(|expression| expression.clone().unwrap_or_else(nothing))
        .collect();
    let values = ours::evaluate_expressions(&folder("environment"), &expressions);
    let answers = read
        .iter()
        .zip(values)
        .map(|(expression, value)| match expression {
            Some(_) => Ours::of(value),
            None => Ours {
                answer: syntax_error(),
                lacks_file: false,
            },
        });
    answers.collect()
}

/// Reads an expression; one of several lines as `record` writes it, because a heredoc ends with a line.
fn read(text: &str) -> Option<Expression> {
    let wrapped = match text.contains('\n') {
        true => format!("(\n{text}\n)"),
        false => text.to_owned(),
    };
    // The number of no file: nobody prints the text.
    let places = Places::verbatim(FileId(u32::MAX), 0);
    let (expression, problems) = read_expression(&wrapped, &places);
    problems.is_empty().then_some(expression)
}

fn nothing() -> Expression {
    Expression {
        kind: ExpressionKind::Null,
        span: Span::new(FileId(u32::MAX), 0, 0),
    }
}

impl Ours {
    fn of(evaluated: Evaluated) -> Self {
        let lacks_file = evaluated.as_ref().is_ok_and(lacks_file);
        Self {
            answer: answer(evaluated),
            lacks_file,
        }
    }
}

fn lacks_file(value: &terraform::value::Value) -> bool {
    match value.unknown() {
        Some(unknown) => matches!(unknown.cause, Cause::File(_)),
        None => value.parts().any(lacks_file),
    }
}

fn answer(evaluated: Evaluated) -> Answer {
    match evaluated {
        Ok(value) if value.deep_marks().ephemeral => Answer::Ephemeral {
            ty: ours::ty(&value.ty()),
        },
        Ok(value) => Answer::Value {
            ty: ours::ty(&value.ty()),
            value: ours::value(&value),
        },
        Err(error) => Answer::Error {
            class: error.code.to_owned(),
            argument: ours::argument(&error),
        },
    }
}
