//! Jobs of services that build and deploy become roles.

use graph::{Graph, NodeId, ResourceId, SmolStr};

use super::{Crossing, Crossings};
use crate::cloud::aws::{
    Context, Policies, Principal, Request, ResourcePolicy, Text, Verdict, evaluate, identities,
};
use crate::paths::Party;
use crate::truth::Truth;

/// Services that sign tokens for jobs, by the end of their names.
const PROVIDERS: [&str; 6] = [
    "token.actions.githubusercontent.com",
    "gitlab.com",
    "app.terraform.io",
    "agent.buildkite.com",
    "vstoken.dev.azure.com",
    "api.bitbucket.org",
];

impl Crossings {
    /// Adds the jobs that roles trust: those that fulfill the conditions of the trust, whichever these are.
    pub(super) fn add_jobs(&mut self, graph: &Graph, environment: Option<&SmolStr>) {
        for identity in identities(graph, environment) {
            let Some(trust) = &identity.trust else {
                continue;
            };
            let (named, mut providers) = trust.with_providers();
            providers.sort();
            providers.dedup();
            let policies = Policies {
                resource: ResourcePolicy::Must(named),
                ..Policies::default()
            };
            let truth = trust.rest().cloned().map_or(Truth::Yes, Truth::Maybe);
            for provider in providers {
                let known = PROVIDERS.iter().find(|known| provider.ends_with(**known));
                if let Some(known) = known.filter(|_| is_trusted(&provider, &policies)) {
                    let role = identity.resource;
                    let jobs = Party::Jobs {
                        provider: (*known).into(),
                        role,
                    };
                    self.push((jobs, Party::Cloud(role)), job_token(graph, role), &truth);
                }
            }
        }
    }
}

/// Whether a role may trust any token of a service.
fn is_trusted(provider: &SmolStr, policies: &Policies) -> bool {
    let request = Request {
        principal: Principal::Federated(provider.clone()),
        action: "sts:AssumeRoleWithWebIdentity".into(),
        resource: Text::known("*"),
        account: None,
        context: Context::default(),
    };
    evaluate(policies, &request).verdict != Verdict::No
}

fn job_token(graph: &Graph, role: ResourceId) -> Crossing {
    let tree = &graph.resource(role).tree;
    let place = tree.get(NodeId::ROOT, "assume_role_policy");
    Crossing {
        name: "job-token",
        technique: "T1078.004",
        severity: "medium",
        places: place.map(|node| (role, node)).into_iter().collect(),
        needs: vec![vec![role]],
    }
}
