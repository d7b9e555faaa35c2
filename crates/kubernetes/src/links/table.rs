//! The table of where objects refer to others by name.

use std::collections::HashMap;
use std::sync::LazyLock;

use graph::{LinkKind, NodeId, SmolStr, Tree};

use crate::kinds;
use crate::places::Places;

/// One place where a kind refers to others.
pub(super) struct Row {
    pub(super) places: Places,
    pub(super) meaning: LinkKind,
    target: Target,
    /// Whether the namespace may stand beside the name.
    pub(super) has_namespace: bool,
    /// Whether the text may be `namespace/name`.
    pub(super) has_slash: bool,
    /// Whether only what is in the input counts.
    pub(super) only_found: bool,
}

/// Which kind a reference leads to.
enum Target {
    Kind(SmolStr),
    /// The one that stands beside the name, else the default.
    Beside(Option<SmolStr>),
}

/// The kinds that a subject of a binding may have without being an object.
const NO_OBJECTS: [&str; 2] = ["User", "Group"];

static ROWS: LazyLock<HashMap<&'static str, Vec<Row>>> = LazyLock::new(|| {
    let mut rows: HashMap<&'static str, Vec<Row>> = HashMap::new();
    for line in kinds::rows(include_str!("references.txt")) {
        let (owner, row) = parse(line).expect("a test reads every row of the table");
        rows.entry(owner).or_default().push(row);
    }
    rows
});

/// The rows of an owner: a kind, `any`, `pod` or `container`.
pub(super) fn rows(owner: &str) -> &'static [Row] {
    ROWS.get(owner).map_or(&[], Vec::as_slice)
}

impl Row {
    /// The kind that all references of the row lead to, where it is one.
    pub(super) fn target_kind(&self) -> Option<&SmolStr> {
        match &self.target {
            Target::Kind(kind) => Some(kind),
            Target::Beside(_) => None,
        }
    }

    /// The name of the kind that the reference at a node leads to; `None` where none is given or it is no kind of objects.
    pub(super) fn kind(&self, tree: &Tree, node: NodeId) -> Option<SmolStr> {
        match &self.target {
            Target::Kind(kind) => Some(kind.clone()),
            Target::Beside(default) => beside(tree, tree.parent(node)?, default.as_deref()),
        }
    }
}

/// The kind that a map with `kind` and `apiVersion`, `apiGroup` or `group` names.
fn beside(tree: &Tree, map: NodeId, default: Option<&str>) -> Option<SmolStr> {
    let text = |key| tree.text(map, key).map(SmolStr::as_str);
    let Some(kind) = text("kind").filter(|kind| !kind.is_empty()) else {
        return default.map(SmolStr::from);
    };
    let default_group = default
        .and_then(|default| default.split_once('.'))
        .map_or("", |(_, group)| group);
    let group = text("apiVersion")
        .map(kinds::group)
        .or(text("apiGroup"))
        .or(text("group"))
        .unwrap_or(default_group);
    let name = kinds::name(group, kind);
    (!NO_OBJECTS.contains(&name.as_str())).then_some(name)
}

fn parse(line: &'static str) -> Option<(&'static str, Row)> {
    let mut words = line.split_whitespace();
    let (owner, path, meaning, target) =
        (words.next()?, words.next()?, words.next()?, words.next()?);
    let mut row = Row {
        places: Places::parse(path)?,
        meaning: meaning_of(meaning)?,
        target: match target.strip_prefix("kind") {
            None => Target::Kind(target.into()),
            Some(default) => Target::Beside(default.strip_prefix(':').map(SmolStr::from)),
        },
        has_namespace: false,
        has_slash: false,
        only_found: false,
    };
    for flag in words {
        match flag {
            "namespace" => row.has_namespace = true,
            "slash" => row.has_slash = true,
            "found" => row.only_found = true,
            _ => return None,
        }
    }
    Some((owner, row))
}

fn meaning_of(word: &str) -> Option<LinkKind> {
    let all = [
        LinkKind::OwnedBy,
        LinkKind::RunsAs,
        LinkKind::Reads,
        LinkKind::Mounts,
        LinkKind::PullsWith,
        LinkKind::RoutesTo,
        LinkKind::Scales,
        LinkKind::Grants,
        LinkKind::Binds,
        LinkKind::LivesIn,
        LinkKind::Uses,
    ];
    all.into_iter().find(|kind| kind.text() == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::is_known_subject;

    #[test]
    fn every_row_of_the_table_is_read_and_names_kinds() {
        let is_kind = |kind: &str| is_known_subject(&format!("kubernetes/{kind}"));
        for line in kinds::rows(include_str!("references.txt")) {
            let (owner, row) = parse(line).unwrap_or_else(|| panic!("{line}"));
            assert!(
                matches!(owner, "any" | "pod" | "container") || is_kind(owner),
                "{line}"
            );
            let (Target::Kind(target) | Target::Beside(Some(target))) = &row.target else {
                continue;
            };
            assert!(is_kind(target), "{line}");
        }
    }
}
