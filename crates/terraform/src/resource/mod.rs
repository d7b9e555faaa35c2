//! Instances of resources as resources of the graph.

mod block;
mod cause;
mod document;
mod keys;
mod moved;
mod names;
mod tree;

use std::path::PathBuf;
use std::sync::Arc;

use graph::{Data, Facts, Namespace, NodeId, Resource, Role, Step, Tree};
use smol_str::SmolStr;
use source::Span;

pub use block::is_block;
pub use cause::text as cause_text;
pub use keys::Keys;
pub use names::{names, own_name};

use crate::helm;
use crate::kubernetes::{self, Object, Patch, object};
use crate::module::{Ignored, Mode, clean, is_local};
use crate::plan::Planned;
use crate::provider::{self, Versions};
use crate::root::{Instance, ModulePath, Root};
use crate::syntax::Expression;
pub(crate) use document::document;
use moved::History;
pub(crate) use tree::{Grown, grow};

/// A resource of a root, and what it tells beside its value.
pub struct Declared {
    /// The resource.
    pub resource: Resource,
    /// The nodes whose value comes from another resource of the root, and the address of that.
    pub references: Vec<(NodeId, SmolStr)>,
    /// The object of Kubernetes that it makes.
    pub object: Option<Object>,
    /// What the texts of values of a release of Helm say, in the order of its request; nothing of those that can't be read.
    pub values: Vec<Option<Object>>,
    /// What it changes of an object that another resource makes.
    pub(crate) patch: Option<Patch>,
    /// The calls of modules that it stands in, from the outermost on, as far as they are of folders of their callers.
    pub calls: Vec<Span>,
    /// The call of the module from elsewhere that it stands in, directly or not.
    pub foreign: Option<Span>,
    /// Its address inside the module that declares it, without the key of the instance; of a moved one, the first that it had.
    pub local: SmolStr,
    /// The folder of the module that declares it, or, before it was moved, declared it.
    pub folder: PathBuf,
}

/// The resources of a root for the graph, in the order of their addresses, and behind them the other blocks that checks judge.
#[must_use]
pub fn resources(root: &Root) -> Vec<Declared> {
    resources_but(root, &|_| false)
}

/// The same without those of instances, by their indexes, that somebody knows already. That may only be where nothing else says
/// what they are: see [`Root::stands_apart`].
#[must_use]
pub fn resources_but(root: &Root, is_known: &dyn Fn(usize) -> bool) -> Vec<Declared> {
    let keys = Keys::of(&root.modules);
    let history = History::of(root);
    let instances = root.resources.iter().enumerate();
    let wanted = instances.filter(|(index, _)| !is_known(*index));
    let mut resources: Vec<Declared> = wanted
        .map(|(_, instance)| {
            let mut declared = declared(instance, &keys);
            if instance.address.mode == Mode::Managed {
                let tree = &mut declared.resource.tree;
                provider::fill(tree, &instance.address.ty, &root.providers);
            }
            let (folder, local) = history.first(instance);
            let (calls, foreign) = calls(root, &instance.module);
            Declared {
                folder,
                local,
                calls,
                foreign,
                ..declared
            }
        })
        .collect();
    kubernetes::apply(&mut resources);
    let blocks = root.declarations.iter().map(|declaration| {
        let (calls, foreign) = calls(root, &declaration.module);
        Declared {
            calls,
            foreign,
            ..block::declared(declaration, &keys)
        }
    });
    resources.extend(blocks);
    resources
}

impl Root {
    /// What the resources of the graph are made with, beside the instances; nothing where some of them change others, or were
    /// moved.
    #[must_use]
    pub fn stands_apart(&self) -> Option<&Versions> {
        let is_moved = self.modules.iter().any(|module| !module.moved.is_empty());
        let mut instances = self.resources.iter();
        let changes_another = instances.any(|one| kubernetes::is_patch(&one.address.ty));
        (!is_moved && !changes_another).then_some(&self.providers)
    }
}

/// The resources of a plan or state for the graph, in the order of their addresses.
#[must_use]
pub fn planned(planned: &Planned) -> Vec<Declared> {
    let instances = planned.instances.iter();
    let mut resources: Vec<Declared> = instances
        .map(|instance| declared(instance, &planned.keys))
        .collect();
    kubernetes::apply(&mut resources);
    resources
}

/// The calls on the way to a module, and the first of them whose source is not a folder of the caller's own, which ends the way.
fn calls(root: &Root, path: &ModulePath) -> (Vec<Span>, Option<Span>) {
    let mut calls = Vec::new();
    let mut module = root.modules.first();
    for (name, _) in &path.0 {
        let Some(call) = module.and_then(|module| module.calls.get(name)) else {
            break;
        };
        calls.push(call.block.span);
        let source = call.source.as_ref().and_then(Expression::literal);
        let (Some(source), Some(caller)) = (source, module) else {
            break;
        };
        if !is_local(&source) {
            return (calls, Some(call.block.header()));
        }
        let folder = clean(&caller.folder.join(source.as_str()));
        let mut modules = root.modules.iter();
        module = modules.find(|module| module.folder == folder);
    }
    (calls, None)
}

