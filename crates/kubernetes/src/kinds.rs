//! Which kinds there are, which of them have namespaces, and how they are called.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use smol_str::{SmolStr, format_smolstr};

/// Whether the objects of a kind live in namespaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Namespaced,
    Cluster,
}

/// The groups and kinds that the API server itself serves.
struct Served {
    groups: HashSet<&'static str>,
    kinds: HashMap<&'static str, Scope>,
}

static SERVED: LazyLock<Served> = LazyLock::new(|| {
    let mut served = Served {
        groups: HashSet::new(),
        kinds: HashMap::new(),
    };
    for line in rows(include_str!("kinds.txt")) {
        let mut words = line.split_whitespace();
        let (Some(group), Some(scope)) = (words.next(), words.next()) else {
            continue;
        };
        let scope = if scope == "cluster" {
            Scope::Cluster
        } else {
            Scope::Namespaced
        };
        served.groups.insert(group.trim_start_matches('-'));
        served.kinds.extend(words.map(|kind| (kind, scope)));
    }
    served
});

/// Groups of the files by which parts of Kubernetes are configured (`--config`, `--admission-control-config-file`,
/// `--audit-policy-file` …; "Configuration APIs" of the reference). They are written like objects, but no API server stores them,
/// and they have neither names nor namespaces.
const CONFIGURATION: [&str; 10] = [
    "apiserver.config.k8s.io",
    "apiserver.k8s.io",
    "audit.k8s.io",
    "eventratelimit.admission.k8s.io",
    "kubeadm.k8s.io",
    "kubecontrollermanager.config.k8s.io",
    "kubelet.config.k8s.io",
    "kubeproxy.config.k8s.io",
    "kubescheduler.config.k8s.io",
    "pod-security.admission.config.k8s.io",
];

static CUSTOM_WITHOUT_NAMESPACES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| rows(include_str!("cluster_kinds.txt")).collect());

/// The rows of a data file: its lines without blank ones and comments.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The group of `apps/v1`; `v1` has the empty one.
pub(crate) fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// Whether the API server itself serves the group.
pub(crate) fn is_served(group: &str) -> bool {
    SERVED.groups.contains(group)
}

/// Whether the group is one of the files by which parts of Kubernetes are configured.
pub(crate) fn is_configuration(group: &str) -> bool {
    CONFIGURATION.contains(&group)
}

/// The name of a kind in addresses, check files and tables: `Kind`, and `Kind.group` where the API server does not serve the
/// group itself. Kinds that moved between groups of the API server (Ingress) keep one name.
pub(crate) fn name(group: &str, kind: &str) -> SmolStr {
    if is_served(group) {
        kind.into()
    } else {
        format_smolstr!("{kind}.{group}")
    }
}

/// Whether the objects of the named kind live in namespaces, if that is known.
pub(crate) fn scope(name: &str) -> Option<Scope> {
    let custom = || {
        let group = name.split_once('.').map(|(_, group)| group);
        (CUSTOM_WITHOUT_NAMESPACES.contains(name) || group.is_some_and(is_configuration))
            .then_some(Scope::Cluster)
    };
    SERVED.kinds.get(name).copied().or_else(custom)
}

/// Whether the API server itself serves the named kind.
pub(crate) fn is_served_kind(name: &str) -> bool {
    SERVED.kinds.contains_key(name)
}

/// Whether the `resources:` of a check file may name this: `kubernetes/any`, `kubernetes/cluster`, `kubernetes/SecretManifest`,
/// `kubernetes/workload`, a kind of the API server, or a custom kind with its group.
#[must_use]
pub fn is_known_subject(name: &str) -> bool {
    let Some(kind) = name.strip_prefix("kubernetes/") else {
        return false;
    };
    match kind.split_once('.') {
        None => {
            matches!(kind, "any" | "cluster" | "SecretManifest" | "workload")
                || is_served_kind(kind)
        }
        Some((kind, group)) => is_kind(kind) && is_domain(group) && !is_served(group),
    }
}

fn is_kind(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Groups of custom kinds have at least one dot.
fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    text.contains('.') && text.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_kinds_are_named_with_their_group() {
        let names = [
            ("apps/v1", "Deployment"),
            ("v1", "Service"),
            ("serving.knative.dev/v1", "Service"),
        ]
        .map(|(api_version, kind)| name(group(api_version), kind));
        assert_eq!(
            names,
            ["Deployment", "Service", "Service.serving.knative.dev"]
        );
    }

    #[test]
    fn scopes_are_known_for_served_kinds_and_some_custom_ones() {
        assert_eq!(scope("Node"), Some(Scope::Cluster));
        assert_eq!(scope("Role"), Some(Scope::Namespaced));
        assert_eq!(scope("ClusterIssuer.cert-manager.io"), Some(Scope::Cluster));
        assert_eq!(scope("Policy.audit.k8s.io"), Some(Scope::Cluster));
        assert_eq!(scope("Rollout.argoproj.io"), None);
    }

    #[test]
    fn subjects_are_kinds_that_resources_can_have() {
        for known in [
            "any",
            "SecretManifest",
            "workload",
            "Pod",
            "Ingress",
            "Rollout.argoproj.io",
        ] {
            assert!(is_known_subject(&format!("kubernetes/{known}")), "{known}");
        }
        for unknown in [
            "Deploymnt",
            "pod",
            "Deployment.apps",
            "Rollout.argoproj",
            "rollout.argoproj.io",
            "",
        ] {
            assert!(
                !is_known_subject(&format!("kubernetes/{unknown}")),
                "{unknown}"
            );
        }
        assert!(!is_known_subject("aws/s3"));
    }
}
