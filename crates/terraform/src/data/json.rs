//! JSON text of values, indented as Go's `json.MarshalIndent` does it.

use crate::functions::write_json_string;
use crate::value::{Data, Made, Shape, Text, Type, Unknown, Value};

/// The string of a value as JSON, which remembers the value. Where a part of the value is unknown, so is the string.
pub(super) fn encoded(value: Value, indented: bool) -> Value {
    let origin = value.origin.clone();
    let marks = value.deep_marks();
    let mut text = String::new();
    let data = match write(&value, indented, 0, &mut text) {
        Some(()) => Data::String(Text {
            text: text.into(),
            made: Some(Made::Json(value).into()),
        }),
        None => unknown(value),
    };
    Value::new(data, origin).marked(marks)
}

fn unknown(value: Value) -> Data {
    let because = value.first_unknown();
    let mut unknown = match because {
        Some(because) => Unknown::new(Type::String, because.cause.clone(), because.place),
        None => Unknown::new(Type::String, crate::value::Cause::Invalid, None),
    };
    unknown.known.not_null = true;
    unknown.known.prefix = "{".into();
    unknown.shape = Some(Shape::Json(value.into()));
    Data::Unknown(unknown.into())
}

fn write(value: &Value, indented: bool, depth: usize, out: &mut String) -> Option<()> {
    match &value.data {
        Data::Null(_) => out.push_str("null"),
        Data::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Data::Number(number) => out.push_str(&number.to_string()),
        Data::String(text) => write_json_string(&text.text, out),
        Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => {
            let items = items.iter().map(|item| (None, item));
            write_all(items, ['[', ']'], indented, depth, out)?;
        }
        Data::Map(_, entries) | Data::Object(entries) => {
            let entries = in_order(entries).map(|(key, value)| (Some(key), value));
            write_all(entries, ['{', '}'], indented, depth, out)?;
        }
        Data::Unknown(_) => return None,
    }
    Some(())
}

/// The members of a policy in the order in which the provider writes them; all others by name.
fn in_order(entries: &crate::value::Entries) -> impl Iterator<Item = (&str, &Value)> {
    const ORDER: [&str; 12] = [
        "Version",
        "Id",
        "Statement",
        "Sid",
        "Effect",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Principal",
        "NotPrincipal",
        "Condition",
    ];
    let first = ORDER
        .iter()
        .filter_map(|name| Some((*name, entries.get(*name)?)));
    let others = entries.iter().map(|(key, value)| (key.as_str(), value));
    first.chain(others.filter(|(key, _)| !ORDER.contains(key)))
}

fn write_all<'v>(
    members: impl Iterator<Item = (Option<&'v str>, &'v Value)>,
    [open, close]: [char; 2],
    indented: bool,
    depth: usize,
    out: &mut String,
) -> Option<()> {
    let line = |depth: usize, out: &mut String| {
        if indented {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        }
    };
    out.push(open);
    let mut is_empty = true;
    for (key, value) in members {
        if !is_empty {
            out.push(',');
        }
        is_empty = false;
        line(depth + 1, out);
        if let Some(key) = key {
            write_json_string(key, out);
            out.push_str(if indented { ": " } else { ":" });
        }
        write(value, indented, depth + 1, out)?;
    }
    if !is_empty {
        line(depth, out);
    }
    out.push(close);
    Some(())
}
