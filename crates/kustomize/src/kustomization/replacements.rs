//! Replacements: where values are taken from, and where they go.

use graph::{NodeId, SmolStr};
use source::Span;

use super::patches::read_named;
use super::{Decoder, Fields, Selector, Text, read_selector};

/// An entry of `replacements`: a replacement, or the file that holds some.
#[derive(Clone, Debug)]
pub(crate) struct Replacement {
    pub(crate) span: Span,
    pub(crate) path: Option<Text>,
    pub(crate) source: Option<Source>,
    pub(crate) targets: Option<Vec<Target>>,
}

/// Where a value is taken from.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) selector: Selector,
    pub(crate) field: Option<Text>,
    pub(crate) options: FieldOptions,
}

/// Where a value goes.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) span: Span,
    pub(crate) select: Option<Selector>,
    pub(crate) reject: Vec<Selector>,
    pub(crate) fields: Vec<Text>,
    pub(crate) options: FieldOptions,
}

/// Which part of a field is meant.
#[derive(Clone, Debug, Default)]
pub(crate) struct FieldOptions {
    /// What stands between the parts; empty where the whole is meant.
    pub(crate) delimiter: SmolStr,
    pub(crate) index: i64,
    pub(crate) creates: bool,
}

/// An entry of a kustomization.
pub(crate) fn read_inline(decoder: &mut Decoder<'_>, node: NodeId) -> Replacement {
    let mut fields = decoder.fields(node);
    let path = fields.filled(decoder, "path");
    let replacement = read_fields(decoder, node, fields);
    Replacement {
        path,
        ..replacement
    }
}

/// A replacement of a file, which takes no path.
pub(crate) fn read_replacement(decoder: &mut Decoder<'_>, node: NodeId) -> Replacement {
    let fields = decoder.fields(node);
    read_fields(decoder, node, fields)
}

fn read_fields(decoder: &mut Decoder<'_>, node: NodeId, mut fields: Fields) -> Replacement {
    let source = fields.take(decoder, "source");
    let targets = fields.take(decoder, "targets");
    let replacement = Replacement {
        span: decoder.span(node),
        path: None,
        source: source.map(|node| read_source(decoder, node)),
        targets: targets.map(|node| {
            let items = decoder.items(node).into_iter();
            items.map(|item| read_target(decoder, item)).collect()
        }),
    };
    fields.finish(decoder);
    replacement
}

fn read_source(decoder: &mut Decoder<'_>, node: NodeId) -> Source {
    let mut fields = decoder.fields(node);
    let selector = read_named(decoder, node, &mut fields);
    let options = fields.take(decoder, "options");
    let source = Source {
        selector,
        field: fields.filled(decoder, "fieldPath"),
        options: options
            .map(|node| read_options(decoder, node))
            .unwrap_or_default(),
    };
    fields.finish(decoder);
    source
}

fn read_target(decoder: &mut Decoder<'_>, node: NodeId) -> Target {
    let mut fields = decoder.fields(node);
    let select = fields.take(decoder, "select");
    let options = fields.take(decoder, "options");
    let target = Target {
        span: decoder.span(node),
        select: select.map(|node| read_selector(decoder, node)),
        reject: fields.each(decoder, "reject", read_selector),
        fields: fields.texts(decoder, "fieldPaths"),
        options: options
            .map(|node| read_options(decoder, node))
            .unwrap_or_default(),
    };
    fields.finish(decoder);
    target
}

fn read_options(decoder: &mut Decoder<'_>, node: NodeId) -> FieldOptions {
    let mut fields = decoder.fields(node);
    let options = FieldOptions {
        delimiter: fields.value(decoder, "delimiter"),
        index: fields.integer(decoder, "index"),
        creates: fields.flag(decoder, "create"),
    };
    // Kustomize knows the field, and does nothing with it.
    fields.text(decoder, "encoding");
    fields.finish(decoder);
    options
}
