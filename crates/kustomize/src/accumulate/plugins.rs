//! Generators, transformers and validators that are described by objects. Those that kustomize contains are run, and no
//! others: nothing that comes with the input is executed.

use graph::{NodeId, Tree};
use source::Span;

use super::Accumulator;
use super::target::{ORIGIN, Target};
use crate::build::Use;
use crate::generate::{Making, add_iam_account};
use crate::kustomization::{
    Decoder, Fields, GeneratorKind, Text, read_chart, read_chart_globals_of, read_generator,
};
use crate::node::{Placing, Unknowns, read, tree};
use crate::resources::{Resource, annotations, set_annotation};
use crate::transform::{Note, Step, Transformer};

/// An object that describes a generator or a transformer.
pub(super) struct Plugin<'a> {
    resource: &'a Resource,
    pub(super) tree: Tree,
    pub(super) span: Span,
}

impl Target<'_, '_> {
    /// Adds what the objects of `generators` make.
    pub(super) fn add_generated(&self, accumulator: &mut Accumulator) {
        for resource in self.plugins(&self.kustomization.generators) {
            let plugin = Plugin::of(&resource, &self.context.unknowns);
            self.run_generator(accumulator, &plugin);
        }
    }

    /// The changes that the objects of `transformers` describe.
    pub(crate) fn plugin_steps(&self, steps: &mut Vec<Step>) {
        for resource in self.plugins(&self.kustomization.transformers) {
            self.add_steps(&Plugin::of(&resource, &self.context.unknowns), steps);
        }
    }

    /// Runs the objects of `validators`, which must not change anything.
    pub(super) fn validate(&self, accumulator: &mut Accumulator) {
        let mut steps = Vec::new();
        for resource in self.plugins(&self.kustomization.validators) {
            self.add_steps(&Plugin::of(&resource, &self.context.unknowns), &mut steps);
        }
        for step in steps {
            let mut copy = accumulator.resources.clone();
            let values = copy.all.iter().map(|resource| resource.node().size()).sum();
            let cost = self.context.bounds.values(values);
            if self
                .context
                .or_tell("kustomization-bounds", cost, step.span)
                .is_none()
            {
                return;
            }
            step.transformer.apply(self.context, &mut copy, step.span);
            let json = |resource: &Resource| crate::node::json(resource.node());
            let pairs = copy.all.iter().zip(&accumulator.resources.all);
            let is_changed = copy.all.len() != accumulator.resources.all.len()
                || pairs
                    .into_iter()
                    .any(|(one, other)| json(one) != json(other));
            if is_changed {
                let message = "a validator must not change objects";
                self.context
                    .error("kustomization-plugin", message, step.span);
            }
        }
    }

    /// The objects that entries hold, or that stand in the files and folders that they name.
    fn plugins(&self, entries: &[Text]) -> Vec<Resource> {
        let mut accumulator = Accumulator::default();
        let mut paths = Vec::new();
        for entry in entries {
            let file = self.context.reader.sources.get(entry.span.file);
            let placing = Placing::of_scalar(&entry.value, &file, entry.span);
            let documents = read(&entry.value, &placing, &self.context.bounds).documents;
            let is_inline = documents
                .iter()
                .all(|document| !document.entries().is_empty());
            if !is_inline {
                paths.push(entry.clone());
                continue;
            }
            for mut resource in self.objects(&entry.value, &placing) {
                self.note_inline(&mut resource, entry.span);
                let appended = accumulator.resources.append(resource);
                self.context
                    .or_tell("kustomization-plugin", appended, entry.span);
            }
        }
        self.add_resources(&mut accumulator, &paths, Use::Plugin);
        accumulator.resources.all
    }

    fn note_inline(&self, resource: &mut Resource, span: Span) {
        if self.context.keeps_origins.get() {
            let text = format!("path: {}\n", self.note_file_name());
            resource.edit(|node| set_annotation(node, ORIGIN, &text, span));
        }
    }

    fn plugin_error(&self, message: &str, span: Span) {
        self.context.error("kustomization-plugin", message, span);
    }

    /// Tells of a plugin that is not run.
    fn refuse(&self, plugin: &Plugin<'_>) {
        let message = match plugin.is_built_in() {
            true => "kustomize contains nothing of this kind",
            false => "plugins are programs, which are not run",
        };
        self.plugin_error(message, plugin.span);
    }

