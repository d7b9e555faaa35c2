//! Vertices that depend on each other.

use source::{Level, Problem, Span};

use super::evaluation::Evaluation;
use super::order::{Item, Vertex};
use crate::module::Module;

impl Evaluation<'_> {
    pub(super) fn report_cycle(&mut self, cycle: &[Vertex]) {
        let mut members: Vec<(Span, String)> = cycle
            .iter()
            .filter_map(|vertex| {
                let module = &self.configuration.nodes[vertex.node].module;
                Some((declared_at(module, &vertex.item)?, named(&vertex.item)))
            })
            .collect();
        members.sort();
        let Some((span, _)) = members.first() else {
            return;
        };
        let names: Vec<&str> = members.iter().map(|(_, name)| name.as_str()).collect();
        let message = format!(
            "these depend on each other, so none has a value: {}",
            names.join(", ")
        );
        let problem = Problem::at(Level::Error, "cycle", message, *span);
        self.problems
            .push(problem.with_help("break the circle at one of them"));
    }
}

fn declared_at(module: &Module, item: &Item) -> Option<Span> {
    match item {
        Item::Variable(name) => module
            .variables
            .get(name)
            .map(|variable| variable.name.span),
        Item::Local(name) => module.locals.get(name).map(|local| local.name.span),
        Item::Output(name) => module.outputs.get(name).map(|output| output.name.span),
        Item::Resource(address) => module
            .resources
            .get(address)
            .map(|resource| resource.header),
        Item::Call(name) => module.calls.get(name).map(|call| call.name.span),
    }
}

fn named(item: &Item) -> String {
    match item {
        Item::Variable(name) => format!("var.{name}"),
        Item::Local(name) => format!("local.{name}"),
        Item::Output(name) => format!("output.{name}"),
        Item::Resource(address) => address.to_string(),
        Item::Call(name) => format!("module.{name}"),
    }
}
