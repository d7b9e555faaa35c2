//! Argo CD: applications, and sets of them.

mod application;
mod chart;
mod kustomization;
mod overrides;
mod set;

use foldhash::{HashMap, HashMapExt};
use graph::{Resource, Tree};

use super::deployment::{Deployer, Deployments, Object};
use super::{Finder, Place};
use application::Application;

/// Adds what an object of Argo CD deploys.
pub(super) fn follow(finder: &Finder<'_>, object: &Object, found: &mut Deployments) {
    let resource = &object.resource;
    if is_of(resource, "ApplicationSet") {
        set::follow(finder, object, found);
    }
    if is_of(resource, "Application") {
        let by = Deployer {
            name: resource.name.clone(),
            word: "application",
            object: object.clone(),
            source: 0,
            needs: Vec::new(),
        };
        let place = finder.place(object);
        follow_application(finder, &resource.tree, by, &place, found);
    }
}

/// Adds what an application deploys.
fn follow_application(
    finder: &Finder<'_>,
    tree: &Tree,
    by: Deployer,
    place: &Place,
    found: &mut Deployments,
) {
    let mut application = Application {
        finder,
        tree,
        by,
        place,
        references: HashMap::new(),
        deployments: Vec::new(),
        problems: Vec::new(),
    };
    let overridden = application.overridden();
    if let Some(tree) = &overridden {
        application = Application {
            tree,
            ..application
        };
    }
    application.follow();
    found.all.extend(application.deployments);
    found.problems.extend(application.problems);
}

fn is_of(resource: &Resource, kind: &str) -> bool {
    resource.kind == kind && resource.api_version.starts_with("argoproj.io/")
}
