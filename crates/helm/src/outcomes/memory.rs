//! What the templates of a chart gave, to be taken again while nothing changes that they see.
//!
//! A template of a file sees the values, the files of the chart and what other files define. Of those that define nothing by
//! themselves it sees nothing, unless it calls them: so where only such files changed, all others give what they gave.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use graph::{NodeId, Tree};
use smol_str::SmolStr;
use source::{FileId, Problem, Span};

use super::Declared;
use crate::chart::{Chart, ChartFile, Contents};
use crate::render::TemplateFiles;
use crate::run::Bounds;

/// What the templates of a chart gave when they were rendered last.
#[derive(Debug)]
pub struct Memory {
    chart: Arc<Chart>,
    /// What else it was rendered with.
    with: String,
    /// By path, beginning with the name of the chart on top.
    pub(super) templates: HashMap<String, Remembered>,
    /// The files below `crds/`, by path.
    pub(super) crds: HashMap<String, Arc<Printed>>,
}

/// What one template gave.
#[derive(Clone, Debug)]
pub(super) struct Remembered {
    /// The files of the template and of those that it called, by path.
    pub(super) files: BTreeMap<SmolStr, FileId>,
    /// What it cost, in steps.
    pub(super) steps: u64,
    pub(super) printed: Vec<Arc<Printed>>,
}

/// A manifest that a template printed.
#[derive(Debug, Default)]
pub(super) struct Printed {
    pub(super) kind: String,
    pub(super) is_hook: bool,
    pub(super) declared: Vec<Declared>,
    pub(super) problems: Vec<Problem>,
    pub(super) comments: Vec<(FileId, Vec<yaml::Comment>)>,
    /// The nodes of values that it came from.
    pub(super) values: HashSet<Span>,
}

impl Memory {
    pub(super) fn new(chart: &Arc<Chart>, with: &str) -> Self {
        Self {
            chart: Arc::clone(chart),
            with: with.to_owned(),
            templates: HashMap::new(),
            crds: HashMap::new(),
        }
    }

    /// The chart as it was.
    #[must_use]
    pub fn chart(&self) -> &Arc<Chart> {
        &self.chart
    }

    /// Whether it is of this chart, but for templates that define nothing, rendered with the same.
    pub(super) fn is_of(&self, chart: &Chart, with: &str) -> bool {
        self.with == with && is_alike(&self.chart, chart)
    }

    /// The templates that give what they gave.
    pub(super) fn holding(&self, files: &TemplateFiles) -> HashSet<String> {
        let holds = |path: &str, remembered: &Remembered| {
            let mut seen = remembered.files.iter();
            remembered.files.contains_key(path)
                && seen.all(|(path, file)| files.get(path) == Some(file))
        };
        let holding = self.templates.iter();
        let holding = holding.filter(|(path, remembered)| holds(path, remembered));
        holding.map(|(path, _)| path.clone()).collect()
    }

    pub(super) fn get(&self, path: &str) -> Option<&Remembered> {
        self.templates.get(path)
    }

    /// What the templates gave, by path.
    pub(super) fn templates(&self) -> impl Iterator<Item = (&String, &Remembered)> {
        self.templates.iter()
    }

    /// Whether the templates cost so little that none comes near the bounds whatever the others cost.
    pub(super) fn is_cheap(&self) -> bool {
        let steps: u64 = self.templates.values().map(|one| one.steps).sum();
        steps < Bounds::default().steps / 4
    }
}

/// Whether two charts differ in nothing but texts of templates that define nothing.
fn is_alike(one: &Chart, other: &Chart) -> bool {
    let trees = |chart: &Chart| {
        let trees = [
            &chart.description,
            &chart.requirements,
            &chart.lock,
            &chart.values,
        ];
        trees.map(|tree| tree.as_ref().map(file))
    };
    one.description.is_some()
        && one.path == other.path
        && one.unbuilt == other.unbuilt
        && trees(one) == trees(other)
        && all(one.schema.as_slice(), other.schema.as_slice(), is_same)
        && all(&one.files, &other.files, is_same)
        && all(&one.templates, &other.templates, is_same_outside)
        && all(&one.dependencies, &other.dependencies, |one, other| {
            is_alike(one, other)
        })
}

fn all<T>(one: &[T], other: &[T], is_same: impl Fn(&T, &T) -> bool) -> bool {
    let mut pairs = one.iter().zip(other);
    one.len() == other.len() && pairs.all(|(one, other)| is_same(one, other))
}

fn file(tree: &Arc<Tree>) -> FileId {
    tree.node(NodeId::ROOT).span.file
}

fn is_same(one: &ChartFile, other: &ChartFile) -> bool {
    let has_same_contents = match (&one.contents, &other.contents) {
        (Contents::Text(one), Contents::Text(other)) => one.id == other.id,
        (Contents::Bytes(one), Contents::Bytes(other)) => one == other,
        _ => false,
    };
    one.name == other.name && has_same_contents
}

/// Whether two templates look the same to all that do not call them by their paths.
fn is_same_outside(one: &ChartFile, other: &ChartFile) -> bool {
    one.name == other.name
        && (is_same(one, other) || defines_nothing(one) && defines_nothing(other))
}

/// Whether a file defines nothing, as far as its text tells at once. What Helm keeps for others is called by its path more
/// often than not.
fn defines_nothing(file: &ChartFile) -> bool {
    let last = file.name.rsplit('/').next().unwrap_or_default();
    let text = file.text().map(|text| &*text.text);
    !last.starts_with('_')
        && text.is_some_and(|text| !text.contains("define") && !text.contains("block"))
}
