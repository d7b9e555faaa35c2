//! What a snapshot does not have of its cluster.

use graph::{Completeness, Unread};
use smol_str::{SmolStr, format_smolstr};

use super::{Kind, Outcome, Snapshot};
use crate::PodPaths;
use crate::{kinds, links};

impl Snapshot {
    /// What of the cluster is in the snapshot. What was left out on purpose, and measurements, refer to
    /// nothing, and nothing refers to them.
    #[must_use]
    pub fn completeness(&self, pods: &PodPaths) -> Completeness {
        let unread = self.kinds.iter();
        let unread = unread.filter_map(|kind| self.unread(kind, pods));
        Completeness {
            others: true,
            unread: unread.collect(),
        }
    }

    fn unread(&self, kind: &Kind, pods: &PodPaths) -> Option<Unread> {
        let namespace = self.about.namespace.as_ref().filter(|_| kind.namespaced);
        let (why, namespace) = match (&kind.outcome, namespace) {
            _ if kind.group.ends_with("metrics.k8s.io") => return None,
            (Outcome::LeftOut(_), _) | (Outcome::Read | Outcome::Partly(_), None) => return None,
            (Outcome::Read | Outcome::Partly(_), Some(read)) => (
                format_smolstr!("were read in namespace {read} only"),
                Some(SmolStr::from(read)),
            ),
            (Outcome::Forbidden(why), _) => {
                (format_smolstr!("could not be read: forbidden: {why}"), None)
            }
            (Outcome::Failed(why), _) => (format_smolstr!("could not be read: {why}"), None),
        };
        let name = kinds::name(&kind.group, &kind.kind);
        let shown = kind.name();
        let has_pods = name == "Pod" || pods.of(&name).is_some_and(|rows| !rows.is_empty());
        Some(Unread {
            references: links::references((&name, &shown), has_pods).into(),
            kind: name,
            name: shown.into(),
            why,
            namespace,
            has_pods,
        })
    }
}

#[cfg(test)]
mod tests {
    use graph::LinkKind;

    use super::*;
    use crate::testing;

    /// What could not be read, as group, resource and kind, and the definitions that nothing may use for all that.
    const CASES: [(&str, &str, &str, &[&str]); 4] = [
        (
            "argoproj.io",
            "rollouts",
            "Rollout",
            &["analysisruns.argoproj.io", "rollouts.example.org"],
        ),
        ("argoproj.io", "*", "*", &["rollouts.example.org"]),
        ("apps", "deployments", "Deployment", &DEFINITIONS),
        ("", "configmaps", "ConfigMap", &DEFINITIONS),
    ];

    const DEFINITIONS: [&str; 3] = [
        "rollouts.argoproj.io",
        "analysisruns.argoproj.io",
        "rollouts.example.org",
    ];

    fn definition(name: &str) -> String {
        format!(
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {{name: {name}}}\n"
        )
    }

    #[test]
    fn a_custom_kind_leaves_open_only_whether_its_own_definition_is_used() {
        for (group, resource, kind, expected) in CASES {
            let snapshot = Snapshot {
                kinds: vec![Kind {
                    group: group.to_owned(),
                    resource: resource.to_owned(),
                    version: "v1".to_owned(),
                    kind: kind.to_owned(),
                    namespaced: true,
                    outcome: Outcome::Forbidden("no".to_owned()),
                    objects: 0,
                }],
                ..Snapshot::default()
            };
            let completeness = snapshot.completeness(&PodPaths::default());
            let is_unused = |name: &&&str| {
                let (_, read) = testing::read(&definition(name));
                let used = |_: &Unread, meaning| meaning == LinkKind::Uses;
                completeness.referring(&read.resources[0], used).is_none()
            };
            let unused: Vec<&str> = DEFINITIONS.iter().filter(is_unused).copied().collect();
            assert_eq!(unused, expected, "{kind}.{group}");
        }
    }
}
