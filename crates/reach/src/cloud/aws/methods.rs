//! By which rights someone gains more of them.

use std::sync::{Arc, LazyLock};

use graph::Unknown;

use super::context::{Context, Fact};
use super::document::Document;
use super::evaluate::{Decision, Policies, ResourcePolicy, Verdict, evaluate};
use super::pattern::Text;
use super::principal::Principal;
use super::request::Request;
use crate::truth::because;

/// What is gained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gain {
    /// More rights of one's own.
    Rights,
    /// The rights of a user.
    User,
    /// The rights of a role.
    Role,
    /// The rights of a role that something has which exists and runs.
    Workload,
}

/// What an action must be allowed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The one who asks.
    Own,
    /// The user that is aimed at.
    User,
    /// The role that is aimed at.
    Role,
    /// A group of the one who asks, or one with more rights.
    Group,
    /// A policy of the one who asks.
    Policy,
    /// Something of the service.
    Other,
}

/// An action that a method needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Need {
    /// Such as `iam:CreateAccessKey`.
    pub action: &'static str,
    /// What it must be allowed with.
    pub target: Target,
}

/// A way from rights to more rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// The name.
    pub name: &'static str,
    /// What is gained.
    pub gain: Gain,
    /// What must be allowed, all of it.
    pub needs: Vec<Need>,
    /// To whom the role is passed, which the role must trust.
    pub passed_to: Option<Principal>,
}

/// Who asks, and what is aimed at.
#[derive(Clone, Debug)]
pub struct Aim {
    /// Who asks.
    pub principal: Principal,
    /// Under which circumstances.
    pub context: Context,
    /// The name of the user or role that is aimed at.
    pub target: Text,
    /// The name of a group.
    pub group: Text,
    /// The name of a policy.
    pub policy: Text,
    /// The name of the thing of a service that is used to get there.
    pub other: Text,
    /// Whom the role that is aimed at trusts, where that is known.
    pub trust: Option<Document>,
}

/// Whether a method works, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The least of the verdicts of its needs.
    pub verdict: Verdict,
    /// What is decided of each need, in their order.
    pub decisions: Vec<Decision>,
    /// Whether the role trusts the one that it is passed to, where it is passed.
    pub trusts: Option<Decision>,
    /// Why the verdict is unknown.
    pub cause: Option<Arc<Unknown>>,
}

/// All methods.
#[must_use]
pub fn methods() -> &'static [Method] {
    static METHODS: LazyLock<Vec<Method>> = LazyLock::new(|| {
        let lines = include_str!("methods.txt").lines();
        let lines = lines.filter(|line| !line.starts_with('#') && !line.is_empty());
        lines.filter_map(Method::read).collect()
    });
    &METHODS
}

impl Method {
    fn read(line: &'static str) -> Option<Self> {
        let (line, passed_to) = match line.split_once(" to ") {
            Some((line, to)) => (line, Some(to)),
            None => (line, None),
        };
        let mut words = line.split_whitespace();
        let gain = match words.next()? {
            "rights" => Gain::Rights,
            "user" => Gain::User,
            "role" => Gain::Role,
            _ => Gain::Workload,
        };
        let name = words.next()?;
        let needs = words.map(|word| {
            let (action, target) = word.split_once('@').unwrap_or((word, ""));
            let target = match target {
                "own" => Target::Own,
                "user" => Target::User,
                "role" => Target::Role,
                "group" => Target::Group,
                "policy" => Target::Policy,
                _ => Target::Other,
            };
            Need { action, target }
        });
        let passed_to = passed_to.map(|to| match to.strip_prefix("federated:") {
            Some(provider) => Principal::Federated(provider.into()),
            None => Principal::Service(to.into()),
        });
        Some(Self {
            name,
            gain,
            needs: needs.collect(),
            passed_to,
        })
    }

    /// Whether policies allow all that the method needs.
    #[must_use]
    pub fn works(&self, policies: &Policies, aim: &Aim) -> Found {
        let needs = self.needs.iter();
        let decisions: Vec<Decision> = needs.map(|need| self.decide(need, policies, aim)).collect();
        let trusts = self.passed_to.as_ref().map(|to| trusts(to, aim));
        let all = decisions.iter().chain(&trusts);
        let verdict = all.clone().map(|decision| decision.verdict).min();
        let verdict = verdict.unwrap_or(Verdict::No);
        let cause = all
            .filter_map(|decision| decision.cause.clone())
            .next()
            .filter(|_| verdict == Verdict::Unknown);
        Found {
            verdict,
            decisions,
            trusts,
            cause,
        }
    }

    fn decide(&self, need: &Need, policies: &Policies, aim: &Aim) -> Decision {
        let mut context = aim.context.clone();
        if let ("iam:PassRole", Some(Principal::Service(to) | Principal::Federated(to))) =
            (need.action, &self.passed_to)
        {
            context.tell("iam:PassedToService", Fact::Values(vec![Text::known(to)]));
        }
        let resource = match need.target {
            Target::Own => aim.principal.name().unwrap_or_else(|| aim.target.clone()),
            Target::Other => aim.other.clone(),
            Target::User | Target::Role => aim.target.clone(),
            Target::Group => aim.group.clone(),
            Target::Policy => aim.policy.clone(),
        };
        let request = Request {
            principal: aim.principal.clone(),
            action: need.action.into(),
            resource,
            account: None,
            context,
        };
        // Whoever can change whom a role trusts makes it trust them.
        let rewrites = self
            .needs
            .iter()
            .any(|need| need.action == "iam:UpdateAssumeRolePolicy");
        if need.action == "sts:AssumeRole" && !rewrites {
            return evaluate(&with_resource(policies, trust(aim)), &request);
        }
        evaluate(policies, &request)
    }
}

/// Whom the role that is aimed at trusts.
fn trust(aim: &Aim) -> ResourcePolicy {
    let unknown = || Document::unknown(&because("whom the role trusts is not known"));
    ResourcePolicy::Must(aim.trust.clone().unwrap_or_else(unknown))
}

fn with_resource(policies: &Policies, resource: ResourcePolicy) -> Policies {
    Policies {
        resource,
        ..policies.clone()
    }
}

/// Whether the role that is aimed at trusts someone whom it is passed to.
fn trusts(to: &Principal, aim: &Aim) -> Decision {
    let action = match to {
        Principal::Federated(_) => "sts:AssumeRoleWithWebIdentity",
        _ => "sts:AssumeRole",
    };
    let request = Request {
        principal: to.clone(),
        action: action.into(),
        resource: aim.target.clone(),
        account: None,
        context: Context::default(),
    };
    evaluate(&with_resource(&Policies::default(), trust(aim)), &request)
}
