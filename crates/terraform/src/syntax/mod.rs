//! Text of configurations to syntax trees with places; half-typed text loses only its broken block.

mod ast;
mod body;
mod expression;
mod json;
mod lex;
mod literal;
mod lower;
mod piece;
mod places;
mod problems;
mod read;
mod references;
mod schema;
mod template;

pub use ast::{
    Attribute, BinaryOperator, Block, Body, Call, Expression, ExpressionKind, For, Name,
    ObjectItem, Splat, TemplateFor, TemplateIf, TemplatePart, Traversal, UnaryOperator,
};
pub(crate) use json::pairs as json_pairs;
pub use json::{block_bodies, read_json};
pub use places::Places;
pub use read::{Comment, Document, MAX_DEPTH, read, read_expression, read_template};
pub use references::{Reference, body_references, references, template_references};
