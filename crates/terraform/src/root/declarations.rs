//! Blocks that are no resources, as checks judge them: settings, backends, providers, calls of modules, variables and
//! outputs.

use std::path::PathBuf;
use std::sync::Arc;

use foldhash::{HashSet, HashSetExt};
use smol_str::{SmolStr, format_smolstr};

use super::evaluation::Evaluation;
use super::repetition::Each;
use super::{InstanceKey, ModulePath};
use crate::module::{Call, Module, Output, Variable};
use crate::syntax::{Block, Body, Expression, ExpressionKind};
use crate::value::{Cause, Data, Marks, Origin, Shape, Type, Unknown, Value};

/// An instance of a block that is no resource.
pub struct Declaration {
    /// What it is: `backend`, `module`, `output`, `provider`, `terraform` or `variable`.
    pub kind: &'static str,
    /// The type of a backend or provider.
    pub ty: Option<SmolStr>,
    /// The instance of the module that it stands in.
    pub module: ModulePath,
    /// Its address in the module, such as `module.logs`, `var.size` or `provider.aws.west`.
    pub address: SmolStr,
    /// Its name.
    pub name: SmolStr,
    /// Which instance it is.
    pub key: InstanceKey,
    /// What the block sets.
    pub value: Value,
    /// Why it is unknown whether it exists at all.
    pub conditional: Option<Arc<Unknown>>,
    /// The folder of the module.
    pub folder: PathBuf,
}

/// What tells a declaration from others of its kind.
struct Named {
    kind: &'static str,
    ty: Option<SmolStr>,
    address: SmolStr,
    name: SmolStr,
}

impl Named {
    fn new(kind: &'static str, prefix: &str, name: &SmolStr) -> Self {
        Self {
            kind,
            ty: None,
            address: format_smolstr!("{prefix}.{name}"),
            name: name.clone(),
        }
    }
}

/// The arguments that each type of backend needs. Where one is not set, `terraform init` is given it elsewhere.
///
/// Source: <https://developer.hashicorp.com/terraform/language/backend#partial-configuration>, and the pages of the types.
const NEEDED: [(&str, &[&str]); 8] = [
    (
        "azurerm",
        &["container_name", "key", "storage_account_name"],
    ),
    ("consul", &["path"]),
    ("cos", &["bucket"]),
    ("gcs", &["bucket"]),
    ("http", &["address"]),
    ("kubernetes", &["secret_suffix"]),
    ("oss", &["bucket"]),
    ("s3", &["bucket", "key"]),
];

