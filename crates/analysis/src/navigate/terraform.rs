//! What configurations of Terraform name: variables, locals, outputs, resources and modules.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use smol_str::{SmolStr, format_smolstr};
use source::{SourceFile, Span};
use terraform::module::is_local;
use terraform::syntax::{
    Attribute, Block, Body, Name as Label, Reference, Traversal, body_references, read, read_json,
};

use super::mention::{Mention, Name, Role};
use super::texts::{Called, Texts};
use crate::discover::clean;
use crate::terraform::role;

/// The arguments of `module` that are none of the called module.
///
/// Source: <https://developer.hashicorp.com/terraform/language/block/module>.
const META: [&str; 6] = [
    "source",
    "version",
    "count",
    "for_each",
    "providers",
    "depends_on",
];

/// All that a file of a module, or of values for its variables, names.
pub(super) fn mentions(texts: &Texts<'_>, path: &Path, file: &SourceFile) -> Vec<Mention> {
    let folder = path.parent().unwrap_or(path);
    let body = body(path, file);
    if is_values(path) {
        let folder = root(texts, folder);
        let uses = body.attributes.iter().map(|attribute| Mention {
            name: Name::Terraform(
                folder.clone(),
                format_smolstr!("var.{}", attribute.name.text),
            ),
            span: attribute.name.span,
            role: Role::Uses,
        });
        return uses.collect();
    }
    let mut file = OfFile {
        folder,
        called: called(texts, folder),
        found: Vec::new(),
    };
    body.blocks.iter().for_each(|block| file.block(block));
    let references = body_references(&body);
    references.iter().for_each(|one| file.reference(one));
    file.found
}

/// What a file holds, in the one language or the other.
fn body(path: &Path, file: &SourceFile) -> Body {
    let is_json = path.extension().is_some_and(|end| end == "json");
    match is_json {
        true => read_json(file).body,
        false => read(file).body,
    }
}

