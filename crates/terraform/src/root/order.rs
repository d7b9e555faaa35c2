//! What depends on what, and the order that follows.

use std::sync::Arc;

use foldhash::HashMap;
use smol_str::SmolStr;
use source::Span;

use super::configuration::Configuration;
use crate::module::{Mode, Module, Repetition, ResourceAddress};
use crate::syntax::{self, Expression, Reference, Traversal};

/// Something that is evaluated: an item of a node of the configuration.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Vertex {
    pub(super) node: usize,
    pub(super) item: Item,
}

/// What is evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Item {
    Variable(SmolStr),
    Local(SmolStr),
    Output(SmolStr),
    Resource(ResourceAddress),
    /// How many instances a call has.
    Call(SmolStr),
}

/// The vertices, and an order in which each comes after what it depends on.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) vertices: Vec<Arc<Dependent>>,
    sequence: Arc<Sequence>,
}

/// A vertex with what it refers to.
#[derive(Debug)]
pub(super) struct Dependent {
    pub(super) vertex: Vertex,
    pub(super) needs: Vec<Vertex>,
}

/// The vertices by their numbers, each after what it depends on.
#[derive(Debug)]
struct Sequence {
    ids: Vec<usize>,
    cycles: Vec<Vec<usize>>,
    /// Those that each refers to, as far as they are there.
    edges: Vec<Vec<usize>>,
}

impl Order {
    /// The order of the vertices of a configuration. `again` says of a vertex of `before`, by its number, whether it refers to what
    /// it did.
    pub(super) fn of(
        configuration: &Configuration,
        vertices: Vec<Vertex>,
        before: Option<&Self>,
        again: impl Fn(usize) -> bool,
    ) -> Self {
        let before = before.filter(|before| before.is_of(&vertices));
        let dependent = |(id, vertex): (usize, Vertex)| {
            let known = before.map(|before| &before.vertices[id]);
            if let Some(known) = known.filter(|_| again(id)) {
                return Arc::clone(known);
            }
            let needs = Needs::of(configuration, &vertex);
            match known.filter(|known| known.needs == needs) {
                Some(known) => Arc::clone(known),
                None => Arc::new(Dependent { vertex, needs }),
            }
        };
        let vertices: Vec<Arc<Dependent>> =
            vertices.into_iter().enumerate().map(dependent).collect();
        let is_same = |before: &&Self| {
            let mut pairs = before.vertices.iter().zip(&vertices);
            pairs.all(|(one, other)| Arc::ptr_eq(one, other))
        };
        let sequence = match before.filter(is_same) {
            Some(before) => Arc::clone(&before.sequence),
            None => Arc::new(Sequence::of(&vertices)),
        };
        Self { vertices, sequence }
    }

    /// Whether it is of these vertices, with the same numbers.
    pub(super) fn is_of(&self, vertices: &[Vertex]) -> bool {
        let own = self.vertices.iter().map(|dependent| &dependent.vertex);
        own.eq(vertices)
    }

    /// Whether both have the same vertices, with the same numbers.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let vertex = |dependent: &Arc<Dependent>| std::ptr::from_ref(&dependent.vertex);
        let mut pairs = self.vertices.iter().zip(&other.vertices);
        self.vertices.len() == other.vertices.len()
            && pairs.all(|(one, other)| vertex(one) == vertex(other) || one.vertex == other.vertex)
    }

    /// The numbers of the vertices in their order.
    pub(super) fn ids(&self) -> impl Iterator<Item = usize> {
        self.sequence.ids.iter().copied()
    }

    /// The numbers of what a vertex refers to, as far as it is there.
    pub(super) fn edges(&self, id: usize) -> &[usize] {
        &self.sequence.edges[id]
    }

    /// Those that depend on themselves.
    pub(super) fn cycles(&self) -> impl Iterator<Item = Vec<Vertex>> {
        let vertex = |id: &usize| self.vertices[*id].vertex.clone();
        let cycles = self.sequence.cycles.iter();
        cycles.map(move |cycle| cycle.iter().map(vertex).collect())
    }
}

