//! Values to YAML as the libraries of Go write them: `sigs.k8s.io/yaml`, which goes through JSON and version 2 of its
//! library, and version 3.
//!
//! Source: <https://pkg.go.dev/sigs.k8s.io/yaml#Marshal>, <https://pkg.go.dev/go.yaml.in/yaml/v3#Encoder>.

mod emitter;
mod json;
mod order;
mod quote;
mod resolve;
mod scalar;
mod text;

pub use emitter::{Layout, emit};
pub use json::{key, number, string};
pub use order::{Dialect, sort};
pub use scalar::Tabs;
pub use text::{Builder, Text};

/// A value to be written, with the quotes that it needs.
#[derive(Clone, Debug)]
pub enum Value<T> {
    /// `null`, `true`, a number.
    Plain(T),
    /// A string.
    String(T),
    /// Bytes that are no text, as Base64.
    Binary(T),
    /// A sequence.
    List(Vec<Self>),
    /// Keys and values in the order in which they are written.
    Map(Vec<(Self, Self)>),
}
