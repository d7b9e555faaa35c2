//! The values that templates print without asking whether they are there.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use graph::{Data, NodeId, Tree};
use smol_str::SmolStr;
use source::Span;

use crate::template::{
    Branch, BranchKind, Command, Node, Operand, OperandKind, Pipeline, Template,
};
use go::deeper;

/// What the values of a chart are called in its templates.
const VALUES: &str = "Values";

/// The functions that print what is missing as nothing, or as nonsense. All others count as a question.
const PRINTS: [&str; 20] = [
    "b64enc",
    "indent",
    "int",
    "int64",
    "lower",
    "nindent",
    "print",
    "printf",
    "println",
    "quote",
    "replace",
    "sha256sum",
    "squote",
    "toString",
    "trim",
    "trimSuffix",
    "trunc",
    "upper",
    "urlquery",
    "title",
];

/// Keys of values on the way to one of them.
type Keys = Vec<SmolStr>;

/// What templates print of the values, and what they ask for.
#[derive(Debug, Default)]
pub struct Plain {
    /// What is printed wherever a template runs as the values are, and where.
    printed: BTreeSet<(Span, Keys)>,
    /// What is tested, has a default, or is handed on.
    asked: BTreeSet<Keys>,
}

impl Plain {
    /// What is printed, and never asked for: neither itself, nor what holds it, nor what it holds.
    pub fn unasked(&self) -> impl Iterator<Item = &(Span, Keys)> {
        self.printed.iter().filter(|(_, keys)| {
            let mut above = (0..=keys.len()).map(|end| &keys[..end]);
            let mut below = self.asked.range(keys.clone()..);
            let is_asked = above.any(|keys| self.asked.contains(keys));
            !is_asked && !below.next().is_some_and(|asked| asked.starts_with(keys))
        })
    }

    /// Adds what templates ask for.
    pub(super) fn add_asked(&mut self, templates: &[Arc<Template>]) {
        for template in templates {
            self.nodes(&template.nodes);
        }
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Action(action) => {
                    let is_printed = action.pipeline.variables.is_empty();
                    self.pipeline(&action.pipeline, is_printed);
                }
                Node::Branch(branch) => {
                    self.pipeline(&branch.pipeline, false);
                    deeper(|| self.nodes(&branch.body));
                    deeper(|| self.nodes(&branch.otherwise));
                }
                Node::Template(call) => {
                    let inner = call.pipeline.iter();
                    inner.for_each(|inner| self.pipeline(inner, false));
                }
                Node::Text(_) | Node::Break | Node::Continue => {}
            }
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline, is_printed: bool) {
        let is_printed = is_printed && is_plain(pipeline);
        for command in &pipeline.commands {
            for operand in &command.operands {
                match &operand.kind {
                    OperandKind::Pipeline(inner) => deeper(|| self.pipeline(inner, is_printed)),
                    OperandKind::Chain(inner, _) => deeper(|| self.chain(inner)),
                    _ if is_printed => {}
                    _ => self
                        .asked
                        .extend(keys(operand).map(|keys| looked_up(keys, command))),
                }
            }
        }
    }

    fn chain(&mut self, inner: &Operand) {
        match &inner.kind {
            OperandKind::Pipeline(inner) => self.pipeline(inner, false),
            OperandKind::Chain(inner, _) => deeper(|| self.chain(inner)),
            _ => self.asked.extend(keys(inner)),
        }
    }
}

/// A path with the constant keys that a function looks up below it: `hasKey .Values "image"`.
fn looked_up(mut keys: Keys, command: &Command) -> Keys {
    let constants = command.operands.iter().filter_map(|one| match &one.kind {
        OperandKind::String(quoted) => Some(String::from_utf8_lossy(quoted.bytes()).into()),
        _ => None,
    });
    let is_lookup = command.operands.first().is_some_and(|first| {
        matches!(&first.kind, OperandKind::Function(function)
            if ["get", "hasKey", "index"].contains(&function.name))
    });
    if is_lookup {
        keys.extend(constants);
    }
    keys
}

/// Whether a pipeline only prints what it is given.
fn is_plain(pipeline: &Pipeline) -> bool {
    pipeline.commands.iter().all(|command| {
        command
            .operands
            .first()
            .is_some_and(|first| match &first.kind {
                OperandKind::Function(function) => PRINTS.contains(&function.name),
                _ => command.operands.len() == 1,
            })
    })
}

/// The path of an operand in the values: all of them where it is empty.
fn keys(operand: &Operand) -> Option<Keys> {
    let (OperandKind::Field(names) | OperandKind::Variable(_, names)) = &operand.kind else {
        return None;
    };
    let mut names = names.iter();
    names.find(|name| *name == VALUES)?;
    Some(names.map(SmolStr::from).collect())
}