impl Sequence {
    fn of(vertices: &[Arc<Dependent>]) -> Self {
        let ids: HashMap<&Vertex, usize> = vertices
            .iter()
            .enumerate()
            .map(|(id, dependent)| (&dependent.vertex, id))
            .collect();
        let edges = vertices.iter().map(|dependent| {
            let needs = dependent.needs.iter();
            let mut edges: Vec<usize> = needs.filter_map(|need| ids.get(need).copied()).collect();
            edges.sort_unstable();
            edges.dedup();
            edges
        });
        let edges: Vec<Vec<usize>> = edges.collect();
        let components = components(&edges);
        let is_cycle = |component: &&Vec<usize>| {
            component.len() > 1 || edges[component[0]].contains(&component[0])
        };
        Self {
            cycles: components.iter().filter(is_cycle).cloned().collect(),
            ids: components.into_iter().flatten().collect(),
            edges,
        }
    }
}

/// The vertices of a configuration, each with where it is written: those of a module by their kind and name.
pub(super) fn vertices(configuration: &Configuration) -> Vec<(Vertex, Span)> {
    let nodes = configuration.nodes.iter().enumerate();
    let items = nodes.flat_map(|(node, one)| {
        items(&one.module).map(move |(item, span)| (Vertex { node, item }, span))
    });
    items.collect()
}

fn items(module: &Module) -> impl Iterator<Item = (Item, Span)> {
    let calls = module.calls.iter();
    let calls = calls.map(|(name, one)| (Item::Call(name.clone()), one.block.span));
    let variables = module.variables.iter();
    let variables = variables.map(|(name, one)| (Item::Variable(name.clone()), one.block.span));
    let locals = module.locals.iter();
    let locals = locals.map(|(name, one)| (Item::Local(name.clone()), one.value.span));
    let resources = module.resources.iter();
    let resources = resources.map(|(address, one)| (Item::Resource(address.clone()), one.span));
    let outputs = module.outputs.iter();
    let outputs = outputs.map(|(name, one)| (Item::Output(name.clone()), one.block.span));
    calls
        .chain(variables)
        .chain(locals)
        .chain(resources)
        .chain(outputs)
}

/// What a vertex depends on.
struct Needs<'a> {
    configuration: &'a Configuration,
    needs: Vec<Vertex>,
}

impl<'a> Needs<'a> {
    fn of(configuration: &'a Configuration, vertex: &Vertex) -> Vec<Vertex> {
        let mut needs = Self {
            configuration,
            needs: Vec::new(),
        };
        needs.add(vertex);
        needs.needs
    }

    fn add(&mut self, vertex: &Vertex) {
        let node = vertex.node;
        let module = &self.configuration.nodes[node].module;
        if let Some((parent, call)) = &self.configuration.nodes[node].parent {
            self.push(*parent, Item::Call(call.clone()));
        }
        match &vertex.item {
            Item::Variable(name) => self.variable(node, name),
            Item::Local(name) => {
                self.expression(node, module.locals.get(name).map(|local| &local.value));
            }
            Item::Output(name) => {
                let output = module.outputs.get(name);
                self.expression(node, output.and_then(|output| output.value.as_ref()));
            }
            Item::Call(name) => {
                if let Some(call) = module.calls.get(name) {
                    self.repetition(node, &call.repetition);
                }
            }
            Item::Resource(address) => {
                if let Some(resource) = module.resources.get(address) {
                    self.repetition(node, &resource.repetition);
                    self.references(node, &syntax::body_references(&resource.body));
                }
            }
        }
    }

    /// A variable is set by an argument in the caller; its validations may refer to the whole module.
    fn variable(&mut self, node: usize, name: &SmolStr) {
        let Some((parent, call)) = self.configuration.nodes[node].parent.clone() else {
            return;
        };
        let caller = &self.configuration.nodes[parent].module;
        let call = caller.calls.get(&call);
        let argument = call.and_then(|call| call.arguments.get(name));
        self.expression(parent, argument.map(|argument| &argument.value));
    }

    fn repetition(&mut self, node: usize, repetition: &Repetition) {
        self.expression(node, repetition.count.as_ref());
        self.expression(node, repetition.for_each.as_ref());
    }

    fn expression(&mut self, node: usize, expression: Option<&Expression>) {
        if let Some(expression) = expression {
            self.references(node, &syntax::references(expression));
        }
    }

    fn references(&mut self, node: usize, references: &[Reference]) {
        for reference in references {
            self.reference(node, reference);
        }
    }

