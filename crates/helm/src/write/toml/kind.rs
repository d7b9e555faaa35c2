//! What values are to TOML, and the order in which tables have them.

use super::super::Unwritable;
use crate::run::{Failure, Run};
use crate::value::{Data, Map, Text, Value};
use go::deeper;

/// How deep values may be nested. What is deeper would end the program that this follows.
pub(super) const DEEPEST: usize = 500;

/// What a value is to TOML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Nil,
    Table,
    Tables,
    Other,
}

pub(super) fn is_nil(value: &Value) -> bool {
    match &value.data {
        Data::Nil | Data::Unknown => true,
        Data::List(list) => list.is_nil(),
        Data::Map(map) => map.is_nil(),
        _ => false,
    }
}

pub(super) fn kind(run: &mut Run, value: &Value, depth: usize) -> Result<Kind, Unwritable> {
    run.spend(1)?;
    let depth = depth.checked_sub(1).ok_or_else(too_deep)?;
    Ok(match &value.data {
        _ if is_nil(value) => Kind::Nil,
        Data::Complex(..) => return Err(refused("unsupported type: complex128")),
        Data::Map(_) => Kind::Table,
        Data::Object(object) if object.ty.json.is_none() => Kind::Table,
        Data::List(list) => {
            let mut is_tables = !list.is_empty();
            for item in list.items() {
                match deeper(|| kind(run, item, depth))? {
                    Kind::Nil => {
                        return Err(refused("toml: cannot encode array with nil element"));
                    }
                    kind => is_tables &= kind == Kind::Table,
                }
            }
            if is_tables { Kind::Tables } else { Kind::Other }
        }
        _ => Kind::Other,
    })
}

/// Keys and values.
pub(super) type Entries = Vec<(Text, Value)>;

/// The entries that are tables, behind those that are not.
pub(super) fn parted(run: &mut Run, value: &Value) -> Result<(Entries, Entries), Unwritable> {
    let (mut direct, mut tables) = (Vec::new(), Vec::new());
    for (key, value) in entries_of(value) {
        match kind(run, &value, DEEPEST)? {
            Kind::Table | Kind::Tables => tables.push((key, value)),
            Kind::Nil | Kind::Other => direct.push((key, value)),
        }
    }
    Ok((direct, tables))
}

fn entries_of(value: &Value) -> Entries {
    match &value.data {
        Data::Map(map) => of_map(map),
        Data::Object(object) => {
            let fields = object.named_fields();
            let entries = fields.flat_map(|(field, value)| match field.embedded {
                true => entries_of(value),
                false => vec![(Text::from(field.name), value.clone())],
            });
            entries.collect()
        }
        _ => Vec::new(),
    }
}

fn of_map(map: &Map) -> Entries {
    let entries = map.entries().into_iter();
    let key = |(key, value): (crate::value::Key, Value)| {
        (Text::marked(key.text.as_bytes(), key.mark), value)
    };
    entries.map(key).collect()
}

pub(super) fn refused(why: &str) -> Unwritable {
    Unwritable::Refused(why.into())
}

pub(super) fn too_deep() -> Unwritable {
    Failure::bound("a value is nested too deep to be written").into()
}
