//! What changes the objects of a kustomization, in the order in which kustomize does it.

mod described;
mod fields;
mod images;
mod labels;
mod names;
mod namespace;
mod notes;
mod references;
mod replacements;
mod replicas;
mod sort;
mod value_add;
mod variables;

use smol_str::SmolStr;
use source::Span;

pub(crate) use fields::{Maker, change_field, change_fields};
pub(crate) use labels::add_managed_by;
pub(crate) use names::Affix;
pub(crate) use namespace::Subjects;
pub(crate) use notes::{Note, TRANSFORMATIONS};
pub(crate) use references::fix_references;
pub(crate) use sort::sort;
pub(crate) use variables::resolve_vars;

use crate::accumulate::{Accumulator, Target};
use crate::context::Context;
use crate::generate::add_hashes;
use crate::kustomization::{Image, Pair, Replacement, Replica, Text};
use crate::patch::Patched;
use crate::resources::ResourceMap;
use crate::tables::{FieldSpec, Specs};
use value_add::ValueAdd;

/// A change of objects, with all that it needs.
#[derive(Clone, Debug)]
pub(crate) enum Transformer {
    Patch(Box<Patched>),
    Namespace {
        namespace: Text,
        fields: Vec<FieldSpec>,
        subjects: Subjects,
        only_unset: bool,
    },
    Affix {
        affix: Affix,
        text: Text,
        fields: Vec<FieldSpec>,
    },
    Labels {
        pairs: Vec<Pair>,
        fields: Vec<FieldSpec>,
    },
    Annotations {
        pairs: Vec<Pair>,
        fields: Vec<FieldSpec>,
    },
    Replicas {
        replica: Replica,
        fields: Vec<FieldSpec>,
    },
    Image {
        image: Image,
        fields: Vec<FieldSpec>,
    },
    Replacements(Vec<Replacement>),
    ValueAdd(ValueAdd),
    Hash,
    /// Several changes that count as one.
    Several(Vec<Transformer>),
}

/// A change with what says where it comes from.
pub(crate) struct Step {
    pub(crate) transformer: Transformer,
    /// The name of the transformer, and the object that describes it.
    pub(crate) note: Note,
    /// The entry that asks for it.
    pub(crate) span: Span,
}

impl Transformer {
    /// Changes the objects. What can't be done is told.
    pub(crate) fn apply(&self, context: &Context<'_>, resources: &mut ResourceMap, span: Span) {
        let result = match self {
            Self::Patch(patched) => {
                patched.apply(context, resources);
                Ok(())
            }
            Self::Namespace {
                namespace,
                fields,
                subjects,
                only_unset,
            } => namespace::apply(
                context,
                resources,
                &namespace::Change {
                    namespace,
                    fields,
                    subjects: *subjects,
                    only_unset: *only_unset,
                },
            ),
            Self::Affix {
                affix,
                text,
                fields,
            } => names::apply(context, resources, *affix, text, fields),
            Self::Labels { pairs, fields } | Self::Annotations { pairs, fields } => {
                labels::apply(context, resources, pairs, fields)
            }
            Self::Replicas { replica, fields } => {
                replicas::apply(context, resources, replica, fields)
            }
            Self::Replacements(replacements) => {
                replacements::apply(context, resources, replacements);
                Ok(())
            }
            Self::ValueAdd(added) => value_add::apply(context, resources, added),
            Self::Hash => {
                add_hashes(context, resources);
                Ok(())
            }
            Self::Several(transformers) => {
                for transformer in transformers {
                    transformer.apply(context, resources, span);
                }
                Ok(())
            }
            Self::Image { image, fields } => images::apply(context, resources, image, fields),
        };
        context.or_tell("kustomization-transformer", result, span);
    }
}

impl Target<'_, '_> {
    /// Changes what was brought together.
    pub(crate) fn transform(&self, accumulator: &mut Accumulator) {
        let Some(specs) = accumulator.specs.clone() else {
            return;
        };
        for step in self.steps(&specs) {
            step.transformer
                .apply(self.context, &mut accumulator.resources, step.span);
            self.note(&mut accumulator.resources, &step);
            accumulator.resources.drop_empty();
        }
    }

