//! What someone may turn access into that they were not given: accounts, nodes, other roles, everything.

mod methods;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use graph::{Namespace, SmolStr};
use kubernetes::Version;

use crate::access::{Access, Answer, Asker, Held, Power, Powers, Verdict};
use methods::Need;
pub(crate) use methods::Place;

pub use methods::{Method, methods};

/// Something that someone may gain, by the access that they have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// How.
    pub method: &'static Method,
    /// Where: [`Namespace::Cluster`] is everywhere.
    pub scope: Namespace,
    /// Yes or unknown.
    pub verdict: Verdict,
}

/// One thing that a method needs, and how it is had.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is done, such as `create pods/exec`.
    pub action: SmolStr,
    /// By which bindings it is allowed.
    pub answer: Answer,
    /// The names of the objects on which it may be done, where rules limit it to some: the ServiceAccounts of tokens, the users
    /// and groups that can be impersonated, the roles that can be bound.
    pub names: Option<BTreeSet<SmolStr>>,
}

/// Finds what access can be turned into, by the methods that need nothing but access. Pod Security, other admission, and what
/// runs in the cluster are not looked at: whether a pod that somebody may create may also be privileged is another question.
#[derive(Debug)]
pub struct Escalations<'a> {
    pub(crate) access: &'a Access,
    pub(crate) table: Arc<Table>,
}

/// The methods of a version, and what each role has of the powers that they need.
#[derive(Debug)]
pub(crate) struct Table {
    /// Each with the numbers of its powers.
    pub(crate) methods: Vec<(&'static Method, Vec<Vec<Numbered>>)>,
    pub(crate) powers: Vec<Power>,
    pub(crate) roles: Powers,
}

/// An alternative of a need.
#[derive(Debug)]
pub(crate) struct Numbered {
    pub(crate) power: usize,
    pub(crate) place: &'static Place,
}

impl Table {
    /// That of a cluster of a version.
    pub(crate) fn of(access: &Access, version: Version) -> Self {
        let mut numbers = BTreeMap::new();
        let methods: Vec<_> = methods()
            .iter()
            .map(|method| (method, numbered(method, version, &mut numbers)))
            .collect();
        let mut powers: Vec<(usize, Power)> = numbers
            .into_iter()
            .map(|(power, number)| (number, power))
            .collect();
        powers.sort_unstable();
        let powers: Vec<Power> = powers.into_iter().map(|(_, power)| power).collect();
        Self {
            methods,
            roles: Powers::of(access, &powers),
            powers,
        }
    }
}

impl<'a> Escalations<'a> {
    /// Those of a cluster of a version.
    #[must_use]
    pub fn of(access: &'a Access, version: Version) -> Self {
        Self {
            access,
            table: Arc::new(Table::of(access, version)),
        }
    }

    /// What someone may gain, by method and then by scope. What is gained everywhere is not repeated for namespaces.
    #[must_use]
    pub fn from(&self, asker: &Asker) -> Vec<Edge> {
        self.gained(&self.access.held(asker, &self.table.roles))
    }

    /// What is gained by powers.
    pub(crate) fn gained(&self, held: &BTreeMap<Namespace, Held>) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (method, needs) in &self.table.methods {
            let everywhere = verdict(needs, held, &Namespace::Cluster);
            for scope in held.keys() {
                let verdict = match scope {
                    Namespace::Cluster => everywhere,
                    _ if method.is_in_cluster() => Verdict::No,
                    scope => verdict(needs, held, scope),
                };
                if verdict != Verdict::No && (*scope == Namespace::Cluster || verdict > everywhere)
                {
                    edges.push(Edge {
                        method,
                        scope: scope.clone(),
                        verdict,
                    });
                }
            }
        }
        edges
    }

    /// How someone has what an edge needs: for each need, the first of its alternatives that is had most surely.
    #[must_use]
    pub fn steps(&self, asker: &Asker, edge: &Edge) -> Vec<Step> {
        self.each_step(asker, edge).into_iter().flatten().collect()
    }

    /// The same with nothing for each need that they do not have.
    pub(crate) fn each_step(&self, asker: &Asker, edge: &Edge) -> Vec<Option<Step>> {
        let held = self.access.held(asker, &self.table.roles);
        let mut methods = self.table.methods.iter();
        let method = methods.find(|(method, _)| *method == edge.method);
        let needs = method.into_iter().flat_map(|(_, needs)| needs);
        needs
            .map(|need| self.step(asker, edge, need, &held))
            .collect()
    }

    fn step(
        &self,
        asker: &Asker,
        edge: &Edge,
        need: &[Numbered],
        held: &BTreeMap<Namespace, Held>,
    ) -> Option<Step> {
        let sure = need
            .iter()
            .find(|one| has(one, held, &edge.scope) == Verdict::Yes);
        let possible = || {
            need.iter()
                .find(|one| has(one, held, &edge.scope) != Verdict::No)
        };
        let one = sure.or_else(possible)?;
        let power = &self.table.powers[one.power];
        let namespace = one.place.namespace(&edge.scope);
        Some(Step {
            action: power.action.to_string().into(),
            answer: self.access.why(asker, power, &namespace),
            names: self.names(asker, power, &namespace),
        })
    }

    /// What nobody limits, and members of the group that may do everything, have all names.
    fn names(
        &self,
        asker: &Asker,
        power: &Power,
        namespace: &Namespace,
    ) -> Option<BTreeSet<SmolStr>> {
        if !power.on_any || asker.is_master() {
            return None;
        }
        self.access.names(asker, power, namespace)
    }
}

/// The needs of a method, as far as they hold in a version, by the numbers of their powers.
fn numbered(
    method: &'static Method,
    version: Version,
    numbers: &mut BTreeMap<Power, usize>,
) -> Vec<Vec<Numbered>> {
    let mut number = |need: &'static Need| {
        let alternatives = need.alternatives(version);
        let numbered = alternatives.map(|(power, place)| {
            let next = numbers.len();
            Numbered {
                power: *numbers.entry(power).or_insert(next),
                place,
            }
        });
        numbered.collect()
    };
    method.needs().iter().map(&mut number).collect()
}

/// Whether everything that a method needs is had in a scope.
pub(crate) fn verdict(
    needs: &[Vec<Numbered>],
    held: &BTreeMap<Namespace, Held>,
    scope: &Namespace,
) -> Verdict {
    let best = |need: &Vec<Numbered>| {
        let verdicts = need.iter().map(|one| has(one, held, scope));
        verdicts.max().unwrap_or(Verdict::No)
    };
    needs.iter().map(best).min().unwrap_or(Verdict::No)
}

pub(crate) fn has(one: &Numbered, held: &BTreeMap<Namespace, Held>, scope: &Namespace) -> Verdict {
    let namespace = one.place.namespace(scope);
    let scopes = [&Namespace::Cluster, &namespace];
    let verdicts = scopes.iter().filter_map(|scope| held.get(*scope));
    verdicts
        .map(|held| held.has(one.power))
        .max()
        .unwrap_or(Verdict::No)
}
