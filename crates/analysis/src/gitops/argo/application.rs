//! Applications of Argo CD: their sources, and where these are.

use std::path::{Path, PathBuf};

use foldhash::HashMap;
use graph::{NodeId, SmolStr, Tree};
use source::{FileSystem as _, Level, Problem, Span};

use super::chart;
use crate::gitops::deployment::{Deployer, Deployment, How, KustomizationOptions};
use crate::gitops::field::{flag, items, text};
use crate::gitops::{Finder, NOT_RENDERED, Place, below};
use crate::helm::CHART_FILE;
use crate::kustomize::is_kustomization;

/// An application that is looked at.
pub(super) struct Application<'a> {
    pub(super) finder: &'a Finder<'a>,
    pub(super) tree: &'a Tree,
    pub(super) by: Deployer,
    pub(super) place: &'a Place,
    /// The addresses of sources that others refer to, by name.
    pub(super) references: HashMap<SmolStr, String>,
    pub(super) deployments: Vec<Deployment>,
    pub(super) problems: Vec<Problem>,
}

/// A source of an application.
#[derive(Clone)]
pub(super) struct Source {
    pub(super) node: NodeId,
    /// The folder in its repository, as it is written.
    pub(super) path: String,
    /// The folder.
    pub(super) folder: PathBuf,
}

/// As what Argo CD takes a source.
enum Type {
    Helm,
    Kustomize,
    Directory,
    Plugin,
}

impl<'a> Application<'a> {
    /// Looks at all sources.
    pub(super) fn follow(&mut self) {
        let Some(spec) = self.tree.get(NodeId::ROOT, "spec") else {
            return;
        };
        let several: Vec<NodeId> = items(self.tree, spec, "sources").collect();
        let sources = match several.is_empty() {
            true => self.tree.get(spec, "source").into_iter().collect(),
            false => several,
        };
        for source in &sources {
            if let (Some(name), Some(url)) =
                (self.text(*source, "ref"), self.text(*source, "repoURL"))
            {
                self.references.insert(name.clone(), url.to_string());
            }
        }
        for (index, source) in sources.iter().enumerate() {
            self.by.source = index;
            self.source(*source);
        }
    }

