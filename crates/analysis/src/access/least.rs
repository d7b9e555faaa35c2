//! The least that somebody needs: roles with what they used, proven by asking the authorizer again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use graph::{Graph, Namespace, SmolStr};
use reach::{Access as Rights, Action, Asker, Options as AccessOptions, Subject};
use source::{FileSystem, SourceFile, Sources};

use super::Access;
use super::audit::Used;
use super::declared::{Declared, declared};
use super::subject::{self, Subjects};
use super::told::{Origin, Teller};
use super::world::{self, World};
use crate::error::Error;
use crate::options::{Options, Progress};

/// Rules name objects where no more than so many were used.
const MOST_NAMES: usize = 5;

/// Whose needs are wanted, and by what.
#[derive(Clone, Copy, Debug)]
pub struct LeastQuestion<'a> {
    /// Whose, as of `can`.
    pub subject: &'a str,
    /// The groups that they are in.
    pub groups: &'a [String],
    /// What was done, beside what pods are declared to do.
    pub audit_log: Option<&'a Path>,
}

/// What somebody needs, and has beyond that.
#[derive(Debug, PartialEq)]
pub struct Least {
    /// Who.
    pub subject: String,
    /// How many different requests they made, or are declared to make.
    pub requests: usize,
    /// Roles and bindings that allow these requests and nothing else, as manifests; empty where none were made.
    pub manifests: String,
    /// Whether the authorizer allows each request by these roles.
    pub is_proven: bool,
    /// Requests that the present roles do not allow, so that something else did.
    pub not_granted: Vec<String>,
    /// Rules of the present roles by which no request was allowed.
    pub unused: Vec<Unused>,
    /// How many events of the log were read, and how many lines are none; nothing where there is no log.
    pub events: Option<(usize, usize)>,
    /// What pods of the account are declared to ask.
    pub declared: Vec<DeclaredNeed>,
    /// What of that can't be known: something asks the API server perhaps, and nothing says what.
    pub unknown: Vec<UnknownNeed>,
    /// How many containers run with the account.
    pub containers: usize,
}

/// Something that pods are declared to ask of the API server.
#[derive(Debug, PartialEq)]
pub struct DeclaredNeed {
    /// The request, such as `get pods in shop`.
    pub action: String,
    /// The containers whose commands ask it.
    pub places: Vec<Origin>,
}

/// Something of which is not known what it asks.
#[derive(Debug, PartialEq)]
pub struct UnknownNeed {
    /// Such as ``what `helm` asks``.
    pub what: String,
    /// The container.
    pub place: Origin,
}

/// A rule that is not used.
#[derive(Debug, PartialEq)]
pub struct Unused {
    /// The rule.
    pub rule: Origin,
    /// The binding that gives it.
    pub binding: Origin,
}

/// The least that somebody needs by what their pods are declared to run, and by an audit log where there is one.
///
/// # Errors
/// When the call or the configuration can't be followed, the log can't be read, nobody knows who is meant, or there is neither a
/// log nor a pod.
pub fn least_privilege(
    system: &dyn FileSystem,
    options: &Options,
    question: LeastQuestion<'_>,
    progress: &dyn Progress,
) -> Result<Access<Least>, Error> {
    world::each(system, options, progress, |world| {
        let asker = Subjects::of(world).asker(question.subject, question.groups)?;
        let Some(username) = username(&asker.subject) else {
            return Err(Error::UnknownSubject {
                name: question.subject.to_owned(),
                nearest: None,
            });
        };
        let log = question.audit_log;
        let used = log
            .map(|log| Used::read(system, log, &username))
            .transpose()?;
        let declared = declared(world, &asker.subject);
        if used.is_none() && declared.containers == 0 {
            return Err(Error::NothingToNeed {
                subject: subject::told(&asker.subject),
            });
        }
        Ok(least(world, &asker, used, &declared))
    })
}

/// What the API server calls somebody; groups act as their members.
fn username(subject: &Subject) -> Option<SmolStr> {
    match subject {
        Subject::User(name) => Some(name.clone()),
        Subject::Account { namespace, name } => namespace
            .name()
            .map(|namespace| format!("system:serviceaccount:{namespace}:{name}").into()),
        Subject::Group(_) => None,
    }
}

