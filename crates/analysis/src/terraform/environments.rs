//! The environments of a root module: what it is evaluated with, each on its own.
//!
//! A team that keeps `staging.tfvars` and `prod.tfvars` beside a configuration applies it once with each of them. So each
//! variable file that Terraform does not read by itself is an environment, named after the file, unless the call or the
//! configuration says which variable files there are.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;
use source::{Level, Problem, SourceFile};
use terraform::module::{Module, Modules};
use terraform::root::{Given, Inputs};
use terraform::syntax;

use super::Reader;
use super::names::{Role, role};

/// Folders of a root in which teams keep variable files.
const FOLDERS: [&str; 8] = [
    "config",
    "configs",
    "env",
    "environments",
    "envs",
    "tfvars",
    "variables",
    "vars",
];

/// The most environments that are paired with a root by themselves.
const MOST: usize = 16;

/// One of the ways in which a root is evaluated.
#[derive(Clone, Default)]
pub(super) struct Environment {
    /// The name; none where nothing tells environments apart.
    pub(super) name: Option<SmolStr>,
    /// The variable files that make it.
    pub(super) files: Vec<Arc<SourceFile>>,
    /// `terraform.workspace`, where it is given.
    pub(super) workspace: Option<String>,
}

impl Reader<'_> {
    /// The environments of a root, by name; at least one.
    pub(super) fn environments(
        &self,
        modules: &Modules<'_>,
        folder: &Path,
        problems: &mut Vec<Problem>,
    ) -> Vec<Environment> {
        let module = modules.get(folder);
        let only = Environment {
            workspace: self.settings.workspace.clone(),
            ..Environment::default()
        };
        let declared = self.settings.environments.iter();
        let declared: Vec<Environment> = declared
            .filter(|environment| is_meant_for(&module, environment))
            .cloned()
            .collect();
        if !declared.is_empty() {
            return declared;
        }
        if self.settings.files().next().is_some() || !self.settings.environments.is_empty() {
            return vec![only];
        }
        let mut paired = self.paired(modules, folder);
        paired.retain(|environment| is_meant_for(&module, environment));
        if paired.len() > MOST {
            problems.push(too_many(&paired, modules, folder));
            paired.truncate(MOST);
        }
        if paired.is_empty() {
            return vec![only];
        }
        for environment in &mut paired {
            environment.workspace.clone_from(&only.workspace);
        }
        paired
    }

    /// An environment for each variable file of a root that Terraform does not read by itself.
    fn paired(&self, modules: &Modules<'_>, folder: &Path) -> Vec<Environment> {
        let automatic = Inputs::automatic(self.system, folder);
        let folders = FOLDERS.iter().map(|name| folder.join(name));
        let own = self.variable_files(folder);
        let own = own.into_iter().filter(|path| {
            !automatic
                .iter()
                .any(|name| path.file_name() == Some(name.as_os_str()))
        });
        let files = own.chain(folders.flat_map(|folder| self.variable_files(&folder)));
        let mut environments: Vec<Environment> = Vec::new();
        for path in files {
            let loaded = Inputs::load(
                self.system,
                self.sources,
                &path,
                &(modules.shown)(&path),
                false,
            );
            // What can't be read is told of where a walk met it.
            let (Some(name), Ok(Given::File { file, .. })) = (name(&path), loaded) else {
                continue;
            };
            let same = environments
                .iter_mut()
                .find(|environment| environment.name.as_ref() == Some(&name));
            match same {
                Some(environment) => environment.files.push(file),
                None => environments.push(Environment {
                    name: Some(name),
                    files: vec![file],
                    workspace: None,
                }),
            }
        }
        environments.sort_by(|one, other| one.name.cmp(&other.name));
        environments
    }

    fn variable_files(&self, folder: &Path) -> Vec<PathBuf> {
        let entries = self.system.list(folder).unwrap_or_default().into_iter();
        let files = entries.filter(|entry| !entry.is_folder);
        files
            .map(|entry| entry.path)
            .filter(|path| matches!(role(path), Some(Role::Variables)))
            .collect()
    }
}

/// The name of the environment that a variable file makes: `prod` of `prod.tfvars`.
fn name(path: &Path) -> Option<SmolStr> {
    let name = path.file_name()?.to_str()?;
    let name = name
        .strip_suffix(".tfvars.json")
        .or_else(|| name.strip_suffix(".tfvars"))?;
    let is_automatic = name == "terraform" || name.ends_with(".auto");
    (!is_automatic).then(|| name.into())
}

/// Whether an environment has a value for a variable of the module, or no variable files at all.
fn is_meant_for(module: &Module, environment: &Environment) -> bool {
    let sets = |file: &Arc<SourceFile>| {
        let is_json = file
            .path
            .extension()
            .is_some_and(|extension| extension == "json");
        let document = match is_json {
            true => syntax::read_json(file),
            false => syntax::read(file),
        };
        let attributes = document.body.attributes.iter();
        attributes
            .map(|attribute| &attribute.name.text)
            .any(|name| module.variables.contains_key(name))
    };
    environment.files.is_empty() || environment.files.iter().any(sets)
}

fn too_many(paired: &[Environment], modules: &Modules<'_>, folder: &Path) -> Problem {
    let message = format!(
        "{} variable files make environments of this module, of which the first {MOST} are judged",
        paired.len()
    );
    let shown = (modules.shown)(folder);
    Problem::of(Level::Warning, "too-many-environments", message, shown)
        .with_help("choose with `--var-file`, or name them under `environments` in scantling.yaml")
}
