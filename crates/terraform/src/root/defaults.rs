//! Tags and labels that the configuration of a provider gives to all its resources.
//!
//! Sources: <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/resource-tagging>,
//! <https://registry.terraform.io/providers/hashicorp/google/latest/docs/guides/provider_reference#default_labels>.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::HashMap;
use smol_str::SmolStr;
use source::Span;

use super::evaluation::Evaluation;
use super::repetition::Each;
use super::{Instance, ModulePath};
use crate::module::{Mode, ResourceBlock};
use crate::schema;
use crate::syntax::{Block, Expression, ExpressionKind};
use crate::value::{Data, Entries, Origin, Type, Value};

/// How a provider adds to what its resources set.
struct Rule {
    /// The first word of the types of its resources.
    provider: &'static str,
    /// The block of its configuration that the argument stands in.
    block: Option<&'static str>,
    argument: &'static str,
    /// The argument of resources that it is added to.
    own: &'static str,
    /// The attribute that has both.
    all: &'static str,
}

const RULES: [Rule; 2] = [
    Rule {
        provider: "aws",
        block: Some("default_tags"),
        argument: "tags",
        own: "tags",
        all: "tags_all",
    },
    Rule {
        provider: "google",
        block: None,
        argument: "default_labels",
        own: "labels",
        all: "terraform_labels",
    },
];

/// A configuration of a provider as a module names it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Local {
    name: SmolStr,
    alias: Option<SmolStr>,
}

/// What the configurations of providers give, by the instance of the module and the place of the block.
type Given = HashMap<(usize, Span), Option<Value>>;

impl Evaluation<'_> {
    /// The resources with the attribute that has their own tags or labels and those of their provider, where it gives any.
    pub(super) fn with_defaults(&self, mut resources: Vec<Arc<Instance>>) -> Vec<Arc<Instance>> {
        let nodes = &self.configuration.nodes;
        if nodes.iter().all(|node| node.module.providers.is_empty()) {
            return resources;
        }
        let modules = self.modules.iter().enumerate();
        let modules: BTreeMap<&ModulePath, usize> = modules
            .map(|(index, module)| (&module.path, index))
            .collect();
        let mut given = Given::default();
        for resource in &mut resources {
            if let Some(module) = modules.get(&resource.module) {
                self.add_default(*module, resource, &mut given);
            }
        }
        resources
    }

    fn add_default(&self, module: usize, resource: &mut Arc<Instance>, given: &mut Given) {
        let ty = &resource.address.ty;
        let word = ty.split('_').next().unwrap_or_default();
        let Some(rule) = RULES.iter().find(|rule| rule.provider == word) else {
            return;
        };
        let known = schema::of(Mode::Managed, ty);
        let is_managed = resource.address.mode == Mode::Managed;
        if !is_managed || known.is_none_or(|known| known.attribute(rule.all).is_none()) {
            return;
        }
        let Some(block) = self.module(module).resources.get(&resource.address) else {
            return;
        };
        let Some((at, provider)) = self.provider(module, local(block, word)) else {
            return;
        };
        let default = given
            .entry((at, provider.span))
            .or_insert_with(|| self.given_by(at, provider, rule));
        let Some(default) = default else {
            return;
        };
        if let Data::Object(entries) = &mut Arc::make_mut(resource).value.data {
            let all = merged(default, entries.get(rule.own));
            Arc::make_mut(entries).insert(rule.all.into(), all);
        }
    }

    /// The configuration that a module means, and the instance of the module that it stands in: one that the caller hands
    /// over, the module's own, or that which it inherits.
    fn provider(&self, mut module: usize, mut local: Local) -> Option<(usize, &Block)> {
        loop {
            let own = self.module(module).providers.iter();
            let mut own = own.filter(|block| {
                let alias = block.body.value("alias").and_then(Expression::literal);
                block
                    .labels
                    .first()
                    .is_some_and(|label| label.text == local.name)
                    && alias == local.alias
            });
            let caller = self.modules[module]
                .caller
                .as_ref()
                .map(|(caller, _)| *caller);
            let handed = caller.and_then(|caller| self.handed(module, caller, &local));
            match (handed, own.next(), caller) {
                (Some(handed), _, Some(caller)) => (module, local) = (caller, handed),
                (None, Some(block), _) => return Some((module, block)),
                (None, None, Some(caller)) if local.alias.is_none() => module = caller,
                _ => return None,
            }
        }
    }

    /// What `providers` of the call says that a configuration is in the caller.
    fn handed(&self, module: usize, caller: usize, local: &Local) -> Option<Local> {
        let (name, _) = self.modules[module].path.0.last()?;
        let providers = self.module(caller).calls.get(name)?.providers.as_ref()?;
        let ExpressionKind::Object(items) = &providers.kind else {
            return None;
        };
        let mut items = items.iter();
        let item = items.find(|item| named(&item.key).as_ref() == Some(local))?;
        named(&item.value)
    }

    /// What the configuration of a provider gives; none where it gives nothing.
    fn given_by(&self, module: usize, provider: &Block, rule: &Rule) -> Option<Value> {
        let body = match rule.block {
            Some(kind) => &provider.body.blocks_of(kind).next()?.body,
            None => &provider.body,
        };
        let expression = body.value(rule.argument)?;
        let each = Each::None;
        let value = self.scope(module, &each).evaluate(expression, &[]).ok()?;
        (!value.is_null()).then_some(value)
    }
}

/// The configuration that a resource names, else that of its provider without an alias.
fn local(resource: &ResourceBlock, provider: &str) -> Local {
    let local = resource.provider.as_ref().and_then(named);
    local.unwrap_or_else(|| Local {
        name: provider.into(),
        alias: None,
    })
}

/// `aws`, `aws.west`, or one of these as a string.
fn named(expression: &Expression) -> Option<Local> {
    if let Some(text) = expression.literal() {
        return Some(match text.split_once('.') {
            Some((name, alias)) => Local {
                name: name.into(),
                alias: Some(alias.into()),
            },
            None => Local {
                name: text,
                alias: None,
            },
        });
    }
    let mut names = expression.names()?.into_iter();
    Some(Local {
        name: names.next()?,
        alias: names.next(),
    })
}

/// The default with what a resource sets over it. Where either is unknown, so is the whole.
fn merged(default: &Value, own: Option<&Value>) -> Value {
    let Some(own) = own.filter(|own| !own.is_null()) else {
        return default.clone();
    };
    let (Some(below), Some(above)) = (default.as_entries(), own.as_entries()) else {
        return match own.unknown() {
            Some(_) => own.clone(),
            None => default.clone(),
        };
    };
    let mut entries: Entries = below.as_ref().clone();
    entries.extend(
        above
            .iter()
            .map(|(key, value)| (key.clone(), value.clone())),
    );
    let origin = Origin::new(own.origin.span);
    let data = Data::Map(Type::String, entries.into());
    Value::new(data, origin)
        .marked(default.marks)
        .marked(own.marks)
}
