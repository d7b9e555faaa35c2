//! ConfigMaps, Secrets and charts that a kustomization makes.

mod charts;
mod hash;
mod iam;
mod inputs;

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use smol_str::SmolStr;
use source::Span;

use crate::accumulate::{Accumulator, ORIGIN, Target};
use crate::context::Context;
use crate::kustomization::{Generator, GeneratorKind, GeneratorOptions, Pair};
use crate::load::Root;
use crate::node::{Data, Entry, Node, Origin, Scalar, Tag};
use crate::resources::{Behavior, Resource, annotations, set_annotation};
use crate::transform::Note;
use inputs::Input;

pub(crate) use hash::add_hashes;
pub(crate) use iam::add_iam_account;

/// How long a line of Base64 is.
const LINE: usize = 70;

/// Makes objects of an entry.
pub(crate) struct Making<'a, 'r> {
    pub(crate) context: &'a Context<'r>,
    pub(crate) root: &'a Root,
    pub(crate) generator: &'a Generator,
    pub(crate) options: GeneratorOptions,
}

impl Target<'_, '_> {
    /// Adds what the entries of generators make.
    pub(crate) fn generate(&self, accumulator: &mut Accumulator) {
        let kustomization = &self.kustomization;
        for generator in kustomization
            .config_maps
            .iter()
            .chain(&kustomization.secrets)
        {
            let making = Making {
                context: self.context,
                root: &self.root,
                generator,
                options: merged(
                    generator.options.as_ref(),
                    kustomization.generator_options.as_ref(),
                ),
            };
            let name = match generator.kind {
                GeneratorKind::ConfigMap => "ConfigMapGenerator",
                GeneratorKind::Secret => "SecretGenerator",
            };
            let note = Note::built_in(name, &self.note_file_name());
            if let Some(resource) = making.resource() {
                self.absorb(accumulator, resource, &note, generator.span);
            }
        }
        self.add_charts(accumulator);
    }

    /// Adds what was generated to what is there.
    pub(crate) fn absorb(
        &self,
        accumulator: &mut Accumulator,
        mut resource: Resource,
        note: &Note,
        span: Span,
    ) {
        let has_origin = annotations(resource.node())
            .iter()
            .any(|entry| entry.key == ORIGIN);
        if self.context.keeps_origins.get() && !has_origin {
            resource.edit(|node| set_annotation(node, ORIGIN, &note.text(), span));
        }
        resource.listed.push(span);
        let result = self
            .context
            .bounds
            .steps(accumulator.resources.all.len())
            .and_then(|()| accumulator.resources.absorb(resource));
        self.context
            .or_tell("kustomization-generator", result, span);
    }
}

/// The options of an entry with those of the kustomization. What the kustomization turns on, no entry turns off.
fn merged(own: Option<&GeneratorOptions>, all: Option<&GeneratorOptions>) -> GeneratorOptions {
    let mut merged = own.cloned().unwrap_or_default();
    let Some(all) = all else { return merged };
    add_missing(&mut merged.labels, &all.labels);
    add_missing(&mut merged.annotations, &all.annotations);
    merged.disables_hash |= all.disables_hash;
    merged.is_immutable |= all.is_immutable;
    merged
}

fn add_missing(own: &mut Vec<Pair>, all: &[Pair]) {
    for pair in all {
        if !own.iter().any(|(key, _)| key.value == pair.0.value) {
            own.push(pair.clone());
        }
    }
    own.sort_by(|(one, _), (other, _)| one.value.cmp(&other.value));
}

