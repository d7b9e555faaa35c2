//! One document of a file, read again with changes: a proof costs no more than its document, however long the file is.

use std::ops::Range;
use std::sync::Arc;

use graph::{NodeId, Resource, ResourceId, Role, Tree};
use source::{SourceFile, Span, TextEdit};

use crate::project::{Format, LoadedFile, Project, ReadOptions};

/// A document and the resources that it declares.
pub(super) struct Document<'a> {
    project: &'a Project,
    loaded: &'a LoadedFile,
    span: Span,
    /// The ids of its resources, which follow each other.
    ids: Range<u32>,
}

impl<'a> Document<'a> {
    /// The document that declares a resource.
    pub(super) fn of(project: &'a Project, id: ResourceId) -> Option<Self> {
        let loaded = project.file(id);
        if loaded.format != Format::Kubernetes {
            return None;
        }
        let span = project.graph.resource(id).span();
        let behind = loaded
            .documents
            .partition_point(|document| document.start <= span.start);
        let document = *loaded.documents[..behind].last()?;
        let is_in = |id: &u32| document.contains(project.graph.resource(ResourceId(*id)).span());
        let before = (0..id.0).rev().take_while(is_in).last();
        let end = u32::try_from(project.graph.len()).ok()?;
        let behind = (id.0..end).take_while(is_in).last()?;
        Some(Self {
            project,
            loaded,
            span: document,
            ids: before.unwrap_or(id.0)..behind + 1,
        })
    }

    pub(super) fn declares(&self, id: ResourceId) -> bool {
        self.ids.contains(&id.0)
    }

    /// The position of a resource among those of the document.
    pub(super) fn position(&self, id: ResourceId) -> usize {
        id.0.saturating_sub(self.ids.start) as usize
    }

    /// The resources as they are, in order.
    pub(super) fn resources(&self) -> impl Iterator<Item = (ResourceId, &'a Arc<Resource>)> {
        let ids = self.ids.clone().map(ResourceId);
        ids.map(|id| (id, self.project.graph.resource(id)))
    }

    /// Whether a change of one resource may change another: an alias brings the text of one into the other.
    pub(super) fn shares_text(&self) -> bool {
        self.ids.len() > 1
            && self
                .resources()
                .any(|(_, resource)| has_alias(&resource.tree))
    }

    /// The resources in their order, read from the changed text, unless that is not understood or declares others.
    pub(super) fn reread<'e>(
        &self,
        edits: impl IntoIterator<Item = &'e TextEdit>,
        options: &ReadOptions,
    ) -> Option<Vec<Arc<Resource>>> {
        let local = edits.into_iter().map(|edit| self.local(edit));
        let local: Vec<TextEdit> = local.collect::<Option<_>>()?;
        let text = source::apply(self.loaded.file.slice(self.span), &local).ok()?;
        let file = SourceFile::new(self.loaded.file.id, &self.loaded.file.path, text);
        let yaml = yaml::read(&file, &options.yaml);
        if !yaml.problems.is_empty() {
            return None;
        }
        let changed = kubernetes::resources(yaml, &file, &options.kubernetes).resources;
        let addresses = changed.iter().map(|resource| &resource.address);
        addresses
            .eq(self.resources().map(|(_, resource)| &resource.address))
            .then(|| changed.into_iter().map(Arc::new).collect())
    }

    /// An edit in terms of the document's own text.
    fn local(&self, edit: &TextEdit) -> Option<TextEdit> {
        let start = self.span.start;
        self.span.contains(edit.span).then(|| TextEdit {
            span: Span::new(
                edit.span.file,
                edit.span.start - start,
                edit.span.end - start,
            ),
            text: edit.text.clone(),
        })
    }
}

fn has_alias(tree: &Tree) -> bool {
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        let steps = tree.passage(node).map(|passage| &passage.steps);
        if steps.is_some_and(|steps| steps.iter().any(|step| step.role == Role::Alias)) {
            return true;
        }
        open.extend(tree.children(node));
    }
    false
}
