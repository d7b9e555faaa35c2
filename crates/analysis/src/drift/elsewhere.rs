//! What deployed an object, as its labels and annotations say.

use std::fmt;

use graph::{NodeId, Resource, SmolStr};
use source::neutral;

/// What deploys objects and marks them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tracker {
    sort: &'static str,
    namespace: SmolStr,
    name: SmolStr,
}

/// The marks of releases and applications: what they are, whether labels or annotations have them, and the keys of the name and
/// the namespace.
///
/// Sources: <https://helm.sh/docs/topics/charts/>, <https://fluxcd.io/flux/components/>
const MARKS: [(&str, &str, &str, &str); 3] = [
    (
        "the Helm release",
        "annotations",
        "meta.helm.sh/release-name",
        "meta.helm.sh/release-namespace",
    ),
    (
        "the Kustomization of Flux",
        "labels",
        "kustomize.toolkit.fluxcd.io/name",
        "kustomize.toolkit.fluxcd.io/namespace",
    ),
    (
        "the HelmRelease of Flux",
        "labels",
        "helm.toolkit.fluxcd.io/name",
        "helm.toolkit.fluxcd.io/namespace",
    ),
];

/// The annotation of Argo CD: the application, and behind a colon the object itself.
///
/// Source: <https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/>
const ARGO: &str = "argocd.argoproj.io/tracking-id";

impl Tracker {
    /// What deployed an object, if it says so.
    pub(super) fn of(resource: &Resource) -> Option<Self> {
        let text = |map: &str, key: &str| {
            let tree = &resource.tree;
            let node = tree.at(NodeId::ROOT, &["metadata", map, key])?;
            tree.as_text(node).cloned()
        };
        if let Some((name, _)) = text("annotations", ARGO)
            .as_deref()
            .and_then(|id| id.split_once(':'))
        {
            return Some(Self {
                sort: "the application of Argo CD",
                namespace: SmolStr::default(),
                name: name.into(),
            });
        }
        MARKS.iter().find_map(|(sort, map, name, namespace)| {
            Some(Self {
                sort,
                name: text(map, name)?,
                namespace: text(map, namespace).unwrap_or_default(),
            })
        })
    }
}

impl fmt::Display for Tracker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.sort, neutral(&self.name))?;
        match self.namespace.as_str() {
            "" => Ok(()),
            namespace => write!(f, " in {}", neutral(namespace)),
        }
    }
}
