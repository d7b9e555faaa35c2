//! References, `a.b` and `a[b]`.

use smol_str::SmolStr;
use source::Span;

use super::failure::Context;
use super::partial::{self, caused_by};
use super::scope::is_number;
use super::{Evaluated, EvaluationError, Evaluator, Hop, Reference};
use crate::syntax::{Expression, ExpressionKind};
use crate::value::{Data, Marks, Number, Shape, Step, StepRole, Type, Unknown, Value, convert};

impl Evaluator<'_> {
    pub(super) fn traversal(&self, expression: &Expression) -> Evaluated {
        let (start, hops) = flatten(expression);
        let (value, taken) = match &start.kind {
            ExpressionKind::Variable(root) => {
                self.root(root, &hops, expression.span, start.span)?
            }
            _ => (self.value(start)?, 0),
        };
        hops[taken..]
            .iter()
            .try_fold(value, |value, hop| self.hop(&value, hop, expression.span))
    }

    fn root(
        &self,
        root: &SmolStr,
        hops: &[Hop<'_>],
        span: Span,
        root_span: Span,
    ) -> Result<(Value, usize), EvaluationError> {
        if let Some((_, value)) = self.names.iter().rev().find(|(name, _)| name == root) {
            return Ok((value.clone(), 0));
        }
        if self.closed {
            let message = format!("the template's variables have no `{root}`");
            return Err(EvaluationError::new(
                "invalid-reference",
                message,
                root_span,
            ));
        }
        let reference = Reference {
            root,
            steps: hops,
            span,
        };
        let (value, taken) = self.scope.resolve(&reference)?;
        let role = StepRole::Reference(reference_name(root, &hops[..taken]));
        let origin = value.origin.through(Step { span, role });
        Ok((value.at(origin), taken))
    }

    pub(super) fn hop(&self, value: &Value, hop: &Hop<'_>, span: Span) -> Evaluated {
        match hop {
            Hop::Attribute(name) if is_number(&name.text) => {
                let number = Value::new(Data::string(name.text.clone()), value.origin.clone());
                index(value, &number, span)
            }
            Hop::Attribute(name) => attribute(value, &name.text, span),
            Hop::Index(key) => index(value, &self.value(key)?, span),
        }
    }
}

/// The first operand of a traversal, and its steps in order.
fn flatten(expression: &Expression) -> (&Expression, Vec<Hop<'_>>) {
    let mut hops = Vec::new();
    let mut start = expression;
    loop {
        start = match &start.kind {
            ExpressionKind::Attribute(inner, name) => {
                hops.push(Hop::Attribute(name));
                inner
            }
            ExpressionKind::Index(inner, key) => {
                hops.push(Hop::Index(key));
                inner
            }
            _ => break,
        };
    }
    hops.reverse();
    (start, hops)
}

