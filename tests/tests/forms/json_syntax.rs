//! Configurations in Terraform's JSON syntax, converted from its native syntax.
//!
//! Source: <https://developer.hashicorp.com/terraform/language/syntax/json>.

use serde_json::{Map, Value};
use source::{FileId, SourceFile};
use terraform::syntax::{Block, Body, Expression, ExpressionKind, ObjectItem, TemplatePart, read};

/// Arguments of Terraform itself whose strings are references and no templates.
const REFERENCES: [&str; 5] = [
    "depends_on",
    "ignore_changes",
    "iterator",
    "provider",
    "replace_triggered_by",
];

/// The same configuration in JSON syntax.
pub(crate) fn converted(text: &str) -> String {
    let file = SourceFile::new(FileId(0), "main.tf", text);
    let document = read(&file);
    assert_eq!(document.problems, [], "{text}");
    let converted = Converter { file: &file }.body(&document.body);
    format!("{:#}", Value::Object(converted))
}

struct Converter<'a> {
    file: &'a SourceFile,
}

impl Converter<'_> {
    /// Attributes are properties, and so are blocks, below which the labels are properties.
    fn body(&self, body: &Body) -> Map<String, Value> {
        let mut properties = Map::new();
        for attribute in &body.attributes {
            let name = attribute.name.text.to_string();
            let value = match REFERENCES.contains(&name.as_str()) {
                true => self.reference(&attribute.value),
                false => self.value(&attribute.value),
            };
            properties.insert(name, value);
        }
        for block in &body.blocks {
            self.block(block, &mut properties);
        }
        properties
    }

    /// One block is an object, several with the same labels are an array.
    fn block(&self, block: &Block, into: &mut Map<String, Value>) {
        let mut content = self.body(&block.body);
        if let (true, Some(ty)) = (block.kind.text == "variable", block.body.value("type")) {
            content.insert("type".to_owned(), self.source(ty).into());
        }
        let mut names = vec![&block.kind.text];
        names.extend(block.labels.iter().map(|label| &label.text));
        let last = names.pop().unwrap_or(&block.kind.text);
        let around = names.into_iter().fold(into, |object, name| {
            let inner = object
                .entry(name.as_str())
                .or_insert_with(|| Map::new().into());
            inner.as_object_mut().expect("labels are above blocks")
        });
        let content = Value::Object(content);
        match around.get_mut(last.as_str()) {
            Some(Value::Array(blocks)) => blocks.push(content),
            Some(first) => *first = [first.take(), content].into_iter().collect(),
            None => {
                around.insert(last.to_string(), content);
            }
        }
    }

    fn value(&self, expression: &Expression) -> Value {
        let is_text = |part: &TemplatePart| {
            matches!(
                part,
                TemplatePart::Literal { .. } | TemplatePart::Interpolation(_)
            )
        };
        match &expression.kind {
            ExpressionKind::Null => Value::Null,
            ExpressionKind::Bool(truth) => (*truth).into(),
            ExpressionKind::Number(_) => {
                serde_json::from_str(self.source(expression)).expect("it is a number in JSON, too")
            }
            ExpressionKind::Template(parts) if parts.iter().all(is_text) => {
                let parts = parts.iter().map(|part| self.part(part));
                parts.collect::<String>().into()
            }
            ExpressionKind::Tuple(items) => items.iter().map(|item| self.value(item)).collect(),
            ExpressionKind::Object(items) => {
                Value::Object(items.iter().map(|item| self.item(item)).collect())
            }
            _ => self.interpolation(expression).into(),
        }
    }

    fn item(&self, item: &ObjectItem) -> (String, Value) {
        let key = self.value(&item.key);
        let key = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
        (key, self.value(&item.value))
    }

    fn part(&self, part: &TemplatePart) -> String {
        match part {
            TemplatePart::Literal { text, .. } => text.replace("${", "$${").replace("%{", "%%{"),
            TemplatePart::Interpolation(value) => self.interpolation(value),
            TemplatePart::If(_) | TemplatePart::For(_) => String::new(),
        }
    }

    fn interpolation(&self, expression: &Expression) -> String {
        format!("${{{}}}", self.source(expression))
    }

    /// A reference, or a list of references, without interpolation.
    fn reference(&self, expression: &Expression) -> Value {
        match &expression.kind {
            ExpressionKind::Tuple(items) => items.iter().map(|item| self.reference(item)).collect(),
            _ => self.source(expression).into(),
        }
    }

    fn source(&self, expression: &Expression) -> &str {
        self.file.slice(expression.span)
    }
}
