//! The functions of the provider `aws`.
//!
//! Source: <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_parse>.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::functions::arguments::{computed, returns_string, string_parameter};
use crate::functions::places::Written;
use crate::functions::results::{str_of, text_from};
use crate::functions::{Environment, Failure, Function};
use crate::value::{Data, Entries, Type, Value};

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "arn_build",
        parameters: &[
            string_parameter("partition"),
            string_parameter("service"),
            string_parameter("region"),
            string_parameter("account_id"),
            string_parameter("resource"),
        ],
        variadic: None,
        returns: returns_string,
        not_null: false,
        compute: |environment, arguments| {
            let parts: Vec<&str> = arguments.iter().map(str_of).collect();
            let arn = format!("arn:{}", parts.join(":"));
            Ok(text_from(environment, &arguments[4], &arn))
        },
    },
    Function {
        name: "arn_parse",
        parameters: &[string_parameter("arn")],
        variadic: None,
        returns: |_| {
            Ok(Type::object(
                PARTS.map(|part| (SmolStr::new_static(part), Type::String)),
            ))
        },
        not_null: false,
        compute: arn_parse,
    },
    Function {
        name: "trim_iam_role_path",
        parameters: &[string_parameter("arn")],
        variadic: None,
        returns: returns_string,
        not_null: false,
        compute: trim_iam_role_path,
    },
    Function {
        name: "user_agent",
        parameters: &[
            string_parameter("product_name"),
            string_parameter("product_version"),
            string_parameter("comment"),
        ],
        variadic: None,
        returns: returns_string,
        not_null: false,
        compute: user_agent,
    },
];

const PARTS: [&str; 5] = ["partition", "service", "region", "account_id", "resource"];

/// The sections of an ARN behind its prefix.
fn sections(arn: &str) -> Result<[&str; 5], Failure> {
    let rest = arn
        .strip_prefix("arn:")
        .ok_or_else(|| Failure::call("an ARN begins with `arn:`"))?;
    let sections: Vec<&str> = rest.splitn(5, ':').collect();
    sections
        .try_into()
        .map_err(|_| Failure::call("the ARN has too few sections"))
}

fn arn_parse(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let argument = &arguments[0];
    let written = Written::of(argument);
    let mut at = "arn:".len();
    let mut entries = Entries::new();
    for (name, section) in PARTS.into_iter().zip(sections(str_of(argument))?) {
        let range = at..at + section.len();
        at = range.end + 1;
        let value = match &written {
            Some(written) => written.string(section, &range),
            None => text_from(environment, argument, section),
        };
        entries.insert(SmolStr::new_static(name), value);
    }
    Ok(computed(environment, Data::Object(Arc::new(entries))))
}

fn trim_iam_role_path(
    environment: &Environment<'_>,
    arguments: &[Value],
) -> Result<Value, Failure> {
    let [partition, service, region, account, resource] = sections(str_of(&arguments[0]))?;
    if service != "iam" {
        return Err(Failure::call("the service of the ARN must be `iam`"));
    }
    if !region.is_empty() {
        return Err(Failure::call("the region of the ARN must be empty"));
    }
    let path = resource
        .strip_prefix("role/")
        .ok_or_else(|| Failure::call("the ARN must be that of a role"))?;
    let name = path.rsplit('/').next().unwrap_or(path);
    let trimmed = format!("arn:{partition}:iam::{account}:role/{name}");
    Ok(text_from(environment, &arguments[0], &trimmed))
}

fn user_agent(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let [name, version, comment] = [0, 1, 2].map(|index| str_of(&arguments[index]));
    if name.is_empty() {
        return Err(Failure::call("the product needs a name"));
    }
    let mut agent = name.to_owned();
    if !version.is_empty() {
        agent = format!("{agent}/{version}");
    }
    if !comment.is_empty() {
        agent = format!("{agent} ({comment})");
    }
    Ok(text_from(environment, &arguments[0], &agent))
}