    fn reference(&mut self, node: usize, reference: &Reference) {
        let names: Vec<&SmolStr> = names(reference).collect();
        let name = |index: usize| names.get(index).copied().cloned();
        let resource = |mode, from: usize| {
            Some(Item::Resource(ResourceAddress {
                mode,
                ty: name(from)?,
                name: name(from + 1)?,
            }))
        };
        let item = match names.first().map(|name| name.as_str()) {
            Some("var") => name(1).map(Item::Variable),
            Some("local") => name(1).map(Item::Local),
            Some("module") => {
                self.outputs(node, name(1), name(2).as_ref());
                name(1).map(Item::Call)
            }
            Some("data") => resource(Mode::Data, 1),
            Some("ephemeral") => resource(Mode::Ephemeral, 1),
            Some("resource") => resource(Mode::Managed, 1),
            Some(_) => resource(Mode::Managed, 0),
            None => None,
        };
        if let Some(item) = item {
            self.push(node, item);
        }
    }

    /// A call by itself stands for all outputs of the module.
    fn outputs(&mut self, node: usize, call: Option<SmolStr>, output: Option<&SmolStr>) {
        let child = call.and_then(|call| self.configuration.nodes[node].children.get(&call));
        let Some(child) = child.copied() else { return };
        let module = &self.configuration.nodes[child].module;
        match output {
            Some(output) => self.push(child, Item::Output(output.clone())),
            None => {
                for output in module.outputs.keys() {
                    self.push(child, Item::Output(output.clone()));
                }
            }
        }
    }

    fn push(&mut self, node: usize, item: Item) {
        self.needs.push(Vertex { node, item });
    }
}

/// The names in a reference. Which instance is meant makes no difference to what must be evaluated before.
fn names(reference: &Reference) -> impl Iterator<Item = &SmolStr> {
    let steps = reference.steps.iter().filter_map(|step| match step {
        Traversal::Attribute(name) => Some(&name.text),
        Traversal::Index(_) | Traversal::Splat { .. } => None,
    });
    [&reference.root.text].into_iter().chain(steps)
}

/// The strongly connected components of a graph, each after those that it depends on (Tarjan 1972, without recursion).
fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let mut index = vec![UNSEEN; edges.len()];
    let mut low = vec![0; edges.len()];
    let mut on_stack = vec![false; edges.len()];
    let mut stack = Vec::new();
    let mut found = Vec::new();
    let mut next = 0;
    for start in 0..edges.len() {
        if index[start] != UNSEEN {
            continue;
        }
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((vertex, edge)) = path.pop() {
            if edge == 0 {
                index[vertex] = next;
                low[vertex] = next;
                next += 1;
                stack.push(vertex);
                on_stack[vertex] = true;
            } else {
                let done = edges[vertex][edge - 1];
                low[vertex] = low[vertex].min(low[done]);
            }
            let mut at = edge;
            let mut descends = false;
            while let Some(target) = edges[vertex].get(at).copied() {
                at += 1;
                if index[target] == UNSEEN {
                    path.push((vertex, at));
                    path.push((target, 0));
                    descends = true;
                    break;
                }
                if on_stack[target] {
                    low[vertex] = low[vertex].min(index[target]);
                }
            }
            if descends || low[vertex] != index[vertex] {
                continue;
            }
            let from = stack
                .iter()
                .rposition(|member| *member == vertex)
                .unwrap_or(0);
            let component = stack.split_off(from);
            for member in &component {
                on_stack[*member] = false;
            }
            found.push(component);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::components;

    #[track_caller]
    fn check(edges: &[&[usize]], expected: &[&[usize]]) {
        let edges: Vec<Vec<usize>> = edges.iter().map(|edges| edges.to_vec()).collect();
        let mut found = components(&edges);
        for component in &mut found {
            component.sort_unstable();
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn each_component_comes_after_what_it_depends_on() {
        check(&[&[1], &[2], &[]], &[&[2], &[1], &[0]]);
        check(&[&[], &[0], &[0, 1]], &[&[0], &[1], &[2]]);
        check(&[&[1, 2], &[3], &[3], &[]], &[&[3], &[1], &[2], &[0]]);
    }

    #[test]
    fn what_depends_on_itself_is_one_component() {
        check(&[&[1], &[0], &[0]], &[&[0, 1], &[2]]);
        check(&[&[1], &[2], &[0, 3], &[]], &[&[3], &[0, 1, 2]]);
        check(&[&[0]], &[&[0]]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let edges: Vec<Vec<usize>> = (1..200_000)
            .map(|next| vec![next])
            .chain([vec![]])
            .collect();
        assert_eq!(components(&edges).len(), 200_000);
    }
}
