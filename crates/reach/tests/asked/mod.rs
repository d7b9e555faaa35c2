//! Clusters that are asked what they let through.

use graph::{Graph, Namespace};
use reach::network::{Answer, Block, End, Network, Options, Pod, Protocol, Traffic};

use crate::support;
use crate::worlds::manifests;

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
