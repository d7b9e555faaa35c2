//! Blocks of a file to declarations of a module.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use smol_str::SmolStr;
use source::{Problem, Span};

use super::{
    Call, Condition, Ignored, Mode, Module, Output, Repetition, ResourceAddress, ResourceBlock,
    Variable, problems,
};
use crate::schema;
use crate::syntax::{self, Attribute, Block, Body, Expression, ExpressionKind};

impl Module {
    /// Takes the declarations of a file.
    pub(super) fn declare(&mut self, body: Body) {
        for attribute in &body.attributes {
            let span = attribute.name.span;
            self.problems
                .push(problems::unknown_block(&attribute.name.text, span));
        }
        for block in body.blocks {
            self.declare_block(block);
        }
    }

    /// Takes what another file of the folder declares, as if its blocks stood here.
    pub(super) fn take(&mut self, part: &Self) {
        self.take_lists(part);
        let problems = &mut self.problems;
        take(&mut self.variables, problems, &part.variables, |one| {
            one.name.span
        });
        take(&mut self.locals, problems, &part.locals, |one| {
            one.name.span
        });
        take(&mut self.outputs, problems, &part.outputs, |one| {
            one.name.span
        });
        take(&mut self.resources, problems, &part.resources, |one| {
            one.header
        });
        take(&mut self.calls, problems, &part.calls, |one| one.name.span);
    }

    /// Takes all of another file that has no name of which there may be one only.
    pub(super) fn take_lists(&mut self, part: &Self) {
        self.files.extend_from_slice(&part.files);
        self.comments.extend_from_slice(&part.comments);
        self.problems.extend_from_slice(&part.problems);
        self.providers.extend_from_slice(&part.providers);
        self.settings.extend_from_slice(&part.settings);
        self.moved.extend_from_slice(&part.moved);
        self.removed.extend_from_slice(&part.removed);
        self.imports.extend_from_slice(&part.imports);
        self.checks.extend_from_slice(&part.checks);
    }

    fn declare_block(&mut self, block: Block) {
        let expected = match block.kind.text.as_str() {
            "resource" | "data" | "ephemeral" => 2,
            "variable" | "output" | "module" | "provider" | "check" => 1,
            _ => 0,
        };
        if block.labels.len() != expected {
            let problem = problems::labels(&block.kind.text, expected, block.header());
            self.problems.push(problem);
            return;
        }
        let constant = rules(&block).filter_map(constant_condition);
        self.problems.extend(constant);
        match block.kind.text.as_str() {
            "resource" => self.declare_resource(Mode::Managed, block),
            "data" => self.declare_resource(Mode::Data, block),
            "ephemeral" => self.declare_resource(Mode::Ephemeral, block),
            "variable" => {
                let variable = variable(block);
                let name = variable.name.clone();
                insert(
                    &mut self.variables,
                    &mut self.problems,
                    name.text,
                    name.span,
                    variable,
                );
            }
            "output" => {
                let output = output(block);
                let name = output.name.clone();
                insert(
                    &mut self.outputs,
                    &mut self.problems,
                    name.text,
                    name.span,
                    output,
                );
            }
            "module" => {
                let call = call(block);
                let name = call.name.clone();
                insert(
                    &mut self.calls,
                    &mut self.problems,
                    name.text,
                    name.span,
                    call,
                );
            }
            "locals" => {
                for attribute in block.body.attributes {
                    let name = attribute.name.clone();
                    insert(
                        &mut self.locals,
                        &mut self.problems,
                        name.text,
                        name.span,
                        attribute,
                    );
                }
            }
            "provider" => self.providers.push(block),
            "terraform" => self.settings.push(block),
            "moved" => self.moved.push(block),
            "removed" => self.removed.push(block),
            "import" => self.imports.push(block),
            "check" => {
                self.declare_scoped_data(&block);
                self.checks.push(block);
            }
            kind => self
                .problems
                .push(problems::unknown_block(kind, block.header())),
        }
    }

