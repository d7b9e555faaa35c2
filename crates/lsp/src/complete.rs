//! Ids of checks, where texts name checks.

use std::path::Path;

use check::Check;

use crate::actions::Known;
use crate::places::{offset, position as position_of};
use crate::types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, Position, Range,
    TextEdit,
};

/// What stands before the ids of checks in comments and annotations.
const DIRECTIVES: [&str; 2] = ["scantling:ignore ", "scantling.dev/ignore: "];

/// The keys of the configuration below which checks are named.
const KEYS: [&str; 5] = ["checks", "disable", "enable", "severity", "settings"];

/// The ids that can stand at a place.
pub(crate) fn completions(
    known: &Known<'_>,
    path: &Path,
    position: Position,
) -> Option<Vec<CompletionItem>> {
    let text = known.snapshot.open.get(path)?;
    let encoding = known.snapshot.client.encoding;
    let before = &text[..offset(text, position, encoding)];
    let is_named = names_checks(before) || is_configuration(known, path) && is_below_key(before);
    if !is_named {
        return None;
    }
    let word = word(before);
    let start = position_of(text, before.len() - word.len(), encoding);
    let range = Range::new(start, position);
    let checks = known.workspace.checks();
    Some(checks.iter().map(|check| item(check, range)).collect())
}

fn is_configuration(known: &Known<'_>, path: &Path) -> bool {
    let present = known.workspace.configuration();
    let file = present.unwrap_or_else(|| known.workspace.new_configuration());
    known.folder.join(file) == path
}

fn item(check: &Check, range: Range) -> CompletionItem {
    CompletionItem {
        label: check.id.to_string(),
        kind: Some(CompletionItemKind::ENUM_MEMBER),
        detail: Some(check.title.to_string()),
        documentation: Some(Documentation::String(check.why.trim().to_owned())),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit {
            range,
            new_text: check.id.to_string(),
        })),
        ..CompletionItem::default()
    }
}

/// The id that is typed at the end of a text.
fn word(text: &str) -> &str {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '-';
    let rest = text.trim_end_matches(is_part);
    &text[rest.len()..]
}

/// Whether the names of a directive are typed at the end of a text.
fn names_checks(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let rest = DIRECTIVES.iter().find_map(|start| line.rsplit_once(start));
    let names = rest.and_then(|(_, rest)| rest.rsplit(';').next());
    names.is_some_and(|names| !names.trim_start().contains(char::is_whitespace))
}

/// Whether what is typed at the end of a configuration stands below a key that names checks, or on its line.
fn is_below_key(before: &str) -> bool {
    let mut lines = before.rsplit('\n');
    let line = lines.next().unwrap_or_default();
    let typed = line.trim_start().trim_start_matches("- ");
    if let Some((key, _)) = typed.split_once(':') {
        return KEYS.contains(&key.trim());
    }
    let is_item = line.trim_start().starts_with('-');
    let depth = indent(line);
    let is_around = |other: &&str| {
        let is_text = !other.trim().is_empty() && !other.trim_start().starts_with('#');
        let is_less = indent(other) < depth || is_item && indent(other) == depth;
        is_text
            && is_less
            && !(is_item && other.trim_start().starts_with('-') && indent(other) == depth)
    };
    let around = lines
        .find(is_around)
        .map(|line| line.trim_start().trim_start_matches("- "));
    let key = around.and_then(|line| line.trim_end().strip_suffix(':'));
    key.is_some_and(|key| KEYS.contains(&key))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_name_checks_up_to_the_reason() {
        for (before, expected) in [
            ("a: b # scantling:ignore ", true),
            ("# scantling:ignore host-network,ho", true),
            ("# scantling:ignore host-network why", false),
            ("    scantling.dev/ignore: 'host-ne", true),
            ("    scantling.dev/ignore: host-network why; ho", true),
            ("    scantling.dev/ignore: host-network why", false),
            ("# scantling:ignore host-network\nhost", false),
            ("# scantling", false),
        ] {
            assert_eq!(names_checks(before), expected, "{before}");
        }
    }

    #[test]
    fn some_keys_of_the_configuration_name_checks() {
        for (before, expected) in [
            ("disable: [a, ho", true),
            ("disable:\n- ", true),
            ("disable:\n- a\n- ho", true),
            ("severity:\n  ho", true),
            ("severity: {ho", true),
            ("suppress:\n- checks: [", true),
            ("suppress:\n- checks:\n  - ho", true),
            ("suppress:\n- reason: ho", false),
            ("exclude:\n- ho", false),
            ("ho", false),
        ] {
            assert_eq!(is_below_key(before), expected, "{before}");
        }
    }

    #[test]
    fn what_is_typed_is_replaced() {
        assert_eq!(word("[a, host-ne"), "host-ne");
        assert_eq!(word("é, "), "");
    }
}
