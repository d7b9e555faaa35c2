//! Prefixes and suffixes of names.

use super::{Maker, change_field};
use crate::context::Context;
use crate::kustomization::Text;
use crate::node::{Kind, Scalar, Setting, Tag, set_scalar};
use crate::resources::{Resource, ResourceMap};
use crate::tables::{FieldSpec, Selector};

/// On which side of a name something is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Affix {
    Prefix,
    Suffix,
}

/// Adds a prefix or suffix to names.
pub(super) fn apply(
    context: &Context<'_>,
    resources: &mut ResourceMap,
    affix: Affix,
    text: &Text,
    fields: &[FieldSpec],
) -> Result<(), String> {
    context
        .bounds
        .steps(resources.all.len().saturating_mul(fields.len()))?;
    for resource in &mut resources.all {
        let id = resource.original_id();
        if keeps_name(&id.kinds) {
            continue;
        }
        for field in fields.iter().filter(|field| field.kinds.selects(&id.kinds)) {
            if field.path == "metadata/name" && !text.value.is_empty() {
                let affixes = match affix {
                    Affix::Prefix => &mut resource.prefixes,
                    Affix::Suffix => &mut resource.suffixes,
                };
                affixes.push(text.value.clone());
                resource.remember();
            }
            add(resource, affix, text, field)?;
        }
    }
    Ok(())
}

/// Whether names of a kind mean something to Kubernetes.
fn keeps_name(kinds: &Selector) -> bool {
    match kinds.kind.as_str() {
        "CustomResourceDefinition" | "Namespace" => true,
        "APIService" => kinds.group == "apiregistration.k8s.io",
        _ => false,
    }
}

fn add(
    resource: &mut Resource,
    affix: Affix,
    text: &Text,
    field: &FieldSpec,
) -> Result<(), String> {
    let maker = Maker {
        kind: Kind::Scalar,
        tag: &Tag::String,
        span: text.span,
    };
    resource.edit(|node| {
        change_field(node, field, Some(maker), &mut |name| {
            let older = name.text();
            let text_of = match affix {
                Affix::Prefix => format!("{}{older}", text.value),
                Affix::Suffix => format!("{older}{}", text.value),
            };
            let scalar = Scalar::open(text_of);
            set_scalar(name, &Setting::of_older(scalar, text.span))
        })
    })
}
