//! Charts as they take part in one rendering. A chart that is needed under two names is there twice.

use std::sync::Arc;

use source::Problem;
use thiserror::Error;

use crate::chart::{Chart, Dependency};
use crate::run::Decisions;
use crate::semver::{Constraint, Version};
use crate::value::{Data, Map, MapType, Mark};
use crate::values::{Layers, Mode, Origin, Tables, TypeMismatch, coalesce, read_tree};

/// The most charts that one rendering may have: each alias makes copies of all charts below it.
const MOST: usize = 2_000;

/// A chart of one [`Instances`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InstanceId(usize);

/// A declaration of one [`Instances`].
pub(super) type DeclaredId = usize;

/// A chart as it takes part in a rendering.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The chart.
    pub chart: Arc<Chart>,
    /// Its name or alias.
    pub name: String,
    /// Its own values, with those that it takes over from charts in it.
    pub values: Map,
    /// The charts in it that are wanted.
    pub children: Vec<InstanceId>,
    /// The chart that it stands in.
    pub parent: Option<InstanceId>,
    /// What it declares to need. Copies under other names share the declarations, and what becomes of them.
    pub(super) declared: Option<Vec<DeclaredId>>,
}

/// What a chart declares to need, as far as it was looked at.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The declaration.
    pub dependency: Dependency,
    /// The name, which the alias replaces when the declaration was looked at.
    pub name: String,
    /// Whether it is wanted.
    pub enabled: bool,
    /// Whether its values were taken over: that happens once.
    pub(super) imported: bool,
}

/// The charts of one rendering.
#[derive(Debug)]
pub struct Instances<'a> {
    pub(super) all: Vec<Instance>,
    pub(super) declared: Vec<Declared>,
    pub(super) tables: Tables,
    /// Which charts are wanted although that can't be known.
    pub decisions: Decisions,
    /// Why no value can be known for certain.
    pub open: Mark,
    sources: &'a source::Sources,
}

/// Why the charts can't be put together.
#[derive(Debug, Error)]
pub enum Refusal {
    /// What is set for a chart is no map.
    #[error(transparent)]
    Mismatch(#[from] TypeMismatch),
    /// There are too many charts.
    #[error("more than {MOST} charts take part, copies for aliases included")]
    TooMany,
}

impl<'a> Instances<'a> {
    /// The charts as they were read, the first of them on top.
    ///
    /// # Errors
    /// When there are too many.
    pub fn new(chart: &Arc<Chart>, sources: &'a source::Sources) -> Result<Self, Refusal> {
        let mut instances = Self {
            all: Vec::new(),
            declared: Vec::new(),
            tables: Tables::default(),
            decisions: Decisions::default(),
            open: Mark::default(),
            sources,
        };
        instances.add_chart(chart, None)?;
        Ok(instances)
    }

    /// The chart on top.
    #[must_use]
    pub fn root(&self) -> InstanceId {
        InstanceId(0)
    }

    /// A chart.
    #[must_use]
    pub fn get(&self, id: InstanceId) -> &Instance {
        &self.all[id.0]
    }

    /// What a chart declares to need and what is wanted of it.
    pub fn declared(&self, id: InstanceId) -> impl Iterator<Item = &Declared> {
        let declared = self.get(id).declared.iter().flatten();
        declared.map(|declared| &self.declared[*declared])
    }

    /// The path of a chart among the templates, such as `umbrella/charts/db`.
    #[must_use]
    pub fn path(&self, id: InstanceId) -> String {
        let instance = self.get(id);
        match instance.parent {
            Some(parent) => format!("{}/charts/{}", self.path(parent), instance.name),
            None => instance.name.clone(),
        }
    }

    /// All values of a chart, with those that are set on top.
    ///
    /// # Errors
    /// When something that is no map is set for a chart in it.
    pub fn coalesce(&mut self, id: InstanceId, set: &Map, mode: Mode) -> Result<Map, Refusal> {
        let mut tables = std::mem::take(&mut self.tables);
        let view = View {
            instances: self,
            id,
        };
        let values = coalesce(&view, set, mode, &mut tables);
        self.tables = tables;
        Ok(values?)
    }

    /// What was noted while values were put together.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.tables.problems
    }

    pub(super) fn get_mut(&mut self, id: InstanceId) -> &mut Instance {
        &mut self.all[id.0]
    }

    pub(super) fn add(&mut self, instance: Instance) -> Result<InstanceId, Refusal> {
        if self.all.len() >= MOST {
            return Err(Refusal::TooMany);
        }
        self.all.push(instance);
        Ok(InstanceId(self.all.len() - 1))
    }

    fn add_chart(
        &mut self,
        chart: &Arc<Chart>,
        parent: Option<InstanceId>,
    ) -> Result<InstanceId, Refusal> {
        let declared = chart.metadata.dependencies.as_ref();
        let declared = declared.map(|all| all.iter().map(|one| self.declare(one)).collect());
        let values = self.own_values(chart);
        let id = self.add(Instance {
            chart: Arc::clone(chart),
            name: chart.name().to_owned(),
            values,
            children: Vec::new(),
            parent,
            declared,
        })?;
        for child in &chart.dependencies {
            let child = self.add_chart(child, Some(id))?;
            self.get_mut(id).children.push(child);
        }
        Ok(id)
    }

    fn declare(&mut self, dependency: &Dependency) -> DeclaredId {
        self.declared.push(Declared {
            dependency: dependency.clone(),
            name: dependency.name.value.clone(),
            enabled: dependency.enabled,
            imported: false,
        });
        self.declared.len() - 1
    }

    fn own_values(&self, chart: &Chart) -> Map {
        let empty = || Map::new(&MapType::ANY, []);
        let Some(tree) = &chart.values else {
            return empty();
        };
        let span = tree.node(graph::NodeId::ROOT).span;
        let file = self.sources.get(span.file);
        match read_tree(tree, &file, Origin::Values).data {
            Data::Map(map) => map,
            _ => empty(),
        }
    }
}

/// A chart with those that it stands among.
struct View<'a> {
    instances: &'a Instances<'a>,
    id: InstanceId,
}

impl Layers for View<'_> {
    fn name(&self) -> &str {
        &self.instances.get(self.id).name
    }

    fn values(&self) -> &Map {
        &self.instances.get(self.id).values
    }

    fn children(&self) -> Vec<Self> {
        let children = self.instances.get(self.id).children.iter();
        let view = |id: &InstanceId| Self {
            instances: self.instances,
            id: *id,
        };
        children.map(view).collect()
    }
}

/// Whether a version is one that a constraint asks for; not if one of them can't be read.
#[must_use]
pub(crate) fn is_compatible(constraint: &str, version: &str) -> bool {
    match (Constraint::parse(constraint), Version::parse(version)) {
        (Ok(constraint), Ok(version)) => constraint.holds(&version),
        _ => false,
    }
}
