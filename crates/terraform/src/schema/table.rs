//! The table of resource types: the lines of a text, taken apart when they are first asked for.

use std::sync::{LazyLock, OnceLock};

use foldhash::{HashMap, HashMapExt};

use super::{Body, text};
use crate::module::Mode;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::of(include_str!("types.txt")));

struct Table {
    types: HashMap<&'static str, Line>,
    /// The bodies of blocks, by number.
    shapes: Vec<Line>,
}

struct Line {
    text: &'static str,
    body: OnceLock<Body>,
}

/// What the provider knows of a type of resource or data source; none of a type that is not in the table.
#[must_use]
pub fn of(mode: Mode, ty: &str) -> Option<&'static Body> {
    let line = match mode {
        Mode::Managed => TABLE.types.get(ty),
        Mode::Data => data(ty),
        Mode::Ephemeral => None,
    };
    line.map(Line::body)
}

/// Providers whose data sources have the arguments of the resources of the same name.
const TWINS: [&str; 3] = ["cloudinit", "local", "template"];

fn data(ty: &str) -> Option<&'static Line> {
    let twin = || {
        let provider = ty.split('_').next().unwrap_or_default();
        TABLE.types.get(ty).filter(|_| TWINS.contains(&provider))
    };
    TABLE.types.get(format!("data.{ty}").as_str()).or_else(twin)
}

/// The body of a kind of block.
pub(super) fn shape(number: usize) -> &'static Body {
    static EMPTY: Body = Body {
        attributes: Vec::new(),
        blocks: Vec::new(),
    };
    TABLE.shapes.get(number).map_or(&EMPTY, Line::body)
}

/// The names of all types, and how many shapes there are.
#[cfg(test)]
pub(super) fn all() -> (Vec<&'static str>, usize) {
    (TABLE.types.keys().copied().collect(), TABLE.shapes.len())
}

impl Table {
    fn of(text: &'static str) -> Self {
        let mut table = Self {
            types: HashMap::new(),
            shapes: Vec::new(),
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (name, items) = line.split_once(' ').unwrap_or((line, ""));
            let line = Line {
                text: items,
                body: OnceLock::new(),
            };
            // The numbers of shapes are those of their lines.
            if name.starts_with(|first: char| first.is_ascii_digit()) {
                table.shapes.push(line);
            } else {
                table.types.insert(name, line);
            }
        }
        table
    }
}

impl Line {
    fn body(&self) -> &Body {
        self.body.get_or_init(|| text::body(self.text))
    }
}
