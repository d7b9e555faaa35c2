//! Values as YAML reads the JSON that is written of them.

use go::deeper;
use yaml::emit::{self, Dialect, sort};

use super::super::node::{Node, Unwritable};
use super::Yaml;
use crate::run::Run;
use crate::value::{Text, Value};

pub(super) fn convert(run: &mut Run, value: &Value) -> Result<Yaml, Unwritable> {
    of(&Node::of(run, value)?)
}

fn of(node: &Node) -> Result<Yaml, Unwritable> {
    Ok(match node {
        Node::Plain(text) => Yaml::Plain(emit::number(text)),
        Node::String(text) => Yaml::String(emit::string(text).map_err(refused)?),
        Node::List(items) => Yaml::List(
            items
                .iter()
                .map(|item| deeper(|| of(item)))
                .collect::<Result<_, _>>()?,
        ),
        Node::Map(entries) => Yaml::Map(map(entries)?),
    })
}

fn map(entries: &[(Text, Node)]) -> Result<Vec<(Yaml, Yaml)>, Unwritable> {
    let mut converted = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        let text = emit::key(key).map_err(refused)?;
        converted.push((text, deeper(|| of(value))?));
    }
    let sorted = sort(
        converted,
        |(key, _)| std::str::from_utf8(key.as_bytes()).unwrap_or_default(),
        Dialect::Old,
    );
    let sorted = sorted.into_iter();
    Ok(sorted
        .map(|(key, value)| (Yaml::String(key), value))
        .collect())
}

fn refused(why: &str) -> Unwritable {
    Unwritable::Refused(format!("yaml: {why}"))
}
