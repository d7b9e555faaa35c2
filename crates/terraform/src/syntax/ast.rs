//! The syntax tree of a configuration, the same for HCL and for JSON; every part knows its place.

use smol_str::SmolStr;
use source::Span;

use crate::value::Number;

/// The content of a file or block: attributes and blocks in the order of the text.
///
/// Source: <https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md>.
#[derive(Clone, Debug)]
pub struct Body {
    /// `name = value`.
    pub attributes: Vec<Attribute>,
    /// `kind "label" { … }`.
    pub blocks: Vec<Block>,
    /// The text between the braces, or the file.
    pub span: Span,
    /// Whether it was JSON, where only the reader of a block knows which properties are blocks.
    pub json: bool,
}

/// `name = value`.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub value: Expression,
}

/// A name and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name; of a label, without quotes and escapes.
    pub text: SmolStr,
    /// Its place; of a label, with its quotes.
    pub span: Span,
}

/// `kind "label" { … }`.
#[derive(Clone, Debug)]
pub struct Block {
    /// What kind of block.
    pub kind: Name,
    /// Its labels.
    pub labels: Vec<Name>,
    /// What it contains.
    pub body: Body,
    /// From its kind to its closing brace.
    pub span: Span,
}

/// An expression and its place.
#[derive(Clone, Debug)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Its place.
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum ExpressionKind {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A quoted string or heredoc, after escapes, indentation and strip markers were applied.
    Template(Vec<TemplatePart>),
    /// `[a, b]`.
    Tuple(Vec<Expression>),
    /// `{ a = b }`.
    Object(Vec<ObjectItem>),
    /// The first name of a traversal.
    Variable(SmolStr),
    /// `a.b`, and `a.0`, whose name is then the digits.
    Attribute(Box<Expression>, Name),
    /// `a[b]`.
    Index(Box<Expression>, Box<Expression>),
    /// `a.*.b` or `a[*].b`.
    Splat(Box<Splat>),
    /// `f(a, b...)`.
    Call(Box<Call>),
    /// `a ? b : c`.
    Conditional(Box<[Expression; 3]>),
    /// `!a`, `-a`.
    Unary(UnaryOperator, Box<Expression>),
    /// `a + b`.
    Binary(BinaryOperator, Box<[Expression; 2]>),
    /// `[for …]`, `{for …}`.
    For(Box<For>),
    /// `(a)`.
    Parenthesis(Box<Expression>),
    /// What stands here could not be read; a problem says why.
    Broken,
}

/// A part of a string.
#[derive(Clone, Debug)]
pub enum TemplatePart {
    /// Text as it is in the result. Its span is the text that it was read from.
    Literal {
        /// The text.
        text: SmolStr,
        /// Where it was read.
        span: Span,
        /// Whether the text is the source text of the span, byte for byte (no escapes, no indentation removed).
        verbatim: bool,
    },
    /// `${a}`.
    Interpolation(Box<Expression>),
    /// `%{ if a }…%{ else }…%{ endif }`.
    If(Box<TemplateIf>),
    /// `%{ for k, v in a }…%{ endfor }`.
    For(Box<TemplateFor>),
}

/// `%{ if a }…%{ else }…%{ endif }`.
#[derive(Clone, Debug)]
pub struct TemplateIf {
    /// The condition.
    pub condition: Expression,
    /// What stands here when it holds.
    pub then: Vec<TemplatePart>,
    /// What stands here when it does not.
    pub otherwise: Vec<TemplatePart>,
    /// From the first to the last directive.
    pub span: Span,
}

/// `%{ for k, v in a }…%{ endfor }`.
#[derive(Clone, Debug)]
pub struct TemplateFor {
    /// The name of the key, where there are two names.
    pub key: Option<Name>,
    /// The name of the value.
    pub value: Name,
    /// What is walked.
    pub collection: Expression,
    /// What is repeated.
    pub body: Vec<TemplatePart>,
    /// From the first to the last directive.
    pub span: Span,
}

/// `key = value` or `key: value`.
#[derive(Clone, Debug)]
pub struct ObjectItem {
    /// The key. A bare name is a [`ExpressionKind::Template`] of that text; `(name)` is an expression.
    pub key: Expression,
    /// The value.
    pub value: Expression,
}

/// `a.*.b` or `a[*].b`.
#[derive(Clone, Debug)]
pub struct Splat {
    /// What is walked; a single value counts as a list of one, null as a list of none.
    pub source: Expression,
    /// What is taken of each element, in order. `a.*` takes attributes only, `a[*]` indices too.
    pub each: Vec<Traversal>,
}

/// One step into a value.
#[derive(Clone, Debug)]
pub enum Traversal {
    /// `.name`, and `.0`, whose name is then the digits.
    Attribute(Name),
    /// `[index]`.
    Index(Expression),
    /// A splat in a splat.
    Splat {
        /// What is taken of each element.
        each: Vec<Traversal>,
        /// The place of the `*`.
        span: Span,
    },
}

/// `f(a, b...)`.
#[derive(Clone, Debug)]
pub struct Call {
    /// The function, with its namespaces (`provider::aws::arn_parse`).
    pub name: Name,
    /// The arguments.
    pub arguments: Vec<Expression>,
    /// Whether the last argument is a sequence whose elements are arguments.
    pub expand: bool,
}

/// `[for k, v in a : b if c]`, `{for k, v in a : b => c... if d}`.
#[derive(Clone, Debug)]
pub struct For {
    /// The name of the key, where there are two names.
    pub key_name: Option<Name>,
    /// The name of the value.
    pub value_name: Name,
    /// What is walked.
    pub collection: Expression,
    /// The key of each result, where an object is built.
    pub key: Option<Expression>,
    /// The value of each result.
    pub value: Expression,
    /// Whether values of equal keys are grouped.
    pub grouping: bool,
    /// Which elements count.
    pub condition: Option<Expression>,
}

/// `!`, `-`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOperator {
    /// `!`
    Not,
    /// `-`
    Negate,
}

/// Operators of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOperator {
    /// `||`
    Or,
    /// `&&`
    And,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
}

#[cfg(test)]
mod tests {
    use super::{Expression, ObjectItem, TemplatePart};

    /// `{a=1,a=1}` has a node for each of its letters, so that a file takes many times its size in memory.
    #[test]
    fn nodes_are_small() {
        assert!(size_of::<Expression>() <= 64);
        assert!(size_of::<ObjectItem>() <= 128);
        assert!(size_of::<TemplatePart>() <= 40);
    }
}
