//! Where a value of a chart stands in a template or a file of values, as YAML that can be edited.

use std::ops::Range;

use check::FoundPlace;
use graph::{Data, NodeId, Tree};
use helm::template::mask;
use source::{SourceFile, Span, TextEdit};

use crate::gitops::masked;

/// A place in a file of a chart.
pub(super) struct Origin {
    /// The file, without the actions of a template.
    pub(super) file: SourceFile,
    /// The document of it that has the place.
    pub(super) tree: Tree,
    pub(super) place: FoundPlace,
    /// What is no text of the file where the place is: actions, and text under other conditions.
    taken: Vec<Range<usize>>,
}

/// How a place is written.
pub(super) enum Written {
    /// As text, or not at all.
    Text,
    /// By an action that reads this key of the values.
    Key(String),
    /// In another way.
    Other,
}

impl Origin {
    /// The origin of a place in what is rendered.
    pub(super) fn of(file: &SourceFile, rendered: &Tree, place: &FoundPlace) -> Option<Self> {
        let start = rendered.node(place.node).span.start;
        let masked = mask(&file.text, start as usize);
        let bare = SourceFile::new(file.id, &file.path, masked.text);
        Self::in_text(bare, masked.taken, rendered, place)
    }

    /// The origin of a place in what was built of files of YAML.
    pub(super) fn plain(file: &SourceFile, built: &Tree, place: &FoundPlace) -> Option<Self> {
        let text = SourceFile::new(file.id, &file.path, file.text.clone());
        Self::in_text(text, Vec::new(), built, place)
    }

    /// The origin of a place in the text of an object, such as the values of an application.
    pub(super) fn embedded(file: &SourceFile, built: &Tree, place: &FoundPlace) -> Option<Self> {
        let span = built.node(place.node).span;
        let yaml = yaml::read(file, &yaml::Options::default());
        let holder = yaml.documents.iter().find_map(|document| {
            let tree = &document.tree;
            let mut nodes = nodes(tree).into_iter();
            let node = nodes.find(|node| {
                let own = tree.node(*node).span;
                tree.as_text(*node).is_some() && own != span && own.contains(span)
            })?;
            masked(tree.as_text(node)?, file, tree.node(node).span)
        });
        Self::in_text(holder?, Vec::new(), built, place)
    }

    fn in_text(
        bare: SourceFile,
        taken: Vec<Range<usize>>,
        rendered: &Tree,
        place: &FoundPlace,
    ) -> Option<Self> {
        let yaml = yaml::read(&bare, &yaml::Options::default());
        let documents = yaml.documents.into_iter().map(|document| document.tree);
        let found = documents.filter_map(|tree| Some((same(&tree, rendered, place.node)?, tree)));
        let (node, tree) = found.last()?;
        Some(Self {
            file: bare,
            tree,
            place: FoundPlace {
                node,
                ..place.clone()
            },
            taken,
        })
    }

    /// How a key that is missing at the place is written where other values bring it; text that may be added where none do.
    pub(super) fn written(&self, file: &SourceFile) -> Written {
        let key = self.place.missing.first();
        let line = key.and_then(|key| self.conditional_line(file, key));
        match line {
            None => Written::Text,
            Some(line) => key_of(&file.text, line).map_or(Written::Other, Written::Key),
        }
    }

    /// The line under another condition that has the key in the column of the keys at the place.
    fn conditional_line(&self, file: &SourceFile, key: &str) -> Option<Range<usize>> {
        let node = self.place.node;
        let first = self.tree.node(self.tree.first(node)?).key.as_ref()?;
        let column = file.position(first.span.start).byte_column as usize;
        let mut end = self.tree.node(node).span.start as usize;
        let mut lines = file.text.get(end..)?.split_inclusive('\n').map(|line| {
            end += line.len();
            end - line.len()..end
        });
        lines.find(|line| {
            let text = &file.text[line.clone()];
            let begin = text.len() - text.trim_start_matches(' ').len();
            let own = text[begin..].strip_prefix(key);
            let is_key = own.is_some_and(|rest| rest.starts_with(':'));
            let is_taken = |at| self.taken.iter().any(|taken| taken.contains(&at));
            is_key && begin == column && is_taken(line.start + begin)
        })
    }

    /// Whether edits leave everything as it is that is no text where the place is.
    pub(super) fn spares_others(&self, edits: &[TextEdit]) -> bool {
        let touches = |edit: &TextEdit| {
            let range = edit.span.range();
            let mut taken = self.taken.iter();
            taken.any(|taken| taken.start < range.end && range.start < taken.end)
        };
        !edits.iter().any(touches)
    }
}

/// The key of the values that the actions on a line, or on the next one, print there.
fn key_of(text: &str, line: Range<usize>) -> Option<String> {
    let next = text.get(line.end..)?.lines().next();
    let printed = [text.get(line.clone()), next].into_iter().flatten();
    let direct = printed.into_iter().find_map(read_key);
    direct.or_else(|| with_key(text.get(..line.start)?))
}

/// The key of the values that an action in a line reads.
fn read_key(line: &str) -> Option<String> {
    const VALUES: &str = ".Values.";
    let (before, behind) = line.split_once(VALUES)?;
    before.contains("{{").then_some(())?;
    let end = behind.find(|sign: char| !sign.is_alphanumeric() && !"._".contains(sign));
    Some(behind[..end.unwrap_or(behind.len())].to_owned())
}

/// The key of the values that the last `with` before a place makes the dot of.
fn with_key(before: &str) -> Option<String> {
    let (_, action) = before.rsplit_once("with ")?;
    let action = action.lines().next()?;
    read_key(&format!("{{{{{action}"))
}

/// The node of a file that a rendered node came from: that with its span, else that with its key, else a list or map that begins
/// where it does.
fn same(tree: &Tree, rendered: &Tree, node: NodeId) -> Option<NodeId> {
    let wanted = rendered.node(node);
    let is_sum = |data: &Data| matches!(data, Data::List | Data::Map);
    let key = wanted.key.as_ref().map(|key| key.span);
    let has_span = |node: &NodeId| {
        let found = tree.node(*node);
        found.span == wanted.span && is_sum(&found.data) == is_sum(&wanted.data)
    };
    let has_key = |node: &NodeId| {
        let own = tree.node(*node).key.as_ref().map(|key| key.span);
        own.is_some() && own == key
    };
    let begins = |node: &NodeId| {
        let found = tree.node(*node);
        let starts = |span: Span| (span.file, span.start);
        starts(found.span) == starts(wanted.span)
            && found.data == wanted.data
            && is_sum(&wanted.data)
    };
    let nodes = nodes(tree);
    let last = |is: &dyn Fn(&NodeId) -> bool| nodes.iter().copied().rfind(is);
    last(&has_span)
        .or_else(|| last(&has_key))
        .or_else(|| last(&begins))
}

/// All nodes, those above before those below.
fn nodes(tree: &Tree) -> Vec<NodeId> {
    let mut nodes: Vec<NodeId> = Vec::new();
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        nodes.push(node);
        open.extend(tree.children(node));
    }
    nodes
}
