//! What of that which exists is in a graph.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::{SmolStr, format_smolstr};

use crate::{Cause, LinkKind, Namespace, Resource, Unknown};

/// How many kinds a cause names.
const NAMED: usize = 5;

/// What of that which exists is in a graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// Whether everything is there that is of no unread kind, so that what is not there is missing and not unknown.
    pub others: bool,
    /// The kinds of which it is known that objects may exist beside those of the graph.
    pub unread: Arc<[Unread]>,
}

/// A kind whose objects were not read, or those of one namespace only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The kind as checks name it, such as `Role` or `Rollout.argoproj.io`; `*` stands for all kinds of a group.
    pub kind: SmolStr,
    /// The name for people, such as `roles.rbac.authorization.k8s.io`.
    pub name: SmolStr,
    /// Why, as a fragment: of what names stand before, `could not be read: …`.
    pub why: SmolStr,
    /// The only namespace in which its objects were read.
    pub namespace: Option<SmolStr>,
    /// Whether its objects are pods or make some.
    pub has_pods: bool,
    /// What its objects may refer to.
    pub references: Arc<[Referring]>,
}

/// What the objects of a kind may refer to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Referring {
    /// The meaning of the link.
    pub meaning: LinkKind,
    /// The kind of the target; none where it may be any, `Pod` for all that makes pods.
    pub kind: Option<SmolStr>,
    /// The name of the target, where no other can be meant; `*` stands for all before the first dot.
    pub name: Option<SmolStr>,
    /// Whether the target may be in another namespace.
    pub crosses: bool,
}

impl From<bool> for Completeness {
    /// All or nothing.
    fn from(others: bool) -> Self {
        Self {
            others,
            unread: Arc::default(),
        }
    }
}

impl Completeness {
    /// Whether everything that exists is in the graph.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.others && self.unread.is_empty()
    }

    /// Why an object of a kind may exist in a namespace that is not in the graph; nothing where it can't.
    #[must_use]
    pub fn absent(&self, kind: &str, namespace: &Namespace) -> Option<Arc<Unknown>> {
        self.open(|unread| unread.is(kind) && unread.may_be_in(namespace))
    }

    /// Why a pod, or something that makes pods, may exist in a namespace that is not in the graph.
    #[must_use]
    pub fn absent_pods(&self, namespace: &Namespace) -> Option<Arc<Unknown>> {
        self.open(|unread| unread.has_pods && unread.may_be_in(namespace))
    }

    fn open(&self, wanted: impl Fn(&Unread) -> bool) -> Option<Arc<Unknown>> {
        let outside = || (!self.others).then(|| Arc::new(Unknown::new(Cause::OutsideInput)));
        cause(self.unread.iter().filter(|unread| wanted(unread))).or_else(outside)
    }

    /// Why something that was not read may refer to a resource by a wanted link.
    #[must_use]
    pub fn referring(
        &self,
        target: &Resource,
        wanted: impl Fn(&Unread, LinkKind) -> bool,
    ) -> Option<Arc<Unknown>> {
        let refers = |unread: &&Unread| {
            let mut references = unread.references.iter();
            references.any(|one| wanted(unread, one.meaning) && unread.may_refer(one, target))
        };
        cause(self.unread.iter().filter(refers))
    }
}

impl Unread {
    /// The kind without its group, as objects write it.
    #[must_use]
    pub fn plain_kind(&self) -> &str {
        self.kind.split('.').next().unwrap_or_default()
    }

    fn is(&self, kind: &str) -> bool {
        match self.kind.strip_prefix("*.") {
            Some(own) => kind.split_once('.').is_some_and(|(_, group)| group == own),
            None => self.kind == kind,
        }
    }

    fn may_be_in(&self, namespace: &Namespace) -> bool {
        match (&self.namespace, namespace) {
            (Some(read), Namespace::Named(name)) => read != name,
            _ => true,
        }
    }

