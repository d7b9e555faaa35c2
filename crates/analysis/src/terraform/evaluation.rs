//! One root module, evaluated with the variable files that Terraform would read.

use std::cell::OnceCell;
use std::path::Path;
use std::sync::Arc;

use smol_str::{SmolStr, format_smolstr};
use source::{Level, Problem, SourceFile, Span};
use terraform::kubernetes::Object;
use terraform::module::{Module, Modules};
use terraform::resource::{self, resources_but};
use terraform::root::{self, Given, Inputs, Unread};

use super::coverage::{self, Gave};
use super::environments::Environment;
use super::known::{KnownRoot, Made};
use super::places::Places;
use super::releases::Release;
use super::{Declared, Reader, is_block, secrets};
use crate::project::shown;

const MODULE_NOT_READ: &str = "module-not-read";
pub(super) const CHART_NOT_RENDERED: &str = "chart-not-rendered";

/// The codes of problems that say that something is not in the input: what is there was understood.
pub(crate) const ELSEWHERE: [&str; 2] = [MODULE_NOT_READ, CHART_NOT_RENDERED];

/// Which of the evaluations of a run one is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Position {
    pub(super) index: usize,
    /// In how many environments the root is evaluated.
    pub(super) environments: usize,
    /// Whether there is no other root.
    pub(super) is_only: bool,
}

/// What one root gave.
#[derive(Clone)]
pub(super) struct Evaluated {
    pub(super) modules: Vec<Arc<Module>>,
    pub(super) variables: Vec<Arc<SourceFile>>,
    pub(super) resources: Vec<Arc<Declared>>,
    /// How many of them are blocks that are no resources.
    pub(super) blocks: usize,
    /// Those of them that are objects of Kubernetes.
    pub(super) objects: Vec<Arc<Declared>>,
    pub(super) releases: Vec<Release>,
    pub(super) problems: Vec<Problem>,
    pub(super) secrets: Vec<Span>,
    /// What files gave.
    pub(super) gave: Arc<Gave>,
}

impl Reader<'_> {
    /// Evaluates the root in a folder in one of its environments. What is known of it must be of the same.
    pub(super) fn evaluate(
        &self,
        modules: &Modules<'_>,
        places: &Places,
        (folder, environment, position): (&Path, &Environment, Position),
        known: &mut KnownRoot,
    ) -> Evaluated {
        let mut problems = Vec::new();
        let (inputs, variables) = self.inputs(
            modules,
            folder,
            environment,
            position.is_only,
            &mut problems,
        );
        let options = root::Options {
            modules,
            folder,
            boundary: places.boundary(folder),
            inputs: &inputs,
            workspace: environment.workspace.as_deref(),
        };
        let memory = modules.knows().then(|| Arc::clone(&known.memory));
        let root = root::evaluate_again(&options, memory.as_deref());
        let shown_root = places.shown(folder);
        problems.extend(root.problems.iter().cloned());
        problems.extend(
            root.unread
                .iter()
                .map(|unread| not_read(unread, &shown_root)),
        );
        let secrets = secrets::of_variables(&root.modules, &inputs);
        known.begin(root.stands_apart());
        let before = known.beside(&root.resources);
        let again = |index: usize| {
            before[index].filter(|made| Arc::ptr_eq(&made.instance, &root.resources[index]))
        };
        let mut declared = resources_but(&root, &|index| again(index).is_some());
        for one in &mut declared {
            one.resource.environment.clone_from(&environment.name);
        }
        let mut declared = declared.into_iter();
        let folders = (folder, places.boundary(folder));
        let mut resources: Vec<Arc<Declared>> = Vec::with_capacity(root.resources.len());
        let mut releases = Vec::new();
        let mut made: Vec<Made> = Vec::with_capacity(root.resources.len());
        let mut others: Vec<Arc<Declared>> = Vec::new();
        let others_before = OnceCell::new();
        // Blocks that are no resources stand behind the instances.
        let instances = (0..root.resources.len()).map(Some);
        for index in instances.chain(std::iter::repeat(None)) {
            if let Some(again) = index.and_then(again) {
                problems.extend_from_slice(&again.problems);
                resources.push(Arc::clone(&again.declared));
                made.push(again.clone());
                continue;
            }
            let Some(declared) = declared.next() else {
                break;
            };
            let release = Release::of(&declared, folders, position);
            // What is rendered for a release needs more than what is kept.
            let is_kept = release.is_none();
            releases.extend(release);
            let mut own_problems = Vec::new();
            let before = |address: &SmolStr| match index.and_then(|index| before[index]) {
                Some(made) => Some(&made.declared.resource),
                None => {
                    let others = others_before.get_or_init(|| known.others());
                    others.get(address).copied()
                }
            };
            let declared = self.of_root(declared, position, places, &mut own_problems);
            let declared = Arc::new(declared.sharing(before));
            problems.extend_from_slice(&own_problems);
            resources.push(Arc::clone(&declared));
            match index.filter(|_| is_kept) {
                Some(index) => made.push(Made {
                    instance: Arc::clone(&root.resources[index]),
                    declared,
                    problems: own_problems,
                }),
                None => others.push(declared),
            }
        }
        let blocks = others.iter().filter(|one| is_block(&one.resource)).count();
        if memory.is_some() {
            known.set(made, others);
            if root.stands_apart().is_none() {
                known.forget();
            }
        }
        let objects = resources.iter();
        let objects = objects.filter(|one| !one.resource.api_version.is_empty());
        Evaluated {
            gave: Arc::new(coverage::gave(&resources)),
            objects: objects.cloned().collect(),
            modules: root.modules,
            variables,
            resources,
            blocks,
            releases,
            problems,
            secrets,
        }
    }

    /// The values for the variables of a root, the weakest first, and the files that they stand in.
    pub(super) fn inputs(
        &self,
        modules: &Modules<'_>,
        folder: &Path,
        environment: &Environment,
        is_only: bool,
        problems: &mut Vec<Problem>,
    ) -> (Vec<Given>, Vec<Arc<SourceFile>>) {
        let module = modules.get(folder);
        let declares = |name: &str| module.variables.contains_key(name);
        let mut given: Vec<Given> = self.settings.of_process(declares).collect();
        let mut files = Vec::new();
        for name in Inputs::automatic(self.system, folder) {
            let path = folder.join(name);
            let shown = (modules.shown)(&path);
            match Inputs::load(self.system, self.sources, &path, &shown, false) {
                Ok(input) => {
                    if let Given::File { file, .. } = &input {
                        files.push(Arc::clone(file));
                    }
                    given.push(input);
                }
                Err(error) => problems.push(error.problem(&shown)),
            }
        }
        for file in &environment.files {
            files.push(Arc::clone(file));
            given.push(Given::File {
                file: Arc::clone(file),
                named: false,
            });
        }
        given.extend(self.settings.of_root(is_only, declares));
        (given, files)
    }
}

