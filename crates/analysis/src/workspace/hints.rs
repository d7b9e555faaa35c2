//! What the expressions of a text give.

use std::collections::BTreeMap;
use std::path::Path;

use graph::{NodeId, ResourceId, Tree};
use source::{FileId, Span};

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
    pub values: Vec<Content>,
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
                if is_there {
                    found.entry(span).or_default().push((id, node));
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
            values: self.contents(&nodes, &secrets),
        };
        found.into_iter().take(MOST).map(hint).collect()
    }

    fn contents(&self, nodes: &[(ResourceId, NodeId)], secrets: &Secrets<'_>) -> Vec<Content> {
        let mut contents: Vec<Content> = Vec::new();
        for (id, node) in nodes {
            let told = value(self.analysis.project.graph.resource(*id), secrets, *node);
            let content = match self.is_secret(told.span) {
                true => Content::Secret,
                false => told.content,
            };
            if contents.len() < MOST_OF_ONE && !contents.contains(&content) {
                contents.push(content);
            }
        }
        contents
    }
}

/// The scalars of a tree, with the expressions that they came through: those that refer to something.
fn expressions(tree: &Tree) -> impl Iterator<Item = (NodeId, Span)> {
    let mut open = vec![NodeId::ROOT];
    let nodes = std::iter::from_fn(move || {
        let node = open.pop()?;
        open.extend(tree.children(node));
        Some(node)
    });
    let scalars = nodes.filter(|node| tree.first(*node).is_none());
    scalars.flat_map(|node| {
        let passage = tree.passage(node);
        let written = passage.filter(|passage| passage.default.is_none());
        let steps = written.into_iter().flat_map(|passage| &passage.steps);
        steps.map(move |step| (node, step.span))
    })
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
