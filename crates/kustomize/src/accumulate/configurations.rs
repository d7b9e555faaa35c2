//! Files that say which fields transformers change, and how custom resources look.

use std::sync::Arc;

use graph::NodeId;
use source::{SourceFile, Span};

use super::Accumulator;
use super::bases::conflict_problem;
use super::target::{DEFAULTS, Target};
use crate::build::Use;
use crate::kustomization::{Decoder, Text, read_field_specs, read_kinds};
use crate::tables::{BuiltIn, FieldSpec, NameReference, Selector, Specs, schema};

/// How deep types of custom resources may refer to each other.
const DEEPEST: usize = 50;

/// The lists of fields of a configuration.
const LISTS: [&str; 10] = [
    "namePrefix",
    "nameSuffix",
    "namespace",
    "commonLabels",
    "labels",
    "templateLabels",
    "commonAnnotations",
    "varReference",
    "images",
    "replicas",
];

impl Target<'_, '_> {
    /// Adds the fields that transformers change here.
    pub(super) fn configure(&self, accumulator: &mut Accumulator) {
        let kustomization = &self.kustomization;
        let span = kustomization.span;
        let mut specs = Arc::clone(&DEFAULTS);
        if !kustomization.configurations.is_empty() {
            let mut added = Specs::default();
            for path in &kustomization.configurations {
                let file = self.file(path, Use::Configuration);
                self.add(
                    &mut added,
                    file.map(|file| self.configuration(&file)),
                    path.span,
                );
            }
            self.add(Arc::make_mut(&mut specs), Some(added), span);
        }
        self.add_specs(accumulator, specs, span);
        if !kustomization.crds.is_empty() {
            let mut added = Specs::default();
            for path in &kustomization.crds {
                let file = self.file(path, Use::Schema);
                self.add(
                    &mut added,
                    file.map(|file| self.crds(&file, path.span)),
                    path.span,
                );
            }
            self.add_specs(accumulator, Arc::new(added), span);
        }
    }

    fn file(&self, path: &Text, role: Use) -> Option<Arc<SourceFile>> {
        self.context.load_text(&self.root, path, role)
    }

    fn add(&self, specs: &mut Specs, added: Option<Specs>, span: Span) {
        let Some(added) = added else { return };
        if let Err(conflict) = specs.add(added) {
            conflict_problem(self.context, &conflict, span);
        }
    }

    fn configuration(&self, file: &SourceFile) -> Specs {
        let yaml = yaml::read(file, &yaml::Options::default());
        self.context.tell_all(yaml.problems);
        let mut specs = Specs::default();
        let Some(document) = yaml.documents.first() else {
            return specs;
        };
        let mut decoder = Decoder::new(&document.tree);
        let mut fields = decoder.fields(NodeId::ROOT);
        for name in LISTS {
            let Some(node) = fields.take(&decoder, name) else {
                continue;
            };
            let read = read_field_specs(&mut decoder, node);
            if let Some(list) = specs.transformer(name) {
                *list = read;
            }
        }
        specs.names = fields.each(&mut decoder, "nameReference", read_reference);
        fields.finish(&mut decoder);
        self.context.tell_all(decoder.problems);
        specs
    }

    fn crds(&self, file: &SourceFile, span: Span) -> Specs {
        let yaml = yaml::read(file, &yaml::Options::default());
        self.context.tell_all(yaml.problems);
        let mut specs = Specs::default();
        if let Some(document) = yaml.documents.first() {
            let mut types = Types {
                tree: &document.tree,
                specs: &mut specs,
                left: 100_000,
                is_broken: false,
            };
            types.all();
            if types.is_broken {
                let message = "this is no file of schemas, as `crds` wants it";
                self.context
                    .error("kustomization-configuration", message, span);
                return Specs::default();
            }
        }
        specs
    }

    /// Takes the schema of `openapi`.
    pub(super) fn take_schema(&self) {
        let openapi = &self.kustomization.openapi;
        let of = |key: &str| openapi.iter().find(|(name, _)| name.value == key);
        if let Some((_, version)) = of("version")
            && version.value != "v1.21.2"
        {
            let message = "kustomize contains no schema of this version";
            self.context
                .error("kustomization-openapi", message, version.span);
        }
        let Some((_, path)) = of("path") else {
            return;
        };
        if self.context.has_schema.replace(true) {
            return;
        }
        let Some(file) = self.file(path, Use::Schema) else {
            return;
        };
        let yaml = yaml::read(&file, &yaml::Options::default());
        self.context.tell_all(yaml.problems);
        // Kustomize looks at its own schema first if it met an object already, and then keeps it.
        let built_in = match self.context.has_objects.get() {
            true => BuiltIn::Kept,
            false => BuiltIn::Replaced,
        };
        if let Some(document) = yaml.documents.first() {
            *self.context.schema.borrow_mut() = Arc::new(schema(&document.tree, built_in));
        }
    }
}