impl Reader<'_> {
    fn of_root(
        &self,
        declared: resource::Declared,
        position: Position,
        places: &Places,
        problems: &mut Vec<Problem>,
    ) -> Declared {
        let folder = shown(&places.shown(&declared.folder));
        let own = Declared {
            file: declared.resource.span().file,
            address: declared.resource.address.clone(),
            resource: Arc::new(declared.resource),
            references: declared.references,
            calls: declared.calls,
            foreign: declared.foreign,
            block: format_smolstr!("{folder}#{}", declared.local),
            root: position.index,
            environments: position.environments,
        };
        self.judged_as(own, declared.object, problems)
    }

    /// The resource as checks see it: of one that makes an object of Kubernetes, that object.
    pub(super) fn judged_as(
        &self,
        own: Declared,
        object: Option<Object>,
        problems: &mut Vec<Problem>,
    ) -> Declared {
        match object {
            Some(object) => self.of_kubernetes(own, object, problems),
            None => own,
        }
    }

    /// The object in place of the resource that makes it, so that the checks of Kubernetes judge it.
    fn of_kubernetes(
        &self,
        own: Declared,
        object: Object,
        problems: &mut Vec<Problem>,
    ) -> Declared {
        let file = self.sources.get(own.file);
        let mut manifests = kubernetes::objects(object.tree, &file, self.kubernetes);
        let (Some(mut resource), true) =
            (manifests.resources.pop(), manifests.resources.is_empty())
        else {
            return own;
        };
        problems.append(&mut manifests.problems);
        resource.environment = own.resource.environment.clone();
        resource.conditional.clone_from(&own.resource.conditional);
        resource.facts.sensitive = object.sensitive;
        Declared {
            resource: Arc::new(resource),
            references: object.references,
            ..own
        }
    }
}

fn not_read(unread: &Unread, root: &Path) -> Problem {
    let message = format!(
        "the source `{}` of {} is not in the input, so what it declares is not judged and what it gives is unknown",
        unread.source, unread.address
    );
    let folder = match root.as_os_str().is_empty() {
        true => String::new(),
        false => format!(" in {}", source::neutral(&shown(root))),
    };
    let help = format!(
        "run `terraform init`{folder}: it puts the module into `.terraform/modules`, from where it is read"
    );
    Problem::at(Level::Warning, MODULE_NOT_READ, message, unread.span).with_help(help)
}
