//! JSON to values, as `encoding/json` reads it: every number is a `float64`, and the first mistake is told in its words.
//!
//! Source: <https://pkg.go.dev/encoding/json#Unmarshal>.

mod scan;
mod value;

use crate::run::{Failure, Run};
use crate::value::{Text, Value};

pub use scan::Mistake;

/// How deep JSON may be nested.
const DEEPEST: usize = 10_000;

/// Reads a text, of which a part that Go can't hold is nil, and the first mistake is told beside the value.
///
/// # Errors
/// When a bound is reached.
pub fn read(run: &mut Run, text: &Text) -> Result<(Value, Option<Mistake>), Failure> {
    run.room_for(text.len().saturating_mul(8))?;
    if let Err(mistake) = scan::check(text.as_bytes()) {
        return Ok((Value::nil(), Some(mistake)));
    }
    value::read(run, text)
}
