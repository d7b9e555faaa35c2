//! Data sources whose result follows from their arguments alone.

mod json;
mod policy;

use crate::value::{Entries, Origin, Value};

/// The attributes that a data source computes from its arguments; none for one that asks a provider.
#[must_use]
pub(crate) fn computed(ty: &str, arguments: &Entries, origin: &Origin) -> Entries {
    match ty {
        "aws_iam_policy_document" => policy::document(arguments, origin),
        _ => Entries::new(),
    }
}

/// An entry under a name.
fn entry(name: &'static str, value: Value) -> (smol_str::SmolStr, Value) {
    (smol_str::SmolStr::new_static(name), value)
}
