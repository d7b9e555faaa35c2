//! Values as text of a configuration.

use serde_json::Value;

use super::UNKNOWN;

/// A value as an expression.
pub(super) fn expression(value: &Value) -> String {
    match value {
        Value::String(text) if text == UNKNOWN => "var.unknown".to_owned(),
        Value::String(text) => string(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(expression).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                format!("{} = {}", string(name), expression(value))
            };
            let members: Vec<String> = members.iter().map(member).collect();
            format!("{{ {} }}", members.join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// A text as a literal.
pub(super) fn string(text: &str) -> String {
    let literal = Value::from(text).to_string();
    let literal = literal.replace("\\b", "\\u0008").replace("\\f", "\\u000c");
    literal.replace("${", "$${").replace("%{", "%%{")
}
