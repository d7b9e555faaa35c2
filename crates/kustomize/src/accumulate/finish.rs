//! What is done once, when everything is brought together.

use std::path::Path;

use super::Accumulator;
use super::target::{ORIGIN, Target};
use crate::build::Built;
use crate::changes::Changes;
use crate::context::Context;
use crate::node::{tree, written};
use crate::resources::{
    Resource, annotations, remove_annotation, remove_own_annotations, tidy_annotations,
};
use crate::transform::{TRANSFORMATIONS, add_managed_by, sort};

/// The annotation by which an object says that it is for kustomize alone.
const LOCAL: &str = "config.kubernetes.io/local-config";

/// The objects of the kustomization in a folder.
pub(super) fn run(context: &Context<'_>, folder: &Path, changes: Option<&Changes>) -> Vec<Built> {
    let target = match changes {
        Some(changes) if changes.is_whole => Some(Target::described(context, folder, changes)),
        _ => context
            .top(folder)
            .and_then(|root| Target::load(context, root))
            .map(|target| target.changed(changes)),
    };
    let Some(target) = target else {
        return Vec::new();
    };
    let kustomization = &target.kustomization;
    let has = |option: &str| {
        kustomization
            .build_metadata
            .iter()
            .any(|one| one.value == option)
    };
    context
        .keeps_origins
        .set(!kustomization.build_metadata.is_empty());
    target.take_schema();
    let mut accumulator = Accumulator::default();
    target.accumulate(&mut accumulator);
    target.finish(&mut accumulator);
    let mut resources = accumulator.resources.all;
    resources.retain(|resource| !is_local(resource));
    sort(&mut resources, kustomization.sort_options.as_ref());
    if has("managedByLabel") {
        add_managed_by(context, &mut resources, kustomization.span);
    }
    resources.retain(|resource| is_object(context, resource));
    for resource in &mut resources {
        resource.edit(|node| {
            remove_own_annotations(node);
            for (key, option) in [
                (ORIGIN, "originAnnotations"),
                (TRANSFORMATIONS, "transformerAnnotations"),
            ] {
                if !has(option) {
                    remove_annotation(node, key);
                }
            }
            tidy_annotations(node);
        });
    }
    let built = resources.iter().map(|resource| built(context, resource));
    built.collect()
}

/// Whether an object is still one: patches may have taken its kind or its name.
fn is_object(context: &Context<'_>, resource: &Resource) -> bool {
    let kind = resource.kind();
    let message = match () {
        () if kind.is_empty() => "an object needs a `kind`, and lost it",
        () if resource.name().is_empty() && !kind.ends_with("List") => {
            "an object needs `metadata.name`, and lost it"
        }
        () => return true,
    };
    let span = resource.node().origin.span;
    context.error("kustomize-resource", message, span);
    false
}

fn is_local(resource: &Resource) -> bool {
    let mut annotations = annotations(resource.node()).iter();
    let local = annotations.find(|entry| entry.key == LOCAL);
    local.is_some_and(|entry| entry.value.text() != "false")
}

fn built(context: &Context<'_>, resource: &Resource) -> Built {
    let mut faults = Vec::new();
    let value = written(resource.node(), &mut |node, message| {
        faults.push((node.origin.span, message));
    });
    for (span, message) in faults {
        context.error("unprintable-value", message, span);
    }
    Built {
        tree: tree(resource.node(), &context.unknowns),
        conditional: resource.conditional.clone(),
        listed: resource.listed.clone(),
        printed: value,
    }
}
