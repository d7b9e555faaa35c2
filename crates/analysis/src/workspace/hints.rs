//! What the expressions of a text give.

use std::collections::BTreeMap;
use std::path::Path;

use graph::{Data, NodeId, ResourceId, Role, Tree};
use source::{FileId, SourceFile, Span};

use super::values::nodes;
use super::{Known, Workspace};
use crate::listing::{Content, Secrets, value};

/// The most expressions whose values are told of at once.
const MOST: usize = 500;

/// The most values of one expression that are told.
const MOST_OF_ONE: usize = 4;

/// What an expression gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Hint {
    /// The expression.
    pub span: Span,
    /// Its values, each once; the last ones are left out where there are many.
    pub values: Vec<HintValue>,
}

/// One of the values that an expression gives.
#[derive(Clone, Debug, PartialEq)]
pub enum HintValue {
    /// A scalar.
    One(Content),
    /// A list of scalars, of which the last ones are left out where there are many.
    List(Vec<Content>),
}

impl Workspace {
    /// What expressions of a file give that begin between two bytes, by its shown path, in the order of the text.
    #[must_use]
    pub fn hints(&self, shown: &Path, start: u32, end: u32) -> Vec<Hint> {
        match &self.known {
            Some(known) => known.hints(shown, start, end),
            None => Vec::new(),
        }
    }
}

impl Known {
    fn hints(&self, shown: &Path, start: u32, end: u32) -> Vec<Hint> {
        let project = &self.analysis.project;
        let mut is_here = Files::default();
        let mut found: BTreeMap<Span, Vec<(ResourceId, NodeId)>> = BTreeMap::new();
        for (id, resource) in project.graph.resources() {
            for (node, span) in expressions(&resource.tree) {
                let is_there = (start..end).contains(&span.start)
                    && is_here.of(span.file, |file| project.sources.path(file) == shown);
                if is_there && is_expression(&project.sources.get(span.file), span) {
                    let of_span = found.entry(span).or_default();
                    if of_span.last() != Some(&(id, node)) {
                        of_span.push((id, node));
                    }
                }
            }
        }
        let secrets = Secrets::new(
            &self.analysis.report.secrets,
            project,
            self.analysis.found.secrets(),
        );
        let hint = |(span, nodes): (Span, Vec<(ResourceId, NodeId)>)| Hint {
            span,
            values: self.values(&nodes, &secrets),
        };
        let hints = found.into_iter().take(MOST).map(hint);
        hints.filter(|hint| !hint.values.is_empty()).collect()
    }

    fn values(&self, nodes: &[(ResourceId, NodeId)], secrets: &Secrets<'_>) -> Vec<HintValue> {
        let mut values: Vec<HintValue> = Vec::new();
        for (id, node) in nodes {
            let tree = &self.analysis.project.graph.resource(*id).tree;
            let content = |node: NodeId| self.content(*id, node, secrets);
            let told = match (&tree.node(*node).data, tree.first(*node)) {
                (_, None) => HintValue::One(content(*node)),
                (Data::List, Some(_)) => {
                    let elements = tree.children(*node).take(MOST_OF_ONE);
                    HintValue::List(elements.map(content).collect())
                }
                // Nobody reads a whole map behind its name.
                _ => continue,
            };
            if values.len() < MOST_OF_ONE && !values.contains(&told) {
                values.push(told);
            }
        }
        values
    }

    fn content(&self, id: ResourceId, node: NodeId, secrets: &Secrets<'_>) -> Content {
        let told = value(self.analysis.project.graph.resource(id), secrets, node);
        match self.is_secret(told.span) {
            true => Content::Secret,
            false => told.content,
        }
    }
}

/// The scalars of a tree, and the lists and maps that are made as a whole, with the expressions that they came through: those
/// that refer to something.
fn expressions(tree: &Tree) -> impl Iterator<Item = (NodeId, Span)> {
    let scalars = nodes(tree).filter(|node| tree.first(*node).is_none());
    scalars.flat_map(move |node| steps(tree, node).map(move |span| (whole(tree, node, span), span)))
}

/// The expressions that a node came through.
fn steps(tree: &Tree, node: NodeId) -> impl Iterator<Item = Span> {
    let written = tree
        .passage(node)
        .filter(|passage| passage.default.is_none());
    let steps = written.into_iter().flat_map(|passage| &passage.steps);
    steps
        .filter(|step| is_told(step.role))
        .map(|step| step.span)
}

/// The outermost node that came through the same expression as one in it.
fn whole(tree: &Tree, node: NodeId, span: Span) -> NodeId {
    let around = std::iter::successors(Some(node), |node| tree.parent(*node));
    let came = around.take_while(|node| steps(tree, *node).any(|one| one == span));
    came.last().unwrap_or(node)
}

/// Whether what stands at a step is an expression that gives the value, and no entry that only moves or replaces it.
fn is_told(role: Role) -> bool {
    matches!(
        role,
        Role::Reference | Role::Argument | Role::Output | Role::Template | Role::Operand
    )
}

/// Whether a text has to be evaluated: a label, a literal, and a list or map that is written there say themselves what they are;
/// what is repeated is said where it is used.
fn is_expression(file: &SourceFile, span: Span) -> bool {
    let text = file.slice(span).trim();
    let is_template = text.contains("${") || text.contains("%{") || text.starts_with("{{");
    let is_literal = text.starts_with(['"', '\'', '[', '{', '<']) || text.parse::<f64>().is_ok();
    let is_word = matches!(text, "true" | "false" | "null");
    let start = file.line_start(file.position(span.start).line);
    let before = start.map_or("", |start| {
        file.slice(Span::new(file.id, start, span.start))
    });
    let key = before.trim_matches(|sign: char| sign.is_whitespace() || "=:\"".contains(sign));
    let is_repeated = matches!(key, "for_each" | "count");
    (is_template || !is_literal && !is_word) && !is_repeated
}

/// Which file was asked for last: many values stand in one.
#[derive(Default)]
struct Files(Option<(FileId, bool)>);

impl Files {
    fn of(&mut self, file: FileId, ask: impl Fn(FileId) -> bool) -> bool {
        match self.0 {
            Some((last, answer)) if last == file => answer,
            _ => {
                let answer = ask(file);
                self.0 = Some((file, answer));
                answer
            }
        }
    }
}
