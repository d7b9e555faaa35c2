//! `terraform_data`, the one resource of the provider that Terraform itself contains: what it computes is known.

use smol_str::SmolStr;
use source::Span;

use crate::module::{Mode, ResourceAddress};
use crate::value::{Cause, Data, Entries, Origin, Type, Unknown, Value};

/// What a reference to an instance sees before it is created; none of any other type.
///
/// Source: <https://developer.hashicorp.com/terraform/language/resources/terraform-data>.
pub(super) fn seen(
    resource: &ResourceAddress,
    address: &str,
    entries: &Entries,
    header: Span,
) -> Option<Value> {
    if resource.mode != Mode::Managed || resource.ty != "terraform_data" {
        return None;
    }
    let computed = |name: &str, ty: Type| {
        let cause = Cause::Computed(format!("{address}.{name}").into());
        Unknown::new(ty, cause, Some(header))
    };
    let value = |data: Data| Value::new(data, Origin::new(header));
    let set = |name: &str| {
        let null = || value(Data::Null(Type::Dynamic));
        entries.get(name).cloned().unwrap_or_else(null)
    };
    let mut id = computed("id", Type::String);
    id.known.not_null = true;
    let input = set("input");
    // The output is the input as it was applied.
    let output = match input.data {
        Data::Null(_) => Data::Null(input.ty()),
        _ => Data::Unknown(computed("output", input.ty()).into()),
    };
    let attributes = [
        ("id", value(Data::Unknown(id.into()))),
        ("output", value(output)),
        ("triggers_replace", set("triggers_replace")),
        ("input", input),
    ];
    let named = attributes.map(|(name, value)| (SmolStr::new_static(name), value));
    Some(value(Data::Object(Entries::from(named).into())))
}
