//! The meaning of scalars as values and as keys of JSON.

use std::sync::Arc;

use graph::{Cause, Data, Key, Unknown};
use smol_str::{SmolStr, format_smolstr};
use source::Span;

use super::alias::Anchored;
use super::{AnchorId, Composer, Next};
use crate::number::{float_key, json_number};
use crate::problems::{BROKEN, unknown, unreadable};
use crate::resolve::{Scalar, Tag, resolve};

/// A scalar as it is written.
pub(crate) struct Written<'a> {
    /// The text without quotes and escapes.
    pub(crate) text: &'a str,
    pub(crate) tag: Tag,
    pub(crate) role: ScalarRole,
    pub(crate) span: Span,
}

/// What a scalar is beside its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScalarRole {
    Value,
    /// `<<`, which merges the value into the map when it is a key.
    Merge,
    /// A value that an example leaves open.
    Placeholder,
    /// Text of which a part could not be read.
    Broken,
}

/// Why a scalar is no key.
struct BadKey(&'static str, &'static str);

const NULL_KEY: BadKey = BadKey("null-key", "null can't be a key in JSON");

impl Composer<'_> {
    pub(super) fn data(&mut self, written: &Written<'_>) -> Data {
        if written.role == ScalarRole::Placeholder {
            let mut unknown = Unknown::new(Cause::Example);
            unknown.place = Some(written.span);
            return Data::Unknown(Arc::new(unknown));
        }
        if written.role == ScalarRole::Broken {
            return unknown(BROKEN, written.span);
        }
        match resolve(written.tag, written.text) {
            Scalar::Null => Data::Null,
            Scalar::Bool(value) => Data::Bool(value),
            Scalar::Int(value) => Data::Int(value),
            Scalar::Unsigned(value) => Data::Float(value as f64),
            Scalar::Float(value) if value.is_finite() => json_number(value),
            Scalar::Float(_) => {
                self.problems.error(
                    "not-a-json-number",
                    "JSON can hold neither infinity nor NaN",
                    written.span,
                );
                unknown("JSON can't hold the number", written.span)
            }
            Scalar::Text => Data::String(SmolStr::new(written.text)),
            Scalar::Binary(text) => Data::String(text.into()),
            Scalar::Mismatch(message) => {
                self.problems.error("tag-mismatch", message, written.span);
                unknown("its tag and its text contradict each other", written.span)
            }
        }
    }

    /// Takes the key of the next value.
    pub(super) fn key(&mut self, written: &Written<'_>, anchor: AnchorId) {
        if anchor != 0 {
            let data = self.data(written);
            self.remember(anchor, Anchored::Key(data));
        }
        let span = written.span;
        if written.role == ScalarRole::Merge {
            return self.set_next(Next::Merge(Key {
                text: SmolStr::new_static("<<"),
                span,
            }));
        }
        if written.role == ScalarRole::Broken {
            return self.leave_out(span);
        }
        let text = match resolve(written.tag, written.text) {
            Scalar::Text => Ok(SmolStr::new(written.text)),
            Scalar::Binary(text) => Ok(text.into()),
            Scalar::Bool(value) => Ok(boolean_key(value)),
            Scalar::Int(value) => Ok(format_smolstr!("{value}")),
            Scalar::Float(value) => Ok(float_key(value).into()),
            Scalar::Null => Err(NULL_KEY),
            Scalar::Unsigned(_) => {
                Err(BadKey("number-key", "a number of this size can't be a key"))
            }
            Scalar::Mismatch(message) => Err(BadKey("tag-mismatch", message)),
        };
        match text {
            Ok(text) => self.set_next(Next::Value(Key { text, span })),
            Err(BadKey(code, message)) => self.bad_key(code, message, span),
        }
    }

    /// Takes an alias as the key of the next value.
    pub(super) fn alias_key(&mut self, anchored: &Anchored, span: Span) {
        let data = match (anchored, &self.tree) {
            (Anchored::Key(data), _) => data,
            (Anchored::Node(node), Some(tree)) => &tree.node(*node).data,
            _ => &Data::Map,
        };
        let text = match data {
            Data::String(text) => Ok(text.clone()),
            Data::Bool(value) => Ok(boolean_key(*value)),
            Data::Int(value) => Ok(format_smolstr!("{value}")),
            Data::Float(value) => Ok(float_key(*value).into()),
            Data::Null => Err(NULL_KEY),
            Data::List | Data::Map | Data::Unknown(_) | Data::Partial(_) => Err(BadKey(
                "complex-key",
                "a key must be text, and this alias leads to none",
            )),
        };
        match text {
            Ok(text) => self.set_next(Next::Value(Key { text, span })),
            Err(BadKey(code, message)) => self.bad_key(code, message, span),
        }
    }

    /// Leaves the next value out, so that the map may hold more than what is known.
    pub(super) fn bad_key(&mut self, code: &'static str, message: &'static str, span: Span) {
        self.problems.error(code, message, span);
        self.leave_out(span);
    }

    fn leave_out(&mut self, span: Span) {
        if let (Some(frame), Some(tree)) = (self.frames.last_mut(), &mut self.tree) {
            frame.next = Next::Nothing;
            tree.set_open(
                frame.node,
                unreadable("an entry of it has no usable key", span),
            );
        }
    }

    fn set_next(&mut self, next: Next) {
        if let Some(frame) = self.frames.last_mut() {
            frame.next = next;
        }
    }
}

fn boolean_key(value: bool) -> SmolStr {
    SmolStr::new_static(if value { "true" } else { "false" })
}
