//! The objects of Kubernetes that resources of Terraform make.

mod convert;
mod patch;
mod table;

use graph::{Data, NodeId, Tree};
use smol_str::SmolStr;
use source::Span;

pub(crate) use patch::{Patch, apply, is_patch};

use crate::functions::decode_yaml;
use crate::module::Mode;
use crate::resource::{Grown, Keys, grow};
use crate::root::Instance;
use crate::value::{Origin, Step, StepRole, Value};

/// An object as the API has it, or another document, with places in the configuration.
pub struct Object {
    /// The object.
    pub tree: Tree,
    /// Values that are never printed.
    pub sensitive: Vec<NodeId>,
    /// The nodes whose value comes from another resource of the root, and the address of that.
    pub references: Vec<(NodeId, SmolStr)>,
}

/// The object that an instance of a resource makes: of `kubernetes_manifest` and `kubectl_manifest` what they hold, of a
/// resource for one kind what its arguments say.
pub(crate) fn object(instance: &Instance, grown: &Grown, keys: &Keys) -> Option<Object> {
    if instance.address.mode != Mode::Managed {
        return None;
    }
    let argument = |name: &str| instance.value.as_entries()?.get(name);
    let object = match instance.address.ty.as_str() {
        "kubernetes_manifest" => grown_object(argument("manifest")?, keys),
        "kubectl_manifest" => {
            let text = as_written(argument("yaml_body")?, instance.value.origin.span);
            grown_object(&decode_yaml(&text)?, keys)
        }
        ty => convert::convert(
            &grown.tree,
            table::kind(ty)?,
            &grown.sensitive,
            &grown.references,
        ),
    };
    (object.tree.node(NodeId::ROOT).data == Data::Map).then_some(object)
}

/// A text without what only other parts of it were computed from: a part of a template in the block is written there.
pub(crate) fn as_written(text: &Value, block: Span) -> Value {
    let origin = &text.origin;
    if origin.span.file != block.file {
        return text.clone();
    }
    let mut steps: Vec<&Step> = origin.steps().collect();
    steps.retain(|step| step.role != StepRole::Operand);
    let origin = steps
        .into_iter()
        .rev()
        .fold(Origin::new(origin.span), |origin, step| {
            origin.through(step.clone())
        });
    text.clone().at(origin)
}

pub(crate) fn grown_object(value: &Value, keys: &Keys) -> Object {
    let Grown {
        tree,
        sensitive,
        references,
    } = grow(value, keys);
    Object {
        tree,
        sensitive,
        references,
    }
}

#[cfg(test)]
mod tests;
