//! Instances of modules and resources, and how they are addressed.

use std::fmt::{self, Write as _};

use smol_str::SmolStr;
use unicode_normalization::char::is_combining_mark;

/// Which instance of a block it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InstanceKey {
    /// The block is not repeated.
    None,
    /// One of `count`.
    Index(usize),
    /// One of `for_each`.
    Name(SmolStr),
    /// Any: how many there are is unknown.
    Any,
}

/// As Terraform prints it in an address; any instance is `[*]`.
impl fmt::Display for InstanceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Index(index) => write!(f, "[{index}]"),
            Self::Name(name) => write!(f, "[{}]", quoted(name)),
            Self::Any => f.write_str("[*]"),
        }
    }
}

/// A string as a literal of Terraform's language.
fn quoted(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            '"' | '\\' => literal.extend(['\\', character]),
            '$' | '%' if characters.peek() == Some(&'{') => literal.extend([character; 2]),
            _ if is_printable(character) => literal.push(character),
            _ if u32::from(character) < 0x1_0000 => {
                let _ = write!(literal, "\\u{:04x}", u32::from(character));
            }
            _ => {
                let _ = write!(literal, "\\U{:08x}", u32::from(character));
            }
        }
    }
    literal.push('"');
    literal
}

/// Whether Go prints a character as it is: of white space, only the space.
fn is_printable(character: char) -> bool {
    let is_escaped = character.escape_debug().len() > 1;
    !is_escaped || is_combining_mark(character) || character == '\''
}

/// An instance of a module: the calls that lead to it from the root, which has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModulePath(pub Vec<(SmolStr, InstanceKey)>);

impl ModulePath {
    /// The instance that a call in this one leads to.
    #[must_use]
    pub fn child(&self, call: &SmolStr, key: InstanceKey) -> Self {
        let mut steps = self.0.clone();
        steps.push((call.clone(), key));
        Self(steps)
    }

    /// An address inside it.
    #[must_use]
    pub fn address(&self, inner: &str) -> String {
        let prefix = self.to_string();
        match prefix.is_empty() {
            true => inner.to_owned(),
            false => format!("{prefix}.{inner}"),
        }
    }
}

/// As Terraform prints it in an address: `module.a["x"].module.b`; nothing for the root.
impl fmt::Display for ModulePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (call, key)) in self.0.iter().enumerate() {
            let dot = if index == 0 { "" } else { "." };
            write!(f, "{dot}module.{call}{key}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::InstanceKey;

    #[test]
    fn keys_are_written_as_literals() {
        for (key, expected) in [
            ("a b", r#"["a b"]"#),
            ("it's \"x\"", r#"["it's \"x\""]"#),
            ("a\n\r\t\\", r#"["a\n\r\t\\"]"#),
            ("${x}%{y}$z", r#"["$${x}%%{y}$z"]"#),
            ("e\u{301}é日🤷", "[\"e\u{301}é日🤷\"]"),
            (
                "\u{0}\u{a0}\u{200b}\u{e0001}",
                r#"["\u0000\u00a0\u200b\U000e0001"]"#,
            ),
        ] {
            assert_eq!(InstanceKey::Name(key.into()).to_string(), expected);
        }
    }
}
