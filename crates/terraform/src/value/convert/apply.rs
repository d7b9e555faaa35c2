//! Conversion of values, once it is known which conversion there is.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use super::plan::{Conversion, Kind};
use super::replace::fill_dynamic;
use super::{ConversionFailure, Mismatch, PathStep, convert};
use crate::value::{
    Cause, Data, Entries, Number, ObjectType, Refinements, Shape, Type, Unknown, Value, set,
    set_length, unify,
};

impl Conversion {
    /// Converts a value of the type that the conversion is for.
    ///
    /// # Errors
    /// The value is none that can be converted.
    pub fn apply(&self, value: &Value) -> Result<Value, ConversionFailure> {
        if matches!(self.kind, Kind::Keep) {
            return Ok(value.clone());
        }
        match &value.data {
            Data::Unknown(unknown) => {
                let unknown = Arc::new(self.apply_to_unknown(unknown));
                Ok(value.with_data(Data::Unknown(unknown)).settled())
            }
            Data::Null(ty) => Ok(value.with_data(Data::Null(self.result(ty)))),
            _ => self.apply_to_known(value),
        }
    }

    /// The type of a null or unknown result.
    fn result(&self, from: &Type) -> Type {
        fill_dynamic(from, &self.to.without_optional())
    }

    fn apply_to_known(&self, value: &Value) -> Result<Value, ConversionFailure> {
        match &self.kind {
            Kind::Keep => Ok(value.clone()),
            Kind::Late => convert(value, &self.to),
            Kind::ToString => Ok(value.with_data(to_string(&value.data))),
            Kind::ToNumber => {
                let number = value.as_str().and_then(Number::parse);
                let number = number.ok_or(ConversionFailure::new(Mismatch::Number))?;
                Ok(value.with_data(Data::Number(number)))
            }
            Kind::ToBool => match value.as_str() {
                Some("true" | "1") => Ok(value.with_data(Data::Bool(true))),
                Some("false" | "0") => Ok(value.with_data(Data::Bool(false))),
                _ => Err(ConversionFailure::new(Mismatch::Bool)),
            },
            Kind::Elements(each) => match &self.to {
                Type::Map(element) => self.map_from_map(value, each, element),
                _ => self.sequence(value, |_| each),
            },
            Kind::Items(items) => self.sequence(value, |index| &items[index]),
            Kind::Attributes(attributes) => match &self.to {
                Type::Object(object) => object_from_object(value, attributes, object),
                Type::Map(element) => self.map_from_object(value, attributes, element),
                _ => Err(self.impossible(value)),
            },
            Kind::Lookup(attributes) => self.object_from_map(value, attributes),
        }
    }

    /// The value is not of the type that the conversion was made for.
    fn impossible(&self, value: &Value) -> ConversionFailure {
        ConversionFailure::new(Mismatch::Type {
            expected: self.to.clone(),
            found: value.ty(),
        })
    }

