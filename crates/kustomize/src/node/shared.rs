//! Scalars that stand in several places of an object, and are one to kustomize: what a transformer of labels adds in several places
//! of an object is one value there, so that a later change in one place is a change in all.

use std::collections::HashMap;

use super::{Data, Node, Origin, Scalar};

/// Which scalar of an object this is, if it stands in several places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shared {
    /// Its number in the object; 0 where it stands in one place.
    number: u32,
    is_changed: bool,
}

impl Shared {
    pub(crate) fn new(number: u32) -> Self {
        Self {
            number,
            is_changed: false,
        }
    }

    /// The same, when it was set to something else.
    pub(crate) fn changed(self) -> Self {
        Self {
            is_changed: self.number > 0,
            ..self
        }
    }
}

impl Node {
    /// What a scalar is with others, if it is one.
    pub(crate) fn shared(&self) -> Shared {
        match &self.data {
            Data::Scalar(scalar) => scalar.shared,
            _ => Shared::default(),
        }
    }

    /// Puts a scalar in the place of this one, wherever it stands.
    pub(crate) fn replace_scalar(&mut self, scalar: Scalar) {
        let shared = self.shared().changed();
        self.data = Data::Scalar(Scalar { shared, ..scalar });
    }

    /// Changes scalars everywhere that were changed somewhere.
    pub(crate) fn share_changes(&mut self) {
        let mut changed: HashMap<u32, (Scalar, Origin)> = HashMap::new();
        self.each_mut(&mut |node| {
            let Data::Scalar(scalar) = &mut node.data else {
                return;
            };
            if scalar.shared.is_changed {
                scalar.shared.is_changed = false;
                let value = (scalar.clone(), node.origin.clone());
                changed.insert(scalar.shared.number, value);
            }
        });
        if changed.is_empty() {
            return;
        }
        self.each_mut(&mut |node| {
            if let Some((scalar, origin)) = changed.get(&node.shared().number) {
                node.data = Data::Scalar(scalar.clone());
                node.origin = origin.clone();
            }
        });
    }

    /// Makes each scalar one of its own.
    pub(crate) fn unshare(&mut self) {
        self.each_mut(&mut |node| {
            if let Data::Scalar(scalar) = &mut node.data {
                scalar.shared = Shared::default();
            }
        });
    }
}
