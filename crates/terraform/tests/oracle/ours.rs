//! What we make of configurations and expressions, in the notation of the answers.

use std::path::{Path, PathBuf};

use source::{Disk, Sources};
use terraform::evaluate::{Evaluated, EvaluationError};
use terraform::module::Modules;
use terraform::root::{self, Given, Inputs, Options, Root};
use terraform::syntax::Expression;
use terraform::value::{Data, Marks, Type, Value as Ours};

use crate::value::Value;

/// Evaluates the root module in a folder.
pub(crate) fn evaluate(folder: &Path) -> Root {
    with_options(folder, root::evaluate)
}

/// Evaluates expressions as if they stood in the root module in a folder.
pub(crate) fn evaluate_expressions(folder: &Path, expressions: &[Expression]) -> Vec<Evaluated> {
    with_options(folder, |options| {
        root::evaluate_expressions(options, expressions)
    })
}

fn with_options<T>(folder: &Path, then: impl FnOnce(&Options<'_>) -> T) -> T {
    let sources = Sources::default();
    let shown = |path: &Path| -> PathBuf { path.to_path_buf() };
    let modules = Modules::new(&Disk, &sources, &shown);
    let boundary = folder.parent().expect("the folder lies in another one");
    let inputs = Inputs::automatic(&Disk, folder);
    let inputs: Vec<Given> = inputs
        .iter()
        .map(|name| Inputs::load(&Disk, &sources, &folder.join(name), name, false))
        .collect::<Result<_, _>>()
        .expect("the variable files are readable");
    then(&Options {
        modules: &modules,
        folder,
        boundary,
        inputs: &inputs,
        workspace: Some("default"),
    })
}

/// A value in the notation of the answers.
pub(crate) fn value(ours: &Ours) -> Value {
    if ours.marks.sensitive {
        let marks = Marks {
            sensitive: false,
            ..ours.marks
        };
        let inside = Ours {
            marks,
            ..ours.clone()
        };
        return Value::Sensitive(Box::new(without_sensitive(value(&inside))));
    }
    match &ours.data {
        Data::Null(_) => Value::null(),
        Data::Bool(truth) => Value::Scalar(truth.to_string()),
        Data::Number(number) if number.is_infinite() => {
            let sign = if number.is_negative() { '-' } else { '+' };
            Value::Text(format!("{sign}Inf"))
        }
        Data::Number(number) => Value::Scalar(number.to_string()),
        Data::String(text) => Value::Text(text.text.to_string()),
        Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => {
            Value::Items(items.iter().map(value).collect())
        }
        Data::Map(_, entries) | Data::Object(entries) => {
            let entries = entries.iter();
            Value::Entries(
                entries
                    .map(|(key, part)| (key.to_string(), value(part)))
                    .collect(),
            )
        }
        Data::Unknown(_) => Value::Unknown,
    }
}

/// Of a sensitive value, nobody tells which parts are sensitive too.
fn without_sensitive(value: Value) -> Value {
    match value {
        Value::Sensitive(value) => without_sensitive(*value),
        Value::Items(items) => Value::Items(items.into_iter().map(without_sensitive).collect()),
        Value::Entries(entries) => Value::Entries(
            entries
                .into_iter()
                .map(|(key, value)| (key, without_sensitive(value)))
                .collect(),
        ),
        value => value,
    }
}

/// A type as the console shows it, on one line.
pub(crate) fn ty(ty: &Type) -> String {
    match ty {
        Type::Dynamic => "dynamic".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Number => "number".to_owned(),
        Type::String => "string".to_owned(),
        Type::List(element) => format!("list({})", self::ty(element)),
        Type::Set(element) => format!("set({})", self::ty(element)),
        Type::Map(element) => format!("map({})", self::ty(element)),
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(self::ty).collect();
            format!("tuple([{}])", items.join(","))
        }
        Type::Object(object) => {
            let attributes: Vec<String> = object
                .attributes
                .iter()
                .map(|(name, attribute)| {
                    let name = name.trim_start();
                    format!("{name}: {}", self::ty(&attribute.ty))
                })
                .collect();
            format!("object({{{}}})", attributes.join(","))
        }
    }
}

/// The code that we have for a class of errors of Terraform.
pub(crate) fn code(class: &str) -> String {
    let words: Vec<String> = class
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-")
}

/// The parameter that an error names.
pub(crate) fn argument(error: &EvaluationError) -> Option<String> {
    error.argument.as_ref().map(ToString::to_string)
}
