//! Attributes of JSON that are blocks, to blocks: only the provider knows which are.

use super::Body as Schema;
use crate::syntax::{Attribute, Block, Body, ExpressionKind, block_bodies};

/// The body of a resource with its blocks told from its attributes. HCL tells them by itself.
pub(crate) fn with_blocks(mut body: Body, schema: Option<&Schema>) -> Body {
    let Some(schema) = schema else { return body };
    if body.json {
        for attribute in std::mem::take(&mut body.attributes) {
            match blocks_of(&attribute, schema) {
                Some(blocks) => body.blocks.extend(blocks),
                None => body.attributes.push(attribute),
            }
        }
    }
    for block in std::mem::take(&mut body.blocks) {
        body.blocks.push(nested(block, schema));
    }
    body
}

/// The same inside a block, and inside the content of a dynamic one.
fn nested(mut block: Block, schema: &Schema) -> Block {
    let produced = match block.labels.first() {
        Some(label) if block.kind.text == "dynamic" => label.text.clone(),
        _ => block.kind.text.clone(),
    };
    let inner = schema.block(&produced).map(super::Block::body);
    if block.kind.text != "dynamic" {
        block.body = with_blocks(block.body, inner);
        return block;
    }
    for content in &mut block.body.blocks {
        let empty = Body {
            attributes: Vec::new(),
            blocks: Vec::new(),
            ..content.body
        };
        let body = std::mem::replace(&mut content.body, empty);
        content.body = with_blocks(body, inner);
    }
    block
}

/// The blocks that an attribute of JSON stands for; none where it is no object and no list of objects.
fn blocks_of(attribute: &Attribute, schema: &Schema) -> Option<Vec<Block>> {
    schema.block(&attribute.name.text)?;
    let is_alone = matches!(attribute.value.kind, ExpressionKind::Object(_));
    if !is_alone && !matches!(attribute.value.kind, ExpressionKind::Tuple(_)) {
        return None;
    }
    let (bodies, problems) = block_bodies(&attribute.value);
    let block = |body: Body| {
        let span = if is_alone {
            attribute.name.span.cover(body.span)
        } else {
            body.span
        };
        Block {
            kind: attribute.name.clone(),
            labels: Vec::new(),
            body,
            span,
        }
    };
    let blocks = bodies.into_iter().map(block).collect();
    problems.is_empty().then_some(blocks)
}
