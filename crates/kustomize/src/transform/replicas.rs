//! The number of replicas.

use super::{Maker, change_field, value};
use crate::context::Context;
use crate::kustomization::Replica;
use crate::node::{Kind, Scalar, Setting, Tag, set_scalar};
use crate::resources::ResourceMap;
use crate::tables::FieldSpec;

/// Sets the number of replicas of what has the name, or had it.
pub(super) fn apply(
    context: &Context<'_>,
    resources: &mut ResourceMap,
    replica: &Replica,
    fields: &[FieldSpec],
) -> Result<(), String> {
    context
        .bounds
        .steps(resources.all.len().saturating_mul(fields.len()))?;
    let name = value(replica.name.as_ref());
    let scalar = Scalar::tagged(replica.count.to_string(), Tag::Int);
    let setting = Setting::new(scalar, replica.count_span);
    let maker = Maker {
        kind: Kind::Scalar,
        tag: &Tag::Int,
        span: replica.count_span,
    };
    let mut is_found = false;
    for field in fields {
        let matching = resources.matching(|id| id.name == name && field.kinds.selects(&id.kinds));
        for index in matching {
            is_found = true;
            resources.all[index].edit(|node| {
                change_field(node, field, Some(maker), &mut |node| {
                    set_scalar(node, &setting)
                })
            })?;
        }
    }
    match is_found {
        true => Ok(()),
        false => Err(format!("nothing with replicas is called `{name}`")),
    }
}
