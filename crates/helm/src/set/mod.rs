//! Values that are set by arguments: `--set`, `--set-string`, `--set-json`, `--set-file` and `--set-literal`, in Helm's grammar.

mod item;
mod key;
mod scan;
mod typed;
mod value;

use std::rc::Rc;

use source::Span;
use thiserror::Error;

use crate::value::{Map, Mark, Place, Value};
use scan::Scanner;

/// How the values of an argument are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `--set`: numbers, truth values and null are what they look like.
    Set,
    /// `--set-string`: all values are strings.
    String,
    /// `--set-json`: values are JSON.
    Json,
    /// `--set-file`: values are paths of files, whose text is set.
    File,
    /// `--set-literal`: everything behind the first `=` is one string.
    Literal,
}

impl Form {
    /// The order in which Helm applies them, whatever the order of the arguments.
    pub const ORDER: [Self; 5] = [
        Self::Json,
        Self::Set,
        Self::String,
        Self::File,
        Self::Literal,
    ];

    /// The name of the argument.
    #[must_use]
    pub fn flag(self) -> &'static str {
        match self {
            Self::Set => "--set",
            Self::String => "--set-string",
            Self::Json => "--set-json",
            Self::File => "--set-file",
            Self::Literal => "--set-literal",
        }
    }
}

/// An argument that can't be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct InvalidSet {
    /// What is wrong.
    pub message: String,
    /// Where reading ended, in characters from 0.
    pub at: usize,
}

/// Reads the text of a file for `--set-file`, or says why that is not possible.
pub type ReadFile<'a> = &'a dyn Fn(&str) -> Result<String, String>;

/// Sets what an argument says. What was set before an error stays set.
///
/// # Errors
/// When Helm refuses the argument.
pub fn set(
    form: Form,
    argument: &str,
    values: &Map,
    files: ReadFile<'_>,
) -> Result<(), InvalidSet> {
    let told = Rc::from(format!("{} {argument}", form.flag()));
    read(
        values,
        Parser::new(form, argument, files, Setter::Argument(told)),
    )
}

/// Sets what an argument says that is written in a file. The value in it stands at the span.
///
/// # Errors
/// When Helm refuses the argument.
pub fn set_written(form: Form, argument: &str, values: &Map, span: Span) -> Result<(), InvalidSet> {
    let no_file = |_: &str| Err("no file is read".to_owned());
    let parser = Parser::new(form, argument, &no_file, Setter::Span(span));
    read(values, parser)
}

/// Sets the value at a path, whatever it is.
///
/// # Errors
/// When Helm refuses the path.
pub fn set_value(path: &str, value: Value, values: &Map, span: Span) -> Result<(), InvalidSet> {
    let no_file = |_: &str| Err("no file is read".to_owned());
    let argument = format!("{path}=-");
    let mut parser = Parser::new(Form::Set, &argument, &no_file, Setter::Span(span));
    parser.given = Some(value);
    read(values, parser)
}

fn read(values: &Map, mut parser: Parser<'_>) -> Result<(), InvalidSet> {
    loop {
        match parser.key(values, "", 0) {
            Ok(()) => {}
            Err(Stop::End) => return Ok(()),
            Err(Stop::Failed(message)) => {
                let at = parser.scanner.at();
                return Err(InvalidSet { message, at });
            }
        }
    }
}

/// What sets a value.
enum Setter {
    /// An argument of the command line.
    Argument(Rc<str>),
    /// Text in a file.
    Span(Span),
}

/// Why reading stops.
enum Stop {
    /// The argument is at its end.
    End,
    /// Something is wrong.
    Failed(String),
}

struct Parser<'a> {
    scanner: Scanner,
    form: Form,
    files: ReadFile<'a>,
    setter: Setter,
    /// What is set whatever the argument says.
    given: Option<Value>,
    /// How many lists stand in others so far, and the items that lists got.
    lists: usize,
    items: usize,
}

impl<'a> Parser<'a> {
    fn new(form: Form, argument: &str, files: ReadFile<'a>, setter: Setter) -> Self {
        Self {
            scanner: Scanner::new(argument, form != Form::Literal),
            form,
            files,
            setter,
            given: None,
            lists: 0,
            items: 0,
        }
    }

    /// The mark of what is set at a path.
    fn mark(&self, path: &str) -> Mark {
        Mark::at(match &self.setter {
            Setter::Argument(argument) => Place::Argument(Rc::clone(argument), path.into()),
            Setter::Span(span) => Place::Values(*span, path.into()),
        })
    }
}

fn failed<T>(message: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Failed(message.into()))
}
