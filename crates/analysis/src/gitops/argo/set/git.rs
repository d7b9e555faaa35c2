//! The generator of folders and files of a repository.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use graph::{Data, Key, NodeId, SmolStr, Tree};
use smol_str::format_smolstr;
use source::system::FoundKind;
use source::{FileSystem as _, Limits, Span};

use super::generators::Failed;
use super::{Set, empty, set};
use crate::gitops::field::{flag, items, text};
use crate::gitops::pattern::{matches_file, matches_folder};

impl Set<'_> {
    pub(super) fn git(&mut self, tree: &Tree, git: NodeId) -> Result<Vec<Tree>, Failed> {
        let url = tree.get(git, "repoURL").unwrap_or(git);
        let repository = &self.place.repository;
        let is_own = tree.as_text(url).is_some_and(|url| repository.is_at(url));
        if !is_own {
            let why = match repository.is_known() {
                true => "its folders and files are in another repository",
                false => "nothing says which repository this tree is (`--repo-url` does)",
            };
            return Err(Some((tree.node(url).span, why.to_owned())));
        }
        let folders: Vec<NodeId> = items(tree, git, "directories").collect();
        match folders.is_empty() {
            true => self.git_files(tree, git),
            false => self.git_folders(tree, git, &folders),
        }
    }

    /// The files of the repository, by their paths in it.
    fn files(&self) -> &BTreeMap<String, PathBuf> {
        self.files.get_or_init(|| self.walked())
    }

    fn walked(&self) -> BTreeMap<String, PathBuf> {
        let root = &self.place.repository.root;
        let system = self.finder.confined(&self.place.boundary);
        let walked = match root.as_os_str().is_empty() {
            true => Path::new("."),
            false => root,
        };
        let found = system.walk(walked, Some(&self.place.boundary)).into_iter();
        let files = found.filter(|found| found.kind == FoundKind::File);
        let files = files.filter_map(|found| {
            let below = found.path.strip_prefix(root).ok()?;
            Some((crate::project::shown(below), found.path))
        });
        files.collect()
    }

    fn git_folders(
        &mut self,
        tree: &Tree,
        git: NodeId,
        patterns: &[NodeId],
    ) -> Result<Vec<Tree>, Failed> {
        let files = self.files();
        let folders = files
            .keys()
            .flat_map(|file| Path::new(file).ancestors().skip(1));
        let folders: BTreeSet<String> = folders.map(crate::project::shown).collect();
        let mut all = Vec::new();
        for folder in folders.iter().filter(|folder| !folder.is_empty()) {
            let matching = patterns.iter().filter(|pattern| {
                let path = text(tree, **pattern, "path").map_or("", SmolStr::as_str);
                matches_folder(path, folder)
            });
            let matching: Vec<&NodeId> = matching.collect();
            let is_excluded = matching.iter().any(|node| flag(tree, **node, "exclude"));
            let Some(first) = matching.first().filter(|_| !is_excluded) else {
                continue;
            };
            let place = tree.get(**first, "path").unwrap_or(**first);
            let span = tree.node(place).span;
            let mut params = empty(span);
            self.add_path(&mut params, tree, git, (folder, None), span);
            all.push(self.with_values(params, tree, git)?);
        }
        Ok(all)
    }

    fn git_files(&mut self, tree: &Tree, git: NodeId) -> Result<Vec<Tree>, Failed> {
        let patterns: Vec<NodeId> = items(tree, git, "files").collect();
        if patterns.is_empty() {
            let why = "it names neither folders nor files";
            return Err(Some((tree.node(git).span, why.to_owned())));
        }
        let mut all = Vec::new();
        for (name, path) in self.files().clone() {
            let mut matching = patterns.iter().filter(|pattern| {
                let pattern = text(tree, **pattern, "path").map_or("", SmolStr::as_str);
                matches_file(pattern, &name)
            });
            let Some(first) = matching.next() else {
                continue;
            };
            let span = tree.node(*first).span;
            for object in self.objects(&path, span)? {
                let mut params = match self.templates.is_go {
                    true => object,
                    false => flat(&object),
                };
                let folder = Path::new(&name).parent().map(crate::project::shown);
                let folder = folder.filter(|folder| !folder.is_empty());
                let folder = folder.unwrap_or_else(|| ".".to_owned());
                self.add_path(&mut params, tree, git, (&folder, Some(&name)), span);
                all.push(self.with_values(params, tree, git)?);
            }
        }
        Ok(all)
    }

    /// The maps that a file holds.
    fn objects(&mut self, path: &Path, span: Span) -> Result<Vec<Tree>, Failed> {
        let shown = (self.finder.shown)(path);
        let system = self.finder.confined(&self.place.boundary);
        let loaded = self
            .finder
            .sources
            .load(&system, path, &shown, Limits::default());
        let file = loaded.map_err(|error| {
            let why = format!("{}: {error}", crate::project::shown(&shown));
            Some((span, why))
        })?;
        let yaml = yaml::read(&file, &yaml::Options::default());
        self.problems.extend(yaml.problems);
        let Some(document) = yaml.documents.into_iter().next() else {
            return Ok(vec![empty(file.span())]);
        };
        let tree = document.tree;
        Ok(match tree.node(NodeId::ROOT).data {
            Data::List => {
                let each = tree.children(NodeId::ROOT);
                each.map(|element| tree.subtree(element)).collect()
            }
            _ => vec![tree],
        })
    }

    /// Adds what the path of a folder, or of a file in it, gives.
    fn add_path(
        &self,
        params: &mut Tree,
        tree: &Tree,
        git: NodeId,
        (folder, file): (&str, Option<&str>),
        span: Span,
    ) {
        let base = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        let mut parts = vec![
            ("basename", base(folder)),
            ("basenameNormalized", normalized(&base(folder))),
        ];
        if let Some(file) = file {
            parts.push(("filename", base(file)));
            parts.push(("filenameNormalized", normalized(&base(file))));
        }
        let prefix = text(tree, git, "pathParamPrefix");
        let string = |text: &str| Data::String(text.into());
        if !self.templates.is_go {
            let name = prefix.map_or("path".into(), |prefix| format_smolstr!("{prefix}.path"));
            set(params, NodeId::ROOT, &name, string(folder), span);
            for (part, text) in parts {
                let name = format!("{name}.{part}");
                set(params, NodeId::ROOT, &name, string(&text), span);
            }
            for (index, segment) in folder.split('/').enumerate() {
                let name = format!("{name}[{index}]");
                set(params, NodeId::ROOT, &name, string(segment), span);
            }
            return;
        }
        let parent = match prefix {
            Some(prefix) => set(params, NodeId::ROOT, prefix, Data::Map, span),
            None => NodeId::ROOT,
        };
        let map = set(params, parent, "path", Data::Map, span);
        set(params, map, "path", string(folder), span);
        for (part, text) in parts {
            set(params, map, part, string(&text), span);
        }
        let list = set(params, map, "segments", Data::List, span);
        for segment in folder.split('/') {
            params.push(list, None, string(segment), span);
        }
    }

    /// The parameters with the values that the generator adds, which are templates themselves.
    fn with_values(&mut self, mut params: Tree, tree: &Tree, git: NodeId) -> Result<Tree, Failed> {
        let Some(values) = tree.get(git, "values") else {
            return Ok(params);
        };
        let mut filled = tree.subtree(values);
        self.fill(&mut filled, &params).ok_or(None)?;
        let span = filled.node(NodeId::ROOT).span;
        let map = match self.templates.is_go {
            true => set(&mut params, NodeId::ROOT, "values", Data::Map, span),
            false => NodeId::ROOT,
        };
        for value in filled.children(NodeId::ROOT) {
            let found = filled.node(value);
            let key = found.key.as_ref().map_or("", |key| key.text.as_str());
            let name = match self.templates.is_go {
                true => key.to_owned(),
                false => format!("values.{key}"),
            };
            set(&mut params, map, &name, found.data.clone(), found.span);
        }
        Ok(params)
    }
}

