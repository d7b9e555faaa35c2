//! Values of a plan: all that the provider has, with nulls for what is not set.

use serde_json::{Map, Value as Json};
use terraform::schema::{Block, Body, Nesting};
use terraform::value::{Data, Type, Value};

/// A value after a change, and which parts of it are unknown.
pub(super) struct Planned {
    pub(super) after: Json,
    pub(super) unknown: Json,
}

impl Planned {
    fn known(after: Json) -> Self {
        Self {
            after,
            unknown: false.into(),
        }
    }

    fn unknown() -> Self {
        Self {
            after: Json::Null,
            unknown: true.into(),
        }
    }

    fn list(items: impl Iterator<Item = Self>) -> Self {
        let (after, unknown): (Vec<Json>, Vec<Json>) =
            items.map(|item| (item.after, item.unknown)).unzip();
        Self {
            after: after.into(),
            unknown: unknown.into(),
        }
    }

    fn empty_object() -> Self {
        Self {
            after: Map::new().into(),
            unknown: Map::new().into(),
        }
    }

    /// Whether no part is unknown.
    pub(super) fn is_known(&self) -> bool {
        !has_true(&self.unknown)
    }

    /// Sets a member. Only what is known is in the value, and only what is not in the other.
    pub(super) fn set(&mut self, name: &str, part: Self) {
        let (Json::Object(after), Json::Object(unknown)) = (&mut self.after, &mut self.unknown)
        else {
            return;
        };
        after.remove(name);
        unknown.remove(name);
        if part.unknown != Json::Bool(true) {
            after.insert(name.to_owned(), part.after);
        }
        if part.unknown != Json::Bool(false) {
            unknown.insert(name.to_owned(), part.unknown);
        }
    }
}

fn has_true(unknown: &Json) -> bool {
    match unknown {
        Json::Bool(is_unknown) => *is_unknown,
        Json::Array(items) => items.iter().any(has_true),
        Json::Object(members) => members.values().any(has_true),
        _ => false,
    }
}

/// A resource, or a block in one. Nothing is added where nobody knows what the provider has.
pub(super) fn body(value: &Value, schema: Option<&Body>) -> Planned {
    let mut planned = Planned::empty_object();
    let Some(entries) = value.as_entries() else {
        return of(value);
    };
    for (name, part) in entries.iter() {
        let attribute = schema.and_then(|schema| schema.attribute(name));
        let part = match (schema.and_then(|schema| schema.block(name)), attribute) {
            (Some(block), _) => blocks(part, block),
            (_, Some(attribute)) => typed(part, &attribute.ty),
            _ => of(part),
        };
        planned.set(name, part);
    }
    let is_unset = |name: &&str| entries.get(*name).is_none_or(Value::is_null);
    let attributes = schema.into_iter().flat_map(Body::attributes);
    for (name, attribute) in attributes.filter(|(name, _)| is_unset(name)) {
        let part = match attribute.is_computed() {
            true => Planned::unknown(),
            false => Planned::known(Json::Null),
        };
        planned.set(name, part);
    }
    let kinds = schema.into_iter().flat_map(Body::blocks);
    for (name, block) in kinds.filter(|(name, _)| is_unset(name)) {
        let part = match block.nesting {
            Nesting::List | Nesting::Set => Planned::list(std::iter::empty()),
            Nesting::Map => Planned::empty_object(),
            Nesting::Single => Planned::known(Json::Null),
        };
        planned.set(name, part);
    }
    planned
}

fn blocks(value: &Value, block: &Block) -> Planned {
    let Some(items) = value.as_items() else {
        return of(value);
    };
    let mut items = items.iter().map(|item| body(item, Some(block.body())));
    match block.nesting {
        Nesting::Single => items.next().unwrap_or_else(|| Planned::known(Json::Null)),
        // Sets have an order of their own, on which nothing may depend.
        Nesting::Set => Planned::list(items.rev()),
        _ => Planned::list(items),
    }
}

/// A value as its type has it: objects have all members, and what they do not set is empty, as providers have it.
fn typed(value: &Value, ty: &Type) -> Planned {
    match (ty, value.as_items(), value.as_entries()) {
        (Type::List(element) | Type::Set(element), Some(items), _) => {
            Planned::list(items.iter().map(|item| typed(item, element)))
        }
        (Type::Object(object), _, Some(entries)) => {
            let mut planned = Planned::empty_object();
            for (name, attribute) in &object.attributes {
                let part = entries.get(name).filter(|part| !part.is_null());
                let empty = || Planned::known(empty(&attribute.ty));
                planned.set(
                    name,
                    part.map_or_else(empty, |part| typed(part, &attribute.ty)),
                );
            }
            planned
        }
        _ => of(value),
    }
}

/// What the provider's library makes of a member that is not set.
fn empty(ty: &Type) -> Json {
    match ty {
        Type::String => "".into(),
        Type::Number => 0.into(),
        Type::Bool => false.into(),
        Type::List(_) | Type::Set(_) | Type::Tuple(_) => Vec::<Json>::new().into(),
        Type::Map(_) => Map::new().into(),
        Type::Object(_) | Type::Dynamic => Json::Null,
    }
}

/// A value as it is.
pub(super) fn of(value: &Value) -> Planned {
    match &value.data {
        Data::Null(_) => Planned::known(Json::Null),
        Data::Bool(truth) => Planned::known((*truth).into()),
        Data::Number(number) => {
            Planned::known(serde_json::from_str(&number.to_string()).expect("numbers are JSON"))
        }
        Data::String(text) => Planned::known(text.text.as_str().into()),
        Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => {
            Planned::list(items.iter().map(of))
        }
        Data::Map(_, entries) | Data::Object(entries) => {
            let mut planned = Planned::empty_object();
            for (name, part) in entries.iter() {
                planned.set(name, of(part));
            }
            planned
        }
        Data::Unknown(_) => Planned::unknown(),
    }
}
