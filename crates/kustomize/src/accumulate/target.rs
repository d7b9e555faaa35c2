//! One kustomization: what it adds, in the order in which kustomize does it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use super::Accumulator;
use crate::build::Use;
use crate::changes::Changes;
use crate::context::Context;
use crate::generate::add_hashes;
use crate::kustomization::{Kustomization, Text, read};
use crate::load::Root;
use crate::resources::{Resource, set_annotation};
use crate::tables::Specs;
use crate::transform::{fix_references, resolve_vars};

pub(super) static DEFAULTS: LazyLock<Arc<Specs>> =
    LazyLock::new(|| Arc::new(Specs::defaults().clone()));

/// The annotation that says where an object comes from.
pub(crate) const ORIGIN: &str = "config.kubernetes.io/origin";

/// A kustomization that is being built.
pub(crate) struct Target<'c, 'r> {
    pub(crate) context: &'c Context<'r>,
    pub(crate) root: Root,
    pub(crate) kustomization: Arc<Kustomization>,
    /// How many kustomizations use each other above this.
    pub(super) depth: usize,
    /// The way from the folder of the outermost kustomization, as it is written.
    pub(crate) way: PathBuf,
}

impl<'c, 'r> Target<'c, 'r> {
    /// Reads the kustomization of a folder.
    pub(crate) fn load(context: &'c Context<'r>, root: Root) -> Option<Self> {
        let content = context.reader.content(&root.file).ok()?;
        context.uses(&root.file, Use::Kustomization, &root.file);
        let Some(file) = content.file.clone() else {
            let shown = (context.reader.shown)(&root.file);
            let message = "the file is not text in UTF-8";
            context.tell(source::Problem::of(
                source::Level::Error,
                "unreadable-file",
                message,
                shown,
            ));
            return None;
        };
        let read = content.kustomization(&file).clone();
        context.tell_all(read.problems);
        let span = file.span();
        let Some(kustomization) = read.kustomization else {
            context.error("empty-kustomization", "the kustomization is empty", span);
            return None;
        };
        if kustomization.is_empty {
            context.error("empty-kustomization", "the kustomization is empty", span);
        }
        Some(Self {
            context,
            root,
            kustomization,
            depth: 0,
            way: PathBuf::new(),
        })
    }

    /// The kustomization of a folder without a file, which somebody describes.
    pub(super) fn described(context: &'c Context<'r>, folder: &Path, changes: &Changes) -> Self {
        let (kustomization, problems) = read(&changes.fields);
        context.tell_all(problems);
        Self {
            context,
            root: context.described(folder),
            kustomization: Arc::new(kustomization),
            depth: 0,
            way: PathBuf::new(),
        }
    }

    /// The same with what somebody says of it.
    pub(super) fn changed(mut self, changes: Option<&Changes>) -> Self {
        if let Some(changes) = changes {
            let (other, problems) = read(&changes.fields);
            self.context.tell_all(problems);
            let own = Arc::make_mut(&mut self.kustomization);
            let problems = own.change(other, changes.forces);
            self.context.tell_all(problems);
        }
        self
    }

    /// The same as part of another one.
    pub(super) fn below(self, user: &Target<'_, '_>, path: &Text) -> Self {
        Self {
            depth: user.depth + 1,
            way: crate::load::clean(&user.way.join(path.value.as_str())),
            ..self
        }
    }

    /// Adds what the kustomization gives.
    pub(super) fn accumulate(&self, accumulator: &mut Accumulator) {
        self.add_resources(accumulator, &self.kustomization.resources, Use::Resource);
        self.configure(accumulator);
        self.generate(accumulator);
        self.add_generated(accumulator);
        self.add_components(accumulator, &self.kustomization.components);
        self.transform(accumulator);
        self.validate(accumulator);
        accumulator.add_vars(self.context, &self.kustomization.vars);
    }

    /// Does what is done once, behind everything else.
    pub(super) fn finish(&self, accumulator: &mut Accumulator) {
        let resources = &mut accumulator.resources;
        add_hashes(self.context, resources);
        if let Some(specs) = &accumulator.specs {
            fix_references(self.context, resources, &specs.names);
            resolve_vars(
                self.context,
                resources,
                &accumulator.vars,
                &specs.var_reference,
            );
        }
    }

    /// Notes the file that an object comes from, where that is printed.
    pub(super) fn note_file(&self, resource: &mut Resource, path: &Text) {
        if !self.context.keeps_origins.get() {
            return;
        }
        let way = crate::load::clean(&self.way.join(path.value.as_str()));
        let text = format!("path: {}\n", way.display());
        resource.edit(|node| set_annotation(node, ORIGIN, &text, path.span));
    }
}