fn is_values(path: &Path) -> bool {
    let name = path.to_string_lossy();
    [".tfvars", ".tfvars.json"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// The folder of the module that a file of values is for: its own, else the next one above with a configuration.
fn root(texts: &Texts<'_>, folder: &Path) -> PathBuf {
    let has_configuration = |folder: &&Path| {
        let mut inputs = texts.inputs.iter();
        inputs.any(|path| path.parent() == Some(folder) && role(path).is_some() && !is_values(path))
    };
    let found = folder.ancestors().find(has_configuration);
    found.unwrap_or(folder).to_path_buf()
}

/// The folders of the modules that those of a folder call, read once however many files ask.
fn called(texts: &Texts<'_>, folder: &Path) -> Rc<Called> {
    if let Some(known) = texts.called.borrow().get(folder) {
        return Rc::clone(known);
    }
    let inputs = texts.inputs.iter();
    let own = inputs.filter(|path| path.parent() == Some(folder) && !is_values(path));
    let files = own
        .filter(|path| role(path).is_some())
        .filter_map(|path| Some((path, texts.read(path)?)));
    let mut called = Called::default();
    for (path, file) in files.filter(|(_, file)| file.text.contains("module")) {
        for block in body(path, &file).blocks {
            let source = target(folder, &block);
            if let (Some(label), Some(source)) = (block.labels.first(), source) {
                called.insert(label.text.clone(), source);
            }
        }
    }
    let called = Rc::new(called);
    let mut all = texts.called.borrow_mut();
    Rc::clone(all.entry(folder.to_path_buf()).or_insert(called))
}

/// The folder of the module that a block calls, where it lies in the tree.
fn target(folder: &Path, block: &Block) -> Option<PathBuf> {
    if block.kind.text != "module" {
        return None;
    }
    let source = block.body.value("source")?.literal()?;
    is_local(&source).then(|| clean(&folder.join(source.as_str())))
}

/// What one file names.
struct OfFile<'a> {
    folder: &'a Path,
    called: Rc<Called>,
    found: Vec<Mention>,
}

impl OfFile<'_> {
    fn add(&mut self, folder: Option<&Path>, address: SmolStr, span: Span, role: Role) {
        let folder = folder.unwrap_or(self.folder).to_path_buf();
        self.found.push(Mention {
            name: Name::Terraform(folder, address),
            span,
            role,
        });
    }

    fn declare(&mut self, prefix: &str, label: Option<&Label>) {
        if let Some(label) = label {
            let address = format_smolstr!("{prefix}{}", label.text);
            self.add(None, address, label.span, Role::Declares);
        }
    }

    fn block(&mut self, block: &Block) {
        let labels = (block.labels.first(), block.labels.get(1));
        match (block.kind.text.as_str(), labels) {
            ("variable", (name, _)) => self.declare("var.", name),
            ("output", (name, _)) => self.declare("output.", name),
            ("locals", _) => {
                for Attribute { name, .. } in &block.body.attributes {
                    self.declare("local.", Some(name));
                }
            }
            ("resource", (Some(ty), name)) => self.declare(&format!("{}.", ty.text), name),
            (mode @ ("data" | "ephemeral"), (Some(ty), name)) => {
                self.declare(&format!("{mode}.{}.", ty.text), name);
            }
            ("module", (name, _)) => {
                self.declare("module.", name);
                self.arguments(block);
            }
            _ => {}
        }
    }

    /// The arguments of a call are the variables of what it calls.
    fn arguments(&mut self, block: &Block) {
        let Some(folder) = target(self.folder, block) else {
            return;
        };
        for Attribute { name, .. } in &block.body.attributes {
            if !META.contains(&name.text.as_str()) {
                let address = format_smolstr!("var.{}", name.text);
                self.add(Some(&folder), address, name.span, Role::Uses);
            }
        }
    }

    fn reference(&mut self, reference: &Reference) {
        let attributes = reference.steps.iter().filter_map(|step| match step {
            Traversal::Attribute(name) => Some(name),
            _ => None,
        });
        let steps: Vec<&Label> = attributes.take(2).collect();
        let root = reference.root.text.as_str();
        let start = reference.root.span;
        let upto = |label: &Label| Span::new(start.file, start.start, label.span.end);
        match (root, steps.as_slice()) {
            ("var" | "local", [name, ..]) => {
                self.add(
                    None,
                    format_smolstr!("{root}.{}", name.text),
                    upto(name),
                    Role::Uses,
                );
            }
            ("module", [call, rest @ ..]) => {
                self.add(
                    None,
                    format_smolstr!("module.{}", call.text),
                    upto(call),
                    Role::Uses,
                );
                let folder = self.called.get(&call.text).cloned();
                if let (Some(folder), Some(output)) = (folder, rest.first()) {
                    let address = format_smolstr!("output.{}", output.text);
                    self.add(Some(&folder), address, output.span, Role::Uses);
                }
            }
            ("data" | "ephemeral", [ty, name]) => {
                let address = format_smolstr!("{root}.{}.{}", ty.text, name.text);
                self.add(None, address, upto(name), Role::Uses);
            }
            ("each" | "count" | "path" | "self" | "terraform", _) | (_, []) => {}
            (ty, [name, ..]) => {
                self.add(
                    None,
                    format_smolstr!("{ty}.{}", name.text),
                    upto(name),
                    Role::Uses,
                );
            }
        }
    }
}

/// The local folders that the calls of a file name, with the text of the source.
pub(super) fn sources(path: &Path, file: &SourceFile) -> Vec<(Span, PathBuf)> {
    let folder = path.parent().unwrap_or(path);
    let blocks = body(path, file).blocks.into_iter();
    let links = blocks.filter_map(|block| {
        let target = target(folder, &block)?;
        Some((block.body.value("source")?.span, target))
    });
    links.collect()
}
