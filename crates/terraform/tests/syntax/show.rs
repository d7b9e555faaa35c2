//! Syntax trees as short text, for expectations.

use source::{Place, Problem, SourceFile, Span};
use terraform::syntax::{
    BinaryOperator, Body, Expression, ExpressionKind, For, ObjectItem, TemplatePart, Traversal,
    UnaryOperator,
};

/// Attributes, then blocks.
pub(crate) fn body(body: &Body) -> String {
    let attributes = body.attributes.iter();
    let attributes = attributes
        .map(|attribute| format!("{} = {}", attribute.name.text, expression(&attribute.value)));
    let blocks = body.blocks.iter().map(|block| {
        let labels = block.labels.iter().map(|label| format!(" {}", label.text));
        let labels: String = labels.collect();
        format!(
            "{}{labels} {{ {} }}",
            block.kind.text,
            self::body(&block.body)
        )
    });
    let all: Vec<String> = attributes.chain(blocks).collect();
    all.join("; ")
}

/// Code, line and text of each problem.
pub(crate) fn problems(file: &SourceFile, problems: &[Problem]) -> String {
    let all = problems.iter().map(|problem| {
        let Place::Span(span) = problem.place else {
            return problem.code.to_owned();
        };
        let line = file.position(span.start).line + 1;
        format!("{} {line} `{}`", problem.code, slice(file, span))
    });
    all.collect::<Vec<_>>().join("; ")
}

/// The text of a span, on one line and not too long.
pub(crate) fn slice(file: &SourceFile, span: Span) -> String {
    let text = file.slice(span).replace('\n', "⏎");
    if text.chars().count() <= 60 {
        return text;
    }
    text.chars().take(60).chain(['…']).collect()
}

pub(crate) fn expression(expression: &Expression) -> String {
    let show = self::expression;
    match &expression.kind {
        ExpressionKind::Null => "null".into(),
        ExpressionKind::Bool(truth) => truth.to_string(),
        ExpressionKind::Number(number) => number.to_string(),
        ExpressionKind::Template(parts) => template(parts),
        ExpressionKind::Tuple(items) => format!("[{}]", all(items)),
        ExpressionKind::Object(items) => {
            let item = |item: &ObjectItem| format!("{} = {}", show(&item.key), show(&item.value));
            let items: Vec<String> = items.iter().map(item).collect();
            format!("{{{}}}", items.join(", "))
        }
        ExpressionKind::Variable(name) => name.to_string(),
        ExpressionKind::Attribute(value, name) => format!("{}.{}", show(value), name.text),
        ExpressionKind::Index(value, index) => format!("{}[{}]", show(value), show(index)),
        ExpressionKind::Splat(splat) => {
            format!("{}[*]<{}>", show(&splat.source), steps(&splat.each))
        }
        ExpressionKind::Call(call) => {
            let expand = if call.expand { "..." } else { "" };
            format!("{}({}{expand})", call.name.text, all(&call.arguments))
        }
        ExpressionKind::Conditional(parts) => {
            let [condition, yes, no] = &**parts;
            format!("({} ? {} : {})", show(condition), show(yes), show(no))
        }
        ExpressionKind::Unary(UnaryOperator::Not, value) => format!("!{}", show(value)),
        ExpressionKind::Unary(UnaryOperator::Negate, value) => format!("-{}", show(value)),
        ExpressionKind::Binary(operator, parts) => {
            let [left, right] = &**parts;
            format!("({} {} {})", show(left), sign(*operator), show(right))
        }
        ExpressionKind::For(parts) => for_expression(parts),
        ExpressionKind::Parenthesis(value) => format!("paren({})", show(value)),
        ExpressionKind::Broken => "BROKEN".into(),
    }
}

fn all(expressions: &[Expression]) -> String {
    let shown: Vec<String> = expressions.iter().map(expression).collect();
    shown.join(", ")
}

fn sign(operator: BinaryOperator) -> &'static str {
    match operator {
        BinaryOperator::Or => "||",
        BinaryOperator::And => "&&",
        BinaryOperator::Equal => "==",
        BinaryOperator::NotEqual => "!=",
        BinaryOperator::Less => "<",
        BinaryOperator::LessOrEqual => "<=",
        BinaryOperator::Greater => ">",
        BinaryOperator::GreaterOrEqual => ">=",
        BinaryOperator::Add => "+",
        BinaryOperator::Subtract => "-",
        BinaryOperator::Multiply => "*",
        BinaryOperator::Divide => "/",
        BinaryOperator::Modulo => "%",
    }
}

fn for_expression(parts: &For) -> String {
    let key_name = parts.key_name.as_ref();
    let key_name = key_name.map_or(String::new(), |name| format!("{}, ", name.text));
    let key = parts.key.as_ref();
    let key = key.map_or(String::new(), |key| format!("{} => ", expression(key)));
    let grouping = if parts.grouping { "..." } else { "" };
    let condition = parts.condition.as_ref();
    let condition = condition.map_or(String::new(), |part| format!(" if {}", expression(part)));
    format!(
        "for({key_name}{} in {} : {key}{}{grouping}{condition})",
        parts.value_name.text,
        expression(&parts.collection),
        expression(&parts.value),
    )
}

fn steps(steps: &[Traversal]) -> String {
    let step = |step: &Traversal| match step {
        Traversal::Attribute(name) => format!(".{}", name.text),
        Traversal::Index(index) => format!("[{}]", expression(index)),
        Traversal::Splat { each, .. } => format!("[*]<{}>", self::steps(each)),
    };
    steps.iter().map(step).collect()
}

/// Text that was escaped or changed begins with `~`.
fn template(parts: &[TemplatePart]) -> String {
    match parts {
        [only @ TemplatePart::Literal { .. }] => part(only),
        _ => format!("template({})", self::parts(parts)),
    }
}

pub(crate) fn parts(parts: &[TemplatePart]) -> String {
    let shown: Vec<String> = parts.iter().map(part).collect();
    shown.join(" ")
}

fn part(part: &TemplatePart) -> String {
    match part {
        TemplatePart::Literal { text, verbatim, .. } => {
            let mark = if *verbatim { "" } else { "~" };
            format!("{mark}{:?}", text.as_str())
        }
        TemplatePart::Interpolation(value) => format!("${{{}}}", expression(value)),
        TemplatePart::If(directive) => {
            let condition = expression(&directive.condition);
            format!(
                "if({condition} then {} else {})",
                parts(&directive.then),
                parts(&directive.otherwise)
            )
        }
        TemplatePart::For(directive) => {
            let key = directive.key.as_ref();
            let key = key.map_or(String::new(), |key| format!("{}, ", key.text));
            let collection = expression(&directive.collection);
            let value = &directive.value.text;
            format!(
                "for({key}{value} in {collection} : {})",
                parts(&directive.body)
            )
        }
    }
}
