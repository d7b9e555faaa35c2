//! A chart as a resource that checks judge: what it says of itself, what it needs, and what becomes of its values.

mod dependencies;
mod printed;
mod script;
mod undefined;
mod values;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use graph::{Cause, Data, Facts, Key, Namespace, NodeId, Resource, Tree, Unknown};
use smol_str::{SmolStr, format_smolstr};
use source::{SourceFile, Sources, Span};

use crate::chart::Chart;
use crate::reads::{Reads, reads};

use printed::Printed;

/// What checks call a chart.
const SUBJECT: &str = "helm/chart";

/// The keys that the resource has beside those of `Chart.yaml`.
const OWN: [&str; 13] = [
    "changing_selectors",
    "dependencies",
    "fixed_namespaces",
    "impure",
    "lock",
    "overrides",
    "reprinted",
    "schema",
    "scripts",
    "undefined",
    "unquoted",
    "unread",
    "values",
];

/// A chart, and what it was rendered with.
pub struct Declaration<'a> {
    /// The chart.
    pub chart: &'a Arc<Chart>,
    /// The files of values beside its own.
    pub values: &'a [Arc<Tree>],
    /// Whether a release sets further values.
    pub is_open: bool,
    /// The nodes of values that something which was rendered came from.
    pub rendered: &'a HashSet<Span>,
    /// What was rendered.
    pub resources: &'a [&'a Resource],
    /// The texts that spans refer to.
    pub sources: &'a Sources,
}

/// Whether checks may name something so.
#[must_use]
pub fn is_known_subject(name: &str) -> bool {
    name == SUBJECT
}

/// Whether a resource of the graph is a chart.
#[must_use]
pub fn is_chart(resource: &Resource) -> bool {
    resource
        .subjects
        .first()
        .is_some_and(|subject| subject == SUBJECT)
}