/// A name as one of Kubernetes: lower-case letters, digits, `-` and `.`.
fn normalized(name: &str) -> String {
    let lower = name.to_lowercase();
    let signs = lower.chars();
    let replaced: String = signs
        .map(
            |sign| match sign.is_ascii_alphanumeric() || sign == '-' || sign == '.' {
                true => sign,
                false => '-',
            },
        )
        .collect();
    let short: String = replaced.chars().take(253).collect();
    short.trim_matches(['-', '.']).to_owned()
}

/// The scalars of a map by their paths with dots, as texts.
fn flat(tree: &Tree) -> Tree {
    let mut params = empty(tree.node(NodeId::ROOT).span);
    let mut open: Vec<(NodeId, String)> = vec![(NodeId::ROOT, String::new())];
    while let Some((node, path)) = open.pop() {
        let found = tree.node(node);
        let text = match &found.data {
            Data::Map | Data::List => {
                for (index, child) in tree.children(node).enumerate() {
                    let key = tree
                        .node(child)
                        .key
                        .as_ref()
                        .map(|key| key.text.to_string());
                    let name = key.unwrap_or_else(|| index.to_string());
                    let dot = if path.is_empty() { "" } else { "." };
                    open.push((child, format!("{path}{dot}{name}")));
                }
                continue;
            }
            Data::String(text) => text.clone(),
            Data::Bool(truth) => format_smolstr!("{truth}"),
            Data::Int(number) => format_smolstr!("{number}"),
            Data::Float(number) => format_smolstr!("{number}"),
            Data::Null | Data::Unknown(_) | Data::Partial(_) => continue,
        };
        let key = Key {
            text: path.into(),
            span: found.span,
        };
        params.push(NodeId::ROOT, Some(key), Data::String(text), found.span);
    }
    params
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_those_of_kubernetes() {
        assert_eq!(normalized("My_App.v1-"), "my-app.v1");
    }
}
