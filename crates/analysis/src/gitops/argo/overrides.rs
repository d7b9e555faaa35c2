//! Files in the folder of a source that say further things of it: image updaters write there.
//!
//! Source: <https://argo-cd.readthedocs.io/en/stable/user-guide/parameters/#store-overrides-in-git>

use std::path::Path;

use graph::{Data, Key, NodeId, Tree};
use source::{FileSystem as _, Limits};

use super::application::Application;
use crate::gitops::merge::{Nulls, merged};

/// What such a file may say.
const FIELDS: [&str; 4] = ["helm", "kustomize", "directory", "plugin"];

impl Application<'_> {
    /// The application with what files in the folder of its only source say; none where there are no such files.
    pub(super) fn overridden(&self) -> Option<Tree> {
        let source = self.tree.at(NodeId::ROOT, &["spec", "source"])?;
        let is_own = self
            .text(source, "repoURL")
            .is_some_and(|url| self.place.repository.is_at(url));
        let path = self.text(source, "path").filter(|_| is_own)?;
        let folder = self.folder(path)?;
        let files = [
            ".argocd-source.yaml".to_owned(),
            format!(".argocd-source-{}.yaml", self.by.name),
        ];
        let mut application = None;
        // A name that is a path is none of Kubernetes.
        for file in files.iter().filter(|file| !file.contains('/')) {
            let below = application.as_ref().unwrap_or(self.tree);
            if let Some(over) = self.read_override(&folder.join(file)) {
                application = Some(merged(below, &over, Nulls::Remove));
            }
        }
        application
    }

    /// What a file says, as fields of an application.
    fn read_override(&self, path: &Path) -> Option<Tree> {
        let system = self.finder.confined(&self.place.boundary);
        if !system.exists(path) {
            return None;
        }
        let shown = (self.finder.shown)(path);
        let sources = self.finder.sources;
        let file = sources
            .load(&system, path, &shown, Limits::default())
            .ok()?;
        let yaml = yaml::read(&file, &yaml::Options::default());
        let said = yaml.documents.into_iter().next()?.tree;
        let span = said.node(NodeId::ROOT).span;
        let mut tree = Tree::new(Data::Map, span);
        let mut parent = NodeId::ROOT;
        for name in ["spec", "source"] {
            let key = Key {
                text: name.into(),
                span,
            };
            parent = tree.push(parent, Some(key), Data::Map, span);
        }
        for name in FIELDS {
            if let Some(node) = said.get(NodeId::ROOT, name) {
                tree.copy(parent, said.node(node).key.clone(), &said, node);
            }
        }
        Some(tree)
    }
}
