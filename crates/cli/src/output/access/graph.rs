//! Who can become whom, as a graph.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use analysis::access::{Access, FoundPaths, Path};
use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;

use super::json::{AnswersJson, answers};
use crate::args::GraphFormat;
use crate::error::Error;
use crate::output::harmless;
use crate::output::text::flat;

/// So many edges Mermaid draws unless its configuration says otherwise, which GitHub does not let one do.
const MOST_EDGES: usize = 500;

/// So many characters Mermaid reads.
const MOST_TEXT: usize = 50_000;

/// The parties of paths and the steps between them.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Report of scantling graph")]
struct Drawn<'a> {
    /// The parties, by name.
    nodes: Vec<Node<'a>>,
    /// The steps, by their ends.
    edges: Vec<Edge<'a>>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
struct Node<'a> {
    /// Its name.
    name: &'a str,
    /// Whether paths start there.
    is_start: bool,
    /// Whether paths end there.
    is_sink: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
struct Edge<'a> {
    /// Who makes the step.
    from: &'a str,
    /// Whom they become.
    to: &'a str,
    /// A word for how.
    way: &'static str,
    /// The technique of MITRE ATT&CK.
    technique: &'static str,
    /// Whether it is certain.
    is_certain: bool,
}

/// Writes the graph of paths, and tells how many edges were left out.
pub(crate) fn write(
    found: &Access<FoundPaths>,
    format: GraphFormat,
    out: &mut dyn Write,
) -> Result<usize, Error> {
    if format == GraphFormat::Json {
        harmless::write(&answers(found, |told| Drawn::of(&told.paths)), "json", out)?;
        return Ok(0);
    }
    let paths = found.worlds.iter().flat_map(|world| &world.answer.paths);
    let drawn = Drawn::of(paths);
    match format {
        GraphFormat::Dot => drawn.dot(out).map(|()| 0),
        GraphFormat::Mermaid | GraphFormat::Json => drawn.mermaid(out),
    }
    .map_err(Error::Output)
}

/// The schema of what `write` writes as JSON.
pub(crate) fn schema() -> Schema {
    schema_for!(AnswersJson<'static, Drawn<'static>>)
}

impl<'a> Drawn<'a> {
    fn of(paths: impl IntoIterator<Item = &'a Path>) -> Self {
        let mut nodes: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
        let mut edges = BTreeSet::new();
        for path in paths {
            nodes.entry(&path.from).or_default().0 = true;
            nodes.entry(&path.to).or_default().1 = true;
            for hop in &path.hops {
                for from in &hop.from {
                    nodes.entry(from).or_default();
                    nodes.entry(&hop.to).or_default();
                    edges.insert(Edge {
                        from,
                        to: &hop.to,
                        way: hop.way,
                        technique: hop.technique,
                        is_certain: hop.unknown.is_empty(),
                    });
                }
            }
        }
        let nodes = nodes.into_iter();
        Self {
            nodes: nodes
                .map(|(name, (is_start, is_sink))| Node {
                    name,
                    is_start,
                    is_sink,
                })
                .collect(),
            edges: edges.into_iter().collect(),
        }
    }

    fn dot(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "digraph paths {{\n  rankdir=LR;\n  node [shape=box];")?;
        for node in &self.nodes {
            let style = match (node.is_sink, node.is_start) {
                (true, _) => " [style=bold, shape=octagon]",
                (false, true) => " [style=rounded]",
                (false, false) => "",
            };
            writeln!(out, "  {}{style};", quoted(node.name))?;
        }
        for edge in &self.edges {
            let style = if edge.is_certain {
                ""
            } else {
                ", style=dashed"
            };
            let (from, to) = (quoted(edge.from), quoted(edge.to));
            let label = quoted(&format!("{} {}", edge.way, edge.technique));
            writeln!(out, "  {from} -> {to} [label={label}{style}];")?;
        }
        writeln!(out, "}}")
    }

    /// Writes what Mermaid draws at most, and tells how many edges are left out.
    fn mermaid(&self, out: &mut dyn Write) -> io::Result<usize> {
        let numbers: BTreeMap<&str, usize> = self
            .nodes
            .iter()
            .enumerate()
            .map(|(number, node)| (node.name, number))
            .collect();
        let mut text = String::from("flowchart LR\n");
        let mut named = BTreeSet::new();
        let mut drawn = 0;
        for edge in &self.edges {
            let mut lines = String::new();
            let mut new = Vec::new();
            for name in [edge.from, edge.to] {
                if let Some(number) = numbers.get(name)
                    && !named.contains(number)
                    && !new.contains(number)
                {
                    lines += &self.mermaid_node(*number);
                    new.push(*number);
                }
            }
            let (Some(from), Some(to)) = (numbers.get(edge.from), numbers.get(edge.to)) else {
                continue;
            };
            let arrow = if edge.is_certain { "-->" } else { "-.->" };
            lines += &format!("  n{from} {arrow}|\"{}\"| n{to}\n", edge.way);
            if drawn == MOST_EDGES || text.len() + lines.len() > MOST_TEXT {
                break;
            }
            text += &lines;
            named.extend(new);
            drawn += 1;
        }
        out.write_all(text.as_bytes())?;
        Ok(self.edges.len() - drawn)
    }

    fn mermaid_node(&self, number: usize) -> String {
        let node = &self.nodes[number];
        let name = flat(node.name).replace('"', "#quot;");
        match (node.is_sink, node.is_start) {
            (true, _) => format!("  n{number}{{{{\"{name}\"}}}}\n"),
            (false, true) => format!("  n{number}([\"{name}\"])\n"),
            (false, false) => format!("  n{number}[\"{name}\"]\n"),
        }
    }
}

/// A text in the language of Graphviz.
fn quoted(text: &str) -> String {
    let text = flat(text).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{text}\"")
}
