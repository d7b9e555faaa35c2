//! One chart, rendered for the releases that install it or for each of its environments.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::{Resource, Tree, Unknown};
use helm::chart::{self, Chart, Loaded};
use helm::declaration::Declaration;
use helm::outcomes::{self, Memory, outcomes, outcomes_again};
use helm::render;
use helm::run;
use helm::value::Map;
use smol_str::SmolStr;
use source::{Confined, FileId, FileSystem, Level, Problem, Sources, Span};

use super::applications::Applied;
use super::charts::{Part, is_archive};
use super::passages::note;
use super::releases::Given;
use super::values::ValuesFile;
use super::{Reader, Task, name};
use crate::discover::Candidate;
use crate::gitops::{Deployment, How};
use crate::problems::deduplicate;
use crate::project::{Declared, Text};
use crate::terraform::{Release, role};

/// What a chart gave.
#[derive(Clone, Default)]
pub(super) struct Made {
    pub(super) resources: Vec<Arc<Declared>>,
    pub(super) files: Vec<Text>,
    pub(super) problems: Vec<Problem>,
    /// The nodes of values that something which was rendered came from.
    values: HashSet<Span>,
    /// The trees of values that stand above those of the charts, the weakest first.
    set: Vec<Arc<Tree>>,
    /// Whether a release sets more than these trees say.
    is_open: bool,
    /// Why it is left out on purpose.
    pub(super) left_out: Option<String>,
    /// What its templates gave in each environment, where it is rendered as nobody but the call and the configuration says.
    memories: Vec<Option<Arc<Memory>>>,
}

/// One of the ways in which a chart is rendered.
pub(super) struct Job {
    /// The values that are set.
    pub(super) set: Map,
    pub(super) release: render::Release,
    /// Versions of the API that the cluster has beside those that the run knows.
    pub(super) apis: Vec<String>,
    /// Why nothing is known of any value for certain.
    pub(super) open_values: Option<Arc<Unknown>>,
    /// Whether some of the values are unknown.
    pub(super) is_guess: bool,
    pub(super) environment: Option<SmolStr>,
    /// In how many environments it is rendered.
    pub(super) environments: usize,
    /// The values that are set, as trees.
    pub(super) values: HashMap<FileId, Arc<Tree>>,
}

/// What is known of a rendering.
struct Known<'a> {
    /// What stands for all that it is rendered with beside the chart.
    with: String,
    before: Option<&'a Memory>,
}

/// What is the same in all ways in which a chart is rendered.
struct Rendering<'a> {
    reader: &'a Reader<'a>,
    chart: Arc<Chart>,
    /// How the chart is shown.
    shown: PathBuf,
    /// The files of values of the chart as trees.
    values: HashMap<FileId, Arc<Tree>>,
}

impl Reader<'_> {
    /// Renders a chart for the releases that install it; without any for each of its environments. `before` is what it gave
    /// before.
    pub(super) fn render(&self, path: &Path, task: &Task<'_>, before: Option<&Made>) -> Made {
        let boundaries = task.releases.iter().map(|one| one.boundary.clone());
        let own = task.deployments.iter().map(|one| one.boundary.clone());
        let boundaries = boundaries.chain(own);
        let confined = Confined::new(self.system, boundaries.collect());
        let system: &dyn FileSystem = match task.files.is_empty() {
            true => &confined,
            false => self.system,
        };
        let reader = chart::Reader {
            system,
            sources: self.sources,
            shown: self.shown,
        };
        let read = match &task.known {
            Some(known) => Loaded {
                chart: known.chart.clone(),
                problems: known.problems.clone(),
            },
            None => reader.read(path),
        };
        let mut rendered = Made {
            problems: read.problems,
            ..Made::default()
        };
        let Some(mut chart) = read.chart else {
            // Archives of all sorts end in `.tgz`: one that nobody names and that is no chart is none of ours.
            let is_named = |(file, _): &(&Arc<Candidate>, Part)| file.named && file.path == path;
            let is_named = task.is_installed() || task.files.iter().any(is_named);
            let is_damaged = |problem: &Problem| problem.code == chart::DAMAGED;
            let may_be_chart = rendered.problems.iter().any(is_damaged);
            if is_archive(path) && !may_be_chart && !is_named {
                let reason = rendered.problems.first().map(|problem| &problem.message);
                let reason = reason.map_or("nothing is in it", String::as_str);
                rendered.left_out = Some(format!("no packaged chart: {reason}"));
                rendered.problems.clear();
            } else {
                rendered.left_out = Some("part of a chart that can't be read".to_owned());
            }
            return rendered;
        };
        let memories = before.map_or(&[][..], |before| &before.memories);
        let known = memories.iter().flatten().next();
        if let (Some(known), Some(chart)) = (known, Arc::get_mut(&mut chart)) {
            chart.take_read(known.chart());
        }
        if chart.is_library() && !task.is_installed() {
            let reason = "a library, of which charts that need it are rendered";
            rendered.left_out = Some(reason.to_owned());
        }
        let mut values = HashMap::new();
        add_values(&chart, &mut values);
        let mut comments = Comments::default();
        for file in values.keys() {
            comments.of_values(&ValuesFile::read(self.sources.get(*file)));
        }
        let rendering = Rendering {
            reader: self,
            shown: (self.shown)(path),
            chart,
            values,
        };
        for release in &task.releases {
            rendering.release(release, &mut comments, &mut rendered);
        }
        for deployment in &task.deployments {
            rendering.deployment(system, deployment, &mut comments, &mut rendered);
        }
        if task.is_alone {
            rendering.alone((path, &task.files), memories, &mut comments, &mut rendered);
        }
        rendering.declare(&mut comments, &mut rendered);
        rendered.files = comments.files(self.sources);
        deduplicate(&mut rendered.problems);
        rendered
    }
}

