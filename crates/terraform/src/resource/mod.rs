//! Instances of resources as resources of the graph.

mod cause;
mod keys;
mod tree;

use std::sync::Arc;

use graph::{Facts, Namespace, Resource};
use smol_str::SmolStr;

pub use keys::Keys;

use crate::module::Mode;
use crate::root::{Instance, Root};

/// The resources of a root for the graph, in the order of their addresses.
#[must_use]
pub fn resources(root: &Root) -> Vec<Resource> {
    let keys = Keys::of(root.modules.iter().map(AsRef::as_ref));
    root.resources
        .iter()
        .map(|instance| resource(instance, &keys))
        .collect()
}

fn resource(instance: &Instance, keys: &Keys) -> Resource {
    let inner = format!("{}{}", instance.address, instance.key);
    let grown = tree::grow(&instance.value, keys);
    let facts = Facts {
        sensitive: grown.sensitive,
        ..Facts::default()
    };
    let kind = match instance.address.mode {
        Mode::Managed => instance.address.ty.clone(),
        mode => format!("{}.{}", mode.keyword(), instance.address.ty).into(),
    };
    Resource {
        address: instance.module.address(&inner).into(),
        api_version: SmolStr::default(),
        name: instance.address.name.clone(),
        namespace: Namespace::Cluster,
        environment: None,
        subjects: vec![kind.clone()],
        kind,
        conditional: instance
            .conditional
            .as_deref()
            .map(|unknown| Arc::new(cause::unknown(unknown))),
        tree: grown.tree,
        facts,
        merge_key: |_| None,
    }
}
