//! Paths of the data tables, which may lead to several places of a tree.

use graph::{Data, NodeId, SmolStr, Tree};

/// A path such as `spec.containers[].name`: keys, `[]` for every element of a list, `*` for every value of a map. A key with
/// dots stands in quotes. `.` is the node itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Places(Vec<Hop>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Hop {
    Key(SmolStr),
    Elements,
    Values,
}

impl Places {
    /// Reads a path; `None` where it is malformed.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut hops = Vec::new();
        let mut rest = if text == "." { "" } else { text };
        while !rest.is_empty() {
            let (hop, length) = hop(rest)?;
            hops.push(hop);
            rest = &rest[length..];
            while let Some(after) = rest.strip_prefix("[]") {
                hops.push(Hop::Elements);
                rest = after;
            }
            if !rest.is_empty() {
                rest = rest.strip_prefix('.').filter(|rest| !rest.is_empty())?;
            }
        }
        (!text.is_empty()).then_some(Self(hops))
    }

    /// Calls `visit` for every node that the path leads to.
    pub(crate) fn each(&self, tree: &Tree, from: NodeId, visit: &mut impl FnMut(NodeId)) {
        walk(tree, from, &self.0, &mut |arrival| match arrival {
            Arrival::At(node) => visit(node),
            Arrival::Unknown(_) => {}
        });
    }

    /// Every node that the path leads to, and every unknown one that it would lead through.
    pub(crate) fn all_or_unknown(&self, tree: &Tree, from: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        walk(tree, from, &self.0, &mut |arrival| match arrival {
            Arrival::At(node) | Arrival::Unknown(node) => found.push(node),
        });
        found
    }
}

/// Where a path ends.
enum Arrival {
    At(NodeId),
    Unknown(NodeId),
}

fn walk(tree: &Tree, from: NodeId, hops: &[Hop], visit: &mut impl FnMut(Arrival)) {
    let Some((hop, rest)) = hops.split_first() else {
        return visit(Arrival::At(from));
    };
    let data = &tree.node(from).data;
    match hop {
        _ if matches!(data, Data::Unknown(_)) => visit(Arrival::Unknown(from)),
        Hop::Key(key) => {
            if let Some(child) = tree.get(from, key) {
                walk(tree, child, rest, visit);
            }
        }
        Hop::Elements if *data != Data::List => {}
        Hop::Values if *data != Data::Map => {}
        Hop::Elements | Hop::Values => tree
            .children(from)
            .for_each(|child| walk(tree, child, rest, visit)),
    }
}

/// The first hop of a text that is not empty, and its length.
fn hop(text: &str) -> Option<(Hop, usize)> {
    if let Some(quoted) = text.strip_prefix('"') {
        let length = quoted.find('"')?;
        return Some((Hop::Key(quoted[..length].into()), length + 2));
    }
    let length = text.find(['.', '[']).unwrap_or(text.len());
    let key = &text[..length];
    let is_key = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || "-_/".contains(c));
    match key {
        "*" => Some((Hop::Values, length)),
        _ => is_key.then(|| (Hop::Key(key.into()), length)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_keys_elements_and_wildcards() {
        let key = |text: &str| Hop::Key(text.into());
        let hops = |text| Places::parse(text).map(|places| places.0);
        assert_eq!(hops("."), Some(vec![]));
        assert_eq!(
            hops("a.b[].*.c"),
            Some(vec![
                key("a"),
                key("b"),
                Hop::Elements,
                Hop::Values,
                key("c")
            ])
        );
        assert_eq!(
            hops("a.\"x.y/z\".b"),
            Some(vec![key("a"), key("x.y/z"), key("b")])
        );
    }

    #[test]
    fn malformed_paths_are_refused() {
        for text in [
            "", "a.", ".a", "a..b", "a[", "[]", "a[0]", "\"a", "a b", "a[]b",
        ] {
            assert_eq!(Places::parse(text), None, "{text}");
        }
    }
}