fn least(world: &World<'_>, asker: &Asker, used: Option<Used>, declared: &Declared) -> Least {
    let teller = Teller::of(world);
    let events = used.as_ref().map(|used| (used.events, used.unread));
    let mut actions = used.map(|used| used.actions).unwrap_or_default();
    actions.extend(declared.actions.keys().cloned());
    let (allowing, not_granted) = allowing(world, asker, &actions);
    let manifests = manifests(&asker.subject, &actions);
    let needs = declared
        .actions
        .iter()
        .map(|(action, places)| DeclaredNeed {
            action: place_told(action),
            places: places.iter().map(|place| teller.origin(*place)).collect(),
        });
    let unknown = declared.unknown.iter().map(|(place, what)| UnknownNeed {
        what: what.clone(),
        place: teller.origin(*place),
    });
    Least {
        subject: subject::told(&asker.subject),
        requests: actions.len(),
        is_proven: is_proven(&manifests, asker, &actions),
        manifests,
        not_granted,
        unused: unused(world, asker, &allowing),
        events,
        declared: needs.collect(),
        unknown: unknown.collect(),
        containers: declared.containers,
    }
}

/// The rules by which requests are allowed, and the requests that no rule allows.
fn allowing(
    world: &World<'_>,
    asker: &Asker,
    actions: &BTreeSet<Action>,
) -> (BTreeSet<reach::Origin>, Vec<String>) {
    let (mut allowing, mut not_granted) = (BTreeSet::new(), Vec::new());
    for action in actions {
        let answer = world.access.may(asker, action);
        if answer.verdict == reach::Verdict::No {
            not_granted.push(place_told(action));
        }
        let rules = answer.grants.iter().flat_map(|grant| grant.rules.iter());
        allowing.extend(rules.copied());
    }
    (allowing, not_granted)
}

/// An action with its namespace.
fn place_told(action: &Action) -> String {
    let place = match action {
        Action::Resource { namespace, .. } => namespace.name(),
        Action::Path { .. } => None,
    };
    let place = place.map_or_else(String::new, |place| format!(" in {place}"));
    format!("{action}{place}")
}

/// The rules of somebody's own roles that allow nothing of what they need.
fn unused(world: &World<'_>, asker: &Asker, allowing: &BTreeSet<reach::Origin>) -> Vec<Unused> {
    let teller = Teller::of(world);
    let mut unused = Vec::new();
    for holding in world.access.can(asker) {
        let is_own = matches!(holding.binding, reach::Origin::Written { .. });
        let rules = holding.role.filter(|_| is_own).map(|role| {
            let rules = world.access.rules(role, &holding.scope);
            rules.map(|rule| rule.origin).collect::<Vec<_>>()
        });
        let rules = rules.into_iter().flatten();
        unused.extend(
            rules
                .filter(|rule| !allowing.contains(rule))
                .map(|rule| Unused {
                    rule: teller.origin(rule),
                    binding: teller.origin(holding.binding),
                }),
        );
    }
    unused
}

/// Whether roles allow each of some requests.
fn is_proven(manifests: &str, asker: &Asker, actions: &BTreeSet<Action>) -> bool {
    let file = Sources::default().add("least-privilege.yaml", manifests);
    let graph = graph(&file);
    let options = AccessOptions {
        built_in: None,
        ..AccessOptions::default()
    };
    let access = Rights::of(&graph, &options);
    actions
        .iter()
        .all(|action| access.may(asker, action).verdict == reach::Verdict::Yes)
}

fn graph(file: &Arc<SourceFile>) -> Graph {
    let documents = yaml::read(file, &yaml::Options::default());
    let manifests = kubernetes::resources(documents, file, &kubernetes::Options::default());
    let resources = manifests.resources.into_iter().map(Arc::new);
    Graph::new(resources.collect(), true)
}

/// What is done with the objects of a kind: the verbs, and the names where these limit them.
type Rules = BTreeMap<(SmolStr, SmolStr), BTreeMap<BTreeSet<SmolStr>, BTreeSet<SmolStr>>>;