    fn declare_resource(&mut self, mode: Mode, block: Block) {
        let resource = Arc::new(resource(mode, block));
        let (address, span) = (resource.address.clone(), resource.header);
        insert(
            &mut self.resources,
            &mut self.problems,
            address,
            span,
            resource,
        );
    }

    /// A check may hold one data block, which the whole module can refer to.
    fn declare_scoped_data(&mut self, check: &Block) {
        let scoped: Vec<Block> = check.body.blocks_of("data").cloned().collect();
        for block in scoped.into_iter().filter(|block| block.labels.len() == 2) {
            self.declare_resource(Mode::Data, block);
        }
    }
}

/// The blocks in a block that state a condition.
fn rules(block: &Block) -> Box<dyn Iterator<Item = &Block> + '_> {
    let body = &block.body;
    match block.kind.text.as_str() {
        "variable" => Box::new(body.blocks_of("validation")),
        "output" => Box::new(body.blocks_of("precondition")),
        "check" => Box::new(body.blocks_of("assert")),
        "resource" | "data" | "ephemeral" => Box::new(
            body.blocks_of("lifecycle")
                .flat_map(|lifecycle| &lifecycle.body.blocks)
                .filter(|rule| RESOURCE_RULES.contains(&rule.kind.text.as_str())),
        ),
        _ => Box::new(std::iter::empty()),
    }
}

fn constant_condition(rule: &Block) -> Option<Problem> {
    let condition = rule.body.value("condition")?;
    let is_constant = syntax::references(condition).is_empty();
    is_constant.then(|| problems::constant_condition(condition.span))
}

fn take<K: Ord + Clone + ToString, V: Clone>(
    declared: &mut BTreeMap<K, V>,
    problems: &mut Vec<Problem>,
    more: &BTreeMap<K, V>,
    span: impl Fn(&V) -> Span,
) {
    for (key, value) in more {
        insert(declared, problems, key.clone(), span(value), value.clone());
    }
}

fn insert<K: Ord + ToString, V>(
    declared: &mut BTreeMap<K, V>,
    problems: &mut Vec<Problem>,
    key: K,
    span: Span,
    value: V,
) {
    match declared.entry(key) {
        Entry::Vacant(entry) => {
            entry.insert(value);
        }
        Entry::Occupied(entry) => {
            let what = format!("`{}`", entry.key().to_string());
            problems.push(problems::duplicate(&what, span));
        }
    }
}

fn variable(block: Block) -> Variable {
    let value = |name| block.body.value(name).cloned();
    Variable {
        name: block.labels[0].clone(),
        ty: value("type"),
        default: value("default"),
        nullable: value("nullable"),
        sensitive: value("sensitive"),
        ephemeral: value("ephemeral"),
        validations: conditions(&block.body, &["validation"]),
        block,
    }
}

fn output(block: Block) -> Output {
    let value = |name| block.body.value(name).cloned();
    Output {
        name: block.labels[0].clone(),
        value: value("value"),
        sensitive: value("sensitive"),
        block,
    }
}

fn repetition(body: &Body) -> Repetition {
    Repetition {
        count: body.value("count").cloned(),
        for_each: body.value("for_each").cloned(),
    }
}

fn call(block: Block) -> Call {
    const OWN: [&str; 6] = [
        "source",
        "version",
        "count",
        "for_each",
        "providers",
        "depends_on",
    ];
    let value = |name| block.body.value(name).cloned();
    let arguments = block
        .body
        .attributes
        .iter()
        .filter(|attribute| !OWN.contains(&attribute.name.text.as_str()));
    Call {
        name: block.labels[0].clone(),
        source: value("source"),
        repetition: repetition(&block.body),
        providers: value("providers"),
        depends_on: value("depends_on"),
        arguments: arguments
            .map(|attribute| (attribute.name.text.clone(), attribute.clone()))
            .collect(),
        block,
    }
}

