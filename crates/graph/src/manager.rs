//! Who set the values of something that runs.

use std::sync::OnceLock;

use smol_str::SmolStr;

/// A program that set fields of a live object, as its server keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manager {
    /// The name that it gave.
    pub name: SmolStr,
    /// How it wrote: `Apply` or `Update`.
    pub operation: SmolStr,
    /// The API version in which it wrote.
    pub api_version: SmolStr,
    /// When it wrote last, as in RFC 3339; empty where that is not known.
    pub time: SmolStr,
    /// The part of the object that it wrote through, such as `status`; empty for the whole.
    pub subresource: SmolStr,
    /// The fields that it set.
    pub fields: Fields,
}

/// A field in a list of fields in which those below it follow: how deep it stands, and what it is called there.
pub type Field = (usize, SmolStr);

/// A set of fields in the notation of its format, which is read when somebody asks for it: few ever do.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    text: Box<str>,
    read: OnceLock<Box<[Field]>>,
}

impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && (!self.text.is_empty() || self.read.get() == other.read.get())
    }
}

impl Eq for Fields {}

impl Fields {
    /// The fields that a text names.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            text: text.into(),
            read: OnceLock::new(),
        }
    }

    /// Fields that were read already.
    #[must_use]
    pub fn of(fields: Vec<Field>) -> Self {
        Self {
            text: Box::default(),
            read: OnceLock::from(fields.into_boxed_slice()),
        }
    }

    /// The fields, as `read` finds them in the text.
    pub fn read(&self, read: impl FnOnce(&str) -> Vec<Field>) -> &[Field] {
        self.read.get_or_init(|| read(&self.text).into())
    }
}