    pub(super) fn text(&self, node: NodeId, key: &str) -> Option<&'a SmolStr> {
        text(self.tree, node, key)
    }

    fn source(&mut self, node: NodeId) {
        if self.tree.get(node, "chart").is_some() {
            let url = self.text(node, "repoURL").map_or("", SmolStr::as_str);
            let why = format!("its chart is in the repository `{}`", source::neutral(url));
            return self.not_rendered(node, "chart", &why);
        }
        let is_reference = self.tree.get(node, "ref").is_some();
        let (Some(url), path) = (self.text(node, "repoURL"), self.tree.get(node, "path")) else {
            return self.not_rendered(node, "repoURL", "its repository can't be known");
        };
        if path.is_none() && is_reference {
            return;
        }
        if !self.place.repository.is_at(url) {
            let why = match self.place.repository.is_known() {
                true => format!("its source is in the repository `{}`", source::neutral(url)),
                false => "nothing says which repository this tree is".to_owned(),
            };
            return self.not_rendered(node, "repoURL", &why);
        }
        let path = match path {
            None => String::new(),
            Some(path) => match self.tree.as_text(path) {
                Some(path) => path.to_string(),
                None => return self.not_rendered(node, "path", "its path can't be known"),
            },
        };
        match self.folder(&path) {
            Some(folder) => self.deploy(&Source { node, path, folder }),
            None => self.not_rendered(node, "path", "nothing stands at this path in the tree"),
        }
    }

    /// The real path of a folder of the repository.
    pub(super) fn folder(&self, path: &str) -> Option<PathBuf> {
        let folder = self.place.repository.path(path)?;
        let system = self.finder.confined(&self.place.boundary);
        let real = system.canonical(&folder).ok()?;
        let entries = system.list(&real).ok()?;
        (!entries.is_empty()).then_some(real)
    }

    fn deploy(&mut self, source: &Source) {
        let how = match self.source_type(source) {
            Type::Helm if !self.has(&source.folder.join(CHART_FILE)) => {
                let why = "no chart stands at this path in the tree";
                return self.not_rendered(source.node, "path", why);
            }
            Type::Helm => chart::options(self, source).map(|options| How::Chart(Box::new(options))),
            Type::Kustomize => {
                let options = KustomizationOptions {
                    changes: self.changes(source),
                    ..KustomizationOptions::default()
                };
                Some(How::Kustomization(Box::new(options)))
            }
            Type::Directory => self.directory(source),
            Type::Plugin => {
                let why = "a plugin makes its manifests, and none is run";
                return self.not_rendered(source.node, "plugin", why);
            }
        };
        if let Some(how) = how {
            self.deployments.push(Deployment {
                by: self.by.clone(),
                folder: source.folder.clone(),
                path: self.finder.below_run(&source.folder),
                boundary: self.place.boundary.clone(),
                is_demonstration: self.place.is_demonstration(&source.folder),
                environment: None,
                environments: 1,
                how,
            });
        }
    }

    /// A folder of manifests, which are what they are wherever they are judged.
    fn directory(&mut self, source: &Source) -> Option<How> {
        if !(self.finder.is_walked)(&source.folder) {
            let why = "the manifests in this folder are not in the input";
            self.not_rendered(source.node, "path", why);
            return None;
        }
        let options = self.tree.get(source.node, "directory");
        let recurses = options.is_some_and(|options| flag(self.tree, options, "recurse"));
        let system = self.finder.confined(&self.place.boundary);
        let walked = system.walk(&source.folder, Some(&self.place.boundary));
        let has_jsonnet = walked.iter().any(|found| {
            let is_own = recurses || found.path.parent() == Some(&source.folder);
            let ending = found.path.extension();
            is_own && ending.is_some_and(|ending| ending == "jsonnet")
        });
        if has_jsonnet {
            let why = "its manifests are written in Jsonnet, which is not run";
            self.not_rendered(source.node, "path", why);
        }
        Some(How::Directory)
    }

    /// As what a source is taken: as what it says, else by the files of its folder, of which a kustomization counts first.
    fn source_type(&self, source: &Source) -> Type {
        let says = |key| {
            let node = self.tree.get(source.node, key);
            node.is_some_and(|node| self.tree.node(node).data != graph::Data::Null)
        };
        let system = self.finder.confined(&self.place.boundary);
        let entries = system.list(&source.folder).unwrap_or_default();
        let has = |is: &dyn Fn(&Path) -> bool| entries.iter().any(|entry| is(&entry.path));
        match () {
            () if says("plugin") => Type::Plugin,
            () if says("helm") => Type::Helm,
            () if says("kustomize") => Type::Kustomize,
            () if says("directory") => Type::Directory,
            () if has(&is_kustomization) => Type::Kustomize,
            () if has(&|path| path.ends_with(CHART_FILE)) => Type::Helm,
            () => Type::Directory,
        }
    }

    /// The file at a path: of the repository where it begins with `/`, of another source where it begins with its name.
    pub(super) fn file(&self, source: &Source, path: &str) -> Result<PathBuf, String> {
        if path.contains("://") {
            return Err("it is on another machine".to_owned());
        }
        let reference = path
            .strip_prefix('$')
            .map(|path| path.split_once('/').unwrap_or((path, "")));
        if let Some((name, rest)) = reference
            && let Some(url) = self.references.get(name)
        {
            let repository = &self.place.repository;
            let own = repository.is_at(url).then(|| repository.path(rest));
            return own
                .flatten()
                .ok_or("it is in another repository".to_owned());
        }
        let path = self
            .expanded(source, path)
            .ok_or("its path depends on the revision")?;
        let file = match path.strip_prefix('/') {
            Some(path) => self.place.repository.path(path),
            None => below(
                &self.place.repository.root,
                &Path::new(&source.path).join(&path),
            ),
        };
        file.ok_or_else(|| "it leads out of the repository".to_owned())
    }

    pub(super) fn problem(&mut self, level: Level, message: impl Into<String>, span: Span) {
        self.problems
            .push(Problem::at(level, NOT_RENDERED, message, span));
    }

    /// What the application deploys is not in the graph, for a reason.
    fn not_rendered(&mut self, node: NodeId, key: &str, why: &str) {
        let node = self.tree.get(node, key).unwrap_or(node);
        let message = format!(
            "what the {} `{}` deploys is not rendered, so it is not judged: {why}",
            self.by.word,
            source::neutral(&self.by.name)
        );
        let problem = Problem::at(
            Level::Warning,
            NOT_RENDERED,
            message,
            self.tree.node(node).span,
        );
        self.problems.push(match self.place.repository.is_known() {
            true => problem,
            false => problem.with_help(
                "say it with `--repo-url`, or in `scantling.yaml` with `repository-url`",
            ),
        });
    }
}
