//! Conditions of statements.

use std::sync::Arc;

use graph::{Data, NodeId, Tree, UNKNOWN_PART, Unknown};

use super::compare::{self, Operator};
use super::context::{Context, Fact};
use super::document::{open, texts};
use super::pattern::{Meaning, Text};
use super::principal::Principal;
use crate::truth::{Truth, because};

/// A key that must compare to some values.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    Compared(Compared),
    /// Something of which it is not known what it asks for.
    Unknown(Arc<Unknown>),
}

#[derive(Clone, Debug)]
pub(super) struct Compared {
    /// How a key with several values is looked at.
    quantifier: Option<Quantifier>,
    operator: Operator,
    is_negated: bool,
    /// Whether it holds where the key is absent.
    if_exists: bool,
    key: String,
    values: Vec<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quantifier {
    All,
    Any,
}

impl Condition {
    /// The conditions of a statement, which must all hold.
    pub(super) fn read_all(tree: &Tree, statement: NodeId, has_variables: bool) -> Vec<Self> {
        let Some(node) = tree.get(statement, "Condition") else {
            return Vec::new();
        };
        let mut conditions: Vec<Self> = open(tree, node).map(Self::Unknown).into_iter().collect();
        for operator in tree.children(node) {
            let name = tree
                .node(operator)
                .key
                .as_ref()
                .map(|key| key.text.as_str());
            // A key that is partly unknown is there, and is what the map is open for.
            let has_partial = tree.children(operator).any(|key| {
                let key = tree.node(key).key.as_ref();
                key.is_some_and(|key| key.text.contains(UNKNOWN_PART))
            });
            let rest = open(tree, operator).filter(|_| !has_partial);
            conditions.extend(rest.map(Self::Unknown));
            for key in tree.children(operator) {
                let text = tree.node(key).key.as_ref().map(|key| key.text.as_str());
                if let (Some(name), Some(text)) = (name, text) {
                    conditions.push(Self::read(tree, name, text, key, has_variables));
                }
            }
        }
        conditions
    }

    fn read(tree: &Tree, operator: &str, key: &str, node: NodeId, has_variables: bool) -> Self {
        let (quantifier, rest) = match operator.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(Quantifier::All), rest),
            Some(("ForAnyValue", rest)) => (Some(Quantifier::Any), rest),
            _ => (None, operator),
        };
        let (rest, if_exists) = match rest.strip_suffix("IfExists") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let Some((operator, is_negated)) = Operator::read(rest) else {
            return Self::Unknown(because(
                "the operator of a condition is not one that is known",
            ));
        };
        let is_pattern = matches!(operator, Operator::Like | Operator::Arn);
        let values = match (&tree.node(node).data, is_pattern) {
            (_, true) => texts(tree, node, has_variables),
            // Only variables are special elsewhere.
            (Data::List, false) => {
                let known = tree
                    .children(node)
                    .filter_map(|node| literal(tree, node, has_variables));
                known.chain(tree.open(node).map(Text::unknown)).collect()
            }
            (Data::Unknown(cause), false) => {
                vec![literal(tree, node, has_variables).unwrap_or_else(|| Text::unknown(cause))]
            }
            (_, false) => literal(tree, node, has_variables).into_iter().collect(),
        };
        Self::Compared(Compared {
            quantifier,
            operator,
            is_negated,
            if_exists,
            key: key.to_owned(),
            values,
        })
    }

    /// Whether it holds.
    pub(super) fn holds(&self, context: &Context, principal: &Principal) -> Truth {
        match self {
            Self::Unknown(cause) => Truth::Maybe(Arc::clone(cause)),
            Self::Compared(compared) => compared.holds(context, principal),
        }
    }
}

fn literal(tree: &Tree, node: NodeId, has_variables: bool) -> Option<Text> {
    match has_variables {
        true => Text::read_literal(tree, node),
        false => Text::read(tree, node),
    }
}

impl Compared {
    fn holds(&self, context: &Context, principal: &Principal) -> Truth {
        let found = match context.fact(&self.key, principal) {
            Fact::Unknown(cause) => {
                // A comparison with everything holds whatever the value is, if there is one.
                let is_trivial = self.operator == Operator::Like
                    && !self.is_negated
                    && self.if_exists
                    && self.values.iter().any(Text::is_any);
                return if is_trivial {
                    Truth::Yes
                } else {
                    Truth::Maybe(cause)
                };
            }
            Fact::Absent => None,
            Fact::Values(values) => Some(values),
        };
        if self.operator == Operator::Null {
            return self.is_absent(found.is_none());
        }
        let Some(found) = found.filter(|found| !found.is_empty()) else {
            return self.without_value();
        };
        let each = found
            .iter()
            .map(|value| self.compare(value, context, principal));
        match self.quantifier {
            Some(Quantifier::All) => each.fold(Truth::Yes, Truth::and),
            Some(Quantifier::Any) => each.fold(Truth::No, Truth::or),
            None if self.is_negated => each.fold(Truth::Yes, Truth::and),
            None => each.fold(Truth::No, Truth::or),
        }
    }

    /// `true` asks for a key that is absent, `false` for one that is there.
    fn is_absent(&self, is_absent: bool) -> Truth {
        let wanted = |text: &Text| match text.as_known() {
            Some(text) => Truth::from((text.eq_ignore_ascii_case("true")) == is_absent),
            None => Truth::Maybe(because("what a condition asks for is not known")),
        };
        self.values.iter().map(wanted).fold(Truth::No, Truth::or)
    }

    fn without_value(&self) -> Truth {
        Truth::from(match self.quantifier {
            Some(Quantifier::All) => true,
            Some(Quantifier::Any) => self.if_exists,
            None => self.if_exists || self.is_negated,
        })
    }

    /// Whether one value of the request compares to one of the condition's, or for a negation to none.
    fn compare(&self, value: &Text, context: &Context, principal: &Principal) -> Truth {
        let meaning = |key: &str| match context.fact(key, principal) {
            Fact::Absent => Meaning::Missing,
            Fact::Unknown(cause) => Meaning::Text(Text::unknown(&cause)),
            Fact::Values(values) => match &values[..] {
                [value] => Meaning::Text(value.clone()),
                _ => Meaning::Missing,
            },
        };
        let one = |wanted: &Text| match wanted.expanded(meaning) {
            Some(wanted) => compare::compare(self.operator, &wanted, value),
            None => Truth::No,
        };
        let any = self.values.iter().map(one).fold(Truth::No, Truth::or);
        if self.is_negated { any.not() } else { any }
    }
}
