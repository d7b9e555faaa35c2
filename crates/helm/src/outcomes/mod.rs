//! What a chart declares, whatever the answers are to conditions that can't be known: it is rendered for all of them, and what
//! that gives is put together.

mod again;
mod document;
mod explore;
mod memory;
mod side;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use graph::{Resource, Tree, Unknown};
use smol_str::SmolStr;
use source::{FileId, Level, Problem, Sources, Span};

use crate::chart::Chart;
use crate::render::{self, Show};
use crate::value::Map;
use document::Entry;
use explore::Explorer;

pub use again::outcomes_again;
pub use memory::Memory;

/// A chart and what it is rendered with.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The chart.
    pub chart: &'a Arc<Chart>,
    /// The values that a user sets.
    pub set: &'a Map,
    /// What it is rendered for. The answers in it are taken for those of Helm.
    pub render: &'a render::Options,
    /// Whether some of the values are placeholders, so that nobody knows Helm's way.
    pub is_guess: bool,
    /// The environment that it is rendered for.
    pub environment: Option<&'a SmolStr>,
    /// Where rendered texts are put.
    pub sources: &'a Sources,
    /// How YAML is read.
    pub yaml: &'a yaml::Options,
    /// How manifests are.
    pub kubernetes: &'a kubernetes::Options,
    /// The files of values as trees, for the places of lists and maps in them.
    pub values: &'a HashMap<FileId, Arc<Tree>>,
}

/// What a chart declares.
#[derive(Debug, Default)]
pub struct Outcomes {
    /// The resources, in the order in which Helm installs them, and behind them those that Helm leaves out but that may be there.
    pub declared: Vec<Declared>,
    /// What is wrong on Helm's way, and with what is declared.
    pub problems: Vec<Problem>,
    /// The files of templates, with the comments that came from each into what was rendered.
    pub comments: Vec<(FileId, Vec<yaml::Comment>)>,
    /// The nodes of values that something which was rendered came from.
    pub values: HashSet<Span>,
}

/// A resource of a chart.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The resource.
    pub resource: Arc<Resource>,
    /// The path of the template, beginning with the name of the chart on top.
    pub path: Arc<str>,
    /// The text of the template.
    pub template: Span,
}

/// What is wanted of a chart.
#[derive(Clone, Copy, Debug)]
pub struct Selection {
    /// Which manifests.
    pub show: Show,
    /// Whether only what Helm itself would print, for the answers that it is given.
    pub only_helms: bool,
}

impl Selection {
    /// Everything, whatever the answers to the conditions that can't be known.
    pub const ALL: Self = Self {
        show: Show {
            crds: true,
            hooks: true,
            tests: true,
        },
        only_helms: false,
    };
}

/// The documents of a chart, as somebody else goes on with them.
#[derive(Debug, Default)]
pub struct Documents {
    /// The documents in the order of [`Outcomes::declared`].
    pub documents: Vec<Document>,
    /// What is wrong on Helm's way.
    pub problems: Vec<Problem>,
    /// The files of templates, with the comments that came from each into what was rendered.
    pub comments: Vec<(FileId, Vec<yaml::Comment>)>,
    /// The nodes of values that something which was rendered came from.
    pub values: HashSet<Span>,
    /// What rendering cost, in steps.
    pub steps: u64,
}

/// A document of a chart.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it holds, with its values at the places where they were set.
    pub tree: Tree,
    /// The text that it stands in; none where it was put together from several.
    pub text: Option<Rendered>,
    /// The condition under which it is there, where that can't be known.
    pub conditional: Option<Arc<Unknown>>,
}

/// Where a document stands in rendered text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The text, as one of the sources.
    pub file: FileId,
    /// Which of its documents it is.
    pub index: usize,
    /// How many there are.
    pub count: usize,
}

/// Renders a chart for all answers to the conditions that can't be known, at most four on each way.
#[must_use]
pub fn outcomes(request: Request<'_>) -> Outcomes {
    outcomes_from(request, None)
}

/// The same, where it is known what the chart gives after the answers that the request has.
fn outcomes_from(request: Request<'_>, rendered: Option<render::Rendered>) -> Outcomes {
    let (entries, documents) = explore(request, Selection::ALL, rendered);
    let mut outcomes = Outcomes {
        declared: Vec::new(),
        problems: documents.problems,
        comments: documents.comments,
        values: documents.values,
    };
    for entry in entries {
        entry.declare(&request, &mut outcomes);
    }
    outcomes
}

/// Renders a chart as [`outcomes`] does, and takes no objects from what it prints.
#[must_use]
pub fn documents(request: Request<'_>, selection: Selection) -> Documents {
    let (entries, mut documents) = explore(request, selection, None);
    documents.documents = entries.into_iter().map(Entry::published).collect();
    documents
}

fn explore(
    request: Request<'_>,
    selection: Selection,
    rendered: Option<render::Rendered>,
) -> (Vec<Entry>, Documents) {
    let mut explorer = Explorer::new(request, selection);
    let answers = &request.render.run.answers;
    let rendered = rendered.unwrap_or_else(|| explorer.render(answers));
    let side = explorer.explore(answers, rendered);
    let mut problems = side.problems;
    if request.is_guess && side.is_refused {
        problems.iter_mut().for_each(doubt);
    }
    let documents = Documents {
        documents: Vec::new(),
        problems,
        comments: std::mem::take(&mut explorer.comments),
        values: std::mem::take(&mut explorer.values),
        steps: explorer.steps,
    };
    (side.entries, documents)
}

/// Makes a failure that rests on placeholders one that may not be.
fn doubt(problem: &mut Problem) {
    if problem.level == Level::Error && problem.code == render::FAILED {
        problem.level = Level::Warning;
        problem.message += " (unless the values that are unknown are right)";
    }
}