impl Evaluation<'_> {
    /// The declarations of all instances of modules. What does not depend on the instance is there once for each module.
    pub(super) fn declarations(&mut self) -> Vec<Declaration> {
        let mut declarations = Vec::new();
        let mut seen = HashSet::new();
        for instance in 0..self.modules.len() {
            let module = Arc::clone(self.module(instance));
            let into = &mut declarations;
            for block in &module.providers {
                self.provider_block(instance, &module, block, into);
            }
            for call in module.calls.values() {
                self.call_blocks(instance, &module, call, into);
            }
            for output in module.outputs.values() {
                self.output_block(instance, &module, output, into);
            }
            if self.modules[instance].caller.is_none() {
                self.backends(instance, &module, into);
            }
            if seen.insert(module.folder.clone()) {
                self.settings(instance, &module, into);
                for variable in module.variables.values() {
                    self.variable_block(instance, &module, variable, into);
                }
            }
        }
        declarations
    }

    fn declare(&self, instance: usize, module: &Module, named: Named, value: Value) -> Declaration {
        let Named {
            kind,
            ty,
            address,
            name,
        } = named;
        Declaration {
            kind,
            ty,
            module: self.modules[instance].path.clone(),
            address,
            name,
            key: InstanceKey::None,
            value,
            conditional: self.modules[instance].conditional.clone(),
            folder: module.folder.clone(),
        }
    }

    fn provider_block(
        &mut self,
        instance: usize,
        module: &Module,
        block: &Block,
        into: &mut Vec<Declaration>,
    ) {
        let Some(label) = block.labels.first().filter(|label| self.admit(label.span)) else {
            return;
        };
        let alias = block.body.value("alias").and_then(Expression::literal);
        let source = module.provider_source(&label.text);
        let ty = source.as_ref().and_then(|source| source.rsplit('/').next());
        let mut named = Named::new("provider", "provider", &label.text);
        named.ty = Some(ty.map_or_else(|| label.text.clone(), SmolStr::new));
        if let Some(alias) = alias {
            named.address = format_smolstr!("{}.{alias}", named.address);
        }
        let value = self.body(
            instance,
            &Each::None,
            &without(&block.body, &["for_each"]),
            block.span,
        );
        into.push(self.declare(instance, module, named, value));
    }

    /// The settings of Terraform, without backends. All blocks of a module are one.
    fn settings(&mut self, instance: usize, module: &Module, into: &mut Vec<Declaration>) {
        let Some((first, others)) = module.settings.split_first() else {
            return;
        };
        let mut body = first.body.clone();
        for block in others {
            body.attributes.extend_from_slice(&block.body.attributes);
            body.blocks.extend_from_slice(&block.body.blocks);
        }
        body.blocks.retain(|block| !is_backend(block));
        body.blocks.iter_mut().for_each(without_aliases);
        let named = Named {
            kind: "terraform",
            ty: None,
            address: SmolStr::new_static("terraform"),
            name: SmolStr::new_static("terraform"),
        };
        let value = self.body(instance, &Each::None, &body, first.span);
        into.push(self.declare(instance, module, named, value));
    }

    fn backends(&mut self, instance: usize, module: &Module, into: &mut Vec<Declaration>) {
        let blocks = module
            .settings
            .iter()
            .flat_map(|settings| &settings.body.blocks);
        for block in blocks.filter(|block| is_backend(block)) {
            let ty = block.labels.first().unwrap_or(&block.kind).text.clone();
            let mut named = Named::new("backend", "backend", &ty);
            let value = self.body(instance, &Each::None, &block.body, block.span);
            let value = completed(value, &ty);
            named.ty = Some(ty);
            into.push(self.declare(instance, module, named, value));
        }
    }

    fn call_blocks(
        &mut self,
        instance: usize,
        module: &Module,
        call: &Call,
        into: &mut Vec<Declaration>,
    ) {
        const META: [&str; 4] = ["count", "depends_on", "for_each", "providers"];
        let body = without(&call.block.body, &META);
        let expansion = self.expansion(instance, &call.repetition);
        for (key, each) in expansion.instances() {
            if !self.admit(call.name.span) {
                break;
            }
            let value = self.body(instance, &each, &body, call.block.span);
            let named = Named::new("module", "module", &call.name.text);
            let mut declaration = self.declare(instance, module, named, value);
            declaration.key = key;
            if let Some(unknown) = expansion.unknown() {
                declaration.conditional = Some(Arc::clone(unknown));
            }
            into.push(declaration);
        }
    }

    fn variable_block(
        &mut self,
        instance: usize,
        module: &Module,
        variable: &Variable,
        into: &mut Vec<Declaration>,
    ) {
        let mut body = without(&variable.block.body, &["type", "default"]);
        body.blocks.clear();
        let mut value = self.body(instance, &Each::None, &body, variable.block.span);
        let ty = variable.ty.as_ref().map(|ty| {
            let text = self.constraint(variable).ty.to_string();
            (
                SmolStr::new_static("type"),
                Value::new(Data::string(text), Origin::new(ty.span)),
            )
        });
        let default = variable.default.as_ref().and_then(|default| {
            let value = self.constants().evaluate(default).ok()?;
            let sensitive = super::evaluation::is_true(variable.sensitive.as_ref());
            let value = value.marked(Marks {
                sensitive,
                ephemeral: false,
            });
            Some((SmolStr::new_static("default"), value))
        });
        add(&mut value, ty.into_iter().chain(default));
        let named = Named::new("variable", "var", &variable.name.text);
        into.push(self.declare(instance, module, named, value));
    }

    fn output_block(
        &mut self,
        instance: usize,
        module: &Module,
        output: &Output,
        into: &mut Vec<Declaration>,
    ) {
        let name = &output.name.text;
        if !self.admit(output.name.span) {
            return;
        }
        let mut body = without(&output.block.body, &["depends_on", "value"]);
        body.blocks.clear();
        let mut value = self.body(instance, &Each::None, &body, output.block.span);
        let own = self.modules[instance].outputs.get(name).cloned();
        add(
            &mut value,
            own.map(|own| (SmolStr::new_static("value"), own)),
        );
        into.push(self.declare(
            instance,
            module,
            Named::new("output", "output", name),
            value,
        ));
    }
}

/// A body without some attributes.
fn without(body: &Body, names: &[&str]) -> Body {
    let mut body = body.clone();
    body.attributes
        .retain(|attribute| !names.contains(&attribute.name.text.as_str()));
    body
}

/// The requirements of providers without the names that a module hands over, which are no values.
fn without_aliases(requirements: &mut Block) {
    for requirement in &mut requirements.body.attributes {
        if let ExpressionKind::Object(items) = &mut requirement.value.kind {
            let is_names = |key: &Expression| match &key.kind {
                ExpressionKind::Variable(name) => name == "configuration_aliases",
                _ => key
                    .literal()
                    .is_some_and(|key| key == "configuration_aliases"),
            };
            items.retain(|item| !is_names(&item.key));
        }
    }
}

/// Whether a block says where the state is kept.
fn is_backend(block: &Block) -> bool {
    matches!(block.kind.text.as_str(), "backend" | "cloud")
}

fn add(value: &mut Value, entries: impl IntoIterator<Item = (SmolStr, Value)>) {
    if let Data::Object(own) = &mut value.data {
        Arc::make_mut(own).extend(entries);
    }
}

/// The settings of a backend. Where one is missing that it needs, there are more, which nobody knows.
fn completed(value: Value, ty: &str) -> Value {
    let Some(entries) = value.as_entries() else {
        return value;
    };
    let needed = NEEDED.iter().find(|(name, _)| *name == ty);
    let is_partial = match needed {
        Some((_, names)) => names.iter().any(|name| !entries.contains_key(*name)),
        None => entries.is_empty() && !["cloud", "local"].contains(&ty),
    };
    if !is_partial {
        return value;
    }
    let unknown = |ty, shape| Unknown {
        shape,
        ..Unknown::new(ty, Cause::Backend, Some(value.origin.span))
    };
    let rest = value.with_data(Data::Unknown(unknown(Type::Dynamic, None).into()));
    let shape = Shape::Entries {
        entries: Arc::clone(entries),
        rest: rest.into(),
    };
    let mut open = unknown(Type::Dynamic, Some(shape));
    open.known.not_null = true;
    value.with_data(Data::Unknown(open.into()))
}
