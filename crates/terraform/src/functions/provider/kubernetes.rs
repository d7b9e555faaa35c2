//! The functions of the provider `kubernetes`.
//!
//! Source: <https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/functions/manifest_decode>.

use std::ops::Range;
use std::sync::Arc;

use graph::{NodeId, Tree};
use source::{FileId, Level, SourceFile};

use crate::functions::arguments::{
    any_parameter, computed_from, returns_any, returns_string, string_parameter,
};
use crate::functions::places::Written;
use crate::functions::results::{made_string, unknown_result};
use crate::functions::shapes::one_of;
use crate::functions::{Environment, Failure, Function, yaml};
use crate::value::{Data, Entries, Made, Number, Shape, Type, Value};

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "manifest_decode",
        parameters: &[string_parameter("manifest").or_unknown()],
        variadic: None,
        returns: returns_any,
        not_null: false,
        compute: |environment, arguments| {
            decode(environment, arguments, |mut manifests, _| {
                match (manifests.pop(), manifests.is_empty()) {
                    (Some(manifest), true) => Ok(manifest),
                    (None, _) => Err("the text holds no manifest"),
                    (Some(_), false) => Err("the text holds more than one manifest"),
                }
            })
        },
    },
    Function {
        name: "manifest_decode_multi",
        parameters: &[string_parameter("manifest").or_unknown()],
        variadic: None,
        returns: returns_any,
        not_null: false,
        compute: |environment, arguments| {
            decode(environment, arguments, |manifests, written| {
                let origin = written.origin(&(0..written.text.len()));
                Ok(Value::new(Data::Tuple(manifests.into()), origin))
            })
        },
    },
    Function {
        name: "manifest_encode",
        parameters: &[any_parameter("manifest").or_unknown()],
        variadic: None,
        returns: returns_string,
        not_null: false,
        compute: encode,
    },
];

fn encode(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let argument = &arguments[0];
    if !argument.is_wholly_known() {
        let shape = Shape::Yaml(Arc::new(argument.clone()));
        return Ok(unknown_result(
            environment,
            Type::String,
            arguments,
            Some(shape),
        ));
    }
    let mut out = String::new();
    if let Some(items) = argument.as_items() {
        for item in items.iter() {
            out.push_str("---\n");
            out.push_str(&encode_one(item)?);
        }
    } else {
        out = encode_one(argument)?;
    }
    let data = made_string(&out, Made::Yaml(argument.clone()));
    Ok(computed_from(environment, argument, data))
}

fn encode_one(manifest: &Value) -> Result<String, Failure> {
    let entries = manifest
        .as_entries()
        .ok_or_else(|| Failure::call("a manifest is an object"))?;
    validate(entries)?;
    yaml::write_sparing(manifest).map_err(Failure::call)
}

fn validate(manifest: &Entries) -> Result<(), Failure> {
    let needed = ["apiVersion", "kind", "metadata"];
    match needed
        .into_iter()
        .find(|field| !manifest.contains_key(*field))
    {
        Some(field) => Err(Failure::call(format!("the manifest has no `{field}`"))),
        None => Ok(()),
    }
}

fn decode(
    environment: &Environment<'_>,
    arguments: &[Value],
    choose: fn(Vec<Value>, &Written) -> Result<Value, &'static str>,
) -> Result<Value, Failure> {
    let argument = &arguments[0];
    let decoded = Written::of(argument).map(|written| {
        let manifests = manifests(&written)?;
        choose(manifests, &written).map_err(Failure::call)
    });
    if argument.unknown().is_none() {
        return decoded.unwrap_or_else(|| Err(Failure::call("only strings can be decoded")));
    }
    let shape = one_of(decoded.and_then(Result::ok));
    Ok(unknown_result(environment, Type::Dynamic, arguments, shape))
}

fn manifests(written: &Written) -> Result<Vec<Value>, Failure> {
    let mut manifests = Vec::new();
    for range in documents(&written.text) {
        let file = SourceFile::new(FileId(0), "", &written.text[range.clone()]);
        let read = ::yaml::read(&file, &::yaml::Options::default());
        let error = read
            .problems
            .iter()
            .find(|problem| problem.level == Level::Error);
        if let Some(error) = error {
            return Err(Failure::call(format!(
                "the text is not YAML: {}",
                error.message
            )));
        }
        for document in &read.documents {
            let reader = Reader {
                written,
                tree: &document.tree,
                start: range.start,
            };
            let value = reader.value(NodeId::ROOT);
            match &value.data {
                Data::Null(_) => {}
                Data::Object(entries) if entries.is_empty() => {}
                Data::Object(entries) => {
                    validate(entries)?;
                    manifests.push(value);
                }
                _ => return Err(Failure::call("a document is no map")),
            }
        }
    }
    Ok(manifests)
}

/// Where the documents of a text stand: behind the start or a line break, three dashes part them, with the blanks around.
fn documents(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices("---") {
        let begins = at == 0 || text[..at].ends_with('\n') || at == 1 && text.starts_with(':');
        if at < start || !begins {
            continue;
        }
        let end = if at == 1 {
            0
        } else {
            text[..at].trim_end().len()
        };
        found.push(start..end.max(start));
        let behind = &text[at + 3..];
        start = text.len() - behind.trim_start().len();
    }
    found.push(start..text.len());
    found
}

/// Reads the tree of a document that begins at an offset of the text.
struct Reader<'a> {
    written: &'a Written,
    tree: &'a Tree,
    start: usize,
}

impl Reader<'_> {
    fn value(&self, node: NodeId) -> Value {
        let span = self.tree.node(node).span;
        let range = self.start + span.start as usize..self.start + span.end as usize;
        let data = match &self.tree.node(node).data {
            graph::Data::Bool(truth) => Data::Bool(*truth),
            graph::Data::Int(number) => double(*number as f64),
            graph::Data::Float(number) => double(*number),
            graph::Data::String(text) if self.written.is_hole(text) => {
                return self.written.unknown(&range);
            }
            graph::Data::String(text) => return self.written.string(text, &range),
            graph::Data::List => Data::Tuple(
                self.tree
                    .children(node)
                    .map(|child| self.value(child))
                    .collect(),
            ),
            graph::Data::Map => Data::Object(Arc::new(self.entries(node))),
            graph::Data::Null | graph::Data::Unknown(_) | graph::Data::Partial(_) => {
                Data::Null(Type::Dynamic)
            }
        };
        Value::new(data, self.written.origin(&range))
    }

    fn entries(&self, node: NodeId) -> Entries {
        let entry = |child: NodeId| {
            let key = self.tree.node(child).key.as_ref()?.text.clone();
            Some((key, self.value(child)))
        };
        self.tree.children(node).filter_map(entry).collect()
    }
}

/// The provider reads every number as a double.
fn double(number: f64) -> Data {
    Number::from_f64(number).map_or(Data::Null(Type::Number), Data::Number)
}
