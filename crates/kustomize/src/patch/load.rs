//! Patches from files and from texts in kustomizations.

use std::sync::Arc;

use source::{SourceFile, Span};

use super::apply::{Mode, Patched};
use super::operations::{Operation, operations};
use crate::accumulate::Target;
use crate::build::Use;
use crate::kustomization::{Patch, Text};
use crate::load::is_remote;
use crate::node::{Data, Placing, read};
use crate::resources::{Resource, from_documents};
use crate::transform::{Step, Transformer};

/// What a patch holds.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// Objects that are merged into those of their name.
    Objects(Vec<Resource>),
    /// Operations of a JSON patch.
    Operations(Vec<Operation>),
}

/// The text of a patch.
struct Source<'a> {
    text: &'a str,
    placing: Placing,
    span: Span,
}

impl Target<'_, '_> {
    /// The changes of `patchesStrategicMerge` and `patches`.
    pub(crate) fn patch_steps(&self, steps: &mut Vec<Step>) {
        let kustomization = &self.kustomization;
        if !kustomization.patches_strategic_merge.is_empty() {
            let mut objects = Vec::new();
            for text in &kustomization.patches_strategic_merge {
                objects.extend(self.merged_objects(text));
            }
            let patched = Patched::merging(Content::Objects(objects), kustomization.span);
            let transformer = Transformer::Patch(Box::new(patched));
            let name = "PatchStrategicMergeTransformer";
            steps.push(self.step(name, kustomization.span, transformer));
        }
        for patch in &kustomization.patches {
            let content = self.content(patch);
            steps.extend(content.map(|content| {
                let patched = Patched::of(patch, content);
                let transformer = Transformer::Patch(Box::new(patched));
                self.step("PatchTransformer", patch.span, transformer)
            }));
        }
    }

    /// The changes of `patchesJson6902`.
    pub(crate) fn json_patch_steps(&self, steps: &mut Vec<Step>) {
        for patch in &self.kustomization.patches_json6902 {
            steps.extend(self.json_patch(patch).map(|patched| {
                let transformer = Transformer::Patch(Box::new(patched));
                self.step("PatchJson6902Transformer", patch.span, transformer)
            }));
        }
    }

    /// The change of an entry of `patchesJson6902`.
    pub(crate) fn json_patch(&self, patch: &Patch) -> Option<Patched> {
        let named = patch
            .target
            .as_ref()
            .is_some_and(|target| !target.name.is_empty());
        if !named {
            self.patch_error(
                "a patch of this kind needs a target with a name",
                patch.span,
            );
            return None;
        }
        match self.content(patch)? {
            content @ Content::Operations(_) => {
                Some(Patched::of(patch, content).by(Mode::Operations))
            }
            Content::Objects(_) => {
                self.patch_error("a list of operations is expected", patch.span);
                None
            }
        }
    }

    fn patch_error(&self, message: &str, span: Span) {
        self.context.error("kustomization-patch", message, span);
    }

    /// The objects of an entry of `patchesStrategicMerge`, which is a patch or the path of one.
    pub(crate) fn merged_objects(&self, text: &Text) -> Vec<Resource> {
        let file = self.context.reader.sources.get(text.span.file);
        let placing = Placing::of_scalar(&text.value, &file, text.span);
        let read = read(&text.value, &placing, &self.context.bounds);
        let is_path = read
            .documents
            .iter()
            .any(|document| matches!(document.data, Data::Scalar(_)));
        if !is_path && !read.documents.is_empty() {
            return self.patch_objects(&text.value, &placing);
        }
        let Some(file) = self.context.load_text(&self.root, text, Use::Patch) else {
            return Vec::new();
        };
        self.patch_objects(&file.text, &Placing::File(file.id))
    }

    /// The objects of a text with patches.
    pub(crate) fn patch_objects(&self, text: &str, placing: &Placing) -> Vec<Resource> {
        let read = read(text, placing, &self.context.bounds);
        self.context.tell_all(read.problems);
        let (objects, problems) = from_documents(read.documents, &self.context.schema());
        self.context.tell_all(problems);
        objects
    }

    /// What a patch holds.
    pub(crate) fn content(&self, patch: &Patch) -> Option<Content> {
        let inline = patch
            .patch
            .as_ref()
            .filter(|text| !text.value.trim().is_empty());
        match (&patch.path, inline) {
            (None, None) => {
                self.patch_error("a patch needs `path` or `patch`", patch.span);
                None
            }
            (Some(_), Some(text)) => {
                self.patch_error("a patch has either `path` or `patch`", text.span);
                None
            }
            (None, Some(text)) => {
                let file = self.context.reader.sources.get(text.span.file);
                let placing = Placing::of_scalar(&text.value, &file, text.span);
                let trimmed = text.value.trim();
                let skipped = text.value.len() - text.value.trim_start().len();
                self.sort(&Source {
                    text: trimmed,
                    placing: placing.skip(skipped),
                    span: text.span,
                })
            }
            (Some(path), None) => {
                let file = self.patch_file(path)?;
                self.sort(&Source {
                    text: &file.text,
                    placing: Placing::File(file.id),
                    span: path.span,
                })
            }
        }
    }

    fn patch_file(&self, path: &Text) -> Option<Arc<SourceFile>> {
        if is_remote(&path.value) {
            self.context.remote(path);
            return None;
        }
        self.context.load_text(&self.root, path, Use::Patch)
    }

    /// Tells objects from operations.
    fn sort(&self, source: &Source<'_>) -> Option<Content> {
        let read = read(source.text, &source.placing, &self.context.bounds);
        let is_list = |data: &Data| matches!(data, Data::List(_));
        match read.documents.as_slice() {
            [] => {
                self.context.tell_all(read.problems);
                self.patch_error("the patch is empty", source.span);
                None
            }
            [first, ..] if is_list(&first.data) => {
                let (operations, problems) = operations(source.text, &source.placing, source.span);
                self.context.tell_all(problems);
                Some(Content::Operations(operations))
            }
            _ => {
                self.context.tell_all(read.problems);
                let (objects, problems) = from_documents(read.documents, &self.context.schema());
                if objects.is_empty() && problems.is_empty() {
                    self.patch_error(
                        "the patch holds neither an object nor operations",
                        source.span,
                    );
                }
                self.context.tell_all(problems);
                Some(Content::Objects(objects))
            }
        }
    }
}
