//! Type constraints, as the `type` of a variable states them.

use smol_str::SmolStr;
use source::{Level, Problem, Span};

use super::{AttributeType, Defaults, ObjectType, Type, Value, convert};
use crate::evaluate::EvaluationError;
use crate::syntax::{
    Call, Expression, ExpressionKind, ObjectItem, Places, TemplatePart, read_expression,
};

/// A type constraint.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// The type; what could not be understood of it is [`Type::Dynamic`].
    pub ty: Type,
    /// The defaults of optional attributes.
    pub defaults: Defaults,
}

/// How a constraint is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// As an expression. A quoted type is out of date, and understood all the same.
    Native,
    /// As a JSON string of an expression.
    Json,
}

/// Evaluates an expression that may refer to nothing and call nothing: a default.
pub type EvaluateConstant<'a> = &'a dyn Fn(&Expression) -> Result<Value, EvaluationError>;

/// Reads a type constraint.
///
/// Source: <https://developer.hashicorp.com/terraform/language/expressions/type-constraints>.
#[must_use]
pub fn read_constraint(
    expression: &Expression,
    notation: Notation,
    evaluate: EvaluateConstant<'_>,
) -> (Constraint, Vec<Problem>) {
    let problems = Vec::new();
    let mut reader = Reader { evaluate, problems };
    let constraint = reader.variable(expression, notation);
    (constraint, reader.problems)
}

impl Constraint {
    /// A type without defaults.
    #[must_use]
    pub fn new(ty: Type) -> Self {
        let defaults = Defaults::default();
        Self { ty, defaults }
    }

    /// What allows any value: the constraint of a variable that states none.
    #[must_use]
    pub fn any() -> Self {
        Self::new(Type::Dynamic)
    }

    /// A collection whose elements have the constraint.
    fn collection(self, of: fn(Type) -> Type) -> Self {
        let elements = (!self.defaults.is_empty()).then(|| Box::new(self.defaults));
        Self {
            ty: of(self.ty),
            defaults: Defaults {
                elements,
                ..Defaults::default()
            },
        }
    }
}

