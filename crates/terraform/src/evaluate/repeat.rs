//! `[for …]`, `{for …}` and `%{ for … }`.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;
use source::Span;

use super::construct::{Key, KeyFailures, entry_key, finished, kept};
use super::elements::{Element, elements, sure_elements};
use super::failure::Context;
use super::partial::{self, caused_by};
use super::{Evaluated, EvaluationError, Evaluator, unknown};
use crate::syntax::{Expression, For, Name};
use crate::value::{Cause, Data, Entries, Marks, Origin, Shape, Type, Unknown, Value, convert};

/// One round of a loop in a template.
pub(super) enum Round<'r, 'a> {
    /// The names are set.
    Known(&'r Evaluator<'a>),
    /// What is walked is unknown.
    Unknown(&'r Arc<Unknown>),
}

/// The names of a loop: the key's, where there are two, and the value's.
type Names<'n> = (Option<&'n Name>, &'n Name);

impl<'a> Evaluator<'a> {
    /// Visits each element of a collection. Gives the marks of the collection.
    pub(super) fn for_each(
        &self,
        collection: &Expression,
        names: Names<'_>,
        mut visit: impl FnMut(Round<'_, 'a>) -> Result<(), EvaluationError>,
    ) -> Result<Marks, EvaluationError> {
        let walked = self.value(collection)?;
        if walked.is_null() {
            return Err(iteration_over_null(collection.span));
        }
        match walk(&walked, collection.span)? {
            Some(elements) => {
                for element in elements {
                    self.spend(1, collection.span)?;
                    visit(Round::Known(&self.inside(names, element)))?;
                }
            }
            None => {
                if let Some(unknown) = walked.unknown() {
                    visit(Round::Unknown(unknown))?;
                }
            }
        }
        Ok(walked.marks)
    }

    fn inside(&self, (key, value): Names<'_>, element: Element) -> Self {
        let key = key.map(|name| (name.text.clone(), element.key));
        self.with(key.into_iter().chain([(value.text.clone(), element.value)]))
    }

    pub(super) fn repeat(&self, repeat: &For, span: Span) -> Evaluated {
        let collection = self
            .value(&repeat.collection)
            .map_err(EvaluationError::opaque)?;
        if collection.is_null() {
            return Err(iteration_over_null(repeat.collection.span));
        }
        self.check_condition(repeat)?;
        self.repeat_over(repeat, &collection, span)
    }

    /// A condition that is wrong for any element is wrong even where there is none.
    fn check_condition(&self, repeat: &For) -> Result<(), EvaluationError> {
        let Some(condition) = &repeat.condition else {
            return Ok(());
        };
        let any = || unknown(Type::Dynamic, Cause::Invalid, condition.span);
        let element = Element {
            key: any(),
            value: any(),
        };
        let inner = self.inside((repeat.key_name.as_ref(), &repeat.value_name), element);
        inner.holds(condition).map(|_| ())
    }

    fn repeat_over(&self, repeat: &For, collection: &Value, span: Span) -> Evaluated {
        let mut results = Results::default();
        let names = (repeat.key_name.as_ref(), &repeat.value_name);
        match walk(collection, repeat.collection.span)? {
            Some(elements) => {
                for element in elements {
                    self.spend(1, span)?;
                    let round = self.inside(names, element).round(repeat, &mut results);
                    round.map_err(|error| results.first.take().unwrap_or(error).opaque())?;
                }
            }
            None => return Ok(self.repeat_unknown(repeat, collection, span)),
        }
        let marks = results.marks.union(collection.marks);
        let first = results.first.take();
        finished(results.finish(repeat, span).marked(marks), first)
    }

    fn round(&self, repeat: &For, results: &mut Results) -> Result<(), EvaluationError> {
        let sure = match &repeat.condition {
            None => true,
            Some(condition) => {
                let holds = self.holds(condition)?;
                results.marks = results.marks.union(holds.marks);
                match holds.as_bool() {
                    Some(false) => return Ok(()),
                    Some(true) => true,
                    None => {
                        results.is_unknown(&holds);
                        false
                    }
                }
            }
        };
        let key = match &repeat.key {
            None => None,
            Some(key) => {
                let value = self.value(key)?;
                results.marks = results.marks.union(value.deep_marks());
                Some(entry_key(&value, key.span, &KEY)?)
            }
        };
        let value = kept(self.value(&repeat.value), &mut results.first);
        match key {
            _ if !sure => results.maybe.push(value),
            None => results.items.push(value),
            Some(Key::Unknown(key)) => {
                results.is_unknown(&key);
                results.maybe.push(value);
            }
            Some(Key::Known(key)) => results.insert(key, value, repeat)?,
        }
        Ok(())
    }

    fn holds(&self, condition: &Expression) -> Evaluated {
        match self.value(condition) {
            Ok(value) => holds(&value, condition),
            Err(error) => holds(&error.stand_in(), condition).and(Err(error.opaque())),
        }
    }
    /// A loop over an unknown: what its elements give, as far as something is known of them.
    fn repeat_unknown(&self, repeat: &For, collection: &Value, span: Span) -> Value {
        let mut result = caused_by(Type::Dynamic, collection.unknown());
        result.shape = collection
            .unknown()
            .and_then(|unknown| self.repeat_shape(repeat, unknown, span));
        Value::new(Data::Unknown(result.into()), Origin::new(span)).marked(collection.marks)
    }

