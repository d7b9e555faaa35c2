//! What hcl-edit parsed to our syntax tree, with the places of the tokens and the content of brackets and quotes.

use std::ops::Range;

use hcl_edit::expr as hcl;
use hcl_edit::{Ident, Span as _};
use source::Span;

use super::ast::{
    BinaryOperator, Call, Expression, ExpressionKind, For, Name, Splat, Traversal, UnaryOperator,
};
use super::lex::Kind;
use super::piece::Piece;
use super::read::{MAX_DEPTH, Reader};

impl Reader<'_> {
    /// The expression that the piece is.
    pub(super) fn parse(
        &mut self,
        piece: &Piece,
        tokens: Range<usize>,
        depth: usize,
    ) -> Expression {
        match hcl_edit::parser::parse_expr(&piece.text) {
            Ok(parsed) => {
                let mut lowering = Lowering {
                    reader: self,
                    piece,
                };
                lowering.expression(&parsed, depth)
            }
            Err(error) => {
                self.explain(piece, &error, tokens.clone());
                self.broken(tokens)
            }
        }
    }

    /// Reports why the piece is no expression.
    fn explain(&mut self, piece: &Piece, error: &hcl_edit::parser::Error, tokens: Range<usize>) {
        let limits = ["nested levels", "chained binary operators"];
        if limits.iter().any(|limit| error.message().contains(limit)) {
            let message = "this expression has too many operators in a row";
            let help = "move parts of it to local values";
            self.error("nesting-too-deep", message, help, self.offsets(tokens));
            return;
        }
        let (before, at) = piece.around(error.location().offset());
        let place = at.unwrap_or(tokens.end - 1);
        let written = self.written(place);
        let ends_value = before.is_some_and(|before| self.ends_value(before));
        let (start, end) = self.offsets(place..place + 1);
        let (message, help) = match at {
            _ if self.text[start as usize..].starts_with("<<") => (
                "the line of `<<` ends with the end marker of the heredoc".into(),
                "write `<<EOT` and nothing behind it",
            ),
            None if ends_value => (
                format!("the expression is not complete behind `{written}`"),
                "write what is missing, such as `: value` of a conditional",
            ),
            None => (
                format!("a value is missing behind `{written}`"),
                "write the value",
            ),
            Some(_) if ends_value => (
                format!("the expression can't go on with `{written}`"),
                "write an operator or a comma before it, or a new line",
            ),
            Some(_) => (
                format!("a value is expected instead of `{written}`"),
                "write the value",
            ),
        };
        self.error("invalid-expression", message, help, (start, end));
    }

    fn ends_value(&self, token: usize) -> bool {
        matches!(
            self.tokens[token].kind,
            Kind::Identifier | Kind::Number | Kind::Open(_) | Kind::Close(_)
        )
    }
}

struct Lowering<'r, 'a> {
    reader: &'r mut Reader<'a>,
    piece: &'r Piece,
}

impl Lowering<'_, '_> {
    fn expression(&mut self, parsed: &hcl::Expression, depth: usize) -> Expression {
        let range = parsed.span().unwrap_or(0..self.piece.text.len());
        let (first, last) = self.ends(&range);
        let span = self.span(first, last);
        if depth > MAX_DEPTH {
            self.reader.too_deep(first..last + 1);
            let kind = ExpressionKind::Broken;
            return Expression { kind, span };
        }
        let kind = match parsed {
            hcl::Expression::Null(_) => ExpressionKind::Null,
            hcl::Expression::Bool(truth) => ExpressionKind::Bool(*truth.value()),
            hcl::Expression::Number(_) => self.number(first, last),
            hcl::Expression::Variable(name) => ExpressionKind::Variable(name.as_str().into()),
            hcl::Expression::FuncCall(call) => self.call(call, (first, last), depth),
            hcl::Expression::Conditional(parts) => self.conditional(parts, depth),
            hcl::Expression::UnaryOp(unary) => self.unary(unary, depth),
            hcl::Expression::BinaryOp(binary) => self.binary(binary, depth),
            hcl::Expression::Traversal(traversal) => return self.traversal(traversal, depth),
            hcl::Expression::ForExpr(parts) => self.for_expression(parts, depth),
            hcl::Expression::String(_)
            | hcl::Expression::Array(_)
            | hcl::Expression::Object(_)
            | hcl::Expression::StringTemplate(_)
            | hcl::Expression::HeredocTemplate(_)
            | hcl::Expression::Parenthesis(_) => return self.group(first, depth),
        };
        Expression { kind, span }
    }

    fn boxed(&mut self, parsed: &hcl::Expression, depth: usize) -> Box<Expression> {
        Box::new(self.expression(parsed, depth + 1))
    }

    fn group(&mut self, open: usize, depth: usize) -> Expression {
        match self.reader.tokens[open].kind {
            Kind::Open(group) => self.reader.group(open, group, depth),
            _ => self.reader.broken(open..open + 1),
        }
    }

    /// A number, perhaps with a sign that hcl-edit takes for a part of it.
    fn number(&mut self, first: usize, last: usize) -> ExpressionKind {
        let number = self.reader.number(last);
        if first == last {
            return number.kind;
        }
        ExpressionKind::Unary(UnaryOperator::Negate, Box::new(number))
    }

