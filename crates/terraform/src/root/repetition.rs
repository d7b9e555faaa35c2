//! `count` and `for_each`: how many instances a block has.

use std::sync::Arc;

use smol_str::SmolStr;
use source::Span;

use super::InstanceKey;
use super::evaluation::Evaluation;
use crate::evaluate::{EvaluationError, whole};
use crate::module::Repetition;
use crate::syntax::Expression;
use crate::value::{Cause, Data, Entries, Number, Origin, Shape, Type, Unknown, Value, convert};

/// The most instances of one block.
const MOST_INSTANCES: usize = 10_000;

/// What `each` and `count` mean in an instance of a block.
#[derive(Clone)]
pub(super) enum Each {
    /// The block is not repeated.
    None,
    /// `count.index`.
    Count(Value),
    /// `each.key` and `each.value`.
    Element { key: Value, value: Value },
}

/// The instances of a block.
pub(super) enum Expansion {
    Single,
    Count {
        count: usize,
        origin: Origin,
    },
    ForEach(Vec<(SmolStr, Value)>),
    /// Nobody knows how many.
    Unknown {
        each: Each,
        unknown: Arc<Unknown>,
    },
}

impl Expansion {
    pub(super) fn unknown(&self) -> Option<&Arc<Unknown>> {
        match self {
            Self::Unknown { unknown, .. } => Some(unknown),
            _ => None,
        }
    }

    pub(super) fn instances(&self) -> Vec<(InstanceKey, Each)> {
        match self {
            Self::Single => vec![(InstanceKey::None, Each::None)],
            Self::Count { count, origin } => (0..*count)
                .map(|index| {
                    let number = Data::Number(Number::from(index));
                    let each = Each::Count(Value::new(number, origin.clone()));
                    (InstanceKey::Index(index), each)
                })
                .collect(),
            Self::ForEach(entries) => entries
                .iter()
                .map(|(name, value)| {
                    let key = Value::new(Data::string(name.clone()), value.origin.clone());
                    let value = value.clone();
                    (
                        InstanceKey::Name(name.clone()),
                        Each::Element { key, value },
                    )
                })
                .collect(),
            Self::Unknown { each, .. } => vec![(InstanceKey::Any, each.clone())],
        }
    }

    /// What a reference to the block as a whole sees.
    pub(super) fn whole(&self, values: Vec<(InstanceKey, Value)>, span: Span) -> Value {
        let origin = Origin::new(span);
        let mut items = values.into_iter().map(|(_, value)| value);
        match self {
            Self::Single => items
                .next()
                .unwrap_or_else(|| Value::new(Data::Null(Type::Dynamic), origin)),
            Self::Count { .. } => Value::new(Data::Tuple(items.collect()), origin),
            Self::ForEach(entries) => {
                let names = entries.iter().map(|(name, _)| name.clone());
                let entries: Entries = names.zip(items).collect();
                Value::new(Data::Object(entries.into()), origin)
            }
            Self::Unknown { each, unknown } => {
                let any = Arc::new(
                    items
                        .next()
                        .unwrap_or_else(|| Value::new(Data::Null(Type::Dynamic), origin.clone())),
                );
                let mut whole = Unknown::new(Type::Dynamic, unknown.cause.clone(), unknown.place);
                whole.known.not_null = true;
                whole.shape = Some(match each {
                    Each::Element { .. } => Shape::Entries {
                        entries: Entries::new().into(),
                        rest: any,
                    },
                    _ => Shape::Items {
                        items: Arc::new([]),
                        rest: any,
                    },
                });
                Value::new(Data::Unknown(whole.into()), origin)
            }
        }
    }
}

impl Evaluation<'_> {
    /// How many instances a block has. What is wrong is a problem, and then the number is unknown.
    pub(super) fn expansion(&mut self, instance: usize, repetition: &Repetition) -> Expansion {
        match (&repetition.count, &repetition.for_each) {
            (None, None) => Expansion::Single,
            (_, Some(for_each)) => {
                let value = self.value(instance, &Each::None, for_each);
                match for_each_of(&value, for_each.span) {
                    Ok(expansion) => expansion,
                    Err(error) => self.any_each(&error),
                }
            }
            (Some(count), None) => {
                let value = self.value(instance, &Each::None, count);
                match count_of(&value, count) {
                    Ok(expansion) => expansion,
                    Err(error) => self.any_count(&error),
                }
            }
        }
    }

    fn any_each(&mut self, error: &EvaluationError) -> Expansion {
        unknown_each(&self.failed(error, error.span))
    }

    fn any_count(&mut self, error: &EvaluationError) -> Expansion {
        unknown_count(&self.failed(error, error.span))
    }
}

fn why(value: &Value) -> Arc<Unknown> {
    let unknown = value.unknown().cloned();
    unknown.unwrap_or_else(|| {
        Unknown::new(Type::Dynamic, Cause::Invalid, Some(value.origin.span)).into()
    })
}

