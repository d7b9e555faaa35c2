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
        let has_pods = name == "Pod" || pods.of(&name).is_some_and(|rows| !rows.is_empty());
        Some(Unread {
            references: links::references(&name, has_pods).into(),
            kind: name,
            name: kind.name().into(),
            why,
            namespace,
            has_pods,
        })
    }
}
