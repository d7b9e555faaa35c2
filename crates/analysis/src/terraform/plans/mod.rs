//! Plans and state among the inputs: resources as Terraform has computed them. What the configuration of a plan declares is
//! judged there, where a person would change it; the plan adds what only it has and knows.

mod complete;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::HashSet;
use smol_str::format_smolstr;
use source::{SourceFile, Sources};
use terraform::helm::RenderRequest;
use terraform::plan::{self, Content, Planned};
use terraform::resource::{self, planned};

use super::releases::not_rendered;
use super::{Declared, Loaded, Reader};
use crate::project::shown;
use crate::report::{Input, Status, Unit};
use complete::Completed;

/// A plan or state that was read.
pub(crate) struct Plan {
    file: Arc<SourceFile>,
    planned: Planned,
}

/// Addresses without the keys of instances.
type Blocks = HashSet<String>;

/// Something in which the resources of a plan are declared, too.
struct Stronger {
    /// Its index as a root.
    root: usize,
    blocks: Blocks,
    /// What it is, for the coverage.
    name: String,
}

impl Plan {
    /// Reads a file that is a plan or state; none of anything else.
    pub(crate) fn read(file: &Arc<SourceFile>) -> Option<Self> {
        Some(Self {
            file: Arc::clone(file),
            planned: plan::read(file)?,
        })
    }

    /// Reads a saved plan, which is an archive; none of anything else.
    pub(crate) fn read_archive(bytes: &[u8], path: &Path, sources: &Sources) -> Option<Self> {
        if !plan::is_archive(bytes) {
            return None;
        }
        // An archive has no text, so the file stands for it.
        let file = sources.add(path, "");
        let planned = plan::read_archive(bytes, &file);
        Some(Self { file, planned })
    }

    fn folder(&self) -> &Path {
        self.file.path.parent().unwrap_or(Path::new(""))
    }

    /// How late it is asked for a resource that other files of its folder have, too: what will be is worth more than what is,
    /// and a file with places more than one without.
    fn rank(&self) -> usize {
        match self.planned.content {
            Some(Content::Plan) => 0,
            None => 1,
            Some(Content::ShownState) => 2,
            Some(Content::RawState) => 3,
            Some(Content::Encrypted) => 4,
        }
    }
}

impl Reader<'_> {
    /// Adds plans and states to what the modules gave.
    pub(crate) fn add_plans(&self, mut plans: Vec<Plan>, loaded: &mut Loaded) {
        if plans.is_empty() {
            return;
        }
        plans.sort_by_cached_key(|plan| {
            let folder = plan.folder().to_path_buf();
            (folder, plan.rank(), plan.file.path.clone())
        });
        let roots = roots(loaded);
        let completed = Completed::of(&loaded.resources);
        let mut read: BTreeMap<(PathBuf, usize, usize), Stronger> = BTreeMap::new();
        for (index, plan) in plans.into_iter().enumerate() {
            let own = planned(&plan.planned);
            let blocks: Blocks = own.iter().map(block).collect();
            let folder = plan.folder().to_path_buf();
            let configuration = configuration(&roots, &loaded.roots, &plan, &blocks);
            let beside = read.range((folder.clone(), 0, 0)..(folder.clone(), plan.rank(), 0));
            let stronger: Vec<&Stronger> = configuration
                .into_iter()
                .chain(beside.map(|(_, other)| other))
                .filter(|other| !other.blocks.is_disjoint(&blocks))
                .collect();
            let root = stronger
                .first()
                .map_or(roots.len() + index, |other| other.root);
            let own_key = (folder, plan.rank(), index);
            let name = format!("`{}`", source::neutral(&shown(&plan.file.path)));
            for planned in self.add_plan(plan, own, root, &stronger, loaded) {
                completed.add(&mut loaded.resources, &planned);
            }
            let stronger = Stronger { root, blocks, name };
            read.insert(own_key, stronger);
        }
    }

    /// Adds the resources of a plan that nothing stronger declares, and returns the others.
    fn add_plan(
        &self,
        mut plan: Plan,
        own: Vec<resource::Declared>,
        root: usize,
        stronger: &[&Stronger],
        loaded: &mut Loaded,
    ) -> Vec<Declared> {
        let all = own.len();
        let is_new = |declared: &resource::Declared| {
            let block = block(declared);
            !stronger.iter().any(|other| other.blocks.contains(&block))
        };
        let (kept, others): (Vec<_>, Vec<_>) = own.into_iter().partition(is_new);
        let names: Vec<&str> = stronger.iter().map(|other| other.name.as_str()).collect();
        loaded
            .inputs
            .push(row(&plan, (all, kept.len()), &names.join(" and ")));
        let problems = &mut plan.planned.problems;
        let resources = kept
            .into_iter()
            .map(|declared| Arc::new(self.of_plan(declared, &plan.file, root, problems)));
        loaded.resources.extend(resources);
        loaded.problems.append(problems);
        loaded.secrets.append(&mut plan.planned.secrets);
        // What is wrong with these is told of the configuration.
        let untold = &mut Vec::new();
        let others = others
            .into_iter()
            .map(|declared| self.of_plan(declared, &plan.file, root, untold))
            .collect();
        loaded.plans.push(plan.file);
        others
    }

    fn of_plan(
        &self,
        declared: resource::Declared,
        file: &SourceFile,
        root: usize,
        problems: &mut Vec<source::Problem>,
    ) -> Declared {
        let folder = shown(file.path.parent().unwrap_or(Path::new("")));
        let request = RenderRequest::of(&declared.resource);
        problems.extend(request.map(|request| not_rendered(&declared.resource, &request, None)));
        let own = Declared {
            file: file.id,
            address: declared.resource.address.clone(),
            block: format_smolstr!("{folder}#{}", block(&declared)),
            resource: Arc::new(declared.resource),
            references: declared.references,
            calls: Vec::new(),
            foreign: None,
            environments: 1,
            root,
        };
        self.judged_as(own, declared.object, problems)
    }
}