    fn sequence<'a>(
        &'a self,
        value: &Value,
        each: impl Fn(usize) -> &'a Self,
    ) -> Result<Value, ConversionFailure> {
        let items = value.as_items().ok_or_else(|| self.impossible(value))?;
        let converted = (items.iter().enumerate())
            .map(|(index, item)| {
                let converted = each(index).apply(item);
                converted.map_err(|failure| failure.within(PathStep::Index(index)))
            })
            .collect::<Result<Vec<Value>, _>>()?;
        match &self.to {
            Type::List(element)
                if matches!(value.data, Data::Set(..)) && set_length(items).exact().is_none() =>
            {
                let (element, items) = self.common(converted, element, value)?;
                Ok(list_of_uncertain_length(value, items, &element))
            }
            Type::List(element) => {
                let (element, items) = self.common(converted, element, value)?;
                Ok(value.with_data(Data::List(element, items.into())))
            }
            Type::Set(element) => {
                let (element, items) = self.common(converted, element, value)?;
                Ok(set(&element, items, value.origin.clone()).marked(value.marks))
            }
            _ => Ok(value.with_data(Data::Tuple(converted.into()))),
        }
    }

    fn map_from_map(
        &self,
        value: &Value,
        each: &Self,
        element: &Type,
    ) -> Result<Value, ConversionFailure> {
        let entries = value.as_entries().ok_or_else(|| self.impossible(value))?;
        let converted = entries.iter().map(|(key, part)| {
            let converted = each.apply(part);
            let converted =
                converted.map_err(|failure| failure.within(PathStep::Key(key.clone())))?;
            Ok((key.clone(), converted))
        });
        self.map(value, converted.collect::<Result<_, _>>()?, element)
    }

    fn map_from_object(
        &self,
        value: &Value,
        attributes: &BTreeMap<SmolStr, Self>,
        element: &Type,
    ) -> Result<Value, ConversionFailure> {
        self.map(value, convert_attributes(value, attributes)?, element)
    }

    fn map(
        &self,
        value: &Value,
        entries: Entries,
        element: &Type,
    ) -> Result<Value, ConversionFailure> {
        let (keys, parts): (Vec<SmolStr>, Vec<Value>) = entries.into_iter().unzip();
        let (element, parts) = self.common(parts, element, value)?;
        let entries = keys.into_iter().zip(parts).collect();
        Ok(value.with_data(Data::Map(element, Arc::new(entries))))
    }

    /// The type that the elements of a collection have, and the elements with that type.
    fn common(
        &self,
        parts: Vec<Value>,
        element: &Type,
        whole: &Value,
    ) -> Result<(Type, Vec<Value>), ConversionFailure> {
        if !element.has_dynamic() {
            return Ok((element.without_optional(), parts));
        }
        if parts.is_empty() {
            let kept = whole.ty().element().cloned();
            let element = match element {
                Type::Dynamic => kept.unwrap_or(Type::Dynamic),
                element => element.without_optional(),
            };
            return Ok((element, parts));
        }
        let parts = self.unify_again(parts)?;
        let element = common_type(&parts);
        let element = element.ok_or(ConversionFailure::new(Mismatch::NoCommonType))?;
        let parts = parts.iter().map(|part| convert(part, &element));
        Ok((element.clone(), parts.collect::<Result<_, _>>()?))
    }

    /// Terraform converts the parts once more to what they have in common in lists from tuples, and in maps.
    fn unify_again(&self, parts: Vec<Value>) -> Result<Vec<Value>, ConversionFailure> {
        let unifies = match self.to {
            Type::List(_) => matches!(self.kind, Kind::Items(_)),
            _ => matches!(self.to, Type::Map(_)),
        };
        if !unifies {
            return Ok(parts);
        }
        let types: Vec<Type> = parts.iter().map(Value::ty).collect();
        let common = unify(&types, self.safety);
        let common = common
            .ok_or(ConversionFailure::new(Mismatch::NoCommonType))?
            .ty;
        parts.iter().map(|part| convert(part, &common)).collect()
    }

    fn object_from_map(
        &self,
        value: &Value,
        attributes: &BTreeMap<SmolStr, Option<Self>>,
    ) -> Result<Value, ConversionFailure> {
        let (Some(entries), Type::Object(object)) = (value.as_entries(), &self.to) else {
            return Err(self.impossible(value));
        };
        let mut converted = Entries::new();
        for (name, conversion) in attributes {
            let Some(part) = entries.get(name) else {
                continue;
            };
            let part = match conversion {
                Some(conversion) => conversion.apply(part),
                None => convert(part, &object.attributes[name].ty),
            };
            let part = part.map_err(|failure| failure.within(PathStep::Key(name.clone())))?;
            converted.insert(name.clone(), part);
        }
        let missing: Vec<SmolStr> = (object.attributes.iter())
            .filter(|(name, attribute)| !attribute.optional && !entries.contains_key(*name))
            .map(|(name, _)| name.clone())
            .collect();
        if !missing.is_empty() {
            return Err(ConversionFailure::new(Mismatch::Missing(missing)));
        }
        Ok(object_with_nulls(value, converted, object))
    }

    fn apply_to_unknown(&self, unknown: &Unknown) -> Unknown {
        Unknown {
            ty: self.result(&unknown.ty),
            cause: unknown.cause.clone(),
            place: unknown.place,
            known: convert_refinements(&unknown.known, &unknown.ty, &self.to),
            shape: unknown
                .shape
                .as_ref()
                .and_then(|shape| self.apply_to_shape(shape)),
        }
    }

    /// What a check may know of the result. An alternative that can't be converted is none.
    fn apply_to_shape(&self, shape: &Shape) -> Option<Shape> {
        let element = self.to.element();
        match (shape, element) {
            (Shape::OneOf(values), _) => {
                let values: Vec<Value> = values
                    .iter()
                    .filter_map(|value| convert(value, &self.to).ok())
                    .collect();
                (!values.is_empty()).then(|| Shape::OneOf(values.into()))
            }
            (Shape::Items { items, rest }, Some(element)) => Some(Shape::Items {
                items: items
                    .iter()
                    .map(|item| convert(item, element).ok())
                    .collect::<Option<_>>()?,
                rest: Arc::new(convert(rest, element).ok()?),
            }),
            (Shape::Entries { entries, rest }, Some(element)) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| Some((key.clone(), convert(value, element).ok()?)))
                    .collect::<Option<Entries>>()?;
                Some(Shape::Entries {
                    entries: Arc::new(entries),
                    rest: Arc::new(convert(rest, element).ok()?),
                })
            }
            (
                Shape::Text(_)
                | Shape::Json(_)
                | Shape::Yaml(_)
                | Shape::Base64(_)
                | Shape::Gzip(_),
                _,
            ) if self.to == Type::String => Some(shape.clone()),
            _ => None,
        }
    }
}

