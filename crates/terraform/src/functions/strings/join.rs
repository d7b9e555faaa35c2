//! Strings put together: `indent`, `join`.

use crate::functions::arguments::{computed_from, integer_or_failed_call, string};
use crate::functions::pieces::{Pieces, check_length, unknown_text};
use crate::functions::{Environment, Failure};
use crate::value::{Data, Value};

pub(super) fn indent(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let spaces = integer_or_failed_call(arguments, 0)?;
    let spaces = usize::try_from(spaces)
        .map_err(|_| Failure::Call("the number of spaces is below zero".into()))?;
    let text = string(arguments, 1)?;
    let breaks = text.matches('\n').count();
    check_length(spaces.saturating_mul(breaks).saturating_add(text.len()))?;
    let indented = if breaks == 0 {
        text.to_owned()
    } else {
        text.replace('\n', &format!("\n{}", " ".repeat(spaces)))
    };
    Ok(computed_from(
        environment,
        &arguments[1],
        Data::string(indented),
    ))
}

pub(super) fn join(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (separator, lists) = (&arguments[0], &arguments[1..]);
    let unknown = arguments.iter().find_map(Value::first_unknown);
    if lists.is_empty() && unknown.is_none() {
        return Err(Failure::Call("at least one list is needed".into()));
    }
    let nulls = lists.iter().enumerate().filter(|(_, list)| has_null(list));
    let null = nulls.map(|(index, _)| index + 1).next();
    match (unknown, null) {
        (None, None) => Ok(joined(separator, lists)?.known(environment)),
        (None, Some(index)) => Err(Failure::Argument {
            index,
            message: "an element is null, which a string can't contain".into(),
        }),
        (Some(unknown), null) => {
            let shape = match null {
                None => joined(separator, lists)?.shape(),
                Some(_) => None,
            };
            Ok(unknown_text(environment, &arguments[0], unknown, shape))
        }
    }
}

fn has_null(list: &Value) -> bool {
    list.parts().any(Value::is_null)
}

/// The elements of all lists with the separator between them. An unknown list stands for its text.
fn joined(separator: &Value, lists: &[Value]) -> Result<Pieces, Failure> {
    let mut pieces = Pieces::default();
    let items = lists.iter().flat_map(|list| match list.as_items() {
        Some(items) => items.as_ref(),
        None => std::slice::from_ref(list),
    });
    for (index, item) in items.enumerate() {
        if index > 0 {
            pieces.push_value(separator)?;
        }
        pieces.push_value(item)?;
    }
    Ok(pieces)
}
