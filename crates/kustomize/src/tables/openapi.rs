//! The schema of a file that `openapi` names, in the form of the table that kustomize's own is written in.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use graph::{Data, NodeId, SmolStr, Tree};

use super::Schema;
use super::schema::TABLE;

/// The deepest nesting of objects that stand in each other.
const DEEPEST: usize = 100;

/// What becomes of the schema that kustomize contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BuiltIn {
    /// The file takes its place; which kinds have namespaces stays known.
    Replaced,
    /// It stays beside that of the file.
    Kept,
}

/// The schema of a file.
pub(crate) fn schema(tree: &Tree, built_in: BuiltIn) -> Schema {
    let mut table = Table {
        tree,
        lines: String::new(),
        count: 0,
    };
    let mut kinds = table.definitions();
    scopes(tree, &mut kinds);
    for ((kind, version), (scope, definition)) in kinds {
        let scope = scope.unwrap_or("unknown");
        // Writing to a string does not fail.
        let _ = writeln!(table.lines, ":{kind} {version} {scope} {definition}");
    }
    let known = TABLE.lines().filter_map(|line| match built_in {
        BuiltIn::Kept => Some(line.to_owned()),
        BuiltIn::Replaced => line.starts_with(':').then(|| without_definition(line)),
    });
    let known: Vec<String> = known.collect();
    // What stands last counts: the scopes that are known, and what is known of the kinds where the table is kept.
    let text = match built_in {
        BuiltIn::Kept => format!("{}{}", table.lines, known.join("\n")),
        BuiltIn::Replaced => format!("{}\n{}", known.join("\n"), table.lines),
    };
    Schema::read(&text)
}

fn without_definition(line: &str) -> String {
    line.split(' ').take(3).collect::<Vec<_>>().join(" ")
}

/// A kind with its version.
type KindName = (SmolStr, SmolStr);

/// What is known of each kind: whether it has namespaces, and the name of its definition.
type Kinds = BTreeMap<KindName, (Option<&'static str>, String)>;

struct Table<'t> {
    tree: &'t Tree,
    lines: String,
    /// How many definitions were made for objects that stand in others.
    count: usize,
}

impl Table<'_> {
    fn definitions(&mut self) -> Kinds {
        let mut kinds = Kinds::new();
        let Some(definitions) = self.tree.get(NodeId::ROOT, "definitions") else {
            return kinds;
        };
        let children: Vec<NodeId> = self.tree.children(definitions).collect();
        for definition in children {
            let Some(key) = self.tree.node(definition).key.clone() else {
                continue;
            };
            let name = word(&key.text);
            self.object(&name, definition, 0);
            let kinds_of = self.tree.get(definition, "x-kubernetes-group-version-kind");
            for of in kinds_of
                .into_iter()
                .flat_map(|list| self.tree.children(list))
            {
                if let Some(kind) = kind_name(self.tree, of) {
                    kinds.insert(kind, (None, name.clone()));
                }
            }
        }
        kinds
    }

    /// Writes what stands in an object under a name.
    fn object(&mut self, name: &str, node: NodeId, depth: usize) {
        let mut line = name.to_owned();
        let properties = self.tree.get(node, "properties");
        let fields: Vec<NodeId> = match properties {
            Some(properties) => self.tree.children(properties).collect(),
            None => Vec::new(),
        };
        for field in fields {
            let Some(key) = self.tree.node(field).key.clone() else {
                continue;
            };
            if let Some(target) = self.field(field, depth) {
                line.push_str(&format!(" {}{target}", word(&key.text)));
            }
        }
        self.lines.push_str(&line);
        self.lines.push('\n');
    }

    /// What the table says of a field, behind its name.
    fn field(&mut self, node: NodeId, depth: usize) -> Option<String> {
        if let Some(items) = self.tree.get(node, "items") {
            let keys = self.merge_keys(node)?;
            let target = self.target(items, depth).unwrap_or_default();
            return Some(format!("[{}]={target}", keys.join(",")));
        }
        let values = self.tree.get(node, "additionalProperties");
        let has_fields = self.tree.get(node, "properties").is_some();
        match values.filter(|_| !has_fields) {
            Some(values) => Some(format!("{{}}={}", self.target(values, depth)?)),
            None => Some(format!("={}", self.target(node, depth)?)),
        }
    }

    /// The name of the definition of an object.
    fn target(&mut self, node: NodeId, depth: usize) -> Option<String> {
        if let Some(reference) = self.tree.text(node, "$ref") {
            return reference.strip_prefix("#/definitions/").map(word);
        }
        if depth >= DEEPEST || self.tree.get(node, "properties").is_none() {
            return None;
        }
        self.count += 1;
        let name = format!("inner/{}", self.count);
        self.object(&name, node, depth + 1);
        Some(name)
    }

    /// The keys by which a list is merged; none where it is replaced.
    fn merge_keys(&self, node: NodeId) -> Option<Vec<String>> {
        let strategy = self.tree.text(node, "x-kubernetes-patch-strategy")?;
        if !strategy.split(',').any(|strategy| strategy == "merge") {
            return None;
        }
        let keys = self.tree.get(node, "x-kubernetes-list-map-keys");
        if let Some(keys) = keys.filter(|keys| self.tree.node(*keys).data == Data::List) {
            let keys = self
                .tree
                .children(keys)
                .filter_map(|key| self.tree.as_text(key));
            return Some(keys.map(|key| word(key)).collect());
        }
        let key = self.tree.text(node, "x-kubernetes-patch-merge-key");
        Some(key.map(|key| word(key)).into_iter().collect())
    }
}

/// A name as a word of the table.
fn word(name: &str) -> String {
    name.replace([' ', '=', '[', ']', '{', '}', ',', '\n', '#'], "_")
}

fn kind_name(tree: &Tree, node: NodeId) -> Option<KindName> {
    let (kind, version) = (tree.text(node, "kind")?, tree.text(node, "version")?);
    let group = tree.text(node, "group").filter(|group| !group.is_empty());
    let version = group.map_or_else(|| version.to_string(), |group| format!("{group}/{version}"));
    Some((word(kind).into(), word(&version).into()))
}

/// Adds which kinds have namespaces, which the paths of the API say.
fn scopes(tree: &Tree, kinds: &mut Kinds) {
    let paths = tree.get(NodeId::ROOT, "paths");
    for path in paths.into_iter().flat_map(|paths| tree.children(paths)) {
        let of = tree.at(path, &["get", "x-kubernetes-group-version-kind"]);
        let Some(kind) = of.and_then(|of| kind_name(tree, of)) else {
            continue;
        };
        let key = tree.node(path).key.as_ref();
        let has_namespace = key.is_some_and(|key| key.text.contains("namespaces/{namespace}"));
        let (scope, _) = kinds.entry(kind).or_default();
        *scope = match (*scope, has_namespace) {
            (_, true) | (Some("namespaced"), _) => Some("namespaced"),
            _ => Some("cluster"),
        };
    }
}
