//! Charts as applications of Argo CD and Flux deploy them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use ::helm::render::{self, Written};
use ::helm::set::{Form, InvalidSet, set_value, set_written};
use ::helm::value::{Map, MapType, Mark};
use ::helm::values;
use graph::{NodeId, Piece, Tree};
use source::{FileId, FileSystem, Level, Limits, Problem, Sources, Span};

use super::Reader;
use super::passages::{Passages, passages};
use super::rendering::Job;
use super::values::ValuesFile;
use super::written::holds_unknown;
use crate::gitops::{ChartOptions, Deployment, Given, Nulls, Parameter, Values, merged};

/// Values on top of others.
enum Layer<'a> {
    Tree(Arc<Tree>),
    Single(&'a Parameter),
}

/// The values of an application, with the files that were read for them.
pub(super) struct Applied<'a> {
    options: &'a ChartOptions,
    /// What is put on top of each other, the weakest first.
    layers: Vec<Layer<'a>>,
    /// What stands for the values of the chart itself, if anything does.
    pub(super) defaults: Option<Arc<Tree>>,
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
            layers: Vec::new(),
            defaults: None,
            files: Vec::new(),
            problems: Vec::new(),
        };
        for values in &options.defaults {
            let tree = applied.tree(reader, system, values);
            let below = applied.defaults.take();
            applied.defaults = match (below, tree) {
                (Some(below), Some(tree)) => Some(Arc::new(merged(&below, &tree, Nulls::Stay))),
                (below, tree) => tree.or(below),
            };
        }
        for values in &options.values {
            let layer = match values {
                Values::Single(parameter) => Some(Layer::Single(parameter)),
                values => applied.tree(reader, system, values).map(Layer::Tree),
            };
            applied.layers.extend(layer);
        }
        applied
    }

    /// The tree of values, of a file that is read for it.
    fn tree(
        &mut self,
        reader: &Reader<'_>,
        system: &dyn FileSystem,
        values: &Values,
    ) -> Option<Arc<Tree>> {
        let (path, shown) = match values {
            Values::Tree(tree) => return Some(Arc::clone(tree)),
            Values::Single(_) => return None,
            Values::File { path, shown } => (path, shown),
        };
        let loaded = reader.sources.load(system, path, shown, Limits::default());
        match loaded {
            Ok(file) => {
                let file = ValuesFile::read(file);
                self.problems.extend_from_slice(&file.problems);
                let tree = file.tree.clone();
                self.files.push(file);
                tree
            }
            Err(error) => {
                self.problems.push(error.problem(shown));
                None
            }
        }
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
        let singles = self.layers.iter().filter_map(|layer| match layer {
            Layer::Single(single) => Some(*single),
            Layer::Tree(_) => None,
        });
        let mut parameters = options.parameters.iter().chain(singles);
        let is_unknown = |one: &Parameter| matches!(one.value, Given::Unknown(_));
        let texts = [Some(&options.name), options.namespace.as_ref()];
        let mut texts = texts.into_iter().flatten();
        let mut trees = self.trees();
        options.open.is_some()
            || parameters.any(is_unknown)
            || texts.any(|text| known(&text.pieces).is_none())
            || trees.any(|tree| holds_unknown(tree, NodeId::ROOT))
    }

    fn values(&mut self, reader: &Reader<'_>, system: &dyn FileSystem) -> Map {
        let mut map = Map::new(&MapType::ANY, []);
        let mut problems = Vec::new();
        let mut put = |one: &Parameter, map: &Map| {
            if let Err(error) = set(one, map, system) {
                let message = error.message;
                problems.push(Problem::at(Level::Error, "chart-values", message, one.span));
            }
        };
        let mut broken = Vec::new();
        for layer in &self.layers {
            let tree = match layer {
                Layer::Tree(tree) => tree,
                Layer::Single(single) => {
                    put(single, &map);
                    continue;
                }
            };
            let file = reader.sources.get(tree.node(NodeId::ROOT).span.file);
            match values::of_tree(tree, &file) {
                Ok(own) => map = values::merge(&map, &own),
                Err(problem) => broken.push(problem),
            }
        }
        for form in Form::ORDER {
            let parameters = self.options.parameters.iter();
            parameters
                .filter(|one| one.form == form)
                .for_each(|one| put(one, &map));
        }
        self.problems.extend(problems.into_iter().chain(broken));
        map
    }

    /// The values as trees, for the places of lists and maps in them.
    fn places(&self) -> HashMap<FileId, Arc<Tree>> {
        self.trees()
            .map(|tree| (tree.node(NodeId::ROOT).span.file, Arc::clone(tree)))
            .collect()
    }

    /// What the values came through.
    pub(super) fn passages(&self) -> Passages {
        let mut all = self.options.passages.clone();
        all.extend(passages(self.trees().map(AsRef::as_ref)));
        all
    }

    pub(super) fn trees(&self) -> impl Iterator<Item = &Arc<Tree>> {
        self.layers.iter().filter_map(|layer| match layer {
            Layer::Tree(tree) => Some(tree),
            Layer::Single(_) => None,
        })
    }

    pub(super) fn secrets(&self) -> HashSet<Span> {
        self.options.secrets.iter().copied().collect()
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
