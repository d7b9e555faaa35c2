//! `scantling.yaml`: what a team settles once for all its runs.

mod message;
mod preferences;
mod schema;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::{Data, NodeId, Tree};
use serde::Deserialize;
use source::{FileId, FileSystem, Limits, ReadError, SourceFile, Sources, Span, neutral};

use crate::discover::{clean, repository};
use crate::error::Error;

pub use preferences::{Keys, Preferences, preferences_schema};
pub use schema::configuration_schema;

/// The name of the file that is looked for upward.
pub(crate) const NAME: &str = "scantling.yaml";

/// The key that says which repository the folder is a copy of.
pub(crate) const REPOSITORY_URL: &str = "repository-url";

/// The configuration of a project. All paths are relative to the folder that the file stands in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// What is scanned where the call names no path.
    pub paths: Vec<PathBuf>,
    /// Globs of paths that are left out.
    pub exclude: Vec<String>,
    /// Folders with further checks.
    pub checks: Vec<PathBuf>,
    /// Checks to run beside those that are on by default.
    pub enable: Vec<String>,
    /// Checks not to run.
    pub disable: Vec<String>,
    /// The severity of a check, by its name.
    pub severity: BTreeMap<String, String>,
    /// The settings of a check, by its name.
    pub settings: BTreeMap<String, serde_yaml::Mapping>,
    /// The version of Kubernetes to judge against.
    pub kubernetes_version: Option<String>,
    /// Whether everything that exists is in the input.
    pub complete: bool,
    /// The address of the repository whose root the folder is; else that of git's remote `origin`.
    pub repository_url: Option<String>,
    /// What root modules of Terraform are evaluated with.
    pub terraform: TerraformConfig,
    /// The environments in which sources are evaluated, by name, in place of those that files make by their names.
    pub environments: BTreeMap<String, EnvironmentConfig>,
    /// Where pods stand in further custom kinds, such as `Rollout.argoproj.io spec.template`.
    pub pods: Vec<String>,
    /// Findings that are known and accepted.
    pub suppress: Vec<SuppressEntry>,
    /// What is different for some paths.
    pub overrides: Vec<Override>,
    /// The file that this was read from, relative to the folder of the run.
    #[serde(skip)]
    pub file: PathBuf,
    /// The text of the file.
    #[serde(skip)]
    pub(crate) text: Arc<str>,
    /// The path from the folder of the configuration to that which shown paths are relative to.
    #[serde(skip)]
    pub(crate) prefix: PathBuf,
    /// The real path of the folder outside of which the configuration names nothing; none where the call names its file. Whoever
    /// scans a repository has not read its configuration.
    #[serde(skip)]
    pub(crate) boundary: Option<PathBuf>,
}

/// What root modules of Terraform are evaluated with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TerraformConfig {
    /// Variable files, the weakest first.
    pub var_files: Vec<PathBuf>,
    /// Values of variables, which count before those of files.
    pub vars: BTreeMap<String, VariableValue>,
    /// `terraform.workspace`.
    pub workspace: Option<String>,
}

/// What one environment is evaluated with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct EnvironmentConfig {
    /// Variable files of Terraform, the weakest first.
    pub var_files: Vec<PathBuf>,
    /// `terraform.workspace`.
    pub workspace: Option<String>,
    /// Files of values for charts, the weakest first.
    pub values: Vec<PathBuf>,
}

/// The value of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VariableValue {
    /// A text, as `--var` takes it.
    Text(String),
    /// Anything else, as an expression of Terraform's language.
    Expression(String),
}

impl<'de> Deserialize<'de> for VariableValue {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_yaml::Value::deserialize(deserializer)?;
        Ok(match value {
            serde_yaml::Value::String(text) => Self::Text(text),
            value => Self::Expression(flow(&value)),
        })
    }
}

/// A value on one line, which is an expression of Terraform's language.
fn flow(value: &serde_yaml::Value) -> String {
    use serde_yaml::Value;
    let list = |parts: Vec<String>| parts.join(", ");
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text),
        Value::Sequence(items) => format!("[{}]", list(items.iter().map(flow).collect())),
        Value::Mapping(entries) => {
            let entry =
                |(key, value): (&Value, &Value)| format!("({}) = {}", flow(key), flow(value));
            format!("{{{}}}", list(entries.iter().map(entry).collect()))
        }
        Value::Tagged(tagged) => flow(&tagged.value),
    }
}

/// A string of Terraform's language without interpolations.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '$' | '%' if rest.peek() == Some(&'{') => out.extend([character, character]),
            character => out.push(character),
        }
    }
    out.push('"');
    out
}

/// An accepted finding.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SuppressEntry {
    /// The checks, by id or alias.
    pub checks: Vec<String>,
    /// The address of the resource, with `*` for any text; any where absent.
    pub address: Option<String>,
    /// The glob of the files; any where absent.
    pub path: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day, `YYYY-MM-DD`; for ever where absent.
    pub until: Option<String>,
    /// Where it is written.
    #[serde(skip)]
    pub(crate) written: Option<WrittenEntry>,
}

/// Where an accepted finding is written, in the text of the configuration.
#[derive(Clone, Debug)]
pub(crate) struct WrittenEntry {
    pub(crate) entry: Span,
    /// The names of the checks, one by one; where there is only one, it stands for all of the entry.
    pub(crate) checks: Vec<Span>,
}

/// What is different for some paths.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Override {
    /// Globs of the files.
    pub paths: Vec<String>,
    /// Checks not to run there.
    pub disable: Vec<String>,
    /// Other severities there.
    pub severity: BTreeMap<String, String>,
}