fn reference_name(root: &str, hops: &[Hop<'_>]) -> SmolStr {
    let names = hops.iter().filter_map(Hop::name);
    let all: Vec<&str> = [root].into_iter().chain(names).collect();
    all.join(".").into()
}

fn failed(code: &'static str, message: impl Into<String>, span: Span) -> EvaluationError {
    EvaluationError::new(code, message, span)
}

/// `value.name`.
pub(super) fn attribute(value: &Value, name: &str, span: Span) -> Evaluated {
    if value.is_null() {
        let message = format!("this is null, so it has no attribute `{name}`");
        return Err(failed(
            "attempt-to-get-attribute-from-null-value",
            message,
            span,
        ));
    }
    let found = match &value.data {
        Data::Object(entries) | Data::Map(_, entries) => entries.get(name),
        Data::Unknown(unknown) => return unknown_attribute(value, unknown, name, span),
        _ => None,
    };
    match found {
        Some(found) => Ok(found.within(value).marked(value.marks)),
        None => Err(no_attribute(&value.ty(), name, span)),
    }
}

fn no_attribute(ty: &Type, name: &str, span: Span) -> EvaluationError {
    match ty {
        Type::Map(_) => failed(
            "missing-map-element",
            format!("the map has no element `{name}`"),
            span,
        ),
        Type::Object(_) => failed(
            "unsupported-attribute",
            format!("the object has no attribute `{name}`"),
            span,
        ),
        _ => failed(
            "unsupported-attribute",
            format!("only objects and maps have attributes, so there is no `{name}` here"),
            span,
        ),
    }
}

fn unknown_attribute(value: &Value, unknown: &Unknown, name: &str, span: Span) -> Evaluated {
    if let Some(found) = partial::of_resource(&value.origin, unknown, name) {
        return Ok(found);
    }
    let ty = match &unknown.ty {
        Type::Dynamic => Type::Dynamic,
        Type::Map(element) => element.as_ref().clone(),
        Type::Object(object) => match object.attributes.get(name) {
            Some(attribute) => attribute.ty.clone(),
            None => return Err(no_attribute(&unknown.ty, name, span)),
        },
        other => return Err(no_attribute(other, name, span)),
    };
    Ok(part(value, ty, partial::entry(unknown, name)))
}

/// A part of an unknown value.
fn part(value: &Value, ty: Type, shape: Option<Shape>) -> Value {
    let mut unknown = caused_by(ty, value.unknown());
    unknown.shape = shape;
    Value::new(Data::Unknown(unknown.into()), value.origin.clone()).marked(value.marks)
}

/// `value[key]`.
pub(super) fn index(value: &Value, key: &Value, span: Span) -> Evaluated {
    if value.is_null() {
        let message = "this is null, so it has no elements";
        return Err(failed("attempt-to-index-null-value", message, span));
    }
    if key.is_null() {
        return Err(failed("invalid-index", "the index is null", span));
    }
    let ty = value.ty();
    if ty == Type::Dynamic || key.ty() == Type::Dynamic {
        return Ok(dynamic_index(value, key).marked(value.marks));
    }
    let found = match &ty {
        Type::List(_) | Type::Tuple(_) => sequence_index(value, &ty, key, span),
        Type::Map(_) => map_index(value, &ty, key, span),
        // Terraform does not care here which attribute was chosen.
        Type::Object(_) => return object_index(value, key, span),
        Type::Set(_) => Err(failed(
            "invalid-index",
            "the elements of a set have no index; `tolist` gives them an order",
            span,
        )),
        _ => Err(failed(
            "invalid-index",
            "only lists, tuples, maps and objects have elements",
            span,
        )),
    }?;
    // HCL loses the marks of the index where it can't tell whether there is such an element.
    let is_known = value.unknown().is_none() && key.unknown().is_none();
    let marks = if is_known {
        key.marks
    } else {
        Marks::default()
    };
    Ok(found.marked(value.marks).marked(marks))
}

fn dynamic_index(value: &Value, key: &Value) -> Value {
    let named = value.unknown().zip(key.as_str());
    if let Some(found) =
        named.and_then(|(unknown, name)| partial::of_resource(&value.origin, unknown, name))
    {
        return found;
    }
    if value.unknown().is_none() {
        return any_item(value, key, Type::Dynamic, None);
    }
    let shape = value.unknown().and_then(|unknown| match &key.data {
        Data::String(text) => partial::entry(unknown, &text.text)
            .or_else(|| partial::element(unknown, text.text.parse().ok())),
        Data::Number(number) => partial::element(unknown, whole(number)),
        _ => partial::element(unknown, None),
    });
    part(value, Type::Dynamic, shape)
}

fn sequence_index(value: &Value, ty: &Type, key: &Value, span: Span) -> Evaluated {
    let key =
        convert(key, &Type::Number).context("invalid-index", "the index must be a number", span)?;
    let Some(number) = key.as_number() else {
        let shape = value
            .unknown()
            .and_then(|unknown| partial::element(unknown, None));
        let ty = ty.element().cloned().unwrap_or(Type::Dynamic);
        return Ok(any_item(value, &key, ty, shape));
    };
    let index = whole(number);
    let missing = || {
        failed(
            "invalid-index",
            format!("there is no element {number}"),
            span,
        )
    };
    let Some(unknown) = value.unknown() else {
        let items = value.as_items().zip(index);
        let item = items
            .and_then(|(items, index)| items.get(index))
            .ok_or_else(missing)?;
        return Ok(item.within(value));
    };
    let ty = match ty {
        Type::Tuple(items) => {
            let item = index.and_then(|index| items.get(index));
            item.cloned().ok_or_else(missing)?
        }
        // Whether there is such an element, only the elements will tell.
        _ => ty.element().cloned().unwrap_or(Type::Dynamic),
    };
    Ok(part(value, ty, partial::element(unknown, index)))
}

/// An element of which it is unknown which it is.
fn any_item(value: &Value, key: &Value, ty: Type, shape: Option<Shape>) -> Value {
    let all = || {
        let parts: Vec<Value> = value.parts().map(|part| part.within(value)).collect();
        (!parts.is_empty()).then(|| Shape::OneOf(parts.into()))
    };
    let mut unknown = caused_by(ty, value.unknown().or(key.unknown()));
    unknown.shape = shape.or_else(all);
    Value::new(Data::Unknown(unknown.into()), value.origin.clone())
}

fn map_index(value: &Value, ty: &Type, key: &Value, span: Span) -> Evaluated {
    let key =
        convert(key, &Type::String).context("invalid-index", "the key must be a string", span)?;
    let ty = ty.element().cloned().unwrap_or(Type::Dynamic);
    match (key.as_str(), value.unknown()) {
        (None, unknown) => {
            let shape = unknown.and_then(|unknown| partial::element(unknown, None));
            Ok(any_item(value, &key, ty, shape))
        }
        (Some(name), Some(unknown)) => Ok(part(value, ty, partial::entry(unknown, name))),
        (Some(name), None) => known_entry(value, name, span),
    }
}

fn object_index(value: &Value, key: &Value, span: Span) -> Evaluated {
    let key =
        convert(key, &Type::String).context("invalid-index", "the key must be a string", span)?;
    let found = match (key.as_str(), value.unknown()) {
        (None, unknown) => {
            let shape = unknown.and_then(|unknown| partial::element(unknown, None));
            any_item(value, &key, Type::Dynamic, shape)
        }
        // Terraform looks at the attributes of the type only where a name follows a dot.
        (Some(name), Some(unknown)) => part(value, Type::Dynamic, partial::entry(unknown, name)),
        (Some(name), None) => known_entry(value, name, span)?,
    };
    Ok(found.marked(value.marks))
}

fn known_entry(value: &Value, name: &str, span: Span) -> Evaluated {
    let entry = value.as_entries().and_then(|entries| entries.get(name));
    let missing = || failed("invalid-index", "there is no element with this key", span);
    Ok(entry.ok_or_else(missing)?.within(value))
}

/// A number as an index or a number of things.
pub(crate) fn whole(number: &Number) -> Option<usize> {
    number.to_i64()?.try_into().ok()
}
