//! `template_file`.
//!
//! Source: <https://registry.terraform.io/providers/hashicorp/template/latest/docs/data-sources/file>: all variables are
//! text, and a template may call the functions of Terraform's language.

use smol_str::SmolStr;

use super::{Wrong, as_text, entry, set};
use crate::functions::{Environment, Template};
use crate::value::{Data, Entries, Type, Value};

/// The attributes that the data source computes.
pub(super) fn file(arguments: &Entries, environment: &Environment<'_>) -> Result<Entries, Wrong> {
    let variables = variables(arguments, &["vars"])?;
    let (Some(template), Some(variables)) = (set(arguments, "template"), variables) else {
        return Ok(Entries::new());
    };
    let Some(text) = template.as_str() else {
        return Ok(Entries::new());
    };
    let template = Template {
        text,
        origin: template.origin.clone(),
    };
    let rendered = rendered("template", &template, &variables, environment)?;
    Ok(Entries::from([entry("rendered", rendered)]))
}

/// What a template gives.
pub(super) fn rendered(
    argument: &'static str,
    template: &Template<'_>,
    variables: &Value,
    environment: &Environment<'_>,
) -> Result<Value, Wrong> {
    let rendered = (environment.render)(template, variables);
    let rendered = rendered.and_then(|rendered| as_text(&rendered));
    rendered.map_err(Wrong::of(argument))
}

/// The variables of a template, from all of some arguments; none where it is unknown which there are.
pub(super) fn variables(
    arguments: &Entries,
    names: &[&'static str],
) -> Result<Option<Value>, Wrong> {
    let mut variables = Entries::new();
    let mut origin = None;
    for name in names {
        let Some(given) = set(arguments, name) else {
            continue;
        };
        let Some(entries) = given.as_entries() else {
            return Ok(None);
        };
        for (key, value) in entries.iter().filter(|(_, value)| !value.is_null()) {
            variables.insert(key.clone(), variable(name, key, value, given)?);
        }
        origin.get_or_insert(&given.origin);
    }
    let data = Data::Map(Type::String, variables.into());
    let origin = origin.or_else(|| arguments.values().next().map(|value| &value.origin));
    Ok(origin.map(|origin| Value::new(data, origin.clone())))
}

fn variable(
    argument: &'static str,
    name: &SmolStr,
    value: &Value,
    whole: &Value,
) -> Result<Value, Wrong> {
    let told = |_| {
        let message =
            format!("the variable `{name}` is no text, and neither a number nor a truth value");
        Wrong::new(argument, message)
    };
    let text = as_text(&value.within(whole)).map_err(told)?;
    Ok(text.marked(whole.marks))
}
