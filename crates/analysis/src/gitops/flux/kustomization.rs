//! Kustomizations of Flux: what they say of those of the tree, or in their place.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::kustomize::{Changes, is_kustomization};
use graph::{Data, Key, NodeId, SmolStr, Tree};
use source::system::FoundKind;
use source::{FileSystem as _, Limits, Span};

use super::{Deployed, PostBuild};
use crate::gitops::deployment::{Deployment, How, KustomizationOptions};
use crate::gitops::field::items;
use crate::helm::CHART_FILE;

/// The fields that mean the same in both, under their names there and here.
const FIELDS: [(&str, &str); 5] = [
    ("namePrefix", "namePrefix"),
    ("nameSuffix", "nameSuffix"),
    ("targetNamespace", "namespace"),
    ("components", "components"),
    ("patches", "patches"),
];

impl Deployed<'_> {
    /// What a kustomization deploys.
    pub(super) fn kustomization(&mut self) -> Option<Deployment> {
        let spec = self.spec();
        let source = self.tree.get(spec, "sourceRef").unwrap_or(spec);
        let path = self.text(spec, "path").map_or("", SmolStr::as_str);
        let folder = self.folder(source, path)?;
        for key in ["patchesStrategicMerge", "patchesJson6902"] {
            if let Some(node) = self.tree.get(spec, key) {
                let message = format!("`{key}` is not applied; `patches` is");
                self.warn(message, self.tree.node(node).span);
            }
        }
        let changes = self.changes(spec, &folder);
        let options = KustomizationOptions {
            changes: Some(changes),
            post_build: self.post_build(spec).map(Arc::new),
        };
        Some(self.deployment(folder, How::Kustomization(Box::new(options))))
    }

    fn changes(&self, spec: NodeId, folder: &Path) -> Changes {
        let span = self.tree.node(spec).span;
        let mut fields = Tree::new(Data::Map, span);
        for (theirs, ours) in FIELDS {
            if let Some(node) = self.tree.get(spec, theirs) {
                let written = self.tree.node(node).key.as_ref();
                let key = Key {
                    text: ours.into(),
                    span: written.map_or(span, |key| key.span),
                };
                fields.copy(NodeId::ROOT, Some(key), self.tree, node);
            }
        }
        self.add_images(spec, &mut fields);
        let system = self.finder.confined(&self.place.boundary);
        let entries = system.list(folder).unwrap_or_default();
        let is_whole = !entries.iter().any(|entry| is_kustomization(&entry.path));
        if is_whole {
            self.add_resources(folder, span, &mut fields);
        }
        Changes {
            fields: Arc::new(fields),
            forces: true,
            is_whole,
        }
    }

    /// Adds images. What one says nothing of stays as the file has it, but a tag and a digest go together.
    fn add_images(&self, spec: NodeId, fields: &mut Tree) {
        let images: Vec<NodeId> = items(self.tree, spec, "images").collect();
        if images.is_empty() {
            return;
        }
        let key = |text: &str, span: Span| Key {
            text: text.into(),
            span,
        };
        let span = self.tree.node(spec).span;
        let list = fields.push(NodeId::ROOT, Some(key("images", span)), Data::List, span);
        for image in images {
            let span = self.tree.node(image).span;
            let entry = fields.copy(list, None, self.tree, image);
            let has = |key: &str| self.tree.get(image, key).is_some();
            let kept: &[&str] = match (has("newName"), has("newTag") || has("digest")) {
                (true, true) => &[],
                (false, true) => &["newName"],
                (true, false) => &["newTag", "digest"],
                (false, false) => &["newName", "newTag", "digest"],
            };
            for name in kept {
                let star = Data::String("*".into());
                fields.push(entry, Some(key(name, span)), star, span);
            }
        }
    }

    /// Adds what Flux makes a kustomization of where a folder has none: its manifests, and the folders in it that have one.
    fn add_resources(&self, folder: &Path, span: Span, fields: &mut Tree) {
        let key = |text: &str| Key {
            text: text.into(),
            span,
        };
        let list = fields.push(NodeId::ROOT, Some(key("resources")), Data::List, span);
        for path in self.manifests(folder) {
            if let Ok(below) = path.strip_prefix(folder) {
                let text = crate::project::shown(below);
                fields.push(list, None, Data::String(text.into()), span);
            }
        }
    }

    fn manifests(&self, folder: &Path) -> Vec<PathBuf> {
        let system = self.finder.confined(&self.place.boundary);
        let walked = match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        };
        let found = system.walk(walked, Some(&self.place.boundary)).into_iter();
        let files = found.filter(|found| found.kind == FoundKind::File);
        let files: Vec<PathBuf> = files.map(|found| found.path).collect();
        let holds = |is: &dyn Fn(&Path) -> bool| -> BTreeSet<PathBuf> {
            let files = files.iter().filter(|file| is(file));
            files
                .filter_map(|file| file.parent().map(Path::to_path_buf))
                .collect()
        };
        let kustomizations = holds(&is_kustomization);
        let charts = holds(&|file| file.ends_with(CHART_FILE));
        let is_below = |file: &Path, folders: &BTreeSet<PathBuf>| {
            file.ancestors()
                .skip(1)
                .any(|above| folders.contains(above))
        };
        let outer = |folder: &&PathBuf| !is_below(folder, &kustomizations);
        let mut all: Vec<PathBuf> = kustomizations.iter().filter(outer).cloned().collect();
        all.extend(
            files
                .iter()
                .filter(|file| {
                    let ending = file
                        .extension()
                        .is_some_and(|ending| ending == "yaml" || ending == "yml");
                    let is_apart = is_below(file, &kustomizations) || is_below(file, &charts);
                    ending && !is_apart && self.is_manifest(file)
                })
                .cloned(),
        );
        all.sort();
        all
    }

    /// Whether a file holds any object.
    fn is_manifest(&self, path: &Path) -> bool {
        let system = self.finder.confined(&self.place.boundary);
        let read = system.read(path, Limits::default()).ok();
        let text = read.and_then(|bytes| String::from_utf8(bytes).ok());
        let has = |key: &str| {
            let mut lines = text.iter().flat_map(|text| text.lines());
            lines.any(|line| line.trim_start_matches(['{', '"', ' ']).starts_with(key))
        };
        has("apiVersion") && text.as_ref().is_some_and(|text| text.contains("kind"))
    }

    fn post_build(&mut self, spec: NodeId) -> Option<PostBuild> {
        let post_build = self.tree.get(spec, "postBuild");
        let variables = post_build.map(|node| self.variables(node));
        let metadata = self.tree.get(spec, "commonMetadata");
        let metadata = metadata.map(|node| Arc::new(self.tree.subtree(node)));
        (variables.is_some() || metadata.is_some()).then(|| PostBuild {
            variables: variables.unwrap_or_default(),
            metadata,
        })
    }
}
