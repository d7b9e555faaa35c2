//! The variables of kustomizations.

use super::Accumulator;
use crate::context::Context;
use crate::kustomization::Var;
use crate::resources::{Id, ResourceMap};
use crate::tables::{Schema, Scope};

impl Accumulator {
    /// Adds variables, and tells the objects that they take their values from.
    pub(super) fn add_vars(&mut self, context: &Context<'_>, vars: &[Var]) {
        for var in vars {
            let target = target(var, &context.schema());
            let is_open = target.namespace.is_empty() && !target.is_cluster_wide;
            let matching = self.resources.matching(|id| match is_open {
                true => target.is_same_name(id),
                false => target.is_same(id),
            });
            match matching.as_slice() {
                [] => {}
                [index] => mark(&mut self.resources, *index, var),
                _ => {
                    let message = "several objects are called as this variable wants";
                    context.error("kustomization-var", message, var.span);
                    continue;
                }
            }
            self.add_var(context, var.clone());
        }
    }

    /// Adds a variable.
    pub(super) fn add_var(&mut self, context: &Context<'_>, var: Var) {
        match self
            .vars
            .binary_search_by(|known| known.name.value.cmp(&var.name.value))
        {
            Ok(_) => {
                let message = "there is a second variable of this name";
                context.error("kustomization-var", message, var.name.span);
            }
            Err(index) => self.vars.insert(index, var),
        }
    }
}

fn mark(resources: &mut ResourceMap, index: usize, var: &Var) {
    resources.all[index].variables.push(var.name.value.clone());
}

fn target(var: &Var, schema: &Schema) -> Id {
    let scope = schema.scope(&var.kinds.api_version(), &var.kinds.kind);
    Id {
        kinds: var.kinds.clone(),
        name: var.object.value.clone(),
        namespace: var.namespace.value.clone(),
        is_cluster_wide: scope == Some(Scope::Cluster),
    }
}
