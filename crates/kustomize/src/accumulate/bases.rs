//! The files, bases and components that a kustomization lists.

use std::sync::Arc;

use go::deeper;
use source::ReadError;
use source::Span;

use super::Accumulator;
use super::target::{DEFAULTS, Target};
use crate::bounds::DEEPEST;
use crate::build::Use;
use crate::context::Context;
use crate::kustomization::{Kind, Text};
use crate::load::{Refused, is_remote};
use crate::node::{Node, Placing, Read, read};
use crate::resources::{Resource, from_documents};

impl Target<'_, '_> {
    /// Adds what `resources` lists: files and bases.
    pub(super) fn add_resources(&self, accumulator: &mut Accumulator, paths: &[Text], role: Use) {
        for path in paths {
            match self.context.load(&self.root, path, role) {
                Ok(content) => {
                    let Some(file) = self.context.as_text(content.clone(), path.span) else {
                        continue;
                    };
                    let read = content.values(&file).clone();
                    let mut resources = self.objects_of(read, file.span());
                    for resource in &mut resources {
                        resource.listed.push(path.span);
                        self.note_file(resource, path);
                    }
                    self.append_all(accumulator, resources, path);
                }
                Err(Refused::Forbidden(problem)) if is_remote(&path.value) => {
                    self.context.tell(problem);
                }
                Err(refused) => self.add_base(accumulator, path, refused),
            }
        }
    }

    /// The objects in a text.
    pub(super) fn objects(&self, text: &str, placing: &Placing) -> Vec<Resource> {
        let read = read(text, placing, &self.context.bounds);
        self.objects_of(read, placing.span(&(0..text.len())))
    }

    fn objects_of(&self, read: Read, span: Span) -> Vec<Resource> {
        self.context.tell_all(read.problems);
        let values = read.documents.iter().map(Node::size).sum();
        let cost = self.context.bounds.values(values);
        if self
            .context
            .or_tell("kustomization-bounds", cost, span)
            .is_none()
        {
            return Vec::new();
        }
        let (resources, problems) = from_documents(read.documents, &self.context.schema());
        self.context.tell_all(problems);
        if !resources.is_empty() {
            self.context.has_objects.set(true);
        }
        resources
    }

    fn append_all(&self, accumulator: &mut Accumulator, resources: Vec<Resource>, path: &Text) {
        let count = accumulator.resources.all.len() + resources.len();
        let cost = self
            .context
            .bounds
            .steps(count.saturating_mul(resources.len()));
        if self
            .context
            .or_tell("kustomization-bounds", cost, path.span)
            .is_none()
        {
            return;
        }
        for resource in resources {
            let span = resource.node().origin.span;
            let appended = accumulator.resources.append(resource);
            self.context.or_tell("duplicate-resource", appended, span);
        }
    }

    fn add_base(&self, accumulator: &mut Accumulator, path: &Text, refused: Refused) {
        let system = self.context.reader.system;
        let folder = crate::load::clean(&self.root.path.join(path.value.as_str()));
        let listed = system.list(&folder);
        if let Err(error @ ReadError::Link(_)) = &listed {
            let problem = self.context.reader.problem(error, &folder, path.span);
            return self.context.tell(problem);
        }
        // What lists nothing is no folder: then it is the file that can't be read.
        if !listed.is_ok_and(|entries| !entries.is_empty()) {
            return self.context.tell(refused.problem());
        }
        self.add_folder(accumulator, path, Kind::Kustomization);
    }

    /// Adds what `components` lists.
    pub(super) fn add_components(&self, accumulator: &mut Accumulator, paths: &[Text]) {
        for path in paths {
            self.add_folder(accumulator, path, Kind::Component);
        }
    }

    fn add_folder(&self, accumulator: &mut Accumulator, path: &Text, kind: Kind) {
        let Some(root) = self.context.folder(&self.root, path) else {
            return;
        };
        if self.depth >= DEEPEST || !self.context.bounds.visit() {
            let message = "kustomizations use each other too deep or too often";
            return self
                .context
                .error("kustomization-bounds", message, path.span);
        }
        let role = match kind {
            Kind::Kustomization => Use::Base,
            Kind::Component => Use::Component,
        };
        self.context.uses(&root.path, role, &self.root.file);
        let Some(target) = Target::load(self.context, root) else {
            return;
        };
        let target = target.below(self, path);
        target.take_schema();
        if target.kustomization.kind != kind {
            let message = match kind {
                Kind::Component => "`components` takes components alone",
                Kind::Kustomization => "a component belongs to `components`",
            };
            return self.context.error("kustomization-base", message, path.span);
        }
        match kind {
            Kind::Component => deeper(|| target.accumulate(accumulator)),
            Kind::Kustomization => {
                let mut inner = Accumulator::default();
                deeper(|| target.accumulate(&mut inner));
                self.merge(accumulator, inner, path);
            }
        }
    }

    /// Adds what a base gives.
    fn merge(&self, accumulator: &mut Accumulator, inner: Accumulator, path: &Text) {
        let mut resources = inner.resources.all;
        for resource in &mut resources {
            resource.listed.push(path.span);
        }
        self.append_all(accumulator, resources, path);
        if let Some(specs) = inner.specs {
            self.add_specs(accumulator, specs, path.span);
        }
        for var in inner.vars {
            accumulator.add_var(self.context, var);
        }
    }

    /// Adds the fields that transformers change.
    pub(super) fn add_specs(
        &self,
        accumulator: &mut Accumulator,
        added: Arc<crate::tables::Specs>,
        span: Span,
    ) {
        let specs = match accumulator.specs.take() {
            None if Arc::ptr_eq(&added, &DEFAULTS) => added,
            Some(known) if Arc::ptr_eq(&known, &added) => known,
            known => {
                // What is added to nothing may lose fields, too: of those that cover each other, the first stays.
                let mut merged = known.map(Arc::unwrap_or_clone).unwrap_or_default();
                if let Err(conflict) = merged.add(Arc::unwrap_or_clone(added)) {
                    conflict_problem(self.context, &conflict, span);
                }
                Arc::new(merged)
            }
        };
        accumulator.specs = Some(specs);
    }
}

pub(super) fn conflict_problem(
    context: &Context<'_>,
    conflict: &crate::tables::Conflict,
    span: Span,
) {
    let message = format!(
        "`{}` of {} is there with another `create`",
        conflict.field.path, conflict.transformer
    );
    context.error("kustomization-configuration", message, span);
}
