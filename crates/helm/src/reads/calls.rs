//! Calls of functions in templates.

use std::sync::Arc;

use source::Span;

use crate::functions::Function;
use crate::template::{Command, Node, Operand, OperandKind, Pipeline, Template};

/// Adds the calls of functions that answer differently at each call.
pub(super) fn add_impure(templates: &[Arc<Template>], into: &mut Vec<(&'static str, Span)>) {
    for template in templates {
        let mut calls = Vec::new();
        nodes(&template.nodes, &mut calls);
        let impure = calls
            .into_iter()
            .filter(|(function, _)| is_impure(function));
        into.extend(impure.filter_map(|(function, operand)| {
            Some((function.name, template.source.span(operand.range)?))
        }));
    }
}

/// The functions that answer differently at each call although only parts of their results are placeholders.
const PARTLY: [&str; 3] = ["bcrypt", "htpasswd", "lookup"];

fn is_impure(function: &Function) -> bool {
    function.impure || function.name.starts_with("gen") || PARTLY.contains(&function.name)
}

type Calls<'t> = Vec<(&'static Function, &'t Operand)>;

fn nodes<'t>(all: &'t [Node], calls: &mut Calls<'t>) {
    for node in all {
        match node {
            Node::Action(action) => pipeline(&action.pipeline, calls),
            Node::Branch(branch) => {
                pipeline(&branch.pipeline, calls);
                nodes(&branch.body, calls);
                nodes(&branch.otherwise, calls);
            }
            Node::Template(call) => {
                if let Some(inner) = &call.pipeline {
                    pipeline(inner, calls);
                }
            }
            Node::Text(_) | Node::Break | Node::Continue => {}
        }
    }
}

fn pipeline<'t>(pipeline: &'t Pipeline, calls: &mut Calls<'t>) {
    let commands = pipeline.commands.iter();
    commands
        .flat_map(|command: &Command| &command.operands)
        .for_each(|one| operand(one, calls));
}

fn operand<'t>(one: &'t Operand, calls: &mut Calls<'t>) {
    match &one.kind {
        OperandKind::Function(function) => calls.push((function, one)),
        OperandKind::Chain(inner, _) => operand(inner, calls),
        OperandKind::Pipeline(inner) => pipeline(inner, calls),
        _ => {}
    }
}
