//! Calls of functions in tests.

use std::path::Path;

use smol_str::SmolStr;

use super::{Environment, Failure, FileContent, FileFailure, Files, call, find};
use crate::value::Value;
use crate::value::testing::{origin, show};

/// There are no files.
pub(crate) struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &Path) -> Result<FileContent, FileFailure> {
        Err(FileFailure::Missing)
    }

    fn matching(&self, _: &Path, _: &str) -> Result<Vec<SmolStr>, FileFailure> {
        Err(FileFailure::Missing)
    }

    fn base(&self) -> &Path {
        Path::new("/base")
    }
}

/// Calls a function with these files.
pub(crate) fn call_with(
    files: &dyn Files,
    name: &str,
    arguments: Vec<Value>,
) -> Result<Value, Failure> {
    let origin = origin();
    let environment = Environment {
        origin: &origin,
        files,
        render: &|template, _| Ok(crate::value::testing::string(template.text)),
        constant: &|_| Err(Failure::call("nothing is evaluated here")),
    };
    call(find(name).unwrap(), &environment, arguments)
}

/// The result of a function as text, or how it fails: `fails` with `at` and the argument's index where there is one.
pub(crate) fn shown<const N: usize>(name: &str, arguments: [Value; N]) -> String {
    match call_with(&NoFiles, name, arguments.into()) {
        Ok(value) => show(&value),
        Err(Failure::Argument { index, message }) => format!("fails at {index}: {message}"),
        Err(failure) => format!("fails: {failure}"),
    }
}
