//! Users and roles of AWS gain more rights, until they administer the account.

use std::sync::Arc;

use graph::{Graph, NodeId, ResourceId, SmolStr, Unknown};

use super::{Crossing, Crossings, of_kind};
use crate::cloud::aws::{
    Aim, Context, Decision, Gain, Identity, Method, Place, Policies, Principal, Request, Target,
    Text, Verdict, arn_of, evaluate, identities, methods,
};
use crate::paths::Party;
use crate::truth::{Truth, because};

/// The account of identities of which it is not known.
const OWN_ACCOUNT: &str = "000000000000";

/// Whoever may do all of this administers the account.
const EVERYTHING: [&str; 4] = [
    "iam:CreateUser",
    "s3:DeleteBucket",
    "ec2:TerminateInstances",
    "kms:ScheduleKeyDeletion",
];

/// How many pairs of an identity and what it aims at are judged.
const MOST_PAIRS: usize = 20_000;

/// Which types of resources run with a role, by the service of the actions that get hold of them.
const RUNNING: [(&str, &str); 12] = [
    ("apprunner", "aws_apprunner_service"),
    ("batch", "aws_batch_job_definition"),
    ("cloudformation", "aws_cloudformation_stack"),
    ("codebuild", "aws_codebuild_project"),
    ("codedeploy", "aws_codedeploy_deployment_group"),
    ("ec2", "aws_iam_instance_profile"),
    ("ec2-instance-connect", "aws_iam_instance_profile"),
    ("ecs", "aws_ecs_task_definition"),
    ("glue", "aws_glue_dev_endpoint"),
    ("lambda", "aws_lambda_function"),
    ("sagemaker", "aws_sagemaker_notebook_instance"),
    ("states", "aws_sfn_state_machine"),
];

/// Someone who may gain more.
struct Asker<'g> {
    graph: &'g Graph,
    identity: Identity,
}

/// What is aimed at.
struct Aimed {
    to: Party,
    /// The user or role, where it is one.
    target: Option<ResourceId>,
    aim: Aim,
    /// The same where nothing is taken for known of the accounts.
    open: Aim,
}

impl Crossings {
    /// Adds what users and roles gain.
    pub(super) fn add_rights(&mut self, graph: &Graph, environment: Option<&SmolStr>) {
        let all = identities(graph, environment).into_iter();
        let all: Vec<Asker<'_>> = all.map(|identity| Asker::of(graph, identity)).collect();
        let groups: Vec<ResourceId> = of_kind(graph, environment, "aws_iam_group")
            .map(|(id, _)| id)
            .collect();
        let mut pairs = 0;
        for asker in &all {
            if self.add_administrator(asker) {
                continue;
            }
            for method in asker.candidates() {
                for aimed in asker.aims(method, &all, &groups) {
                    pairs += 1;
                    if pairs > MOST_PAIRS {
                        self.is_bounded = true;
                        return;
                    }
                    self.add_method(asker, method, &aimed);
                }
            }
        }
    }

    /// Whether someone surely administers the account.
    fn add_administrator(&mut self, asker: &Asker<'_>) -> bool {
        let cause = because("which resource it is does not matter");
        let decisions = EVERYTHING.map(|action| {
            let request = Request {
                principal: own_account(&asker.identity.principal),
                action: action.into(),
                resource: Text::unknown(&cause),
                account: Some(OWN_ACCOUNT.into()),
                context: Context::default(),
            };
            evaluate(&asker.identity.policies, &request)
        });
        let truth = decisions.iter().map(truth).fold(Truth::Yes, Truth::and);
        let crossing = asker.crossing("administers", "critical", &decisions, None);
        let ends = (asker.party(), Party::CloudAdmin("AWS"));
        self.push(ends, crossing, &truth);
        truth.is_yes()
    }

    fn add_method(&mut self, asker: &Asker<'_>, method: &'static Method, aimed: &Aimed) {
        if aimed.to == asker.party() {
            return;
        }
        let policies = &asker.identity.policies;
        let mut found = method.works(policies, &aimed.aim);
        if found.verdict == Verdict::No {
            found = method.works(policies, &aimed.open);
        }
        let truth = match (found.verdict, found.cause) {
            (Verdict::Yes, _) => Truth::Yes,
            (Verdict::Unknown, cause) => {
                Truth::Maybe(cause.unwrap_or_else(|| because("a policy is not known")))
            }
            (Verdict::No, _) => return,
        };
        let severity = match aimed.to {
            Party::CloudAdmin(_) => "critical",
            _ => "high",
        };
        let crossing = asker.crossing(method.name, severity, &found.decisions, aimed.target);
        self.push((asker.party(), aimed.to.clone()), crossing, &truth);
    }
}

