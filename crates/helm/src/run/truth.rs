//! What counts as true.

use super::Run;
use crate::value::{Data, Value};

impl Run {
    /// Whether a value counts as true: it is not the zero of its type. If that rests on what can't be known, it is a
    /// decision, which is recorded and may be given another answer.
    pub fn truth(&mut self, value: &Value) -> bool {
        let truth = is_true(value);
        if !value.is_unknown() {
            return truth;
        }
        self.decide(truth, &value.whole_mark())
    }
}

/// Whether a value is not the zero of its type, as Go's templates see it.
#[must_use]
pub fn is_true(value: &Value) -> bool {
    match &value.data {
        Data::Nil => false,
        Data::Bool(truth) => *truth,
        Data::Integer(_, number) => *number != 0,
        Data::Float(number) => *number != 0.0,
        Data::Complex(real, imaginary) => *real != 0.0 || *imaginary != 0.0,
        Data::Number(text) => !text.is_empty(),
        Data::String(text) => !text.is_empty(),
        Data::Bytes(bytes) => !bytes.is_empty(),
        Data::List(list) => !list.is_empty(),
        Data::Map(map) => !map.is_empty(),
        Data::Object(object) => object.number() != Some(0),
        Data::Unknown => true,
    }
}