/// What the roots of a scan declare.
fn roots(loaded: &Loaded) -> Vec<Stronger> {
    let folders = loaded.roots.iter().enumerate();
    let mut roots: Vec<Stronger> = folders
        .map(|(root, folder)| Stronger {
            root,
            blocks: Blocks::default(),
            name: match folder.as_os_str().is_empty() {
                true => "the configuration beside it".to_owned(),
                false => format!("the configuration in `{}`", source::neutral(&shown(folder))),
            },
        })
        .collect();
    for declared in &loaded.resources {
        if let Some(root) = roots.get_mut(declared.root) {
            root.blocks.insert(without_keys(&declared.address));
        }
    }
    roots
}

/// The root that a plan is of: that which declares most of what the plan has, and no less than half of it; of equal ones, that
/// nearest above the plan.
fn configuration<'r>(
    roots: &'r [Stronger],
    folders: &[PathBuf],
    plan: &Plan,
    blocks: &Blocks,
) -> Option<&'r Stronger> {
    let shared = |root: &Stronger| blocks.intersection(&root.blocks).count();
    let nearness = |folder: &Path| match plan.folder().starts_with(folder) {
        true => folder.components().count() + 1,
        false => 0,
    };
    let candidates = roots.iter().zip(folders);
    let (root, _) = candidates
        .max_by_key(|(root, folder)| (shared(root), nearness(folder), Reverse(root.root)))?;
    let count = shared(root);
    (count > 0 && count * 2 >= blocks.len()).then_some(root)
}

fn block(declared: &resource::Declared) -> String {
    without_keys(&declared.resource.address)
}

/// What became of a plan of which `kept` of `all` resources are judged in it.
fn row(plan: &Plan, (all, kept): (usize, usize), elsewhere: &str) -> Input {
    let lost = plan.planned.problems.first();
    let count = all - kept;
    let (status, reason) = match lost {
        Some(problem) if all == 0 => (Status::Failed, Some(problem.message.clone())),
        Some(problem) => (Status::Partial, Some(problem.message.clone())),
        None if all > 0 && kept == 0 => (
            Status::Skipped,
            Some(format!("its resources are judged in {elsewhere}")),
        ),
        None if count > 0 => (
            Status::Scanned,
            Some(format!(
                "{count} of {all} resources are judged in {elsewhere}"
            )),
        ),
        None => (Status::Scanned, None),
    };
    Input {
        path: plan.file.path.clone(),
        unit: Unit::File,
        status,
        reason,
        resources: kept,
    }
}

/// An address without the keys of instances, which are literals in brackets.
fn without_keys(address: &str) -> String {
    let mut text = String::with_capacity(address.len());
    let mut characters = address.chars();
    let (mut in_key, mut in_string) = (false, false);
    while let Some(character) = characters.next() {
        match character {
            '\\' if in_string => {
                characters.next();
            }
            '"' if in_key => in_string = !in_string,
            '[' if !in_key => in_key = true,
            ']' if in_key && !in_string => in_key = false,
            _ if in_key => {}
            character => text.push(character),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::without_keys;

    #[test]
    fn keys_are_no_part_of_a_block() {
        for (address, expected) in [
            ("aws_s3_bucket.a", "aws_s3_bucket.a"),
            (r#"module.m["a.b"].x.y[0]"#, "module.m.x.y"),
            (r#"x.y["a\"]b"]"#, "x.y"),
            ("module.m[*].x.y[*]", "module.m.x.y"),
        ] {
            assert_eq!(without_keys(address), expected);
        }
    }
}