    fn steps(&self, specs: &Specs) -> Vec<Step> {
        let mut steps = Vec::new();
        self.patch_steps(&mut steps);
        self.name_steps(specs, &mut steps);
        self.label_steps(specs, &mut steps);
        self.json_patch_steps(&mut steps);
        self.content_steps(specs, &mut steps);
        self.plugin_steps(&mut steps);
        steps
    }

    pub(crate) fn step(&self, name: &'static str, span: Span, transformer: Transformer) -> Step {
        Step {
            transformer,
            note: Note::built_in(name, &self.note_file_name()),
            span,
        }
    }

    fn name_steps(&self, specs: &Specs, steps: &mut Vec<Step>) {
        let kustomization = &self.kustomization;
        if let Some(namespace) = &kustomization.namespace {
            let transformer = Transformer::Namespace {
                namespace: namespace.clone(),
                fields: specs.namespace.clone(),
                subjects: Subjects::default(),
                only_unset: false,
            };
            steps.push(self.step("NamespaceTransformer", namespace.span, transformer));
        }
        let affixes = [
            (
                "PrefixTransformer",
                Affix::Prefix,
                &kustomization.name_prefix,
                &specs.name_prefix,
            ),
            (
                "SuffixTransformer",
                Affix::Suffix,
                &kustomization.name_suffix,
                &specs.name_suffix,
            ),
        ];
        for (name, affix, text, fields) in affixes {
            if let Some(text) = text {
                let transformer = Transformer::Affix {
                    affix,
                    text: text.clone(),
                    fields: fields.clone(),
                };
                steps.push(self.step(name, text.span, transformer));
            }
        }
    }

    fn label_steps(&self, specs: &Specs, steps: &mut Vec<Step>) {
        let kustomization = &self.kustomization;
        for label in &kustomization.labels {
            let fields = match labels::fields(label, specs) {
                Ok(fields) => fields,
                Err(message) => {
                    self.context
                        .error("kustomization-transformer", message, label.span);
                    continue;
                }
            };
            let transformer = Transformer::Labels {
                pairs: label.pairs.clone(),
                fields,
            };
            steps.push(self.step("LabelTransformer", label.span, transformer));
        }
        let has_labels =
            !kustomization.labels.is_empty() || !kustomization.common_labels.is_empty();
        if has_labels {
            let transformer = Transformer::Labels {
                pairs: kustomization.common_labels.clone(),
                fields: specs.common_labels.clone(),
            };
            steps.push(self.step("LabelTransformer", kustomization.span, transformer));
        }
        if !kustomization.common_annotations.is_empty() {
            let transformer = Transformer::Annotations {
                pairs: kustomization.common_annotations.clone(),
                fields: specs.common_annotations.clone(),
            };
            steps.push(self.step("AnnotationsTransformer", kustomization.span, transformer));
        }
    }

    fn content_steps(&self, specs: &Specs, steps: &mut Vec<Step>) {
        for replica in &self.kustomization.replicas {
            let transformer = Transformer::Replicas {
                replica: replica.clone(),
                fields: specs.replicas.clone(),
            };
            steps.push(self.step("ReplicaCountTransformer", replica.span, transformer));
        }
        for image in &self.kustomization.images {
            let transformer = Transformer::Image {
                image: image.clone(),
                fields: specs.images.clone(),
            };
            steps.push(self.step("ImageTagTransformer", image.span, transformer));
        }
        if !self.kustomization.replacements.is_empty() {
            let replacements = self.replacements(&self.kustomization.replacements);
            let transformer = Transformer::Replacements(replacements);
            let span = self.kustomization.span;
            steps.push(self.step("ReplacementTransformer", span, transformer));
        }
    }
}

/// The text of an optional field.
pub(crate) fn value(text: Option<&Text>) -> SmolStr {
    text.map(|text| text.value.clone()).unwrap_or_default()
}
