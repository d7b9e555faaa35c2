//! The conditions of escapes, asked of one container.

use std::sync::Arc;

use graph::{Cause, Data, LinkKind, NodeId, Target, Tree, Unknown};

use super::{Condition, Pod};
use crate::truth::Truth;

/// Since this minor version a container without a profile has the default one of AppArmor, on nodes that have AppArmor.
const PROFILED: u32 = 31;

/// A container of a pod.
pub(super) struct Place<'p> {
    pub(super) pod: &'p Pod<'p>,
    pub(super) container: NodeId,
}

/// Whether something holds, and the node that says so.
type Held = (Truth, Option<NodeId>);

impl Place<'_> {
    fn tree(&self) -> &Tree {
        &self.pod.resource.tree
    }

    /// Whether a condition holds.
    pub(super) fn holds(&self, condition: &Condition) -> Held {
        let spec = self.pod.template.spec;
        let (tree, container) = (self.tree(), self.container);
        if let Data::Unknown(cause) = &tree.node(container).data {
            let is_of_pod = matches!(condition, Condition::Not(_));
            return match is_of_pod {
                true => (Truth::Yes, None),
                false => (Truth::Maybe(Arc::clone(cause)), Some(container)),
            };
        }
        match condition {
            Condition::Privileged => self.is_true(container, &["securityContext", "privileged"]),
            Condition::HostPid => self.is_true(spec, &["hostPID"]),
            Condition::HostNetwork => self.is_true(spec, &["hostNetwork"]),
            Condition::SharedProcesses => self.is_true(spec, &["shareProcessNamespace"]),
            Condition::UserNamespace => negated(self.is_true_or(spec, &["hostUsers"], true)),
            Condition::WindowsHostProcess => self.effective("windowsOptions", "hostProcess"),
            Condition::Capability(name) => self.has_capability(name),
            Condition::Root => self.is_root(),
            Condition::Unconfined => self.is_unconfined(),
            Condition::Mount(paths, writable) => self.mounts(paths, *writable),
            Condition::ClaimOfNodeFiles => self.claims(),
            Condition::Perhaps(why) => {
                let cause = Unknown::new(Cause::Other(format!("only where {why}").into()));
                (Truth::Maybe(Arc::new(cause)), None)
            }
            // What is not there is written nowhere.
            Condition::Not(inner) => (negated(self.holds(inner)).0, None),
        }
    }

    fn is_true(&self, node: NodeId, path: &[&str]) -> Held {
        self.is_true_or(node, path, false)
    }

    fn is_true_or(&self, node: NodeId, path: &[&str], default: bool) -> Held {
        let tree = self.tree();
        let mut at = node;
        for key in path {
            match tree.get(at, key) {
                Some(child) => at = child,
                None => {
                    let open = tree.open(at).cloned().or_else(|| unknown(tree, at));
                    return (open.map_or(sure(default), Truth::Maybe), Some(at));
                }
            }
        }
        match &tree.node(at).data {
            Data::Bool(value) => (sure(*value), Some(at)),
            Data::Null => (sure(default), Some(at)),
            data => (
                kubernetes::unknown(data).map_or(Truth::No, Truth::Maybe),
                Some(at),
            ),
        }
    }

    /// A setting of the container, else of the pod.
    fn effective(&self, map: &str, key: &str) -> Held {
        let tree = self.tree();
        let own = tree.at(self.container, &["securityContext", map, key]);
        match own.filter(|node| tree.node(*node).data != Data::Null) {
            Some(_) => self.is_true(self.container, &["securityContext", map, key]),
            None => self.is_true(self.pod.template.spec, &["securityContext", map, key]),
        }
    }

    /// The node of a security setting of the container, else of the pod, if one of them says it.
    fn setting(&self, key: &str) -> Option<NodeId> {
        let tree = self.tree();
        let places = [self.container, self.pod.template.spec];
        let nodes = places
            .into_iter()
            .filter_map(|place| tree.at(place, &["securityContext", key]));
        nodes
            .into_iter()
            .find(|node| tree.node(*node).data != Data::Null)
    }

    /// A privileged container has all capabilities.
    fn has_capability(&self, name: &str) -> Held {
        let privileged = self.is_true(self.container, &["securityContext", "privileged"]);
        if privileged.0 == Truth::Yes {
            return privileged;
        }
        let tree = self.tree();
        let path = ["securityContext", "capabilities", "add"];
        let Some(list) = tree.at(self.container, &path) else {
            return privileged;
        };
        let mut held = (privileged.0, None);
        for node in tree.children(list) {
            let matches = match &tree.node(node).data {
                // The runtime takes names with and without the prefix, in any case.
                Data::String(text) => {
                    let text = text.to_uppercase();
                    let text = text.strip_prefix("CAP_").unwrap_or(&text);
                    sure(text == name || text == "ALL")
                }
                data => kubernetes::unknown(data).map_or(Truth::No, Truth::Maybe),
            };
            if !matches.is_no() {
                held = (held.0.or(matches), Some(node));
            }
        }
        match tree.open(list).cloned().or_else(|| unknown(tree, list)) {
            Some(cause) => (held.0.or(Truth::Maybe(cause)), held.1.or(Some(list))),
            None => held,
        }
    }

    /// The image may run as root where nothing says otherwise.
    fn is_root(&self) -> Held {
        let tree = self.tree();
        if let Some(user) = self.setting("runAsUser") {
            return match &tree.node(user).data {
                Data::Int(number) => (sure(*number == 0), Some(user)),
                data => (
                    kubernetes::unknown(data).map_or(Truth::No, Truth::Maybe),
                    Some(user),
                ),
            };
        }
        match self.setting("runAsNonRoot") {
            Some(node) => match &tree.node(node).data {
                Data::Bool(is_other) => (sure(!is_other), Some(node)),
                data => (
                    kubernetes::unknown(data).map_or(Truth::Yes, Truth::Maybe),
                    Some(node),
                ),
            },
            None => (Truth::Yes, None),
        }
    }

    fn is_unconfined(&self) -> Held {
        let tree = self.tree();
        let profile = self.setting("appArmorProfile");
        let kind = profile.and_then(|node| tree.get(node, "type"));
        match kind.map(|node| &tree.node(node).data) {
            Some(Data::String(text)) => (sure(text == "Unconfined"), kind),
            Some(data) => (
                kubernetes::unknown(data).map_or(Truth::No, Truth::Maybe),
                kind,
            ),
            None => (sure(self.pod.version.minor < PROFILED), None),
        }
    }

    /// Whether the container mounts one of these places of the node.
    fn mounts(&self, paths: &[&str], writable: bool) -> Held {
        let mut held = (Truth::No, None);
        for (mount, volume) in self.volumes() {
            let Some(path) = self.tree().at(volume, &["hostPath", "path"]) else {
                continue;
            };
            let is_path = match &self.tree().node(path).data {
                Data::String(text) => sure(paths.iter().any(|one| is_at(text, one))),
                data => kubernetes::unknown(data).map_or(Truth::No, Truth::Maybe),
            };
            let read_only = self.is_true(mount, &["readOnly"]);
            let matches = match writable {
                true => is_path.and(negated(read_only).0),
                false => is_path,
            };
            if !matches.is_no() && (held.0.is_no() || matches == Truth::Yes) {
                held = (matches, Some(path));
            }
        }
        held
    }

    /// The mounts of the container, each with its volume.
    fn volumes(&self) -> Vec<(NodeId, NodeId)> {
        let tree = self.tree();
        let elements = |node: NodeId, key: &str| -> Vec<NodeId> {
            let list = tree.get(node, key).into_iter();
            list.flat_map(|list| tree.children(list)).collect()
        };
        let volumes = elements(self.pod.template.spec, "volumes");
        let mut found = Vec::new();
        for mount in elements(self.container, "volumeMounts") {
            let name = tree.text(mount, "name");
            let own = volumes
                .iter()
                .filter(|volume| name.is_some() && tree.text(**volume, "name") == name);
            found.extend(own.map(|volume| (mount, *volume)));
        }
        found
    }

    /// Whether a claim that the container mounts is bound to a folder of the node.
    fn claims(&self) -> Held {
        let (tree, graph) = (self.tree(), self.pod.graph);
        for (_, volume) in self.volumes() {
            let Some(name) = tree.at(volume, &["persistentVolumeClaim", "claimName"]) else {
                continue;
            };
            let links = graph.links_from(self.pod.id).iter();
            let claims = links.filter(|link| link.node == name && link.kind == LinkKind::Mounts);
            for claim in claims {
                let Target::Resource(claim) = claim.target else {
                    continue;
                };
                let volumes = graph
                    .links_from(claim)
                    .iter()
                    .chain(graph.links_to(claim))
                    .filter(|link| link.kind == LinkKind::Mounts);
                let ends = volumes.flat_map(|link| match link.target {
                    Target::Resource(target) => vec![target, link.from],
                    _ => vec![link.from],
                });
                for end in ends {
                    let other = graph.resource(end);
                    let path = other.tree.at(NodeId::ROOT, &["spec", "hostPath"]);
                    if other.kind == "PersistentVolume" && path.is_some() {
                        return (Truth::Yes, Some(name));
                    }
                }
            }
        }
        (Truth::No, None)
    }
}

fn unknown(tree: &Tree, node: NodeId) -> Option<Arc<Unknown>> {
    kubernetes::unknown(&tree.node(node).data)
}

fn sure(holds: bool) -> Truth {
    match holds {
        true => Truth::Yes,
        false => Truth::No,
    }
}

fn negated((matches, node): Held) -> Held {
    let matches = match matches {
        Truth::Yes => Truth::No,
        Truth::No => Truth::Yes,
        maybe @ Truth::Maybe(_) => maybe,
    };
    (matches, node)
}

/// Whether a path of the node is one of the table's.
fn is_at(path: &str, one: &str) -> bool {
    let path = match path.trim_end_matches('/') {
        "" => "/",
        path => path,
    };
    match one.strip_suffix("/*") {
        Some(folder) => path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.len() > 1 && rest.starts_with('/')),
        None => path == one,
    }
}
