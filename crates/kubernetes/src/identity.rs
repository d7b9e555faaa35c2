//! What object a manifest is: kind, name, namespace and address.

use graph::{Data, Namespace, NodeId, Piece, SmolStr, Tree, Type};
use smol_str::format_smolstr;
use source::{Level, Problem, SourceFile};

use crate::kinds::{self, Scope};

/// What identifies an object.
#[derive(Debug)]
pub(crate) struct Identity {
    pub(crate) api_version: SmolStr,
    /// As it is written, such as `Deployment`.
    pub(crate) kind: SmolStr,
    /// The kind as addresses and tables name it, such as `Rollout.argoproj.io`.
    pub(crate) kind_name: SmolStr,
    /// Empty where none is known.
    pub(crate) name: SmolStr,
    pub(crate) namespace: Namespace,
    pub(crate) address: SmolStr,
}

/// What the name of an object is known to be.
enum Name {
    Known(SmolStr),
    /// What people see in place of a name that is not known.
    Shown(SmolStr),
}

impl Identity {
    /// Reads the identity of an object of this kind. What the API server refuses is a problem, and read as well as it can be.
    pub(crate) fn read(
        tree: &Tree,
        manifest: (SmolStr, SmolStr),
        file: &SourceFile,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let (api_version, kind) = manifest;
        let kind_name = kinds::name(kinds::group(&api_version), &kind);
        let name = name(tree, &kind_name, file, problems);
        let namespace = match kinds::scope(&kind_name) {
            Some(Scope::Cluster) => Namespace::Cluster,
            _ => namespace(tree, file, problems),
        };
        let (name, shown) = match name {
            Name::Known(name) => (name.clone(), name),
            Name::Shown(shown) => (SmolStr::default(), shown),
        };
        let address = match &namespace {
            Namespace::Named(namespace) => format_smolstr!("{kind_name}/{namespace}/{shown}"),
            Namespace::Cluster | Namespace::Unset => format_smolstr!("{kind_name}/{shown}"),
        };
        Self {
            api_version,
            kind,
            kind_name,
            name,
            namespace,
            address,
        }
    }
}

fn name(tree: &Tree, kind_name: &str, file: &SourceFile, problems: &mut Vec<Problem>) -> Name {
    if let Some(node) = tree.at(NodeId::ROOT, &["metadata", "name"]) {
        match &tree.node(node).data {
            Data::String(name) if !name.is_empty() => return Name::Known(name.clone()),
            Data::String(_) | Data::Null => {}
            Data::Partial(pieces) => return Name::Shown(pieces.iter().map(shown_piece).collect()),
            Data::Unknown(_) => return Name::Shown("?".into()),
            data => {
                problems.push(not_text("metadata.name", data, file, tree, node));
                return scalar(tree, node, file)
                    .map_or(Name::Shown("(unnamed)".into()), Name::Known);
            }
        }
    }
    match tree
        .at(NodeId::ROOT, &["metadata", "generateName"])
        .map(|node| &tree.node(node).data)
    {
        Some(Data::String(prefix)) if !prefix.is_empty() => {
            return Name::Shown(format_smolstr!("{prefix}*"));
        }
        Some(Data::Partial(_) | Data::Unknown(_)) => return Name::Shown("?".into()),
        _ => {}
    }
    if needs_name(kind_name) && !is_unknown(tree, "metadata") {
        let place = tree.get(NodeId::ROOT, "kind").unwrap_or(NodeId::ROOT);
        let message = format!("this {kind_name} has no name; the API server refuses it");
        let problem = Problem::at(
            Level::Warning,
            "unnamed-object",
            message,
            tree.node(place).span,
        );
        problems.push(problem.with_help("write `metadata.name`"));
    }
    Name::Shown("(unnamed)".into())
}

fn namespace(tree: &Tree, file: &SourceFile, problems: &mut Vec<Problem>) -> Namespace {
    let Some(node) = tree.at(NodeId::ROOT, &["metadata", "namespace"]) else {
        return Namespace::Unset;
    };
    match &tree.node(node).data {
        Data::String(name) if !name.is_empty() => Namespace::Named(name.clone()),
        Data::String(_) | Data::Null | Data::Partial(_) | Data::Unknown(_) => Namespace::Unset,
        data => {
            problems.push(not_text("metadata.namespace", data, file, tree, node));
            scalar(tree, node, file).map_or(Namespace::Unset, Namespace::Named)
        }
    }
}

/// Kinds of the API server that is asked something with them are never stored, and need no name. Of custom kinds nothing is
/// known.
fn needs_name(kind_name: &str) -> bool {
    let is_question = kind_name.ends_with("Review")
        || matches!(kind_name, "TokenRequest" | "Eviction" | "Binding");
    kinds::is_served_kind(kind_name) && !is_question
}

fn is_unknown(tree: &Tree, key: &str) -> bool {
    tree.get(NodeId::ROOT, key)
        .is_some_and(|node| matches!(tree.node(node).data, Data::Unknown(_)))
}

fn not_text(what: &str, data: &Data, file: &SourceFile, tree: &Tree, node: NodeId) -> Problem {
    let found = type_name(data);
    let message = format!("`{what}` is {found}; the API server takes only text");
    let problem = Problem::at(
        Level::Warning,
        "name-not-text",
        message,
        tree.node(node).span,
    );
    match scalar(tree, node, file) {
        Some(_) => problem.with_help("put it into quotes"),
        None => problem,
    }
}

/// The text of a number or truth value as it is written. What stands in another file was read from there as this value.
fn scalar(tree: &Tree, node: NodeId, file: &SourceFile) -> Option<SmolStr> {
    let node = tree.node(node);
    let value = match &node.data {
        Data::Bool(truth) => format_smolstr!("{truth}"),
        Data::Int(number) => format_smolstr!("{number}"),
        Data::Float(number) => format_smolstr!("{number}"),
        _ => return None,
    };
    let written = (node.span.file == file.id).then(|| file.slice(node.span));
    let written = written.filter(|text| !text.is_empty());
    Some(written.map_or(value, SmolStr::from))
}

fn shown_piece(piece: &Piece) -> &str {
    match piece {
        Piece::Known(text) => text,
        Piece::Unknown(_) => "?",
    }
}

/// The type of a value with its article.
pub(crate) fn type_name(data: &Data) -> &'static str {
    match data.kind() {
        Some(Type::Null) => "null",
        Some(Type::Bool) => "a truth value",
        Some(Type::Number) => "a number",
        Some(Type::String) => "text",
        Some(Type::List) => "a list",
        Some(Type::Map) => "a map",
        None => "unknown",
    }
}
