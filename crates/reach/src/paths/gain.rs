//! What parties gain by their access: the targets of methods, as far as names limit them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use graph::{Cause, Namespace, ResourceId, SmolStr, Unknown};

use super::{How, Link, Party, Paths};
use crate::access::{Action, Asker, Groups, Held, Subject, Verdict};
use crate::escalation::{Edge, Method, has};
use crate::truth::Truth;

/// Accounts of controllers that do what objects say, by method, as their makers call them.
const CONTROLLERS: [(&str, &[&str]); 7] = [
    ("direct-flux", &["kustomize-controller", "helm-controller"]),
    ("direct-argo-cd", &["argocd-application-controller"]),
    ("restore-backup", &["velero", "velero-server"]),
    ("install-operator", &["olm-operator-serviceaccount"]),
    ("compose-resources", &["crossplane"]),
    ("provision-machines", &["capi-manager"]),
    ("generate-by-policy", &["kyverno-background-controller"]),
];

/// Pods of a scope can be made to move to another node.
pub(super) const STEALING: &str = "stealing of pods";

static MAY_BE_ALLOWED: LazyLock<Arc<Unknown>> =
    LazyLock::new(|| because("whether it is allowed can't be known from the input"));

/// The cause of what can't be known from objects.
pub(super) fn because(why: &str) -> Arc<Unknown> {
    Arc::new(Unknown::new(Cause::Other(why.into())))
}

/// Where a method leads.
type Target = (Party, Option<Arc<Unknown>>);

/// The names on which something is allowed; all of them, where there are none.
type Names = Option<BTreeSet<SmolStr>>;

