//! Argo CD: applications, and sets of them.

mod application;
mod chart;
mod kustomization;

use std::collections::HashMap;

use graph::Resource;

use super::Finder;
use super::deployment::{Deployer, Deployments, Object};
use application::Application;

/// Adds what an object of Argo CD deploys.
pub(super) fn follow(finder: &Finder<'_>, object: &Object, found: &mut Deployments) {
    let resource = &object.resource;
    if is_of(resource, "Application") {
        let place = finder.place(object);
        let mut application = Application {
            finder,
            tree: &resource.tree,
            by: Deployer {
                name: resource.name.clone(),
                word: "application",
                object: object.clone(),
                source: 0,
                needs: Vec::new(),
            },
            place: &place,
            references: HashMap::new(),
            deployments: Vec::new(),
            problems: Vec::new(),
        };
        application.follow();
        found.all.extend(application.deployments);
        found.problems.extend(application.problems);
    }
}

fn is_of(resource: &Resource, kind: &str) -> bool {
    resource.kind == kind && resource.api_version.starts_with("argoproj.io/")
}