    fn may_refer(&self, referring: &Referring, target: &Resource) -> bool {
        let is_kind =
            |kind: &SmolStr| *kind == target.kind || kind == "Pod" && !target.facts.pods.is_empty();
        let is_near = target.namespace == Namespace::Cluster
            || referring.crosses
            || self.may_be_in(&target.namespace);
        let is_named = |name: &SmolStr| match name.strip_prefix('*') {
            Some(rest) => target.name.find('.').map(|at| &target.name[at..]) == Some(rest),
            None => *name == target.name,
        };
        referring.kind.as_ref().is_none_or(is_kind)
            && referring.name.as_ref().is_none_or(is_named)
            && is_near
    }
}

/// Why something is unknown that depends on kinds which were not read; nothing where it depends on none.
fn cause<'a>(unread: impl Iterator<Item = &'a Unread>) -> Option<Arc<Unknown>> {
    let mut names: BTreeMap<&SmolStr, Vec<&str>> = BTreeMap::new();
    for unread in unread {
        names.entry(&unread.why).or_default().push(&unread.name);
    }
    let causes: Vec<String> = names
        .into_iter()
        .map(|(why, names)| format!("{} {why}", listed(&names)))
        .collect();
    let text = causes.join("; ");
    (!text.is_empty()).then(|| Arc::new(Unknown::new(Cause::Unread(text.into()))))
}

/// Some names, and how many there are beside them.
fn listed(names: &[&str]) -> SmolStr {
    match names {
        [name] => SmolStr::from(*name),
        [names @ .., last] if names.len() < NAMED => {
            format_smolstr!("{} and {last}", names.join(", "))
        }
        names => {
            let (named, others) = names.split_at(NAMED.min(names.len()));
            format_smolstr!("{} and {} other kinds", named.join(", "), others.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unread(kind: &str, namespace: Option<&str>, has_pods: bool) -> Unread {
        Unread {
            kind: kind.into(),
            name: format_smolstr!("{}s", kind.to_ascii_lowercase()),
            why: "could not be read: no".into(),
            namespace: namespace.map(SmolStr::from),
            has_pods,
            references: Arc::default(),
        }
    }

    /// What is said where an object of a kind is not in the graph.
    #[track_caller]
    fn absent(completeness: &Completeness, kind: &str, namespace: &str, expected: &str) {
        let namespace = Namespace::Named(namespace.into());
        let cause = completeness.absent(kind, &namespace);
        let cause = cause.map(|unknown| unknown.cause.clone());
        let text = cause.as_ref().map_or("missing", Cause::text);
        assert_eq!(text, expected);
    }

    #[test]
    fn only_what_was_not_read_is_open() {
        let completeness = Completeness {
            others: true,
            unread: Arc::new([
                unread("Role", None, false),
                unread("Secret", Some("shop"), false),
            ]),
        };
        absent(&completeness, "Role", "shop", "roles could not be read: no");
        absent(&completeness, "Secret", "shop", "missing");
        absent(
            &completeness,
            "Secret",
            "bank",
            "secrets could not be read: no",
        );
        absent(&completeness, "ConfigMap", "bank", "missing");
        let completeness = Completeness {
            unread: Arc::new([unread("*.example.org", None, false)]),
            ..completeness
        };
        absent(&completeness, "Shop.example.com", "shop", "missing");
        let why = "*.example.orgs could not be read: no";
        absent(&completeness, "Shop.example.org", "shop", why);
    }

    #[test]
    fn pods_are_open_where_anything_that_makes_some_is() {
        let mut kinds: Vec<Unread> = ["Job", "Deployment", "DaemonSet"]
            .map(|kind| unread(kind, None, true))
            .into();
        kinds.push(unread("Secret", None, false));
        let text = |unread: &[Unread]| {
            let completeness = Completeness {
                others: true,
                unread: unread.into(),
            };
            let cause = completeness.absent_pods(&Namespace::Unset);
            cause.map(|unknown| unknown.cause.text().to_owned())
        };
        assert_eq!(
            text(&kinds).as_deref(),
            Some("jobs, deployments and daemonsets could not be read: no")
        );
        assert_eq!(text(&kinds[3..]), None);
        let many: Vec<Unread> = (0..9).map(|_| unread("Job", None, true)).collect();
        let told = text(&many).unwrap_or_default();
        assert!(told.ends_with("jobs and 4 other kinds could not be read: no"));
    }
}