impl Paths<'_> {
    /// What a party has, by where it has it.
    fn held(&mut self, number: u32) -> Arc<BTreeMap<Namespace, Held>> {
        if let Some(known) = &self.held[number as usize] {
            return Arc::clone(known);
        }
        let powers = &self.table.roles;
        let held = match self.party(number) {
            Party::Subject(subject) => self.access.held(&asker(subject), powers),
            Party::Role { role, scope, .. } => {
                BTreeMap::from([(scope.clone(), powers.role(*role).clone())])
            }
            Party::Namespace(scope) => {
                BTreeMap::from([(scope.clone(), Held::every(powers.count()))])
            }
            _ => BTreeMap::new(),
        };
        let held = Arc::new(held);
        self.held[number as usize] = Some(Arc::clone(&held));
        held
    }

    /// What a party gains by its own access.
    pub(super) fn own(&mut self, number: u32) -> Arc<[Arc<Link>]> {
        if let Some(known) = &self.own[number as usize] {
            return Arc::clone(known);
        }
        let held = self.held(number);
        let mut links = Vec::new();
        for edge in self.escalations().gained(&held) {
            links.extend(self.links(number, &edge));
        }
        let links: Arc<[Arc<Link>]> = links.into();
        self.own[number as usize] = Some(Arc::clone(&links));
        links
    }

    /// What a party has of the powers of which methods need several.
    pub(super) fn shares(&mut self, number: u32) -> Arc<BTreeMap<Namespace, Held>> {
        if let Some(known) = &self.shares[number as usize] {
            return Arc::clone(known);
        }
        let held = self.held(number);
        let shared = held.iter();
        let shared = shared.map(|(scope, held)| (scope.clone(), held.within(&self.shared)));
        let shared = shared.filter(|(_, held)| !held.is_empty());
        let shared = Arc::new(shared.collect());
        self.shares[number as usize] = Some(Arc::clone(&shared));
        shared
    }

    /// Where a method leads, whose names are those that a party may name.
    pub(super) fn links(&mut self, namer: u32, edge: &Edge) -> Vec<Arc<Link>> {
        self.held(namer);
        let doubt = (edge.verdict != Verdict::Yes).then(|| Arc::clone(&MAY_BE_ALLOWED));
        let targets = self.targets(namer, edge.method, &edge.scope);
        let links = targets.into_iter().map(|(party, unknown)| {
            Arc::new(Link {
                to: self.add(party),
                how: How::Method(edge.method, edge.scope.clone()),
                unknown: doubt.clone().or(unknown),
            })
        });
        links.collect()
    }

    fn targets(&self, namer: u32, method: &'static Method, scope: &Namespace) -> Vec<Target> {
        let own = scope.clone();
        let other = || {
            let gain = method.gain;
            vec![(
                Party::Other {
                    gain,
                    scope: own.clone(),
                },
                None,
            )]
        };
        match (method.gain, method.name) {
            ("everything", "bind-role" | "bind-cluster-role") => self.bound(namer, method, scope),
            ("everything", "rewrite-role") => self.rewritten(namer, method, scope),
            ("everything" | "mutation", _) => vec![(everything_in(scope), None)],
            ("account", "request-token" | "impersonate-account") => {
                self.named_accounts(self.names(namer, method, 0, scope), scope)
            }
            ("account", _) => vec![(Party::Accounts(own), None)],
            ("privileged-pod", _) => match self.admission.admits(scope) {
                Truth::No => Vec::new(),
                Truth::Yes => vec![(Party::AnyNode, None)],
                Truth::Maybe(cause) => vec![(Party::AnyNode, Some(cause))],
            },
            ("node", name) => vec![self.node(namer, method, name)],
            ("pod", "steal-pods") => {
                let gain = STEALING;
                vec![(Party::Other { gain, scope: own }, None)]
            }
            ("pod", _) => self.named_pods(self.names(namer, method, 0, scope), scope),
            ("secrets", "read-secrets") => {
                self.named_secrets(self.names(namer, method, 0, scope), scope)
            }
            ("secrets", _) => vec![(Party::Secrets(own), None)],
            ("identity", name) => self.identities(namer, method, name).unwrap_or_else(other),
            ("controller", name) => {
                let mut targets = self.controllers(name);
                targets.extend(other());
                targets
            }
            _ => other(),
        }
    }

    /// The names on which a party has one of the needs of a method in a scope.
    fn names(&self, namer: u32, method: &'static Method, need: usize, scope: &Namespace) -> Names {
        let names = self.names_by_resource(namer, method, need, scope);
        let mut all = BTreeSet::new();
        for (_, names) in names {
            all.extend(names?);
        }
        Some(all)
    }

    /// The same for each resource that the need names.
    fn names_by_resource(
        &self,
        namer: u32,
        method: &'static Method,
        need: usize,
        scope: &Namespace,
    ) -> Vec<(SmolStr, Names)> {
        let party = self.party(namer);
        let Some(held) = self.held[namer as usize].as_deref() else {
            return Vec::new();
        };
        let mut methods = self.table.methods.iter();
        let known = methods.find(|(known, _)| *known == method);
        let alternatives = known.and_then(|(_, needs)| needs.get(need));
        let held_ones = alternatives
            .into_iter()
            .flatten()
            .filter(|one| has(one, held, scope) != Verdict::No);
        let named = held_ones.map(|one| {
            let power = &self.table.powers[one.power];
            let names = match party {
                _ if !power.on_any => None,
                Party::Subject(subject) => {
                    let place = one.place.namespace(scope);
                    self.access.names(&asker(subject), power, &place)
                }
                Party::Role { role, .. } => self.access.names_of(*role, power),
                _ => None,
            };
            let resource = match &power.action {
                Action::Resource { resource, .. } => resource.clone(),
                Action::Path { path, .. } => path.clone(),
            };
            (resource, names)
        });
        named.collect()
    }

    /// The roles that can be bound: all, or those that are named.
    fn bound(&self, namer: u32, method: &'static Method, scope: &Namespace) -> Vec<Target> {
        let mut targets = Vec::new();
        for (resource, names) in self.names_by_resource(namer, method, 0, scope) {
            let is_local = resource == "roles";
            let place = match is_local {
                true => scope.clone(),
                false => Namespace::Cluster,
            };
            let Some(names) = names.or_else(|| is_local.then(|| self.local_roles(scope))) else {
                return vec![(everything_in(scope), None)];
            };
            for name in names {
                let roles = self.roles.get(&(place.clone(), name.clone()));
                let roles = roles.into_iter().flatten().map(|role| Party::Role {
                    role: *role,
                    name: name.clone(),
                    scope: scope.clone(),
                });
                targets.extend(roles.map(|role| (role, None)));
            }
        }
        targets
    }

    fn local_roles(&self, scope: &Namespace) -> BTreeSet<SmolStr> {
        let all = self.roles.keys().filter(|(place, _)| place == scope);
        all.map(|(_, name)| name.clone()).collect()
    }

    /// Whoever rewrites a Role that they have themselves.
    fn rewritten(&self, namer: u32, method: &'static Method, scope: &Namespace) -> Vec<Target> {
        let Party::Subject(subject) = self.party(namer) else {
            return vec![(everything_in(scope), None)];
        };
        let names = self.names(namer, method, 1, scope);
        let holdings = self.access.can(&asker(subject));
        let has_one = holdings.iter().any(|holding| {
            let role = holding.role.filter(|role| self.access.is_local(*role));
            role.is_some_and(|role| {
                let is_named = names.as_ref().is_none_or(|names| {
                    let keys = names
                        .iter()
                        .map(|name| (holding.scope.clone(), name.clone()));
                    let mut roles = keys.filter_map(|key| self.roles.get(&key)).flatten();
                    roles.any(|named| *named == role)
                });
                is_named && (*scope == Namespace::Cluster || holding.scope == *scope)
            })
        });
        match has_one {
            true => vec![(everything_in(scope), None)],
            false => Vec::new(),
        }
    }

    fn named_accounts(&self, names: Names, scope: &Namespace) -> Vec<Target> {
        let Some(names) = names else {
            return vec![(Party::Accounts(scope.clone()), None)];
        };
        let mut targets = Vec::new();
        for name in names {
            let known = self.accounts.get(&name).into_iter().flatten();
            let known = known.map(|number| self.party(*number).clone());
            let is_here = |party: &Party| match party {
                Party::Subject(Subject::Account { namespace, .. }) => {
                    *scope == Namespace::Cluster || namespace == scope
                }
                _ => false,
            };
            targets.extend(known.filter(is_here).map(|party| (party, None)));
        }
        targets
    }

    /// Names of pods that controllers make begin with those of the controllers.
    fn named_pods(&self, names: Names, scope: &Namespace) -> Vec<Target> {
        let Some(names) = names else {
            return vec![(Party::AllPods(scope.clone()), None)];
        };
        let mut targets = Vec::new();
        for party in &self.parties {
            let Party::Pods { resource, .. } = party else {
                continue;
            };
            let object = self.graph.resource(*resource);
            if *scope != Namespace::Cluster && object.namespace != *scope {
                continue;
            }
            if object.kind == "Pod" && names.contains(&object.name) {
                targets.push((party.clone(), None));
            }
            let is_made = |name: &SmolStr| {
                name.strip_prefix(object.name.as_str())
                    .is_some_and(|rest| rest.starts_with('-'))
            };
            if object.kind != "Pod" && names.iter().any(is_made) {
                let why = because("the names of pods are chosen when they are made");
                targets.push((party.clone(), Some(why)));
            }
        }
        targets
    }

    /// Of Secrets that are named, those count that hold tokens.
    fn named_secrets(&self, names: Names, scope: &Namespace) -> Vec<Target> {
        let own = Party::Secrets(scope.clone());
        let Some(names) = names else {
            return vec![(own, None)];
        };
        let number = self.number(&own);
        let links = number.map(|number| self.fixed[number as usize].as_slice());
        let is_named = |id: ResourceId| names.contains(&self.graph.resource(id).name);
        let tokens = links.into_iter().flatten().filter(|link| match link.how {
            How::TokenSecret(id) => is_named(id),
            _ => false,
        });
        let tokens = tokens.map(|link| (self.party(link.to).clone(), None));
        let other = Party::Other {
            gain: "some Secrets",
            scope: scope.clone(),
        };
        tokens.chain([(other, None)]).collect()
    }

    fn node(&self, namer: u32, method: &'static Method, name: &str) -> Target {
        let is_limited =
            name == "proxy-to-node" && self.names(namer, method, 0, &Namespace::Cluster).is_some();
        match name {
            _ if is_limited => (Party::Node, None),
            "create-bootstrap-token" | "approve-node-certificate" | "provision-nodes" => {
                (Party::Node, None)
            }
            "provision-node-files" => {
                let why = because("a provisioner of folders of nodes must run");
                (Party::AnyNode, Some(why))
            }
            _ => (Party::AnyNode, None),
        }
    }

    fn identities(&self, namer: u32, method: &'static Method, name: &str) -> Option<Vec<Target>> {
        let names = || self.names(namer, method, 0, &Namespace::Cluster);
        let all = [
            Party::Users,
            Party::Groups,
            Party::Accounts(Namespace::Cluster),
        ];
        let all = all.map(|party| (party, None));
        match name {
            "impersonate-user" => Some(match names() {
                None => vec![(Party::Users, None)],
                Some(names) => self.known(names, Subject::User),
            }),
            "impersonate-group" => Some(match names() {
                None => vec![(Party::Everything, None), (Party::Groups, None)],
                Some(names) if names.contains("system:masters") => vec![(Party::Everything, None)],
                Some(names) => self.known(names, Subject::Group),
            }),
            "approve-certificate" => Some(all.into()),
            "sign-certificate" => {
                let why = because("the key of the signer is needed");
                Some(all.map(|(party, _)| (party, Some(Arc::clone(&why)))).into())
            }
            _ => None,
        }
    }

    /// Those of some names that bindings name.
    fn known(&self, names: BTreeSet<SmolStr>, subject: fn(SmolStr) -> Subject) -> Vec<Target> {
        let parties = names.into_iter().map(|name| Party::Subject(subject(name)));
        let known = parties.filter(|party| self.numbers.contains_key(party));
        known.map(|party| (party, None)).collect()
    }

    /// The accounts of the controllers that a method makes work.
    fn controllers(&self, method: &str) -> Vec<Target> {
        let mut known = CONTROLLERS.iter();
        let names = known.find(|(own, _)| *own == method);
        let names = names.into_iter().flat_map(|(_, names)| names.iter());
        let numbers = names.filter_map(|name| self.accounts.get(*name)).flatten();
        numbers
            .map(|number| (self.party(*number).clone(), None))
            .collect()
    }
}

fn everything_in(scope: &Namespace) -> Party {
    match scope {
        Namespace::Cluster => Party::Everything,
        scope => Party::Namespace(scope.clone()),
    }
}

/// A subject in no groups but its own.
pub(super) fn asker(subject: &Subject) -> Asker {
    Asker {
        subject: subject.clone(),
        groups: Groups::All(Vec::new()),
    }
}
