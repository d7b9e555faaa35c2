//! The values that text is about: what stands there, and what comes from there.

use std::path::Path;

use graph::{NodeId, Role, Tree};
use smol_str::SmolStr;
use source::{FileId, Span};

use super::{Known, Workspace};
use crate::fix::IsOver;
use crate::listing::{Content, ListedValue, Secrets, value};
use crate::navigate::Wanted;

/// The most values that are told of one place: one text may make thousands of resources.
const MOST: usize = 20;

/// A value that a text is about.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueAt {
    /// The address of the resource.
    pub address: SmolStr,
    /// The environment, where its source has several.
    pub environment: Option<SmolStr>,
    /// What it is.
    pub value: ListedValue,
}

/// The values that a text is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValuesAt {
    /// The text that is about them.
    pub span: Option<Span>,
    /// Some of them, in the order of the graph.
    pub values: Vec<ValueAt>,
    /// How many more there are.
    pub more: usize,
}

impl Workspace {
    /// The values of the last analysis that the text at a place, a byte of a file by its shown path, is about: those that are
    /// written there, and those that came through it. The smallest such text counts. When it is over, there are none.
    #[must_use]
    pub fn values_at(&self, path: &Path, offset: u32, is_over: IsOver<'_>) -> ValuesAt {
        match &self.known {
            Some(known) => known.values_at(path, offset, is_over),
            None => ValuesAt::default(),
        }
    }
}

impl Workspace {
    /// Of a value at a place, such as that of an overlay or of its base: where the values are set whose place others take, where
    /// these are, or both. Nothing where no value there takes the place of another.
    pub(crate) fn replaced_at(&self, path: &Path, offset: u32, wanted: Wanted) -> Vec<Span> {
        match &self.known {
            Some(known) => known.replaced_at(path, offset, wanted),
            None => Vec::new(),
        }
    }
}

impl Known {
    fn replaced_at(&self, path: &Path, offset: u32, wanted: Wanted) -> Vec<Span> {
        let is_file = |file: FileId| self.analysis.project.sources.get(file).path == path;
        let mut files = Files::default();
        let mut is_here =
            |span: Span| span.start <= offset && offset <= span.end && files.is(span.file, is_file);
        let resources = self.analysis.project.graph.resources();
        let pairs = resources.flat_map(|(_, resource)| replaced(&resource.tree));
        let pairs: Vec<(Span, Span)> = pairs.collect();
        let mut here: Vec<(Span, Span)> = pairs.clone();
        here.retain(|(new, old)| is_here(*new) || is_here(*old));
        let is_same = |(_, old): &&(Span, Span)| here.iter().any(|(_, one)| one == old);
        let same = pairs.iter().filter(is_same);
        let (new, old): (Vec<Span>, Vec<Span>) = same.copied().unzip();
        match wanted {
            Wanted::Declarations => old,
            Wanted::Uses => new,
            Wanted::All => [old, new].concat(),
        }
    }

    fn values_at(&self, path: &Path, offset: u32, is_over: IsOver<'_>) -> ValuesAt {
        let graph = &self.analysis.project.graph;
        let is_here = |file: FileId| self.analysis.project.sources.get(file).path == path;
        let mut files = Files::default();
        let mut found = Vec::new();
        for (id, resource) in graph.resources() {
            if is_over() {
                return ValuesAt::default();
            }
            for (node, span) in spans(&resource.tree) {
                if span.start <= offset && offset <= span.end && files.is(span.file, is_here) {
                    found.push((span, id, node));
                }
            }
        }
        let smallest = found
            .iter()
            .map(|(span, ..)| *span)
            .min_by_key(|span| span.len());
        found.retain(|(span, ..)| Some(*span) == smallest);
        found.dedup();
        let secrets = Secrets::new(
            &self.analysis.report.secrets,
            &self.analysis.project,
            self.analysis.found.secrets(),
        );
        let told = found.iter().take(MOST).map(|(_, id, node)| {
            let resource = graph.resource(*id);
            let mut value = value(resource, &secrets, *node);
            // A secret may stand in a text that is wider than its value.
            if self.is_secret(value.span) {
                value.content = Content::Secret;
            }
            ValueAt {
                address: resource.address.clone(),
                environment: resource.environment.clone(),
                value,
            }
        });
        ValuesAt {
            span: smallest,
            values: told.collect(),
            more: found.len().saturating_sub(MOST),
        }
    }

    /// Whether a text is, or is part of, one that no output shows.
    pub(super) fn is_secret(&self, span: Span) -> bool {
        let mut secrets = self.analysis.report.secrets.iter();
        secrets.any(|secret| {
            secret.file == span.file && secret.start < span.end && span.start < secret.end
        })
    }
}

/// All nodes of a tree.
pub(super) fn nodes(tree: &Tree) -> impl Iterator<Item = NodeId> {
    let mut open = vec![NodeId::ROOT];
    std::iter::from_fn(move || {
        let node = open.pop()?;
        open.extend(tree.children(node));
        Some(node)
    })
}

/// The texts of the values of a tree that take the place of others, with the texts of these.
fn replaced(tree: &Tree) -> impl Iterator<Item = (Span, Span)> {
    nodes(tree).flat_map(move |node| {
        let steps = tree.passage(node).into_iter();
        let steps = steps.flat_map(|passage| &passage.steps);
        let old = steps.filter(|step| step.role == Role::Replaced);
        old.map(move |step| (tree.node(node).span, step.span))
    })
}

/// The texts of the scalars of a tree, and the texts that these came through.
fn spans(tree: &Tree) -> impl Iterator<Item = (NodeId, Span)> {
    let told = nodes(tree).filter(|node| tree.first(*node).is_none());
    told.flat_map(|node| {
        let passage = tree.passage(node);
        let is_default = passage.is_some_and(|passage| passage.default.is_some());
        let steps = passage.into_iter().flat_map(|passage| &passage.steps);
        let all = std::iter::once(tree.node(node).span).chain(steps.map(|step| step.span));
        all.filter(move |_| !is_default)
            .map(move |span| (node, span))
    })
}

/// Which files were looked at, as many values stand in one.
#[derive(Default)]
struct Files {
    last: Option<(FileId, bool)>,
}

impl Files {
    fn is(&mut self, file: FileId, ask: impl Fn(FileId) -> bool) -> bool {
        match self.last {
            Some((last, answer)) if last == file => answer,
            _ => {
                let answer = ask(file);
                self.last = Some((file, answer));
                answer
            }
        }
    }
}
