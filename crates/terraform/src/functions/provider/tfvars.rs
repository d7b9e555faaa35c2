//! `decode_tfvars`.

use std::sync::Arc;

use source::{FileId, Level, SourceFile, Span};

use crate::functions::places::Written;
use crate::functions::{Environment, Failure, Template};
use crate::syntax::{self, Expression, ExpressionKind, TemplatePart, UnaryOperator};
use crate::value::{Data, Entries, Type, Value};

/// The values that a text gives to variables. Expressions may neither refer to anything nor call functions.
pub(super) fn decode(environment: &Environment<'_>, argument: &Value) -> Result<Value, Failure> {
    let written =
        Written::of(argument).ok_or_else(|| Failure::call("only strings can be decoded"))?;
    let file = SourceFile::new(FileId(0), "", written.text.as_str());
    let document = syntax::read(&file);
    if let Some(problem) = document
        .problems
        .iter()
        .find(|problem| problem.level == Level::Error)
    {
        return Err(Failure::call(format!(
            "the text can't be read: {}",
            problem.message
        )));
    }
    if !document.body.blocks.is_empty() {
        return Err(Failure::call("the text holds a block"));
    }
    let reader = Reader {
        environment,
        written: &written,
    };
    let mut entries = Entries::new();
    for attribute in &document.body.attributes {
        entries.insert(attribute.name.text.clone(), reader.value(&attribute.value)?);
    }
    let origin = written.origin(&(0..written.text.len()));
    Ok(Value::new(Data::Object(Arc::new(entries)), origin))
}

struct Reader<'a> {
    environment: &'a Environment<'a>,
    written: &'a Written,
}

impl Reader<'_> {
    fn value(&self, expression: &Expression) -> Result<Value, Failure> {
        let data = match &expression.kind {
            ExpressionKind::Null => Data::Null(Type::Dynamic),
            ExpressionKind::Bool(truth) => Data::Bool(*truth),
            ExpressionKind::Number(number) => Data::Number(number.clone()),
            ExpressionKind::Unary(UnaryOperator::Negate, operand) => match &operand.kind {
                ExpressionKind::Number(number) => Data::Number(number.negate()),
                _ => return self.computed(expression),
            },
            ExpressionKind::Template(parts) => match literal(parts) {
                Some(text) => Data::string(text),
                None => return self.computed(expression),
            },
            ExpressionKind::Tuple(items) => {
                let items = items.iter().map(|item| self.value(item));
                Data::Tuple(items.collect::<Result<_, _>>()?)
            }
            ExpressionKind::Object(items) => {
                let mut entries = Entries::new();
                for item in items {
                    let ExpressionKind::Template(parts) = &item.key.kind else {
                        return self.computed(expression);
                    };
                    let Some(key) = literal(parts) else {
                        return self.computed(expression);
                    };
                    entries.insert(key.into(), self.value(&item.value)?);
                }
                Data::Object(Arc::new(entries))
            }
            ExpressionKind::Parenthesis(inner) => return self.value(inner),
            _ => return self.computed(expression),
        };
        let range = expression.span.start as usize..expression.span.end as usize;
        Ok(Value::new(data, self.written.origin(&range)))
    }

    /// What is more than a literal is a template of one interpolation, with no variables.
    fn computed(&self, expression: &Expression) -> Result<Value, Failure> {
        if !syntax::references(expression).is_empty() {
            return Err(Failure::call(
                "the values of variables can't refer to anything",
            ));
        }
        let Span { start, end, .. } = expression.span;
        let range = start as usize..end as usize;
        let text = self.written.text.get(range.clone()).unwrap_or_default();
        let template = Template {
            text: &format!("${{{text}}}"),
            origin: self.written.origin(&range),
        };
        let variables = Value::new(Data::Object(Arc::default()), template.origin.clone());
        (self.environment.render)(&template, &variables)
    }
}

/// The text of a template without interpolations.
fn literal(parts: &[TemplatePart]) -> Option<String> {
    let text = |part: &TemplatePart| match part {
        TemplatePart::Literal { text, .. } => Some(text.to_string()),
        _ => None,
    };
    parts.iter().map(text).collect()
}
