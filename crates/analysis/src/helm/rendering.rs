//! One chart, rendered for each of its environments.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::Tree;
use helm::chart::{self, Chart};
use helm::outcomes::{self, outcomes};
use helm::render;
use helm::run;
use smol_str::format_smolstr;
use source::{FileId, Problem, Span};

use super::charts::{Part, is_archive};
use super::environments::Environment;
use super::values::ValuesFile;
use super::{Declared, Reader, Text};
use crate::discover::Candidate;
use crate::problems::deduplicate;

/// What a chart gave.
#[derive(Default)]
pub(super) struct Rendered {
    pub(super) resources: Vec<Declared>,
    pub(super) files: Vec<Text>,
    pub(super) problems: Vec<Problem>,
    /// Why it is left out on purpose.
    pub(super) left_out: Option<String>,
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
    pub(super) fn render(&self, path: &Path, files: &[(&Candidate, Part)]) -> Rendered {
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
        let Some(chart) = read.chart else {
            // Archives of all sorts end in `.tgz`: one that nobody names and that is no chart is none of ours.
            let is_named = |(file, _): &(&Candidate, Part)| file.named && file.path == path;
            if is_archive(path) && !files.iter().any(is_named) {
                let reason = rendered.problems.first().map(|problem| &problem.message);
                let reason = reason.map_or("nothing is in it", String::as_str);
                rendered.left_out = Some(format!("no packaged chart: {reason}"));
                rendered.problems.clear();
            }
            return rendered;
        };
        if chart.is_library() {
            let reason = "a library, of which charts that need it are rendered";
            rendered.left_out = Some(reason.to_owned());
            return rendered;
        }
        let environments = self.environments(path, files, &mut rendered.problems);
        let mut values = HashMap::new();
        add_values(&chart, &mut values);
        let mut comments = Comments::default();
        for file in values.keys() {
            comments.of_values(&ValuesFile::read(self.sources.get(*file)));
        }
        let own = environments.iter();
        let own = own.flat_map(|environment| &environment.files);
        for file in own.chain(self.settings.files()) {
            rendered.problems.extend_from_slice(&file.problems);
            comments.of_values(file);
            let tree = file.tree.clone();
            values.extend(tree.map(|tree| (file.file.id, tree)));
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
        let outcomes = outcomes(outcomes::Request {
            chart: &self.chart,
            set: &set,
            render: &options,
            sources: self.reader.sources,
            yaml: self.reader.yaml,
            kubernetes: self.reader.kubernetes,
            values: &self.values,
        });
        rendered.problems.extend(outcomes.problems);
        for (template, found) in outcomes.comments {
            comments.add(template, &found);
        }
        let shown = &self.shown;
        let declared = outcomes.declared.into_iter().map(|mut declared| {
            declared.resource.environment.clone_from(&environment.name);
            Declared {
                resource: declared.resource,
                file: declared.template.file,
                template: format_smolstr!("{}#{}", shown.display(), declared.path),
                environments: self.environments,
            }
        });
        rendered.resources.extend(declared);
    }
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

    fn of_values(&mut self, values: &ValuesFile) {
        self.0.insert(values.file.id, values.comments.clone());
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
