//! Kustomizations that build on the same bases are environments of one source.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use foldhash::{HashMap, HashMapExt};
use kustomize::Use;
use smol_str::SmolStr;

use super::Built;

/// The environment that a kustomization makes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Environment {
    /// The name; none where nothing else builds on the same bases.
    pub(super) name: Option<SmolStr>,
    /// How many kustomizations build on the same bases.
    pub(super) count: usize,
}

/// The environments of kustomizations, in their order.
pub(super) fn environments(built: &[Built]) -> Vec<Environment> {
    let files: Vec<BTreeSet<&Path>> = built.iter().map(shared).collect();
    let mut groups = Groups((0..built.len()).collect());
    for (one, own) in files.iter().enumerate() {
        for (other, theirs) in files.iter().enumerate().take(one) {
            let is_same = built[one].folder == built[other].folder;
            if is_same || is_one_source(own, theirs) {
                groups.join(one, other);
            }
        }
    }
    let mut environments = vec![Environment::default(); built.len()];
    for group in groups.all() {
        let members: Vec<&Built> = group.iter().map(|one| &built[*one]).collect();
        for (one, name) in group.iter().zip(names_of(&members)) {
            environments[*one] = Environment {
                name,
                count: group.len(),
            };
        }
    }
    environments
}

/// Kustomizations that have files in common, in any use: for each the first one of those that it is joined with.
pub(super) fn units(built: &[Built]) -> Vec<usize> {
    let mut groups = Groups((0..built.len()).collect());
    let mut users: HashMap<&Path, usize> = HashMap::new();
    for (one, built) in built.iter().enumerate() {
        for used in &built.build.used {
            let first = *users.entry(used.path.as_path()).or_insert(one);
            groups.join(one, first);
        }
    }
    groups.0
}

/// The files of objects that a kustomization has from its bases.
fn shared(built: &Built) -> BTreeSet<&Path> {
    let used = built.build.used.iter();
    let objects = used.filter(|used| used.role == Use::Resource);
    let of_bases = objects.filter(|used| used.by.parent() != Some(built.folder.as_path()));
    of_bases.map(|used| used.path.as_path()).collect()
}

/// Whether two kustomizations are variants of one thing: most of what the smaller one has from bases is in the other, too. One
/// that both only need, such as a namespace, does not make them so.
fn is_one_source(one: &BTreeSet<&Path>, other: &BTreeSet<&Path>) -> bool {
    let both = one.intersection(other).count();
    both > 0 && both * 2 > one.len().min(other.len())
}

/// Sets that are joined: the smallest member of each stands for it.
struct Groups(Vec<usize>);

impl Groups {
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.0[one], self.0[other]);
        let (first, second) = (one.min(other), one.max(other));
        for member in self.0.iter_mut().filter(|member| **member == second) {
            *member = first;
        }
    }

    fn all(&self) -> impl Iterator<Item = Vec<usize>> {
        let members = |first: usize| {
            let all = self.0.iter().enumerate();
            let own = all.filter(move |(_, of)| **of == first);
            own.map(|(one, _)| one).collect()
        };
        let firsts: BTreeSet<usize> = self.0.iter().copied().collect();
        firsts.into_iter().map(members)
    }
}

/// What tells kustomizations apart: the names of the applications that deploy them, else their folders.
fn names_of(built: &[&Built]) -> Vec<Option<SmolStr>> {
    let folders: Vec<&Path> = built.iter().map(|built| built.folder.as_path()).collect();
    let names = names(&folders).into_iter();
    let own = |built: &Built| {
        let by = built.by.as_ref().filter(|_| folders.len() > 1)?;
        Some(by.environment.clone().unwrap_or(by.by.name.clone()))
    };
    let all = built.iter().zip(names);
    all.map(|(built, name)| own(built).or(name)).collect()
}

/// What tells folders apart: their own names, or else their paths without what all of them begin and end with.
fn names(folders: &[&Path]) -> Vec<Option<SmolStr>> {
    if folders.len() < 2 {
        return vec![None; folders.len()];
    }
    let own: BTreeSet<Option<&OsStr>> = folders.iter().map(|folder| folder.file_name()).collect();
    let differences = match own.len() == folders.len() {
        true => last_names(folders),
        false => differences(folders),
    };
    let texts = differences.iter().map(|path| crate::project::shown(path));
    texts.map(|text| Some(text.into())).collect()
}

fn last_names(folders: &[&Path]) -> Vec<PathBuf> {
    let names = folders.iter().map(|folder| folder.file_name());
    names.map(|name| name.unwrap_or_default().into()).collect()
}

fn differences(folders: &[&Path]) -> Vec<PathBuf> {
    let folders = folders.iter().map(|folder| folder.iter().collect());
    let folders: Vec<Vec<&OsStr>> = folders.collect();
    let shortest = folders.iter().map(Vec::len).min().unwrap_or_default();
    let start = (0..shortest).take_while(|at| is_one(folders.iter().map(|parts| parts[*at])));
    let start = start.count();
    let from_end = |at: usize| folders.iter().map(move |parts| parts[parts.len() - 1 - at]);
    let end = (0..shortest - start).take_while(|at| is_one(from_end(*at)));
    let end = end.count();
    let different = folders.iter().map(|parts| &parts[start..parts.len() - end]);
    different.map(|parts| parts.iter().collect()).collect()
}

fn is_one<'a>(mut names: impl Iterator<Item = &'a OsStr>) -> bool {
    let first = names.next();
    names.all(|name| Some(name) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn environments_have_the_names_that_tell_folders_apart() {
        for (folders, expected) in [
            (
                &["a/overlays/prod", "a/overlays/staging"][..],
                "prod staging",
            ),
            (&["prod/app", "staging/app"], "prod staging"),
            (&["overlays/prod", "dev"], "prod dev"),
            (
                &["x/prod/eu", "x/prod/us", "x/staging/eu"],
                "prod/eu prod/us staging/eu",
            ),
            (&["clusters/eu/prod/app", "clusters/us/prod/app"], "eu us"),
        ] {
            let paths: Vec<&Path> = folders.iter().map(Path::new).collect();
            let names: Vec<SmolStr> = names(&paths).into_iter().flatten().collect();
            assert_eq!(names.join(" "), expected, "{folders:?}");
        }
        assert_eq!(names(&[Path::new("overlays/prod")]), [None]);
    }

    #[test]
    fn variants_have_most_of_what_they_build_on_in_common() {
        let files = |names: &'static str| names.split(' ').map(Path::new).collect();
        for (one, other, expected) in [
            ("a b c", "a b", true),
            ("namespace a b", "namespace c d", false),
            ("a", "b", false),
        ] {
            assert_eq!(is_one_source(&files(one), &files(other)), expected, "{one}");
        }
        assert!(!is_one_source(&BTreeSet::new(), &BTreeSet::new()));
    }
}
