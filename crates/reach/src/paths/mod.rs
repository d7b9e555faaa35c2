//! Who can become whom: what starts gain hop by hop, where capabilities that are gained at one hop combine with those of others.

mod admission;
mod build;
mod crossing;
mod cut;
mod gain;
mod lead;
mod party;
mod route;
mod search;
mod simple;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use graph::{Graph, Namespace, NodeId, ResourceId, SmolStr, Unknown};
use kubernetes::Version;

use crate::access::{Access, Held, Options as AccessOptions, RoleKey};
use crate::escalation::{Escalations, Method, Table};
use crate::pods::Escaping;

use admission::Admission;
use lead::Leads;

pub use crossing::{Crossing, Crossings};
pub use cut::{Cut, Cuts, cuts};
pub use party::Party;
pub use route::{Hop, Path, Way};
pub use simple::SimplePaths;

/// How paths are computed.
#[derive(Clone, Debug, Default)]
pub struct PathOptions {
    /// The environment: its resources count, and those that belong to none.
    pub environment: Option<SmolStr>,
    /// The version of Kubernetes.
    pub version: Version,
    /// Whether what Kubernetes makes itself is not in the graph: it is in a cluster, and not in files.
    pub is_declared: bool,
    /// What leads into the cluster and out of it; nothing where that is not wanted.
    pub crossings: Option<Arc<Crossings>>,
    /// What is taken for changed.
    pub without: BTreeSet<Edit>,
}

/// A change that cuts paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edit {
    /// A binding goes.
    Binding(ResourceId),
    /// What a pod has of its node goes, by the number of its template.
    Escapes(ResourceId, u32),
    /// A pod gets no token.
    Token(ResourceId, u32),
    /// What a resource says of steps over the border of the cluster counts no more.
    Crossing(ResourceId),
}

/// Who can become whom in one state of things.
pub struct Paths<'g> {
    graph: &'g Graph,
    access: Access,
    table: Arc<Table>,
    parties: Vec<Party>,
    numbers: HashMap<Party, u32>,
    /// What follows without a question to the API server.
    fixed: Vec<Vec<Arc<Link>>>,
    /// The accounts of which pods have tokens.
    in_pods: BTreeSet<u32>,
    /// What a party gains by its own access, where that was asked for.
    own: Vec<Option<Arc<[Arc<Link>]>>>,
    /// What a party has, where that was asked for.
    held: Vec<Option<Arc<BTreeMap<Namespace, Held>>>>,
    /// What of it are powers of which methods need several.
    shares: Vec<Option<Arc<BTreeMap<Namespace, Held>>>>,
    /// The ways to everything, once they were asked for.
    leads: Option<Arc<Leads>>,
    /// The ways to administrators of clouds, once they were asked for.
    cloud_leads: Option<Arc<Leads>>,
    /// The powers of which methods need several.
    shared: Held,
    admission: Admission,
    /// Accounts by their names, in all namespaces.
    accounts: HashMap<SmolStr, Vec<u32>>,
    /// The ClusterRoles and Roles by place and name.
    roles: HashMap<(Namespace, SmolStr), Vec<RoleKey>>,
}

/// A step from a party to another.
#[derive(Clone, Debug)]
struct Link {
    to: u32,
    how: How,
    unknown: Option<Arc<Unknown>>,
}

/// By what a party becomes another.
#[derive(Clone, Debug)]
enum How {
    /// The one stands for the other.
    Hub,
    /// A pod leaves its container.
    Escape(Escaping),
    /// A pod has the token of its account.
    Token(ResourceId, u32, NodeId),
    /// The kubelet of a node has the tokens of its pods.
    Kubelet,
    /// The node of a control plane has the keys of the cluster, or is one of those that can be chosen.
    ControlPlane,
    /// A Secret holds the token of an account.
    TokenSecret(ResourceId),
    /// The border of the cluster is crossed.
    Crossing(Arc<Crossing>),
    /// Access is turned into something else.
    Method(&'static Method, Namespace),
}

impl<'g> Paths<'g> {
    /// Who can become whom in a graph.
    #[must_use]
    pub fn of(graph: &'g Graph, options: &PathOptions) -> Self {
        let bindings = options.without.iter().filter_map(|edit| match edit {
            Edit::Binding(binding) => Some(*binding),
            Edit::Escapes(..) | Edit::Token(..) | Edit::Crossing(_) => None,
        });
        let access = Access::of(
            graph,
            &AccessOptions {
                environment: options.environment.clone(),
                built_in: options.is_declared.then_some(options.version),
                without: bindings.collect(),
            },
        );
        build::paths(graph, options, access)
    }

    /// All parties that a path can start from or lead to.
    pub fn parties(&self) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(|party| !party.is_hub())
    }

    /// Whether a pod has the token of a party.
    #[must_use]
    pub fn is_in_pods(&self, party: &Party) -> bool {
        self.number(party)
            .is_some_and(|number| self.in_pods.contains(&number))
    }

    /// The access that the paths are made of.
    #[must_use]
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// The number of a party, which may be new.
    fn add(&mut self, party: Party) -> u32 {
        if let Some(known) = self.numbers.get(&party) {
            return *known;
        }
        let number = u32::try_from(self.parties.len()).expect("graphs have fewer than 2^32 parts");
        self.parties.push(party.clone());
        self.fixed.push(Vec::new());
        self.own.push(None);
        self.held.push(None);
        self.shares.push(None);
        self.numbers.insert(party, number);
        number
    }

    fn number(&self, party: &Party) -> Option<u32> {
        self.numbers.get(party).copied()
    }

    fn party(&self, number: u32) -> &Party {
        &self.parties[number as usize]
    }

    /// Who turns access into something else.
    fn escalations(&self) -> Escalations<'_> {
        Escalations {
            access: &self.access,
            table: Arc::clone(&self.table),
        }
    }
}
