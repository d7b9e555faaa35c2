//! Charts as kustomizations have them rendered.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ::helm::chart::{self, Chart, Loaded};
use ::helm::declaration::Declaration;
use ::helm::outcomes::{self, Selection, documents};
use ::helm::render::{self, Capabilities, KubeVersion, Show, is_valid_name, name_of};
use ::helm::run::{self, Bounds};
use ::helm::value::{Map, MapType};
use ::helm::values;
use ::kustomize::{ChartDocument, ChartRequest, DocumentText, RenderedChart, Written};
use graph::{NodeId, Piece, Resource, Tree};
use source::{FileId, FileSystem, Level, Problem, Sources, Span};

use super::rendering::{Comments, add_values};
use super::values::ValuesFile;
use super::{Installed, name};
use crate::project::{Declared, Text};

/// What all charts of a run may cost, as many times what one may.
const MOST: u64 = 20;

/// What kustomizations have charts rendered with.
pub(crate) struct Requested<'a> {
    pub(crate) system: &'a dyn FileSystem,
    pub(crate) sources: &'a Sources,
    /// How a path is shown.
    pub(crate) shown: &'a (dyn Fn(&Path) -> PathBuf + Sync),
    pub(crate) kubernetes: &'a kubernetes::Options,
    /// The cluster, where a kustomization does not say another version.
    pub(crate) capabilities: &'a Capabilities,
    /// Whether the result is only printed, so that it is what Helm prints.
    pub(crate) is_printed: bool,
    kept: Mutex<Kept>,
}

/// What was met of charts so far.
#[derive(Default)]
struct Kept {
    charts: HashMap<PathBuf, Arc<Loaded>>,
    uses: BTreeMap<PathBuf, ChartUse>,
    comments: Comments,
    /// What rendering cost so far, in steps.
    steps: u64,
}

/// What a chart was rendered with, and what became of that.
#[derive(Default)]
struct ChartUse {
    /// The nodes of values that something which was rendered came from.
    values: HashSet<Span>,
    /// The trees of values beside those of the chart.
    set: Vec<Arc<Tree>>,
}

/// The values of a request.
struct Given {
    map: Map,
    /// As trees, for the places of lists and maps in them.
    trees: HashMap<FileId, Arc<Tree>>,
    /// Those of them that are not the chart's, the weakest first.
    set: Vec<Arc<Tree>>,
}

impl<'a> Requested<'a> {
    pub(crate) fn new(
        (system, sources): (&'a dyn FileSystem, &'a Sources),
        shown: &'a (dyn Fn(&Path) -> PathBuf + Sync),
        kubernetes: &'a kubernetes::Options,
        capabilities: &'a Capabilities,
    ) -> Self {
        Self {
            system,
            sources,
            shown,
            kubernetes,
            capabilities,
            is_printed: false,
            kept: Mutex::default(),
        }
    }

    /// The same, where the result is only printed.
    pub(crate) fn printing(self) -> Self {
        Self {
            is_printed: true,
            ..self
        }
    }

