//! Users and roles of Terraform with the policies that they have.

use std::sync::Arc;

use graph::{Data, Graph, LinkKind, NodeId, Resource, ResourceId, SmolStr, Target, Unknown};
use smol_str::format_smolstr;

use super::document::Document;
use super::evaluate::Policies;
use super::pattern::Text;
use super::principal::{ANY_ACCOUNT, Principal};
use crate::truth::because;

/// A user or role.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The resource that declares it.
    pub resource: ResourceId,
    /// As whom it asks. Of an account that is not known, it is of the account `*`.
    pub principal: Principal,
    /// Its policies, those of its groups, and its boundary.
    pub policies: Policies,
    /// Where each of its policies is written, in their order.
    pub places: Vec<(ResourceId, NodeId)>,
    /// Whom a role trusts.
    pub trust: Option<Document>,
}

/// AWS' own policies that allow everything.
const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

/// Types that give policies, the attribute that names who has them, and the one that has or names the policy.
const GIVING: [(&str, &str, &str); 6] = [
    ("aws_iam_role_policy", "role", "policy"),
    ("aws_iam_user_policy", "user", "policy"),
    ("aws_iam_group_policy", "group", "policy"),
    ("aws_iam_role_policy_attachment", "role", "policy_arn"),
    ("aws_iam_user_policy_attachment", "user", "policy_arn"),
    ("aws_iam_group_policy_attachment", "group", "policy_arn"),
];

/// The users and roles of an environment of a graph with its links, in the order in which they were read.
#[must_use]
pub fn identities(graph: &Graph, environment: Option<&SmolStr>) -> Vec<Identity> {
    let reader = Reader { graph };
    let resources = graph.resources().filter(|(_, resource)| {
        let own = resource.environment.as_ref();
        own.is_none() || own == environment
    });
    let kinds = ["aws_iam_role", "aws_iam_user"];
    let wanted = resources.filter(|(_, resource)| kinds.contains(&resource.kind.as_str()));
    wanted
        .map(|(id, resource)| reader.identity(id, resource))
        .collect()
}

struct Reader<'g> {
    graph: &'g Graph,
}

