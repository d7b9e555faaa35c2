//! Who gave a value to something that runs: the program that set the field, and the release, application or owner behind it.

use graph::{Manager, NodeId, Resource, Tree};
use kubernetes::setters;
use source::neutral;

use crate::report::Related;

/// How many programs are named beside each other; more than a few never share a field.
const MOST: usize = 4;

/// Where an object says what it belongs to.
struct Sign {
    /// The map that holds it: labels or annotations.
    map: &'static str,
    name: &'static str,
    /// The key of the namespace of what it belongs to, if there is one.
    namespace: Option<&'static str>,
    what: &'static str,
}

const SIGNS: [Sign; 5] = [
    Sign {
        map: "annotations",
        name: "meta.helm.sh/release-name",
        namespace: Some("meta.helm.sh/release-namespace"),
        what: "the Helm release",
    },
    Sign {
        map: "annotations",
        name: "argocd.argoproj.io/tracking-id",
        namespace: None,
        what: "the Argo CD application",
    },
    Sign {
        map: "labels",
        name: "argocd.argoproj.io/instance",
        namespace: None,
        what: "the Argo CD application",
    },
    Sign {
        map: "labels",
        name: "kustomize.toolkit.fluxcd.io/name",
        namespace: Some("kustomize.toolkit.fluxcd.io/namespace"),
        what: "the Flux Kustomization",
    },
    Sign {
        map: "labels",
        name: "helm.toolkit.fluxcd.io/name",
        namespace: Some("helm.toolkit.fluxcd.io/namespace"),
        what: "the Flux HelmRelease",
    },
];

/// Who gave a node of a live object its value, the nearest first.
pub(crate) fn set_by(resource: &Resource, node: NodeId) -> Vec<Related> {
    let mut managers: Vec<&Manager> = setters(resource, node).collect();
    managers.sort_by(|one, other| other.time.cmp(&one.time));
    let span = resource.tree.node(node).span;
    let programs = managers.into_iter().take(MOST).map(|manager| Related {
        span,
        message: program(manager),
    });
    let signs = SIGNS.iter().filter_map(|sign| sign.of(&resource.tree));
    programs.chain(signs).chain(owner(&resource.tree)).collect()
}

/// A program and its last write, such as `set by helm (Apply) on 2026-11-02`.
fn program(manager: &Manager) -> String {
    let mut said = format!("set by {}", neutral(&manager.name));
    if !manager.operation.is_empty() {
        said += &format!(" ({})", neutral(&manager.operation));
    }
    if let Some((day, _)) = manager.time.split_once('T') {
        said += &format!(" on {}", neutral(day));
    }
    said
}

impl Sign {
    fn of(&self, tree: &Tree) -> Option<Related> {
        let map = tree.at(NodeId::ROOT, &["metadata", self.map])?;
        let node = tree.get(map, self.name)?;
        let text = tree.as_text(node)?;
        // The tracking id of Argo CD goes on with the object.
        let name = text.split(':').next().unwrap_or_default();
        let namespace = self.namespace.and_then(|key| tree.text(map, key));
        let place = namespace.map(|namespace| format!(" of namespace {namespace}"));
        let message = format!(
            "managed by {} {name}{}",
            self.what,
            place.unwrap_or_default()
        );
        Some(Related {
            span: tree.node(node).span,
            message: neutral(&message).into_owned(),
        })
    }
}

/// The object that made this one.
fn owner(tree: &Tree) -> Option<Related> {
    let owners = tree.at(NodeId::ROOT, &["metadata", "ownerReferences"])?;
    let owner = tree.children(owners).next()?;
    let (kind, name) = (tree.text(owner, "kind")?, tree.text(owner, "name")?);
    Some(Related {
        span: tree.node(owner).span,
        message: neutral(&format!("owned by {kind} {name}")).into_owned(),
    })
}
