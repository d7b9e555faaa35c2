//! A root module, evaluated: all modules that it calls, in the order of what depends on what.
//!
//! The order is that of Terraform's own graph: variables, locals, outputs, resources and calls of all modules are its
//! vertices, so that a module may use what another computes from its own outputs. Each is evaluated once, for all
//! instances of its module.

mod blocks;
mod body;
mod bounds;
mod builtin;
mod conditions;
mod configuration;
mod cycles;
mod declarations;
mod defaults;
mod evaluation;
mod files;
mod inputs;
mod instance;
mod memory;
mod order;
mod references;
mod repetition;
mod resources;
mod scope;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod variables;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;
use source::Problem;

use crate::evaluate::Evaluated;
use crate::module::{Ignored, Module, Modules, ResourceAddress};
use crate::provider::Versions;
use crate::syntax::Expression;
use crate::value::{Unknown, Value};

pub use declarations::Declaration;
pub use inputs::{Given, Inputs};
pub use instance::{InstanceKey, ModulePath};
pub use memory::Memory;

/// Where a root module is and what it is evaluated with.
pub struct Options<'a> {
    /// The modules of the run.
    pub modules: &'a Modules<'a>,
    /// The folder of the root module.
    pub folder: &'a Path,
    /// Nothing outside this folder is read.
    pub boundary: &'a Path,
    /// The values of its variables, the weakest first.
    pub inputs: &'a [Given],
    /// `terraform.workspace`, where it is given.
    pub workspace: Option<&'a str>,
}

/// A root module, evaluated.
pub struct Root {
    /// Every module that was read, the root first; each folder once.
    pub modules: Vec<Arc<Module>>,
    /// Every instance of every resource, by address.
    pub resources: Vec<Arc<Instance>>,
    /// Every instance of every block that is no resource and that checks judge, module by module.
    pub declarations: Vec<Declaration>,
    /// The root's outputs.
    pub outputs: Vec<(SmolStr, Value)>,
    /// What could not be understood.
    pub problems: Vec<Problem>,
    /// Calls of modules whose source is not in the input: address and source.
    pub unread: Vec<Unread>,
    /// The versions of providers that it may use.
    pub(crate) providers: Versions,
}

/// An instance of a resource.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The instance of the module that it stands in.
    pub module: ModulePath,
    /// Its address in the module.
    pub address: ResourceAddress,
    /// Which instance it is.
    pub key: InstanceKey,
    /// What the configuration sets, blocks included.
    pub value: Value,
    /// Why it is unknown whether it exists at all.
    pub conditional: Option<Arc<Unknown>>,
    /// What of its value counts only when it is created.
    pub ignored: Vec<Ignored>,
    /// The folder of the module, where its block stands.
    pub folder: PathBuf,
}

/// A call of a module whose source is not in the input.
pub struct Unread {
    /// The call.
    pub address: String,
    /// The source as written.
    pub source: SmolStr,
    /// The place of the call.
    pub span: source::Span,
}

/// Evaluates expressions as if they stood in the root module.
#[must_use]
pub fn evaluate_expressions(options: &Options<'_>, expressions: &[Expression]) -> Vec<Evaluated> {
    let configuration = configuration::Configuration::load(options);
    evaluation::Evaluation::new(options, &configuration).expressions(expressions)
}

/// Evaluates a root module. What can't be understood is a problem; the rest is evaluated.
#[must_use]
pub fn evaluate(options: &Options<'_>) -> Root {
    evaluate_again(options, None)
}

/// The same, where instances of resources that the memory of it has are the same objects as before. All that is kept in it must be
/// of files of the same table.
#[must_use]
pub fn evaluate_again(options: &Options<'_>, memory: Option<&Memory>) -> Root {
    let mut configuration = configuration::Configuration::load(options);
    let unread = std::mem::take(&mut configuration.unread);
    let root = evaluation::Evaluation::new(options, &configuration).run(memory);
    let providers = Versions::of(options.modules.system, options.folder, &root.modules);
    Root {
        unread,
        providers,
        ..root
    }
}
