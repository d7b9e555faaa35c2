//! What is asked, as a person writes it.

use graph::{Namespace, SmolStr};
use reach::{Action, Named};

use super::world::World;
use crate::error::Error;

/// What is asked, as a person writes it.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// Such as `get`.
    pub verb: String,
    /// `pods`, `po`, `deployments.apps`, `pods/exec`, `secrets/db`, or a path such as `/metrics`.
    pub resource: String,
    /// Such as `exec`, if the resource does not say it.
    pub subresource: Option<String>,
    /// The namespace; everywhere where there is none.
    pub namespace: Option<SmolStr>,
}

/// A question as the API server understands it.
pub(super) struct Asked {
    pub(super) action: Action,
    /// Whether the answer is wanted for every namespace.
    pub(super) is_everywhere: bool,
}

impl Question {
    /// The request that is meant.
    ///
    /// # Errors
    /// When nobody knows the resource.
    pub(super) fn asked(&self, world: &World<'_>) -> Result<Asked, Error> {
        let verb = SmolStr::from(self.verb.to_lowercase());
        if self.resource.starts_with('/') {
            let path = SmolStr::from(self.resource.as_str());
            return Ok(Asked {
                action: Action::Path { verb, path },
                is_everywhere: false,
            });
        }
        let Some(named) = world.resources.named(&self.resource) else {
            return Err(self.unknown(world));
        };
        let Named {
            resource,
            subresource,
            name,
        } = named;
        let namespace = match &self.namespace {
            // A request for a Namespace is made in it.
            _ if resource.plural == "namespaces" && !name.is_empty() => {
                Namespace::Named(name.clone())
            }
            Some(namespace) if resource.is_namespaced => Namespace::Named(namespace.clone()),
            _ => Namespace::Cluster,
        };
        let is_everywhere = resource.is_namespaced && namespace == Namespace::Cluster;
        let action = Action::Resource {
            verb,
            group: resource.group,
            resource: resource.plural,
            subresource: match &self.subresource {
                Some(subresource) => subresource.into(),
                None => subresource,
            },
            name,
            namespace,
        };
        Ok(Asked {
            action,
            is_everywhere,
        })
    }

    fn unknown(&self, world: &World<'_>) -> Error {
        let name = self.resource.split('/').next().unwrap_or_default();
        Error::UnknownResource {
            name: name.to_owned(),
            nearest: source::nearest(name, world.resources.plurals()).map(str::to_owned),
        }
    }
}
