//! `a.*.b` and `a[*].b`.

use std::convert::Infallible;
use std::sync::Arc;

use source::Span;

use super::partial::{self, caused_by};
use super::{Evaluated, EvaluationError, Evaluator, Hop, unknown};
use crate::syntax::{Splat, Traversal};
use crate::value::{Cause, Data, Origin, Shape, Type, Unknown, Value};

impl Evaluator<'_> {
    pub(super) fn splat(&self, splat: &Splat, span: Span) -> Evaluated {
        let source = self.value(&splat.source).map_err(EvaluationError::opaque)?;
        self.splat_over(&source, &splat.each, span)
    }

    fn splat_over(&self, source: &Value, each: &[Traversal], span: Span) -> Evaluated {
        let ty = source.ty();
        let is_sequence = matches!(ty, Type::List(_) | Type::Set(_) | Type::Tuple(_));
        if source.is_null() {
            return null_splat(source, is_sequence, span);
        }
        if let Some(because) = source.unknown() {
            return self.splat_unknown(source, because, is_sequence, each, span);
        }
        let items: Arc<[Value]> = match source.as_items() {
            Some(items) => items.iter().map(|item| item.within(source)).collect(),
            None => Arc::new([source.clone()]),
        };
        self.spend(items.len() as u64, span)?;
        let results: Result<Vec<Value>, _> = items
            .iter()
            .map(|item| self.follow(item, each, span))
            .collect();
        let walked = match is_sequence {
            true => ty.clone(),
            false => Type::Tuple([ty.clone()].into()),
        };
        let results =
            results.map_err(|error| error.of_type(self.failed_type(&walked, each, span)))?;
        let data = match ty {
            Type::List(element) | Type::Set(element) => {
                let ty = match results.first() {
                    Some(first) => first.ty(),
                    None => self.type_after(&element, each, span)?,
                };
                Data::List(ty, results.into())
            }
            _ => Data::Tuple(results.into()),
        };
        Ok(Value::new(data, source.origin.clone()).marked(source.marks))
    }

    fn splat_unknown(
        &self,
        source: &Value,
        because: &Arc<Unknown>,
        is_sequence: bool,
        each: &[Traversal],
        span: Span,
    ) -> Evaluated {
        if !is_sequence && because.ty != Type::Dynamic {
            let result = self.follow(source, each, span)?;
            if because.known.not_null {
                let items = Arc::new([result]);
                let whole = Value::new(Data::Tuple(items), source.origin.clone());
                return Ok(whole.marked(source.marks));
            }
        }
        let ty = self.splat_type(&because.ty, each, span).map_err(|error| {
            let ty = self.failed_type(&because.ty, each, span);
            error.of_type(ty)
        })?;
        let mut result = caused_by(ty, Some(because));
        result.known.not_null = result.ty != Type::Dynamic;
        result.shape = self.splat_shape(because, each, span);
        Ok(Value::new(Data::Unknown(result.into()), source.origin.clone()).marked(source.marks))
    }

    fn splat_type(
        &self,
        ty: &Type,
        each: &[Traversal],
        span: Span,
    ) -> Result<Type, EvaluationError> {
        map_elements(ty, |element| self.type_after(element, each, span))
    }

    /// The type of a splat in which a step fails for some element.
    fn failed_type(&self, ty: &Type, each: &[Traversal], span: Span) -> Type {
        let after = |element: &Type| {
            let after = self.type_after(element, each, span);
            Ok(after.unwrap_or(Type::Dynamic))
        };
        map_elements::<Infallible>(ty, after).unwrap_or_else(|never| match never {})
    }

    /// The type of what the steps lead to from a value of a type.
    fn type_after(
        &self,
        ty: &Type,
        each: &[Traversal],
        span: Span,
    ) -> Result<Type, EvaluationError> {
        let any = unknown(ty.clone(), Cause::Invalid, span);
        Ok(self.follow(&any, each, span)?.ty())
    }

    fn splat_shape(&self, because: &Arc<Unknown>, each: &[Traversal], span: Span) -> Option<Shape> {
        match because.shape.as_ref()? {
            Shape::Items { items, rest } => {
                let items: Result<Vec<Value>, _> = items
                    .iter()
                    .map(|item| self.follow(item, each, span))
                    .collect();
                Some(Shape::Items {
                    items: items.ok()?.into(),
                    rest: self.follow(rest, each, span).ok()?.into(),
                })
            }
            _ => partial::each_alternative(because, |alternative| {
                self.splat_over(alternative, each, span).ok()
            }),
        }
    }

    fn follow(&self, value: &Value, each: &[Traversal], span: Span) -> Evaluated {
        let Some((first, rest)) = each.split_first() else {
            return Ok(value.clone());
        };
        let next = match first {
            Traversal::Attribute(name) => self.hop(value, &Hop::Attribute(name), span)?,
            Traversal::Index(key) => self.hop(value, &Hop::Index(key), span)?,
            Traversal::Splat { each, .. } => self.splat_over(value, each, span)?,
        };
        self.follow(&next, rest, span)
    }
}

/// The type of a splat over a sequence, from the type that each element leads to.
fn map_elements<E>(ty: &Type, after: impl Fn(&Type) -> Result<Type, E>) -> Result<Type, E> {
    Ok(match ty {
        Type::List(element) | Type::Set(element) => Type::list(after(element)?),
        Type::Tuple(items) => {
            let types: Result<Vec<Type>, E> = items.iter().map(after).collect();
            Type::Tuple(types?.into())
        }
        _ => Type::Dynamic,
    })
}

/// Nothing is a list of none; a null where a list belongs is a mistake.
fn null_splat(source: &Value, is_sequence: bool, span: Span) -> Evaluated {
    if is_sequence {
        let message = "this is null, so it has no elements";
        return Err(EvaluationError::new("splat-of-null-value", message, span));
    }
    Ok(Value::new(Data::Tuple(Arc::new([])), Origin::new(span)).marked(source.marks))
}
