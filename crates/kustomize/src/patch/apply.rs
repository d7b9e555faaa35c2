//! Applying patches to the objects that they are for.

use source::Span;

use super::load::Content;
use super::merge::Merge;
use super::operations::{Operation, apply as apply_operations};
use crate::context::Context;
use crate::kustomization::{Patch, Selector};
use crate::node::{Data, Node, Scalar, Tag};
use crate::resources::{Resource, ResourceMap, set_namespace, tidy_annotations, tidy_labels};
use crate::select::Matcher;

/// A patch with the objects that it is for.
#[derive(Clone, Debug)]
pub(crate) struct Patched {
    content: Content,
    target: Option<Selector>,
    mode: Mode,
    allows_name_change: bool,
    allows_kind_change: bool,
    span: Span,
}

/// Which transformer of kustomize applies a patch; they differ in small ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// `patches`
    Any,
    /// `patchesStrategicMerge`
    Merge,
    /// `patchesJson6902`
    Operations,
}

impl Patched {
    /// An entry of `patches`.
    pub(crate) fn of(patch: &Patch, content: Content) -> Self {
        Self {
            content,
            target: patch.target.clone(),
            mode: Mode::Any,
            allows_name_change: patch.allows_name_change,
            allows_kind_change: patch.allows_kind_change,
            span: patch.span,
        }
    }

