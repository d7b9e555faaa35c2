//! The namespace of objects, and of the subjects of bindings.

use super::{Maker, change_field, change_fields};
use crate::context::Context;
use crate::kustomization::Text;
use crate::node::{Data, Kind, Node, Scalar, Setting, Tag, set_field, set_scalar};
use crate::resources::ResourceMap;
use crate::tables::FieldSpec;

/// Which subjects of bindings get the namespace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Subjects {
    /// Those with the name `default`.
    #[default]
    Default,
    /// All service accounts.
    ServiceAccounts,
    None,
}

/// A change of namespaces.
pub(super) struct Change<'a> {
    pub(super) namespace: &'a Text,
    pub(super) fields: &'a [FieldSpec],
    pub(super) subjects: Subjects,
    /// Whether only what has no namespace gets one.
    pub(super) only_unset: bool,
}

/// Sets the namespace of all objects.
pub(super) fn apply(
    context: &Context<'_>,
    resources: &mut ResourceMap,
    change: &Change<'_>,
) -> Result<(), String> {
    let count = resources.all.len();
    context
        .bounds
        .steps(count.saturating_mul(count + change.fields.len()))?;
    for index in 0..count {
        let resource = &mut resources.all[index];
        resource.remember();
        let is_cluster_wide = resource.id().is_cluster_wide;
        resource.edit(|node| change.apply(node, is_cluster_wide))?;
        let id = resource.id().clone();
        let same = resources.all.iter().filter(|other| other.id().is_same(&id));
        if same.count() > 1 {
            return Err(format!(
                "the namespace makes several objects {}",
                id.shown()
            ));
        }
    }
    Ok(())
}

impl Change<'_> {
    /// Sets the namespace of one object.
    pub(super) fn apply(&self, node: &mut Node, is_cluster_wide: bool) -> Result<(), String> {
        let is_core = node
            .get("apiVersion")
            .is_some_and(|version| version.text() == "v1");
        let kind = node
            .get("kind")
            .map(|kind| kind.text().clone())
            .unwrap_or_default();
        let is_binding = matches!(kind.as_str(), "RoleBinding" | "ClusterRoleBinding");
        let mut set = |node: &mut Node| self.set(node);
        if !is_cluster_wide {
            let own = FieldSpec {
                path: "metadata/namespace".into(),
                create: true,
                ..FieldSpec::default()
            };
            change_field(node, &own, Some(self.maker()), &mut set)?;
        }
        if is_binding && let Some(subjects) = node.get_mut("subjects") {
            self.set_subjects(subjects)?;
        }
        let fields = self
            .fields
            .iter()
            .filter(|field| match field.path.as_str() {
                "metadata/namespace" => false,
                "metadata/name" => is_core,
                "subjects/namespace" => {
                    let is_of_binding = matches!(
                        field.kinds.kind.as_str(),
                        "RoleBinding" | "ClusterRoleBinding"
                    );
                    !(is_binding && is_of_binding)
                }
                _ => true,
            });
        let fields: Vec<FieldSpec> = fields.cloned().collect();
        change_fields(node, &fields, Some(self.maker()), &mut set)
    }

    fn maker(&self) -> Maker {
        Maker {
            kind: Kind::Scalar,
            tag: &Tag::String,
            span: self.namespace.span,
        }
    }

    fn setting(&self) -> Setting {
        let scalar = Scalar::string(self.namespace.value.clone());
        Setting::new(scalar, self.namespace.span)
    }

    fn set(&self, node: &mut Node) -> Result<(), String> {
        if self.only_unset && !node.text().is_empty() && !node.is_null() {
            return Ok(());
        }
        set_scalar(node, &self.setting())
    }

    fn set_subjects(&self, subjects: &mut Node) -> Result<(), String> {
        let (key, wanted) = match self.subjects {
            Subjects::Default => ("name", "default"),
            Subjects::ServiceAccounts => ("kind", "ServiceAccount"),
            Subjects::None => return Ok(()),
        };
        if subjects.is_null() {
            return Ok(());
        }
        let Data::List(items) = &mut subjects.data else {
            return Err("the subjects of a binding are a list".to_owned());
        };
        for item in items {
            if item.get(key).is_none_or(|found| found.text() != wanted) {
                continue;
            }
            let set = item.get("namespace").filter(|node| !node.is_null());
            let is_set = set.is_some_and(|node| !node.text().is_empty());
            if !(self.only_unset && is_set) {
                set_field(item, "namespace", &self.setting(), self.namespace.span)?;
            }
        }
        Ok(())
    }
}
