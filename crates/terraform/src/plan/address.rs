//! Addresses as Terraform prints them, taken apart.

use smol_str::SmolStr;

use crate::module::{Mode, ResourceAddress};
use crate::root::{InstanceKey, ModulePath};

/// The most modules that lead to one.
const DEEPEST: usize = 64;

/// The address of an instance of a resource.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) module: ModulePath,
    pub(super) resource: ResourceAddress,
    pub(super) key: InstanceKey,
}

/// The address of a part, such as `.name` or `[0]`. Of a part at a very long address, the address of the whole is told.
pub(super) fn part(whole: &str, part: impl std::fmt::Display) -> String {
    const LONGEST: usize = 1_000;
    let whole = if whole.len() > LONGEST { "" } else { whole };
    let text = format!("{whole}{part}");
    if text.len() > LONGEST {
        return whole.to_owned();
    }
    text
}

/// `module.a["x"].module.b`; the root for nothing. None where the text is no such address.
pub(super) fn module(text: &str) -> Option<ModulePath> {
    let (path, rest) = modules(text)?;
    rest.is_empty().then_some(path)
}

/// `module.a["x"].data.aws_ami.b[0]`.
pub(super) fn instance(text: &str) -> Option<Address> {
    let (module, rest) = modules(text)?;
    let (mode, rest) = match rest.strip_prefix("data.") {
        Some(rest) => (Mode::Data, rest),
        None => (Mode::Managed, rest),
    };
    let (ty, rest) = rest.split_once('.')?;
    let (name, rest) = name(rest)?;
    let (key, rest) = key(rest)?;
    let resource = ResourceAddress {
        mode,
        ty: ty.into(),
        name: name.into(),
    };
    rest.is_empty().then_some(Address {
        module,
        resource,
        key,
    })
}

/// The modules that an address begins with, and what stands behind them.
pub(super) fn modules(mut text: &str) -> Option<(ModulePath, &str)> {
    let mut path = ModulePath::default();
    while let Some(rest) = text.strip_prefix("module.") {
        let (call, rest) = name(rest)?;
        let (key, rest) = key(rest)?;
        path = path.child(&call.into(), key);
        text = rest.strip_prefix('.').unwrap_or(rest);
        if path.0.len() > DEEPEST {
            return None;
        }
    }
    Some((path, text))
}

fn name(text: &str) -> Option<(&str, &str)> {
    let end = text.find(['.', '[']).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// `[0]`, `["x"]` or nothing, and what stands behind it.
pub(super) fn key(text: &str) -> Option<(InstanceKey, &str)> {
    let Some(inner) = text.strip_prefix('[') else {
        return Some((InstanceKey::None, text));
    };
    if let Some(quoted) = inner.strip_prefix('"') {
        let (name, rest) = string(quoted)?;
        return Some((InstanceKey::Name(name), rest.strip_prefix(']')?));
    }
    let (index, rest) = inner.split_once(']')?;
    Some((InstanceKey::Index(index.parse().ok()?), rest))
}

/// A string up to its closing quote, and what stands behind that.
fn string(text: &str) -> Option<(SmolStr, &str)> {
    let mut result = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((result.into(), text.get(at + 1..)?)),
            '\\' => result.push(escaped(&mut characters)?),
            // `$${` and `%%{` stand for what would begin a template.
            '$' | '%' if doubled(text, at, character) => {
                characters.next();
                result.push(character);
            }
            _ => result.push(character),
        }
    }
    None
}

fn doubled(text: &str, at: usize, character: char) -> bool {
    let mut next = text.get(at + 1..).unwrap_or_default().chars();
    next.next() == Some(character) && next.next() == Some('{')
}

fn escaped(characters: &mut std::str::CharIndices<'_>) -> Option<char> {
    let digits = match characters.next()?.1 {
        'n' => return Some('\n'),
        'r' => return Some('\r'),
        't' => return Some('\t'),
        'u' => 4,
        'U' => 8,
        character => return Some(character),
    };
    let code = (0..digits).try_fold(0_u32, |code, _| {
        Some(code.checked_mul(16)? + characters.next()?.1.to_digit(16)?)
    })?;
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart_and_printed_again() {
        for text in [
            "aws_s3_bucket.b",
            "data.aws_ami.a[0]",
            r#"module.a["x.y"].module.b[3].aws_s3_bucket.b["k"]"#,
            r#"aws_s3_bucket.b["a\"]\\.$${x}"]"#,
            r#"aws_s3_bucket.b["é\n\u0007"]"#,
        ] {
            let address = instance(text).unwrap();
            let inner = format!("{}{}", address.resource, address.key);
            assert_eq!(address.module.address(&inner), text);
        }
    }

    #[test]
    fn other_texts_are_no_addresses() {
        for text in [
            "",
            ".",
            "a",
            "a.",
            "a.b[",
            "a.b[x]",
            r#"a.b["x]"#,
            "a.b[0]c",
            "module.a",
            "module..a.b",
            r#"a.b["\u12"]"#,
            "a.b.c",
        ] {
            assert_eq!(instance(text), None, "{text}");
        }
        assert_eq!(module(&"module.a.".repeat(100_000)), None);
    }
}
