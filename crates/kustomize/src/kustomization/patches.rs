//! Patches, and what selects the objects that they change.

use graph::{NodeId, SmolStr};
use source::Span;

use super::{Decoder, Fields, Text};

/// An entry of `patches` or `patchesJson6902`.
#[derive(Clone, Debug)]
pub(crate) struct Patch {
    pub(crate) span: Span,
    pub(crate) path: Option<Text>,
    pub(crate) patch: Option<Text>,
    pub(crate) target: Option<Selector>,
    pub(crate) allows_name_change: bool,
    pub(crate) allows_kind_change: bool,
}

/// What selects objects. Empty texts select all.
#[derive(Clone, Debug)]
pub(crate) struct Selector {
    pub(crate) span: Span,
    pub(crate) group: SmolStr,
    pub(crate) version: SmolStr,
    pub(crate) kind: SmolStr,
    pub(crate) name: SmolStr,
    pub(crate) namespace: SmolStr,
    pub(crate) annotations: SmolStr,
    pub(crate) labels: SmolStr,
}

pub(crate) fn read_patch(decoder: &mut Decoder<'_>, node: NodeId) -> Patch {
    let mut fields = decoder.fields(node);
    let target = fields.take(decoder, "target");
    let options = fields.take(decoder, "options");
    let patch = Patch {
        span: decoder.span(node),
        path: fields.filled(decoder, "path"),
        patch: fields.filled(decoder, "patch"),
        target: target.map(|node| read_selector(decoder, node)),
        allows_name_change: options.is_some_and(|node| option(decoder, node, "allowNameChange")),
        allows_kind_change: options.is_some_and(|node| option(decoder, node, "allowKindChange")),
    };
    fields.finish(decoder);
    patch
}

fn option(decoder: &mut Decoder<'_>, options: NodeId, key: &str) -> bool {
    let option = decoder.tree.get(options, key);
    option.is_some_and(|node| decoder.flag(node))
}

pub(crate) fn read_selector(decoder: &mut Decoder<'_>, node: NodeId) -> Selector {
    let mut fields = decoder.fields(node);
    let selector = Selector {
        annotations: fields.value(decoder, "annotationSelector"),
        labels: fields.value(decoder, "labelSelector"),
        ..read_named(decoder, node, &mut fields)
    };
    fields.finish(decoder);
    selector
}

/// What selects an object by what it is called, among other fields.
pub(super) fn read_named(decoder: &mut Decoder<'_>, node: NodeId, fields: &mut Fields) -> Selector {
    Selector {
        span: decoder.span(node),
        group: fields.value(decoder, "group"),
        version: fields.value(decoder, "version"),
        kind: fields.value(decoder, "kind"),
        name: fields.value(decoder, "name"),
        namespace: fields.value(decoder, "namespace"),
        annotations: SmolStr::default(),
        labels: SmolStr::default(),
    }
}
