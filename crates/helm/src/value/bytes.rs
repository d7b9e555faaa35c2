//! Slices of bytes.

use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use source::SourceFile;

/// Bytes that nobody changes. Those of a file stay where they are.
#[derive(Clone, Debug)]
pub struct Bytes(Kept);

/// Where bytes are kept.
#[derive(Clone, Debug)]
enum Kept {
    Here(Rc<[u8]>),
    Text(Arc<SourceFile>),
    File(Arc<[u8]>),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Kept::Here(bytes) => bytes,
            Kept::Text(file) => file.text.as_bytes(),
            Kept::File(bytes) => bytes,
        }
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        Self(Kept::Here(bytes.into()))
    }
}

impl From<Arc<SourceFile>> for Bytes {
    fn from(file: Arc<SourceFile>) -> Self {
        Self(Kept::Text(file))
    }
}

impl From<Arc<[u8]>> for Bytes {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self(Kept::File(bytes))
    }
}
