//! Values as they are told: short, and never those of secrets.

use std::fmt::Write as _;

use source::{Span, brief, neutral};

use crate::compare::{Shape, TreeView, View};
use crate::report::Report;

/// How long a value is told, in characters.
const LONGEST: usize = 120;

/// How many values of a list or map are told, with all below them.
const MOST: usize = 40;

/// What stands for a secret.
const HIDDEN: &str = "a secret value";

/// How values are told.
pub(super) struct Told<'a> {
    secrets: &'a [Span],
}

impl<'a> Told<'a> {
    pub(super) fn of(report: &'a Report) -> Self {
        Self {
            secrets: &report.secrets,
        }
    }

    /// A value, in the style of JSON.
    pub(super) fn value(&self, view: TreeView<'_>) -> String {
        let mut out = String::new();
        let mut left = MOST;
        self.write(view, &mut left, &mut out);
        brief(&neutral(&out), LONGEST).into_owned()
    }

    fn write(&self, view: TreeView<'_>, left: &mut usize, out: &mut String) {
        if *left == 0 {
            return out.push('…');
        }
        *left -= 1;
        match view.shape() {
            _ if self.is_secret(view) => out.push_str(HIDDEN),
            Shape::Null => out.push_str("null"),
            Shape::Bool(known) => out.push_str(if known { "true" } else { "false" }),
            Shape::Int(number) => {
                let _ = write!(out, "{number}");
            }
            Shape::Float(number) => {
                let _ = write!(out, "{number}");
            }
            Shape::Text(text) => {
                let _ = write!(out, "{text:?}");
            }
            Shape::Unknown => out.push('?'),
            Shape::List(items) => {
                out.push('[');
                for (index, item) in items.into_iter().take(*left + 1).enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    self.write(item, left, out);
                }
                out.push(']');
            }
            Shape::Map(entries) => {
                out.push('{');
                let written = entries.into_iter().filter(|(_, one)| !one.is_default());
                for (index, (key, one)) in written.take(*left + 1).enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    let _ = write!(out, "{key}: ");
                    self.write(one, left, out);
                }
                out.push('}');
            }
        }
    }

    /// Whether a scalar is, or is part of, what no output shows.
    fn is_secret(&self, view: TreeView<'_>) -> bool {
        let span = view.tree.node(view.node).span;
        let is_scalar = view.tree.first(view.node).is_none();
        let from = self
            .secrets
            .partition_point(|secret| secret.file < span.file);
        let mut own = self.secrets[from..]
            .iter()
            .take_while(|secret| secret.file == span.file);
        is_scalar && own.any(|secret| secret.start < span.end && span.start < secret.end)
    }
}