    fn run_generator(&self, accumulator: &mut Accumulator, plugin: &Plugin<'_>) {
        let note = plugin.note();
        let mut decoder = plugin.decoder();
        let kind = match plugin.kind() {
            Some("ConfigMapGenerator") => GeneratorKind::ConfigMap,
            Some("SecretGenerator") => GeneratorKind::Secret,
            Some("HelmChartInflationGenerator") => {
                let chart = read_chart(&mut decoder, NodeId::ROOT);
                let globals = read_chart_globals_of(&mut decoder, NodeId::ROOT);
                self.context.tell_all(decoder.problems);
                if let Some(request) = self.request(&chart, Some(&globals)) {
                    self.add_chart(accumulator, &chart, &request);
                }
                return;
            }
            Some("IAMPolicyGenerator") => {
                let made = add_iam_account(&plugin.tree, plugin.span, &self.context.schema());
                let made = self
                    .context
                    .or_tell("kustomization-plugin", made, plugin.span);
                if let Some(resource) = made {
                    self.absorb(accumulator, resource, &note, plugin.span);
                }
                return;
            }
            _ => return self.refuse(plugin),
        };
        let mut generator = read_generator(&mut decoder, NodeId::ROOT, kind);
        let mut metadata = plugin.metadata(&mut decoder);
        generator.name = generator
            .name
            .or_else(|| metadata.text(&mut decoder, "name"));
        generator.namespace = generator
            .namespace
            .or_else(|| metadata.text(&mut decoder, "namespace"));
        self.context.tell_all(decoder.problems);
        let making = Making {
            context: self.context,
            root: &self.root,
            options: generator.options.clone().unwrap_or_default(),
            generator: &generator,
        };
        if let Some(resource) = making.resource() {
            self.absorb(accumulator, resource, &note, plugin.span);
        }
    }

    fn add_steps(&self, plugin: &Plugin<'_>, steps: &mut Vec<Step>) {
        let Some(kind) = plugin.kind() else {
            return self.refuse(plugin);
        };
        let mut decoder = plugin.decoder();
        let transformers = self.transformers(kind, plugin, &mut decoder);
        self.context.tell_all(decoder.problems);
        match transformers {
            Ok(transformers) => steps.extend(transformers.into_iter().map(|transformer| Step {
                transformer,
                note: plugin.note(),
                span: plugin.span,
            })),
            Err(Some(message)) => self.plugin_error(&message, plugin.span),
            Err(None) => self.refuse(plugin),
        }
    }

    /// What a plugin that kustomize contains does: several things are one for the notes.
    fn transformers(
        &self,
        kind: &str,
        plugin: &Plugin<'_>,
        decoder: &mut Decoder<'_>,
    ) -> Result<Vec<Transformer>, Option<String>> {
        Transformer::described(self, kind, plugin.span, decoder)
    }
}

impl<'a> Plugin<'a> {
    fn of(resource: &'a Resource, unknowns: &Unknowns) -> Self {
        let node = resource.node();
        Self {
            resource,
            tree: tree(node, unknowns),
            span: node.get("kind").unwrap_or(node).origin.span,
        }
    }

    fn is_built_in(&self) -> bool {
        let kinds = &self.resource.id().kinds;
        kinds.group.is_empty() && kinds.version == "builtin"
    }

    /// The kind, if it is one of kustomize's.
    fn kind(&self) -> Option<&str> {
        self.is_built_in().then(|| self.resource.kind().as_str())
    }

    fn decoder(&self) -> Decoder<'_> {
        let mut decoder = Decoder::new(&self.tree);
        decoder.is_strict = false;
        decoder
    }

    fn metadata(&self, decoder: &mut Decoder<'_>) -> Fields {
        match self.tree.get(NodeId::ROOT, "metadata") {
            Some(node) => decoder.fields(node),
            None => Fields::default(),
        }
    }

    /// The note that says what the plugin did.
    fn note(&self) -> Note {
        let mut annotations = annotations(self.resource.node()).iter();
        let origin = annotations.find(|entry| entry.key == ORIGIN);
        let path = origin.and_then(|entry| entry.value.text().strip_prefix("path: "));
        Note::described(path.unwrap_or_default().trim_end(), self.resource.id())
    }
}
