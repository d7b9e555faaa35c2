//! Blocks of a resource of an unknown type as references to it see them: beside what the configuration sets, a provider computes attributes
//! in them, such as `identity[0].principal_id`.

use std::sync::Arc;

use smol_str::SmolStr;

use super::body::{content, produced};
use crate::syntax::Block;
use crate::value::{Cause, Data, Entries, Shape, Type, Unknown, Value};

/// The parts of a block, each of its own blocks open for what a provider computes.
pub(super) fn open<'b>(
    entries: &mut Arc<Entries>,
    blocks: impl Iterator<Item = &'b Block>,
    address: &SmolStr,
    cause: &Cause,
) {
    // A null is an argument that is not set, and a provider may decide what is not set.
    if entries.values().any(Value::is_null) {
        Arc::make_mut(entries).retain(|_, value| !value.is_null());
    }
    let mut kinds: Vec<(SmolStr, Vec<&Block>)> = Vec::new();
    for block in blocks {
        let (kind, _) = produced(block);
        // Alike where a dynamic block gives none.
        if entries.get(&kind).is_some_and(is_empty) {
            Arc::make_mut(entries).remove(&kind);
        }
        match kinds.iter_mut().find(|(other, _)| *other == kind) {
            Some((_, same)) => same.push(block),
            None => kinds.push((kind, vec![block])),
        }
    }
    for (kind, blocks) in kinds {
        if let Some(value) = entries.get(&kind) {
            let address = format!("{address}.{kind}").into();
            let value = opened(value, &blocks, &address, cause);
            Arc::make_mut(entries).insert(kind, value);
        }
    }
}

fn is_empty(blocks: &Value) -> bool {
    blocks.as_items().is_some_and(|items| items.is_empty())
}

/// The blocks of one kind, and what any further one is like.
fn opened(value: &Value, blocks: &[&Block], address: &SmolStr, cause: &Cause) -> Value {
    let each = |index: &str, item: &Value| {
        let address = format!("{address}[{index}]").into();
        opened_block(item, blocks, address, cause)
    };
    let all = |items: &[Value]| -> Arc<[Value]> {
        let items = items.iter().enumerate();
        items
            .map(|(index, item)| each(&index.to_string(), item))
            .collect()
    };
    match &value.data {
        Data::Tuple(items) => value.with_data(Data::Tuple(all(items))),
        Data::Unknown(unknown) => {
            let Some(Shape::Items { items, rest }) = &unknown.shape else {
                return value.clone();
            };
            let mut unknown = unknown.as_ref().clone();
            unknown.shape = Some(Shape::Items {
                items: all(items),
                rest: each("*", rest).into(),
            });
            value.with_data(Data::Unknown(unknown.into()))
        }
        _ => value.clone(),
    }
}

fn opened_block(item: &Value, blocks: &[&Block], address: SmolStr, cause: &Cause) -> Value {
    let Data::Object(entries) = &item.data else {
        return item.clone();
    };
    let mut entries = Arc::clone(entries);
    let inner = blocks.iter().flat_map(|block| &content(block).blocks);
    open(&mut entries, inner, &address, cause);
    let mut unknown = Unknown::new(
        Type::Dynamic,
        cause.of_part(&address),
        Some(item.origin.span),
    );
    unknown.known.not_null = true;
    unknown.shape = Some(Shape::Resource {
        entries,
        address,
        schema: None,
    });
    item.with_data(Data::Unknown(unknown.into()))
}
