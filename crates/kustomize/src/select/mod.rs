//! Selecting objects: by patterns for kind, name and namespace, and by labels and annotations.

mod labels;

use std::rc::Rc;

use go::regexp::Pattern;
use smol_str::SmolStr;

pub(crate) use labels::LabelSelector;

use crate::kustomization::Selector;
use crate::resources::{Resource, annotations, labels};

/// A selector whose parts are patterns.
pub(crate) struct Matcher {
    group: Option<Rc<Pattern>>,
    version: Option<Rc<Pattern>>,
    kind: Option<Rc<Pattern>>,
    name: Option<Rc<Pattern>>,
    namespace: Option<Rc<Pattern>>,
    labels: LabelSelector,
    annotations: LabelSelector,
}

impl Matcher {
    /// Reads the patterns of a selector.
    ///
    /// # Errors
    /// When one of them can't be read.
    pub(crate) fn of(selector: &Selector) -> Result<Self, String> {
        Ok(Self {
            group: pattern(&selector.group)?,
            version: pattern(&selector.version)?,
            kind: pattern(&selector.kind)?,
            name: pattern(&selector.name)?,
            namespace: pattern(&selector.namespace)?,
            labels: LabelSelector::read(&selector.labels)?,
            annotations: LabelSelector::read(&selector.annotations)?,
        })
    }

    /// Whether an object is selected: by the name and namespace that it has, or had at first.
    pub(crate) fn matches(&self, resource: &Resource) -> bool {
        let (now, first) = (resource.id(), resource.original_id());
        let names = [&first.name, &now.name];
        let namespaces = [first.effective_namespace(), now.effective_namespace()];
        namespaces
            .iter()
            .any(|text| is_match(self.namespace.as_ref(), text))
            && names.iter().any(|text| is_match(self.name.as_ref(), text))
            && is_match(self.group.as_ref(), &now.kinds.group)
            && is_match(self.version.as_ref(), &now.kinds.version)
            && is_match(self.kind.as_ref(), &now.kinds.kind)
            && self.labels.matches(labels(resource.node()))
            && self.annotations.matches(annotations(resource.node()))
    }
}

/// A pattern for a whole text.
fn pattern(text: &SmolStr) -> Result<Option<Rc<Pattern>>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let pattern = Pattern::compiled(&format!("^(?:{text})$"));
    let pattern = pattern.map_err(|error| format!("`{text}` is no pattern: {error}"))?;
    Ok(Some(pattern))
}

/// Whether a pattern matches; a search that takes too long matches nothing.
fn is_match(pattern: Option<&Rc<Pattern>>, text: &str) -> bool {
    pattern.is_none_or(|pattern| matches!(pattern.first(text), Ok(Some(_))))
}
