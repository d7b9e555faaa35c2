//! Values for tests, all set at the same place.

use source::{FileId, Span};

use super::{Cause, Data, Number, Origin, Type, Unknown, Value};

/// Where they are set.
pub(crate) fn origin() -> Origin {
    Origin::new(Span::new(FileId(0), 0, 0))
}

fn value(data: Data) -> Value {
    Value::new(data, origin())
}

/// A string.
pub(crate) fn string(text: &str) -> Value {
    value(Data::string(text))
}

/// A number.
pub(crate) fn number(text: &str) -> Value {
    value(Data::Number(Number::parse(text).unwrap()))
}

/// A truth value.
pub(crate) fn boolean(truth: bool) -> Value {
    value(Data::Bool(truth))
}

/// A null of a type.
pub(crate) fn null(ty: Type) -> Value {
    value(Data::Null(ty))
}

/// An unknown value of a type, because of the variable `u`.
pub(crate) fn unknown(ty: Type) -> Value {
    let cause = Cause::Variable("u".into());
    value(Data::Unknown(Unknown::new(ty, cause, None).into()))
}

/// A list.
pub(crate) fn list<const N: usize>(element: Type, items: [Value; N]) -> Value {
    value(Data::List(element, items.into()))
}

/// A list of strings.
pub(crate) fn text_list(items: &[&str]) -> Value {
    let items = items.iter().map(|item| string(item)).collect();
    value(Data::List(Type::String, items))
}

/// A tuple.
pub(crate) fn tuple<const N: usize>(items: [Value; N]) -> Value {
    value(Data::Tuple(items.into()))
}

/// An object.
pub(crate) fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let entries = entries
        .into_iter()
        .map(|(name, value)| (name.into(), value));
    value(Data::Object(std::sync::Arc::new(entries.collect())))
}

/// A map.
pub(crate) fn map<const N: usize>(element: Type, entries: [(&str, Value); N]) -> Value {
    let entries = entries
        .into_iter()
        .map(|(name, value)| (name.into(), value));
    value(Data::Map(element, std::sync::Arc::new(entries.collect())))
}

/// The value as an expression, for comparison: `unknown(T)` and `null(T)` tell their type, collections `tolist` and the like.
pub(crate) fn show(value: &Value) -> String {
    let items = || value.parts().map(show).collect::<Vec<_>>().join(", ");
    let entries = || {
        let entries = value.as_entries().unwrap().iter();
        let shown: Vec<String> = entries
            .map(|(key, value)| format!("{key} = {}", show(value)))
            .collect();
        shown.join(", ")
    };
    let shown = match &value.data {
        Data::Null(ty) => format!("null({ty})"),
        Data::Bool(truth) => truth.to_string(),
        Data::Number(number) => number.to_string(),
        Data::String(text) => format!("{:?}", text.text),
        Data::List(element, _) => format!("list({element})[{}]", items()),
        Data::Set(element, _) => format!("set({element})[{}]", items()),
        Data::Map(element, _) => format!("map({element}){{{}}}", entries()),
        Data::Tuple(_) => format!("[{}]", items()),
        Data::Object(_) => format!("{{{}}}", entries()),
        Data::Unknown(unknown) => format!("unknown({}){}", unknown.ty, show_known(unknown)),
    };
    match value.marks.sensitive {
        true => format!("sensitive({shown})"),
        false => shown,
    }
}

fn show_known(unknown: &Unknown) -> String {
    let known = &unknown.known;
    let mut shown = String::new();
    if known.not_null {
        shown.push_str(" not null");
    }
    if !known.prefix.is_empty() {
        shown.push_str(&format!(" {:?}…", known.prefix));
    }
    if known.min_length > 0 || known.max_length.is_some() {
        let most = known
            .max_length
            .map_or_else(String::new, |most| most.to_string());
        shown.push_str(&format!(" length {}..{most}", known.min_length));
    }
    if let Some(lower) = &known.lower {
        shown.push_str(&format!(
            " >{} {}",
            if lower.inclusive { "=" } else { "" },
            lower.number
        ));
    }
    if let Some(upper) = &known.upper {
        shown.push_str(&format!(
            " <{} {}",
            if upper.inclusive { "=" } else { "" },
            upper.number
        ));
    }
    shown
}