    fn call(
        &mut self,
        call: &hcl::FuncCall,
        (first, close): (usize, usize),
        depth: usize,
    ) -> ExpressionKind {
        let open = self.reader.tokens[close].partner as usize;
        let names = call.name.namespace.iter().chain([&call.name.name]);
        let name: Vec<&str> = names.map(|name| name.as_str()).collect();
        let inner = open + 1..close;
        let last = inner.end.saturating_sub(1);
        let expand = !inner.is_empty() && self.reader.tokens[last].kind == Kind::Ellipsis;
        let inner = if expand { inner.start..last } else { inner };
        ExpressionKind::Call(Box::new(Call {
            name: Name {
                text: name.join("::").into(),
                span: self.reader.span_of(first..open),
            },
            arguments: self.reader.list(inner, depth),
            expand,
        }))
    }

    fn conditional(&mut self, parts: &hcl::Conditional, depth: usize) -> ExpressionKind {
        ExpressionKind::Conditional(Box::new([
            self.expression(&parts.cond_expr, depth + 1),
            self.expression(&parts.true_expr, depth + 1),
            self.expression(&parts.false_expr, depth + 1),
        ]))
    }

    fn unary(&mut self, unary: &hcl::UnaryOp, depth: usize) -> ExpressionKind {
        let operator = match unary.operator.value() {
            hcl::UnaryOperator::Neg => UnaryOperator::Negate,
            hcl::UnaryOperator::Not => UnaryOperator::Not,
        };
        ExpressionKind::Unary(operator, self.boxed(&unary.expr, depth))
    }

    fn binary(&mut self, binary: &hcl::BinaryOp, depth: usize) -> ExpressionKind {
        let operator = match binary.operator.value() {
            hcl::BinaryOperator::Or => BinaryOperator::Or,
            hcl::BinaryOperator::And => BinaryOperator::And,
            hcl::BinaryOperator::Eq => BinaryOperator::Equal,
            hcl::BinaryOperator::NotEq => BinaryOperator::NotEqual,
            hcl::BinaryOperator::Less => BinaryOperator::Less,
            hcl::BinaryOperator::LessEq => BinaryOperator::LessOrEqual,
            hcl::BinaryOperator::Greater => BinaryOperator::Greater,
            hcl::BinaryOperator::GreaterEq => BinaryOperator::GreaterOrEqual,
            hcl::BinaryOperator::Plus => BinaryOperator::Add,
            hcl::BinaryOperator::Minus => BinaryOperator::Subtract,
            hcl::BinaryOperator::Mul => BinaryOperator::Multiply,
            hcl::BinaryOperator::Div => BinaryOperator::Divide,
            hcl::BinaryOperator::Mod => BinaryOperator::Modulo,
        };
        let left = self.expression(&binary.lhs_expr, depth + 1);
        let right = self.expression(&binary.rhs_expr, depth + 1);
        ExpressionKind::Binary(operator, Box::new([left, right]))
    }

    fn for_expression(&mut self, parts: &hcl::ForExpr, depth: usize) -> ExpressionKind {
        let intro = &parts.intro;
        let key = parts.key_expr.as_ref();
        let condition = parts.cond.as_ref();
        ExpressionKind::For(Box::new(For {
            key_name: intro.key_var.as_ref().map(|name| self.name(name)),
            value_name: self.name(&intro.value_var),
            collection: self.expression(&intro.collection_expr, depth + 1),
            key: key.map(|key| self.expression(key, depth + 1)),
            value: self.expression(&parts.value_expr, depth + 1),
            grouping: parts.grouping,
            condition: condition.map(|condition| self.expression(&condition.expr, depth + 1)),
        }))
    }

    fn name(&self, name: &hcl_edit::Decorated<Ident>) -> Name {
        let range = name.span().unwrap_or(0..1);
        self.reader.name(self.piece.token(range.start))
    }

    /// The first and the last token of a range of the piece, with the groups that stand at its ends.
    fn ends(&self, range: &Range<usize>) -> (usize, usize) {
        let first = self.piece.token(range.start);
        let last = self.piece.token(range.end.saturating_sub(1));
        let tokens = self.reader.tokens;
        match tokens[last].kind {
            Kind::Open(_) => (first, tokens[last].partner as usize),
            _ => (first, last),
        }
    }

    fn span(&self, first: usize, last: usize) -> Span {
        self.reader.span_of(first..last + 1)
    }
}

