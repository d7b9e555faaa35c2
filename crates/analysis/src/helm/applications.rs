//! Charts as applications of Argo CD and Flux deploy them.

use std::collections::HashMap;
use std::sync::Arc;

use ::helm::render::{self, Written};
use ::helm::set::{Form, InvalidSet, set_value, set_written};
use ::helm::value::{Map, MapType, Mark};
use ::helm::values;
use graph::{NodeId, Piece, Tree};
use source::{FileId, FileSystem, Level, Limits, Problem, Sources};

use super::Reader;
use super::passages::{Passages, passages};
use super::rendering::Job;
use super::values::ValuesFile;
use super::written::holds_unknown;
use crate::gitops::{ChartOptions, Deployment, Given, Parameter, Values};

/// The values of an application, with the files that were read for them.
pub(super) struct Applied<'a> {
    options: &'a ChartOptions,
    /// The trees that are put on top of each other, the weakest first.
    trees: Vec<Arc<Tree>>,
    pub(super) files: Vec<ValuesFile>,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Applied<'a> {
    /// Reads the files of values.
    pub(super) fn read(
        reader: &Reader<'_>,
        system: &dyn FileSystem,
        options: &'a ChartOptions,
    ) -> Self {
        let mut applied = Self {
            options,
            trees: Vec::new(),
            files: Vec::new(),
            problems: Vec::new(),
        };
        for values in &options.values {
            let (path, shown) = match values {
                Values::Tree(tree) => {
                    applied.trees.push(Arc::clone(tree));
                    continue;
                }
                Values::File { path, shown } => (path, shown),
            };
            let limits = Limits::default();
            match reader.sources.load(system, path, shown, limits) {
                Ok(file) => applied.add(ValuesFile::read(file)),
                Err(error) => applied.problems.push(error.problem(shown)),
            }
        }
        applied
    }

    fn add(&mut self, file: ValuesFile) {
        self.problems.extend_from_slice(&file.problems);
        self.trees.extend(file.tree.clone());
        self.files.push(file);
    }

    /// What the application asks to be rendered.
    pub(super) fn job(
        &mut self,
        reader: &Reader<'_>,
        system: &dyn FileSystem,
        deployment: &Deployment,
    ) -> Job {
        let options = self.options;
        let assumed = render::Release::default();
        let text = |written: &Written| known(&written.pieces);
        let namespace = options.namespace.as_ref().and_then(text);
        let release = render::Release {
            name: text(&options.name).unwrap_or(assumed.name),
            assumes_namespace: options.namespace.is_none(),
            namespace: namespace.unwrap_or(assumed.namespace),
            written_name: Some(options.name.clone()),
            written_namespace: options.namespace.clone(),
            ..render::Release::default()
        };
        Job {
            set: self.values(reader, system),
            release,
            apis: options.apis.clone(),
            open_values: options.open.clone(),
            is_guess: self.is_guess(),
            environment: deployment.environment.clone(),
            environments: deployment.environments,
            values: self.places(),
        }
    }

    /// Whether some of the values are unknown.
    fn is_guess(&self) -> bool {
        let options = self.options;
        let mut parameters = options.parameters.iter();
        let is_unknown = |one: &Parameter| matches!(one.value, Given::Unknown(_));
        let texts = [Some(&options.name), options.namespace.as_ref()];
        let mut texts = texts.into_iter().flatten();
        let mut trees = self.trees.iter();
        options.open.is_some()
            || parameters.any(is_unknown)
            || texts.any(|text| known(&text.pieces).is_none())
            || trees.any(|tree| holds_unknown(tree, NodeId::ROOT))
    }

    fn values(&mut self, reader: &Reader<'_>, system: &dyn FileSystem) -> Map {
        let mut map = Map::new(&MapType::ANY, []);
        for tree in &self.trees {
            let file = reader.sources.get(tree.node(NodeId::ROOT).span.file);
            match values::of_tree(tree, &file) {
                Ok(own) => map = values::merge(&map, &own),
                Err(problem) => self.problems.push(problem),
            }
        }
        for form in Form::ORDER {
            let parameters = self.options.parameters.iter();
            for one in parameters.filter(|one| one.form == form) {
                if let Err(error) = set(one, &map, system) {
                    let message = error.message;
                    let problem = Problem::at(Level::Error, "chart-values", message, one.span);
                    self.problems.push(problem);
                }
            }
        }
        map
    }

    /// The values as trees, for the places of lists and maps in them.
    fn places(&self) -> HashMap<FileId, Arc<Tree>> {
        let trees = self.trees.iter();
        trees
            .map(|tree| (tree.node(NodeId::ROOT).span.file, Arc::clone(tree)))
            .collect()
    }

    /// What the values came through.
    pub(super) fn passages(&self) -> Passages {
        let mut all = self.options.passages.clone();
        all.extend(passages(self.trees.iter().map(AsRef::as_ref)));
        all
    }

    pub(super) fn trees(&self) -> &[Arc<Tree>] {
        &self.trees
    }
}

fn set(one: &Parameter, map: &Map, system: &dyn FileSystem) -> Result<(), InvalidSet> {
    let path = &one.path;
    match &one.value {
        Given::Text(text) => set_written(one.form, &format!("{path}={text}"), map, one.span),
        Given::Unknown(unknown) => {
            let value = values::unknown(unknown, &Mark::default());
            set_value(path, value, map, one.span)
        }
        Given::File(file) => {
            let text = system.read(file, Limits::default());
            let text = text.and_then(|text| Sources::default().take(text, file, Limits::default()));
            match text {
                Ok(file) => set_value(path, text_of(&file.text), map, one.span),
                Err(error) => Err(InvalidSet {
                    message: error.to_string(),
                    at: 0,
                }),
            }
        }
    }
}

fn text_of(text: &str) -> ::helm::value::Value {
    ::helm::value::Value::string(text)
}

/// The text of pieces that are all known.
fn known(pieces: &[Piece]) -> Option<String> {
    let texts = pieces.iter().map(|piece| match piece {
        Piece::Known(text) => Some(text.as_str()),
        Piece::Unknown(_) => None,
    });
    texts.collect()
}