impl Declaration<'_> {
    /// The resource of the chart; none where its `Chart.yaml` can't be read.
    #[must_use]
    pub fn resource(&self) -> Option<Resource> {
        let description = self.chart.description.as_ref()?;
        let root = description.node(NodeId::ROOT);
        if root.data != Data::Map {
            return None;
        }
        let name = SmolStr::new(self.chart.name());
        Some(Resource {
            address: format_smolstr!("Chart/{name}"),
            api_version: SmolStr::default(),
            kind: "Chart".into(),
            name,
            namespace: Namespace::Cluster,
            environment: None,
            subjects: vec![SUBJECT.into()],
            conditional: None,
            tree: self.tree(description),
            facts: Facts::default(),
            merge_key: |list| (list == "dependencies").then_some("name"),
        })
    }

    fn tree(&self, description: &Tree) -> Tree {
        let span = description.node(NodeId::ROOT).span;
        let mut tree = Tree::new(Data::Map, span);
        for child in description.children(NodeId::ROOT) {
            let key = description.node(child).key.clone();
            if key
                .as_ref()
                .is_some_and(|key| !OWN.contains(&key.text.as_str()))
            {
                tree.copy(NodeId::ROOT, key, description, child);
            }
        }
        dependencies::add(self.chart, &mut tree);
        for (key, written) in [("lock", &self.chart.lock), ("values", &self.chart.values)] {
            if let Some(written) = written {
                tree.copy(NodeId::ROOT, named(key, written), written, NodeId::ROOT);
            }
        }
        self.add_schema(&mut tree);
        let overrides = push(&mut tree, NodeId::ROOT, "overrides", Data::Map, span);
        for written in self.values {
            let file = self.sources.get(written.node(NodeId::ROOT).span.file);
            let key = named(&self.path(&file), written);
            tree.copy(overrides, key, written, NodeId::ROOT);
        }
        let mut own: Vec<Arc<Tree>> = self.chart.values.iter().cloned().collect();
        own.extend(self.values.iter().cloned());
        let reads = reads(self.chart, &own);
        self.add_impure(&reads, &mut tree);
        self.add_undefined(&reads, &own, &mut tree);
        self.add_unread(&reads, &own, &mut tree);
        self.add_printed(&mut tree);
        tree
    }

    fn add_schema(&self, tree: &mut Tree) {
        let schema = self.chart.schema.as_ref().and_then(|file| file.text());
        let Some(file) = schema else { return };
        let read = yaml::read(file, &yaml::Options::default());
        if let Some(document) = read.documents.first() {
            let written = &document.tree;
            tree.copy(
                NodeId::ROOT,
                named("schema", written),
                written,
                NodeId::ROOT,
            );
        }
    }

    /// The calls of functions that answer differently at each call, by template.
    fn add_impure(&self, reads: &Reads, tree: &mut Tree) {
        let calls = reads.impure.iter();
        let calls = calls.map(|(function, span)| (*span, (*function).into()));
        self.add_places("impure", calls, tree);
    }

    /// The values that templates print and nobody sets, by template.
    fn add_undefined(&self, reads: &Reads, values: &[Arc<Tree>], tree: &mut Tree) {
        if let Some(lost) = self.lost(reads) {
            return add_unknown("undefined", lost, tree);
        }
        if self.is_open {
            let why = "a release sets further values".to_owned();
            return add_unknown("undefined", why, tree);
        }
        let own: Vec<&Tree> = values.iter().map(AsRef::as_ref).collect();
        let schema = tree.get(NodeId::ROOT, "schema");
        let schema = schema.map(|schema| tree.subtree(schema));
        let found = undefined::undefined(self.chart, reads, &own, schema.as_ref());
        let found = found.into_iter();
        let found = found.map(|(span, keys)| (span, keys.join(".").into()));
        self.add_places("undefined", found, tree);
    }

    /// Adds texts at their places in templates, by template.
    fn add_places(
        &self,
        key: &str,
        places: impl Iterator<Item = (Span, SmolStr)>,
        tree: &mut Tree,
    ) {
        let root = tree.node(NodeId::ROOT).span;
        let all = push(tree, NodeId::ROOT, key, Data::Map, root);
        for (span, text) in places {
            let file = self.sources.get(span.file);
            let path = self.path(&file);
            let own = match tree.get(all, &path) {
                Some(own) => own,
                None => push(tree, all, &path, Data::List, file.span()),
            };
            tree.push(own, None, Data::String(text), span);
        }
    }

    /// What templates print into certain fields, each place once.
    fn add_printed(&self, tree: &mut Tree) {
        let all = self.resources;
        let selectors = all
            .iter()
            .flat_map(|one| printed::changing_selectors(one, self.sources));
        add_fields("changing_selectors", selectors, tree);
        let unquoted = all
            .iter()
            .flat_map(|one| printed::unquoted(one, self.sources));
        add_fields("unquoted", unquoted, tree);
        let scripts = all
            .iter()
            .flat_map(|one| script::scripts(one, self.sources));
        add_fields("scripts", scripts, tree);
        let made: HashSet<&SmolStr> = all
            .iter()
            .filter(|one| one.kind == "Namespace")
            .map(|one| &one.name)
            .collect();
        let namespaces = all
            .iter()
            .filter_map(|one| printed::fixed_namespace(one, self.sources))
            .filter(|one| !made.contains(&one.text));
        add_fields("fixed_namespaces", namespaces, tree);
    }

    /// What is written in files of values and has no effect, and what is printed otherwise than it is written.
    fn add_unread(&self, reads: &Reads, values: &[Arc<Tree>], tree: &mut Tree) {
        let root = tree.node(NodeId::ROOT).span;
        let reprinted = push(tree, NodeId::ROOT, "reprinted", Data::Map, root);
        for written in values {
            let file = self.sources.get(written.node(NodeId::ROOT).span.file);
            let own = push(tree, reprinted, &self.path(&file), Data::Map, file.span());
            values::add_reprinted(reads, written, &file, (tree, own));
        }
        if let Some(lost) = self.lost(reads) {
            return add_unknown("unread", lost, tree);
        }
        let unread = push(tree, NodeId::ROOT, "unread", Data::Map, root);
        for written in values {
            let file = self.sources.get(written.node(NodeId::ROOT).span.file);
            let own = push(tree, unread, &self.path(&file), Data::Map, file.span());
            values::add_unread(reads, written, self.rendered, (tree, own));
        }
    }

    /// Why it can't be told which values are read.
    fn lost(&self, reads: &Reads) -> Option<String> {
        if self.chart.is_library() {
            return Some("charts that need a library read its values".into());
        }
        reads.lost.clone()
    }

    /// The path of a file in the folder of the chart.
    fn path(&self, file: &SourceFile) -> String {
        let description = self.chart.description.as_ref();
        let chart = description.map(|tree| self.sources.path(tree.node(NodeId::ROOT).span.file));
        let folder = chart.as_ref().and_then(|path| path.parent());
        let path = folder.and_then(|folder| file.path.strip_prefix(folder).ok());
        let path = path.unwrap_or(&file.path).to_string_lossy();
        path.replace('\\', "/")
    }
}

/// Adds a list of maps, each with the text and its place, and the value behind it at that of its own.
fn add_fields(key: &str, found: impl Iterator<Item = Printed>, tree: &mut Tree) {
    let root = tree.node(NodeId::ROOT).span;
    let list = push(tree, NodeId::ROOT, key, Data::List, root);
    let mut by_place = BTreeMap::new();
    for one in found {
        by_place.entry(one.place).or_insert(one);
    }
    for (place, Printed { text, value, .. }) in by_place {
        let own = tree.push(list, None, Data::Map, place);
        push(tree, own, "printed", Data::String(text), place);
        push(tree, own, "value", Data::Bool(true), value);
    }
}

/// A key that nobody wrote, for a tree that was read.
fn named(key: &str, written: &Tree) -> Option<Key> {
    let span = written.node(NodeId::ROOT).span;
    let text = key.into();
    Some(Key { text, span })
}

/// Adds what can't be told under a key that nobody wrote.
fn add_unknown(key: &str, why: String, tree: &mut Tree) {
    let root = tree.node(NodeId::ROOT).span;
    let unknown = Unknown::new(Cause::Other(why.into()));
    let data = Data::Unknown(Arc::new(unknown));
    push(tree, NodeId::ROOT, key, data, root);
}

/// Adds a child under a key that nobody wrote.
fn push(tree: &mut Tree, parent: NodeId, key: &str, data: Data, span: Span) -> NodeId {
    let text = key.into();
    tree.push(parent, Some(Key { text, span }), data, span)
}
