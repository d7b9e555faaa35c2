//! The configuration that a plan repeats: what is set, and what its expressions refer to.

use serde_json::{Map, Value as Json, json};
use source::{FileId, SourceFile};
use terraform::module::{Mode, Module, ResourceBlock};
use terraform::schema::{self, Nesting};
use terraform::syntax::{
    Body, Expression, ExpressionKind, Reference, TemplatePart, Traversal, references,
};

use crate::json_syntax;

pub(super) fn document(module: &Module, text: &str) -> Json {
    let file = SourceFile::new(FileId(0), "main.tf", text);
    let resources = module.resources.values();
    let resources: Json = resources.map(|block| resource(block, &file)).collect();
    let variables = module.variables.keys();
    let variables: Map<String, Json> = variables
        .map(|name| (name.to_string(), json!({})))
        .collect();
    json!({ "root_module": { "resources": resources, "variables": variables } })
}

fn resource(block: &ResourceBlock, file: &SourceFile) -> Json {
    let address = &block.address;
    let schema = schema::of(address.mode, &address.ty);
    let mut resource = json!({
        "address": address.to_string(),
        "mode": match address.mode {
            Mode::Data => "data",
            _ => "managed",
        },
        "type": address.ty.as_str(),
        "name": address.name.as_str(),
        "expressions": body(&block.body, schema, file),
        "schema_version": 0,
    });
    let repetition = &block.repetition;
    for (name, expression) in [
        ("count_expression", &repetition.count),
        ("for_each_expression", &repetition.for_each),
    ] {
        if let Some(written) = expression {
            resource[name] = self::expression(written, file);
        }
    }
    resource
}

/// What a body sets by attributes and blocks that the provider calls so. Dynamic blocks, and attributes that are written as
/// blocks, are not repeated.
fn body(body: &Body, schema: Option<&schema::Body>, file: &SourceFile) -> Json {
    let mut expressions = Map::new();
    for attribute in &body.attributes {
        let value = expression(&attribute.value, file);
        expressions.insert(attribute.name.text.to_string(), value);
    }
    for block in &body.blocks {
        let kind = &block.kind.text;
        let known = schema.and_then(|schema| schema.block(kind));
        if kind == "dynamic" || schema.is_some() && known.is_none() {
            continue;
        }
        let inner = self::body(&block.body, known.map(schema::Block::body), file);
        if known.is_some_and(|known| known.nesting == Nesting::Single) {
            expressions.insert(kind.to_string(), inner);
            continue;
        }
        let blocks = expressions
            .entry(kind.as_str())
            .or_insert_with(|| json!([]));
        blocks.as_array_mut().expect("these are blocks").push(inner);
    }
    expressions.into()
}

fn expression(expression: &Expression, file: &SourceFile) -> Json {
    if is_constant(expression) {
        return json!({ "constant_value": json_syntax::value(expression, file) });
    }
    let referred: Vec<String> = references(expression).iter().flat_map(addresses).collect();
    match referred.is_empty() {
        true => json!({}),
        false => json!({ "references": referred }),
    }
}

/// Whether an expression can be evaluated without functions and references.
fn is_constant(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Null | ExpressionKind::Bool(_) | ExpressionKind::Number(_) => true,
        ExpressionKind::Template(parts) => parts
            .iter()
            .all(|part| matches!(part, TemplatePart::Literal { .. })),
        ExpressionKind::Tuple(items) => items.iter().all(is_constant),
        ExpressionKind::Object(items) => items
            .iter()
            .all(|item| is_constant(&item.key) && is_constant(&item.value)),
        _ => false,
    }
}

/// What a reference leads to, with all steps, and then always one less until there is nothing left that has an address.
fn addresses(reference: &Reference) -> Vec<String> {
    let root = reference.root.text.as_str();
    let mut address = root.to_owned();
    // What is referred to as a whole: `var.a`, `aws_s3_bucket.a`, `data.aws_ami.a`.
    let whole = if root == "data" { 2 } else { 1 };
    let mut addresses = Vec::new();
    for (index, step) in (1..).zip(&reference.steps) {
        match step {
            Traversal::Attribute(name) => address = format!("{address}.{}", name.text),
            Traversal::Index(index) => address = format!("{address}[{}]", key(index)),
            Traversal::Splat { .. } => break,
        }
        if index >= whole {
            addresses.push(address.clone());
        }
    }
    addresses.reverse();
    addresses
}

/// A literal as it stands in an address.
fn key(index: &Expression) -> String {
    match &index.kind {
        ExpressionKind::Number(number) => number.to_string(),
        _ => format!("{:?}", index.literal().unwrap_or_default()),
    }
}