impl Reader<'_> {
    fn identity(&self, id: ResourceId, resource: &Resource) -> Identity {
        let mut identity = Identity {
            resource: id,
            principal: principal(resource),
            policies: Policies::default(),
            places: Vec::new(),
            trust: None,
        };
        if resource.kind == "aws_iam_role" {
            let trust = resource.tree.get(NodeId::ROOT, "assume_role_policy");
            identity.trust = trust.map(|node| self.document(id, node));
        }
        self.add_own(&mut identity, id, resource);
        self.add_given(&mut identity, id);
        for group in self.groups(id) {
            self.add_given(&mut identity, group);
        }
        if let Some(node) = resource.tree.get(NodeId::ROOT, "permissions_boundary")
            && resource.tree.node(node).data != Data::Null
        {
            identity.policies.boundary = Some(self.managed(id, node));
        }
        identity
    }

    /// Adds the policies that are written in the resource itself.
    fn add_own(&self, identity: &mut Identity, id: ResourceId, resource: &Resource) {
        let tree = &resource.tree;
        let children = |key| {
            tree.get(NodeId::ROOT, key)
                .into_iter()
                .flat_map(|list| tree.children(list))
        };
        for block in children("inline_policy") {
            if let Some(node) = tree.get(block, "policy") {
                identity.add((id, node), self.document(id, node));
            }
        }
        for node in children("managed_policy_arns") {
            identity.add((id, node), self.managed(id, node));
        }
    }

    /// Adds the policies that other resources give to a user, role or group.
    fn add_given(&self, identity: &mut Identity, holder: ResourceId) {
        for (from, node) in self.referring(holder) {
            let giving = self.graph.resource(from);
            let row = GIVING.iter().find(|(kind, ..)| *kind == giving.kind);
            let Some((_, owner, policy)) = row else {
                continue;
            };
            let is_owner = giving.tree.get(NodeId::ROOT, owner) == Some(node);
            let Some(text) = giving.tree.get(NodeId::ROOT, policy).filter(|_| is_owner) else {
                continue;
            };
            let document = match *policy {
                "policy" => self.document(from, text),
                _ => self.managed(from, text),
            };
            identity.add((from, text), document);
        }
    }

    /// The groups of a user.
    fn groups(&self, user: ResourceId) -> Vec<ResourceId> {
        let memberships = self.referring(user).filter(|(from, _)| {
            let kind = &self.graph.resource(*from).kind;
            ["aws_iam_user_group_membership", "aws_iam_group_membership"].contains(&kind.as_str())
        });
        let groups = memberships.flat_map(|(from, _)| {
            let links = self.graph.links_from(from).iter();
            links.filter_map(|link| match link.target {
                Target::Resource(target) => Some(target),
                Target::Missing | Target::Unknown(_) => None,
            })
        });
        let is_group = |id: &ResourceId| self.graph.resource(*id).kind == "aws_iam_group";
        let mut groups: Vec<ResourceId> = groups.filter(is_group).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// What refers to a resource, and where.
    fn referring(&self, id: ResourceId) -> impl Iterator<Item = (ResourceId, NodeId)> {
        let links = self.graph.links_to(id);
        links
            .filter(|link| link.kind == LinkKind::Uses)
            .map(|link| (link.from, link.node))
    }

    /// The document in the text of a node.
    fn document(&self, from: ResourceId, node: NodeId) -> Document {
        let tree = &self.graph.resource(from).tree;
        match (&tree.node(node).data, tree.first(node)) {
            (Data::String(_) | Data::Partial(_), Some(document)) => {
                Document::read_naming(tree, document, &|node| self.named(from, node))
            }
            (data, _) => {
                let unknown = kubernetes::unknown(data);
                Document::unknown(&unknown.unwrap_or_else(|| because("the policy can't be read")))
            }
        }
    }

    /// The name of what a node of a document refers to, where AWS is yet to give its number of an account.
    fn named(&self, from: ResourceId, node: NodeId) -> Option<Text> {
        let tree = &self.graph.resource(from).tree;
        let Data::Unknown(_) = tree.node(node).data else {
            return None;
        };
        let links = self.graph.links_from(from).iter();
        let mut links = links.filter(|link| link.node == node);
        let name = links.find_map(|link| match link.target {
            Target::Resource(target) => arn_of(self.graph.resource(target)),
            Target::Missing | Target::Unknown(_) => None,
        });
        name.map(|name| Text::plain_pattern(&name))
    }

    /// The policy that a node names.
    fn managed(&self, from: ResourceId, node: NodeId) -> Document {
        let links = self.graph.links_from(from).iter();
        let mut targets =
            links
                .filter(|link| link.node == node)
                .filter_map(|link| match link.target {
                    Target::Resource(target) => Some(target),
                    Target::Missing | Target::Unknown(_) => None,
                });
        let policy = targets.find(|id| self.graph.resource(*id).kind == "aws_iam_policy");
        if let Some(policy) = policy {
            let text = self.graph.resource(policy).tree.get(NodeId::ROOT, "policy");
            return text.map_or_else(Document::default, |text| self.document(policy, text));
        }
        let tree = &self.graph.resource(from).tree;
        match tree.as_text(node) {
            Some(arn) if arn == ADMINISTRATOR => Document::allowing_all(node),
            Some(arn) => Document::unknown(&outside(arn)),
            None => {
                let unknown = kubernetes::unknown(&tree.node(node).data);
                Document::unknown(&unknown.unwrap_or_else(|| because("a policy is not known")))
            }
        }
    }
}

impl Identity {
    fn add(&mut self, place: (ResourceId, NodeId), document: Document) {
        self.places.push(place);
        self.policies.identity.push(document);
    }
}

fn outside(arn: &str) -> Arc<Unknown> {
    let text = format_smolstr!("the policy `{arn}` is not in the input");
    Arc::new(Unknown::new(graph::Cause::Other(text)))
}

/// As whom a user or role asks.
fn principal(resource: &Resource) -> Principal {
    let name = arn_of(resource).unwrap_or_default();
    match resource.kind.as_str() {
        "aws_iam_role" => Principal::Role(name),
        _ => Principal::User(name),
    }
}

/// The name of a user, role, group or policy. Of an account that is not known, it is of the account `*`.
#[must_use]
pub(crate) fn arn_of(resource: &Resource) -> Option<SmolStr> {
    let kind = match resource.kind.as_str() {
        "aws_iam_role" => "role",
        "aws_iam_user" => "user",
        "aws_iam_group" => "group",
        "aws_iam_policy" => "policy",
        _ => return None,
    };
    let text = |key| resource.tree.text(NodeId::ROOT, key);
    if let Some(arn) = text("arn") {
        return Some(arn.clone());
    }
    let name = text("name").unwrap_or(&resource.name);
    let path = text("path").map_or("/", SmolStr::as_str);
    Some(format_smolstr!(
        "arn:aws:iam::{ANY_ACCOUNT}:{kind}{path}{name}"
    ))
}
