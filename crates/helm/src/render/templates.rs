//! The templates of all charts of a rendering, in the order in which Helm reads and runs them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::partial;
use super::table::as_values;
use super::top::{Shared, set_template};
use super::{Options, Ran, Rendered, TemplateFiles};
use crate::chart::{Chart, ChartFile, Contents};
use crate::dependencies::{InstanceId, Instances};
use crate::run::{Failure, Run, Scope};
use crate::template::{Range, ReadTemplate, TemplateSource};
use crate::value::{Data, Key, Map, MapType, Text, TextBuilder, Value, Watch};
use crate::values::table;

/// A template that takes part.
pub(super) struct Prepared {
    read: Arc<ReadTemplate>,
    /// What it sees as `.`, which all templates of its chart share.
    top: Map,
    base_path: String,
}

/// What a template made.
pub(super) struct Made {
    /// The path of the template.
    pub(super) path: String,
    /// Its text, without what was unfinished when it failed.
    pub(super) text: Text,
}

/// All templates, the deepest first.
pub(super) fn prepare(instances: &Instances<'_>, values: &Map, options: &Options) -> Vec<Prepared> {
    let mut preparation = Preparation {
        instances,
        shared: Shared::new(options),
        templates: BTreeMap::new(),
    };
    let values = Value::new(Data::Map(as_values(values)));
    preparation.add(instances.root(), &values);
    let mut templates: Vec<Prepared> = preparation.templates.into_values().collect();
    templates.sort_by_cached_key(|template| {
        let name = template.read.source.name.clone();
        Reverse((name.matches('/').count(), name))
    });
    templates
}

struct Preparation<'a> {
    instances: &'a Instances<'a>,
    shared: Shared,
    /// By path: of two charts with one path the later counts.
    templates: BTreeMap<String, Prepared>,
}

impl Preparation<'_> {
    fn add(&mut self, id: InstanceId, values: &Value) -> Map {
        let subcharts = Map::new(&MapType::ANY, []);
        let top = self.shared.top(self.instances, id, values, &subcharts);
        let instance = self.instances.get(id);
        for child in &instance.children {
            let name = &self.instances.get(*child).name;
            let inner = values.as_map().and_then(|values| table(values, name));
            let inner = inner.unwrap_or_else(|| Map::new(&MapType::ANY, []));
            let inner = Value::new(Data::Map(as_values(&inner)));
            let seen = self.add(*child, &inner);
            let seen = Value::new(Data::Map(seen));
            subcharts.set(Key::from(name.as_str()), seen);
        }
        let path = self.instances.path(id);
        for file in &instance.chart.templates {
            if takes_part(&instance.chart, file) {
                let name = format!("{path}/{}", file.name);
                let template = Prepared {
                    read: file.kept.read(&name, || template_source(&name, file)),
                    top: as_values(&top),
                    base_path: format!("{path}/templates"),
                };
                self.templates.insert(name, template);
            }
        }
        top
    }
}

/// Of a library only what other charts call.
fn takes_part(chart: &Chart, file: &ChartFile) -> bool {
    !chart.is_library() || is_partial(&file.name)
}

fn is_partial(name: &str) -> bool {
    let last = name.rsplit('/').next();
    last.is_some_and(|last| last.starts_with('_'))
}

fn template_source(name: &str, file: &ChartFile) -> TemplateSource {
    match &file.contents {
        Contents::Text(text) => TemplateSource::of_file(name, text),
        Contents::Bytes(bytes) => TemplateSource {
            name: name.into(),
            text: String::from_utf8_lossy(bytes).into(),
            file: None,
        },
    }
}

/// The templates that can be called by name, and why others can't be read.
pub(super) fn scope(templates: &[Prepared]) -> (Scope, Vec<Failure>) {
    let parsed = templates.iter().flat_map(|template| &template.read.parsed);
    let mut scope = Scope::with_room(parsed.map(Vec::len).sum());
    let mut failures = Vec::new();
    for template in templates {
        match &template.read.parsed {
            Ok(parsed) => scope.add(parsed, None),
            Err(failure) => failures.push(failure.clone()),
        }
    }
    (scope, failures)
}

/// The files of the templates, by path.
pub(super) fn files(templates: &[Prepared]) -> TemplateFiles {
    let sources = templates.iter().map(|template| &template.read.source);
    let files = sources.filter_map(|source| Some((source.name.clone(), source.file?)));
    files.collect()
}

/// Watches what several templates see.
pub(super) fn watch(templates: &[Prepared]) -> Watch {
    let watch = Watch::default();
    for template in templates {
        template.top.watch(&watch);
    }
    watch
}

/// Runs all templates that are not only there for others, and are not left out. One that fails does not end the others.
pub(super) fn execute(
    run: &mut Run,
    templates: &[Prepared],
    left_out: &HashSet<String>,
    rendered: &mut Rendered,
) -> Vec<Made> {
    let failures = &mut rendered.failures;
    let unread: Vec<_> = failures
        .iter()
        .flat_map(|failure| &failure.places)
        .map(|place| place.file.clone())
        .collect();
    let mut made = Vec::new();
    for template in templates {
        let name = &template.read.source.name;
        if is_partial(name) || unread.contains(name) || left_out.contains(name.as_str()) {
            continue;
        }
        let (spent, refused) = (run.spent(), run.overlooked().len());
        set_template(&template.top, name, &template.base_path);
        let dot = Value::new(Data::Map(template.top.clone()));
        // Most templates print about as much as they have.
        let mut out = TextBuilder::with_room(template.read.source.text.len());
        let result = run.with_half(|run| run.execute(name, dot, &mut out));
        // Go writes this where a key is missing, which Helm doesn't want.
        let mut text = out.finish().replace(b"<no value>", &Text::default());
        if let Err(mut failure) = result {
            if failure.places.is_empty() {
                let source = &template.read.source;
                let place = source.failure_place(0, Range::default(), name);
                failure.places.push(place);
            }
            failures.push(failure);
            text = partial::finished(&text);
        }
        let path = name.to_string();
        rendered.ran.push(Ran {
            path: path.clone(),
            called: run.take_called(),
            steps: run.spent() - spent,
            is_refused: run.overlooked().len() > refused,
        });
        made.push(Made { path, text });
    }
    made
}
