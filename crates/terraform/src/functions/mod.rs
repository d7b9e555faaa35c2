//! The functions of Terraform's and OpenTofu's language.
//!
//! A function is a row of a table: its parameters, the type of its result and the code that computes it. What all
//! functions share stands in [`call`]: conversion of arguments, nulls, unknowns and marks.

mod arguments;
mod call;
mod charset;
mod collections;
mod conversion;
mod csv;
mod date;
mod encoding;
mod files;
mod format;
pub mod glob;
mod hash;
mod ip;
mod json;
mod numeric;
mod pieces;
mod places;
pub mod provider;
mod regex;
mod results;
mod rsa;
mod sets;
mod shapes;
mod strings;
#[cfg(test)]
pub(crate) mod testing;
mod time;
mod tofu;
#[cfg(test)]
mod told;
mod yaml;

use std::fmt;
use std::path::Path;

use smol_str::SmolStr;
use source::Span;

use crate::syntax::Expression;
use crate::value::{Origin, Type, Unknown, Value};

pub use call::{call, check_count, convert_all, find, names};
pub(crate) use encoding::{decode_json, decode_yaml, encoded};
pub(crate) use json::write_string as write_json_string;
pub(crate) use places::{HOLE, Written};

/// The tables of the modules.
static TABLES: &[&[Function]] = &[
    charset::FUNCTIONS,
    collections::choose::FUNCTIONS,
    collections::inspect::FUNCTIONS,
    collections::maps::FUNCTIONS,
    collections::sequences::FUNCTIONS,
    conversion::FUNCTIONS,
    csv::FUNCTIONS,
    date::FUNCTIONS,
    encoding::FUNCTIONS,
    files::FUNCTIONS,
    format::FUNCTIONS,
    hash::FUNCTIONS,
    ip::FUNCTIONS,
    numeric::FUNCTIONS,
    regex::FUNCTIONS,
    sets::FUNCTIONS,
    strings::FUNCTIONS,
    tofu::FUNCTIONS,
];

/// A function.
pub struct Function {
    /// Its name, without namespace.
    pub name: &'static str,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// The parameter that all further arguments have.
    pub variadic: Option<Parameter>,
    /// The type of the result, from the arguments; also fails where Terraform's does while arguments are unknown.
    pub returns: fn(&[Value]) -> Result<Type, Failure>,
    /// Whether a result that is unknown because of its arguments is known not to be null.
    pub not_null: bool,
    /// Computes the result from arguments that are converted and, as far as the parameters ask for it, known, not null
    /// and without marks.
    pub compute: Compute,
}

/// The code that computes a result.
pub type Compute = fn(&Environment<'_>, &[Value]) -> Result<Value, Failure>;

/// A parameter, as go-cty describes them.
///
/// Source: <https://pkg.go.dev/github.com/zclconf/go-cty/cty/function#Parameter>.
#[derive(Clone, Copy)]
pub struct Parameter {
    /// Its name, as in Terraform's documentation.
    pub name: &'static str,
    /// The type that an argument is converted to.
    pub ty: fn() -> Type,
    /// Whether the argument may be null.
    pub allow_null: bool,
    /// Whether the function is called although the argument is unknown; otherwise the result is unknown.
    pub allow_unknown: bool,
    /// Whether the function is called although the argument's type is not decided.
    pub allow_dynamic: bool,
    /// Whether the function sees the argument's marks; otherwise they go to the result.
    pub allow_marked: bool,
    /// Whether go-cty would not call the function where the argument is unknown: what is known of the result only checks
    /// know, and marks that the function looks after are lost.
    pub only_known: bool,
}

/// What a function may look at beside its arguments.
pub struct Environment<'a> {
    /// Where the call stands.
    pub origin: &'a Origin,
    /// Files, for `file`, `templatefile` and the like.
    pub files: &'a dyn Files,
    /// Renders a template with variables, for `templatefile` and `templatestring`. The place is that of the template.
    pub render: &'a dyn Fn(&Template<'_>, &Value) -> Result<Value, Failure>,
    /// The value of an expression that refers to nothing and calls nothing, for `decode_tfvars`.
    pub constant: &'a dyn Fn(&Expression) -> Result<Value, Failure>,
}

/// A template to render.
pub struct Template<'a> {
    /// Its text.
    pub text: &'a str,
    /// Where the text stands: the file of `templatefile`, or where the string was set.
    pub origin: Origin,
}

/// The files that a function may read: those inside the allowed roots.
pub trait Files {
    /// The content of a file. The path is as written: relative to the base folder, or absolute.
    ///
    /// # Errors
    /// The reason, where it can't be read.
    fn read(&self, path: &Path) -> Result<FileContent, FileFailure>;
    /// The paths below a folder that match the pattern, as `fileset` gives them.
    ///
    /// # Errors
    /// The reason, where the folder can't be walked.
    fn matching(&self, folder: &Path, pattern: &str) -> Result<Vec<SmolStr>, FileFailure>;
    /// The folder that relative paths start from, for `abspath`.
    fn base(&self) -> &Path;
}

/// A file that was read.
pub struct FileContent {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its whole text as a place, where it is text.
    pub span: Option<Span>,
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFailure {
    /// There is none: perhaps something that a build makes.
    Missing,
    /// It lies outside the allowed roots.
    Outside,
    /// It can't be read, is too large, or is a folder.
    Unreadable,
}

/// Why a function has no result.
#[derive(Debug)]
pub enum Failure {
    /// Arguments are missing.
    TooFew {
        /// How many the function needs.
        expected: usize,
        /// The first parameter without an argument.
        missing: &'static str,
    },
    /// There are more arguments than parameters.
    TooMany {
        /// How many the function takes.
        expected: usize,
    },
    /// An argument is wrong.
    Argument {
        /// Which one, from 0.
        index: usize,
        /// What is wrong, as a fragment without a full stop. Never quotes a sensitive value.
        message: String,
    },
    /// The call as a whole is wrong.
    Call(String),
    /// The result can't be known, whatever the arguments are.
    Unknown(Box<Unknown>),
}

impl From<go::regexp::TooMuch> for Failure {
    fn from(why: go::regexp::TooMuch) -> Self {
        Self::Call(why.to_string())
    }
}

impl Failure {
    /// An argument is wrong.
    #[must_use]
    pub fn argument(index: usize, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::Argument { index, message }
    }

    /// The same failure, of the call as a whole: Terraform does not tell in every function which argument is wrong.
    #[must_use]
    pub fn of_call(self) -> Self {
        match self {
            Self::Argument { message, .. } => Self::Call(message),
            other => other,
        }
    }

    /// The call as a whole is wrong.
    #[must_use]
    pub fn call(message: impl Into<String>) -> Self {
        Self::Call(message.into())
    }
}

/// A fragment that never quotes a sensitive value.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew { expected, missing } => {
                write!(
                    f,
                    "needs {expected} arguments, and has none for {missing:?}"
                )
            }
            Self::TooMany { expected } => write!(f, "takes no more than {expected} arguments"),
            Self::Argument { message, .. } | Self::Call(message) => f.write_str(message),
            Self::Unknown(_) => f.write_str("the result can't be known"),
        }
    }
}
