//! What objects of Flux take from ConfigMaps and Secrets.

use std::sync::Arc;

use graph::{Cause, NodeId, SmolStr, Unknown};
use source::Span;

use super::Deployed;
use crate::gitops::field::{flag, text};

/// A text of a ConfigMap or a Secret.
pub(super) struct Entry {
    pub(super) key: SmolStr,
    pub(super) text: String,
    /// Where it is written.
    pub(super) span: Span,
    pub(super) is_secret: bool,
}

/// What a reference to a ConfigMap or a Secret gives.
pub(super) enum Referred {
    Entries(Vec<Entry>),
    /// It is not there, and need not be.
    Nothing,
    /// It is not in the input.
    Unknown(Arc<Unknown>),
}

impl Deployed<'_> {
    /// What the object holds that a reference names.
    pub(super) fn referred(&mut self, reference: NodeId) -> Referred {
        let span = self.tree.node(reference).span;
        let kind = text(self.tree, reference, "kind").map_or("", SmolStr::as_str);
        let name = text(self.tree, reference, "name")
            .cloned()
            .unwrap_or_default();
        let Some(object) = self.object(kind, self.namespace(), &name) else {
            return match flag(self.tree, reference, "optional") {
                true => Referred::Nothing,
                false => Referred::Unknown(unknown(
                    "the object that values come from is not in the input",
                    span,
                )),
            };
        };
        let tree = &object.resource.tree;
        let is_secret = kind == "Secret";
        let mut entries = Vec::new();
        for key in ["data", "stringData"] {
            let map = tree.get(NodeId::ROOT, key);
            for node in map.into_iter().flat_map(|map| tree.children(map)) {
                let found = tree.node(node);
                let (Some(key_of), Some(text)) = (&found.key, tree.as_text(node)) else {
                    self.refuse("the data of this object are texts", found.span);
                    continue;
                };
                let text = text.as_str();
                let text = match is_secret && key == "data" {
                    true => decoded(text),
                    false => Some(text.to_string()),
                };
                entries.extend(text.map(|text| Entry {
                    key: key_of.text.clone(),
                    text,
                    span: found.span,
                    is_secret,
                }));
            }
        }
        Referred::Entries(entries)
    }
}

pub(super) fn unknown(why: &str, span: Span) -> Arc<Unknown> {
    let mut unknown = Unknown::new(Cause::Other(why.into()));
    unknown.place = Some(span);
    Arc::new(unknown)
}

/// Text in base64.
fn decoded(text: &str) -> Option<String> {
    let digit = |sign: u8| match sign {
        b'A'..=b'Z' => Some(u32::from(sign - b'A')),
        b'a'..=b'z' => Some(u32::from(sign - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(sign - b'0') + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let signs = text
        .bytes()
        .filter(|sign| !sign.is_ascii_whitespace() && *sign != b'=');
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for sign in signs {
        held = (held << 6 | digit(sign)?) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_decoded() {
        assert_eq!(decoded("YTogMQ==").as_deref(), Some("a: 1"));
        assert_eq!(decoded("YTog\nMTI=").as_deref(), Some("a: 12"));
        assert_eq!(decoded("!"), None);
        assert_eq!(decoded("/w=="), None);
    }
}