    fn kept<T>(&self, with: impl FnOnce(&mut Kept) -> T) -> T {
        with(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The chart in a folder, which is read once.
    fn chart(&self, folder: &Path) -> Arc<Loaded> {
        let reader = chart::Reader {
            system: self.system,
            sources: self.sources,
            shown: self.shown,
        };
        self.kept(|kept| {
            let chart = kept.charts.entry(folder.to_path_buf());
            let chart = chart.or_insert_with(|| Arc::new(reader.read(folder)));
            Arc::clone(chart)
        })
    }

    fn given(&self, request: &ChartRequest, chart: &Chart) -> Given {
        let mut given = Given {
            map: Map::new(&MapType::ANY, []),
            trees: HashMap::new(),
            set: Vec::new(),
        };
        add_values(chart, &mut given.trees);
        let own = chart.values.as_ref();
        let own = own.map(|tree| self.sources.get(file_of(tree)));
        let is_own =
            |file: &source::SourceFile| own.as_ref().is_some_and(|own| own.path == file.path);
        let first = request.values_file.iter();
        let own_id = first.clone().find(|file| is_own(file)).map(|file| file.id);
        for file in first.filter(|file| !is_own(file)) {
            given.add_file(Arc::clone(file), request.values.is_none());
        }
        match (&request.values, &chart.values) {
            (Some(values), _) => {
                let tree = match (own_id, &own) {
                    // Both readers have the file of the chart.
                    (Some(other), Some(own)) => in_file(values, other, own.id),
                    _ => values.clone(),
                };
                given.add_map(&tree, self.sources);
            }
            (None, Some(tree)) if own_id.is_some() => given.add_map(tree, self.sources),
            _ => {}
        }
        if let Some(inline) = &request.inline {
            given.add_tree(Arc::new(inline.clone()));
        }
        for file in &request.additional_files {
            given.add_file(Arc::clone(file), true);
        }
        given
    }

    fn options(&self, request: &ChartRequest) -> Result<render::Options, Problem> {
        let mut capabilities = self.capabilities.clone();
        let apis = request.api_versions.iter();
        capabilities.apis.extend(apis.map(ToString::to_string));
        if let Some(version) = &request.kube_version {
            let parsed = KubeVersion::parse(&version.text);
            capabilities.version =
                parsed.map_err(|error| refusal(&error.to_string(), version.span))?;
        }
        Ok(render::Options {
            run: run::Options {
                overlooks_required: !self.is_printed,
                bounds: self.bounds(),
                ..run::Options::default()
            },
            release: self.release(request)?,
            capabilities,
            open_values: None,
        })
    }

    fn bounds(&self) -> Bounds {
        let bounds = Bounds::default();
        let left = (bounds.steps * MOST).saturating_sub(self.kept(|kept| kept.steps));
        Bounds {
            steps: bounds.steps.min(left),
            ..bounds
        }
    }

    fn release(&self, request: &ChartRequest) -> Result<render::Release, Problem> {
        let assumed = render::Release::default();
        let pieces = match (&request.release, &request.name_template) {
            (Some(_), Some(template)) => {
                let message = "a release has a name, or a template that makes one";
                return Err(refusal(message, template.span));
            }
            (Some(name), None) => Some((known(name), name.span)),
            (None, Some(template)) => {
                let made = name_of(&template.text);
                let made = made.map_err(|message| refusal(&message, template.span))?;
                Some((made, template.span))
            }
            (None, None) => None,
        };
        let written_name = pieces.map(|(pieces, span)| render::Written { span, pieces });
        let name = written_name.as_ref().map(|name| shown_name(&name.pieces));
        let name = name.unwrap_or(assumed.name);
        if let Some(written) = &written_name
            && !is_valid_name(&name)
        {
            return Err(refusal(
                "Helm takes no such name for a release",
                written.span,
            ));
        }
        let namespace = request.namespace.as_ref();
        Ok(render::Release {
            name,
            namespace: namespace.map_or(assumed.namespace, |namespace| namespace.text.to_string()),
            assumes_namespace: namespace.is_none() && !self.is_printed,
            written_name,
            written_namespace: namespace.map(|namespace| render::Written {
                span: namespace.span,
                pieces: known(namespace),
            }),
            is_upgrade: false,
        })
    }

    /// The charts themselves that only kustomizations judge, given what was made of them.
    pub(crate) fn declare(
        &self,
        installed: &Installed,
        resources: &[Arc<Declared>],
    ) -> Vec<Arc<Declared>> {
        self.kept(|kept| {
            let uses = std::mem::take(&mut kept.uses);
            let uses = uses.iter().filter(|(folder, _)| installed.judges(folder));
            let declared = uses.filter_map(|(folder, used)| {
                let loaded = kept.charts.get(folder)?;
                let chart = loaded.chart.as_ref()?;
                let resource = self.declaration(chart, used, resources)?;
                let file = resource.span().file;
                let text = ValuesFile::read(self.sources.get(file));
                kept.comments.of_values(&text);
                Some(Arc::new(Declared {
                    resource: Arc::new(resource),
                    file,
                    group: name(&(self.shown)(folder)),
                    environments: 0,
                    calls: Vec::new(),
                    foreign: None,
                }))
            });
            declared.collect()
        })
    }

    fn declaration(
        &self,
        chart: &Arc<Chart>,
        used: &ChartUse,
        resources: &[Arc<Declared>],
    ) -> Option<Resource> {
        let shown = (self.shown)(&chart.path);
        let is_own = |declared: &&Arc<Declared>| {
            let path = self.sources.path(declared.file);
            path.starts_with(&shown) || path.starts_with(&chart.path)
        };
        let resources = resources.iter().filter(is_own);
        let resources: Vec<&Resource> = resources.map(|one| &*one.resource).collect();
        Declaration {
            chart,
            values: &used.set,
            is_open: false,
            rendered: &used.values,
            resources: &resources,
            sources: self.sources,
        }
        .resource()
    }

    /// The charts that kustomizations are built with, with what was read of them.
    pub(crate) fn read(&self, installed: Installed) -> Installed {
        installed.with(self.kept(|kept| std::mem::take(&mut kept.charts)))
    }

    /// The files of charts, with the comments in them.
    pub(crate) fn files(&self) -> Vec<Text> {
        let comments = self.kept(|kept| std::mem::take(&mut kept.comments));
        comments.files(self.sources)
    }
}

impl ::kustomize::Charts for Requested<'_> {
    fn render(&self, request: &ChartRequest) -> Option<RenderedChart> {
        let loaded = self.chart(&request.folder);
        let mut rendered = RenderedChart {
            problems: loaded.problems.clone(),
            takes_placeholders: self.is_printed,
            ..RenderedChart::default()
        };
        let Some(chart) = &loaded.chart else {
            return Some(rendered);
        };
        let options = match self.options(request) {
            Ok(options) => options,
            Err(problem) => {
                rendered.problems.push(problem);
                return Some(rendered);
            }
        };
        let given = self.given(request, chart);
        let made = documents(
            outcomes::Request {
                chart,
                set: &given.map,
                render: &options,
                is_guess: false,
                environment: None,
                sources: self.sources,
                yaml: &yaml::Options::default(),
                kubernetes: self.kubernetes,
                values: &given.trees,
            },
            self.selection(request),
        );
        rendered.problems.extend(made.problems);
        self.kept(|kept| {
            kept.steps += made.steps;
            for (file, comments) in &made.comments {
                kept.comments.add(*file, comments);
            }
            if let Some(tree) = &chart.values {
                let file = self.sources.get(file_of(tree));
                kept.comments.of_values(&ValuesFile::read(file));
            }
            let used = kept.uses.entry(request.folder.clone()).or_default();
            used.values.extend(made.values);
            used.set.extend(given.set);
        });
        let documents = made.documents.into_iter();
        rendered.documents = documents.map(|one| self.document(one)).collect();
        Some(rendered)
    }
}

impl Requested<'_> {
    fn selection(&self, request: &ChartRequest) -> Selection {
        Selection {
            show: Show {
                crds: request.includes_crds,
                hooks: !request.skips_hooks,
                tests: !request.skips_tests,
            },
            only_helms: self.is_printed,
        }
    }