impl Config {
    /// The configuration of a run: the given file, else the nearest `scantling.yaml` at or above `directory`, up to the
    /// enclosing repository's root.
    ///
    /// # Errors
    /// When the given file can't be read, or the one that is found is not understood.
    pub fn find(
        system: &dyn FileSystem,
        given: Option<&Path>,
        directory: &Path,
    ) -> Result<Self, Error> {
        if let Some(path) = given {
            return Self::read(system, directory, path.to_path_buf());
        }
        let start = system
            .canonical(directory)
            .unwrap_or_else(|_| directory.to_path_buf());
        let mut file = PathBuf::from(NAME);
        for folder in start.ancestors() {
            match Self::read(system, directory, file.clone()) {
                Ok(mut config) => {
                    let below = start.strip_prefix(folder).unwrap_or(Path::new(""));
                    config.prefix = below.to_path_buf();
                    config.boundary = repository(system, folder);
                    config.check_paths(system, directory)?;
                    return Ok(config);
                }
                Err(Error::Read {
                    source: ReadError::NotFound,
                    ..
                }) => {}
                Err(error) => return Err(error),
            }
            if system.exists(&folder.join(".git")) {
                break;
            }
            file = Path::new("..").join(file);
        }
        Ok(Self::default())
    }

    fn read(system: &dyn FileSystem, directory: &Path, file: PathBuf) -> Result<Self, Error> {
        let limits = Limits::default();
        let path = clean(&directory.join(&file));
        let loaded = system
            .read(&path, limits)
            .and_then(|bytes| Sources::default().take(bytes, &file, limits));
        let text = match loaded {
            Ok(file) => Arc::clone(&file.text),
            Err(source) => return Err(Error::Read { path: file, source }),
        };
        let mut config = if text.trim().is_empty() {
            Self::default()
        } else {
            serde_yaml::from_str(&text).map_err(|error| message::explain(&error, &file))?
        };
        config.file = file;
        config.text = text;
        config.locate();
        Ok(config)
    }

    /// Takes note of where the accepted findings are written.
    fn locate(&mut self) {
        if self.suppress.is_empty() {
            return;
        }
        let file = SourceFile::new(FileId(0), &self.file, Arc::clone(&self.text));
        let yaml = yaml::read(&file, &yaml::Options::default());
        let tree = yaml.documents.first().map(|document| &document.tree);
        let list = tree.and_then(|tree| Some((tree, tree.get(NodeId::ROOT, "suppress")?)));
        let Some((tree, list)) = list else {
            return;
        };
        for (entry, node) in self.suppress.iter_mut().zip(tree.children(list)) {
            entry.written = Some(WrittenEntry::of(tree, node));
        }
    }

    /// Refuses paths that lead out of the boundary. Those that are not there are told where they are read.
    fn check_paths(&self, system: &dyn FileSystem, directory: &Path) -> Result<(), Error> {
        let named = [
            ("paths", &self.paths),
            ("checks", &self.checks),
            ("var-files", &self.terraform.var_files),
        ];
        let environments = self.environments.values();
        let environments = environments.flat_map(|environment| {
            [
                ("var-files", &environment.var_files),
                ("values", &environment.values),
            ]
        });
        let named = named.into_iter().chain(environments);
        for (key, path) in named.flat_map(|(key, paths)| paths.iter().map(move |path| (key, path)))
        {
            let full = clean(&directory.join(self.folder()).join(path));
            let real = system.canonical(&full);
            let leads_out =
                |boundary: &PathBuf| real.as_ref().is_ok_and(|real| !real.starts_with(boundary));
            if self.boundary.as_ref().is_some_and(leads_out) {
                let text = path.to_string_lossy();
                let message = format!("`{}` is outside of the repository", neutral(&text));
                let help = "name it in the call, or name this file with --config".to_owned();
                return Err(self.error(&[key, &text], message, Some(help)));
            }
        }
        Ok(())
    }

    /// An error of this configuration at the value that stands at `path`: keys of maps, and texts or indexes of lists.
    pub(crate) fn error(&self, path: &[&str], message: String, help: Option<String>) -> Error {
        Error::Config {
            path: self.file.clone(),
            line: self.line(path),
            message,
            help,
        }
    }

    /// The line of the value at a path, or of the nearest value around it.
    fn line(&self, path: &[&str]) -> Option<usize> {
        let file = SourceFile::new(FileId(0), &self.file, Arc::clone(&self.text));
        let yaml = yaml::read(&file, &yaml::Options::default());
        let tree = &yaml.documents.first()?.tree;
        let mut node = NodeId::ROOT;
        for step in path {
            let Some(next) = child(tree, node, step) else {
                break;
            };
            node = next;
        }
        let written = tree.node(node);
        let span = written.key.as_ref().map_or(written.span, |key| key.span);
        Some(file.position(span.start).line as usize + 1)
    }

    /// The folder that the paths of the configuration are relative to, itself relative to the folder of the run.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new(""))
    }
}

impl WrittenEntry {
    fn of(tree: &Tree, node: NodeId) -> Self {
        let span = |node: NodeId| tree.node(node).span;
        let checks = tree.get(node, "checks").into_iter();
        let checks: Vec<Span> = checks
            .flat_map(|list| tree.children(list))
            .map(span)
            .collect();
        Self {
            entry: span(node),
            checks: if checks.len() > 1 { checks } else { Vec::new() },
        }
    }
}

fn child(tree: &Tree, node: NodeId, step: &str) -> Option<NodeId> {
    if tree.node(node).data == Data::List {
        let named = tree
            .children(node)
            .find(|child| tree.as_text(*child).is_some_and(|text| text == step));
        return named.or_else(|| tree.children(node).nth(step.parse().ok()?));
    }
    tree.get(node, step)
}