/// A walk of the templates as they run with the values that the chart has itself.
pub(super) struct Runs<'a> {
    pub(super) templates: &'a BTreeMap<SmolStr, Vec<Arc<Template>>>,
    pub(super) values: Option<&'a Tree>,
    /// The templates that were called.
    pub(super) called: HashSet<SmolStr>,
    pub(super) plain: &'a mut Plain,
}

/// Where a walk is.
#[derive(Clone, Copy)]
struct At<'t> {
    template: &'t Template,
    /// Whether `.` is what templates get on top; `$` always is.
    is_top: bool,
}

impl Runs<'_> {
    /// Adds what a template prints that is given what templates get on top.
    pub(super) fn template(&mut self, template: &Template) {
        let is_top = true;
        let at = At { template, is_top };
        deeper(|| self.nodes(at, &template.nodes));
    }

    fn nodes(&mut self, at: At<'_>, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Action(action) => {
                    let is_printed = action.pipeline.variables.is_empty();
                    self.pipeline(at, &action.pipeline, is_printed);
                }
                Node::Branch(branch) => self.branch(at, branch),
                Node::Template(call) => {
                    let dot = call.pipeline.as_ref().and_then(only);
                    if dot.is_some_and(|dot| is_top(at, dot)) {
                        self.call(&call.name);
                    }
                }
                Node::Text(_) | Node::Break | Node::Continue => {}
            }
        }
    }

    /// The body of a branch that is taken as the values are.
    fn branch(&mut self, at: At<'_>, branch: &Branch) {
        if self.is_taken(&branch.pipeline) {
            let is_top = at.is_top && branch.kind == BranchKind::If;
            deeper(|| self.nodes(At { is_top, ..at }, &branch.body));
        }
    }

    fn is_taken(&self, pipeline: &Pipeline) -> bool {
        let Some((keys, values)) = only(pipeline).and_then(keys).zip(self.values) else {
            return false;
        };
        let keys: Vec<&str> = keys.iter().map(SmolStr::as_str).collect();
        let found = values.at(NodeId::ROOT, &keys);
        found.is_some_and(|found| is_true(values, found))
    }

    fn pipeline(&mut self, at: At<'_>, pipeline: &Pipeline, is_printed: bool) {
        let is_printed = is_printed && is_plain(pipeline);
        for command in &pipeline.commands {
            self.include(at, command);
            for operand in &command.operands {
                match &operand.kind {
                    OperandKind::Pipeline(inner) => {
                        deeper(|| self.pipeline(at, inner, is_printed));
                    }
                    _ if is_printed => self.operand(at, operand),
                    _ => {}
                }
            }
        }
    }

    fn operand(&mut self, at: At<'_>, operand: &Operand) {
        let is_of_top = match &operand.kind {
            OperandKind::Field(_) => at.is_top,
            OperandKind::Variable(name, _) => name == "$",
            _ => false,
        };
        let found = keys(operand).filter(|keys| is_of_top && !keys.is_empty());
        let span = at.template.source.span(operand.range);
        self.plain.printed.extend(span.zip(found));
    }

    fn include(&mut self, at: At<'_>, command: &Command) {
        if let [function, name, dot] = command.operands.as_slice()
            && matches!(&function.kind, OperandKind::Function(function) if function.name == "include")
            && let OperandKind::String(quoted) = &name.kind
            && is_top(at, dot)
        {
            self.call(&String::from_utf8_lossy(quoted.bytes()));
        }
    }

    /// Walks a template once. Of several with one name nobody says here which of them counts.
    fn call(&mut self, name: &str) {
        let templates = self.templates;
        if let Some([template]) = templates.get(name).map(Vec::as_slice)
            && self.called.insert(name.into())
        {
            self.template(template);
        }
    }
}

fn is_top(at: At<'_>, operand: &Operand) -> bool {
    match &operand.kind {
        OperandKind::Dot => at.is_top,
        OperandKind::Variable(name, names) => name == "$" && names.is_empty(),
        _ => false,
    }
}

/// The operand that a pipeline is, if it is no more.
fn only(pipeline: &Pipeline) -> Option<&Operand> {
    match pipeline.commands.as_slice() {
        [command] => match command.operands.as_slice() {
            [operand] => Some(operand),
            _ => None,
        },
        _ => None,
    }
}

fn is_true(tree: &Tree, id: NodeId) -> bool {
    match &tree.node(id).data {
        Data::Bool(truth) => *truth,
        Data::Int(number) => *number != 0,
        Data::Float(number) => *number != 0.0,
        Data::String(text) => !text.is_empty(),
        Data::List | Data::Map => tree.first(id).is_some(),
        Data::Null | Data::Partial(_) | Data::Unknown(_) => false,
    }
}
