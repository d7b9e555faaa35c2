//! Structs.

use super::{ObjectType, Text, Value};

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
        let mut names = self.ty.fields.iter();
        let index = names.position(|field| field.name == name)?;
        self.fields.get(index)
    }

    /// What its method `String` or `Error` gives, where it has one: `fmt` prints that.
    #[must_use]
    pub fn string(&self) -> Option<Text> {
        self.ty.string.map(|string| string(self))
    }
}