impl Making<'_, '_> {
    /// The object of the entry.
    pub(crate) fn resource(&self) -> Option<Resource> {
        let Some(name) = &self.generator.name else {
            let message = "what is generated needs a name";
            self.error(message, self.generator.span);
            return None;
        };
        let mut metadata = vec![string("name", &name.value, name.span)];
        if let Some(namespace) = &self.generator.namespace {
            metadata.push(string("namespace", &namespace.value, namespace.span));
        }
        metadata.extend(self.pairs("labels", &self.options.labels));
        metadata.extend(self.pairs("annotations", &self.options.annotations));
        let span = self.generator.span;
        let kind = match self.generator.kind {
            GeneratorKind::ConfigMap => "ConfigMap",
            GeneratorKind::Secret => "Secret",
        };
        let mut entries = vec![string("apiVersion", "v1", span), string("kind", kind, span)];
        entries.push(entry("metadata", span, Data::Map(metadata)));
        self.add_content(&mut entries);
        if self.options.is_immutable {
            let scalar = Scalar::tagged("true", Tag::Bool);
            entries.push(entry("immutable", span, Data::Scalar(scalar)));
        }
        let node = Node::new(Data::Map(entries), Origin::at(span));
        let values = self.context.bounds.values(node.size());
        self.context.or_tell("kustomization-bounds", values, span)?;
        let mut resource = Resource::new(node, &self.context.schema());
        resource.is_generated = true;
        resource.has_hash = !self.options.disables_hash;
        resource.behavior = self.behavior();
        Some(resource)
    }

    fn error(&self, message: impl Into<String>, span: Span) {
        self.context.error("kustomization-generator", message, span);
    }

    fn behavior(&self) -> Behavior {
        let behavior = self.generator.behavior.as_ref();
        match behavior.map(|behavior| behavior.value.as_str()) {
            Some("merge") => Behavior::Merge,
            Some("replace") => Behavior::Replace,
            Some("create") => Behavior::Create,
            _ => Behavior::Unspecified,
        }
    }

    fn pairs(&self, key: &str, pairs: &[Pair]) -> Option<Entry> {
        let entries = pairs.iter().map(|(key, value)| Entry {
            span: key.span,
            ..string(&key.value, &value.value, value.span)
        });
        let entries: Vec<Entry> = entries.collect();
        (!entries.is_empty()).then(|| entry(key, self.generator.span, Data::Map(entries)))
    }

    fn add_content(&self, entries: &mut Vec<Entry>) {
        let mut inputs = self.inputs();
        inputs.sort_by(|one, other| one.key.cmp(&other.key));
        let span = self.generator.span;
        if self.generator.kind == GeneratorKind::Secret {
            let secret_type = self.generator.secret_type.as_ref();
            entries.push(match secret_type {
                Some(text) => string("type", &text.value, text.span),
                None => string("type", "Opaque", span),
            });
            let data = inputs
                .iter()
                .map(|input| input.entry(&encoded(&input.bytes)));
            entries.push(entry("data", span, Data::Map(data.collect())));
            return;
        }
        let (mut texts, mut binaries) = (Vec::new(), Vec::new());
        for input in &inputs {
            match std::str::from_utf8(&input.bytes) {
                Ok(text) => texts.push(input.entry(text)),
                Err(_) => binaries.push(input.entry(&encoded(&input.bytes))),
            }
        }
        for (key, data) in [("data", texts), ("binaryData", binaries)] {
            if !data.is_empty() {
                entries.push(entry(key, span, Data::Map(data)));
            }
        }
    }
}

impl Input {
    fn entry(&self, text: &str) -> Entry {
        Entry {
            key: self.key.clone(),
            span: self.key_span,
            value: Node::scalar(Scalar::string(text), self.origin.clone()),
        }
    }
}

fn string(key: &str, text: &str, span: Span) -> Entry {
    entry(key, span, Data::Scalar(Scalar::string(text)))
}

fn entry(key: &str, span: Span, data: Data) -> Entry {
    Entry {
        key: key.into(),
        span,
        value: Node::new(data, Origin::at(span)),
    }
}

/// Base64, in lines if it is long.
fn encoded(bytes: &[u8]) -> String {
    let encoded = STANDARD.encode(bytes);
    if encoded.len() / LINE == 0 {
        return encoded;
    }
    let lines = encoded.as_bytes().chunks(LINE);
    lines
        .map(|line| format!("{}\n", String::from_utf8_lossy(line)))
        .collect()
}

/// The last name of a path.
fn base_name(path: &str) -> SmolStr {
    let name = Path::new(path).file_name();
    name.map(|name| name.to_string_lossy().as_ref().into())
        .unwrap_or_default()
}
