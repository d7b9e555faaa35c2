//! Roles of AWS.

use std::sync::Arc;

use graph::{NodeId, Resource, ResourceId};

use super::{Finder, Means, document, subject};
use crate::cloud::aws::{
    Context, Document, Fact, Policies, Principal, Request, ResourcePolicy, Text, Verdict, evaluate,
};
use crate::truth::{Truth, because};

const ROLE_ANNOTATION: &str = "eks.amazonaws.com/role-arn";

/// Providers of identities that are of no cluster.
const OF_NO_CLUSTER: [&str; 9] = [
    "token.actions.githubusercontent.com",
    "gitlab.com",
    "app.terraform.io",
    "accounts.google.com",
    "cognito-identity.amazonaws.com",
    "agent.buildkite.com",
    "oidc.circleci.com",
    "vstoken.dev.azure.com",
    "api.bitbucket.org",
];

impl Finder<'_> {
    /// Adds the ServiceAccounts whose tokens a role trusts.
    pub(super) fn add_role(&mut self, id: ResourceId, role: &Resource) {
        let key = "assume_role_policy";
        let text = role.tree.get(NodeId::ROOT, key);
        let unknown = text.and_then(|text| kubernetes::unknown(&role.tree.node(text).data));
        let trust = match (document(&role.tree, key), unknown) {
            (Some(node), _) => Document::read(&role.tree, node),
            (None, Some(cause)) => Document::unknown(&cause),
            (None, None) => return,
        };
        let place = (id, text.unwrap_or(NodeId::ROOT));
        let mut is_open = None;
        for (account, resource) in self.accounts.clone() {
            let annotation = self.annotation(account, resource, id, role);
            let trusted = trusts(&trust, resource);
            match (&annotation, &trusted) {
                (Some((node, named)), _) => {
                    let places = vec![(account, *node), place];
                    let truth = trusted.and(named.clone());
                    self.push(Means::WebIdentity, Some(account), id, places, &truth);
                }
                (None, Truth::Yes) => {
                    let cause =
                        because("whether the role trusts the tokens of this cluster is not known");
                    let truth = Truth::Maybe(cause);
                    self.push(Means::WebIdentity, Some(account), id, vec![place], &truth);
                }
                (None, Truth::Maybe(cause)) => is_open = Some(Arc::clone(cause)),
                (None, Truth::No) => {}
            }
        }
        if let Some(cause) = is_open {
            self.push(
                Means::WebIdentity,
                None,
                id,
                vec![place],
                &Truth::Maybe(cause),
            );
        }
    }

    /// The annotation by which a ServiceAccount asks for a role, and whether it means it.
    fn annotation(
        &self,
        account: ResourceId,
        resource: &Resource,
        id: ResourceId,
        role: &Resource,
    ) -> Option<(NodeId, Truth)> {
        let keys = ["metadata", "annotations", ROLE_ANNOTATION];
        let node = resource.tree.at(NodeId::ROOT, &keys)?;
        if let Some(referred) = self.referred(account, node, |kind| kind == "aws_iam_role") {
            return (referred == id).then_some((node, Truth::Yes));
        }
        let wanted = resource.tree.as_text(node)?;
        let text = |key| {
            role.tree
                .get(NodeId::ROOT, key)
                .and_then(|node| Text::read(&role.tree, node))
        };
        let own = text("arn").filter(|arn| arn.as_known().is_some());
        if let Some(own) = own {
            return (own.as_known().as_deref() == Some(wanted)).then_some((node, Truth::Yes));
        }
        let name = wanted.rsplit('/').next()?;
        let known = text("name")?;
        let is_named = known.as_known().as_deref() == Some(name);
        is_named.then_some((node, Truth::Yes))
    }

    /// Adds the ServiceAccount that an association gives a role.
    pub(super) fn add_association(&mut self, id: ResourceId, association: &Resource) {
        let tree = &association.tree;
        let text = |key| tree.text(NodeId::ROOT, key);
        let Some(node) = tree.get(NodeId::ROOT, "role_arn") else {
            return;
        };
        let Some(role) = self.referred(id, node, |kind| kind == "aws_iam_role") else {
            return;
        };
        let accounts = match (text("namespace"), text("service_account")) {
            (Some(namespace), Some(name)) => {
                let named = self.accounts_named(namespace, name);
                named
                    .into_iter()
                    .map(|(account, truth)| (Some(account), truth))
                    .collect()
            }
            _ => {
                let cause = because("which ServiceAccount the association is for is not known");
                vec![(None, Truth::Maybe(cause))]
            }
        };
        let trusted = self.trusts_pods(association, role);
        for (account, named) in accounts {
            let places = vec![(id, node), (role, NodeId::ROOT)];
            self.push(
                Means::PodIdentity,
                account,
                role,
                places,
                &named.and(trusted.clone()),
            );
        }
    }

    /// Whether a role lets EKS take it for the pods of an association, with the tags that it sets.
    fn trusts_pods(&self, association: &Resource, role: ResourceId) -> Truth {
        let role = self.graph.resource(role);
        let Some(node) = document(&role.tree, "assume_role_policy") else {
            return Truth::Maybe(because("whom the role trusts is not known"));
        };
        let mut context = Context::default();
        for (key, tag) in [
            ("namespace", "kubernetes-namespace"),
            ("service_account", "kubernetes-service-account"),
            ("cluster_name", "eks-cluster-name"),
        ] {
            let value = association.tree.get(NodeId::ROOT, key);
            let value = value.and_then(|node| Text::read(&association.tree, node));
            if let Some(value) = value {
                context.tell(&format!("aws:RequestTag/{tag}"), Fact::Values(vec![value]));
            }
        }
        let policies = Policies {
            resource: ResourcePolicy::Must(Document::read(&role.tree, node)),
            ..Policies::default()
        };
        let decide = |action: &str| {
            let request = Request {
                principal: Principal::Service("pods.eks.amazonaws.com".into()),
                action: action.into(),
                resource: Text::known("*"),
                account: None,
                context: context.clone(),
            };
            let decision = evaluate(&policies, &request);
            match (decision.verdict, decision.cause) {
                (Verdict::Yes, _) => Truth::Yes,
                (Verdict::Unknown, Some(cause)) => Truth::Maybe(cause),
                _ => Truth::No,
            }
        };
        decide("sts:AssumeRole").and(decide("sts:TagSession"))
    }
}

