//! Labels and annotations.

use source::Span;

use super::{Maker, change_fields};
use crate::context::Context;
use crate::kustomization::{Label, Pair, Text};
use crate::node::{Kind, Scalar, Setting, Tag, set_field};
use crate::resources::{Resource, ResourceMap};
use crate::tables::{FieldSpec, Specs};

/// The label that says that kustomize made an object, and its value.
const MANAGED_BY: (&str, &str) = ("app.kubernetes.io/managed-by", "kustomize-(devel)");

/// Sets labels or annotations in all their fields.
pub(super) fn apply(
    context: &Context<'_>,
    resources: &mut ResourceMap,
    pairs: &[Pair],
    fields: &[FieldSpec],
) -> Result<(), String> {
    let cost = pairs.len().saturating_mul(fields.len());
    context
        .bounds
        .steps(cost.saturating_mul(resources.all.len()))?;
    for resource in &mut resources.all {
        set_pairs(resource, pairs, fields)?;
    }
    Ok(())
}

fn set_pairs(resource: &mut Resource, pairs: &[Pair], fields: &[FieldSpec]) -> Result<(), String> {
    let settings: Vec<Setting> = pairs
        .iter()
        .map(|(_, value)| {
            let scalar = Scalar {
                shared: resource.next_shared(),
                ..Scalar::string(value.value.clone())
            };
            Setting::new(scalar, value.span)
        })
        .collect();
    resource.edit(|node| {
        let mut pairs = pairs.iter().zip(&settings);
        pairs.try_for_each(|((key, _), setting)| {
            let maker = Maker {
                kind: Kind::Map,
                tag: &Tag::Open,
                span: key.span,
            };
            change_fields(node, fields, Some(maker), &mut |map| {
                set_field(map, &key.value, setting, key.span)
            })
        })
    })
}

/// The fields of an entry of `labels`.
pub(super) fn fields(label: &Label, specs: &Specs) -> Result<Vec<FieldSpec>, String> {
    let mut fields = label.fields.clone();
    merge(&mut fields, &specs.labels)?;
    if label.includes_selectors {
        merge(&mut fields, &specs.common_labels)?;
        return Ok(fields);
    }
    if label.includes_templates {
        merge(&mut fields, &specs.template_labels)?;
    }
    merge(&mut fields, &[own_labels()])?;
    Ok(fields)
}

fn own_labels() -> FieldSpec {
    FieldSpec {
        path: "metadata/labels".into(),
        create: true,
        ..FieldSpec::default()
    }
}

fn merge(fields: &mut Vec<FieldSpec>, added: &[FieldSpec]) -> Result<(), String> {
    for field in added {
        let covers =
            |known: &&FieldSpec| known.path == field.path && field.kinds.selects(&known.kinds);
        match fields.iter().find(covers) {
            Some(known) if known.create != field.create => {
                return Err(format!(
                    "the field `{}` is there with another `create`",
                    field.path
                ));
            }
            Some(_) => {}
            None => fields.push(field.clone()),
        }
    }
    Ok(())
}

/// Adds the label that says that kustomize made the objects.
pub(crate) fn add_managed_by(context: &Context<'_>, resources: &mut [Resource], span: Span) {
    let text = |text: &str| Text {
        value: text.into(),
        span,
    };
    let pairs = [(text(MANAGED_BY.0), text(MANAGED_BY.1))];
    for resource in resources {
        let result = set_pairs(resource, &pairs, &[own_labels()]);
        context.or_tell("kustomization-transformer", result, span);
    }
}
