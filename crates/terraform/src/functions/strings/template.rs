//! `templatestring`: a string from elsewhere as a template.

use crate::functions::arguments::unknown;
use crate::functions::files::is_identifier;
use crate::functions::{Environment, Failure, Template};
use crate::value::{Type, Value, convert};

pub(super) fn render(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let [template, variables] = arguments else {
        return Err(Failure::Call(
            "a template and its variables are needed".into(),
        ));
    };
    if template.unknown().is_some() {
        return Ok(unknown(environment, Type::String, template));
    }
    let Some(text) = template.as_str() else {
        return Err(Failure::argument(0, "the template must be a string"));
    };
    let Some(entries) = variables.as_entries() else {
        let message = "the variables must be a map or an object";
        return Err(Failure::argument(1, message));
    };
    if !entries.keys().all(|name| is_identifier(name)) {
        let message = "the name of a variable is not one that a template can refer to";
        return Err(Failure::argument(1, message));
    }
    let origin = template.origin.clone();
    let rendered = (environment.render)(&Template { text, origin }, variables)?;
    Ok(finish(&rendered)?.marked(template.marks))
}

fn finish(rendered: &Value) -> Result<Value, Failure> {
    if rendered.is_null() {
        return Err(Failure::Call("the result of the template is null".into()));
    }
    convert(rendered, &Type::String)
        .map_err(|error| Failure::Call(format!("the result of the template is no text: {error}")))
}
