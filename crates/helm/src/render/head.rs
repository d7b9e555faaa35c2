//! What Helm looks at in a manifest: its kind, its name and its annotations.

mod plain;

use std::borrow::Cow;

use graph::{Data, NodeId, Tree};
use source::{FileId, Level, SourceFile};
use yaml::Yaml;

use crate::value::Text;
use go::float::format_float;

/// The entries of a manifest that Helm looks at. Most manifests are so plain that no others need be read.
const KEYS: &[&str] = &["apiVersion", "kind", "metadata"];

/// The head of a manifest.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub(super) kind: String,
    annotations: Vec<(String, String)>,
}

impl Head {
    /// Reads a manifest.
    ///
    /// # Errors
    /// When it is no YAML, or something else than text stands where Helm wants text.
    pub(super) fn read(text: &Text) -> Result<Self, String> {
        let text = text.to_str();
        let excerpt = yaml::excerpt(&text, KEYS);
        if let Some(kind) = excerpt.as_deref().and_then(plain::kind) {
            return Ok(Self {
                kind: kind.to_owned(),
                annotations: Vec::new(),
            });
        }
        let read = read(&excerpt.map_or(text, Cow::Owned));
        let mut problems = read.problems.iter();
        if let Some(problem) = problems.find(|problem| problem.level == Level::Error) {
            return Err(problem.message.clone());
        }
        match read.documents.first() {
            Some(document) => Reader(&document.tree).head(),
            None => Ok(Self::default()),
        }
    }

    /// As much of it as is what Helm wants; nothing where it is no YAML.
    pub(super) fn guess(text: &Text) -> Option<Self> {
        let text = text.to_str();
        let excerpt = yaml::excerpt(&text, KEYS);
        let read = read(&excerpt.map_or(text, Cow::Owned));
        let mut problems = read.problems.iter();
        if problems.any(|problem| problem.level == Level::Error) {
            return None;
        }
        let tree = &read.documents.first()?.tree;
        let reader = Reader(tree);
        let annotations = tree.at(NodeId::ROOT, &["metadata", "annotations"]);
        let annotations = annotations.and_then(|node| reader.strings(node).ok());
        Some(Self {
            kind: reader.string(NodeId::ROOT, "kind").unwrap_or_default(),
            annotations: annotations.unwrap_or_default(),
        })
    }

    /// The value of an annotation.
    pub(super) fn annotation(&self, name: &str) -> Option<&str> {
        let mut annotations = self.annotations.iter();
        let found = annotations.find(|(key, _)| key == name)?;
        Some(&found.1)
    }
}

fn read(text: &str) -> Yaml {
    let file = SourceFile::new(FileId(0), "manifest", text);
    yaml::read(&file, &yaml::Options::default())
}

struct Reader<'a>(&'a Tree);

impl Reader<'_> {
    fn head(&self) -> Result<Head, String> {
        let root = NodeId::ROOT;
        if !self.is_map(root, "the manifest")? {
            return Ok(Head::default());
        }
        self.string(root, "apiVersion")?;
        let mut head = Head {
            kind: self.string(root, "kind")?,
            annotations: Vec::new(),
        };
        let Some(metadata) = self.0.get(root, "metadata") else {
            return Ok(head);
        };
        if !self.is_map(metadata, "metadata")? {
            return Ok(head);
        }
        self.string(metadata, "name")?;
        if let Some(annotations) = self.0.get(metadata, "annotations") {
            head.annotations = self.strings(annotations)?;
        }
        Ok(head)
    }

    fn strings(&self, id: NodeId) -> Result<Vec<(String, String)>, String> {
        let mut strings = Vec::new();
        if self.is_map(id, "annotations")? {
            for child in self.0.children(id) {
                if let Some(key) = &self.0.node(child).key {
                    strings.push((key.text.to_string(), self.scalar(child, "an annotation")?));
                }
            }
        }
        Ok(strings)
    }

    fn string(&self, id: NodeId, key: &str) -> Result<String, String> {
        match self.0.get(id, key) {
            Some(child) => self.scalar(child, key),
            None => Ok(String::new()),
        }
    }

    /// The text of a scalar: Helm takes numbers and truth values for strings here.
    fn scalar(&self, id: NodeId, what: &str) -> Result<String, String> {
        match &self.0.node(id).data {
            Data::Null => Ok(String::new()),
            Data::String(text) => Ok(text.to_string()),
            Data::Bool(truth) => Ok(truth.to_string()),
            Data::Int(number) => Ok(number.to_string()),
            Data::Float(number) => Ok(format_float(*number, 'g', None)),
            _ => Err(format!("{what} must be a string")),
        }
    }

    fn is_map(&self, id: NodeId, what: &str) -> Result<bool, String> {
        match self.0.node(id).data {
            Data::Map => Ok(true),
            Data::Null => Ok(false),
            _ => Err(format!("{what} must be a map")),
        }
    }
}
