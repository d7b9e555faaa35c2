//! The files that kustomizations, calls of modules and the configuration name.

use std::path::{Path, PathBuf};

use graph::{Data, NodeId, Tree};
use source::{FileSystem, SourceFile, Span};

use super::mention::{Mention, Name, Role};
use super::terraform;
use super::texts::Texts;
use crate::config;
use crate::discover::clean;
use crate::terraform::role;
use crate::workspace::Workspace;

pub(super) use crate::kustomize::is_kustomization;

/// Where paths stand in kustomizations.
///
/// Source: <https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/>.
const PATHS: [&[&str]; 16] = [
    &["resources", "*"],
    &["bases", "*"],
    &["components", "*"],
    &["configurations", "*"],
    &["crds", "*"],
    &["generators", "*"],
    &["transformers", "*"],
    &["validators", "*"],
    &["patchesStrategicMerge", "*"],
    &["patches", "*", "path"],
    &["patchesJson6902", "*", "path"],
    &["replacements", "*", "path"],
    &["openapi", "path"],
    &["helmCharts", "*", "valuesFile"],
    &["configMapGenerator", "*", "files", "*"],
    &["secretGenerator", "*", "files", "*"],
];

/// Where files stand in `scantling.yaml`.
const OF_CONFIGURATION: [&[&str]; 3] = [
    &["terraform", "var-files", "*"],
    &["environments", "*", "var-files", "*"],
    &["environments", "*", "values", "*"],
];

/// A text that names a file or folder of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLink {
    /// The text.
    pub span: Span,
    /// The file; of a folder with a kustomization, that.
    pub path: PathBuf,
}

impl Workspace {
    /// The files that the text of a file names, by its shown path.
    #[must_use]
    pub fn file_links(&self, system: &dyn FileSystem, shown: &Path) -> Vec<FileLink> {
        let found = self.texts(system).and_then(|texts| {
            let path = texts.full(shown);
            let file = texts.read(&path)?;
            Some(match role(&path) {
                Some(_) => module_links(&texts, &path, &file),
                None if is_kustomization(&path) => links(&texts, &path, &file),
                None if path.ends_with(config::NAME) => {
                    named(&texts, &path, &file, &OF_CONFIGURATION)
                }
                None => Vec::new(),
            })
        });
        found.unwrap_or_default()
    }
}

/// The first configuration file of each module that a file calls.
fn module_links(texts: &Texts<'_>, path: &Path, file: &SourceFile) -> Vec<FileLink> {
    let sources = terraform::sources(path, file).into_iter();
    let link = |(span, folder): (Span, PathBuf)| {
        let is_in = |path: &&PathBuf| path.parent() == Some(&folder) && role(path).is_some();
        let files: Vec<&PathBuf> = texts.inputs.iter().filter(is_in).collect();
        let main = files.iter().find(|path| path.ends_with("main.tf"));
        let path = main.or(files.first())?;
        Some(FileLink {
            span,
            path: (*path).clone(),
        })
    };
    sources.filter_map(link).collect()
}

/// What a kustomization names: files, the kustomizations of folders, and itself.
pub(super) fn mentions(texts: &Texts<'_>, path: &Path, file: &SourceFile) -> Vec<Mention> {
    let own = Mention {
        name: Name::File(path.to_path_buf()),
        span: file.line_span(0).unwrap_or(Span::new(file.id, 0, 0)),
        role: Role::Declares,
    };
    let uses = links(texts, path, file).into_iter().map(|link| Mention {
        name: Name::File(link.path),
        span: link.span,
        role: Role::Uses,
    });
    std::iter::once(own).chain(uses).collect()
}

fn links(texts: &Texts<'_>, path: &Path, file: &SourceFile) -> Vec<FileLink> {
    named(texts, path, file, &PATHS)
}

/// The files that stand in a text where patterns of keys lead.
fn named(texts: &Texts<'_>, path: &Path, file: &SourceFile, patterns: &[&[&str]]) -> Vec<FileLink> {
    let folder = path.parent().unwrap_or(path);
    let yaml = yaml::read(file, &yaml::Options::default());
    let mut found = Vec::new();
    for document in &yaml.documents {
        for pattern in patterns {
            collect(&document.tree, NodeId::ROOT, pattern, &mut found);
        }
    }
    let link = |(text, span): (&str, Span)| {
        // A generator may give the file another name first.
        let named = text.rsplit('=').next()?;
        let path = target(texts, &clean(&folder.join(named)))?;
        Some(FileLink { span, path })
    };
    found.into_iter().filter_map(link).collect()
}

/// The texts that stand where a pattern of keys leads, of which `*` is every element.
fn collect<'t>(tree: &'t Tree, node: NodeId, pattern: &[&str], found: &mut Vec<(&'t str, Span)>) {
    match pattern {
        [] => {
            let written = tree.node(node);
            if let Data::String(text) = &written.data {
                found.push((text, written.span));
            }
        }
        ["*", rest @ ..] => {
            for child in tree.children(node) {
                collect(tree, child, rest, found);
            }
        }
        [key, rest @ ..] => {
            if let Some(child) = tree.get(node, key) {
                collect(tree, child, rest, found);
            }
        }
    }
}

/// The file, or the kustomization in the folder, of a path.
fn target(texts: &Texts<'_>, path: &Path) -> Option<PathBuf> {
    let in_folder = texts
        .inputs
        .iter()
        .find(|input| input.parent() == Some(path) && is_kustomization(input));
    match in_folder {
        Some(kustomization) => Some(kustomization.clone()),
        None => texts.read(path).map(|_| path.to_path_buf()),
    }
}
