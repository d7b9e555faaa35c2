//! What `terraform` says of an expression.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::value::RawValue;

use crate::value::{Value, parse, quote};

/// What is said of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    Value {
        ty: String,
        value: Value,
    },
    /// A value with an ephemeral part, of which `terraform` tells no more.
    Ephemeral {
        ty: String,
    },
    Error {
        /// The summary of the message: `Invalid function argument`.
        class: String,
        /// The parameter that the message names.
        argument: Option<String>,
    },
}

impl Answer {
    /// The expression and the answer of a line.
    pub(crate) fn read(line: &str) -> (String, Self) {
        let fields: BTreeMap<&str, &RawValue> = parse(line);
        let text = |name: &str| fields.get(name).map(|raw| parse::<String>(raw.get()));
        let answer = match (text("type"), fields.get("value"), text("error")) {
            (Some(ty), Some(value), None) => Self::Value {
                ty,
                value: Value::read(value),
            },
            (Some(ty), None, None) => Self::Ephemeral { ty },
            (None, None, Some(class)) => Self::Error {
                class,
                argument: text("argument"),
            },
            _ => panic!("no answer in {line}"),
        };
        (
            text("expression").expect("a line has an expression"),
            answer,
        )
    }

    /// The line of an expression.
    pub(crate) fn line(&self, expression: &str) -> String {
        format!("{{\"expression\":{},{self}}}", quote(expression))
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { ty, value } => {
                write!(f, "\"type\":{},\"value\":{}", quote(ty), value.json())
            }
            Self::Ephemeral { ty } => write!(f, "\"type\":{}", quote(ty)),
            Self::Error { class, argument } => {
                write!(f, "\"error\":{}", quote(class))?;
                match argument {
                    Some(argument) => write!(f, ",\"argument\":{}", quote(argument)),
                    None => Ok(()),
                }
            }
        }
    }
}
