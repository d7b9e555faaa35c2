//! What references see of what a configuration does not set. What the provider computes is unknown, and so are blocks, which
//! it may compute too, and what may have a default that only the provider knows. Collections have none, so they are null.

use std::sync::Arc;

use smol_str::SmolStr;

use super::{Attribute, Block, Body, Nesting};
use crate::value::{Data, Entries, Origin, Type, Unknown, Value};

/// What a reference to an attribute or block sees that a resource, or a block at the address, does not set, or sets to null; none where the
/// provider has none of the name. `because` is why what the provider decides is unknown.
pub(crate) fn unset(
    body: &Body,
    name: &str,
    address: &str,
    because: &Unknown,
    origin: &Origin,
) -> Option<Value> {
    let decided = |ty: &Type| {
        let address = format!("{address}.{name}");
        Data::Unknown(decided(ty, &address, because).into())
    };
    let data = match (body.attribute(name), body.block(name)) {
        (Some(attribute), _) if may_be_decided(attribute) => decided(&attribute.ty),
        (Some(attribute), _) => Data::Null(attribute.ty.clone()),
        (None, Some(_)) => decided(&Type::Dynamic),
        (None, None) => return None,
    };
    Some(Value::new(data, origin.clone()))
}

/// Whether the provider computes an attribute that is not set, or may have a default for it.
///
/// Source: <https://developer.hashicorp.com/terraform/plugin/sdkv2/schemas/schema-behaviors#default>: not for collections.
fn may_be_decided(attribute: &Attribute) -> bool {
    attribute.is_computed() || attribute.ty.is_primitive() || attribute.ty == Type::Dynamic
}

fn decided(ty: &Type, address: &str, because: &Unknown) -> Unknown {
    Unknown::new(ty.clone(), because.cause.of_part(address), because.place)
}

/// What references see of the blocks that a resource at the address sets: objects with everything that the provider has.
pub(crate) fn complete(
    entries: Arc<Entries>,
    body: &Body,
    address: &str,
    because: &Unknown,
) -> Arc<Entries> {
    let has_blocks = entries.keys().any(|name| body.block(name).is_some());
    if !has_blocks {
        return entries;
    }
    let seen = |(name, value): (&SmolStr, &Value)| {
        let block = body.block(name);
        let value = block.map_or_else(
            || value.clone(),
            |block| blocks(value, block, &format!("{address}.{name}"), because),
        );
        (name.clone(), value)
    };
    Arc::new(entries.iter().map(seen).collect())
}

fn blocks(value: &Value, block: &Block, address: &str, because: &Unknown) -> Value {
    let body = block.body();
    let index = if block.at_most_one { "[0]" } else { "[*]" };
    match (block.nesting, value.as_items().map(|items| &items[..])) {
        (Nesting::Single, Some([only])) => object(only, body, address, because),
        (Nesting::Single, _) => value.clone(),
        _ => {
            let address = format!("{address}{index}");
            value.map_items(|item| object(item, body, &address, because))
        }
    }
}

/// A block as an object that has everything that the provider has in it.
fn object(value: &Value, body: &Body, address: &str, because: &Unknown) -> Value {
    let Data::Object(entries) = &value.data else {
        return value.clone();
    };
    let mut entries = complete(Arc::clone(entries), body, address, because);
    let missing: Vec<(SmolStr, Value)> = body
        .names()
        .filter(|name| entries.get(*name).is_none_or(Value::is_null))
        .filter_map(|name| {
            let value = unset(body, name, address, because, &value.origin)?;
            Some((SmolStr::new_static(name), value))
        })
        .collect();
    Arc::make_mut(&mut entries).extend(missing);
    Value {
        data: Data::Object(entries),
        ..value.clone()
    }
}
