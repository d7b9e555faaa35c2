//! The source that a file belongs to, by where it stands: so that it can be judged before all else is read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::discover::Candidate;
use crate::helm::CHART_FILE;
use crate::{kustomize, terraform};

/// The inputs that are read together with a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Near {
    /// The file alone: it is a manifest that no chart and no kustomization has.
    File(PathBuf),
    /// All files of a folder: what stands there is one module.
    Module(PathBuf),
    /// All files at and below a folder: a chart or a kustomization.
    Below(PathBuf),
}

impl Near {
    /// What is read with a file, of these inputs. A chart within another is rendered by the outer one; a kustomization is built
    /// by itself.
    pub(crate) fn of(file: &Path, candidates: &[Arc<Candidate>]) -> Self {
        let folder = file.parent().unwrap_or(file);
        if terraform::role(file).is_some() {
            return Self::Module(folder.to_path_buf());
        }
        let folders = |is_head: fn(&Path) -> bool| {
            let heads = candidates.iter().filter(move |one| is_head(&one.path));
            let folders = heads.filter_map(|one| one.path.parent());
            folders.filter(|head| folder.starts_with(head))
        };
        let chart =
            folders(|path| path.ends_with(CHART_FILE)).min_by_key(|head| head.components().count());
        let built =
            folders(kustomize::is_kustomization).max_by_key(|head| head.components().count());
        match chart.or(built) {
            Some(head) => Self::Below(head.to_path_buf()),
            None => Self::File(file.to_path_buf()),
        }
    }

    /// Whether an input is one of them.
    pub(crate) fn has(&self, path: &Path) -> bool {
        match self {
            Self::File(file) => path == file,
            Self::Module(folder) => path.parent() == Some(folder),
            Self::Below(folder) => path.starts_with(folder),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INPUTS: [&str; 9] = [
        "/p/chart/Chart.yaml",
        "/p/chart/templates/pod.yaml",
        "/p/chart/charts/inner/Chart.yaml",
        "/p/base/kustomization.yaml",
        "/p/base/pod.yaml",
        "/p/base/prod/kustomization.yaml",
        "/p/root/main.tf",
        "/p/root/data/main.tf",
        "/p/role.yaml",
    ];

    /// The inputs that are read with a file.
    #[track_caller]
    fn check(file: &str, expected: &[&str]) {
        let candidate = |path: &str| {
            Arc::new(Candidate {
                path: PathBuf::from(path),
                shown: PathBuf::from(path),
                skip: None,
                named: false,
                boundary: Path::new("").into(),
            })
        };
        let candidates: Vec<Arc<Candidate>> = INPUTS.into_iter().map(candidate).collect();
        let near = Near::of(Path::new(file), &candidates);
        let found = INPUTS.into_iter().filter(|path| near.has(Path::new(path)));
        assert_eq!(found.collect::<Vec<_>>(), expected, "{file}: {near:?}");
    }

    #[test]
    fn a_file_is_read_with_its_module_chart_or_kustomization_else_alone() {
        check("/p/role.yaml", &["/p/role.yaml"]);
        check("/p/root/prod.tfvars", &["/p/root/main.tf"]);
        check(
            "/p/base/prod/patch.yaml",
            &["/p/base/prod/kustomization.yaml"],
        );
        check("/p/base/pod.yaml", &INPUTS[3..6]);
        check("/p/chart/charts/inner/values.yaml", &INPUTS[..3]);
    }
}
