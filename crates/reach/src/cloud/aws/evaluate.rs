//! Whether a request is allowed.

use std::sync::Arc;

use graph::{NodeId, Unknown};

use super::arn;
use super::context::Fact;
use super::document::{Document, Effect, Items, PrincipalKind, Principals, Statement};
use super::pattern::{Meaning, Text};
use super::principal::{ANY_ACCOUNT, Principal, of_account};
use super::request::Request;
use crate::truth::{Truth, because};

/// The policies that apply to a request.
#[derive(Clone, Debug, Default)]
pub struct Policies {
    /// Those of the identity and its groups.
    pub identity: Vec<Document>,
    /// The boundary of the identity.
    pub boundary: Option<Document>,
    /// Those of the session; nothing where it was started without.
    pub session: Option<Vec<Document>>,
    /// Those of the organization for the account of the identity, by level from its root. Each level must allow.
    pub organization: Vec<Vec<Document>>,
    /// Those of the organization of the account of the resource for its resources, likewise.
    pub resource_control: Vec<Vec<Document>>,
    /// The policy of the resource.
    pub resource: ResourcePolicy,
    /// Why an identity may have other policies.
    pub unknown: Option<Arc<Unknown>>,
}

/// The policy of a resource.
#[derive(Clone, Debug, Default)]
pub enum ResourcePolicy {
    /// It has none, or can have none.
    #[default]
    None,
    /// It may allow beside policies of the identity.
    May(Document),
    /// Nobody may do anything that it does not allow, even in its own account: trust policies of roles and policies of keys.
    Must(Document),
}

/// Which policy a statement stands in, with its index where there are several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// One of the identity.
    Identity(usize),
    /// The boundary.
    Boundary,
    /// One of the session.
    Session(usize),
    /// One of the organization: level and index.
    Organization(usize, usize),
    /// One of the organization for resources: level and index.
    ResourceControl(usize, usize),
    /// That of the resource.
    Resource,
}

/// A statement that is about a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// In which policy.
    pub place: Place,
    /// Where in its document; nothing for statements of which nothing is known.
    pub statement: Option<NodeId>,
    /// Whether it allows or denies.
    pub allows: bool,
    /// Why it may not.
    pub unknown: Option<Arc<Unknown>>,
}

/// Whether a request is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is denied, by a statement or because none allows it.
    No,
    /// That can't be known from the input.
    Unknown,
    /// It is allowed.
    Yes,
}

/// Whether a request is allowed, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Whether.
    pub verdict: Verdict,
    /// The statements that are about the request, at most [`Decision::MOST_GROUNDS`].
    pub grounds: Vec<Ground>,
    /// Why the verdict is unknown.
    pub cause: Option<Arc<Unknown>>,
}

impl Decision {
    /// How many grounds are told.
    pub const MOST_GROUNDS: usize = 1_000;
}

/// What documents say of a request.
struct Said {
    allow: Truth,
    deny: Truth,
}

/// How a policy of a resource allows, by how it names the one who asks.
struct Granted {
    /// As a user or a session, which is not limited by a boundary or the policies of a session.
    directly: Truth,
    /// As a role, a service or anyone.
    named: Truth,
    /// As someone of an account, whose own policies then decide.
    to_account: Truth,
}

/// How a statement names the one who asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Naming {
    Directly,
    Named,
    Account,
}

struct Evaluation<'r> {
    request: &'r Request,
    grounds: Vec<Ground>,
}

/// Whether policies allow a request.
///
/// - A statement that denies wins. Then each level of the organization must allow.
/// - So must each level of the organization for resources, for the services that have such policies.
/// - In one account, the policy of the resource or one of the identity must allow; the boundary and the policies of the session
///   must allow as well, unless the policy of the resource names the user or session itself.
/// - From another account, the policy of the resource must allow, and all those of the identity's side too.
/// - A policy of a resource that names an account leaves it to policies of that account's identities.
#[must_use]
pub fn evaluate(policies: &Policies, request: &Request) -> Decision {
    let mut evaluation = Evaluation {
        request,
        grounds: Vec::new(),
    };
    let truth = evaluation.decide(policies);
    let mut grounds = evaluation.grounds;
    grounds.truncate(Decision::MOST_GROUNDS);
    let (verdict, cause) = match truth {
        Truth::No => (Verdict::No, None),
        Truth::Maybe(cause) => (Verdict::Unknown, Some(cause)),
        Truth::Yes => (Verdict::Yes, None),
    };
    Decision {
        verdict,
        grounds,
        cause,
    }
}

