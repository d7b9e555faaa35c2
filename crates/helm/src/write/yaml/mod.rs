//! Values to YAML: `toYaml` as `sigs.k8s.io/yaml` writes them, which goes through JSON and version 2 of the library, and
//! `toYamlPretty` as version 3 does.
//!
//! Source: <https://pkg.go.dev/sigs.k8s.io/yaml#Marshal>, <https://pkg.go.dev/go.yaml.in/yaml/v3#Encoder>.

mod direct;
mod emitter;
mod order;
mod quote;
mod resolve;
mod scalar;
mod through_json;

use super::node::Unwritable;
use crate::run::Run;
use crate::value::{Text, Value};

use emitter::{Emitter, Layout};
use scalar::Tabs;

/// A value to be written, with the quotes that it needs.
#[derive(Debug)]
enum Yaml {
    /// `null`, `true`, a number.
    Plain(Text),
    /// A string.
    String(Text),
    /// Bytes that are no text, as Base64.
    Binary(Text),
    List(Vec<Self>),
    Map(Vec<(Self, Self)>),
}

/// Writes a value as `toYaml` does, without the last line break.
///
/// # Errors
/// When the libraries have nothing for a part of it, or a bound is reached.
pub fn write(run: &mut Run, value: &Value) -> Result<Text, Unwritable> {
    let yaml = through_json::convert(run, value)?;
    let layout = Layout {
        width: 80,
        indents_lists: false,
        tabs: Tabs::Quoted,
    };
    emit(run, &yaml, layout)
}

/// Writes a value as `toYamlPretty` does, without the last line break.
///
/// # Errors
/// When the library has nothing for a part of it, or a bound is reached.
pub fn write_pretty(run: &mut Run, value: &Value) -> Result<Text, Unwritable> {
    let yaml = direct::convert(run, value)?;
    let layout = Layout {
        width: usize::MAX,
        indents_lists: true,
        tabs: Tabs::InBlocks,
    };
    emit(run, &yaml, layout)
}

fn emit(run: &mut Run, yaml: &Yaml, layout: Layout) -> Result<Text, Unwritable> {
    let mut emitter = Emitter::new(layout);
    emitter.document(run, yaml)?;
    let text = emitter.finish();
    let length = text
        .as_bytes()
        .strip_suffix(b"\n")
        .map_or(text.len(), <[u8]>::len);
    Ok(text.slice(0..length))
}
