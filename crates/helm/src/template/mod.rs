//! Reading templates: tokens, syntax trees, and what is wrong with those that can't be read.

mod expression;
mod kept;
mod letters;
mod lexer;
mod mask;
mod number;
mod parser;
mod quoted;
mod show;
mod source;
mod syntax;
mod token;

pub use kept::{Kept, ReadTemplate};
pub use letters::is_alphanumeric;
pub use mask::{Masked, mask};
pub use number::Number;
pub use parser::{Parsed, parse};
pub use quoted::{Quoted, push_quoted_char, quote};
pub use source::TemplateSource;
pub use syntax::{
    Action, Branch, BranchKind, Call, Command, Names, Node, Operand, OperandKind, Pipeline, Range,
    Template,
};
