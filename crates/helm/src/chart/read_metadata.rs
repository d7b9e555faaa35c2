//! `Chart.yaml` and `requirements.yaml`, as Helm reads them: through JSON into Go's types, with numbers and truth values taken
//! for strings where strings are wanted.

use std::sync::Arc;

use graph::{Data, NodeId, Tree};
use source::{Level, Problem, SourceFile};

use super::{Dependency, Import, Maintainer, Metadata, Written};
use go::float::format_float;

/// Reads a file into what is known already, and returns what is written.
pub(super) fn read(
    file: &Arc<SourceFile>,
    metadata: &mut Metadata,
    problems: &mut Vec<Problem>,
) -> Option<Arc<Tree>> {
    let read = yaml::read(file, &yaml::Options::default());
    problems.extend(read.problems);
    let document = read.documents.into_iter().next()?;
    let mut reader = Reader {
        tree: &document.tree,
        problems,
    };
    match document.tree.node(NodeId::ROOT).data {
        Data::Map => reader.metadata(metadata),
        Data::Null => {}
        _ => reader.refuse(NodeId::ROOT, "a map"),
    }
    Some(Arc::new(document.tree))
}

struct Reader<'a> {
    tree: &'a Tree,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn metadata(&mut self, metadata: &mut Metadata) {
        for (key, id) in self.entries(NodeId::ROOT) {
            match key.as_str() {
                "apiversion" => self.string(id, &mut metadata.api_version),
                "name" => self.string(id, &mut metadata.name),
                "version" => self.string(id, &mut metadata.version),
                "kubeversion" => self.string(id, &mut metadata.kube_version),
                "description" => self.string(id, &mut metadata.description),
                "type" => self.string(id, &mut metadata.kind),
                "keywords" => metadata.keywords = self.list(id, Self::item),
                "home" => self.string(id, &mut metadata.home),
                "sources" => metadata.sources = self.list(id, Self::item),
                "dependencies" => {
                    let is_null = self.tree.node(id).data == Data::Null;
                    let dependencies = self.list(id, Self::dependency);
                    metadata.dependencies = (!is_null).then_some(dependencies);
                }
                "maintainers" => metadata.maintainers = self.list(id, Self::maintainer),
                "icon" => self.string(id, &mut metadata.icon),
                "appversion" => self.string(id, &mut metadata.app_version),
                "deprecated" => self.bool(id, &mut metadata.deprecated),
                "annotations" => metadata.annotations = self.annotations(id),
                "condition" => self.string(id, &mut metadata.condition),
                "tags" => self.string(id, &mut metadata.tags),
                _ => {}
            }
        }
    }

    /// The entries of a map, their keys in small letters: Go's JSON takes them in any.
    fn entries(&mut self, id: NodeId) -> Vec<(String, NodeId)> {
        let children = self.tree.children(id);
        let keyed = children.filter_map(|child| {
            let key = self.tree.node(child).key.as_ref()?;
            Some((key.text.to_ascii_lowercase(), child))
        });
        keyed.collect()
    }

    fn string(&mut self, id: NodeId, field: &mut Written) {
        let node = self.tree.node(id);
        let value = match &node.data {
            Data::Null => return,
            Data::String(text) => text.to_string(),
            Data::Bool(truth) => truth.to_string(),
            Data::Int(number) => number.to_string(),
            Data::Float(number) => format_float(*number, 'g', None),
            _ => return self.refuse(id, "a string"),
        };
        let span = Some(node.span);
        *field = Written { value, span };
    }

    fn bool(&mut self, id: NodeId, field: &mut Written<bool>) {
        let node = self.tree.node(id);
        match node.data {
            Data::Null => {}
            Data::Bool(value) => {
                let span = Some(node.span);
                *field = Written { value, span };
            }
            _ => self.refuse(id, "a truth value"),
        }
    }

    fn list<T>(&mut self, id: NodeId, item: impl Fn(&mut Self, NodeId) -> T) -> Vec<T> {
        match self.tree.node(id).data {
            Data::List => {
                let children: Vec<NodeId> = self.tree.children(id).collect();
                children
                    .into_iter()
                    .map(|child| item(self, child))
                    .collect()
            }
            Data::Null => Vec::new(),
            _ => {
                self.refuse(id, "a list");
                Vec::new()
            }
        }
    }

    fn item(&mut self, id: NodeId) -> Written {
        let mut written = Written::default();
        self.string(id, &mut written);
        written
    }

    fn annotations(&mut self, id: NodeId) -> Vec<(Written, Written)> {
        if !self.is_map(id) {
            return Vec::new();
        }
        let children: Vec<NodeId> = self.tree.children(id).collect();
        let pairs = children.into_iter().filter_map(|child| {
            let key = self.tree.node(child).key.as_ref()?;
            let key = Written {
                value: key.text.to_string(),
                span: Some(key.span),
            };
            Some((key, self.item(child)))
        });
        pairs.collect()
    }

    fn maintainer(&mut self, id: NodeId) -> Maintainer {
        let mut maintainer = Maintainer::default();
        if !self.is_struct(id, "maintainers must not contain empty or null nodes") {
            return maintainer;
        }
        for (key, child) in self.entries(id) {
            match key.as_str() {
                "name" => self.string(child, &mut maintainer.name),
                "email" => self.string(child, &mut maintainer.email),
                "url" => self.string(child, &mut maintainer.url),
                _ => {}
            }
        }
        maintainer
    }

    fn dependency(&mut self, id: NodeId) -> Dependency {
        let mut dependency = Dependency {
            span: Some(self.tree.node(id).span),
            ..Dependency::default()
        };
        if !self.is_struct(id, "dependencies must not contain empty or null nodes") {
            return dependency;
        }
        for (key, child) in self.entries(id) {
            match key.as_str() {
                "name" => self.string(child, &mut dependency.name),
                "version" => self.string(child, &mut dependency.version),
                "repository" => self.string(child, &mut dependency.repository),
                "condition" => self.string(child, &mut dependency.condition),
                "tags" => dependency.tags = self.list(child, Self::item),
                "enabled" => {
                    let mut enabled = Written::default();
                    self.bool(child, &mut enabled);
                    dependency.enabled = enabled.value;
                }
                "import-values" => dependency.import_values = self.list(child, Self::import),
                "alias" => self.string(child, &mut dependency.alias),
                _ => {}
            }
        }
        dependency
    }

    fn import(&mut self, id: NodeId) -> Written<Import> {
        let node = self.tree.node(id);
        let value = match &node.data {
            Data::String(name) => Import::Export(name.to_string()),
            Data::Map => Import::Path {
                child: self.printed(id, "child"),
                parent: self.printed(id, "parent"),
            },
            _ => Import::Other,
        };
        let span = Some(node.span);
        Written { value, span }
    }

    /// The value of a key as `fmt` prints it: a path, if it is a string.
    fn printed(&self, id: NodeId, key: &str) -> String {
        match self.tree.text(id, key) {
            Some(text) => text.to_string(),
            None => "<nil>".into(),
        }
    }

    fn is_map(&mut self, id: NodeId) -> bool {
        match self.tree.node(id).data {
            Data::Map => true,
            Data::Null => false,
            _ => {
                self.refuse(id, "a map");
                false
            }
        }
    }

    /// Whether it is a map; null is refused, with this message.
    fn is_struct(&mut self, id: NodeId, empty: &str) -> bool {
        if self.tree.node(id).data == Data::Null {
            let span = self.tree.node(id).span;
            let problem = Problem::at(Level::Error, "chart-metadata", empty, span);
            self.problems.push(problem);
        }
        self.is_map(id)
    }

    fn refuse(&mut self, id: NodeId, wanted: &str) {
        let span = self.tree.node(id).span;
        let message = format!("this must be {wanted}");
        let problem = Problem::at(Level::Error, "chart-metadata", message, span);
        self.problems.push(problem);
    }
}
