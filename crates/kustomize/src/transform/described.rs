//! The transformers that objects describe.

use graph::NodeId;
use source::Span;

use super::{Affix, Subjects, Transformer, value_add};
use crate::accumulate::Target;
use crate::kustomization::{
    Decoder, Fields, Patch, Text, read_image, read_inline, read_patch, read_replica, read_selector,
    specs_of,
};
use crate::node::Placing;
use crate::patch::{Content, Patched};

/// The transformers of an object, or why there are none; nothing if there is none of its kind.
type Described = Result<Vec<Transformer>, Option<String>>;

fn fault(message: &str) -> Option<String> {
    Some(message.to_owned())
}

impl Transformer {
    /// The transformers that an object of a kind describes.
    pub(crate) fn described(
        target: &Target<'_, '_>,
        kind: &str,
        span: Span,
        decoder: &mut Decoder<'_>,
    ) -> Described {
        let mut fields = decoder.fields(NodeId::ROOT);
        let fields = &mut fields;
        match kind {
            "PrefixTransformer" => affix(decoder, fields, span, Affix::Prefix),
            "SuffixTransformer" => affix(decoder, fields, span, Affix::Suffix),
            "PrefixSuffixTransformer" => {
                let specs = specs_of(decoder, fields, "fieldSpecs");
                let specs = specs.ok_or_else(|| fault("`fieldSpecs` are needed here"))?;
                let affixes = [(Affix::Prefix, "prefix"), (Affix::Suffix, "suffix")];
                let affixes = affixes.map(|(affix, key)| Self::Affix {
                    affix,
                    text: text(decoder, fields, key, span),
                    fields: specs.clone(),
                });
                // Both are one for the notes of changes, and the last one makes the note.
                Ok(vec![Self::Several(affixes.into())])
            }
            "NamespaceTransformer" => namespace(decoder, fields).map(|one| vec![one]),
            "LabelTransformer" => Ok(vec![Self::Labels {
                pairs: fields.pairs(decoder, "labels"),
                fields: specs_of(decoder, fields, "fieldSpecs").unwrap_or_default(),
            }]),
            "AnnotationsTransformer" => Ok(vec![Self::Annotations {
                pairs: fields.pairs(decoder, "annotations"),
                fields: specs_of(decoder, fields, "fieldSpecs").unwrap_or_default(),
            }]),
            "ImageTagTransformer" => {
                let node = fields.take(decoder, "imageTag").unwrap_or(NodeId::ROOT);
                Ok(vec![Self::Image {
                    image: read_image(decoder, node),
                    fields: specs_of(decoder, fields, "fieldSpecs").unwrap_or_default(),
                }])
            }
            "ReplicaCountTransformer" => {
                let node = fields.take(decoder, "replica");
                let node = node.ok_or_else(|| fault("`replica` is needed here"))?;
                Ok(vec![Self::Replicas {
                    replica: read_replica(decoder, node),
                    fields: specs_of(decoder, fields, "fieldSpecs").unwrap_or_default(),
                }])
            }
            "ReplacementTransformer" => {
                let entries = fields.each(decoder, "replacements", read_inline);
                Ok(vec![Self::Replacements(target.replacements(&entries))])
            }
            "ValueAddTransformer" => {
                let value_add = value_add::read(target, decoder, fields, span)?;
                Ok(vec![Self::ValueAdd(value_add)])
            }
            "HashTransformer" => Ok(vec![Self::Hash]),
            _ => patch(target, kind, span, decoder, fields),
        }
    }
}

fn patch(
    target: &Target<'_, '_>,
    kind: &str,
    span: Span,
    decoder: &mut Decoder<'_>,
    fields: &mut Fields,
) -> Described {
    let patched = match kind {
        "PatchTransformer" => {
            let patch = read_patch(decoder, NodeId::ROOT);
            target
                .content(&patch)
                .map(|content| Patched::of(&patch, content))
        }
        "PatchJson6902Transformer" => {
            let selector = fields.take(decoder, "target");
            let patch = Patch {
                span,
                path: fields.filled(decoder, "path"),
                patch: fields.filled(decoder, "jsonOp"),
                target: selector.map(|node| read_selector(decoder, node)),
                allows_name_change: false,
                allows_kind_change: false,
            };
            target.json_patch(&patch)
        }
        "PatchStrategicMergeTransformer" => {
            let paths = fields.texts(decoder, "paths");
            let mut objects = Vec::new();
            for path in &paths {
                objects.extend(target.merged_objects(path));
            }
            if let Some(text) = fields.filled(decoder, "patches") {
                let file = target.context.reader.sources.get(text.span.file);
                let placing = Placing::of_scalar(&text.value, &file, text.span);
                objects.extend(target.patch_objects(&text.value, &placing));
            }
            Some(Patched::merging(Content::Objects(objects), span))
        }
        _ => return Err(None),
    };
    // What is wrong with a patch has been told.
    let patched = patched.map(|patched| Transformer::Patch(Box::new(patched)));
    Ok(patched.into_iter().collect())
}

fn text(decoder: &mut Decoder<'_>, fields: &mut Fields, key: &'static str, span: Span) -> Text {
    let empty = Text {
        value: "".into(),
        span,
    };
    fields.text(decoder, key).unwrap_or(empty)
}

fn affix(decoder: &mut Decoder<'_>, fields: &mut Fields, span: Span, affix: Affix) -> Described {
    let key = match affix {
        Affix::Prefix => "prefix",
        Affix::Suffix => "suffix",
    };
    let specs = specs_of(decoder, fields, "fieldSpecs");
    let specs = specs.ok_or_else(|| fault("`fieldSpecs` are needed here"))?;
    Ok(vec![Transformer::Affix {
        affix,
        text: text(decoder, fields, key, span),
        fields: specs,
    }])
}

fn namespace(
    decoder: &mut Decoder<'_>,
    fields: &mut Fields,
) -> Result<Transformer, Option<String>> {
    let subjects = fields.text(decoder, "setRoleBindingSubjects");
    let subjects = match subjects.as_ref().map_or("", |text| text.value.as_str()) {
        "" | "defaultOnly" => Subjects::Default,
        "allServiceAccounts" => Subjects::ServiceAccounts,
        "none" => Subjects::None,
        _ => {
            return Err(fault(
                "`setRoleBindingSubjects` is defaultOnly, allServiceAccounts or none",
            ));
        }
    };
    let metadata = fields.take(decoder, "metadata");
    let mut inner = metadata
        .map(|node| decoder.fields(node))
        .unwrap_or_default();
    let namespace = inner.filled(decoder, "namespace");
    let Some(namespace) = namespace else {
        return Ok(Transformer::Several(Vec::new()));
    };
    Ok(Transformer::Namespace {
        namespace,
        fields: specs_of(decoder, fields, "fieldSpecs").unwrap_or_default(),
        subjects,
        only_unset: fields.flag(decoder, "unsetOnly"),
    })
}
