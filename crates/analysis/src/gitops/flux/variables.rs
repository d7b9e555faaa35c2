//! Variables that Flux puts into what a kustomization gives.

use std::collections::BTreeMap;
use std::sync::Arc;

use graph::{Data, NodeId, SmolStr, Unknown};
use source::Span;

use super::Deployed;
use super::values::{Referred, unknown};
use crate::gitops::field::items;

/// The values of variables.
#[derive(Clone, Debug, Default)]
pub(crate) struct Variables {
    known: BTreeMap<SmolStr, Variable>,
    /// Why there may be further ones.
    open: Option<Arc<Unknown>>,
}

/// The value of a variable.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub(super) value: Result<String, Arc<Unknown>>,
    /// Where it is written.
    pub(super) span: Span,
    pub(super) is_secret: bool,
}

impl Variables {
    /// The value of a variable; none where it has none.
    pub(super) fn get(&self, name: &str) -> Option<Variable> {
        let known = self.known.get(name).cloned();
        known.or_else(|| {
            let open = self.open.as_ref()?;
            Some(Variable {
                span: open.place?,
                value: Err(Arc::clone(open)),
                is_secret: false,
            })
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty() && self.open.is_none()
    }
}

impl Deployed<'_> {
    /// The variables of `postBuild`: those of other objects, and above them those that are written there.
    pub(super) fn variables(&mut self, post_build: NodeId) -> Variables {
        let mut variables = Variables::default();
        let references: Vec<NodeId> = items(self.tree, post_build, "substituteFrom").collect();
        for reference in references {
            match self.referred(reference) {
                Referred::Nothing => {}
                Referred::Unknown(unknown) => variables.open = Some(unknown),
                Referred::Entries(entries) => {
                    for entry in entries {
                        let variable = Variable {
                            value: Ok(entry.text.replace('\n', "")),
                            span: entry.span,
                            is_secret: entry.is_secret,
                        };
                        variables.known.insert(entry.key, variable);
                    }
                }
            }
        }
        let own = self.tree.get(post_build, "substitute");
        for node in own.into_iter().flat_map(|own| self.tree.children(own)) {
            let found = self.tree.node(node);
            let Some(key) = &found.key else {
                continue;
            };
            let value = match &found.data {
                Data::String(text) => Ok(text.replace('\n', "")),
                Data::Unknown(unknown) => Err(Arc::clone(unknown)),
                _ => {
                    self.refuse("a variable is a text", found.span);
                    Err(unknown("a variable is a text", found.span))
                }
            };
            let variable = Variable {
                value,
                span: found.span,
                is_secret: false,
            };
            variables.known.insert(key.text.clone(), variable);
        }
        variables
    }
}

#[cfg(test)]
pub(super) mod tests {
    use source::FileId;

    use super::*;

    /// Variables with these values.
    pub(in crate::gitops::flux) fn variables(values: &[(&str, &str)]) -> Variables {
        let known = values.iter().map(|(name, value)| {
            let variable = Variable {
                value: Ok((*value).to_owned()),
                span: Span::new(FileId(0), 0, 0),
                is_secret: false,
            };
            (SmolStr::from(*name), variable)
        });
        Variables {
            known: known.collect(),
            open: None,
        }
    }
}
