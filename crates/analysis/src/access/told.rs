//! Answers with the places that they come from.

use graph::{Namespace, NodeId, SmolStr, Unknown};
use reach::{Answer, Asker};
use source::{Span, neutral};

use super::world::World;
use crate::finding;
use crate::listing::Cause;

/// Whether something is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// For sure.
    Yes,
    /// That can't be known from the input.
    Unknown,
    /// No binding allows it.
    No,
}

impl Verdict {
    /// The word.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Unknown => "unknown",
            Self::No => "no",
        }
    }
}

impl From<reach::Verdict> for Verdict {
    fn from(verdict: reach::Verdict) -> Self {
        match verdict {
            reach::Verdict::Yes => Self::Yes,
            reach::Verdict::Unknown => Self::Unknown,
            reach::Verdict::No => Self::No,
        }
    }
}

/// Where something is declared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The resource, such as `RoleBinding/shop/api`.
    pub address: String,
    /// The place; nothing where Kubernetes itself makes it.
    pub span: Option<Span>,
}

/// How a binding gives access.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    /// The binding.
    pub binding: Origin,
    /// Whom it names.
    pub subject: Part,
    /// The role; nothing where it is not known.
    pub role: Option<Origin>,
    /// The rules that allow it, in the role or in those that it aggregates.
    pub rules: Vec<Origin>,
    /// Why it may not allow it.
    pub unknown: Option<Cause>,
}

/// Whom a binding names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Such as `Group system:authenticated`; empty where it is not known.
    pub text: String,
    /// The place; nothing where Kubernetes itself makes the binding.
    pub span: Option<Span>,
}

/// A role that someone has.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    /// The namespace in which it counts; everywhere where there is none.
    pub namespace: Option<SmolStr>,
    /// Whether it counts in a namespace that nobody wrote.
    pub is_unset: bool,
    /// The binding.
    pub binding: Origin,
    /// Whom it names.
    pub subject: Part,
    /// The role; nothing where it is not known.
    pub role: Option<Origin>,
    /// What the role allows there.
    pub rules: Vec<Rule>,
    /// Why it may not be had.
    pub unknown: Option<Cause>,
    /// Why the role may allow more than its rules.
    pub rest: Option<Cause>,
}

/// What a rule allows, as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Where.
    pub origin: Origin,
    /// Such as `get`.
    pub verbs: Vec<SmolStr>,
    /// API groups; the core group is empty.
    pub groups: Vec<SmolStr>,
    /// Such as `pods/exec`.
    pub resources: Vec<SmolStr>,
    /// The names of the objects; none for all.
    pub names: Vec<SmolStr>,
    /// Paths that are no objects.
    pub paths: Vec<SmolStr>,
    /// Why it may allow less, or more.
    pub unknown: Option<Cause>,
}

/// Tells answers of a state of things.
pub(super) struct Teller<'a> {
    world: &'a World<'a>,
}

/// The namespace, if it is one.
pub(super) fn namespace(namespace: &Namespace) -> Option<SmolStr> {
    namespace.name().map(SmolStr::from)
}

/// Why something is unknown.
pub(super) fn cause(unknown: &Unknown) -> Cause {
    Cause {
        message: neutral(unknown.cause.text()).into_owned(),
        place: unknown.place,
    }
}

impl<'a> Teller<'a> {
    pub(super) fn of(world: &'a World<'a>) -> Self {
        Self { world }
    }

    /// By which bindings something is allowed.
    pub(super) fn grants(&self, answer: &Answer) -> Vec<Grant> {
        let grants = answer.grants.iter().map(|grant| Grant {
            binding: self.origin(grant.binding),
            subject: self.part(grant.subject),
            role: grant.role.map(|role| self.origin(role)),
            rules: grant.rules.iter().map(|rule| self.origin(*rule)).collect(),
            unknown: grant.unknown.as_deref().map(cause),
        });
        grants.collect()
    }

    /// The roles that someone has.
    pub(super) fn holdings(&self, asker: &Asker) -> Vec<Holding> {
        let access = &self.world.access;
        let holdings = access.can(asker).into_iter().map(|holding| {
            let rules = holding.role.map(|role| {
                let rules = access.rules(role, &holding.scope);
                rules.map(|rule| self.rule(rule)).collect()
            });
            let rest = holding.role.and_then(|role| access.rest(role));
            Holding {
                namespace: namespace(&holding.scope),
                is_unset: holding.scope == Namespace::Unset,
                binding: self.origin(holding.binding),
                subject: self.part(holding.subject),
                role: holding.role.map(|role| self.origin(access.role(role))),
                rules: rules.unwrap_or_default(),
                unknown: holding.unknown.as_deref().map(cause),
                rest: rest.map(|rest| cause(rest)),
            }
        });
        holdings.collect()
    }

    fn rule(&self, rule: reach::Rule) -> Rule {
        Rule {
            origin: self.origin(rule.origin),
            verbs: rule.verbs,
            groups: rule.groups,
            resources: rule.resources,
            names: rule.names,
            paths: rule.paths,
            unknown: rule.unknown.as_deref().map(cause),
        }
    }

    /// Where something is declared.
    pub(super) fn origin(&self, origin: reach::Origin) -> Origin {
        match origin {
            reach::Origin::BuiltIn(row) => Origin {
                address: built_in(row),
                span: None,
            },
            reach::Origin::Written { resource, node } => {
                let span = match node {
                    NodeId::ROOT => finding::head(self.world.project, resource),
                    node => self.world.graph.resource(resource).tree.node(node).span,
                };
                Origin {
                    address: finding::resource_name(self.world.project, resource)
                        .address
                        .to_string(),
                    span: Some(span),
                }
            }
        }
    }

    /// Whom a binding names at a place.
    fn part(&self, origin: reach::Origin) -> Part {
        match origin {
            reach::Origin::BuiltIn(row) => {
                let text = row.split('\t').next_back().unwrap_or_default();
                Part {
                    text: text.replace('/', " "),
                    span: None,
                }
            }
            reach::Origin::Written { resource, node } => {
                let tree = &self.world.graph.resource(resource).tree;
                let word = |key| tree.text(node, key).map(SmolStr::as_str);
                let parts = [word("kind"), word("namespace"), word("name")];
                let parts: Vec<&str> = parts.into_iter().flatten().collect();
                Part {
                    text: parts.join("/").replacen('/', " ", 1),
                    span: Some(tree.node(node).span),
                }
            }
        }
    }
}

/// The address of a role or binding in the table of what Kubernetes makes itself, of which a row or the name is given.
fn built_in(row: &str) -> String {
    row.split('\t').nth(1).unwrap_or(row).to_owned()
}
