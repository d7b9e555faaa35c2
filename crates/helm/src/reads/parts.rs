//! The charts of a rendering, wanted or not, and where their values stand in those of the chart on top.

use std::sync::Arc;

use smol_str::SmolStr;

use super::paths::{Path, Paths, Step};
use super::seen::PartId;
use crate::chart::{Chart, Dependency, Import};

/// The most charts that are looked at.
const MOST: usize = 2_000;

/// The key whose values all charts see.
const GLOBAL: &str = "global";

/// A chart under one of its names.
pub(super) struct Part {
    pub(super) chart: Arc<Chart>,
    /// Where its values stand.
    pub(super) prefix: Path,
    /// The charts in it by their names.
    pub(super) children: Vec<(SmolStr, PartId)>,
}

/// All charts, that on top first.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) all: Vec<Part>,
    /// Whether there are more than are looked at.
    pub(super) are_too_many: bool,
}

impl Parts {
    pub(super) fn of(chart: &Arc<Chart>) -> Self {
        let mut parts = Self::default();
        parts.add(chart, &[]);
        parts
    }

    fn add(&mut self, chart: &Arc<Chart>, prefix: &[Step]) -> PartId {
        let id = self.all.len();
        self.all.push(Part {
            chart: Arc::clone(chart),
            prefix: prefix.to_vec(),
            children: Vec::new(),
        });
        for child in &chart.dependencies {
            for name in names(chart, child.name()) {
                if self.all.len() >= MOST {
                    self.are_too_many = true;
                    return id;
                }
                let part = self.add(child, &below(prefix, [name.as_str()]));
                self.all[id].children.push((name, part));
            }
        }
        id
    }

    /// The places where a value may be written that is read at a path: what is global for a chart is so for those in it.
    pub(super) fn sources(&self, path: &[Step]) -> Vec<Path> {
        let global = key(GLOBAL);
        let mut sources = vec![path.to_vec()];
        let is_part = |prefix: &[Step]| self.all.iter().any(|part| part.prefix == prefix);
        let mut steps = path.iter();
        let at = steps.position(|step| *step == global).unwrap_or_default();
        if at > 0 && is_part(&path[..at]) {
            let above = (0..at).filter(|end| is_part(&path[..*end]));
            sources.extend(above.map(|end| [&path[..end], &path[at..]].concat()));
        }
        sources
    }

    /// What Helm itself reads of the values, and what is read by charts that are not there.
    pub(super) fn read_declarations(&self, paths: &mut Paths) {
        for part in &self.all {
            paths.add_whole(&below(&part.prefix, ["tags"]));
            for declared in part.chart.metadata.dependencies.iter().flatten() {
                self.read_declaration(part, declared, paths);
            }
        }
    }

    fn read_declaration(&self, part: &Part, declared: &Dependency, paths: &mut Paths) {
        let conditions = declared.condition.value.split(',');
        for condition in conditions.map(str::trim).filter(|path| !path.is_empty()) {
            let path = below(&part.prefix, condition.split('.'));
            let sources = self.sources(&path);
            sources.iter().for_each(|source| paths.add(source));
        }
        let name = &declared.key().value;
        let inner = below(&part.prefix, [name.as_str()]);
        let mut children = part.children.iter();
        if !children.any(|(known, _)| known == name) {
            paths.add_whole(&inner);
            let global = below(&part.prefix, [GLOBAL]);
            paths.add_whole(&global);
            paths.add_whole(&[key(GLOBAL)]);
        }
        for import in &declared.import_values {
            let child = match &import.value {
                Import::Export(export) => format!("exports.{export}"),
                Import::Path { child, .. } => child.clone(),
                Import::Other => continue,
            };
            paths.add_whole(&below(&inner, child.split('.')));
        }
    }
}

fn key(name: &str) -> Step {
    Step::Key(SmolStr::new(name))
}

fn below<'a>(path: &[Step], names: impl IntoIterator<Item = &'a str>) -> Path {
    let names = names.into_iter().map(key);
    path.iter().cloned().chain(names).collect()
}

/// The names that a chart has in another one.
fn names(outer: &Chart, name: &str) -> Vec<SmolStr> {
    let declared = outer.metadata.dependencies.iter().flatten();
    let own = declared.filter(|declared| declared.name.value == name);
    let mut names: Vec<SmolStr> = own
        .map(|declared| SmolStr::new(&declared.key().value))
        .collect();
    if names.is_empty() {
        names.push(name.into());
    }
    names
}
