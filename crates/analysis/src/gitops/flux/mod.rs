//! Flux: releases of Helm and kustomizations, with the sources and values that they refer to.

mod kustomization;
mod post_build;
mod release;
mod substitute;
mod values;
mod variables;

use std::path::PathBuf;

use graph::{NodeId, Resource, SmolStr, Tree};
use source::{FileSystem as _, Level, Problem, Span};

use super::deployment::{Deployer, Deployment, Deployments, How, Object};
use super::field::text;
use super::{Finder, NOT_RENDERED, Place};

pub(crate) use post_build::PostBuild;

/// Whether a resource is an object of Flux.
pub(crate) fn is_flux(resource: &Resource) -> bool {
    let group = resource.api_version.split('/').next().unwrap_or_default();
    group.ends_with(".toolkit.fluxcd.io")
}

/// Whether objects of Flux may take values from a resource.
pub(super) fn is_source(resource: &Resource) -> bool {
    resource.api_version == "v1" && matches!(resource.kind.as_str(), "ConfigMap" | "Secret")
}

/// The objects that others refer to.
pub(super) struct Index<'a>(&'a [Object]);

impl<'a> Index<'a> {
    pub(super) fn of(objects: &'a [Object]) -> Self {
        Self(objects)
    }

    /// The object that one refers to: of its environment, where there are several.
    fn get(&self, from: &Resource, kind: &str, namespace: &str, name: &str) -> Option<&'a Object> {
        let is_meant = |object: &&Object| {
            let one = &object.resource;
            let own = one.namespace.name().unwrap_or(namespace);
            one.kind == kind
                && one.name == name
                && (own == namespace || namespace.is_empty())
                && (is_flux(one) || is_source(one))
        };
        let found = self.0.iter().filter(is_meant);
        let fit = |one: &Option<SmolStr>| one.is_none() || from.environment.is_none();
        let found = found.filter(|object| {
            let own = &object.resource.environment;
            fit(own) || *own == from.environment
        });
        found.max_by_key(|object| object.resource.environment == from.environment)
    }
}

/// Adds what an object of Flux deploys.
pub(super) fn follow(
    finder: &Finder<'_>,
    object: &Object,
    index: &Index<'_>,
    found: &mut Deployments,
) {
    let resource = &object.resource;
    if !is_flux(resource) {
        return;
    }
    let word = match resource.kind.as_str() {
        "HelmRelease" => "release",
        "Kustomization" => "kustomization",
        _ => return,
    };
    let place = finder.place(object);
    let mut deployed = Deployed {
        finder,
        tree: &resource.tree,
        resource,
        index,
        place: &place,
        by: Deployer {
            name: resource.name.clone(),
            word,
            object: object.clone(),
            source: 0,
            needs: Vec::new(),
        },
        problems: Vec::new(),
    };
    let deployment = match word {
        "release" => deployed.release(),
        _ => deployed.kustomization(),
    };
    found.all.extend(deployment);
    found.problems.extend(deployed.problems);
}

/// An object that deploys something.
struct Deployed<'a> {
    finder: &'a Finder<'a>,
    tree: &'a Tree,
    resource: &'a Resource,
    index: &'a Index<'a>,
    place: &'a Place,
    by: Deployer,
    problems: Vec<Problem>,
}

impl<'a> Deployed<'a> {
    fn spec(&self) -> NodeId {
        let spec = self.tree.get(NodeId::ROOT, "spec");
        spec.unwrap_or(NodeId::ROOT)
    }

    fn text(&self, node: NodeId, key: &str) -> Option<&'a SmolStr> {
        text(self.tree, node, key)
    }

    /// The namespace that the object is in; empty where none is written.
    fn namespace(&self) -> &'a str {
        self.resource.namespace.name().unwrap_or_default()
    }

    /// An object that a reference names, which then decides what is deployed.
    fn object(&mut self, kind: &str, namespace: &str, name: &str) -> Option<&'a Object> {
        let found = self.index.get(self.resource, kind, namespace, name)?;
        let is_known = self.by.needs.iter().any(|one| one.is_same(found));
        if !is_known {
            self.by.needs.push(found.clone());
        }
        Some(found)
    }

    /// The folder at a path of a source, if that is this repository. Why it is not followed is told.
    fn folder(&mut self, source: NodeId, path: &str) -> Option<PathBuf> {
        let kind = self.text(source, "kind").map_or("", SmolStr::as_str);
        let (Some(name), "GitRepository") = (self.text(source, "name"), kind) else {
            let why = format!("its source is of the kind `{}`", source::neutral(kind));
            return self.not_rendered(source, &why);
        };
        let namespace = self
            .text(source, "namespace")
            .map_or(self.namespace(), |own| own);
        let Some(repository) = self.object("GitRepository", namespace, name) else {
            let why = format!("its source `{}` is not in the input", source::neutral(name));
            return self.not_rendered(source, &why);
        };
        let tree = &repository.resource.tree;
        let url = tree
            .get(NodeId::ROOT, "spec")
            .and_then(|spec| text(tree, spec, "url"));
        if !url.is_some_and(|url| self.place.repository.is_at(url)) {
            let why = match self.place.repository.is_known() {
                true => "its source is another repository",
                false => "nothing says which repository this tree is (`--repo-url` does)",
            };
            return self.not_rendered(source, why);
        }
        let folder = self.place.repository.path(path.trim_start_matches("./"));
        let system = self.finder.confined(&self.place.boundary);
        let real = folder.and_then(|folder| system.canonical(&folder).ok());
        let is_there = |folder: &PathBuf| system.list(folder).is_ok_and(|all| !all.is_empty());
        match real.filter(is_there) {
            Some(folder) => Some(folder),
            None => self.not_rendered(source, "nothing stands at its path in the tree"),
        }
    }

    fn deployment(&self, folder: PathBuf, how: How) -> Deployment {
        Deployment {
            by: self.by.clone(),
            path: self.finder.below_run(&folder),
            is_demonstration: self.place.is_demonstration(&folder),
            folder,
            boundary: self.place.boundary.clone(),
            environment: None,
            environments: 1,
            how,
        }
    }

    /// What Flux or the API server refuses.
    fn refuse(&mut self, message: impl Into<String>, span: Span) {
        let problem = Problem::at(Level::Error, NOT_RENDERED, message, span);
        self.problems.push(problem);
    }

    fn warn(&mut self, message: impl Into<String>, span: Span) {
        let problem = Problem::at(Level::Warning, NOT_RENDERED, message, span);
        self.problems.push(problem);
    }

    /// What the object deploys is not in the graph, for a reason.
    fn not_rendered<T>(&mut self, node: NodeId, why: &str) -> Option<T> {
        let message = format!(
            "what the {} `{}` deploys is not rendered, so it is not judged: {why}",
            self.by.word,
            source::neutral(&self.by.name)
        );
        self.warn(message, self.tree.node(node).span);
        None
    }
}
