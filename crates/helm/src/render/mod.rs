//! Charts to manifests, as `helm template` makes them.

mod capabilities;
mod description;
mod files;
mod head;
mod lines;
mod manifests;
mod name;
mod order;
mod partial;
mod split;
mod table;
mod templates;
mod text;
mod top;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use graph::{Piece, Unknown};
use smol_str::SmolStr;
use source::{FileId, Level, Problem, Sources, Span};

use crate::chart::Chart;
use crate::dependencies::{Instances, is_compatible};
use crate::run::{self, Decision, Decisions, Failure, Run};
use crate::schema;
use crate::value::{Map, Mark};
use crate::values::{Mode, tainted_map};

pub use capabilities::{Capabilities, InvalidVersion, KubeVersion};
pub(crate) use manifests::in_order;
pub use manifests::{Manifest, Manifests};
pub use name::{is_valid_name, name_of};
pub use text::{Show, TextOptions, Unprintable};

/// The code of problems that say that a template failed.
pub const FAILED: &str = "chart-template";

/// What a chart is rendered for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The release.
    pub release: Release,
    /// The cluster.
    pub capabilities: Capabilities,
    /// How the run differs from Helm's.
    pub run: run::Options,
    /// Why nothing is known of the values for certain: further ones are set that are unknown.
    pub open_values: Option<Arc<Unknown>>,
}

/// The release of a chart.
#[derive(Clone, Debug)]
pub struct Release {
    /// Its name.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// Whether the namespace is only assumed, so that what rests on it can't be known.
    pub assumes_namespace: bool,
    /// Where the name is written, and what of it is known.
    pub written_name: Option<Written>,
    /// Where the namespace is written, and what of it is known.
    pub written_namespace: Option<Written>,
    /// Whether the chart is installed already.
    pub is_upgrade: bool,
}

/// A text that a file sets.
#[derive(Clone, Debug)]
pub struct Written {
    /// Where it stands.
    pub span: Span,
    /// Its pieces, of which some may be unknown.
    pub pieces: Vec<Piece>,
}

impl Default for Release {
    /// What `helm template` takes where nothing is said.
    fn default() -> Self {
        Self {
            name: "release-name".into(),
            namespace: "default".into(),
            assumes_namespace: false,
            written_name: None,
            written_namespace: None,
            is_upgrade: false,
        }
    }
}

/// What became of a chart.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The manifests. Those of templates that failed are here as far as they were finished.
    pub manifests: Manifests,
    /// What is wrong. Where a problem is an error, Helm renders nothing at all.
    pub problems: Vec<Problem>,
    /// Why templates failed, in the order in which Helm would meet it.
    pub failures: Vec<Failure>,
    /// The paths of templates of which not all manifests are here.
    pub incomplete: BTreeSet<String>,
    /// The conditions that can't be known, and what was taken for their answers.
    pub decisions: Vec<Decision>,
    /// What running the templates cost, in steps.
    pub steps: u64,
    /// Why Helm refuses the chart although all templates could be rendered: the first reason, in its words.
    pub refusal: Option<String>,
    /// The templates that were run.
    pub(crate) ran: Vec<Ran>,
    /// Whether each template gave what it gives whatever the others do: none failed, decided what can't be known, or changed
    /// what others see.
    pub(crate) is_apart: bool,
}

/// A template that was run.
#[derive(Debug)]
pub(crate) struct Ran {
    /// Its path, beginning with the name of the chart on top.
    pub(crate) path: String,
    /// The templates of files that it called.
    pub(crate) called: BTreeSet<SmolStr>,
    /// What it cost, in steps.
    pub(crate) steps: u64,
    /// Whether Helm refuses something in it.
    pub(crate) is_refused: bool,
}

/// The files of templates, by their paths beginning with the name of the chart on top.
pub(crate) type TemplateFiles = HashMap<SmolStr, FileId>;

/// Which templates need not be run, as it is known what they give.
pub(crate) type LeftOut<'a> = dyn Fn(&TemplateFiles) -> HashSet<String> + 'a;

impl Rendered {
    fn refuse(&mut self, message: String, problem: Option<Problem>) {
        self.problems.extend(problem);
        self.refusal.get_or_insert(message);
    }
}

/// Renders a chart with the values that a user sets.
#[must_use]
pub fn render(chart: &Arc<Chart>, set: &Map, sources: &Sources, options: &Options) -> Rendered {
    render_but(chart, set, sources, options, &|_| HashSet::new())
}

/// Renders a chart as [`render`] does, without some of its templates.
pub(crate) fn render_but(
    chart: &Arc<Chart>,
    set: &Map,
    sources: &Sources,
    options: &Options,
    left_out: &LeftOut<'_>,
) -> Rendered {
    let mut rendered = Rendered::default();
    refuse_uninstallable(chart, &mut rendered);
    let chosen = (options, left_out);
    if let Err(refusal) = render_into(chart, set, sources, chosen, &mut rendered) {
        let problem = of_chart(chart, "chart-values", &refusal);
        rendered.refuse(refusal, Some(problem));
        // What can't be put together with the charts in it is there by itself. The reason is told already.
        let _ = render_into(&alone(chart), set, sources, chosen, &mut rendered);
        rendered.is_apart = false;
    }
    rendered
}

/// The chart without those in it.
fn alone(chart: &Chart) -> Arc<Chart> {
    let mut alone = chart.clone();
    alone.dependencies.clear();
    alone.metadata.dependencies = None;
    Arc::new(alone)
}

