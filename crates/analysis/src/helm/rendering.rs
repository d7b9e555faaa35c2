//! One chart, rendered for each of its environments.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::Tree;
use helm::chart::{self, Chart};
use helm::manifest::{self, file_text};
use helm::render::{self, Manifest};
use helm::value::{Mark, Place};
use helm::{run, values};
use smol_str::format_smolstr;
use source::{FileId, Problem, SourceFile, Span};

use super::charts::Charts;
use super::environments::Environment;
use super::{Declared, Reader, Text};

/// What a chart gave.
#[derive(Default)]
pub(super) struct Rendered {
    pub(super) resources: Vec<Declared>,
    pub(super) files: Vec<Text>,
    pub(super) problems: Vec<Problem>,
}

/// What is the same in all environments of a chart.
struct Rendering<'a> {
    reader: &'a Reader<'a>,
    chart: Arc<Chart>,
    /// How the chart is shown.
    shown: PathBuf,
    environments: usize,
    /// The files of values as trees.
    values: HashMap<FileId, Arc<Tree>>,
}

impl Reader<'_> {
    /// Renders a chart for each of its environments.
    pub(super) fn render(&self, charts: &Charts, path: &Path, files: &[PathBuf]) -> Rendered {
        let reader = chart::Reader {
            system: self.system,
            sources: self.sources,
            shown: self.shown,
        };
        let read = reader.read(path);
        let mut rendered = Rendered {
            problems: read.problems,
            ..Rendered::default()
        };
        let Some(chart) = read.chart.filter(|chart| !chart.is_library()) else {
            return rendered;
        };
        let environments = self.environments(charts, path, files, &mut rendered.problems);
        let mut values = HashMap::new();
        add_values(&chart, &mut values);
        let mut comments = Comments::default();
        let named = environments
            .iter()
            .flat_map(|environment| &environment.files);
        for file in named.chain(self.settings.files()) {
            rendered.problems.extend(values::read(file).1);
            let tree = comments.read(self, file);
            values.extend(tree.map(|tree| (file.id, tree)));
        }
        for file in values.keys() {
            comments.read(self, &self.sources.get(*file));
        }
        let rendering = Rendering {
            reader: self,
            shown: (self.shown)(path),
            chart,
            environments: environments.len(),
            values,
        };
        for environment in &environments {
            rendering.run(environment, &mut comments, &mut rendered);
        }
        rendered.files = comments.files(self);
        deduplicate(&mut rendered.problems);
        rendered
    }
}

impl Rendering<'_> {
    fn run(&self, environment: &Environment, comments: &mut Comments, rendered: &mut Rendered) {
        let settings = self.reader.settings;
        let set = settings.values(&environment.files);
        let options = render::Options {
            run: run::Options {
                overlooks_required: true,
                ..run::Options::default()
            },
            release: settings.release.clone(),
            capabilities: settings.capabilities.clone(),
        };
        let made = render::render(&self.chart, &set, self.reader.sources, &options);
        rendered.problems.extend(made.problems);
        let manifests = made.manifests;
        let all = [manifests.crds, manifests.resources, manifests.hooks];
        for manifest in all.iter().flatten() {
            self.add(manifest, environment, comments, rendered);
        }
    }

    fn add(
        &self,
        manifest: &Manifest,
        environment: &Environment,
        comments: &mut Comments,
        rendered: &mut Rendered,
    ) {
        let Some(template) = template(manifest) else {
            return;
        };
        let sources = self.reader.sources;
        let template = sources.get(template).span();
        let shown = format!("<{}, rendered>", manifest.path);
        let file = sources.add(shown, file_text(&manifest.text));
        let options = manifest::Options {
            kubernetes: self.reader.kubernetes,
            yaml: self.reader.yaml,
            values: &self.values,
            template,
        };
        let read = manifest::resources(&manifest.text, &file, &options);
        rendered.problems.extend(read.problems);
        comments.add(template.file, &read.comments);
        let shown = &self.shown;
        rendered
            .resources
            .extend(read.resources.into_iter().map(|mut resource| {
                resource.environment.clone_from(&environment.name);
                Declared {
                    resource,
                    file: template.file,
                    template: format_smolstr!("{}#{}", shown.display(), manifest.path),
                    environments: self.environments,
                }
            }));
    }
}

/// The file of the template that a manifest came from.
fn template(manifest: &Manifest) -> Option<FileId> {
    let marks = manifest.text.pieces().iter().map(|piece| &piece.mark);
    let mut places = marks.flat_map(Mark::places);
    places.find_map(|place| match place {
        Place::Template(span) | Place::Chart(span) => Some(span.file),
        _ => None,
    })
}

/// The trees of the values of a chart and of all charts in it.
fn add_values(chart: &Chart, values: &mut HashMap<FileId, Arc<Tree>>) {
    if let Some(tree) = &chart.values {
        let span = tree.node(graph::NodeId::ROOT).span;
        values.insert(span.file, Arc::clone(tree));
    }
    for dependency in &chart.dependencies {
        add_values(dependency, values);
    }
}

/// The comments of the files of a chart, each once.
#[derive(Default)]
struct Comments(BTreeMap<FileId, Vec<yaml::Comment>>);

impl Comments {
    fn add(&mut self, template: FileId, comments: &[yaml::Comment]) {
        self.0.entry(template).or_default();
        for comment in comments {
            self.0.entry(comment.span.file).or_default().push(*comment);
        }
    }

    /// Reads a file of values for its comments, and returns its tree.
    fn read(&mut self, reader: &Reader<'_>, file: &SourceFile) -> Option<Arc<Tree>> {
        let yaml = yaml::read(file, reader.yaml);
        self.0.insert(file.id, yaml.comments);
        let document = yaml.documents.into_iter().next();
        document.map(|document| Arc::new(document.tree))
    }

    fn files(self, reader: &Reader<'_>) -> Vec<Text> {
        let files = self.0.into_iter().map(|(file, mut comments)| {
            let place = |comment: &yaml::Comment| -> Span { comment.span };
            comments.sort_by_key(place);
            comments.dedup_by_key(|comment| place(comment));
            Text {
                file: reader.sources.get(file),
                comments,
            }
        });
        files.collect()
    }
}

/// Each environment meets most problems again.
fn deduplicate(problems: &mut Vec<Problem>) {
    let mut told = Vec::new();
    problems.retain(|problem| {
        let is_new = !told.contains(problem);
        if is_new {
            told.push(problem.clone());
        }
        is_new
    });
}
