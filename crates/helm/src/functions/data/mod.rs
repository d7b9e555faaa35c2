//! Text to values and values to text: YAML, JSON, TOML.
//!
//! Source: <https://helm.sh/docs/chart_template_guide/function_list/>.

mod json;
mod toml;
mod yaml;

use super::{Function, Type};
use crate::run::Failure;
use crate::value::{Key, Text, Value};
use crate::write::Unwritable;

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("fromJson", &[Type::String], json::read_map),
    Function::new("fromJsonArray", &[Type::String], json::read_list),
    Function::new("fromToml", &[Type::String], toml::read_map),
    Function::new("fromYaml", &[Type::String], yaml::read_map),
    Function::new("fromYamlArray", &[Type::String], yaml::read_list),
    Function::new("mustFromJson", &[Type::String], json::read),
    Function::new("mustToJson", &[Type::Any], json::write_or_fail).reads_elements(),
    Function::new("mustToPrettyJson", &[Type::Any], json::write_pretty_or_fail).reads_elements(),
    Function::new("mustToRawJson", &[Type::Any], json::write_raw).reads_elements(),
    Function::new("toJson", &[Type::Any], json::write).reads_elements(),
    Function::new("toPrettyJson", &[Type::Any], json::write_pretty).reads_elements(),
    Function::new("toRawJson", &[Type::Any], json::write_raw).reads_elements(),
    Function::new("toToml", &[Type::Any], toml::write),
    Function::new("toYaml", &[Type::Any], yaml::write),
    Function::new("toYamlPretty", &[Type::Any], yaml::write_pretty),
];

/// What was written, or else nothing: Helm swallows mistakes.
fn or_empty(written: Result<Text, Unwritable>) -> Result<Value, Failure> {
    match written {
        Ok(text) => Ok(Value::text(text)),
        Err(Unwritable::Refused(_)) => Ok(Value::text(Text::default())),
        Err(Unwritable::Failure(failure)) => Err(failure),
    }
}

fn or_fail(written: Result<Text, Unwritable>) -> Result<Value, Failure> {
    match written {
        Ok(text) => Ok(Value::text(text)),
        Err(Unwritable::Refused(why)) => Err(Failure::new(why)),
        Err(Unwritable::Failure(failure)) => Err(failure),
    }
}

/// A map that says what is wrong.
fn error_map(message: &str) -> Value {
    Value::map([(Key::from("Error"), Value::string(message))])
}

/// A list that says what is wrong.
fn error_list(message: &str) -> Value {
    Value::list([Value::string(message)])
}

/// What is wrong with a value of another type, in the words of Go.
fn wrong_type(found: &str, wanted: Type) -> String {
    format!("json: cannot unmarshal {found} into Go value of type {wanted}")
}
