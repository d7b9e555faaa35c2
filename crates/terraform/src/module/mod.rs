//! A module as its folder declares it: variables, locals, outputs, resources and calls, with override files merged.

mod again;
mod blocks;
mod declare;
mod folder;
mod known;
mod moves;
mod overrides;
mod problems;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use smol_str::SmolStr;
use source::{Problem, SourceFile, Span};

pub(crate) use blocks::clean;
pub use blocks::is_local;
pub(crate) use declare::conditions;
pub use folder::{Ask, Modules, is_configuration};
pub use known::Known;
pub use moves::Moves;

use crate::syntax::{
    Attribute, Block, Body, Comment, Expression, ExpressionKind, Name, ObjectItem,
};

/// A module as its folder declares it, shared by all calls of it.
#[derive(Debug, Default)]
pub struct Module {
    /// The folder.
    pub folder: PathBuf,
    /// Its files, overrides last.
    pub files: Vec<Arc<SourceFile>>,
    /// All comments, for directives in them.
    pub comments: Vec<Comment>,
    /// `variable` blocks by name.
    pub variables: BTreeMap<SmolStr, Variable>,
    /// The attributes of `locals` blocks by name.
    pub locals: BTreeMap<SmolStr, Attribute>,
    /// `output` blocks by name.
    pub outputs: BTreeMap<SmolStr, Output>,
    /// `resource`, `data` and `ephemeral` blocks.
    pub resources: BTreeMap<ResourceAddress, Arc<ResourceBlock>>,
    /// `module` blocks by name.
    pub calls: BTreeMap<SmolStr, Call>,
    /// `provider` blocks.
    pub providers: Vec<Block>,
    /// `terraform` blocks.
    pub settings: Vec<Block>,
    /// `moved` blocks.
    pub moved: Vec<Block>,
    /// `removed` blocks.
    pub removed: Vec<Block>,
    /// `import` blocks.
    pub imports: Vec<Block>,
    /// `check` blocks.
    pub checks: Vec<Block>,
    /// What could not be understood.
    pub problems: Vec<Problem>,
    /// Whether override files changed some of its blocks.
    pub is_merged: bool,
}

impl Module {
    /// The source address that `required_providers` has for a local name.
    #[must_use]
    pub fn provider_source(&self, local: &str) -> Option<SmolStr> {
        let required = self
            .settings
            .iter()
            .flat_map(|settings| settings.body.blocks_of("required_providers"));
        let requirement = required
            .filter_map(|block| block.body.value(local))
            .next()?;
        let ExpressionKind::Object(items) = &requirement.kind else {
            return None;
        };
        let is_source = |item: &&ObjectItem| item.key.literal().is_some_and(|key| key == "source");
        items.iter().find(is_source)?.value.literal()
    }
}

/// A resource within its module.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceAddress {
    /// How Terraform treats it.
    pub mode: Mode,
    /// Its type.
    pub ty: SmolStr,
    /// Its name.
    pub name: SmolStr,
}

/// How Terraform treats a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// `resource`: it creates and changes it.
    Managed,
    /// `data`: it reads it.
    Data,
    /// `ephemeral`: it opens it while it runs.
    Ephemeral,
}

impl Mode {
    /// The keyword of the block.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Managed => "resource",
            Self::Data => "data",
            Self::Ephemeral => "ephemeral",
        }
    }
}

/// As Terraform prints it in an address.
impl std::fmt::Display for ResourceAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let prefix = match self.mode {
            Mode::Managed => "",
            Mode::Data => "data.",
            Mode::Ephemeral => "ephemeral.",
        };
        write!(f, "{prefix}{}.{}", self.ty, self.name)
    }
}

/// `variable "name" { … }`.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its name.
    pub name: Name,
    /// The type constraint; none is `any`.
    pub ty: Option<Expression>,
    /// Its default.
    pub default: Option<Expression>,
    /// Whether a null stays null although there is a default.
    pub nullable: Option<Expression>,
    /// Whether the value must not be printed.
    pub sensitive: Option<Expression>,
    /// Whether the value is kept nowhere.
    pub ephemeral: Option<Expression>,
    /// Conditions that a value must keep.
    pub validations: Vec<Condition>,
    /// The whole block, as a resource to judge.
    pub block: Block,
}

/// `output "name" { … }`.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub value: Option<Expression>,
    /// Whether the value must not be printed.
    pub sensitive: Option<Expression>,
    /// The whole block.
    pub block: Block,
}

/// `condition`, `error_message` of a validation, precondition or postcondition.
#[derive(Clone, Debug)]
pub struct Condition {
    /// What must hold.
    pub condition: Expression,
    /// What is said where it does not.
    pub message: Option<Expression>,
    /// The block.
    pub span: Span,
}

/// How often a block stands for something.
#[derive(Clone, Debug, Default)]
pub struct Repetition {
    /// `count`.
    pub count: Option<Expression>,
    /// `for_each`.
    pub for_each: Option<Expression>,
}

/// `resource "type" "name" { … }`, and the blocks for data and ephemeral resources.
#[derive(Clone, Debug)]
pub struct ResourceBlock {
    /// Its address.
    pub address: ResourceAddress,
    /// The label with its name.
    pub name: Name,
    /// How many instances there are.
    pub repetition: Repetition,
    /// `provider = aws.west`.
    pub provider: Option<Expression>,
    /// `depends_on`.
    pub depends_on: Option<Expression>,
    /// What `lifecycle.ignore_changes` names.
    pub ignore_changes: Vec<Ignored>,
    /// Preconditions and postconditions.
    pub conditions: Vec<Condition>,
    /// Its own arguments and blocks, without those that Terraform takes for itself.
    pub body: Body,
    /// The whole block.
    pub span: Span,
    /// Its kind, labels included: where a finding about the whole stands.
    pub header: Span,
}

/// Something whose declared value counts only when the resource is created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// The names, keys and indexes that lead to it; none is everything.
    pub path: Vec<SmolStr>,
    /// Where that is said.
    pub span: Span,
}

/// `module "name" { … }`.
#[derive(Clone, Debug)]
pub struct Call {
    /// Its name.
    pub name: Name,
    /// Where the module comes from.
    pub source: Option<Expression>,
    /// How many instances there are.
    pub repetition: Repetition,
    /// The `providers` argument.
    pub providers: Option<Expression>,
    /// `depends_on`.
    pub depends_on: Option<Expression>,
    /// The arguments by name.
    pub arguments: BTreeMap<SmolStr, Attribute>,
    /// The whole block.
    pub block: Block,
}
