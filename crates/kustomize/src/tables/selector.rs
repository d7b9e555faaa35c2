//! Kinds by group, version and name, where parts may be left open, and the order that kustomize puts them in.

use std::cmp::Ordering;

use smol_str::SmolStr;

/// Kinds that come first where kustomize sorts by kind.
const FIRST: [&str; 22] = [
    "Namespace",
    "ResourceQuota",
    "StorageClass",
    "CustomResourceDefinition",
    "ServiceAccount",
    "PodSecurityPolicy",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
    "ConfigMap",
    "Secret",
    "Endpoints",
    "Service",
    "LimitRange",
    "PriorityClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
];

/// Kinds that come last.
const LAST: [&str; 2] = [
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// A kind of objects. An empty part means any where it selects, and none where it is an object's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selector {
    /// The group of the API.
    pub group: SmolStr,
    /// The version in the group.
    pub version: SmolStr,
    /// The kind.
    pub kind: SmolStr,
}

impl Selector {
    /// The kind of an object.
    #[must_use]
    pub fn of(api_version: &str, kind: &str) -> Self {
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        Self {
            group: group.into(),
            version: version.into(),
            kind: kind.into(),
        }
    }

    /// `Kind.version.group`, as the tables write it; `*` is any kind.
    pub(super) fn read(text: &str) -> Self {
        let mut parts = text.splitn(3, '.');
        let mut part = || parts.next().unwrap_or_default();
        let kind = part();
        Self {
            kind: kind.trim_matches('*').into(),
            version: part().into(),
            group: part().into(),
        }
    }

    /// Whether it selects this kind.
    #[must_use]
    pub fn selects(&self, kind: &Self) -> bool {
        let fits = |wanted: &SmolStr, given: &SmolStr| wanted.is_empty() || wanted == given;
        fits(&self.group, &kind.group)
            && fits(&self.version, &kind.version)
            && fits(&self.kind, &kind.kind)
    }

    /// The group and the version as an object writes them.
    #[must_use]
    pub fn api_version(&self) -> SmolStr {
        if self.group.is_empty() {
            return self.version.clone();
        }
        smol_str::format_smolstr!("{}/{}", self.group, self.version)
    }

    /// The order that things are applied in: what others need comes first.
    #[must_use]
    pub fn apply_order(&self, other: &Self) -> Ordering {
        let rank = self.rank().cmp(&other.rank());
        rank.then_with(|| self.sort_text().cmp(&other.sort_text()))
    }

    /// Where the kind stands among all: before zero those that come first, after it those that come last.
    pub(crate) fn rank(&self) -> isize {
        let first = FIRST.iter().position(|kind| *kind == self.kind);
        let last = LAST.iter().position(|kind| *kind == self.kind);
        match (first, last) {
            (Some(at), _) => at.cast_signed() - FIRST.len().cast_signed(),
            (None, Some(at)) => at.cast_signed() + 1,
            (None, None) => 0,
        }
    }

    /// What kinds of one rank are compared by; the stand-ins for empty parts sort as kustomize's do.
    pub(crate) fn sort_text(&self) -> String {
        let or = |part: &SmolStr, empty| {
            if part.is_empty() {
                SmolStr::new(empty)
            } else {
                part.clone()
            }
        };
        let (group, version) = (or(&self.group, "~G"), or(&self.version, "~V"));
        format!("{group}_{version}_{}", or(&self.kind, "~K"))
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::Selector;

    #[test]
    fn open_parts_select_any() {
        let deployment = Selector::of("apps/v1", "Deployment");
        for (text, selects) in [
            ("*", true),
            ("Deployment", true),
            ("Deployment.v1.apps", true),
            ("Deployment..apps", true),
            ("Deployment.v1beta1", false),
            ("Deployment..extensions", false),
            ("StatefulSet", false),
        ] {
            assert_eq!(Selector::read(text).selects(&deployment), selects, "{text}");
        }
    }

    #[test]
    fn groups_keep_their_points() {
        let role = Selector::read("Role.v1.rbac.authorization.k8s.io");
        assert_eq!(role.api_version(), "rbac.authorization.k8s.io/v1");
        assert_eq!(role, Selector::of("rbac.authorization.k8s.io/v1", "Role"));
    }

    #[test]
    fn what_others_need_comes_first() {
        let kinds = [
            ("v1", "Namespace"),
            ("rbac.authorization.k8s.io/v1", "Role"),
            ("v1", "Service"),
            ("apps/v1", "Deployment"),
            ("apps/v1", "DaemonSet"),
            ("example.org/v1", "Thing"),
            ("v1", "Pod"),
            (
                "admissionregistration.k8s.io/v1",
                "ValidatingWebhookConfiguration",
            ),
        ];
        let kinds = kinds.map(|(api, kind)| Selector::of(api, kind));
        for pair in kinds.windows(2) {
            assert_eq!(pair[0].apply_order(&pair[1]), Ordering::Less, "{pair:?}");
        }
    }
}
