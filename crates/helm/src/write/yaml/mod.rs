//! Values to YAML: `toYaml` as `sigs.k8s.io/yaml` writes them, which goes through JSON and version 2 of the library, and
//! `toYamlPretty` as version 3 does.
//!
//! Source: <https://pkg.go.dev/sigs.k8s.io/yaml#Marshal>, <https://pkg.go.dev/go.yaml.in/yaml/v3#Encoder>.

mod direct;
mod text;
mod through_json;

use yaml::emit::{self, Layout, Tabs};

use super::node::Unwritable;
use crate::run::{Failure, Run};
use crate::value::{Text, Value};

/// A value to be written, with the quotes that it needs.
type Yaml = emit::Value<Text>;

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
    written(run, &yaml, layout)
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
    written(run, &yaml, layout)
}

fn written(run: &mut Run, yaml: &Yaml, layout: Layout) -> Result<Text, Unwritable> {
    let mut pay = |bytes| -> Result<(), Failure> { run.room_for(bytes) };
    let text = emit::emit(yaml, layout, &mut pay)?;
    let length = text
        .as_bytes()
        .strip_suffix(b"\n")
        .map_or(text.len(), <[u8]>::len);
    Ok(text.slice(0..length))
}
