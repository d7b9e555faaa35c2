//! What whoever runs code in a pod gains: the node, tokens, the network. The conditions are a table.

mod container;
mod pod;

use std::sync::{Arc, LazyLock};

use graph::{Graph, NodeId, PodTemplate, Resource, ResourceId, Unknown};
use kubernetes::Version;

use crate::truth::Truth;
use container::Place;

pub(crate) use pod::{account, account_name, is_on_control_planes};

/// A way out of a container, or to more than what it should have.
#[derive(Debug, PartialEq, Eq)]
pub struct Escape {
    /// A word for it, such as `privileged`.
    pub name: &'static str,
    /// What is gained: `node`, `accounts` of the node, `logs`, `data`, `network`, `pod`.
    pub gain: &'static str,
    /// `critical`, `high`, `medium` or `low`.
    pub severity: &'static str,
    /// The technique of MITRE ATT&CK.
    pub technique: &'static str,
    needs: Vec<Vec<Condition>>,
}

/// A condition of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    Privileged,
    HostPid,
    HostNetwork,
    UserNamespace,
    WindowsHostProcess,
    SharedProcesses,
    Capability(&'static str),
    Root,
    Unconfined,
    Mount(Vec<&'static str>, bool),
    ClaimOfNodeFiles,
    Perhaps(&'static str),
    Not(Box<Self>),
}

/// An escape that a pod has.
#[derive(Clone, Debug, PartialEq)]
pub struct Escaping {
    /// How.
    pub escape: &'static Escape,
    /// The nodes of the resource by which it is so.
    pub nodes: Vec<NodeId>,
    /// Why it may not be so.
    pub unknown: Option<Arc<Unknown>>,
}

/// A pod of a resource in its graph.
#[derive(Clone, Copy)]
pub(crate) struct Pod<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) id: ResourceId,
    pub(crate) resource: &'g Resource,
    pub(crate) template: &'g PodTemplate,
    pub(crate) version: Version,
}

static ESCAPES: LazyLock<Vec<Escape>> = LazyLock::new(|| {
    let mut escapes: Vec<Escape> = Vec::new();
    for line in include_str!("escapes.txt").lines() {
        let text = line.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        match escapes.last_mut() {
            Some(escape) if line.starts_with(' ') => {
                let conditions = text.split(" | ").filter_map(condition);
                escape.needs.push(conditions.collect());
            }
            _ => escapes.extend(escape(text)),
        }
    }
    escapes
});

/// All escapes, in the order of the table.
#[must_use]
pub fn escapes() -> &'static [Escape] {
    &ESCAPES
}

fn escape(line: &'static str) -> Option<Escape> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [name, gain, severity, technique] = words[..] else {
        return None;
    };
    Some(Escape {
        name,
        gain,
        severity,
        technique,
        needs: Vec::new(),
    })
}

fn condition(text: &'static str) -> Option<Condition> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    Some(match word {
        "privileged" => Condition::Privileged,
        "host-pid" => Condition::HostPid,
        "host-network" => Condition::HostNetwork,
        "user-namespace" => Condition::UserNamespace,
        "windows-host-process" => Condition::WindowsHostProcess,
        "shared-processes" => Condition::SharedProcesses,
        "capability" => Condition::Capability(rest),
        "root" => Condition::Root,
        "unconfined" => Condition::Unconfined,
        "mount" => {
            let (paths, access) = rest.split_once(' ').unwrap_or((rest, ""));
            Condition::Mount(paths.split(',').collect(), access == "writable")
        }
        "claim-of-node-files" => Condition::ClaimOfNodeFiles,
        "perhaps" => Condition::Perhaps(rest),
        "not" => Condition::Not(Box::new(condition(rest)?)),
        _ => return None,
    })
}

/// The escapes of the pods that a resource is or makes, by the number of the template.
#[must_use]
pub fn escapes_of(graph: &Graph, id: ResourceId, version: Version) -> Vec<Vec<Escaping>> {
    let resource = graph.resource(id);
    let pods = resource.facts.pods.iter().map(|template| Pod {
        graph,
        id,
        resource,
        template,
        version,
    });
    pods.map(|pod| escaping(&pod)).collect()
}

/// The escapes of all containers of a pod: of each, the container that has it most surely.
pub(crate) fn escaping(pod: &Pod<'_>) -> Vec<Escaping> {
    let escapes = escapes().iter();
    let all = escapes.filter_map(|escape| {
        let mut best: Option<Escaping> = None;
        for container in &pod.template.containers {
            let place = Place {
                pod,
                container: container.node,
            };
            let Some(found) = place.escape(escape) else {
                continue;
            };
            let is_better = best
                .as_ref()
                .is_none_or(|best| best.unknown.is_some() && found.unknown.is_none());
            if is_better {
                best = Some(found);
            }
        }
        best
    });
    all.collect()
}

impl Place<'_> {
    fn escape(&self, escape: &'static Escape) -> Option<Escaping> {
        let mut nodes = Vec::new();
        let mut verdict = Truth::Yes;
        for need in &escape.needs {
            let mut best = Truth::No;
            for condition in need {
                let (matches, node) = self.holds(condition);
                if best.is_no() && !matches.is_no() || matches == Truth::Yes {
                    nodes.extend(node);
                }
                best = best.or(matches);
            }
            verdict = verdict.and(best);
            if verdict.is_no() {
                return None;
            }
        }
        nodes.sort_unstable();
        nodes.dedup();
        Some(Escaping {
            escape,
            nodes,
            unknown: verdict.cause().cloned(),
        })
    }
}
