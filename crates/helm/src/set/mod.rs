//! Values that are set by arguments: `--set`, `--set-string`, `--set-json`, `--set-file` and `--set-literal`, in Helm's grammar.

mod item;
mod key;
mod scan;
mod typed;
mod value;

use std::rc::Rc;

use thiserror::Error;

use crate::value::{Map, Mark, Place};
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
    let mut parser = Parser {
        scanner: Scanner::new(argument, form != Form::Literal),
        form,
        files,
        argument: Rc::from(format!("{} {argument}", form.flag())),
        lists: 0,
        items: 0,
    };
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
    argument: Rc<str>,
    /// How many lists stand in others so far, and the items that lists got.
    lists: usize,
    items: usize,
}

impl Parser<'_> {
    /// The mark of what is set at a path.
    fn mark(&self, path: &str) -> Mark {
        Mark::at(Place::Argument(Rc::clone(&self.argument), path.into()))
    }
}

fn failed<T>(message: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Failed(message.into()))
}
