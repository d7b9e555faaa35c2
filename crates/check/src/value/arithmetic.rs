//! `+`, `-`, `*`, `/`, `%` and negation, after jq's manual. With an unknown operand the result is a derived unknown.

use std::ops::{Add, Div, Mul, Neg, Rem, Sub};
use std::sync::Arc;

use graph::Type;
use jaq_core::ops::Math;
use jaq_core::{Error, ValR};
use smol_str::SmolStr;

use super::{Object, UnknownValue, Value, View, insert};
use crate::run;

/// The longest text that `*` makes, in bytes.
const LONGEST_TEXT: usize = 1 << 20;

type Result = ValR<Value>;

fn fail(left: Value, operator: Math, right: Value) -> Result {
    Err(Error::math(left, operator, right))
}

/// The derived unknown of an operation with an unknown operand.
fn derived(left: &Value, operator: Math, right: &Value) -> Option<Value> {
    let (unknown, other): (Arc<UnknownValue>, &Value) =
        match (left.as_unknown(), right.as_unknown()) {
            (Some(unknown), _) => (unknown, right),
            (None, Some(unknown)) => (unknown, left),
            (None, None) => return None,
        };
    let identity = other.as_unknown().map(|other| other.identity);
    let how = (
        operator.as_str(),
        left.to_string(),
        right.to_string(),
        identity,
    );
    Some(match (operator, left.view()) {
        (Math::Add, View::Text(prefix)) => unknown.computed_text(how, prefix.into()),
        (Math::Add, _) if left.kind() == Some(Type::String) => {
            unknown.computed_text(how, unknown.unknown.known.prefix.clone())
        }
        (Math::Sub | Math::Rem, _) if left.kind() == Some(Type::Number) => {
            unknown.computed_kind(how, Type::Number)
        }
        _ => unknown.computed(how),
    })
}

fn numbers(left: &Value, right: &Value) -> Option<(f64, f64)> {
    Some((left.number()?, right.number()?))
}

fn integers(left: &Value, right: &Value) -> Option<(isize, isize)> {
    match (left.view(), right.view()) {
        (View::Int(left), View::Int(right)) => Some((left, right)),
        _ => None,
    }
}

impl Add for Value {
    type Output = Result;

    fn add(self, right: Self) -> Result {
        if let Some(unknown) = derived(&self, Math::Add, &right) {
            return Ok(unknown);
        }
        match (self.view(), right.view()) {
            (View::Null, _) => Ok(right),
            (_, View::Null) => Ok(self),
            (View::Text(left), View::Text(right)) => Ok(Self::from([left, right].concat())),
            (View::Array(left), View::Array(right)) => {
                Ok(Self::array(left.values().chain(right.values()).collect()))
            }
            (View::Object(left), View::Object(right)) => {
                let entries = left.keys().cloned().zip(left.values());
                Ok(Self::object(
                    entries.chain(right.keys().cloned().zip(right.values())),
                ))
            }
            _ => match (integers(&self, &right), numbers(&self, &right)) {
                (Some((left, right)), _) => Ok(left
                    .checked_add(right)
                    .map_or(Self::Float(left as f64 + right as f64), Self::Int)),
                (None, Some((left, right))) => Ok(Self::Float(left + right)),
                (None, None) => fail(self, Math::Add, right),
            },
        }
    }
}

impl Sub for Value {
    type Output = Result;

    fn sub(self, right: Self) -> Result {
        if let Some(unknown) = derived(&self, Math::Sub, &right) {
            return Ok(unknown);
        }
        if let (View::Array(left), View::Array(right)) = (self.view(), right.view()) {
            let gone: Vec<Self> = right.values().collect();
            return Ok(Self::array(
                left.values()
                    .filter(|value| !gone.contains(value))
                    .collect(),
            ));
        }
        match (integers(&self, &right), numbers(&self, &right)) {
            (Some((left, right)), _) => Ok(left
                .checked_sub(right)
                .map_or(Self::Float(left as f64 - right as f64), Self::Int)),
            (None, Some((left, right))) => Ok(Self::Float(left - right)),
            (None, None) => fail(self, Math::Sub, right),
        }
    }
}

