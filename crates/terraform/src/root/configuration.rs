//! The modules of a root: which folder each call leads to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::HashMap;
use smol_str::SmolStr;
use source::{Level, Limits, Problem, Span};

use super::{Options, Unread};
use crate::module::{Call, Module, clean, is_local};

/// The most calls of modules in one root, counted along every way to them. A real estate has hundreds.
const MOST_CALLS: usize = 20_000;

/// All modules of a root, as a tree of calls. A folder that is called twice is read once.
pub(super) struct Configuration {
    /// The calls, the root first; a call comes after that which leads to it.
    pub(super) nodes: Vec<Node>,
    pub(super) problems: Vec<Problem>,
    pub(super) unread: Vec<Unread>,
}

/// A call of a module, or the root.
pub(super) struct Node {
    pub(super) module: Arc<Module>,
    /// The node of the caller, and the name of the call there.
    pub(super) parent: Option<(usize, SmolStr)>,
    /// The nodes that its calls lead to, where their source is in the input.
    pub(super) children: BTreeMap<SmolStr, usize>,
}

/// `.terraform/modules/modules.json`: the key of a call to the folder that `terraform init` put its module in.
type Installed = HashMap<String, PathBuf>;

struct Loader<'a> {
    options: &'a Options<'a>,
    installed: Installed,
    configuration: Configuration,
}

impl Configuration {
    pub(super) fn load(options: &Options<'_>) -> Self {
        let mut loader = Loader {
            options,
            installed: installed(options),
            configuration: Self {
                nodes: Vec::new(),
                problems: Vec::new(),
                unread: Vec::new(),
            },
        };
        let root = options.modules.get(options.folder);
        loader.push(root, None);
        let mut next = 0;
        while next < loader.configuration.nodes.len() {
            loader.follow_calls(next);
            next += 1;
        }
        loader.configuration
    }

    /// The names of the calls that lead to a node, joined by dots as `modules.json` has them.
    fn key(&self, node: usize) -> String {
        let mut names = Vec::new();
        let mut at = node;
        while let Some((parent, name)) = &self.nodes[at].parent {
            names.push(name.as_str());
            at = *parent;
        }
        names.reverse();
        names.join(".")
    }

    /// Every module once, the root first.
    pub(super) fn modules(&self) -> Vec<Arc<Module>> {
        let mut seen = std::collections::HashSet::new();
        let all = self.nodes.iter().map(|node| &node.module);
        all.filter(|module| seen.insert(module.folder.clone()))
            .cloned()
            .collect()
    }

    fn is_ancestor(&self, node: usize, folder: &Path) -> bool {
        let mut at = Some(node);
        while let Some(node) = at {
            if self.nodes[node].module.folder == folder {
                return true;
            }
            at = self.nodes[node].parent.as_ref().map(|(parent, _)| *parent);
        }
        false
    }
}