/// Whether a role trusts the tokens of a ServiceAccount, of whatever provider that may be one of a cluster.
fn trusts(trust: &Document, account: &Resource) -> Truth {
    let Some(subject) = subject(account) else {
        return Truth::Maybe(because("the name of the ServiceAccount is not known"));
    };
    let mut context = Context::default();
    context.tell_token(&subject, "sts.amazonaws.com");
    let (named, providers) = trust.with_providers();
    let is_other = |name: &str| OF_NO_CLUSTER.iter().any(|other| name.ends_with(other));
    let providers = providers.into_iter().filter(|name| !is_other(name));
    let policies = Policies {
        resource: ResourcePolicy::Must(named),
        ..Policies::default()
    };
    let decide = |provider| {
        let request = Request {
            principal: Principal::Federated(provider),
            action: "sts:AssumeRoleWithWebIdentity".into(),
            resource: Text::known("*"),
            account: None,
            context: context.clone(),
        };
        let decision = evaluate(&policies, &request);
        match (decision.verdict, decision.cause) {
            (Verdict::Yes, _) => Truth::Yes,
            (Verdict::Unknown, Some(cause)) => Truth::Maybe(cause),
            _ => Truth::No,
        }
    };
    let named = providers.map(decide).fold(Truth::No, Truth::or);
    named.or(trust
        .rest()
        .map_or(Truth::No, |cause| Truth::Maybe(Arc::clone(cause))))
}
