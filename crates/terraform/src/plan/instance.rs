//! Instances of resources from what a plan or state says of them.

use std::path::Path;

use graph::NodeId;
use smol_str::SmolStr;
use source::SourceFile;

use super::address::{self, Address};
use super::json::Json;
use super::references::{Place, References};
use super::unset::{Reader, typed};
use crate::module::{Mode, ResourceAddress};
use crate::root::{Instance, InstanceKey};
use crate::schema;
use crate::value::Value;

/// An instance, and the value that a plan or state has for it.
pub(super) struct Found {
    pub(super) address: Address,
    pub(super) value: Value,
}

/// The instances of a file, with links between them.
pub(super) fn instances(json: Json<'_>, found: Vec<Found>) -> Vec<Instance> {
    let (addresses, values): (Vec<Address>, Vec<Value>) = found
        .into_iter()
        .map(|found| (found.address, found.value))
        .unzip();
    let references = References::new(json, &addresses);
    let folder = folder(json.file);
    (addresses.into_iter().zip(values))
        .map(|(address, value)| instance(&references, address, value, folder))
        .collect()
}

/// The folder of a file.
pub(super) fn folder(file: &SourceFile) -> &Path {
    file.path.parent().unwrap_or(Path::new(""))
}

fn instance(
    references: &References<'_>,
    address: Address,
    value: Value,
    folder: &Path,
) -> Instance {
    let schema = schema::of(address.resource.mode, &address.resource.ty);
    let reader = Reader {
        references,
        place: Place {
            module: &address.module,
            key: &address.key,
            for_each: (references.configuration).for_each(&address.module, &address.resource),
        },
    };
    let expressions = references
        .configuration
        .expressions(&address.module, &address.resource);
    let value = reader.body(typed(value, schema), schema, expressions);
    Instance {
        module: address.module,
        address: address.resource,
        key: address.key,
        value,
        conditional: None,
        ignored: Vec::new(),
        folder: folder.to_path_buf(),
    }
}

impl Json<'_> {
    /// The address of a resource from its members; the module is that of the text.
    pub(super) fn address(&self, node: NodeId, module: &str) -> Option<Address> {
        Some(Address {
            module: address::module(module)?,
            resource: self.resource(node)?,
            key: self.key(node, "index"),
        })
    }

    /// `mode`, `type` and `name`.
    pub(super) fn resource(&self, node: NodeId) -> Option<ResourceAddress> {
        let mode = match self.text(node, "mode")?.as_str() {
            "managed" => Mode::Managed,
            "data" => Mode::Data,
            _ => return None,
        };
        let text = |key: &str| self.text(node, key).cloned().filter(is_name);
        Some(ResourceAddress {
            mode,
            ty: text("type")?,
            name: text("name")?,
        })
    }

    /// Which instance it is.
    pub(super) fn key(&self, node: NodeId, member: &str) -> InstanceKey {
        let key = self.get(node, member).map(|key| &self.tree.node(key).data);
        match key {
            Some(graph::Data::Int(index)) => {
                usize::try_from(*index).map_or(InstanceKey::Any, InstanceKey::Index)
            }
            Some(graph::Data::String(name)) => InstanceKey::Name(name.clone()),
            _ => InstanceKey::None,
        }
    }
}

fn is_name(text: &SmolStr) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || "_-".contains(character);
    !text.is_empty() && text.chars().all(is_part)
}
