//! What a patch says of itself by `$patch`.

use smol_str::SmolStr;

use super::elements::set_element;
use crate::node::{Data, Node};

const KEY: &str = "$patch";

/// What becomes of what a patch meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Directive {
    Merge,
    Replace,
    Delete,
}

/// Takes the directive out of a patch.
///
/// # Errors
/// When it is unknown, or the patch is a scalar.
pub(super) fn take(patch: &mut Node) -> Result<Directive, String> {
    match &patch.data {
        Data::Map(_) => match patch.get(KEY) {
            Some(directive) => {
                let directive = read(directive.text())?;
                patch.remove(KEY);
                Ok(directive)
            }
            None => Ok(Directive::Merge),
        },
        Data::List(_) => take_from_list(patch),
        Data::Scalar(_) => Err("a list or map is expected here".to_owned()),
    }
}

fn take_from_list(patch: &mut Node) -> Result<Directive, String> {
    let element = patch.items().iter().find(|item| item.get(KEY).is_some());
    // A map with more in it than the directive says how that map is merged.
    let Some(element) = element.filter(|element| element.entries().len() == 1) else {
        return Ok(Directive::Merge);
    };
    let text: SmolStr = element
        .get(KEY)
        .map(Node::text)
        .cloned()
        .unwrap_or_default();
    let directive = read(&text)?;
    if let Data::List(items) = &mut patch.data {
        set_element(items, None, &[KEY.into()], &[text])?;
    }
    Ok(directive)
}

fn read(text: &str) -> Result<Directive, String> {
    match text {
        "merge" => Ok(Directive::Merge),
        "replace" => Ok(Directive::Replace),
        "delete" => Ok(Directive::Delete),
        _ => Err("`$patch` is merge, replace or delete".to_owned()),
    }
}
