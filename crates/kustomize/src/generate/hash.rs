//! The hash of their content at the end of the names of generated objects.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::context::Context;
use crate::node::{Data, Node, json};
use crate::resources::{Resource, ResourceMap, set_name};

/// How many letters the hash has.
const LENGTH: usize = 10;

/// Puts the hash of their content behind the names of generated objects.
pub(crate) fn add_hashes(context: &Context<'_>, resources: &mut ResourceMap) {
    for resource in resources
        .all
        .iter_mut()
        .filter(|resource| resource.has_hash)
    {
        let span = resource.node().origin.span;
        let cost = context.bounds.steps(resource.node().size());
        if context
            .or_tell("kustomization-bounds", cost, span)
            .is_none()
        {
            return;
        }
        let name = format!("{}-{}", resource.name(), hash(resource));
        resource.remember();
        resource.edit(|node| set_name(node, &name.into()));
    }
}

fn hash(resource: &Resource) -> String {
    let node = resource.node();
    let text = match resource.kind().as_str() {
        "ConfigMap" => object(node, "ConfigMap", &["binaryData", "data", "kind", "name"]),
        "Secret" => object(
            node,
            "Secret",
            &["data", "kind", "name", "stringData", "type"],
        ),
        _ => json(node),
    };
    let digest = Sha256::digest(text.as_bytes());
    let mut hexadecimal = String::new();
    for byte in digest.iter().take(LENGTH / 2) {
        // Writing to a string does not fail.
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    hexadecimal.chars().map(letter).collect()
}

/// Letters and digits that make no words take the place of those that may.
fn letter(digit: char) -> char {
    match digit {
        '0' => 'g',
        '1' => 'h',
        '3' => 'k',
        'a' => 'm',
        'e' => 't',
        other => other,
    }
}

/// The JSON of some fields; those that may be left out are only there as maps.
fn object(node: &Node, kind: &str, keys: &[&str]) -> String {
    let fields = keys.iter().filter_map(|key| {
        let found = match *key {
            // Kustomize looks for a field `metadata/name`, which there is none of.
            "name" => None,
            key => node.get(key),
        };
        let is_map = found.is_some_and(|node| !matches!(node.data, Data::Scalar(_)));
        let value = match (*key, found) {
            ("kind", _) => go::json::quote(kind),
            ("binaryData" | "stringData", _) if !is_map => return None,
            (_, Some(node)) if is_map => json(node),
            (_, Some(node)) => go::json::quote(node.text()),
            (_, None) => go::json::quote(""),
        };
        Some(format!("\"{key}\":{value}"))
    });
    let fields: Vec<String> = fields.collect();
    format!("{{{}}}", fields.join(","))
}
