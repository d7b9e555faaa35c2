//! Heads of manifests that say so little that their lines tell it.

use crate::render::manifests::HOOK;

/// What a line says behind its key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said<'t> {
    /// A word that is nothing but text.
    Word(&'t str),
    /// Some other scalar.
    Scalar,
    /// Anything else, also what stands on further lines.
    Other,
}

/// The map whose entries are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Manifest,
    Metadata,
    Annotations,
}

/// The kind that an excerpt of a manifest names; nothing where more than its lines must be looked at: where it is a hook, or
/// anything stands where Helm wants text that is not plainly a scalar.
pub(super) fn kind(excerpt: &str) -> Option<&str> {
    let mut kind = None;
    let mut within = Within::Manifest;
    let (mut entries, mut annotations) = (None, None);
    for line in excerpt.lines() {
        let text = line.trim_start_matches(' ');
        let indent = line.len() - text.len();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        if indent == 0 {
            within = manifest(text, &mut kind)?;
            if within == Within::Metadata && entries.is_some() {
                return None;
            }
        } else if within == Within::Manifest {
            return None;
        } else if indent == *entries.get_or_insert(indent) {
            within = metadata(text)?;
            if within == Within::Annotations && annotations.is_some() {
                return None;
            }
        } else if within == Within::Annotations && indent == *annotations.get_or_insert(indent) {
            annotation(text)?;
        }
    }
    kind
}

/// Takes an entry of the manifest.
fn manifest<'t>(entry: &'t str, kind: &mut Option<&'t str>) -> Option<Within> {
    match entry.split_once(':')? {
        ("kind", value) if kind.is_none() => match said(value) {
            Said::Word(word) => *kind = Some(word),
            Said::Scalar | Said::Other => return None,
        },
        ("apiVersion", value) if said(value) != Said::Other => {}
        ("metadata", value) if is_nothing(value) => return Some(Within::Metadata),
        _ => return None,
    }
    Some(Within::Manifest)
}

/// Takes an entry of the metadata.
fn metadata(entry: &str) -> Option<Within> {
    match entry.split_once(':')? {
        ("name", value) if said(value) != Said::Other => {}
        ("annotations", value) if is_nothing(value) => return Some(Within::Annotations),
        ("name" | "annotations", _) => return None,
        (key, _) if key.starts_with(['"', '\'', '-']) => return None,
        // Helm doesn't look at it, nor at what stands in it further to the right.
        _ => {}
    }
    Some(Within::Metadata)
}

/// Takes an annotation that makes no hook.
fn annotation(entry: &str) -> Option<()> {
    let (key, value) = entry.split_once(':')?;
    let is_text =
        said(value) != Said::Other || value.trim_start_matches(' ').starts_with(['|', '>']);
    (is_text && !key.starts_with('-') && !key.contains(HOOK)).then_some(())
}

fn is_nothing(value: &str) -> bool {
    value.bytes().all(|byte| byte == b' ')
}

fn said(value: &str) -> Said<'_> {
    let value = value.trim_matches(' ');
    let is_word = value.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match value.as_bytes().first() {
        Some(first) if first.is_ascii_alphanumeric() => match is_word && yaml::is_text(value) {
            true => Said::Word(value),
            false => Said::Scalar,
        },
        Some(b'"' | b'\'') => Said::Scalar,
        _ => Said::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Head;
    use super::kind;
    use crate::value::Text;

    #[test]
    fn lines_tell_the_kind_of_plain_heads() {
        for (text, expected) in [
            ("apiVersion: v1\nkind: A\nmetadata:\n  name: a\n", Some("A")),
            (
                "kind: A\nmetadata:\n  # c\n  labels:\n    annotations: b\n  name: \"a\"\n",
                Some("A"),
            ),
            ("kind: A\n", Some("A")),
            ("kind: A\nkind: B\n", None),
            ("kind: A\n  B\n", None),
            ("kind: yes\n", None),
            ("kind: A # b\n", None),
            ("kind: A\napiVersion:\n", None),
            ("kind: A\nmetadata: {}\n", None),
            ("kind: A\nmetadata:\n  a: b\nmetadata:\n c: d\n", None),
            ("kind: A\nmetadata:\n  name:\n    a: b\n", None),
            (
                "kind: A\nmetadata:\n  annotations:\n    a: >-\n      b\n      c: d\n    'e': 1\n  name: 1\n",
                Some("A"),
            ),
            ("kind: A\nmetadata:\n  annotations:\n    a:\n", None),
            ("kind: A\nmetadata:\n  annotations:\n    a: []\n", None),
            ("kind: A\nmetadata:\n  annotations:\n    - a: b\n", None),
            (
                "kind: A\nmetadata:\n  annotations:\n    \"helm.sh/hook\": test\n",
                None,
            ),
            ("kind: A\nmetadata:\n- a\n", None),
            ("kind: A\nmetadata:\n  - a: b\n", None),
            ("apiVersion: v1\n", None),
            ("", None),
        ] {
            assert_eq!(kind(text), expected, "{text:?}");
            let head = Head::read(&Text::from(text));
            if let Some(kind) = expected {
                assert_eq!(head.map(|head| head.kind).as_deref(), Ok(kind), "{text:?}");
            }
        }
    }
}
