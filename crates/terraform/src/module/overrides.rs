//! Override files, merged by Terraform's rules.
//!
//! Source: <https://developer.hashicorp.com/terraform/language/files/override>.

use std::collections::BTreeSet;

use smol_str::SmolStr;
use source::Span;

use super::{Module, problems};
use crate::syntax::{Attribute, Block, Body};

/// Blocks that an override adds to or replaces as a whole, as they have no labels to tell which is meant.
const APPENDED: [&str; 4] = ["moved", "removed", "import", "check"];

/// Merges the blocks of override files into those that the other files declare, before they are taken apart.
pub(super) fn merge(declared: &mut [Body], overrides: Vec<Body>, module: &mut Module) {
    for block in overrides.into_iter().flat_map(|body| body.blocks) {
        merge_block(declared, block, module);
    }
}

fn merge_block(declared: &mut [Body], block: Block, module: &mut Module) {
    let kind = block.kind.text.as_str();
    if kind == "locals" {
        for attribute in block.body.attributes {
            merge_local(declared, attribute, module);
        }
        return;
    }
    let mut targets = declared.iter_mut().flat_map(|body| body.blocks.iter_mut());
    let target =
        targets.find(|target| target.kind.text == block.kind.text && same_labels(target, &block));
    match target {
        Some(target) if !APPENDED.contains(&kind) => merge_body(&mut target.body, block.body, kind),
        _ => {
            let span = block.header();
            missing(module, &described(&block), span);
        }
    }
}

fn same_labels(one: &Block, other: &Block) -> bool {
    let texts = |block: &Block| -> Vec<SmolStr> {
        block
            .labels
            .iter()
            .map(|label| label.text.clone())
            .collect()
    };
    texts(one) == texts(other)
}

fn described(block: &Block) -> String {
    let labels: String = block
        .labels
        .iter()
        .map(|label| format!(" \"{}\"", label.text))
        .collect();
    format!("`{}{labels}`", block.kind.text)
}

fn missing(module: &mut Module, what: &str, span: Span) {
    module
        .problems
        .push(problems::nothing_to_override(what, span));
}

fn merge_local(declared: &mut [Body], attribute: Attribute, module: &mut Module) {
    let locals = declared.iter_mut().flat_map(|body| body.blocks.iter_mut());
    let target = locals
        .filter(|block| block.kind.text == "locals")
        .flat_map(|block| block.body.attributes.iter_mut())
        .find(|target| target.name.text == attribute.name.text);
    match target {
        Some(target) => *target = attribute,
        None => missing(
            module,
            &format!("the local `{}`", attribute.name.text),
            attribute.name.span,
        ),
    }
}

/// Attributes replace those of their name; blocks replace all blocks of their kind, but `lifecycle` and the blocks of
/// `terraform` are merged attribute by attribute.
fn merge_body(target: &mut Body, other: Body, kind: &str) {
    for attribute in other.attributes {
        // One way to repeat a block puts the other out of force.
        let excluded = match attribute.name.text.as_str() {
            "count" => "for_each",
            "for_each" => "count",
            _ => "",
        };
        target.attributes.retain(|old| old.name.text != excluded);
        set(target, attribute);
    }
    let merged: BTreeSet<&str> = match kind {
        "resource" | "data" => ["lifecycle"].into(),
        "terraform" => ["required_providers"].into(),
        _ => BTreeSet::new(),
    };
    let replaced: BTreeSet<SmolStr> = other
        .blocks
        .iter()
        .map(block_name)
        .filter(|name| !merged.contains(name.as_str()))
        .collect();
    target
        .blocks
        .retain(|block| !replaced.contains(&block_name(block)));
    for block in other.blocks {
        let into = merged.contains(block.kind.text.as_str());
        let found = target
            .blocks
            .iter_mut()
            .find(|old| into && old.kind.text == block.kind.text);
        match found {
            Some(old) => merge_body(&mut old.body, block.body, ""),
            None => target.blocks.push(block),
        }
    }
}

/// A dynamic block stands for blocks of its label.
fn block_name(block: &Block) -> SmolStr {
    match block.labels.first() {
        Some(label) if block.kind.text == "dynamic" => label.text.clone(),
        _ => block.kind.text.clone(),
    }
}

fn set(body: &mut Body, attribute: Attribute) {
    let old = body
        .attributes
        .iter_mut()
        .find(|old| old.name.text == attribute.name.text);
    match old {
        Some(old) => *old = attribute,
        None => body.attributes.push(attribute),
    }
}