    /// The same, applied by another transformer.
    pub(super) fn by(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    /// The objects of `patchesStrategicMerge`.
    pub(crate) fn merging(content: Content, span: Span) -> Self {
        Self {
            content,
            target: None,
            mode: Mode::Merge,
            allows_name_change: false,
            allows_kind_change: false,
            span,
        }
    }

    /// Changes the objects.
    pub(crate) fn apply(&self, context: &Context<'_>, resources: &mut ResourceMap) {
        match (&self.content, &self.target) {
            (Content::Objects(patches), Some(target)) => {
                self.merge_selected(context, resources, patches, target);
            }
            (Content::Objects(patches), None) => {
                for patch in patches {
                    self.merge_named(context, resources, patch);
                }
            }
            (Content::Operations(operations), Some(target)) => {
                self.operate(context, resources, operations, target);
            }
            (Content::Operations(_), None) => {
                self.error(context, "a list of operations needs a target", self.span);
            }
        }
    }

    fn error(&self, context: &Context<'_>, message: impl Into<String>, span: Span) {
        context.error("kustomization-patch", message, span);
    }

    /// The places of the objects that are selected.
    fn selected(
        &self,
        context: &Context<'_>,
        resources: &ResourceMap,
        target: &Selector,
    ) -> Vec<usize> {
        let cost = context.bounds.steps(resources.all.len());
        let matcher = cost.and_then(|()| Matcher::of(target));
        let Some(matcher) = context.or_tell("kustomization-patch", matcher, target.span) else {
            return Vec::new();
        };
        let all = resources.all.iter().enumerate();
        let selected = all.filter(|(_, resource)| matcher.matches(resource));
        selected.map(|(index, _)| index).collect()
    }

    fn merge_selected(
        &self,
        context: &Context<'_>,
        resources: &mut ResourceMap,
        patches: &[Resource],
        target: &Selector,
    ) {
        let patch = match patches {
            [patch] => patch,
            [] => return,
            _ => {
                let message = "a target takes one object as patch, and not several";
                return self.error(context, message, target.span);
            }
        };
        for index in self.selected(context, resources, target) {
            let resource = &mut resources.all[index];
            let patch = normalized(patch, Some(resource));
            self.merge(context, resource, patch);
        }
        self.check_names(context, resources);
    }

    /// Merges a patch into the object that is called as it, or was before.
    fn merge_named(&self, context: &Context<'_>, resources: &mut ResourceMap, patch: &Resource) {
        let span = patch.node().origin.span;
        let cost = context.bounds.steps(resources.all.len());
        if context
            .or_tell("kustomization-bounds", cost, span)
            .is_none()
        {
            return;
        }
        let id = patch.original_id();
        let index = match resources.matching(|other| other.is_same(&id)).as_slice() {
            [index] => *index,
            [] => {
                let message = format!("there is no {} for this patch", id.shown());
                return self.error(context, message, span);
            }
            _ => {
                let message = format!("several objects were called {}", id.shown());
                return self.error(context, message, span);
            }
        };
        let resource = &mut resources.all[index];
        match self.mode {
            Mode::Merge => {
                let patch = normalized(patch, Some(resource));
                self.merge(context, resource, patch);
                resources.drop_empty();
            }
            _ => self.merge(context, resource, patch.node().clone()),
        }
    }

    fn merge(&self, context: &Context<'_>, resource: &mut Resource, patch: Node) {
        let span = patch.origin.span;
        let cost = context.bounds.steps(patch.size() + resource.node().size());
        if context
            .or_tell("kustomization-bounds", cost, span)
            .is_none()
        {
            return;
        }
        if self.allows_name_change || self.allows_kind_change {
            resource.remember();
        }
        let merge = Merge {
            schema: &resource.schema().clone(),
            bounds: &context.bounds,
        };
        let older = resource.node().clone();
        let merged = merge.merge(resource.noted(), patch);
        let Some(merged) = context.or_tell("kustomization-patch", merged, span) else {
            return;
        };
        resource.edit_noted(|node| {
            *node = match merged {
                None => Node::scalar(Scalar::tagged("", Tag::Null), older.origin.clone()),
                Some(merged) => self.with_identity(merged, &older),
            };
        });
    }

    /// Gives an object back what patches may not change.
    fn with_identity(&self, mut merged: Node, older: &Node) -> Node {
        if merged.is_empty() {
            return merged;
        }
        if !self.allows_kind_change {
            restore(&mut merged, older, &["kind"]);
        }
        if !self.allows_name_change {
            restore(&mut merged, older, &["metadata", "name"]);
        }
        match older
            .at(&["metadata", "namespace"])
            .filter(|node| !node.is_empty())
        {
            Some(namespace) if !namespace.text().is_empty() => {
                restore(&mut merged, older, &["metadata", "namespace"]);
            }
            _ => set_namespace(&mut merged, &"".into()),
        }
        merged
    }

    fn check_names(&self, context: &Context<'_>, resources: &mut ResourceMap) {
        resources.drop_empty();
        if !(self.allows_name_change || self.allows_kind_change) {
            return;
        }
        let mut kept = ResourceMap::default();
        for resource in std::mem::take(&mut resources.all) {
            let span = resource.node().origin.span;
            let cost = context.bounds.steps(kept.all.len());
            let appended = cost.and_then(|()| kept.append(resource));
            context.or_tell("duplicate-resource", appended, span);
        }
        *resources = kept;
    }

    fn operate(
        &self,
        context: &Context<'_>,
        resources: &mut ResourceMap,
        operations: &[Operation],
        target: &Selector,
    ) {
        for index in self.selected(context, resources, target) {
            let resource = &mut resources.all[index];
            if self.mode == Mode::Any {
                resource.remember();
            }
            let mut faults = Vec::new();
            resource.edit_below_notes(|node| {
                faults = apply_operations(node, operations, &context.bounds);
                node.unshare();
                tidy_annotations(node);
            });
            for (span, message) in faults {
                self.error(context, message, span);
            }
        }
    }
}

/// Puts a value back that a patch changed.
fn restore(merged: &mut Node, older: &Node, path: &[&str]) {
    let Some((key, parents)) = path.split_last() else {
        return;
    };
    let Some(entry) = older.at(parents).and_then(|node| node.entry(key)) else {
        return;
    };
    let parent = parents
        .iter()
        .try_fold(merged, |node, key| node.get_mut(key));
    let Some(Data::Map(entries)) = parent.map(|parent| &mut parent.data) else {
        return;
    };
    let mut entry = entry.clone();
    if let Data::Scalar(scalar) = &mut entry.value.data {
        scalar.tag = Tag::Open;
    }
    match entries.iter_mut().find(|one| one.key == *key) {
        Some(found) => *found = entry,
        None => entries.push(entry),
    }
}

/// A patch as kustomize copies it: labels and annotations are strings, and the version is that of the object.
fn normalized(patch: &Resource, resource: Option<&Resource>) -> Node {
    let mut patch = patch.node().clone();
    tidy_labels(&mut patch);
    tidy_annotations(&mut patch);
    let version = resource
        .and_then(|resource| resource.node().entry("apiVersion"))
        .cloned();
    if let (Some(version), Data::Map(entries)) = (version, &mut patch.data) {
        match entries.iter_mut().find(|entry| entry.key == "apiVersion") {
            Some(entry) => *entry = version,
            None => entries.push(version),
        }
    }
    patch
}