fn several_releases(chart: &Path, names: &[&str]) -> Problem {
    let names = source::neutral(&names.join(", ")).into_owned();
    let message =
        format!("this chart runs as several releases ({names}), and is rendered as none of them");
    let problem = Problem::of(Level::Notice, "several-releases", message, chart);
    problem.with_help("`--release` says which is meant")
}

impl Rendering<'_> {
    /// Renders the chart as nobody but the call and the configuration says.
    fn alone(
        &self,
        (path, files): (&Path, &[(&Arc<Candidate>, Part)]),
        memories: &[Option<Arc<Memory>>],
        comments: &mut Comments,
        rendered: &mut Made,
    ) {
        if self.chart.is_library() {
            return;
        }
        let settings = self.reader.settings;
        let chart = self.chart.name();
        let several = settings.several_of(chart);
        rendered
            .problems
            .extend(several.map(|names| several_releases(&self.shown, &names)));
        let environments = self
            .reader
            .environments(path, files, &mut rendered.problems);
        let mut values = HashMap::new();
        let own = environments.iter();
        let own = own.flat_map(|environment| &environment.files);
        for file in own.chain(settings.files()) {
            rendered.problems.extend_from_slice(&file.problems);
            comments.of_values(file);
            if let Some(tree) = &file.tree {
                values.insert(file.file.id, Arc::clone(tree));
                rendered.set.push(Arc::clone(tree));
            }
        }
        for (index, environment) in environments.iter().enumerate() {
            let files: Vec<FileId> = environment.files.iter().map(|file| file.file.id).collect();
            let known = Known {
                with: format!("{:?}", (files, &environment.name)),
                before: memories.get(index).and_then(Option::as_deref),
            };
            let job = Job {
                set: settings.values(&environment.files),
                release: settings.release_of(chart),
                apis: Vec::new(),
                open_values: None,
                is_guess: false,
                environment: environment.name.clone(),
                environments: environments.len(),
                values: values.clone(),
            };
            let (declared, memory) = self.run_again(job, &known, comments, rendered);
            let declared = declared.into_iter().map(Arc::new);
            rendered.resources.extend(declared);
            rendered.memories.push(memory.map(Arc::new));
        }
    }

    /// Renders the chart as a release of Terraform installs it.
    fn release(&self, release: &Release, comments: &mut Comments, rendered: &mut Made) {
        let given = Given::of(release);
        let job = given.job(self.reader, &mut rendered.problems);
        rendered.is_open |= job.is_guess || !release.request.set.is_empty();
        let files = given.files().into_iter();
        let files = files.map(|file| self.reader.sources.get(file));
        for file in files.filter(|file| role(&file.path).is_none()) {
            comments.of_values(&ValuesFile::read(file));
        }
        let set = release.values.iter().flatten().cloned();
        rendered.set.extend(set);
        let mut declared = self.run(job, comments, rendered);
        given.tell(&mut declared);
        rendered
            .resources
            .extend(declared.into_iter().map(Arc::new));
    }

    /// Renders the chart as an application deploys it.
    fn deployment(
        &self,
        system: &dyn FileSystem,
        deployment: &Deployment,
        comments: &mut Comments,
        rendered: &mut Made,
    ) {
        let How::Chart(options) = &deployment.how else {
            return;
        };
        let mut applied = Applied::read(self.reader, system, options);
        let job = applied.job(self.reader, system, deployment);
        rendered.is_open |= job.is_guess || !options.parameters.is_empty();
        for file in &applied.files {
            comments.of_values(file);
        }
        rendered.set.extend(applied.trees().cloned());
        let mut declared = match &applied.defaults {
            None => self.run(job, comments, rendered),
            Some(tree) => self.with_defaults(tree).run(job, comments, rendered),
        };
        let (passages, secrets) = (applied.passages(), applied.secrets());
        let is_plain = passages.is_empty() && secrets.is_empty();
        for declared in declared.iter_mut().filter(|_| !is_plain) {
            note(Arc::make_mut(&mut declared.resource), &passages, &secrets);
        }
        if options.skips_crds {
            declared.retain(|one| !self.is_definition(one));
        }
        rendered.problems.extend(applied.problems);
        rendered
            .resources
            .extend(declared.into_iter().map(Arc::new));
    }

    /// The chart with other values of its own.
    fn with_defaults(&self, tree: &Arc<Tree>) -> Self {
        let mut values = self.values.clone();
        let file = tree.node(graph::NodeId::ROOT).span.file;
        values.insert(file, Arc::clone(tree));
        Self {
            reader: self.reader,
            chart: Arc::new(Chart {
                values: Some(Arc::clone(tree)),
                ..(*self.chart).clone()
            }),
            shown: self.shown.clone(),
            values,
        }
    }

    /// Whether a resource is one of `crds/`, by its file.
    fn is_definition(&self, declared: &Declared) -> bool {
        let path = self.reader.sources.path(declared.file);
        let mut names = path.components();
        declared.resource.kind == "CustomResourceDefinition"
            && names.any(|name| name.as_os_str() == "crds")
    }

    fn run(&self, job: Job, comments: &mut Comments, rendered: &mut Made) -> Vec<Declared> {
        self.ask(job, comments, rendered, |request| (outcomes(request), ()))
            .0
    }

    /// The same, where somebody may ask again.
    fn run_again(
        &self,
        job: Job,
        known: &Known<'_>,
        comments: &mut Comments,
        rendered: &mut Made,
    ) -> (Vec<Declared>, Option<Memory>) {
        self.ask(job, comments, rendered, |request| {
            match self.reader.kept.is_on() {
                true => outcomes_again(request, &known.with, known.before),
                false => (outcomes(request), None),
            }
        })
    }

    fn ask<T>(
        &self,
        job: Job,
        comments: &mut Comments,
        rendered: &mut Made,
        ask: impl FnOnce(outcomes::Request<'_>) -> (outcomes::Outcomes, T),
    ) -> (Vec<Declared>, T) {
        let mut capabilities = self.reader.settings.capabilities.clone();
        capabilities.apis.extend(job.apis);
        let options = render::Options {
            run: run::Options {
                overlooks_required: true,
                ..run::Options::default()
            },
            release: job.release,
            capabilities,
            open_values: job.open_values,
        };
        let mut values = job.values;
        let own = self.values.iter();
        values.extend(own.map(|(file, tree)| (*file, Arc::clone(tree))));
        let (outcomes, told) = ask(outcomes::Request {
            chart: &self.chart,
            set: &job.set,
            render: &options,
            is_guess: job.is_guess,
            environment: job.environment.as_ref(),
            sources: self.reader.sources,
            yaml: self.reader.yaml,
            kubernetes: self.reader.kubernetes,
            values: &values,
        });
        rendered.problems.extend(outcomes.problems);
        rendered.values.extend(outcomes.values);
        for (template, found) in outcomes.comments {
            comments.add(template, &found);
        }
        let shown = &self.shown;
        let declared = outcomes.declared.into_iter().map(|declared| Declared {
            resource: declared.resource,
            file: declared.template.file,
            group: name(shown),
            environments: job.environments,
            calls: Vec::new(),
            foreign: None,
        });
        (declared.collect(), told)
    }

    /// Adds the chart itself.
    fn declare(&self, comments: &mut Comments, rendered: &mut Made) {
        let resources = rendered.resources.iter();
        let resources: Vec<&Resource> = resources.map(|one| &*one.resource).collect();
        let declaration = Declaration {
            chart: &self.chart,
            values: &rendered.set,
            is_open: rendered.is_open,
            rendered: &rendered.values,
            resources: &resources,
            sources: self.reader.sources,
        };
        let Some(resource) = declaration.resource() else {
            return;
        };
        let file = resource.span().file;
        comments.of_values(&ValuesFile::read(self.reader.sources.get(file)));
        rendered.resources.push(Arc::new(Declared {
            resource: Arc::new(resource),
            file,
            group: name(&self.shown),
            environments: 0,
            calls: Vec::new(),
            foreign: None,
        }));
    }
}

/// The trees of the values of a chart and of all charts in it.
pub(super) fn add_values(chart: &Chart, values: &mut HashMap<FileId, Arc<Tree>>) {
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
pub(super) struct Comments(BTreeMap<FileId, Vec<yaml::Comment>>);

impl Comments {
    pub(super) fn add(&mut self, template: FileId, comments: &[yaml::Comment]) {
        self.0.entry(template).or_default();
        for comment in comments {
            self.0.entry(comment.span.file).or_default().push(*comment);
        }
    }

    pub(super) fn of_values(&mut self, values: &ValuesFile) {
        self.0.insert(values.file.id, values.comments.clone());
    }

    pub(super) fn files(self, sources: &Sources) -> Vec<Text> {
        let files = self.0.into_iter().map(|(file, mut comments)| {
            let place = |comment: &yaml::Comment| -> Span { comment.span };
            comments.sort_by_key(place);
            comments.dedup_by_key(|comment| place(comment));
            Text {
                file: sources.get(file),
                comments,
            }
        });
        files.collect()
    }
}
