//! What providers set where a configuration does not, as far as it depends on their version.

use std::sync::{Arc, LazyLock};

use foldhash::{HashMap, HashMapExt};
use graph::{Data, Default, Key, NodeId, Passage, Tree};
use smol_str::SmolStr;

use super::version::Version;
use super::{Newest, Versions};

/// Type, path of the argument, the first version of the provider with the default, the default, and the page that says so.
const TABLE: &str = include_str!("defaults.tsv");

/// A default of an argument.
struct Row {
    /// The blocks that the argument stands in.
    blocks: Vec<&'static str>,
    argument: &'static str,
    since: Version,
    value: Data,
    passage: Arc<Passage>,
}

/// The defaults by resource type, in the order of the table.
static DEFAULTS: LazyLock<HashMap<&'static str, Vec<Row>>> = LazyLock::new(|| {
    let mut defaults: HashMap<&'static str, Vec<Row>> = HashMap::new();
    for (ty, row) in TABLE.lines().filter_map(row) {
        defaults.entry(ty).or_default().push(row);
    }
    defaults
});

fn row(line: &'static str) -> Option<(&'static str, Row)> {
    let fields: Vec<&'static str> = line.split('\t').collect();
    let &[ty, path, since, value, _] = fields.as_slice() else {
        return None;
    };
    let mut blocks: Vec<&'static str> = path.split('.').collect();
    let provider = ty.split('_').next()?;
    let row = Row {
        argument: blocks.pop()?,
        blocks,
        since: Version::parse(since)?.0,
        value: data(value),
        passage: Arc::new(Passage {
            default: Some(Default {
                by: format!("{provider} since {since}").into(),
            }),
            ..Passage::default()
        }),
    };
    Some((ty, row))
}

fn data(text: &str) -> Data {
    match text {
        "null" => Data::Null,
        "true" => Data::Bool(true),
        "false" => Data::Bool(false),
        text => Data::String(text.into()),
    }
}

/// Adds to a resource what the provider sets. A value that is unknown stays unknown, and a block that is not there stays so.
pub(crate) fn fill(tree: &mut Tree, ty: &str, versions: &Versions) {
    let Some(rows) = DEFAULTS.get(ty) else {
        return;
    };
    let newest = versions.newest(ty);
    for (index, row) in rows.iter().enumerate() {
        if newest.reaches(row.since) && !is_replaced(&rows[index + 1..], row, newest) {
            let bodies = row.blocks.iter().fold(vec![NodeId::ROOT], |bodies, block| {
                inside(tree, &bodies, block)
            });
            bodies.into_iter().for_each(|body| set(tree, body, row));
        }
    }
}

/// Whether a later version that may be used has another default.
fn is_replaced(later: &[Row], row: &Row, newest: Newest) -> bool {
    later.iter().any(|other| {
        (other.argument, &other.blocks) == (row.argument, &row.blocks)
            && newest.reaches(other.since)
    })
}

/// The blocks of a name in the bodies.
fn inside(tree: &Tree, bodies: &[NodeId], block: &str) -> Vec<NodeId> {
    let lists = bodies.iter().filter_map(|body| tree.get(*body, block));
    lists.flat_map(|list| tree.children(list)).collect()
}

fn set(tree: &mut Tree, body: NodeId, row: &Row) {
    if tree.node(body).data != Data::Map || row.value == Data::Null {
        return;
    }
    let node = match tree.get(body, row.argument) {
        Some(node) if tree.node(node).data == Data::Null => {
            tree.set(node, row.value.clone());
            node
        }
        None if tree.open(body).is_none() => {
            let span = tree.node(body).span;
            let text = SmolStr::new_static(row.argument);
            tree.push(body, Some(Key { text, span }), row.value.clone(), span)
        }
        _ => return,
    };
    tree.set_passage(node, Arc::clone(&row.passage));
}

#[cfg(test)]
mod tests {
    use super::{DEFAULTS, TABLE};
    use crate::module::Mode;
    use crate::schema;

    #[test]
    fn each_row_is_read_and_is_of_a_known_type() {
        let rows: usize = DEFAULTS.values().map(Vec::len).sum();
        assert_eq!(rows, TABLE.lines().count() - 1);
        let types = DEFAULTS.keys();
        let mut unknown = types.filter(|ty| schema::of(Mode::Managed, ty).is_none());
        assert_eq!(unknown.next(), None);
    }
}
