//! Structs.

use super::{Data, ObjectType, StructField, Text, Value};

/// A struct, or a pointer to one.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its type, which names the fields.
    pub ty: &'static ObjectType,
    /// The values of its fields, in the order of the type.
    pub fields: Vec<Value>,
}

impl Object {
    /// The value of a field, also of one that Go doesn't export.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Value> {
        let named = self.named_fields().find(|(field, _)| field.name == name);
        if let Some((_, value)) = named {
            return Some(value);
        }
        let mut embedded = self.named_fields().filter(|(field, _)| field.embedded);
        embedded.find_map(|(_, value)| match &value.data {
            Data::Object(object) => object.field(name),
            _ => None,
        })
    }

    /// The fields with their values.
    pub fn named_fields(&self) -> impl Iterator<Item = (&StructField, &Value)> {
        self.ty.fields.iter().zip(&self.fields)
    }

    /// The number that it is, where it is one.
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        self.ty.number?;
        match self.field("number").map(|number| &number.data) {
            Some(Data::Integer(_, number)) => Some(*number),
            _ => None,
        }
    }

    /// What its method `String` or `Error` gives, where it has one: `fmt` prints that.
    #[must_use]
    pub fn string(&self) -> Option<Text> {
        self.ty.string.map(|string| string(self))
    }
}
