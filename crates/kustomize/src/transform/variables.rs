//! The variables of kustomizations, `$(NAME)`, in the fields where they are looked for.

use std::collections::HashMap;

use graph::Role;
use smol_str::SmolStr;

use super::change_fields;
use crate::context::Context;
use crate::kustomization::Var;
use crate::node::{Data, Node, Origin, Scalar, Tag, lookup, split_dotted};
use crate::resources::ResourceMap;
use crate::tables::FieldSpec;

/// What a variable stands for.
struct Value {
    scalar: Scalar,
    /// The text inside of other text.
    text: String,
    origin: Origin,
}

/// Puts the values of variables in their places.
pub(crate) fn resolve_vars(
    context: &Context<'_>,
    resources: &mut ResourceMap,
    vars: &[Var],
    fields: &[FieldSpec],
) {
    let mut values = HashMap::new();
    for var in vars {
        match value(resources, var) {
            Ok(Some(value)) => {
                values.insert(var.name.value.clone(), value);
            }
            Ok(None) => {}
            Err(message) => context.error("kustomization-var", message, var.span),
        }
    }
    if vars.is_empty() {
        return;
    }
    for resource in &mut resources.all {
        let span = resource.node().origin.span;
        let changed = context.bounds.steps(resource.node().size()).and_then(|()| {
            resource.edit(|node| {
                change_fields(node, fields, None, &mut |node| set(context, node, &values))
            })
        });
        context.or_tell("kustomization-var", changed, span);
    }
}

/// The value of a variable; none of a list or a map.
fn value(resources: &ResourceMap, var: &Var) -> Result<Option<Value>, String> {
    let mut all = resources.all.iter();
    let resource = all.find(|resource| resource.variables.contains(&var.name.value));
    let resource = resource.ok_or("there is no object for this variable")?;
    let path = indexed(split_dotted(&var.field.value));
    let node = lookup(resource.node(), &path)?;
    let node = node.ok_or("the object of this variable has no such field")?;
    let Data::Scalar(scalar) = &node.data else {
        return Ok(None);
    };
    let (tag, text) = match scalar.tag {
        Tag::Int => {
            let number = go::numbers::parse_int_of(&scalar.text, 10);
            let number = number.map_err(|error| error.to_string())?;
            (Tag::Int, number.to_string())
        }
        Tag::Float => {
            let number = go::numbers::parse_float(&scalar.text);
            let number = number.map_err(|error| error.to_string())?;
            (Tag::Float, go::float::format_float(number, 'f', None))
        }
        Tag::Bool => (Tag::Bool, scalar.text.to_lowercase()),
        _ => (Tag::String, scalar.text.to_string()),
    };
    let inner = match (&tag, go::numbers::parse_float(&text)) {
        (Tag::Float, Ok(number)) => shown(number),
        _ => text.clone(),
    };
    Ok(Some(Value {
        scalar: Scalar::tagged(text, tag),
        text: inner,
        origin: node.origin.clone(),
    }))
}

/// A number as `%v` prints it.
fn shown(number: f64) -> String {
    let magnitude = number.abs();
    match magnitude != 0.0 && !(1e-4..1e21).contains(&magnitude) {
        true => go::float::format_float(number, 'e', None),
        false => go::float::format_float(number, 'f', None),
    }
}

/// `ports[0]` is an element of a list.
fn indexed(parts: Vec<SmolStr>) -> Vec<SmolStr> {
    let mut split = Vec::new();
    for part in parts {
        let index = part
            .strip_suffix(']')
            .and_then(|part| part.rsplit_once('['));
        match index {
            Some((key, index)) if index.parse::<usize>().is_ok() => {
                split.extend((!key.is_empty()).then(|| key.into()));
                split.push(index.into());
            }
            _ => split.push(part),
        }
    }
    split
}

fn set(
    context: &Context<'_>,
    node: &mut Node,
    values: &HashMap<SmolStr, Value>,
) -> Result<(), String> {
    if node.is_null() {
        return Ok(());
    }
    match &mut node.data {
        Data::Scalar(_) => set_text(context, node, values),
        Data::Map(entries) => entries
            .iter_mut()
            .try_for_each(|entry| set_text(context, &mut entry.value, values)),
        Data::List(items) => items
            .iter_mut()
            .try_for_each(|item| match item.is_string() {
                true => set_text(context, item, values),
                false => Err("a list with variables holds texts alone".to_owned()),
            }),
    }
}

fn set_text(
    context: &Context<'_>,
    node: &mut Node,
    values: &HashMap<SmolStr, Value>,
) -> Result<(), String> {
    if !node.is_string() {
        return Ok(());
    }
    let text = node.text().clone();
    let whole = text
        .strip_prefix("$(")
        .and_then(|rest| rest.strip_suffix(')'));
    let whole = whole.filter(|name| !name.contains(')'));
    if let Some(value) = whole.and_then(|name| values.get(name)) {
        node.replace_scalar(value.scalar.clone());
        node.origin = value.origin.over(&node.origin, Role::Placed);
        return Ok(());
    }
    let mut origin = node.origin.clone();
    let replaced = replaced(&text, values, &mut origin);
    context.bounds.bytes(replaced.len())?;
    node.replace_scalar(Scalar::string(replaced));
    node.origin = origin;
    Ok(())
}

/// A text with the values of variables. `$$` is a sign of its own.
fn replaced(text: &str, values: &HashMap<SmolStr, Value>, origin: &mut Origin) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        replaced.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let name = behind
            .strip_prefix('(')
            .and_then(|inner| inner.split_once(')'));
        rest = match (behind.chars().next(), name) {
            (None, _) => {
                replaced.push('$');
                behind
            }
            (Some('$'), _) => {
                replaced.push('$');
                &behind[1..]
            }
            (Some('('), Some((name, after))) => {
                match values.get(name) {
                    Some(value) => {
                        replaced.push_str(&value.text);
                        *origin = origin.through(Role::Operand, value.origin.span);
                    }
                    None => {
                        replaced.push_str("$(");
                        replaced.push_str(name);
                        replaced.push(')');
                    }
                }
                after
            }
            (Some(letter), _) => {
                replaced.push('$');
                replaced.push(letter);
                &behind[letter.len_utf8()..]
            }
        };
    }
    replaced.push_str(rest);
    replaced
}
