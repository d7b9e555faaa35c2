//! Who is meant, as a person writes it.

use std::collections::BTreeSet;

use graph::{LinkKind, Namespace, Resource, ResourceId, SmolStr};
use reach::{Asker, Groups, Subject};

use super::world::World;
use crate::error::Error;

/// The subjects that bindings and objects of a world name.
pub(super) struct Subjects<'a> {
    world: &'a World<'a>,
    bound: BTreeSet<Subject>,
}

/// A subject for people.
pub(super) fn told(subject: &Subject) -> String {
    match subject {
        Subject::User(name) => format!("User {name}"),
        Subject::Group(name) => format!("Group {name}"),
        Subject::Account { namespace, name } => match namespace.name() {
            Some(namespace) => format!("ServiceAccount {namespace}/{name}"),
            None => format!("ServiceAccount {name}"),
        },
    }
}

impl<'a> Subjects<'a> {
    pub(super) fn of(world: &'a World<'a>) -> Self {
        Self {
            world,
            bound: world.access.subjects(),
        }
    }

    /// Who is meant, in these groups and no others; where none are said, nothing is known of the groups of users.
    ///
    /// # Errors
    /// When nobody knows the name.
    pub(super) fn asker(&self, text: &str, groups: &[String]) -> Result<Asker, Error> {
        let subject = self.subject(text).ok_or_else(|| self.unknown(text))?;
        let mut asker = Asker::from(subject);
        if !groups.is_empty() {
            asker.groups = Groups::All(groups.iter().map(SmolStr::from).collect());
        }
        Ok(asker)
    }

    fn subject(&self, text: &str) -> Option<Subject> {
        let (kind, name) = text.split_once([':', '/']).unwrap_or(("", text));
        match kind.to_lowercase().as_str() {
            "user" => Some(Subject::User(name.into())),
            "group" => Some(Subject::Group(name.into())),
            "sa" | "serviceaccount" => Some(account(name)),
            "system" => self.of_system(text),
            _ => self.workload(text).or_else(|| self.called(text)),
        }
    }

    /// Names that Kubernetes itself gives.
    fn of_system(&self, text: &str) -> Option<Subject> {
        let group = Subject::Group(text.into());
        let is_group = self.bound.contains(&group)
            || matches!(
                text,
                "system:authenticated" | "system:unauthenticated" | "system:masters"
            )
            || text.starts_with("system:serviceaccounts");
        Some(match text.strip_prefix("system:serviceaccount:") {
            Some(rest) => match rest.split_once(':') {
                Some((namespace, name)) => account(&format!("{namespace}/{name}")),
                None => return None,
            },
            None if is_group => group,
            None => Subject::User(text.into()),
        })
    }

    /// The account that the pods of an object run as.
    fn workload(&self, address: &str) -> Option<Subject> {
        let mut objects = self.world.graph.resources();
        let is_meant = |resource: &Resource| {
            let kind = resource.kind.to_lowercase();
            let namespace = resource.namespace.name();
            let own = [Some(kind.as_str()), namespace, Some(&resource.name)];
            let own: Vec<&str> = own.into_iter().flatten().collect();
            let mut written = address.split('/');
            let first = written.next().map(str::to_lowercase).unwrap_or_default();
            let rest: Vec<&str> = written.collect();
            !resource.facts.pods.is_empty() && first == own[0] && rest == own[1..]
        };
        let (id, resource) = objects.find(|(_, resource)| is_meant(resource))?;
        Some(self.account_of(id, resource))
    }

    fn account_of(&self, id: ResourceId, resource: &Resource) -> Subject {
        let links = self.world.graph.links_from(id).iter();
        let mut accounts = links.filter(|link| link.kind == LinkKind::RunsAs);
        let name = accounts.next().map(|link| link.reference.name.clone());
        Subject::Account {
            namespace: resource.namespace.clone(),
            name: name.unwrap_or_else(|| "default".into()),
        }
    }

    /// The only subject of a name without a kind.
    fn called(&self, text: &str) -> Option<Subject> {
        let named = self.bound.iter().filter(|subject| match subject {
            Subject::User(name) | Subject::Group(name) => name == text,
            Subject::Account { name, namespace } => match text.split_once('/') {
                Some((within, own)) => namespace.name() == Some(within) && name == own,
                None => name == text,
            },
        });
        let named: Vec<&Subject> = named.collect();
        match named[..] {
            [only] => Some(only.clone()),
            _ => self.declared(text),
        }
    }

    /// A ServiceAccount without a binding.
    fn declared(&self, text: &str) -> Option<Subject> {
        let (within, own) = text.split_once('/')?;
        let mut objects = self.world.graph.resources();
        let is_meant = |resource: &Resource| {
            resource.kind == "ServiceAccount"
                && resource.name == own
                && resource.namespace.name() == Some(within)
        };
        objects
            .any(|(_, resource)| is_meant(resource))
            .then(|| account(text))
    }

    fn unknown(&self, text: &str) -> Error {
        let names: Vec<String> = self.bound.iter().map(written).collect();
        let nearest = source::nearest(text, names.iter().map(String::as_str));
        Error::UnknownSubject {
            name: text.to_owned(),
            nearest: nearest.map(str::to_owned),
        }
    }
}

/// A subject as a person writes it.
fn written(subject: &Subject) -> String {
    match subject {
        Subject::User(name) => format!("user:{name}"),
        Subject::Group(name) => format!("group:{name}"),
        Subject::Account { namespace, name } => match namespace.name() {
            Some(namespace) => format!("sa:{namespace}/{name}"),
            None => format!("sa:{name}"),
        },
    }
}

/// `namespace/name`, `namespace:name`, or only the name, whose namespace nobody wrote.
fn account(text: &str) -> Subject {
    match text.split_once([':', '/']) {
        Some((namespace, name)) => Subject::Account {
            namespace: Namespace::Named(namespace.into()),
            name: name.into(),
        },
        None => Subject::Account {
            namespace: Namespace::Unset,
            name: text.into(),
        },
    }
}