    fn document(&self, document: outcomes::Document) -> ChartDocument {
        ChartDocument {
            tree: document.tree,
            text: document.text.map(|text| DocumentText {
                file: self.sources.get(text.file),
                index: text.index,
                count: text.count,
            }),
            conditional: document.conditional,
        }
    }
}

impl Given {
    /// Adds a file, whose values count unless they are part of others already. Faults of files are told by who reads them.
    fn add_file(&mut self, file: Arc<source::SourceFile>, counts: bool) {
        let values = ValuesFile::read(file);
        let Some(tree) = &values.tree else { return };
        if counts && let Some(map) = values.map() {
            self.map = values::merge(&self.map, &map);
        }
        self.add_tree(Arc::clone(tree));
    }

    fn add_tree(&mut self, tree: Arc<Tree>) {
        self.trees.insert(file_of(&tree), Arc::clone(&tree));
        self.set.push(tree);
    }

    fn add_map(&mut self, tree: &Tree, sources: &Sources) {
        if let Ok(map) = values::of_tree(tree, &sources.get(file_of(tree))) {
            self.map = values::merge(&self.map, &map);
        }
    }
}

fn file_of(tree: &Tree) -> FileId {
    tree.node(NodeId::ROOT).span.file
}

fn refusal(message: &str, span: Span) -> Problem {
    Problem::at(Level::Error, "kustomization-chart", message, span)
}

fn known(written: &Written) -> Vec<Piece> {
    vec![Piece::Known(written.text.clone())]
}

/// A name with something in the place of what is not known.
fn shown_name(pieces: &[Piece]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        Piece::Known(text) => text.as_str(),
        Piece::Unknown(_) => "x",
    });
    texts.collect()
}

/// A tree in which the places of one file are those of another with the same text.
fn in_file(tree: &Tree, from: FileId, to: FileId) -> Tree {
    let moved = |span: Span| match span.file == from {
        true => Span { file: to, ..span },
        false => span,
    };
    let mut tree = tree.clone();
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        open.extend(tree.children(node));
        tree.set_span(node, moved(tree.node(node).span));
        if let Some(key) = tree.node(node).key.as_ref().map(|key| key.span) {
            tree.set_key_span(node, moved(key));
        }
        if tree.passage(node).is_some() {
            for step in &mut tree.passage_mut(node).steps {
                step.span = moved(step.span);
            }
        }
    }
    tree
}
