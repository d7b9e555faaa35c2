//! What a query is asked of.

use std::borrow::Cow;
use std::path::Path;

use check::{Check, Severity};
use smol_str::SmolStr;

use super::pattern::contains;
use crate::report::{Finding, Presence, VerdictRow};
use crate::workspace::Surveyed;

/// A finding, a verdict or a resource, as queries see it.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// The check, if there is one.
    pub check: Option<&'a Check>,
    /// The severity; of a resource, that of its worst finding.
    pub severity: Option<Severity>,
    /// The address of the resource.
    pub address: &'a str,
    /// Its kind.
    pub kind: &'a str,
    /// Its namespace.
    pub namespace: Option<&'a str>,
    /// Its name.
    pub name: &'a str,
    /// The environments in which it holds; in all where there are none.
    pub environments: Cow<'a, [SmolStr]>,
    /// The format of the resource.
    pub format: &'a str,
    /// The file.
    pub path: Cow<'a, Path>,
    /// The message of a finding.
    pub message: &'a str,
    /// Whether a suppression hides it.
    pub is_suppressed: bool,
    /// Whether it exists only under an unknown condition.
    pub is_conditional: bool,
    /// Where it holds, if both files and a cluster were read.
    pub presence: Option<Presence>,
}

impl<'a> Candidate<'a> {
    /// A finding.
    #[must_use]
    pub fn of(finding: &'a Finding) -> Self {
        let resource = &finding.resource;
        Self {
            check: Some(&finding.check),
            severity: Some(finding.severity),
            address: &resource.address,
            kind: &resource.kind,
            namespace: resource.namespace.as_deref(),
            name: &resource.name,
            environments: Cow::Borrowed(&finding.environments),
            format: &resource.format,
            path: Cow::Borrowed(&resource.file),
            message: &finding.message,
            is_suppressed: false,
            is_conditional: finding.conditional,
            presence: finding.presence,
        }
    }

    /// A finding that is suppressed.
    #[must_use]
    pub fn of_suppressed(finding: &'a Finding) -> Self {
        Self {
            is_suppressed: true,
            ..Self::of(finding)
        }
    }

    /// A verdict without a finding.
    pub(super) fn of_verdict(row: &'a VerdictRow) -> Self {
        let resource = &row.resource;
        Self {
            check: Some(&row.check),
            severity: Some(row.check.severity),
            address: &resource.address,
            kind: &resource.kind,
            namespace: resource.namespace.as_deref(),
            name: &resource.name,
            environments: Cow::Borrowed(&[]),
            format: &resource.format,
            path: Cow::Borrowed(&resource.file),
            message: "",
            is_suppressed: false,
            is_conditional: false,
            presence: None,
        }
    }

    /// A resource, with the severity of its worst finding.
    #[must_use]
    pub fn of_resource(resource: &'a Surveyed, worst: Option<Severity>, path: &'a Path) -> Self {
        let environment = resource.environment.as_ref();
        Self {
            check: None,
            severity: worst,
            address: &resource.address,
            kind: &resource.kind,
            namespace: resource.namespace.as_deref(),
            name: &resource.name,
            environments: environment.map_or(&[][..], std::slice::from_ref).into(),
            format: resource.format,
            path: path.into(),
            message: "",
            is_suppressed: false,
            is_conditional: false,
            presence: None,
        }
    }

    /// Whether a text in small letters occurs in what names or tells it.
    pub(super) fn contains(&self, text: &str) -> bool {
        self.texts().iter().any(|hay| contains(hay, text))
    }

    /// What names or tells it.
    pub(super) fn texts(&self) -> [Cow<'_, str>; 4] {
        let check = self.check.map_or("", |check| &check.id);
        let path = self.path.to_string_lossy();
        [check.into(), self.address.into(), self.message.into(), path]
    }
}