impl Evaluation<'_> {
    fn decide(&mut self, policies: &Policies) -> Truth {
        let mut identity = self.all(&policies.identity, Place::Identity);
        if let Some(cause) = &policies.unknown {
            identity.allow = identity.allow.or(Truth::Maybe(Arc::clone(cause)));
            identity.deny = identity.deny.or(Truth::Maybe(Arc::clone(cause)));
        }
        if let Principal::Root(_) = self.request.principal {
            identity.allow = Truth::Yes;
        }
        let boundary = policies
            .boundary
            .as_ref()
            .map(|document| self.said(document, Place::Boundary));
        let session = policies
            .session
            .as_ref()
            .map(|all| self.all(all, Place::Session));
        let mut levels = Vec::new();
        for (level, documents) in policies.organization.iter().enumerate() {
            levels.push(self.all(documents, |index| Place::Organization(level, index)));
        }
        let controlled = self.request.has_resource_control();
        let controls = policies.resource_control.iter().filter(|_| controlled);
        for (level, documents) in controls.enumerate() {
            levels.push(self.all(documents, |index| Place::ResourceControl(level, index)));
        }
        let (granted, resource_denies) = self.resource(&policies.resource);
        let limits = boundary.iter().chain(&session);
        let limit = limits
            .clone()
            .map(|said| said.allow.clone())
            .fold(Truth::Yes, Truth::and);
        let organization = levels
            .iter()
            .map(|said| said.allow.clone())
            .fold(Truth::Yes, Truth::and);
        let denies = limits.chain(&levels).map(|said| said.deny.clone());
        let denied = denies.fold(identity.deny.or(resource_denies), Truth::or);
        let allowed = self.allowed(policies, &identity.allow, &limit, &granted);
        allowed.and(organization).and(denied.not())
    }

    fn allowed(
        &self,
        policies: &Policies,
        identity: &Truth,
        limit: &Truth,
        granted: &Granted,
    ) -> Truth {
        let limited = |truth: Truth| truth.and(limit.clone());
        let own = identity.clone();
        let delegated = granted.to_account.clone().and(own.clone());
        let named = granted.directly.clone().or(granted.named.clone());
        let by_resource = granted.directly.clone().or(limited(granted.named.clone()));
        // What is no identity of an account has no policies of its own.
        let Some(account) = self.request.principal.account() else {
            return named;
        };
        let in_account = match policies.resource {
            ResourcePolicy::Must(_) => by_resource.or(limited(delegated.clone())),
            ResourcePolicy::None | ResourcePolicy::May(_) => by_resource.or(limited(own.clone())),
        };
        let across = limited(named.and(own).or(delegated));
        match self.is_of_account(account) {
            Truth::Yes => in_account,
            Truth::No => across,
            // Where both ways lead to one answer, the account does not matter.
            Truth::Maybe(_) if in_account == across => in_account,
            Truth::Maybe(cause) => match (&in_account, &across) {
                (Truth::No, Truth::No) => Truth::No,
                _ => Truth::Maybe(cause),
            },
        }
    }

    /// Whether the resource is of an account. One that does not tell its account is, unless its policy says who may use it.
    fn is_of_account(&self, account: &str) -> Truth {
        let is = |own: &str| match account {
            ANY_ACCOUNT => Truth::Maybe(because("the account of the one who asks is not known")),
            account => Truth::from(own == account),
        };
        if let Some(own) = &self.request.account {
            return is(own);
        }
        match self.request.resource.as_known() {
            Some(known) => arn::account(&known).map_or(Truth::Yes, is),
            None => match self.request.resource.split(':', 6) {
                Some(parts) if !parts[4].is_empty() => Text::known(account).matches(&parts[4]),
                _ => Truth::Yes,
            },
        }
    }

    fn all(&mut self, documents: &[Document], place: impl Fn(usize) -> Place) -> Said {
        let mut all = Said {
            allow: Truth::No,
            deny: Truth::No,
        };
        for (index, document) in documents.iter().enumerate() {
            let said = self.said(document, place(index));
            all.allow = all.allow.or(said.allow);
            all.deny = all.deny.or(said.deny);
        }
        all
    }

    /// What a document without principals says.
    fn said(&mut self, document: &Document, place: Place) -> Said {
        let rest = document.rest.clone();
        let rest = rest.map_or(Truth::No, Truth::Maybe);
        let mut said = Said {
            allow: rest.clone(),
            deny: rest,
        };
        for statement in &document.statements {
            let truth = self.is_about(statement);
            let (allow, deny) = by_effect(statement, &truth);
            self.note(place, statement, &allow, &deny);
            said.allow = said.allow.or(allow);
            said.deny = said.deny.or(deny);
        }
        said
    }

    /// What the policy of the resource grants, and whether it denies.
    fn resource(&mut self, policy: &ResourcePolicy) -> (Granted, Truth) {
        let (ResourcePolicy::May(document) | ResourcePolicy::Must(document)) = policy else {
            let granted = Granted {
                directly: Truth::No,
                named: Truth::No,
                to_account: Truth::No,
            };
            return (granted, Truth::No);
        };
        let rest = document.rest.clone().map_or(Truth::No, Truth::Maybe);
        let mut granted = Granted {
            directly: rest.clone(),
            named: rest.clone(),
            to_account: rest.clone(),
        };
        let mut denied = rest;
        for statement in &document.statements {
            let about = self.is_about(statement);
            if about.is_no() {
                continue;
            }
            let [directly, named, to_account] = [Naming::Directly, Naming::Named, Naming::Account]
                .map(|naming| {
                    let is_named = self.is_named(statement.principals.as_ref(), naming);
                    by_effect(statement, &is_named.and(about.clone()))
                });
            let any = directly
                .0
                .clone()
                .or(named.0.clone())
                .or(to_account.0.clone());
            let denies = directly.1.or(named.1).or(to_account.1);
            self.note(Place::Resource, statement, &any, &denies);
            granted.directly = granted.directly.or(directly.0);
            granted.named = granted.named.or(named.0);
            granted.to_account = granted.to_account.or(to_account.0);
            denied = denied.or(denies);
        }
        (granted, denied)
    }

    fn note(&mut self, place: Place, statement: &Statement, allow: &Truth, deny: &Truth) {
        for (truth, allows) in [(allow, true), (deny, false)] {
            if !truth.is_no() && self.grounds.len() < Decision::MOST_GROUNDS {
                self.grounds.push(Ground {
                    place,
                    statement: Some(statement.node),
                    allows,
                    unknown: truth.cause().cloned(),
                });
            }
        }
    }

    /// Whether a statement is about the action, the resource and the circumstances.
    fn is_about(&self, statement: &Statement) -> Truth {
        let request = self.request;
        let action = Text::known(&request.action).lowered();
        let about = match &statement.actions {
            None => Truth::No,
            Some(items) => matches(items, |text| text.lowered().matches(&action)),
        };
        if about.is_no() {
            return Truth::No;
        }
        let about = about.and(match &statement.resources {
            // Trust policies are about the role that has them.
            None => Truth::from(statement.principals.is_some()),
            Some(items) => matches(items, |text| self.matches_resource(text)),
        });
        if about.is_no() {
            return Truth::No;
        }
        let conditions = statement.conditions.iter();
        let conditions = conditions.map(|one| one.holds(&request.context, &request.principal));
        let about = conditions.fold(about, Truth::and);
        about.given(statement.unknown.as_ref())
    }

    fn matches_resource(&self, text: &Text) -> Truth {
        let request = self.request;
        let meaning = |key: &str| match request.context.fact(key, &request.principal) {
            Fact::Absent => Meaning::Missing,
            Fact::Unknown(cause) => Meaning::Text(Text::unknown(&cause)),
            Fact::Values(values) => match &values[..] {
                [value] => Meaning::Text(value.clone()),
                _ => Meaning::Missing,
            },
        };
        let text = text.expanded(meaning);
        text.map_or(Truth::No, |text| text.matches(&request.resource))
    }

    /// Whether a statement names the one who asks in a way. Exceptions name everybody else as if it were anyone.
    fn is_named(&self, principals: Option<&Principals>, naming: Naming) -> Truth {
        let Some(principals) = principals else {
            return Truth::No;
        };
        let is = |naming: Naming| {
            let named = principals.named.iter();
            let named = named.map(|(kind, text)| self.names(*kind, text, naming));
            named.fold(Truth::No, Truth::or)
        };
        if !principals.is_not {
            return is(naming);
        }
        match naming {
            Naming::Named => self.is_excepted(is).not(),
            Naming::Directly | Naming::Account => Truth::No,
        }
    }

    /// Whether all names of the one who asks are excepted: an identity is surely so where its account is named as well.
    fn is_excepted(&self, is: impl Fn(Naming) -> Truth) -> Truth {
        let own = is(Naming::Directly).or(is(Naming::Named));
        match &self.request.principal {
            Principal::Root(_) => is(Naming::Account),
            Principal::Service(_) | Principal::Federated(_) | Principal::Anonymous => own,
            Principal::User(_) | Principal::Role(_) | Principal::Session { .. } => {
                let account = is(Naming::Account);
                match own.clone().and(account.clone()) {
                    Truth::No if own.is_no() && account.is_no() => Truth::No,
                    Truth::No => Truth::Maybe(because(
                        "an exception names an identity without its account, or an account without it",
                    )),
                    both => both,
                }
            }
        }
    }

    fn names(&self, kind: PrincipalKind, text: &Text, naming: Naming) -> Truth {
        let is = |wanted: &str| text.matches(&of_account(wanted));
        let is_known = |truth: Truth| if text.is_any() { Truth::No } else { truth };
        let everyone = match (naming, text.is_any()) {
            (Naming::Named, true) => Truth::Yes,
            _ => Truth::No,
        };
        let is_of = |wanted| kind == wanted || kind == PrincipalKind::Any;
        match (&self.request.principal, naming) {
            (Principal::Service(name), Naming::Named) if is_of(PrincipalKind::Service) => {
                is_known(is(name)).or(everyone)
            }
            (Principal::Federated(name), Naming::Named) if is_of(PrincipalKind::Federated) => {
                is_known(is(name)).or(everyone)
            }
            (Principal::Service(_) | Principal::Federated(_), _) => match kind {
                PrincipalKind::Any => everyone,
                _ => Truth::No,
            },
            (Principal::Anonymous, _) if is_of(PrincipalKind::Aws) => everyone,
            (_, _) if !is_of(PrincipalKind::Aws) => Truth::No,
            (Principal::User(name), Naming::Directly) => is_known(is(name)),
            (Principal::Session { session, .. }, Naming::Directly) => is_known(is(session)),
            (Principal::Role(name) | Principal::Session { role: name, .. }, Naming::Named) => {
                is_known(is(name)).or(everyone)
            }
            (principal, Naming::Account) => principal.account().map_or(Truth::No, |account| {
                let root = format!("arn:aws:iam::{account}:root");
                is_known(is(account).or(is(&root)))
            }),
            (_, Naming::Named) => everyone,
            (_, Naming::Directly) => Truth::No,
        }
    }
}

fn by_effect(statement: &Statement, truth: &Truth) -> (Truth, Truth) {
    match (statement.effect, &statement.unknown) {
        (Some(Effect::Allow), _) => (truth.clone(), Truth::No),
        (Some(Effect::Deny), _) => (Truth::No, truth.clone()),
        (None, Some(_)) => (truth.clone(), truth.clone()),
        // AWS does not take it.
        (None, None) => (Truth::No, Truth::No),
    }
}

fn matches(items: &Items, matches: impl Fn(&Text) -> Truth) -> Truth {
    let any = items.texts.iter().map(matches).fold(Truth::No, Truth::or);
    if items.is_not { any.not() } else { any }
}