struct Reader<'a> {
    evaluate: EvaluateConstant<'a>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    /// A constraint as a whole, where `list` and `map` stand for `list(any)` and `map(any)`.
    fn variable(&mut self, expression: &Expression, notation: Notation) -> Constraint {
        match &expression.kind {
            ExpressionKind::Variable(name) if name == "list" => {
                Constraint::new(Type::list(Type::Dynamic))
            }
            ExpressionKind::Variable(name) if name == "map" => {
                Constraint::new(Type::map(Type::Dynamic))
            }
            ExpressionKind::Template(parts) => match &parts[..] {
                [
                    TemplatePart::Literal {
                        text,
                        span,
                        verbatim,
                    },
                ] => {
                    if notation == Notation::Native {
                        let problem = Problem::at(
                            Level::Error,
                            "quoted-type",
                            "a type must not stand in quotes",
                            expression.span,
                        );
                        self.problems.push(problem.with_help("remove the quotes"));
                    }
                    self.quoted(text, *span, *verbatim)
                }
                _ => self.read(expression),
            },
            _ => self.read(expression),
        }
    }

    fn quoted(&mut self, text: &str, span: Span, verbatim: bool) -> Constraint {
        let places = match verbatim {
            true => Places::verbatim(span.file, span.start),
            false => Places::whole(span),
        };
        let (expression, problems) = read_expression(text, &places);
        self.problems.extend(problems);
        match &expression.kind {
            ExpressionKind::Template(_) => self.read(&expression),
            _ => self.variable(&expression, Notation::Json),
        }
    }

    fn read(&mut self, expression: &Expression) -> Constraint {
        match &expression.kind {
            ExpressionKind::Variable(name) => self.keyword(name, expression.span),
            ExpressionKind::Call(call) => self.constructor(call, expression.span),
            ExpressionKind::Broken => Constraint::any(),
            ExpressionKind::Null | ExpressionKind::Bool(_) => {
                self.wrong("a type is needed here, not a value", expression.span)
            }
            _ => self.wrong(
                "a type is a keyword such as string, or a constructor such as list(string)",
                expression.span,
            ),
        }
    }

    fn keyword(&mut self, name: &str, span: Span) -> Constraint {
        match name {
            "any" => Constraint::any(),
            "bool" => Constraint::new(Type::Bool),
            "number" => Constraint::new(Type::Number),
            "string" => Constraint::new(Type::String),
            "list" | "set" | "map" => self.wrong(
                &format!("{name} needs the type of its elements as an argument"),
                span,
            ),
            "object" => self.wrong(
                "object needs its attributes and their types as an argument",
                span,
            ),
            "tuple" => self.wrong("tuple needs the types of its elements as an argument", span),
            _ => self.wrong(&format!("{name:?} is no type"), span),
        }
    }

    fn constructor(&mut self, call: &Call, span: Span) -> Constraint {
        let name = call.name.text.as_str();
        match (name, &call.arguments[..]) {
            ("any" | "bool" | "number" | "string", _) => {
                self.wrong(&format!("{name} takes no arguments"), span)
            }
            ("optional", _) => self.wrong("only an attribute of an object can be optional", span),
            ("list", [element]) => self.read(element).collection(Type::list),
            ("set", [element]) => self.read(element).collection(Type::set),
            ("map", [element]) => self.read(element).collection(Type::map),
            ("object", [attributes]) => match &attributes.kind {
                ExpressionKind::Object(items) => self.object(items),
                _ => self.wrong(
                    "object needs its attributes and their types",
                    attributes.span,
                ),
            },
            ("tuple", [elements]) => match &elements.kind {
                ExpressionKind::Tuple(elements) => self.tuple(elements),
                _ => self.wrong(
                    "tuple needs a list of the types of its elements",
                    elements.span,
                ),
            },
            ("list" | "set" | "map" | "object" | "tuple", _) => {
                self.wrong(&format!("{name} takes exactly one argument"), span)
            }
            _ => self.wrong(&format!("{name:?} is no constructor of a type"), span),
        }
    }

    fn tuple(&mut self, elements: &[Expression]) -> Constraint {
        let mut types = Vec::with_capacity(elements.len());
        let mut defaults = Defaults::default();
        for (index, element) in elements.iter().enumerate() {
            let element = self.read(element);
            types.push(element.ty);
            if !element.defaults.is_empty() {
                defaults.items.insert(index, element.defaults);
            }
        }
        let ty = Type::Tuple(types.into());
        Constraint { ty, defaults }
    }

    fn object(&mut self, items: &[ObjectItem]) -> Constraint {
        let mut object = ObjectType::default();
        let mut defaults = Defaults::default();
        for item in items {
            let Some(name) = bare_name(&item.key) else {
                self.wrong(
                    "the name of an attribute is needed here, without quotes",
                    item.key.span,
                );
                continue;
            };
            if object.attributes.contains_key(name) {
                self.wrong(
                    &format!("the attribute {name:?} stands here twice"),
                    item.key.span,
                );
                continue;
            }
            let (attribute, default) = self.attribute(&item.value);
            let optional = !matches!(default, Presence::Required);
            if let Presence::Default(value) = default {
                defaults.values.insert(name.clone(), *value);
            }
            if !attribute.defaults.is_empty() {
                defaults.attributes.insert(name.clone(), attribute.defaults);
            }
            let ty = attribute.ty;
            object
                .attributes
                .insert(name.clone(), AttributeType { ty, optional });
        }
        let ty = Type::Object(object.into());
        Constraint { ty, defaults }
    }

    fn attribute(&mut self, expression: &Expression) -> (Constraint, Presence) {
        let call = match &expression.kind {
            ExpressionKind::Call(call) if call.name.text == "optional" => call,
            _ => return (self.read(expression), Presence::Required),
        };
        let (ty, default) = match &call.arguments[..] {
            [ty] => (ty, None),
            [ty, default] => (ty, Some(default)),
            _ => {
                let wrong = "optional takes a type and perhaps a default";
                return (self.wrong(wrong, expression.span), Presence::Optional);
            }
        };
        let constraint = self.read(ty);
        let default = default.and_then(|default| self.default(default, &constraint.ty));
        let presence = default.map_or(Presence::Optional, Presence::Default);
        (constraint, presence)
    }

    fn default(&mut self, expression: &Expression, ty: &Type) -> Option<Box<Value>> {
        let value = match (self.evaluate)(expression) {
            Ok(value) => value,
            Err(error) => {
                self.problems.push(error.problem());
                return None;
            }
        };
        match convert(&value, ty) {
            Ok(value) => Some(Box::new(value)),
            Err(failure) => {
                let message = format!("the default does not fit the attribute: {failure}");
                let span = failure.origin(&value).span;
                self.problems
                    .push(Problem::at(Level::Error, "invalid-default", message, span));
                None
            }
        }
    }

    fn wrong(&mut self, message: &str, span: Span) -> Constraint {
        self.problems
            .push(Problem::at(Level::Error, "invalid-type", message, span));
        Constraint::any()
    }
}

/// Whether an object must have an attribute.
enum Presence {
    Required,
    Optional,
    Default(Box<Value>),
}

/// The name of an attribute. Quotes would lie outside the text.
fn bare_name(key: &Expression) -> Option<&SmolStr> {
    match &key.kind {
        ExpressionKind::Template(parts) => match &parts[..] {
            [TemplatePart::Literal { text, span, .. }] if *span == key.span && is_name(text) => {
                Some(text)
            }
            _ => None,
        },
        _ => None,
    }
}

fn is_name(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|first| !first.is_ascii_digit() && first != '-')
}

#[cfg(test)]
mod tests;