fn render_into(
    chart: &Arc<Chart>,
    set: &Map,
    sources: &Sources,
    (options, left_out): (&Options, &LeftOut<'_>),
    rendered: &mut Rendered,
) -> Result<(), String> {
    let mut instances = Instances::new(chart, sources).map_err(|error| error.to_string())?;
    let open = options.open_values.as_deref();
    let open = open.map(|unknown| Mark::unknown(Rc::new(unknown.clone())));
    instances.decisions = Decisions::answering(&options.run.answers);
    instances.open = open.clone().unwrap_or_default();
    let processed = instances.process(set);
    processed.map_err(|error| error.to_string())?;
    let values = instances.coalesce(instances.root(), set, Mode::Coalesce);
    let mut values = values.map_err(|error| error.to_string())?;
    if let Some(open) = &open {
        values = tainted_map(&values, open);
    }
    rendered.problems.extend_from_slice(instances.problems());
    for violation in schema::validate(&instances, instances.root(), &values) {
        rendered.refuse(violation.message, Some(violation.problem));
    }
    refuse_version(chart, options, rendered);
    let prepared = templates::prepare(&instances, &values, options);
    let (scope, failures) = templates::scope(&prepared);
    rendered.failures = failures;
    let decisions = std::mem::take(&mut instances.decisions);
    let mut run = Run::new(scope, options.run.clone()).after(decisions);
    let left_out = left_out(&templates::files(&prepared));
    let watch = templates::watch(&prepared);
    let texts = templates::execute(&mut run, &prepared, &left_out, rendered);
    let failed = rendered.failures.iter().filter_map(Failure::template);
    rendered.incomplete = failed.map(str::to_owned).collect();
    rendered.decisions = run.decisions().to_vec();
    rendered.steps = run.spent();
    let problems = rendered.problems.len();
    rendered.manifests = manifests::sort(texts, run.left_helm(), rendered);
    rendered.is_apart = !watch.is_changed()
        && rendered.decisions.is_empty()
        && rendered.failures.is_empty()
        && rendered.incomplete.is_empty()
        && rendered.problems.len() == problems;
    rendered.manifests.crds = manifests::crds(&instances);
    add_problems(&run, chart, rendered);
    Ok(())
}

/// Tells what Helm asks of a chart before it looks at any value.
fn refuse_uninstallable(chart: &Chart, rendered: &mut Rendered) {
    let kind = &chart.metadata.kind.value;
    if !matches!(kind.as_str(), "" | "application") {
        let message = format!("{kind} charts are not installable");
        let problem = of_chart(chart, "chart-library", &message);
        rendered.refuse(message, Some(problem));
    }
    let declared = chart.metadata.dependencies.iter().flatten();
    let missing: Vec<_> = declared
        .filter(|declared| {
            let name = &declared.name.value;
            let mut present = chart.dependencies.iter();
            chart.unbuilt.contains(name) || !present.any(|present| present.name() == name)
        })
        .collect();
    if missing.is_empty() {
        return;
    }
    let names: Vec<&str> = missing.iter().map(|one| one.name.value.as_str()).collect();
    let message = format!(
        "found in Chart.yaml, but missing in charts/ directory: {}",
        names.join(", ")
    );
    rendered.refuse(message, None);
    for declared in missing {
        let name = &declared.name.value;
        let (level, message) = match chart.unbuilt.contains(name) {
            true => (
                Level::Warning,
                format!("the chart {name} is read from its repository, but is not in `charts/`"),
            ),
            false => (
                Level::Error,
                format!("the chart {name} is not in `charts/`, so nothing of it is rendered"),
            ),
        };
        let problem = match declared.span {
            Some(span) => Problem::at(level, "missing-dependency", message, span),
            None => Problem::of(level, "missing-dependency", message, &chart.path),
        };
        let help = "run `helm dependency build`";
        rendered.problems.push(problem.with_help(help));
    }
}

fn refuse_version(chart: &Chart, options: &Options, rendered: &mut Rendered) {
    let wanted = &chart.metadata.kube_version;
    let version = &options.capabilities.version.version;
    if wanted.value.is_empty() || is_compatible(&wanted.value, version) {
        return;
    }
    let message = format!(
        "chart requires kubeVersion: {} which is incompatible with Kubernetes {version}",
        wanted.value
    );
    let problem = match wanted.span {
        Some(span) => Problem::at(Level::Error, "chart-version", &message, span),
        None => of_chart(chart, "chart-version", &message),
    };
    rendered.refuse(message, Some(problem));
}

fn of_chart(chart: &Chart, code: &'static str, message: &str) -> Problem {
    match chart.metadata.name.span {
        Some(span) => Problem::at(Level::Error, code, message, span),
        None => Problem::of(Level::Error, code, message, &chart.path),
    }
}

fn add_problems(run: &Run, chart: &Chart, rendered: &mut Rendered) {
    let inner = |failure: &Failure| failure.places.iter().find_map(|place| place.span);
    let failures = rendered
        .failures
        .iter()
        .map(|failure| (inner(failure), failure));
    let overlooked = run
        .overlooked()
        .iter()
        .map(|(place, failure)| (*place, failure));
    let problems = failures.chain(overlooked);
    let problems: Vec<Problem> = problems
        .map(|(place, failure)| problem(place, failure, chart))
        .collect();
    rendered.problems.extend(problems);
}

/// A failure as a problem at its place in a file.
fn problem(place: Option<Span>, failure: &Failure, chart: &Chart) -> Problem {
    match place {
        Some(span) => Problem::at(Level::Error, FAILED, &failure.cause, span),
        None => of_chart(chart, FAILED, &failure.cause),
    }
}
