//! Clusters for tests of the network, one object a line.

use std::fmt::Write as _;

use graph::{Graph, Namespace};
use reach::network::{Answer, Block, End, Network, Options, Pod, Protocol, Traffic};

use crate::support;

/// The manifests of a cluster: `namespace NAME LABELS`, `pod NAMESPACE/NAME LABELS [SPEC]`, `deployment …` likewise,
/// `policy NAMESPACE/NAME SPEC`, and for the cluster `admin`, `baseline` or `cluster NAME SPEC`. Maps are YAML.
pub(crate) fn manifests(world: &str) -> String {
    let mut text = String::new();
    for line in world.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (kind, rest) = line.split_once(' ').expect("test data is well-formed");
        let (name, rest) = rest.split_once(' ').unwrap_or((rest, "{}"));
        let (namespace, name) = match name.split_once('/') {
            Some((namespace, name)) => (format!(", namespace: {namespace:?}"), name),
            None => (String::new(), name),
        };
        let (version, kind, rest) = match kind {
            "namespace" => (
                "v1",
                "Namespace",
                format!("metadata: {{name: {name:?}, labels: {rest}}}"),
            ),
            "pod" | "deployment" => workload(kind, name, &namespace, rest),
            "policy" => (
                "networking.k8s.io/v1",
                "NetworkPolicy",
                format!("metadata: {{name: {name:?}{namespace}}}\nspec: {rest}"),
            ),
            "admin" | "baseline" | "cluster" => {
                let kind = match kind {
                    "admin" => "AdminNetworkPolicy",
                    "baseline" => "BaselineAdminNetworkPolicy",
                    _ => "ClusterNetworkPolicy",
                };
                let text = format!("metadata: {{name: {name}}}\nspec: {rest}");
                ("policy.networking.k8s.io/v1alpha1", kind, text)
            }
            other => panic!("{other} is no kind"),
        };
        writeln!(text, "---\napiVersion: {version}\nkind: {kind}\n{rest}")
            .expect("test data is well-formed");
    }
    text
}

fn workload(
    kind: &str,
    name: &str,
    namespace: &str,
    rest: &str,
) -> (&'static str, &'static str, String) {
    let (labels, rest) = map(rest);
    let (spec, _) = map(rest.trim());
    let spec = spec
        .strip_prefix('{')
        .and_then(|spec| spec.strip_suffix('}'));
    let spec = spec.unwrap_or_default();
    let spec = match spec {
        "" => "containers: [{name: c, image: i}]".to_owned(),
        spec if spec.contains("containers") => spec.to_owned(),
        spec => format!("containers: [{{name: c, image: i}}], {spec}"),
    };
    match kind {
        "pod" => (
            "v1",
            "Pod",
            format!("metadata: {{name: {name:?}{namespace}, labels: {labels}}}\nspec: {{{spec}}}"),
        ),
        _ => (
            "apps/v1",
            "Deployment",
            format!(
                "metadata: {{name: {name:?}{namespace}}}\nspec: {{template: {{metadata: {{labels: {labels}}}, spec: {{{spec}}}}}}}"
            ),
        ),
    }
}

/// A map at the beginning of a text, and what stands behind it.
fn map(text: &str) -> (&str, &str) {
    let mut depth = 0;
    for (index, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.split_at(index + 1);
        }
    }
    (text, "")
}

/// A cluster with the names of its objects.
pub(crate) struct World {
    pub(crate) graph: Graph,
    pub(crate) network: Network,
}

impl World {
    pub(crate) fn new(world: &str, options: &Options) -> Self {
        let graph = support::graph(&manifests(world));
        let network = Network::of(&graph, options);
        Self { graph, network }
    }

    /// An end: `internet`, a block or an address, `NAMESPACE/*`, or `NAMESPACE/NAME`.
    pub(crate) fn end(&self, text: &str) -> End {
        if text == "internet" {
            return End::Internet;
        }
        if let Some(block) = Block::read(text).or_else(|| {
            let address = text.parse().ok()?;
            Block::between(address, address)
        }) {
            return End::Block(block);
        }
        let (namespace, name) = text.split_once('/').expect("test data is well-formed");
        if name == "*" {
            return End::Namespace(Namespace::Named(namespace.into()));
        }
        let found = self.graph.resources().find(|(_, resource)| {
            resource.name == name
                && resource.namespace.name().unwrap_or("?") == namespace
                && !resource.facts.pods.is_empty()
        });
        let (resource, _) = found.unwrap_or_else(|| panic!("{text} is no pod"));
        End::Pod(Pod { resource, index: 0 })
    }

    /// The answer to `FROM TO PROTOCOL PORT`, or `FROM TO any`.
    pub(crate) fn ask(&self, question: &str) -> Answer {
        let words: Vec<&str> = question.split_whitespace().collect();
        let protocol = Protocol::ALL.into_iter().find(|one| one.text() == words[2]);
        let traffic = match protocol {
            Some(protocol) => Traffic::Port(
                protocol,
                words[3].parse().expect("test data is well-formed"),
            ),
            None => Traffic::Any,
        };
        self.network
            .reaches(&self.end(words[0]), &self.end(words[1]), traffic)
    }
}