    fn repeat_shape(&self, repeat: &For, unknown: &Arc<Unknown>, span: Span) -> Option<Shape> {
        if let Some(Shape::OneOf(_)) = &unknown.shape {
            return partial::each_alternative(unknown, |alternative| {
                self.repeat_over(repeat, alternative, span).ok()
            });
        }
        let mut results = Results::default();
        let names = (repeat.key_name.as_ref(), &repeat.value_name);
        for element in sure_elements(unknown, span) {
            self.inside(names, element)
                .round(repeat, &mut results)
                .ok()?;
        }
        if results.first.is_some() {
            return None;
        }
        // What only may be there is no reason to fail.
        let any = self.inside(names, Element::any(unknown, span));
        results.maybe.extend(any.value(&repeat.value));
        results.into_shape(repeat, unknown, span)
    }
}

/// Whether a condition holds.
fn holds(value: &Value, condition: &Expression) -> Evaluated {
    if value.is_null() {
        let message = "the condition is null; it must be true or false";
        let code = "condition-is-null";
        return Err(EvaluationError::new(code, message, condition.span));
    }
    convert(value, &Type::Bool).context(
        "invalid-for-condition",
        "the condition must be true or false",
        condition.span,
    )
}

const KEY: KeyFailures = KeyFailures {
    null: "invalid-object-key",
    wrong: "invalid-object-key",
    waits: true,
};

fn iteration_over_null(span: Span) -> EvaluationError {
    let message = "this is null, so nothing can be repeated for its elements";
    EvaluationError::new("iteration-over-null-value", message, span)
}

/// The elements of a collection; none where they are unknown.
fn walk(collection: &Value, span: Span) -> Result<Option<Vec<Element>>, EvaluationError> {
    if let Some(elements) = elements(collection) {
        return Ok(Some(elements));
    }
    if collection
        .unknown()
        .is_some_and(|unknown| !unknown.ty.is_primitive())
    {
        return Ok(None);
    }
    let message = "only lists, sets, tuples, maps and objects have elements to repeat for";
    Err(EvaluationError::new(
        "iteration-over-non-iterable-value",
        message,
        span,
    ))
}

/// What the rounds of a loop gave.
#[derive(Default)]
struct Results {
    items: Vec<Value>,
    entries: Entries,
    groups: BTreeMap<SmolStr, Vec<Value>>,
    /// Values whose key or condition is unknown.
    maybe: Vec<Value>,
    unknown: Option<Arc<Unknown>>,
    /// The first value that failed.
    first: Option<EvaluationError>,
    marks: Marks,
}

impl Results {
    fn is_unknown(&mut self, because: &Value) {
        if let Some(unknown) = because.unknown() {
            self.unknown.get_or_insert_with(|| Arc::clone(unknown));
        }
    }

    fn insert(&mut self, key: SmolStr, value: Value, repeat: &For) -> Result<(), EvaluationError> {
        if repeat.grouping {
            self.groups.entry(key).or_default().push(value);
            return Ok(());
        }
        if self.entries.contains_key(&key) {
            let message = "two elements give the same key; `...` after the value groups them";
            let span = repeat
                .key
                .as_ref()
                .map_or(repeat.value.span, |key| key.span);
            return Err(EvaluationError::new("duplicate-object-key", message, span));
        }
        self.entries.insert(key, value);
        Ok(())
    }

    fn finish(self, repeat: &For, span: Span) -> Value {
        if let Some(because) = self.unknown.clone() {
            let mut result = caused_by(Type::Dynamic, Some(&because));
            result.shape = self.into_shape(repeat, &because, span);
            return Value::new(Data::Unknown(result.into()), Origin::new(span));
        }
        let data = match &repeat.key {
            None => Data::Tuple(self.items.into()),
            Some(_) => Data::Object(self.into_entries(span).into()),
        };
        Value::new(data, Origin::new(span))
    }

    fn into_entries(self, span: Span) -> Entries {
        let group = |values: Vec<Value>| Value::new(Data::Tuple(values.into()), Origin::new(span));
        let groups = self.groups.into_iter();
        let grouped = groups.map(|(key, values)| (key, group(values)));
        self.entries.into_iter().chain(grouped).collect()
    }

    /// What is known of a result that is unknown as a whole.
    fn into_shape(mut self, repeat: &For, because: &Arc<Unknown>, span: Span) -> Option<Shape> {
        let maybe = std::mem::take(&mut self.maybe);
        let rest = Arc::new(one_of(maybe, because, span));
        Some(match &repeat.key {
            None => Shape::Items {
                items: self.items.into(),
                rest,
            },
            // An unknown key may add to any group.
            Some(_) if repeat.grouping => return None,
            Some(_) => Shape::Entries {
                entries: self.into_entries(span).into(),
                rest,
            },
        })
    }
}

/// A value that is one of several.
fn one_of(mut values: Vec<Value>, because: &Arc<Unknown>, span: Span) -> Value {
    if values.len() == 1 {
        return values.remove(0);
    }
    let mut unknown = caused_by(Type::Dynamic, Some(because));
    unknown.shape = (!values.is_empty()).then(|| Shape::OneOf(values.into()));
    Value::new(Data::Unknown(unknown.into()), Origin::new(span))
}