/// What Terraform takes for itself in the block of a resource.
const META_ATTRIBUTES: [&str; 4] = ["count", "for_each", "provider", "depends_on"];
const RESOURCE_RULES: [&str; 2] = ["precondition", "postcondition"];
const META_BLOCKS: [&str; 3] = ["lifecycle", "connection", "provisioner"];

fn resource(mode: Mode, block: Block) -> ResourceBlock {
    let lifecycle: Vec<Block> = block.body.blocks_of("lifecycle").cloned().collect();
    let (header, span) = (block.header(), block.span);
    let value = |name| block.body.value(name).cloned();
    let known = schema::of(mode, &block.labels[0].text);
    ResourceBlock {
        address: ResourceAddress {
            mode,
            ty: block.labels[0].text.clone(),
            name: block.labels[1].text.clone(),
        },
        name: block.labels[1].clone(),
        repetition: repetition(&block.body),
        provider: value("provider"),
        depends_on: value("depends_on"),
        ignore_changes: lifecycle
            .iter()
            .flat_map(|block| ignored(&block.body))
            .collect(),
        conditions: lifecycle
            .iter()
            .flat_map(|block| conditions(&block.body, &RESOURCE_RULES))
            .collect(),
        body: schema::with_blocks(own(block.body), known),
        span,
        header,
    }
}

/// The body without what Terraform takes for itself. Provisioners stay: checks judge them.
fn own(mut body: Body) -> Body {
    let is_own = |attribute: &Attribute| !META_ATTRIBUTES.contains(&attribute.name.text.as_str());
    body.attributes.retain(is_own);
    body.blocks.retain(|block| {
        block.kind.text == "provisioner" || !META_BLOCKS.contains(&block.kind.text.as_str())
    });
    body
}

fn ignored(lifecycle: &Body) -> Vec<Ignored> {
    let Some(value) = lifecycle.value("ignore_changes") else {
        return Vec::new();
    };
    match &value.kind {
        ExpressionKind::Tuple(items) => items.iter().filter_map(ignored_path).collect(),
        ExpressionKind::Variable(name) if name == "all" => vec![Ignored {
            path: Vec::new(),
            span: value.span,
        }],
        _ => Vec::new(),
    }
}

fn ignored_path(expression: &Expression) -> Option<Ignored> {
    let path = match expression.literal() {
        Some(text) => {
            let parts = text.split(['.', '[', ']', '"']);
            let parts = parts.filter(|part| !part.is_empty());
            parts.map(SmolStr::new).collect()
        }
        None => steps(expression)?,
    };
    (!path.is_empty()).then_some(Ignored {
        path,
        span: expression.span,
    })
}

/// The names, keys and indexes of a traversal.
fn steps(expression: &Expression) -> Option<Vec<SmolStr>> {
    match &expression.kind {
        ExpressionKind::Variable(name) => Some(vec![name.clone()]),
        ExpressionKind::Attribute(inner, name) => {
            let mut path = steps(inner)?;
            path.push(name.text.clone());
            Some(path)
        }
        ExpressionKind::Index(inner, key) => {
            let mut path = steps(inner)?;
            path.push(match &key.kind {
                ExpressionKind::Number(number) => number.to_string().into(),
                _ => key.literal()?,
            });
            Some(path)
        }
        _ => None,
    }
}

/// The conditions that blocks of some kinds state.
pub(crate) fn conditions(body: &Body, kinds: &[&str]) -> Vec<Condition> {
    let blocks = body
        .blocks
        .iter()
        .filter(|block| kinds.contains(&block.kind.text.as_str()));
    blocks
        .filter_map(|block| {
            Some(Condition {
                condition: block.body.value("condition")?.clone(),
                message: block.body.value("error_message").cloned(),
                span: block.span,
            })
        })
        .collect()
}
