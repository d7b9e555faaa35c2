//! One root module, evaluated with the variable files that Terraform would read.

use std::path::Path;
use std::sync::Arc;

use smol_str::format_smolstr;
use source::{Level, Problem, SourceFile, Span};
use terraform::kubernetes::Object;
use terraform::module::{Module, Modules};
use terraform::resource::{self, resources};
use terraform::root::{self, Given, Inputs, Unread};

use super::places::Places;
use super::{Declared, Reader, secrets};
use crate::project::shown;

/// What one root gave.
pub(super) struct Evaluated {
    pub(super) modules: Vec<Arc<Module>>,
    pub(super) variables: Vec<Arc<SourceFile>>,
    pub(super) resources: Vec<Declared>,
    pub(super) problems: Vec<Problem>,
    pub(super) secrets: Vec<Span>,
}

impl Reader<'_> {
    /// Evaluates the root in a folder; `position` is which of how many it is.
    pub(super) fn evaluate(
        &self,
        modules: &Modules<'_>,
        places: &Places,
        folder: &Path,
        position: (usize, usize),
    ) -> Evaluated {
        let (index, count) = position;
        let mut problems = Vec::new();
        let (inputs, variables) = self.inputs(modules, folder, count == 1, &mut problems);
        let root = root::evaluate(&root::Options {
            modules,
            folder,
            boundary: places.boundary(folder),
            inputs: &inputs,
            workspace: self.settings.workspace.as_deref(),
        });
        let shown_root = places.shown(folder);
        problems.extend(root.problems.iter().cloned());
        problems.extend(
            root.unread
                .iter()
                .map(|unread| not_read(unread, &shown_root)),
        );
        let secrets = secrets::of_variables(&root.modules, &inputs);
        let declared = resources(&root);
        Evaluated {
            modules: root.modules,
            variables,
            resources: declared
                .into_iter()
                .map(|declared| self.of_root(declared, index, places, &mut problems))
                .collect(),
            problems,
            secrets,
        }
    }

    /// The values for the variables of a root, the weakest first, and the files that they stand in.
    pub(super) fn inputs(
        &self,
        modules: &Modules<'_>,
        folder: &Path,
        is_only: bool,
        problems: &mut Vec<Problem>,
    ) -> (Vec<Given>, Vec<Arc<SourceFile>>) {
        let module = modules.get(folder);
        let mut given = Vec::new();
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
        let declares = |name: &str| module.variables.contains_key(name);
        given.extend(self.settings.of_root(is_only, declares));
        (given, files)
    }
}

impl Reader<'_> {
    fn of_root(
        &self,
        declared: resource::Declared,
        root: usize,
        places: &Places,
        problems: &mut Vec<Problem>,
    ) -> Declared {
        let folder = shown(&places.shown(&declared.folder));
        let own = Declared {
            file: declared.resource.span().file,
            address: declared.resource.address.clone(),
            resource: declared.resource,
            references: declared.references,
            foreign: declared.foreign,
            block: format_smolstr!("{folder}#{}", declared.local),
            root,
        };
        match declared.object {
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
        resource.conditional = own.resource.conditional;
        resource.facts.sensitive = object.sensitive;
        Declared {
            resource,
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
    Problem::at(Level::Warning, "module-not-read", message, unread.span).with_help(help)
}
