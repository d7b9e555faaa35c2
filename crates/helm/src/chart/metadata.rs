//! What `Chart.yaml` says of a chart.

use source::Span;

/// Something that is written in a file of the chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written<T = String> {
    /// What is written; empty where nothing is.
    pub value: T,
    /// Where it is written.
    pub span: Option<Span>,
}

/// What `Chart.yaml` says, under the names that Helm has for it.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// `apiVersion`; `v1` where nothing is written.
    pub api_version: Written,
    /// `name`.
    pub name: Written,
    /// `version`.
    pub version: Written,
    /// `kubeVersion`: a constraint.
    pub kube_version: Written,
    /// `description`.
    pub description: Written,
    /// `type`: `application`, `library` or nothing.
    pub kind: Written,
    /// `keywords`.
    pub keywords: Vec<Written>,
    /// `home`.
    pub home: Written,
    /// `sources`.
    pub sources: Vec<Written>,
    /// `dependencies`, also those of `requirements.yaml`. Nothing where none is declared, which is not the same as an empty
    /// list.
    pub dependencies: Option<Vec<Dependency>>,
    /// `maintainers`.
    pub maintainers: Vec<Maintainer>,
    /// `icon`.
    pub icon: Written,
    /// `appVersion`.
    pub app_version: Written,
    /// `deprecated`.
    pub deprecated: Written<bool>,
    /// `annotations`: keys and values.
    pub annotations: Vec<(Written, Written)>,
    /// `condition`.
    pub condition: Written,
    /// `tags`.
    pub tags: Written,
}

/// Who looks after a chart.
#[derive(Clone, Debug, Default)]
pub struct Maintainer {
    /// `name`.
    pub name: Written,
    /// `email`.
    pub email: Written,
    /// `url`.
    pub url: Written,
}

/// A chart that another one declares to need.
#[derive(Clone, Debug, Default)]
pub struct Dependency {
    /// `name`.
    pub name: Written,
    /// `version`: a constraint.
    pub version: Written,
    /// `repository`.
    pub repository: Written,
    /// `condition`: paths of values, separated by commas.
    pub condition: Written,
    /// `tags`.
    pub tags: Vec<Written>,
    /// `enabled`.
    pub enabled: bool,
    /// `import-values`.
    pub import_values: Vec<Written<Import>>,
    /// `alias`.
    pub alias: Written,
    /// The whole declaration.
    pub span: Option<Span>,
}

/// Values that a chart takes over from one that it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Import {
    /// Those below `exports.NAME`, into the root of the chart's own.
    Export(String),
    /// Those below `child`, to the path `parent`.
    Path {
        /// The path in the values of the needed chart.
        child: String,
        /// The path in the chart's own values; `.` for their root.
        parent: String,
    },
    /// Anything else, which Helm passes over.
    Other,
}

impl Default for Import {
    fn default() -> Self {
        Self::Export(String::new())
    }
}

impl Dependency {
    /// The name that the chart has among the values.
    #[must_use]
    pub fn key(&self) -> &Written {
        match self.alias.value.is_empty() {
            true => &self.name,
            false => &self.alias,
        }
    }
}