/// Roles that allow some requests, each with a binding: one for each namespace, and one for the cluster.
fn manifests(subject: &Subject, actions: &BTreeSet<Action>) -> String {
    let mut places: BTreeMap<Option<&str>, BTreeSet<&Action>> = BTreeMap::new();
    for action in actions {
        let place = match action {
            Action::Resource { namespace, .. } => namespace.name(),
            Action::Path { .. } => None,
        };
        places.entry(place).or_default().insert(action);
    }
    let all = places.into_iter().map(|(place, actions)| {
        let rules = rules(&actions);
        role(subject, place, &rules, &paths(&actions))
    });
    all.collect::<Vec<String>>().join("---\n")
}

fn rules(actions: &BTreeSet<&Action>) -> Rules {
    let mut names: BTreeMap<(SmolStr, SmolStr, SmolStr), BTreeSet<SmolStr>> = BTreeMap::new();
    for action in actions {
        if let Action::Resource {
            verb,
            group,
            resource,
            subresource,
            name,
            ..
        } = action
        {
            let slash = if subresource.is_empty() { "" } else { "/" };
            let resource = SmolStr::from(format!("{resource}{slash}{subresource}"));
            let key = (group.clone(), resource, verb.clone());
            names.entry(key).or_default().insert(name.clone());
        }
    }
    let mut rules = Rules::new();
    for ((group, resource, verb), mut own) in names {
        // A request without a name is allowed by no rule that has some.
        if own.contains("") || own.len() > MOST_NAMES {
            own.clear();
        }
        let kinds = rules.entry((group, resource)).or_default();
        kinds.entry(own).or_default().insert(verb);
    }
    rules
}

fn paths(actions: &BTreeSet<&Action>) -> BTreeMap<SmolStr, BTreeSet<SmolStr>> {
    let mut paths: BTreeMap<SmolStr, BTreeSet<SmolStr>> = BTreeMap::new();
    for action in actions {
        if let Action::Path { verb, path } = action {
            paths.entry(verb.clone()).or_default().insert(path.clone());
        }
    }
    paths
}

fn role(
    subject: &Subject,
    place: Option<&str>,
    rules: &Rules,
    paths: &BTreeMap<SmolStr, BTreeSet<SmolStr>>,
) -> String {
    let kind = if place.is_some() {
        "Role"
    } else {
        "ClusterRole"
    };
    let (name, whom) = named(subject);
    let within = place.map_or_else(String::new, |place| {
        format!("\n  namespace: {}", quoted(place))
    });
    let head = |kind: &str| {
        format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata:\n  name: {name}{within}\n"
        )
    };
    let mut text = head(kind) + "rules:\n";
    for ((group, resource), kinds) in rules {
        for (names, verbs) in kinds {
            let _ = writeln!(text, "- apiGroups: [{}]", quoted(group));
            let _ = writeln!(text, "  resources: [{}]", quoted(resource));
            if !names.is_empty() {
                let _ = writeln!(text, "  resourceNames: [{}]", list(names));
            }
            let _ = writeln!(text, "  verbs: [{}]", list(verbs));
        }
    }
    for (verb, paths) in paths {
        let _ = writeln!(text, "- nonResourceURLs: [{}]", list(paths));
        let _ = writeln!(text, "  verbs: [{}]", quoted(verb));
    }
    text += "---\n";
    text += &head(&format!("{kind}Binding"));
    let _ = writeln!(
        text,
        "roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: {kind}\n  name: {name}\nsubjects:\n- {whom}"
    );
    text
}

/// The name of the roles of somebody, and the subject of their bindings.
fn named(subject: &Subject) -> (String, String) {
    match subject {
        Subject::Account {
            namespace: Namespace::Named(namespace),
            name,
        } => (
            quoted(name),
            format!(
                "kind: ServiceAccount\n  name: {}\n  namespace: {}",
                quoted(name),
                quoted(namespace)
            ),
        ),
        Subject::User(name) | Subject::Group(name) | Subject::Account { name, .. } => (
            quoted(name),
            format!(
                "apiGroup: rbac.authorization.k8s.io\n  kind: User\n  name: {}",
                quoted(name)
            ),
        ),
    }
}

fn list(texts: &BTreeSet<SmolStr>) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    texts.join(", ")
}

/// A text as YAML, plain where that can't be taken for anything else.
fn quoted(text: &str) -> String {
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .chars()
            .all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || "-./".contains(one))
        && !matches!(
            text,
            "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null"
        );
    match is_plain {
        true => text.to_owned(),
        false => serde_json::Value::from(text).to_string(),
    }
}
