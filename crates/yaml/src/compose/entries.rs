//! The entries of the maps under construction: the last of equal keys wins.

use std::collections::HashMap;

use graph::{Data, Key, NodeId, Tree};
use smol_str::SmolStr;
use source::Span;

use super::Composer;

/// The code of problems that say that a key stands twice in a map.
pub const DUPLICATE_KEY: &str = "duplicate-key";

/// A map with more entries than this finds them through a table.
const SEARCHED: usize = 48;

/// One entry of a map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) hash: u32,
    pub(super) node: NodeId,
    /// Whether `<<` brought it.
    pub(super) merged: bool,
}

/// The places of the entries of one map in the list of all entries.
pub(super) type Table = Box<HashMap<SmolStr, usize>>;

impl Composer<'_> {
    /// Adds a written entry to the innermost map.
    pub(super) fn insert(&mut self, key: Key, data: Data, span: Span) -> Option<NodeId> {
        let hash = hash(&key.text);
        let place = self.place(&key.text, hash);
        if let Some(place) = place {
            self.warn_of_duplicate(&key, self.entries[place]);
        }
        let (text, map) = (key.text.clone(), self.frames.last()?.node);
        let node = self.tree.as_mut()?.push(map, Some(key), data, span);
        self.register(
            place,
            &text,
            Entry {
                hash,
                node,
                merged: false,
            },
        );
        Some(node)
    }

    /// Where the entry of the innermost map with this key stands, if it has one.
    pub(super) fn place(&mut self, text: &SmolStr, hash: u32) -> Option<usize> {
        let (frame, tree) = (self.frames.last_mut()?, self.tree.as_ref()?);
        let entries = &self.entries[frame.first_entry..];
        if entries.len() <= SEARCHED {
            let found = entries
                .iter()
                .position(|entry| entry.hash == hash && is_key(tree, entry.node, text));
            return found.map(|found| frame.first_entry + found);
        }
        let table = frame.table.get_or_insert_with(|| {
            let places = frame.first_entry..;
            let texts = entries
                .iter()
                .filter_map(|entry| tree.node(entry.node).key.as_ref());
            Box::new(texts.map(|key| key.text.clone()).zip(places).collect())
        });
        table.get(text).copied()
    }

    /// Notes an entry of the innermost map, in place of the one at `place`.
    pub(super) fn register(&mut self, place: Option<usize>, text: &SmolStr, entry: Entry) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        if let Some(place) = place {
            frame
                .replaced
                .push(std::mem::replace(&mut self.entries[place], entry).node);
            return;
        }
        if let Some(table) = &mut frame.table {
            table.insert(text.clone(), self.entries.len());
        }
        self.entries.push(entry);
    }

    /// What `<<` brought before may be set again; that is what it is for.
    fn warn_of_duplicate(&mut self, key: &Key, earlier: Entry) {
        if earlier.merged || self.problems.leaves_out() {
            return;
        }
        let Some(tree) = &self.tree else { return };
        let Some(earlier) = &tree.node(earlier.node).key else {
            return;
        };
        let line = self.file.position(earlier.span.start).line + 1;
        let message = format!(
            "`{}` was already set on line {line}; only the last one counts",
            key.text
        );
        self.problems.warning(DUPLICATE_KEY, message, key.span);
    }
}

fn is_key(tree: &Tree, node: NodeId, text: &SmolStr) -> bool {
    tree.node(node)
        .key
        .as_ref()
        .is_some_and(|key| key.text == *text)
}

/// A hash that only has to tell most keys of one small map apart.
pub(super) fn hash(text: &str) -> u32 {
    let mut hash = text.len() as u32;
    for chunk in text.as_bytes().chunks(4) {
        let word = chunk
            .iter()
            .fold(0, |word, byte| word << 8 | u32::from(*byte));
        hash = (hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b1);
    }
    hash
}
