//! The objects of a kustomization in their order.

use super::{Behavior, Id, Resource};

/// Objects in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct ResourceMap {
    pub(crate) all: Vec<Resource>,
}

impl ResourceMap {
    /// Adds an object.
    ///
    /// # Errors
    /// When there is one that is called so.
    pub(crate) fn append(&mut self, resource: Resource) -> Result<(), String> {
        let mut others = self.all.iter();
        if others.any(|other| other.id().is_same(resource.id())) {
            return Err(format!("there is a second {}", resource.id().shown()));
        }
        self.all.push(resource);
        Ok(())
    }

    /// The places of the objects that are called so now, or were before.
    pub(crate) fn matching(&self, is_match: impl Fn(&Id) -> bool) -> Vec<usize> {
        let all = self.all.iter().enumerate();
        let matching = all.filter(|(_, resource)| resource.has_any_id(&is_match));
        matching.map(|(index, _)| index).collect()
    }

    /// Adds what was generated, or puts it in the place of what is called so or together with it.
    ///
    /// # Errors
    /// When its behavior does not fit what is there.
    pub(crate) fn absorb(&mut self, mut resource: Resource) -> Result<(), String> {
        let id = resource.id().clone();
        let matching = self.matching(|other| other.is_same(&id));
        let index = match matching.as_slice() {
            [] if matches!(resource.behavior, Behavior::Unspecified | Behavior::Create) => {
                return self.append(resource);
            }
            [] => {
                return Err(format!(
                    "there is no {} to merge with or replace",
                    id.shown()
                ));
            }
            [index] => *index,
            _ => return Err(format!("several objects were called {}", id.shown())),
        };
        let older = &self.all[index];
        match resource.behavior {
            Behavior::Unspecified | Behavior::Create => {
                return Err(format!("there is a second {}", id.shown()));
            }
            Behavior::Replace => resource.take_metadata(older),
            Behavior::Merge => {
                resource.take_metadata(older);
                resource.take_data(older);
            }
        }
        self.all[index] = resource;
        Ok(())
    }

    /// Drops objects of which nothing is left.
    pub(crate) fn drop_empty(&mut self) {
        self.all.retain(|resource| !resource.node().is_empty());
    }
}