/// The type of all parts. Those that are not decided follow the others.
fn common_type(parts: &[Value]) -> Option<Type> {
    let mut decided = parts
        .iter()
        .map(Value::ty)
        .filter(|ty| *ty != Type::Dynamic);
    let Some(common) = decided.next() else {
        return Some(Type::Dynamic);
    };
    decided.all(|ty| ty == common).then_some(common)
}

fn to_string(data: &Data) -> Data {
    match data {
        Data::Bool(true) => Data::string("true"),
        Data::Bool(false) => Data::string("false"),
        Data::Number(number) => Data::string(number.to_string()),
        other => other.clone(),
    }
}

fn convert_attributes(
    value: &Value,
    attributes: &BTreeMap<SmolStr, Conversion>,
) -> Result<Entries, ConversionFailure> {
    let mut converted = Entries::new();
    for (name, conversion) in attributes {
        if let Some(part) = value.as_entries().and_then(|entries| entries.get(name)) {
            let part = conversion.apply(part);
            let part = part.map_err(|failure| failure.within(PathStep::Attribute(name.clone())))?;
            converted.insert(name.clone(), part);
        }
    }
    Ok(converted)
}

fn object_from_object(
    value: &Value,
    attributes: &BTreeMap<SmolStr, Conversion>,
    object: &ObjectType,
) -> Result<Value, ConversionFailure> {
    let converted = convert_attributes(value, attributes)?;
    Ok(object_with_nulls(value, converted, object))
}

/// An object in which attributes that are missing are null; only optional ones may be missing.
fn object_with_nulls(value: &Value, mut entries: Entries, object: &ObjectType) -> Value {
    for (name, attribute) in &object.attributes {
        if !entries.contains_key(name) {
            let null = Data::Null(attribute.ty.without_optional());
            entries.insert(name.clone(), Value::new(null, value.origin.clone()));
        }
    }
    value.with_data(Data::Object(Arc::new(entries)))
}

/// A set some of whose elements are unknown may have fewer elements than it seems: some may turn out equal.
fn list_of_uncertain_length(set: &Value, items: Vec<Value>, element: &Type) -> Value {
    let (known, unknown): (Vec<Value>, Vec<Value>) =
        items.into_iter().partition(Value::is_wholly_known);
    let cause = unknown.iter().find_map(Value::first_unknown);
    let ty = Type::list(element.clone());
    let mut list = cause.map_or_else(
        || Unknown::new(ty.clone(), Cause::Invalid, None),
        |cause| Unknown::new(ty.clone(), cause.cause.clone(), cause.place),
    );
    list.shape = any_of(unknown, &list).map(|rest| Shape::Items {
        items: known.into(),
        rest: Arc::new(rest),
    });
    set.with_data(Data::Unknown(Arc::new(list)))
}

/// A value that is one of several, for the same reason as another that is unknown.
fn any_of(mut values: Vec<Value>, because: &Unknown) -> Option<Value> {
    if values.len() < 2 {
        return values.pop();
    }
    let origin = values[0].origin.clone();
    let mut unknown = Unknown::new(Type::Dynamic, because.cause.clone(), because.place);
    unknown.shape = Some(Shape::OneOf(values.into()));
    Some(Value::new(Data::Unknown(Arc::new(unknown)), origin))
}

/// What is known of the result of a conversion from what is known of the value.
fn convert_refinements(known: &Refinements, from: &Type, to: &Type) -> Refinements {
    let mut converted = Refinements {
        not_null: known.not_null,
        ..Refinements::default()
    };
    match (from, to) {
        (Type::Object(object), Type::Map(_)) => {
            converted.min_length = object.attributes.len() as u64;
            converted.max_length = Some(object.attributes.len() as u64);
        }
        (Type::Tuple(items), Type::List(_)) => {
            converted.min_length = items.len() as u64;
            converted.max_length = Some(items.len() as u64);
        }
        (Type::Tuple(items), Type::Set(_)) => {
            converted.min_length = items.len().min(1) as u64;
            converted.max_length = Some(items.len() as u64);
        }
        (Type::List(_) | Type::Set(_) | Type::Map(_), Type::Set(_)) => {
            converted.min_length = known.min_length.min(1);
            converted.max_length = known.max_length;
        }
        (Type::List(_) | Type::Set(_) | Type::Map(_), Type::List(_) | Type::Map(_)) => {
            converted.min_length = known.min_length;
            converted.max_length = known.max_length;
        }
        _ => {}
    }
    converted
}