impl Loader<'_> {
    fn push(&mut self, module: Arc<Module>, parent: Option<(usize, SmolStr)>) {
        let index = self.configuration.nodes.len();
        if let Some((parent, name)) = &parent {
            self.configuration.nodes[*parent]
                .children
                .insert(name.clone(), index);
        }
        self.configuration.nodes.push(Node {
            module,
            parent,
            children: BTreeMap::new(),
        });
    }

    fn follow_calls(&mut self, node: usize) {
        let module = Arc::clone(&self.configuration.nodes[node].module);
        for call in module.calls.values() {
            match self.folder_of(node, &module, call) {
                Ok(folder) if self.configuration.is_ancestor(node, &folder) => {
                    self.problem(
                        "recursive-module",
                        "this module calls itself",
                        call.name.span,
                    );
                }
                Ok(_) if self.configuration.nodes.len() >= MOST_CALLS => {
                    let message =
                        format!("more than {MOST_CALLS} calls of modules lead from one root");
                    self.problem("too-many-modules", &message, call.name.span);
                }
                Ok(folder) => {
                    let called = self.options.modules.get(&folder);
                    self.push(called, Some((node, call.name.text.clone())));
                }
                Err(why) => self.not_read(node, call, why),
            }
        }
    }

    fn folder_of(&self, node: usize, module: &Module, call: &Call) -> Result<PathBuf, NotRead> {
        let source = call
            .source
            .as_ref()
            .and_then(crate::syntax::Expression::literal)
            .ok_or(NotRead::NoSource)?;
        let folder = if is_local(&source) {
            clean(&module.folder.join(source.as_str()))
        } else {
            self.installed_folder(node, call)
                .ok_or(NotRead::Remote(source.clone()))?
        };
        let inside = self.options.modules.system.canonical(&folder);
        match inside {
            Err(_) if !is_local(&source) => Err(NotRead::Remote(source)),
            Err(_) => Err(NotRead::Missing(source)),
            Ok(path) if !path.starts_with(self.options.boundary) => Err(NotRead::Outside(source)),
            Ok(_) => Ok(folder),
        }
    }

    fn installed_folder(&self, node: usize, call: &Call) -> Option<PathBuf> {
        let parent = self.configuration.key(node);
        let key = match parent.is_empty() {
            true => call.name.text.to_string(),
            false => format!("{parent}.{}", call.name.text),
        };
        self.installed.get(&key).cloned()
    }

    fn not_read(&mut self, node: usize, call: &Call, why: NotRead) {
        let span = call
            .source
            .as_ref()
            .map_or(call.name.span, |source| source.span);
        match why {
            NotRead::Remote(source) => {
                let parent = self.configuration.key(node).replace('.', ".module.");
                let prefix = if parent.is_empty() {
                    String::new()
                } else {
                    format!("module.{parent}.")
                };
                self.configuration.unread.push(Unread {
                    address: format!("{prefix}module.{}", call.name.text),
                    source,
                    span,
                });
            }
            NotRead::NoSource => {
                self.problem(
                    "no-module-source",
                    "the call has no source that can be read as text",
                    span,
                );
            }
            NotRead::Missing(source) => {
                let message = format!("there is no folder `{source}`");
                self.problem("missing-module", &message, span);
            }
            NotRead::Outside(source) => {
                let message = format!("`{source}` lies outside the folders that may be read");
                self.problem("module-outside", &message, span);
            }
        }
    }

    fn problem(&mut self, code: &'static str, message: &str, span: Span) {
        self.configuration
            .problems
            .push(Problem::at(Level::Error, code, message, span));
    }
}

/// Why a called module is not read.
enum NotRead {
    NoSource,
    Remote(SmolStr),
    Missing(SmolStr),
    Outside(SmolStr),
}

/// Where `terraform init` or `terraform get` put the modules.
///
/// Source: <https://developer.hashicorp.com/terraform/cli/commands/get>; the file is Terraform's own and undocumented.
fn installed(options: &Options<'_>) -> Installed {
    let manifest = options.folder.join(".terraform/modules/modules.json");
    let Ok(bytes) = options.modules.system.read(&manifest, Limits::default()) else {
        return Installed::default();
    };
    let Ok(text) = String::from_utf8(bytes) else {
        return Installed::default();
    };
    read_manifest(&text, options.folder)
}

fn read_manifest(text: &str, root: &Path) -> Installed {
    let file = source::SourceFile::new(source::FileId(0), "modules.json", text);
    let read = yaml::read(&file, &yaml::Options::default());
    let Some(document) = read.documents.first() else {
        return Installed::default();
    };
    let tree = &document.tree;
    let modules = tree.get(graph::NodeId::ROOT, "Modules");
    let entries = modules
        .into_iter()
        .flat_map(|modules| tree.children(modules));
    entries
        .filter_map(|entry| {
            let key = tree.text(entry, "Key")?.to_string();
            let folder = tree.text(entry, "Dir")?;
            Some((key, clean(&root.join(folder.as_str()))))
        })
        .collect()
}