/// Steps into values.
impl Lowering<'_, '_> {
    fn traversal(&mut self, traversal: &hcl::Traversal, depth: usize) -> Expression {
        let count = traversal.operators.len();
        let mut steps = Vec::with_capacity(count);
        for operator in &traversal.operators {
            steps.push(self.step(operator.value(), depth));
        }
        let range = traversal.expr.span().unwrap_or(0..1);
        let (first, last) = self.ends(&range);
        if first != last && matches!(traversal.expr, hcl::Expression::Number(_)) {
            // A sign applies to what the steps lead to.
            let number = self.reader.number(last);
            let value = self.chain(number, last, &mut steps.into_iter());
            let span = self.reader.span_of(first..first + 1).cover(value.span);
            let kind = ExpressionKind::Unary(UnaryOperator::Negate, Box::new(value));
            return Expression { kind, span };
        }
        let source = self.expression(&traversal.expr, depth + count);
        if matches!(source.kind, ExpressionKind::Broken) {
            let last = steps.last().map_or(first, |step| step.last);
            let kind = ExpressionKind::Broken;
            let span = self.span(first, last);
            return Expression { kind, span };
        }
        self.check_indices(&steps);
        self.chain(source, first, &mut steps.into_iter())
    }

    fn step(&mut self, operator: &hcl::TraversalOperator, depth: usize) -> Step {
        let range = operator.span().unwrap_or(0..1);
        let token = self.piece.token(range.start);
        let (kind, last) = match operator {
            hcl::TraversalOperator::AttrSplat(_) => (StepKind::AttributeSplat, token),
            hcl::TraversalOperator::GetAttr(_) | hcl::TraversalOperator::LegacyIndex(_) => {
                (StepKind::Attribute(self.reader.name(token)), token)
            }
            hcl::TraversalOperator::FullSplat(_) => (
                StepKind::FullSplat,
                self.reader.tokens[token].partner as usize,
            ),
            hcl::TraversalOperator::Index(_) => {
                let close = self.reader.tokens[token].partner as usize;
                let place = self.reader.offsets(token..close + 1);
                let index = self.reader.expression(token + 1..close, place, depth + 1);
                (StepKind::Index(index), close)
            }
        };
        Step { kind, token, last }
    }

    /// Terraform takes `0.1` for one number, also behind a dot.
    fn check_indices(&mut self, steps: &[Step]) {
        let tokens = self.reader.tokens;
        let is_one_number = |first: usize, second: usize| {
            let are_numbers = [first, second].map(|token| tokens[token].kind) == [Kind::Number; 2];
            are_numbers && tokens[first].end + 1 == tokens[second].start
        };
        let mut pairs = steps.windows(2).map(|pair| (pair[0].token, pair[1].token));
        let Some((first, second)) = pairs.find(|(first, second)| is_one_number(*first, *second))
        else {
            return;
        };
        let message = "an index behind a dot can't follow another one";
        let help = "write indices in brackets: `[0][1]`";
        let place = self.reader.offsets(first..second + 1);
        self.reader
            .error("invalid-index-syntax", message, help, place);
    }

    /// Takes the steps, one after the other. A splat takes steps for its elements.
    fn chain(
        &mut self,
        source: Expression,
        first: usize,
        steps: &mut std::vec::IntoIter<Step>,
    ) -> Expression {
        let mut value = source;
        while let Some(step) = steps.next() {
            let source = Box::new(value);
            let (kind, last) = match step.kind {
                StepKind::Attribute(name) => (ExpressionKind::Attribute(source, name), step.last),
                StepKind::Index(index) => {
                    (ExpressionKind::Index(source, Box::new(index)), step.last)
                }
                StepKind::AttributeSplat | StepKind::FullSplat => {
                    let (each, last) = self.each(&step, steps);
                    let source = *source;
                    let splat = Splat { source, each };
                    (ExpressionKind::Splat(Box::new(splat)), last)
                }
            };
            let span = self.span(first, last);
            value = Expression { kind, span };
        }
        value
    }

    /// What a splat takes of each element, and the last token of that. `a.*` takes attributes, `a[*]` everything.
    fn each(
        &mut self,
        splat: &Step,
        steps: &mut std::vec::IntoIter<Step>,
    ) -> (Vec<Traversal>, usize) {
        let takes_all = matches!(splat.kind, StepKind::FullSplat);
        let (mut each, mut last) = (Vec::new(), splat.last);
        while let Some(step) = steps.as_slice().first() {
            if !takes_all && !matches!(step.kind, StepKind::Attribute(_)) {
                if let StepKind::AttributeSplat = step.kind {
                    let place = self.reader.offsets(step.token..step.token + 1);
                    self.nested_splat(place);
                }
                break;
            }
            let Some(step) = steps.next() else { break };
            last = step.last;
            each.push(match step.kind {
                StepKind::Attribute(name) => Traversal::Attribute(name),
                StepKind::Index(index) => Traversal::Index(index),
                StepKind::AttributeSplat | StepKind::FullSplat => {
                    let (inner, inner_last) = self.each(&step, steps);
                    last = inner_last;
                    let span = self.span(step.token, step.last);
                    Traversal::Splat { each: inner, span }
                }
            });
        }
        (each, last)
    }

    fn nested_splat(&mut self, place: (u32, u32)) {
        let message = "`.*` can't follow another `.*`";
        let help = "write `[*]`, which takes everything that follows it";
        self.reader.error("nested-splat", message, help, place);
    }
}

/// A step of a traversal.
struct Step {
    kind: StepKind,
    /// The name, the star, or the bracket that opens.
    token: usize,
    last: usize,
}

enum StepKind {
    Attribute(Name),
    Index(Expression),
    AttributeSplat,
    FullSplat,
}
