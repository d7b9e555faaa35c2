//! Defaults of optional attributes, put into a value before it is converted to the type that has them.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use super::{Data, Entries, Safety, Type, Value, set, unify};

/// The defaults of a type and of its parts.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// Of an object: the value of each attribute that is missing or null.
    pub values: BTreeMap<SmolStr, Value>,
    /// Of an object: the defaults within each attribute.
    pub attributes: BTreeMap<SmolStr, Defaults>,
    /// Of a tuple: the defaults within each element.
    pub items: BTreeMap<usize, Defaults>,
    /// Of a collection: the defaults within any element.
    pub elements: Option<Box<Defaults>>,
}

impl Defaults {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
            && self.attributes.is_empty()
            && self.items.is_empty()
            && self.elements.is_none()
    }

    /// The value with defaults for what is missing or null in it. Nulls and unknown values themselves stay as they are. The
    /// result may have yet another type; a conversion to the type of the defaults comes next.
    ///
    /// Source: <https://pkg.go.dev/github.com/hashicorp/hcl/v2/ext/typeexpr#Defaults.Apply>.
    #[must_use]
    pub fn apply(&self, value: &Value) -> Value {
        if self.is_empty() {
            return value.clone();
        }
        match &value.data {
            Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => {
                self.apply_to_items(value, items)
            }
            Data::Map(_, entries) | Data::Object(entries) => self.apply_to_entries(value, entries),
            _ => value.clone(),
        }
    }

    fn apply_to_items(&self, value: &Value, items: &[Value]) -> Value {
        let items: Vec<Value> = (items.iter().enumerate())
            .map(|(index, item)| match self.of_item(index) {
                Some(defaults) => defaults.apply(item),
                None => item.clone(),
            })
            .collect();
        if items.is_empty() {
            return value.clone();
        }
        match (&value.data, common(&items)) {
            (Data::List(..), Some((element, items))) => {
                value.with_data(Data::List(element, items.into()))
            }
            (Data::Set(..), Some((element, items))) => {
                set(&element, items, value.origin.clone()).marked(value.marks)
            }
            _ => value.with_data(Data::Tuple(items.into())),
        }
    }

    fn apply_to_entries(&self, value: &Value, entries: &Entries) -> Value {
        let apply = |(key, entry): (&SmolStr, &Value)| match self.of_entry(key) {
            Some(defaults) => (key.clone(), defaults.apply(entry)),
            None => (key.clone(), entry.clone()),
        };
        let mut entries: Entries = entries.iter().map(apply).collect();
        for (name, default) in &self.values {
            match entries.get_mut(name) {
                Some(entry) if !entry.is_null() => refine_not_null(entry, default),
                _ => {
                    entries.insert(name.clone(), self.default_of(name, default, value));
                }
            }
        }
        if let (Data::Map(..), false) = (&value.data, entries.is_empty()) {
            let (keys, parts): (Vec<SmolStr>, Vec<Value>) = entries.clone().into_iter().unzip();
            if let Some((element, parts)) = common(&parts) {
                let entries = Arc::new(keys.into_iter().zip(parts).collect());
                return value.with_data(Data::Map(element, entries));
            }
        }
        match &value.data {
            Data::Map(..) if entries.is_empty() => value.clone(),
            _ => value.with_data(Data::Object(Arc::new(entries))),
        }
    }

    fn default_of(&self, name: &SmolStr, default: &Value, whole: &Value) -> Value {
        let value = match self.attributes.get(name) {
            Some(defaults) => defaults.apply(default),
            None => default.clone(),
        };
        let origin = value.origin.within(&whole.origin);
        value.at(origin)
    }

    /// A value of another type than that of the defaults gets those that fit; the conversion will fail.
    fn of_item(&self, index: usize) -> Option<&Self> {
        self.items.get(&index).or(self.elements.as_deref())
    }

    fn of_entry(&self, key: &SmolStr) -> Option<&Self> {
        self.attributes.get(key).or(self.elements.as_deref())
    }
}

/// Whatever replaces a null is known not to be null, and so is what stands there now.
fn refine_not_null(entry: &mut Value, default: &Value) {
    let default_is_null = match &default.data {
        Data::Null(_) => true,
        Data::Unknown(unknown) => !unknown.known.not_null,
        _ => false,
    };
    if let Data::Unknown(unknown) = &mut entry.data
        && unknown.ty != Type::Dynamic
        && !default_is_null
    {
        Arc::make_mut(unknown).known.not_null = true;
    }
}

/// The parts of a collection with the type that they have in common.
fn common(parts: &[Value]) -> Option<(Type, Vec<Value>)> {
    let types: Vec<Type> = parts.iter().map(Value::ty).collect();
    let common = unify(&types, Safety::MayFail)?;
    let parts = common.apply(parts, Safety::MayFail).ok()?;
    Some((common.ty, parts))
}