/// Whether checks may name resources of this sort: `terraform/any`, or `terraform/` and a type as blocks name it, with
/// `data.` or `ephemeral.` before it where they do, or a kind of block that is no resource.
#[must_use]
pub fn is_known_subject(name: &str) -> bool {
    let Some(ty) = name.strip_prefix("terraform/") else {
        return false;
    };
    if block::is_known(ty) {
        return true;
    }
    let modes = [Mode::Data, Mode::Ephemeral].map(|mode| format!("{}.", mode.keyword()));
    let ty = modes
        .iter()
        .find_map(|mode| ty.strip_prefix(mode.as_str()))
        .unwrap_or(ty);
    let is_word = |character: char| {
        character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_'
    };
    ty == "any" || ty.contains('_') && ty.chars().all(is_word)
}

/// Notes at a value that its changes are ignored.
fn note_ignored(tree: &mut Tree, ignored: &Ignored) {
    let part = |tree: &Tree, node, part: &SmolStr| match tree.node(node).data {
        Data::List => tree.children(node).nth(part.parse().ok()?),
        _ => tree.get(node, part),
    };
    let mut path = ignored.path.iter();
    let Some(node) = path.try_fold(NodeId::ROOT, |node, name| part(tree, node, name)) else {
        return;
    };
    tree.passage_mut(node).steps.push(Step {
        span: ignored.span,
        role: Role::Ignored,
    });
}

fn declared(instance: &Instance, keys: &Keys) -> Declared {
    let local = instance.address.to_string();
    let inner = format!("{local}{}", instance.key);
    let mut grown = grow(&instance.value, keys);
    for ignored in &instance.ignored {
        note_ignored(&mut grown.tree, ignored);
    }
    let object = object(instance, &grown, keys);
    let patch = Patch::of(instance, &grown);
    let values = helm::documents(instance, keys);
    let Grown {
        tree,
        mut sensitive,
        references,
    } = grown;
    if instance.address.ty == helm::RELEASE {
        sensitive.extend(helm::secrets(&tree));
        sensitive.sort_unstable();
        sensitive.dedup();
    }
    let facts = Facts {
        sensitive,
        ..Facts::default()
    };
    let kind = match instance.address.mode {
        Mode::Managed => instance.address.ty.clone(),
        mode => format!("{}.{}", mode.keyword(), instance.address.ty).into(),
    };
    let resource = Resource {
        address: instance.module.address(&inner).into(),
        api_version: SmolStr::default(),
        name: instance.address.name.clone(),
        namespace: Namespace::Cluster,
        environment: None,
        subjects: vec![
            SmolStr::new_static("terraform/any"),
            format!("terraform/{kind}").into(),
        ],
        kind,
        conditional: instance
            .conditional
            .as_deref()
            .map(|unknown| Arc::new(cause::unknown(unknown))),
        tree,
        facts,
        merge_key: |_| None,
    };
    Declared {
        resource,
        references,
        object,
        values,
        patch,
        calls: Vec::new(),
        foreign: None,
        local: local.into(),
        folder: instance.folder.clone(),
    }
}

#[cfg(test)]
mod tests {
    use graph::{NodeId, Role};

    use super::{is_known_subject, resources};
    use crate::root::testing::root;

    #[test]
    fn values_know_that_their_changes_are_ignored() {
        for (ignored, path, is_ignored) in [
            ("[a]", &["a"][..], true),
            ("[a]", &["b"], false),
            ("[m[\"k\"]]", &["m", "k"], true),
            ("[m[\"k\"]]", &["m"], false),
            ("[block[0].x]", &["block", "x"], true),
            ("[block[1].x]", &["block", "x"], false),
            ("[\"b\"]", &["b"], true),
            ("all", &[], true),
        ] {
            let text = format!(
                "resource \"t\" \"a\" {{\na = 1\nb = 2\nm = {{ k = 1 }}\nblock {{\nx = 1\n}}\nlifecycle {{\nignore_changes = {ignored}\n}}\n}}"
            );
            let rows = resources(&root(&[("main.tf", &text)]));
            let tree = &rows[0].resource.tree;
            let mut node = NodeId::ROOT;
            for key in path {
                node = tree
                    .get(node, key)
                    .or_else(|| tree.get(tree.first(node)?, key))
                    .unwrap();
            }
            let steps = tree.passage(node).map_or(&[][..], |passage| &passage.steps);
            let found = steps.iter().any(|step| step.role == Role::Ignored);
            assert_eq!(found, is_ignored, "{ignored} {path:?}");
        }
    }

    #[test]
    fn subjects_are_types_of_blocks() {
        let subjects = [
            "terraform/any",
            "terraform/aws_s3_bucket",
            "terraform/data.aws_iam_policy_document",
            "terraform/Bucket",
            "terraform/bucket",
            "kubernetes/any",
        ];
        let known = subjects.map(is_known_subject);
        assert_eq!(known, [true, true, true, false, false, false]);
    }
}
