//! The notation of the table, which its first lines explain.

use smol_str::SmolStr;

use super::{Attribute, Block, Body, Nesting, Setting};
use crate::value::Type;

/// The body that a line describes.
pub(super) fn body(line: &'static str) -> Body {
    let mut body = Body::default();
    for item in line.split_ascii_whitespace() {
        if let Some((name, block)) = block(item) {
            body.blocks.push((name, block));
        } else if let Some((name, attribute)) = attribute(item) {
            body.attributes.push((name, attribute));
        }
    }
    body
}

/// `name+l12`.
fn block(item: &'static str) -> Option<(&'static str, Block)> {
    let (name, rest) = item.split_once('+')?;
    let (nesting, at_most_one) = match rest.chars().next()? {
        'L' => (Nesting::List, false),
        'l' => (Nesting::List, true),
        'S' => (Nesting::Set, false),
        'u' => (Nesting::Set, true),
        'M' => (Nesting::Map, false),
        'o' => (Nesting::Single, true),
        _ => return None,
    };
    let number = rest.get(1..)?.parse().ok()?;
    let block = Block {
        nesting,
        at_most_one,
        number,
    };
    Some((name, block))
}

/// `name=Ls`.
fn attribute(item: &'static str) -> Option<(&'static str, Attribute)> {
    let at = item.find(['=', '*', '?', '!'])?;
    let setting = match item.get(at..=at)? {
        "*" => Setting::Required,
        "=" => Setting::Optional,
        "?" => Setting::OptionalComputed,
        _ => Setting::Computed,
    };
    let (ty, rest) = ty(item.get(at + 1..)?)?;
    let attribute = Attribute { ty, setting };
    rest.is_empty().then_some((item.get(..at)?, attribute))
}

/// A type, and what stands behind it.
fn ty(text: &'static str) -> Option<(Type, &'static str)> {
    let rest = text.get(1..)?;
    let collection = |of: fn(Type) -> Type| ty(rest).map(|(element, rest)| (of(element), rest));
    match text.chars().next()? {
        's' => Some((Type::String, rest)),
        'n' => Some((Type::Number, rest)),
        'b' => Some((Type::Bool, rest)),
        'd' => Some((Type::Dynamic, rest)),
        'L' => collection(Type::list),
        'S' => collection(Type::set),
        'M' => collection(Type::map),
        'O' => object(rest.strip_prefix('{')?),
        _ => None,
    }
}

/// `name:type,…}`.
fn object(mut text: &'static str) -> Option<(Type, &'static str)> {
    let mut attributes: Vec<(SmolStr, Type)> = Vec::new();
    loop {
        let (name, rest) = text.split_once(':')?;
        let (of, rest) = ty(rest)?;
        attributes.push((SmolStr::new_static(name), of));
        match rest.strip_prefix(',') {
            Some(more) => text = more,
            None => return Some((Type::object(attributes), rest.strip_prefix('}')?)),
        }
    }
}
