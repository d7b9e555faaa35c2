//! Where directives apply, and which apply to a finding.

use foldhash::{HashMap, HashSet};
use graph::ResourceId;
use smol_str::SmolStr;
use source::FileId;

use super::pattern;
use super::place::{Lines, files, lines};
use crate::finding::Placed;
use crate::overrides::Patterns;
use crate::project::Project;

/// Where a directive applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Nowhere: nothing follows it that it could be for.
    Nowhere,
    /// To what stands on a line.
    Line(FileId, u32),
    /// To what begins on a line, and all in it.
    Below(FileId, u32),
    /// To a whole file.
    File(FileId),
    /// To a whole resource.
    Resource(ResourceId),
    /// To what a filter of the configuration lets through.
    Filter(usize),
}

/// What an entry of the configuration says of resources.
#[derive(Debug)]
pub(super) struct Filter {
    pub(super) address: Option<String>,
    pub(super) path: Option<Patterns>,
}

impl Filter {
    pub(super) fn matches(&self, project: &Project, id: ResourceId) -> bool {
        let address = &project.graph.resource(id).address;
        self.address
            .as_ref()
            .is_none_or(|pattern| pattern::matches(pattern, address))
            && self
                .path
                .as_ref()
                .is_none_or(|globs| globs.matches(&project.file(id).file.path))
    }
}

/// The scopes of all directives, by where they are.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    lines: HashMap<(FileId, u32), Vec<usize>>,
    below: HashMap<(FileId, u32), Vec<usize>>,
    /// The files that the lines above are of.
    with_lines: HashSet<FileId>,
    files: HashMap<FileId, Vec<usize>>,
    resources: HashMap<ResourceId, Vec<usize>>,
    filters: Vec<Filter>,
    /// The filters of the configuration's directives, by check.
    filtered: HashMap<SmolStr, Vec<(usize, usize)>>,
    /// Directives of the configuration for something that was not scanned.
    unmet: HashSet<usize>,
}

impl Scopes {
    /// Says where the directive `index` for `checks` applies.
    pub(super) fn add(&mut self, scope: Scope, index: usize, checks: &[SmolStr]) {
        match scope {
            Scope::Nowhere => {}
            Scope::Line(file, line) => {
                self.with_lines.insert(file);
                self.lines.entry((file, line)).or_default().push(index);
            }
            Scope::Below(file, line) => {
                self.with_lines.insert(file);
                self.below.entry((file, line)).or_default().push(index);
            }
            Scope::File(file) => self.files.entry(file).or_default().push(index),
            Scope::Resource(id) => self.resources.entry(id).or_default().push(index),
            Scope::Filter(filter) => {
                for check in checks {
                    self.filtered
                        .entry(check.clone())
                        .or_default()
                        .push((filter, index));
                }
            }
        }
    }

    pub(super) fn add_filter(&mut self, filter: Filter) -> Scope {
        self.filters.push(filter);
        Scope::Filter(self.filters.len() - 1)
    }

    /// Says that nothing was scanned that the directive could be for.
    pub(super) fn set_unmet(&mut self, index: usize) {
        self.unmet.insert(index);
    }

    /// Whether something was scanned that a directive could be for.
    pub(super) fn is_met(&self, index: usize) -> bool {
        !self.unmet.contains(&index)
    }

    /// The directives that apply to a whole resource.
    pub(super) fn of_resource(&self, id: ResourceId) -> &[usize] {
        self.resources.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The directives that apply to the place of a finding, other than those to whole resources; some may come twice.
    pub(super) fn around(&self, project: &Project, placed: &Placed) -> Vec<usize> {
        let of_finding = files(project, placed);
        let mut found = Vec::new();
        if of_finding.iter().any(|file| self.with_lines.contains(file)) {
            let Lines { own, begins } = lines(project, placed);
            found.extend(own.iter().filter_map(|line| self.lines.get(line)).flatten());
            found.extend(
                begins
                    .iter()
                    .filter_map(|line| self.below.get(line))
                    .flatten(),
            );
        }
        let whole = of_finding.iter().filter_map(|file| self.files.get(file));
        found.extend(whole.flatten());
        let filtered = self
            .filtered
            .get(&placed.finding.check.id)
            .into_iter()
            .flatten();
        let filtered =
            filtered.filter(|(filter, _)| self.filters[*filter].matches(project, placed.id));
        found.extend(filtered.map(|(_, index)| index));
        found
    }
}
