//! Setting scalars as kustomize's library does: what a value means may depend on how the older one was quoted.

use graph::Role;
use source::Span;

use super::{Data, Entry, Kind, Node, Origin, Scalar, Style, Tag};

/// A scalar to be set, and who sets it.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) scalar: Scalar,
    pub(crate) origin: Origin,
    /// What the older value is to the new one.
    pub(crate) role: Role,
}

impl Setting {
    pub(crate) fn new(scalar: Scalar, span: Span) -> Self {
        Self {
            scalar,
            origin: Origin::at(span),
            role: Role::Replaced,
        }
    }

    /// One that is made of the older value.
    pub(crate) fn of_older(scalar: Scalar, span: Span) -> Self {
        Self {
            role: Role::Operand,
            ..Self::new(scalar, span)
        }
    }
}

/// Sets a scalar, whose quotes are those of the older one.
///
/// # Errors
/// When the older value is a list or a map.
pub(crate) fn set_scalar(node: &mut Node, setting: &Setting) -> Result<(), String> {
    let Data::Scalar(older) = &node.data else {
        return Err("a list or map stands where a text is expected".to_owned());
    };
    if setting.scalar.tag == Tag::Null {
        return Ok(());
    }
    let scalar = Scalar {
        style: older.style,
        ..setting.scalar.clone()
    };
    node.origin = setting.origin.over(&node.origin, setting.role);
    node.replace_scalar(scalar);
    Ok(())
}

/// Sets the scalar under a key of a map; `span` is where the key comes from if it is new.
///
/// # Errors
/// When the value is no map.
pub(crate) fn set_field(
    map: &mut Node,
    key: &str,
    setting: &Setting,
    span: Span,
) -> Result<(), String> {
    if map.is_null() {
        map.data = Data::Map(Vec::new());
    }
    map.decide(Kind::Map);
    let Data::Map(entries) = &mut map.data else {
        return Err("a map is expected here".to_owned());
    };
    match entries.iter_mut().find(|entry| entry.key == key) {
        Some(entry) => {
            let style = match &entry.value.data {
                Data::Scalar(older) => older.style,
                _ => Style::Plain,
            };
            let scalar = Scalar {
                style,
                ..setting.scalar.clone()
            };
            entry.value.origin = setting.origin.over(&entry.value.origin, setting.role);
            entry.value.replace_scalar(scalar);
        }
        None => entries.push(Entry {
            key: key.into(),
            span,
            value: Node::scalar(protected(&setting.scalar), setting.origin.clone()),
        }),
    }
    Ok(())
}

/// A new string has quotes if older readers would take it for something else.
pub(crate) fn protected(scalar: &Scalar) -> Scalar {
    let is_string = matches!(scalar.tag, Tag::String | Tag::Open);
    let text = &scalar.text;
    let is_safe = text.is_empty() || text.contains('\n') || yaml::is_text(text);
    Scalar {
        style: match scalar.style {
            Style::Plain | Style::LeftOut if is_string && !is_safe => Style::Quoted,
            style => style,
        },
        ..scalar.clone()
    }
}
