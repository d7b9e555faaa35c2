//! The ways through a chart: one for each combination of answers that its conditions really ask for.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use graph::{Cause, Unknown};
use source::{FileId, Problem, Span};

use super::document::{Document, Entry};
use super::side::Side;
use super::{Rendered as InText, Request, Selection};
use crate::manifest::{self, file_text};
use crate::render::{self, Manifest, Rendered};
use crate::run::{Bounds, Decision, FailureKind};
use crate::value::{Mark, Place, Text};

/// A rendered text and the documents in it.
type ReadText = (Text, Vec<Rc<Document>>);

/// The ways through a chart, the first of which is Helm's.
pub(super) struct Explorer<'a> {
    request: Request<'a>,
    selection: Selection,
    /// What was read already, by the path of the template: most of a chart is the same on all ways.
    read: HashMap<String, Vec<ReadText>>,
    pub(super) comments: Vec<(FileId, Vec<yaml::Comment>)>,
    /// The nodes of values that something which was rendered came from.
    pub(super) values: HashSet<Span>,
    /// What was spent so far, in steps.
    pub(super) steps: u64,
}

impl<'a> Explorer<'a> {
    pub(super) fn new(request: Request<'a>, selection: Selection) -> Self {
        Self {
            request,
            selection,
            read: HashMap::new(),
            comments: Vec::new(),
            values: HashSet::new(),
            steps: 0,
        }
    }

    /// What the chart gives after these answers.
    pub(super) fn render(&self, answers: &[bool]) -> Rendered {
        let Request {
            chart,
            set,
            sources,
            ..
        } = self.request;
        let mut options = self.request.render.clone();
        options.run.answers = answers.to_vec();
        render::render(chart, set, sources, &options)
    }

    /// The same, whatever the answers to further conditions are. `rendered` is what the chart gives after these.
    pub(super) fn explore(&mut self, answers: &[bool], mut rendered: Rendered) -> Side {
        let decisions = std::mem::take(&mut rendered.decisions);
        let taken: Vec<bool> = decisions.iter().map(|decision| decision.taken).collect();
        self.steps += rendered.steps;
        let mut side = self.side(rendered);
        for index in (answers.len()..decisions.len()).rev() {
            // All ways together may cost as much as one.
            if self.selection.only_helms || self.steps >= Bounds::default().steps {
                return side;
            }
            let mut answers = taken[..index].to_vec();
            answers.push(!taken[index]);
            let other = self.render(&answers);
            let other = self.explore(&answers, other);
            side = side.merge(other, &why(&decisions[index]), self.request.is_guess);
        }
        side
    }

    fn side(&mut self, rendered: Rendered) -> Side {
        let refusal = |kind: FailureKind| kind == FailureKind::Refusal;
        let show = self.selection.show;
        let mut manifests = rendered.manifests;
        manifests.crds.retain(|_| show.crds);
        let is_shown = |hook: &Manifest| show.hooks && (show.tests || !hook.is_test());
        manifests.hooks.retain(is_shown);
        let all = [manifests.crds, manifests.resources, manifests.hooks];
        let mut problems = rendered.problems;
        let mut entries = Vec::new();
        for manifest in all.iter().flatten() {
            let documents = self.documents(manifest, &mut problems).into_iter();
            entries.extend(documents.map(Entry::certain));
        }
        Side {
            entries,
            problems,
            incomplete: rendered.incomplete,
            is_refused: rendered.failures.iter().any(|one| refusal(one.kind)),
        }
    }

    /// The documents in a text, which is read once.
    fn documents(&mut self, manifest: &Manifest, problems: &mut Vec<Problem>) -> Vec<Rc<Document>> {
        let known = self.read.get(&manifest.path).into_iter().flatten();
        let mut known = known.filter(|(text, _)| is_same(text, &manifest.text));
        if let Some((_, documents)) = known.next() {
            return documents.clone();
        }
        let documents = self.read(manifest, problems);
        let texts = self.read.entry(manifest.path.clone()).or_default();
        texts.push((manifest.text.clone(), documents.clone()));
        documents
    }

    pub(super) fn read(
        &mut self,
        manifest: &Manifest,
        problems: &mut Vec<Problem>,
    ) -> Vec<Rc<Document>> {
        self.values.extend(values_of(&manifest.text));
        let sources = self.request.sources;
        let shown = format!("<{}, rendered>", manifest.path);
        let file = sources.add(shown, file_text(&manifest.text));
        // What came from nowhere at all stands in what is rendered.
        let template = template(manifest).unwrap_or(file.id);
        let template = sources.get(template).span();
        let options = manifest::Options {
            yaml: self.request.yaml,
            values: self.request.values,
            template,
        };
        let read = manifest::documents(&manifest.text, &file, &options);
        problems.extend(read.problems);
        self.comments.push((template.file, read.comments));
        let count = read.trees.len();
        let trees = read.trees.into_iter().enumerate();
        let documents = trees.map(|(index, tree)| {
            Rc::new(Document {
                path: manifest.path.clone(),
                template,
                text: Some(InText {
                    file: file.id,
                    index,
                    count,
                }),
                tree,
            })
        });
        documents.collect()
    }
}

/// Why it can't be known what a condition decides.
fn why(decision: &Decision) -> Arc<Unknown> {
    let cause = decision.causes.first();
    Arc::new(cause.map_or_else(
        || Unknown {
            place: decision.place,
            ..Unknown::new(Cause::Other("a condition in the chart is unknown".into()))
        },
        |cause| cause.as_ref().clone(),
    ))
}

/// The file of the template that a manifest came from: that of the outermost action which printed it, whatever that took from
/// helpers and values, else that of its text.
fn template(manifest: &Manifest) -> Option<FileId> {
    let file = |mark: &Mark| {
        let action = mark.via().last();
        let place = || mark.places().iter().find_map(Place::span);
        action.or_else(place).map(|span| span.file)
    };
    let mut marks = manifest.text.pieces().iter().map(|piece| &piece.mark);
    marks.find_map(file)
}

/// The nodes of values that a text came from.
fn values_of(text: &Text) -> impl Iterator<Item = Span> {
    let pieces = text.pieces().iter();
    let places = pieces.flat_map(|piece| piece.mark.places());
    places.filter_map(|place| match place {
        Place::Values(span, _) => Some(*span),
        _ => None,
    })
}

/// Whether two texts have the same bytes from the same places.
fn is_same(one: &Text, other: &Text) -> bool {
    let mut pieces = one.pieces().iter().zip(other.pieces());
    one == other
        && one.pieces().len() == other.pieces().len()
        && pieces.all(|(one, other)| {
            one.length == other.length
                && one.verbatim == other.verbatim
                && one.mark.is_equal(&other.mark)
        })
}
