//! Labels, images, replicas, variables and the fields of transformers.

use graph::NodeId;
use source::Span;

use super::{Decoder, Fields, Text};
use crate::tables::{self, FieldSpec};

/// A label or an annotation: key and value.
pub(crate) type Pair = (Text, Text);

/// An entry of `labels`.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    pub(crate) span: Span,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) includes_selectors: bool,
    pub(crate) includes_templates: bool,
    pub(crate) fields: Vec<FieldSpec>,
}

/// An entry of `images`.
#[derive(Clone, Debug)]
pub(crate) struct Image {
    pub(crate) span: Span,
    pub(crate) name: Option<Text>,
    pub(crate) new_name: Option<Text>,
    pub(crate) tag_suffix: Option<Text>,
    pub(crate) new_tag: Option<Text>,
    pub(crate) digest: Option<Text>,
}

/// An entry of `replicas`.
#[derive(Clone, Debug)]
pub(crate) struct Replica {
    pub(crate) span: Span,
    pub(crate) name: Option<Text>,
    pub(crate) count: i64,
    /// Where the count is written.
    pub(crate) count_span: Span,
}

/// An entry of `vars`.
#[derive(Clone, Debug)]
pub(crate) struct Var {
    pub(crate) span: Span,
    pub(crate) name: Text,
    pub(crate) kinds: tables::Selector,
    pub(crate) object: Text,
    pub(crate) namespace: Text,
    pub(crate) field: Text,
}

pub(crate) fn read_label(decoder: &mut Decoder<'_>, node: NodeId) -> Label {
    let mut fields = decoder.fields(node);
    let label = Label {
        span: decoder.span(node),
        pairs: fields.pairs(decoder, "pairs"),
        includes_selectors: fields.flag(decoder, "includeSelectors"),
        includes_templates: fields.flag(decoder, "includeTemplates"),
        fields: fields.each(decoder, "fields", read_field_spec),
    };
    fields.finish(decoder);
    label
}

/// The fields of a transformer in a list.
pub(crate) fn read_field_specs(decoder: &mut Decoder<'_>, node: NodeId) -> Vec<FieldSpec> {
    let items = decoder.items(node).into_iter();
    items.map(|item| read_field_spec(decoder, item)).collect()
}

/// The fields of a transformer under a key, where they are given.
pub(crate) fn specs_of(
    decoder: &mut Decoder<'_>,
    fields: &mut Fields,
    key: &'static str,
) -> Option<Vec<FieldSpec>> {
    let node = fields.take(decoder, key)?;
    Some(read_field_specs(decoder, node))
}

fn read_field_spec(decoder: &mut Decoder<'_>, node: NodeId) -> FieldSpec {
    let mut fields = decoder.fields(node);
    let spec = FieldSpec {
        kinds: read_kinds(decoder, &mut fields),
        path: fields.value(decoder, "path"),
        create: fields.flag(decoder, "create"),
    };
    fields.finish(decoder);
    spec
}

/// The group, version and kind among other fields.
pub(crate) fn read_kinds(decoder: &mut Decoder<'_>, fields: &mut Fields) -> tables::Selector {
    tables::Selector {
        group: fields.value(decoder, "group"),
        version: fields.value(decoder, "version"),
        kind: fields.value(decoder, "kind"),
    }
}

pub(crate) fn read_image(decoder: &mut Decoder<'_>, node: NodeId) -> Image {
    let mut fields = decoder.fields(node);
    let image = Image {
        span: decoder.span(node),
        name: fields.filled(decoder, "name"),
        new_name: fields.filled(decoder, "newName"),
        tag_suffix: fields.filled(decoder, "tagSuffix"),
        new_tag: fields.filled(decoder, "newTag"),
        digest: fields.filled(decoder, "digest"),
    };
    fields.finish(decoder);
    image
}

pub(crate) fn read_replica(decoder: &mut Decoder<'_>, node: NodeId) -> Replica {
    let mut fields = decoder.fields(node);
    let count = fields.take(decoder, "count");
    let replica = Replica {
        span: decoder.span(node),
        name: fields.filled(decoder, "name"),
        count: count.map_or(0, |node| decoder.integer(node)),
        count_span: decoder.span(count.unwrap_or(node)),
    };
    fields.finish(decoder);
    replica
}

pub(crate) fn read_var(decoder: &mut Decoder<'_>, node: NodeId) -> Var {
    let span = decoder.span(node);
    let text = |value: &str| Text {
        value: value.into(),
        span,
    };
    let mut fields = decoder.fields(node);
    let name = fields.text(decoder, "name").unwrap_or(text(""));
    let mut kinds = tables::Selector::default();
    let (mut object, mut namespace) = (text(""), text(""));
    if let Some(node) = fields.take(decoder, "objref") {
        let mut fields = decoder.fields(node);
        kinds = read_kinds(decoder, &mut fields);
        if let Some(version) = fields.filled(decoder, "apiVersion") {
            let kind = kinds.kind.clone();
            let group = kinds.group.clone();
            kinds = tables::Selector::of(&version.value, &kind);
            if kinds.group.is_empty() {
                kinds.group = group;
            }
        }
        object = fields.text(decoder, "name").unwrap_or(object);
        namespace = fields.text(decoder, "namespace").unwrap_or(namespace);
        fields.finish(decoder);
    }
    let mut field = None;
    if let Some(node) = fields.take(decoder, "fieldref") {
        let mut fields = decoder.fields(node);
        field = fields.filled(decoder, "fieldPath");
        fields.finish(decoder);
    }
    fields.finish(decoder);
    Var {
        span,
        name,
        kinds,
        object,
        namespace,
        field: field.unwrap_or(text("metadata.name")),
    }
}