impl<'g> Asker<'g> {
    /// Policies that AWS manages are not in the input, and are left out.
    fn of(graph: &'g Graph, mut identity: Identity) -> Self {
        let is_outside = |(from, node): &(ResourceId, NodeId)| {
            let text = graph.resource(*from).tree.as_text(*node);
            let name = text.and_then(|text| text.strip_prefix("arn:aws:iam::aws:policy/"));
            name.is_some_and(|name| name != "AdministratorAccess")
        };
        let places = std::mem::take(&mut identity.places);
        let documents = std::mem::take(&mut identity.policies.identity);
        let own = places.into_iter().zip(documents);
        let own = own.filter(|(place, _)| !is_outside(place));
        (identity.places, identity.policies.identity) = own.unzip();
        Self { graph, identity }
    }

    fn party(&self) -> Party {
        Party::Cloud(self.identity.resource)
    }

    /// The methods whose actions are allowed on something.
    fn candidates(&self) -> impl Iterator<Item = &'static Method> {
        let cause = because("what is aimed at is not known");
        let any = Text::unknown(&cause);
        methods().iter().filter(move |method| {
            let is_user = matches!(self.identity.principal, Principal::User(_));
            let needs_user = method
                .needs
                .iter()
                .any(|need| need.action.contains("AttachUserPolicy") && need.target == Target::Own);
            let mut needs = method.needs.iter();
            (is_user || !needs_user)
                && needs.all(|need| {
                    let request = Request {
                        principal: own_account(&self.identity.principal),
                        action: need.action.into(),
                        resource: any.clone(),
                        account: Some(OWN_ACCOUNT.into()),
                        context: Context::default(),
                    };
                    let policies = Policies {
                        boundary: None,
                        ..self.identity.policies.clone()
                    };
                    evaluate(&policies, &request).verdict != Verdict::No
                })
        })
    }

    fn aims(&self, method: &Method, all: &[Asker<'_>], groups: &[ResourceId]) -> Vec<Aimed> {
        let wants = |target| method.needs.iter().any(|need| need.target == target);
        match method.gain {
            Gain::Rights => self.rights(wants(Target::Group), wants(Target::Policy), groups),
            Gain::User | Gain::Role => {
                let is_user = method.gain == Gain::User;
                let wanted = all.iter().filter(|other| {
                    let own = matches!(other.identity.principal, Principal::User(_));
                    own == is_user && other.identity.resource != self.identity.resource
                });
                wanted.map(|other| self.aim_at(other, None)).collect()
            }
            Gain::Workload => {
                let action = method.needs.first().map_or("", |need| need.action);
                let service = action.split(':').next().unwrap_or_default();
                let kinds = RUNNING.iter().filter(|(own, _)| *own == service);
                let kinds: Vec<&str> = kinds.map(|(_, kind)| *kind).collect();
                let running = all.iter().filter_map(|other| {
                    let found = other.runs(&kinds)?;
                    Some(self.aim_at(other, Some(found)))
                });
                running.collect()
            }
        }
    }

    /// Rights of one's own: by each group, or by a policy that one has.
    fn rights(&self, by_group: bool, by_policy: bool, groups: &[ResourceId]) -> Vec<Aimed> {
        let own = |group: Text, policy: Text| {
            let aim = Aim {
                group,
                policy,
                ..self.aim()
            };
            Aimed {
                to: Party::CloudAdmin("AWS"),
                target: None,
                open: self.opened(&aim, &self.identity.principal),
                aim,
            }
        };
        let nothing = || Text::known("");
        if by_group {
            let names = groups.iter().map(|group| self.named(*group));
            return names.map(|name| own(name, nothing())).collect();
        }
        if !by_policy {
            return vec![own(nothing(), nothing())];
        }
        let policies =
            self.identity.places.iter().filter_map(|(from, node)| {
                super::referred(self.graph, *from, *node, "aws_iam_policy")
            });
        let names = policies.map(|policy| self.named(policy));
        names.map(|name| own(nothing(), name)).collect()
    }

    fn aim(&self) -> Aim {
        let cause = because("what of the service it is about is not known");
        Aim {
            principal: own_account(&self.identity.principal),
            context: Context::default(),
            target: self.name(),
            group: Text::known(""),
            policy: Text::known(""),
            other: Text::unknown(&cause),
            trust: None,
        }
    }

    fn aim_at(&self, other: &Asker<'_>, through: Option<ResourceId>) -> Aimed {
        let mut aim = self.aim();
        aim.target = other.name();
        aim.trust.clone_from(&other.identity.trust);
        if let Some(through) = through {
            let tree = &self.graph.resource(through).tree;
            let own = tree.get(NodeId::ROOT, "arn");
            aim.other = own
                .and_then(|node| Text::read(tree, node))
                .unwrap_or(aim.other);
        }
        Aimed {
            to: other.party(),
            target: Some(other.identity.resource),
            open: self.opened(&aim, &other.identity.principal),
            aim,
        }
    }

    /// The same where nothing is taken for known of the accounts.
    fn opened(&self, aim: &Aim, target: &Principal) -> Aim {
        Aim {
            principal: self.identity.principal.clone(),
            target: target.name().unwrap_or_else(|| aim.target.clone()),
            ..aim.clone()
        }
    }

    /// The name, which tells the account.
    fn name(&self) -> Text {
        match own_account(&self.identity.principal) {
            Principal::User(name) | Principal::Role(name) => Text::known(&name),
            _ => Text::known(""),
        }
    }

    /// The name of a group or a policy.
    fn named(&self, resource: ResourceId) -> Text {
        let name = arn_of(self.graph.resource(resource)).unwrap_or_default();
        Text::known(&placed(&name))
    }

    /// What of some types runs with the role.
    fn runs(&self, kinds: &[&str]) -> Option<ResourceId> {
        let links = self.graph.links_to(self.identity.resource);
        let mut running = links.map(|link| link.from);
        running.find(|from| kinds.contains(&self.graph.resource(*from).kind.as_str()))
    }

    /// A step of someone, which needs for each decision one of the policies that allow it.
    fn crossing(
        &self,
        name: &'static str,
        severity: &'static str,
        decisions: &[Decision],
        target: Option<ResourceId>,
    ) -> Crossing {
        let mut places: Vec<(ResourceId, NodeId)> = Vec::new();
        let mut needs = Vec::new();
        for decision in decisions {
            let allowing = decision.grounds.iter().filter(|ground| ground.allows);
            let allowing = allowing.filter_map(|ground| match ground.place {
                Place::Identity(index) => self.identity.places.get(index).copied(),
                Place::Resource => target.map(|target| (target, NodeId::ROOT)),
                _ => None,
            });
            let allowing: Vec<(ResourceId, NodeId)> = allowing.collect();
            let mut resources: Vec<ResourceId> = allowing.iter().map(|(id, _)| *id).collect();
            resources.sort_unstable();
            resources.dedup();
            if !resources.is_empty() && !needs.contains(&resources) {
                needs.push(resources);
            }
            places.extend(allowing);
        }
        places.sort_unstable();
        places.dedup();
        Crossing {
            name,
            technique: "T1098.003",
            severity,
            places,
            needs,
        }
    }
}

fn truth(decision: &Decision) -> Truth {
    let unknown = |cause: &Option<Arc<Unknown>>| {
        let cause = cause.clone();
        cause.unwrap_or_else(|| because("a policy is not known"))
    };
    match decision.verdict {
        Verdict::Yes => Truth::Yes,
        Verdict::Unknown => Truth::Maybe(unknown(&decision.cause)),
        Verdict::No => Truth::No,
    }
}

/// The same identity in the account of all that do not know theirs.
fn own_account(principal: &Principal) -> Principal {
    match principal {
        Principal::User(name) => Principal::User(placed(name)),
        Principal::Role(name) => Principal::Role(placed(name)),
        other => other.clone(),
    }
}

fn placed(name: &SmolStr) -> SmolStr {
    name.replace("::*:", &format!("::{OWN_ACCOUNT}:")).into()
}