fn read_reference(decoder: &mut Decoder<'_>, node: NodeId) -> NameReference {
    let mut fields = decoder.fields(node);
    let target = read_kinds(decoder, &mut fields);
    let list = fields.take(decoder, "fieldSpecs");
    let reference = NameReference {
        target,
        fields: list
            .map(|node| read_field_specs(decoder, node))
            .unwrap_or_default(),
    };
    fields.finish(decoder);
    reference
}

/// The types of custom resources, whose fields say what they are.
struct Types<'t> {
    tree: &'t graph::Tree,
    specs: &'t mut Specs,
    /// How many fields may still be looked at.
    left: usize,
    /// Whether the file holds something else.
    is_broken: bool,
}

impl Types<'_> {
    fn all(&mut self) {
        let types: Vec<NodeId> = self.tree.children(NodeId::ROOT).collect();
        for node in types {
            let Some(key) = self.tree.node(node).key.clone() else {
                continue;
            };
            if self.tree.node(node).data != graph::Data::Map {
                self.is_broken = true;
            }
            let Some(properties) = self.properties(node) else {
                continue;
            };
            let has = |key: &str| self.tree.get(properties, key).is_some();
            if has("kind") && has("apiVersion") && has("metadata") {
                let kind = key.text.rsplit('.').next().unwrap_or_default();
                let kinds = Selector {
                    kind: kind.into(),
                    ..Selector::default()
                };
                self.properties_of(&kinds, properties, &mut Vec::new());
            }
        }
    }

    fn properties(&self, node: NodeId) -> Option<NodeId> {
        let schema = self
            .tree
            .get(node, "Schema")
            .or_else(|| self.tree.get(node, "schema"));
        self.tree.get(schema?, "properties")
    }

    fn properties_of(&mut self, kinds: &Selector, properties: NodeId, path: &mut Vec<String>) {
        let fields: Vec<NodeId> = self.tree.children(properties).collect();
        for field in fields {
            let Some(left) = self.left.checked_sub(1) else {
                return;
            };
            self.left = left;
            let Some(key) = self.tree.node(field).key.clone() else {
                continue;
            };
            path.push(key.text.to_string());
            self.field(kinds, field, path);
            let reference = self.tree.text(field, "$ref").cloned();
            let target = reference.and_then(|name| self.tree.get(NodeId::ROOT, &name));
            let inner = target.and_then(|target| self.properties(target));
            if let Some(inner) = inner.filter(|_| path.len() < DEEPEST) {
                self.properties_of(kinds, inner, path);
            }
            path.pop();
        }
    }

    /// Adds a field to the tables that it belongs to.
    fn field(&mut self, kinds: &Selector, field: NodeId, path: &[String]) {
        let has = |key: &str| self.tree.text(field, key).is_some();
        let spec = |path: String| FieldSpec {
            kinds: kinds.clone(),
            path: path.into(),
            create: false,
        };
        let own = path.join("/");
        if has("x-kubernetes-annotation") {
            self.specs.common_annotations.push(spec(own.clone()));
        }
        if has("x-kubernetes-label-selector") {
            self.specs.common_labels.push(spec(own.clone()));
        }
        if has("x-kubernetes-identity") {
            self.specs.name_prefix.push(spec(own.clone()));
        }
        let version = self.tree.text(field, "x-kubernetes-object-ref-api-version");
        let kind = self.tree.text(field, "x-kubernetes-object-ref-kind");
        if let (Some(version), Some(kind)) = (version, kind) {
            let name = self.tree.text(field, "x-kubernetes-object-ref-name-key");
            let name = name.map_or("name", graph::SmolStr::as_str);
            self.specs.names.push(NameReference {
                target: Selector {
                    version: version.clone(),
                    kind: kind.clone(),
                    ..Selector::default()
                },
                fields: vec![spec(format!("{own}/{name}"))],
            });
        }
    }
}
