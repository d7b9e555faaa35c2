//! The configuration that a plan repeats: what is set, and what its expressions refer to.

use serde_json::{Map, Value as Json, json};
use terraform::module::{Mode, Module, ResourceBlock};
use terraform::schema::{self, Nesting};
use terraform::syntax::{
    Body, Expression, ExpressionKind, ObjectItem, Reference, Traversal, references,
};

pub(super) fn document(module: &Module) -> Json {
    let resources = module.resources.values();
    let resources: Json = resources.map(|block| resource(block)).collect();
    let variables = module.variables.keys();
    let variables: Map<String, Json> = variables
        .map(|name| (name.to_string(), json!({})))
        .collect();
    json!({ "root_module": { "resources": resources, "variables": variables } })
}

fn resource(block: &ResourceBlock) -> Json {
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
        "expressions": body(&block.body, schema),
        "schema_version": 0,
    });
    let repetition = &block.repetition;
    for (name, expression) in [
        ("count_expression", &repetition.count),
        ("for_each_expression", &repetition.for_each),
    ] {
        let written = expression.as_ref().map(self::expression);
        if let Some(written) = written.filter(|written| *written != json!({})) {
            resource[name] = written;
        }
    }
    resource
}

/// What a body sets by attributes and blocks that the provider calls so. Dynamic blocks, and attributes that are written as
/// blocks, are not repeated.
fn body(body: &Body, schema: Option<&schema::Body>) -> Json {
    let mut expressions = Map::new();
    for attribute in &body.attributes {
        let value = expression(&attribute.value);
        expressions.insert(attribute.name.text.to_string(), value);
    }
    for block in &body.blocks {
        let kind = &block.kind.text;
        let known = schema.and_then(|schema| schema.block(kind));
        if kind == "dynamic" || schema.is_some() && known.is_none() {
            continue;
        }
        let inner = self::body(&block.body, known.map(schema::Block::body));
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

fn expression(expression: &Expression) -> Json {
    if let Some(constant) = constant(expression) {
        return json!({ "constant_value": constant });
    }
    let referred: Vec<String> = references(expression).iter().flat_map(addresses).collect();
    match referred.is_empty() {
        true => json!({}),
        false => json!({ "references": referred }),
    }
}

/// The value of an expression without functions and references.
fn constant(expression: &Expression) -> Option<Json> {
    Some(match &expression.kind {
        ExpressionKind::Null => Json::Null,
        ExpressionKind::Bool(truth) => (*truth).into(),
        ExpressionKind::Number(number) => serde_json::from_str(&number.to_string()).ok()?,
        ExpressionKind::Template(_) => expression.literal()?.as_str().into(),
        ExpressionKind::Tuple(items) => items.iter().map(constant).collect::<Option<Json>>()?,
        ExpressionKind::Object(items) => {
            let member =
                |item: &ObjectItem| Some((item.key.literal()?.to_string(), constant(&item.value)?));
            let members: Option<Map<String, Json>> = items.iter().map(member).collect();
            members?.into()
        }
        _ => return None,
    })
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