impl Mul for Value {
    type Output = Result;

    fn mul(self, right: Self) -> Result {
        if let Some(unknown) = derived(&self, Math::Mul, &right) {
            return Ok(unknown);
        }
        match (self.view(), right.view()) {
            (View::Text(text), View::Int(count)) | (View::Int(count), View::Text(text)) => {
                repeat(text, count)
            }
            (View::Object(_), View::Object(_)) => Ok(merge(&self, &right)),
            _ => match (integers(&self, &right), numbers(&self, &right)) {
                (Some((left, right)), _) => Ok(left
                    .checked_mul(right)
                    .map_or(Self::Float(left as f64 * right as f64), Self::Int)),
                (None, Some((left, right))) => Ok(Self::Float(left * right)),
                (None, None) => fail(self, Math::Mul, right),
            },
        }
    }
}

fn repeat(text: &str, count: isize) -> Result {
    let Some(count) = usize::try_from(count).ok().filter(|count| *count > 0) else {
        return Ok(Value::Null);
    };
    if text.len().saturating_mul(count) > LONGEST_TEXT {
        return Err(Error::str("the repeated text would be too long"));
    }
    Ok(Value::from(text.repeat(count)))
}

/// Merges objects deeply: the right one wins where not both values are objects.
fn merge(left: &Value, right: &Value) -> Value {
    let (View::Object(one), View::Object(two)) = (left.view(), right.view()) else {
        return right.clone();
    };
    let mut merged: Object = one.keys().cloned().zip(one.values()).collect();
    for (key, value) in two.keys().zip(two.values()) {
        run::spend(1);
        let value = one
            .get(key)
            .map_or_else(|| value.clone(), |known| merge(&known, &value));
        insert(&mut merged, key.clone(), value);
    }
    Value::object(merged)
}

impl Div for Value {
    type Output = Result;

    fn div(self, right: Self) -> Result {
        if let Some(unknown) = derived(&self, Math::Div, &right) {
            return Ok(unknown);
        }
        if let (View::Text(text), View::Text(separator)) = (self.view(), right.view()) {
            return Ok(split(text, separator));
        }
        match (integers(&self, &right), numbers(&self, &right)) {
            (Some((left, right)), _) if right != 0 && left.checked_rem(right) == Some(0) => {
                Ok(Self::Int(left / right))
            }
            (_, Some((left, right))) => Ok(Self::Float(left / right)),
            (_, None) => fail(self, Math::Div, right),
        }
    }
}

fn split(text: &str, separator: &str) -> Value {
    if text.is_empty() {
        return Value::array(Vec::new());
    }
    if separator.is_empty() {
        return text
            .chars()
            .map(|character| Value::Text(SmolStr::from_iter([character])))
            .collect();
    }
    text.split(separator).map(Value::from).collect()
}

impl Rem for Value {
    type Output = Result;

    fn rem(self, right: Self) -> Result {
        if let Some(unknown) = derived(&self, Math::Rem, &right) {
            return Ok(unknown);
        }
        match (integers(&self, &right), numbers(&self, &right)) {
            (Some((left, divisor)), _) if divisor != 0 => {
                Ok(Self::Int(left.checked_rem(divisor).unwrap_or(0)))
            }
            (None, Some((left, divisor))) if divisor != 0.0 => Ok(Self::Float(left % divisor)),
            _ => fail(self, Math::Rem, right),
        }
    }
}

impl Neg for Value {
    type Output = Result;

    fn neg(self) -> Result {
        if let Some(unknown) = self.as_unknown() {
            return Ok(unknown.computed_kind("neg", Type::Number));
        }
        match (self.view(), self.number()) {
            (View::Int(value), _) => Ok(value
                .checked_neg()
                .map_or(Self::Float(-(value as f64)), Self::Int)),
            (_, Some(value)) => Ok(Self::Float(-value)),
            _ => Err(Error::typ(self, "number")),
        }
    }
}
