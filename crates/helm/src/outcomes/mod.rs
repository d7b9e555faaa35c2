//! What a chart declares, whatever the answers are to conditions that can't be known: it is rendered for all of them, and what
//! that gives is put together.

mod document;
mod explore;
mod side;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use graph::{Resource, Tree};
use source::{FileId, Level, Problem, Sources, Span};

use crate::chart::Chart;
use crate::render;
use crate::value::Map;
use explore::Explorer;

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
#[derive(Debug)]
pub struct Declared {
    /// The resource.
    pub resource: Resource,
    /// The path of the template, beginning with the name of the chart on top.
    pub path: String,
    /// The text of the template.
    pub template: Span,
}

/// Renders a chart for all answers to the conditions that can't be known, at most four on each way.
#[must_use]
pub fn outcomes(request: Request<'_>) -> Outcomes {
    let mut explorer = Explorer::new(request);
    let side = explorer.explore(&request.render.run.answers);
    let mut problems = side.problems;
    if request.is_guess && side.is_refused {
        problems.iter_mut().for_each(doubt);
    }
    let mut outcomes = Outcomes {
        declared: Vec::new(),
        problems,
        comments: std::mem::take(&mut explorer.comments),
        values: std::mem::take(&mut explorer.values),
    };
    for entry in side.entries {
        entry.declare(&request, &mut outcomes);
    }
    outcomes
}

/// Makes a failure that rests on placeholders one that may not be.
fn doubt(problem: &mut Problem) {
    if problem.level == Level::Error && problem.code == render::FAILED {
        problem.level = Level::Warning;
        problem.message += " (unless the values that are unknown are right)";
    }
}
