//! Blocks that are no resources as resources of the graph.

use std::sync::Arc;

use graph::{Facts, Namespace, Resource};
use smol_str::{SmolStr, format_smolstr};

use super::tree::{Grown, grow};
use super::{Declared, Keys, cause};
use crate::root::Declaration;

/// What such blocks are called in the names of subjects. Backends and providers have types behind that.
const KINDS: [&str; 6] = [
    "backend",
    "module",
    "output",
    "provider",
    "terraform",
    "variable",
];
const WITH_TYPES: [&str; 2] = ["backend", "provider"];

/// Whether a resource of the graph is a block that is no resource of Terraform.
#[must_use]
pub fn is_block(resource: &Resource) -> bool {
    let subject = resource
        .subjects
        .first()
        .and_then(|subject| subject.strip_prefix("terraform/"));
    subject.is_some_and(|subject| KINDS.contains(&subject))
}

/// Whether checks may name such blocks so.
pub(super) fn is_known(name: &str) -> bool {
    match name.split_once('.') {
        None => KINDS.contains(&name),
        Some((kind, ty)) => {
            let is_word = |character: char| {
                character.is_ascii_lowercase()
                    || character.is_ascii_digit()
                    || "-_".contains(character)
            };
            WITH_TYPES.contains(&kind) && !ty.is_empty() && ty.chars().all(is_word)
        }
    }
}

/// The block for the graph. What it refers to is no link: that a resource is passed on does not use it.
pub(super) fn declared(declaration: &Declaration, keys: &Keys) -> Declared {
    let Grown {
        tree, sensitive, ..
    } = grow(&declaration.value, keys);
    let inner = format!("{}{}", declaration.address, declaration.key);
    let kind = SmolStr::new_static(declaration.kind);
    let mut subjects = vec![format_smolstr!("terraform/{kind}")];
    if let Some(ty) = &declaration.ty {
        subjects.push(format_smolstr!("terraform/{kind}.{ty}"));
    }
    let conditional = declaration.conditional.as_deref();
    let resource = Resource {
        address: declaration.module.address(&inner).into(),
        api_version: SmolStr::default(),
        kind,
        name: declaration.name.clone(),
        namespace: Namespace::Cluster,
        environment: None,
        subjects,
        conditional: conditional.map(|unknown| Arc::new(cause::unknown(unknown))),
        tree,
        facts: Facts {
            sensitive,
            ..Facts::default()
        },
        merge_key: |_| None,
    };
    Declared {
        calls: Vec::new(),
        resource,
        references: Vec::new(),
        object: None,
        values: Vec::new(),
        patch: None,
        foreign: None,
        local: declaration.address.clone(),
        folder: declaration.folder.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_known;

    #[test]
    fn blocks_are_subjects_by_kind_and_type() {
        let names = [
            "module",
            "provider.aws",
            "backend.s3",
            "module.a",
            "backend.",
            "locals",
        ];
        let known = names.map(is_known);
        assert_eq!(known, [true, true, true, false, false, false]);
    }
}
