//! Data sources whose result follows from their arguments, and from files of the input, alone.

mod cloud_init;
mod google;
mod json;
mod kubectl;
mod local_file;
mod policy;
mod template;

use smol_str::SmolStr;

use crate::functions::{self, Environment, Failure};
use crate::value::{Entries, Value, convert};

/// Why a data source has no result.
#[derive(Debug)]
pub(crate) struct Wrong {
    /// The argument that is wrong.
    pub(crate) argument: &'static str,
    /// What is wrong with it, as a fragment. Never quotes a sensitive value.
    pub(crate) message: String,
}

impl Wrong {
    fn new(argument: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { argument, message }
    }

    /// Nothing is wrong with it, but it would take too long.
    pub(crate) fn too_expensive() -> Self {
        Self::new("", "this root takes too long to evaluate")
    }

    /// What is wrong with an argument that a function failed with.
    fn of(argument: &'static str) -> impl Fn(Failure) -> Self {
        move |failure| Self::new(argument, failure.to_string())
    }
}

/// The attributes that a data source computes from its arguments; none for one that asks a provider.
///
/// # Errors
/// Where the provider would fail.
pub(crate) fn computed(
    ty: &str,
    arguments: &Entries,
    environment: &Environment<'_>,
) -> Result<Entries, Wrong> {
    Ok(match ty {
        "aws_iam_policy_document" => policy::document(arguments, environment.origin),
        "google_iam_policy" => google::policy(arguments, environment.origin),
        "template_file" => template::file(arguments, environment)?,
        "template_cloudinit_config" | "cloudinit_config" => {
            cloud_init::config(arguments, environment)?
        }
        "local_file" => local_file::read(arguments, environment)?,
        "local_sensitive_file" => local_file::read_sensitive(arguments, environment)?,
        "kubectl_file_documents" => kubectl::file_documents(arguments)?,
        "kubectl_path_documents" => kubectl::path_documents(arguments, environment)?,
        "kubectl_filename_list" => kubectl::filename_list(arguments, environment)?,
        _ => Entries::new(),
    })
}

/// An entry under a name.
fn entry(name: &'static str, value: Value) -> (SmolStr, Value) {
    (SmolStr::new_static(name), value)
}

/// An argument that is there and not null.
fn set<'a>(arguments: &'a Entries, name: &str) -> Option<&'a Value> {
    arguments.get(name).filter(|value| !value.is_null())
}

/// What a function gives for arguments.
fn call(
    name: &str,
    environment: &Environment<'_>,
    arguments: Vec<Value>,
) -> Result<Value, Failure> {
    let function = functions::find(name)
        .ok_or_else(|| Failure::call(format!("there is no function `{name}`")))?;
    functions::call(function, environment, arguments)
}

/// The value as a string.
fn as_text(value: &Value) -> Result<Value, Failure> {
    convert(value, &crate::value::Type::String)
        .map_err(|error| Failure::call(format!("this is no text: {error}")))
}