fn part(ty: Type, value: &Value, shape: Option<Shape>) -> Value {
    let because = why(value);
    let mut unknown = Unknown::new(ty, because.cause.clone(), because.place);
    unknown.known.not_null = true;
    unknown.shape = shape;
    Value::new(Data::Unknown(unknown.into()), value.origin.clone())
}

fn unknown_each(value: &Value) -> Expansion {
    let unknown = why(value);
    let elements = crate::evaluate::any_element(&unknown);
    let keys = match &unknown.ty {
        Type::Set(_) => elements.clone(),
        _ => None,
    };
    let key = part(Type::String, value, keys);
    let ty = unknown.ty.element().cloned().unwrap_or(Type::Dynamic);
    let mut each = part(ty, value, elements);
    if let Data::Unknown(inner) = &mut each.data {
        Arc::make_mut(inner).known.not_null = false;
    }
    Expansion::Unknown {
        each: Each::Element { key, value: each },
        unknown,
    }
}

fn unknown_count(value: &Value) -> Expansion {
    Expansion::Unknown {
        each: Each::Count(part(Type::Number, value, None)),
        unknown: why(value),
    }
}

fn count_of(value: &Value, expression: &Expression) -> Result<Expansion, EvaluationError> {
    let failed =
        |message: String| EvaluationError::new("invalid-count-argument", message, expression.span);
    if value.is_null() {
        return Err(failed("the count is null".to_owned()));
    }
    let number = convert(value, &Type::Number).map_err(|error| failed(error.to_string()))?;
    let Some(count) = number.as_number() else {
        return Ok(unknown_count(value));
    };
    let count = whole(count).ok_or_else(|| {
        failed(format!(
            "{count} is no number of instances; it must be a whole number from 0 up"
        ))
    })?;
    bounded(count, expression.span)?;
    Ok(Expansion::Count {
        count,
        origin: value.origin.clone(),
    })
}

fn bounded(count: usize, span: Span) -> Result<(), EvaluationError> {
    if count <= MOST_INSTANCES {
        return Ok(());
    }
    let message = format!(
        "{count} instances are more than the {MOST_INSTANCES} that are evaluated; any one of them is judged"
    );
    Err(EvaluationError::new("too-many-instances", message, span))
}

fn for_each_of(value: &Value, span: Span) -> Result<Expansion, EvaluationError> {
    let failed = |message: &str| EvaluationError::new("invalid-for-each-argument", message, span);
    if value.is_null() {
        return Err(failed("this is null, so it has no elements"));
    }
    if value.marks.sensitive {
        return Err(failed(
            "this is sensitive, and the addresses of instances would show it",
        ));
    }
    let entries: Vec<(SmolStr, Value)> = match &value.data {
        Data::Map(_, entries) | Data::Object(entries) => entries
            .iter()
            .map(|(key, entry)| (key.clone(), entry.within(value)))
            .collect(),
        Data::Set(_, items) => match known_keys(items) {
            Some(names) => names
                .into_iter()
                .zip(items.iter().map(|item| item.within(value)))
                .collect(),
            None if items.iter().any(|item| item.unknown().is_some()) => {
                return Ok(unknown_set(value, items));
            }
            None => {
                return Err(failed(
                    "the elements of a set must be strings, as they name the instances",
                ));
            }
        },
        Data::Unknown(_) => return Ok(unknown_each(value)),
        _ => {
            return Err(failed(
                "only a map, an object or a set of strings names instances; `toset` makes a set of a list",
            ));
        }
    };
    bounded(entries.len(), span)?;
    Ok(Expansion::ForEach(entries))
}

fn known_keys(items: &[Value]) -> Option<Vec<SmolStr>> {
    items
        .iter()
        .map(|item| item.as_str().map(SmolStr::from))
        .collect()
}

/// A set some of whose elements are unknown.
fn unknown_set(value: &Value, items: &Arc<[Value]>) -> Expansion {
    let because = items.iter().find_map(Value::unknown).cloned();
    let mut unknown = match because {
        Some(because) => because.as_ref().clone(),
        None => Unknown::new(Type::Dynamic, Cause::Invalid, None),
    };
    unknown.ty = value.ty();
    unknown.shape = Some(Shape::OneOf(
        items.iter().map(|item| item.within(value)).collect(),
    ));
    let whole = Value::new(Data::Unknown(unknown.into()), value.origin.clone());
    let mut expansion = unknown_each(&whole);
    if let Expansion::Unknown { each, .. } = &mut expansion {
        let any = part(Type::String, &whole, Some(Shape::OneOf(Arc::clone(items))));
        *each = Each::Element {
            key: any.clone(),
            value: any,
        };
    }
    expansion
}
