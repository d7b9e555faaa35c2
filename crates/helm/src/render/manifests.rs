//! Rendered texts to manifests: what is a hook, and the order of installation.

use std::cmp::Ordering;
use std::path::Path;

use source::{Level, Problem};

use super::head::Head;
use super::lines::with_entries;
use super::split::documents;
use super::templates::Made;
use super::{Rendered, order};
use crate::chart::ChartFile;
use crate::dependencies::{InstanceId, Instances};
use crate::value::{Mark, Place, Text};

/// The annotation that makes a manifest a hook.
pub(super) const HOOK: &str = "helm.sh/hook";

/// What a hook may wait for.
const EVENTS: &[&str] = &[
    "pre-install",
    "post-install",
    "pre-delete",
    "post-delete",
    "pre-upgrade",
    "post-upgrade",
    "pre-rollback",
    "post-rollback",
    "test",
    "test-success",
];

/// The manifests of a chart.
#[derive(Debug, Default)]
pub struct Manifests {
    /// The files below `crds/`, which are no templates.
    pub crds: Vec<Manifest>,
    /// What is installed, in that order.
    pub resources: Vec<Manifest>,
    /// What runs at some events, in the order in which Helm prints it.
    pub hooks: Vec<Manifest>,
}

/// A document of YAML.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// The path of the template, beginning with the name of the chart on top.
    pub path: String,
    /// The text, without space around it.
    pub text: Text,
    /// Its kind.
    pub kind: String,
    /// The events that a hook waits for.
    pub events: Vec<String>,
}

impl Manifest {
    /// Whether it is a hook that tests the release.
    #[must_use]
    pub fn is_test(&self) -> bool {
        let mut events = self.events.iter();
        events.any(|event| event.starts_with("test"))
    }
}

/// Divides what templates made, and sorts it. `left_helm`: what is unknown may stand for any number of lines.
pub(super) fn sort(mut made: Vec<Made>, left_helm: bool, rendered: &mut Rendered) -> Manifests {
    made.retain(|made| !made.path.ends_with("NOTES.txt"));
    made.sort_by(|one, other| one.path.cmp(&other.path));
    let mut manifests = Manifests::default();
    for made in &made {
        for text in documents(&made.text) {
            let (text, read) = match Head::read(&text) {
                Err(message) if left_helm => guessed(text, message),
                read => (text, read),
            };
            match read {
                Ok(head) => manifests.add(&made.path, text, &head, rendered),
                Err(message) => refuse(&made.path, &text, &message, rendered),
            }
        }
    }
    for manifests in [&mut manifests.resources, &mut manifests.hooks] {
        manifests.sort_by(|one, other| in_order(&one.kind, &other.kind));
    }
    manifests
}

/// Which of two kinds is installed first. Those of one kind keep the order of their paths.
pub(crate) fn in_order(one: &str, other: &str) -> Ordering {
    order::compare(one, other)
}

/// A text that is no manifest as it stands, with what is unknown in it for what fits.
fn guessed(text: Text, message: String) -> (Text, Result<Head, String>) {
    if !text.is_unknown() {
        return (text, Err(message));
    }
    let opened = with_entries(&text).unwrap_or(text);
    let head = Head::guess(&opened);
    (opened, head.ok_or(message))
}

impl Manifests {
    fn add(&mut self, path: &str, text: Text, head: &Head, rendered: &mut Rendered) {
        let mut manifest = Manifest {
            path: path.to_owned(),
            text,
            kind: head.kind.clone(),
            events: Vec::new(),
        };
        let Some(events) = head.annotation(HOOK) else {
            self.resources.push(manifest);
            return;
        };
        let events = events.split(',');
        let events = events.map(|event| event.trim().to_lowercase());
        manifest.events = events.collect();
        let mut known = manifest.events.iter();
        if known.all(|event| EVENTS.contains(&event.as_str())) {
            self.hooks.push(manifest);
        } else {
            let message = "Helm leaves this out: it is a hook for an event that there is not";
            let problem = told(path, &manifest.text, Level::Warning, message);
            rendered.problems.push(problem);
        }
    }
}

fn refuse(path: &str, text: &Text, message: &str, rendered: &mut Rendered) {
    rendered.incomplete.insert(path.to_owned());
    let message = format!("YAML parse error on {path}: {message}");
    let problem = told(path, text, Level::Error, &message);
    rendered.refuse(message, Some(problem));
}

/// A problem of a manifest, at the place in a template where its text begins.
fn told(path: &str, text: &Text, level: Level, message: &str) -> Problem {
    let marks = text.pieces().iter().map(|piece| &piece.mark);
    let mut places = marks.flat_map(Mark::places);
    match places.find_map(Place::span) {
        Some(span) => Problem::at(level, "chart-manifest", message, span),
        None => Problem::of(level, "chart-manifest", message, Path::new(path)),
    }
}

/// The files below `crds/` of all charts.
pub(super) fn crds(instances: &Instances<'_>) -> Vec<Manifest> {
    let mut crds = Vec::new();
    add_crds(instances, instances.root(), &mut crds);
    crds
}

fn add_crds(instances: &Instances<'_>, id: InstanceId, crds: &mut Vec<Manifest>) {
    let instance = instances.get(id);
    let path = instances.path(id);
    let files = instance
        .chart
        .files
        .iter()
        .filter(|file| is_crd(&file.name));
    crds.extend(files.map(|file| Manifest {
        path: format!("{path}/{}", file.name),
        text: crd_text(file),
        kind: "CustomResourceDefinition".into(),
        events: Vec::new(),
    }));
    for child in &instance.children {
        add_crds(instances, *child, crds);
    }
}

fn is_crd(name: &str) -> bool {
    let extension = name.rsplit('.').next().unwrap_or_default();
    let known = ["yaml", "yml", "json"];
    let mut known = known.iter();
    name.starts_with("crds/") && known.any(|known| extension.eq_ignore_ascii_case(known))
}

fn crd_text(file: &ChartFile) -> Text {
    match file.text() {
        Some(text) => {
            let mark = Mark::at(Place::Chart(text.span()));
            Text::verbatim(text.text.as_bytes(), mark, 0)
        }
        None => Text::from(file.bytes()),
    }
}
