//! Scans of kustomizations that nothing else builds on, each by itself, with all that it builds on.

use std::path::{Path, PathBuf};

use analysis::{Fixes, Options};
use tests::corpora;

use crate::runs::{NOW, Run};

/// The kustomizations, by project and folder, the quick ones first: what several of them have in common is tried once.
const FOLDERS: [(&str, &[&str]); 3] = [
    (
        "bridgecrewio+kustomizegoat",
        &[
            "kustomize/overlays/dev",
            "kustomize/overlays/test",
            "kustomize/overlays/prod",
        ],
    ),
    (
        "argoproj+argo-rollouts",
        &[
            "manifests/dashboard-install",
            "manifests/notifications",
            "manifests/namespace-install",
            "manifests/cluster-install",
        ],
    ),
    (
        "argoproj+argo-cd",
        &[
            "manifests/namespace-install-with-hydrator",
            "manifests/ha/namespace-install-with-hydrator",
            "manifests/ha/install-with-hydrator",
            "manifests/core-install-with-hydrator",
            "manifests/cluster-install-with-hydrator",
            "manifests/ha/cluster-install-with-hydrator",
            "manifests/dev-tilt",
        ],
    ),
];

impl Run {
    /// The kustomizations of the corpus; none where it is not there.
    pub(crate) fn built() -> Vec<Self> {
        let Some(corpus) = corpora::folder("manifests") else {
            return Vec::new();
        };
        let runs = FOLDERS.iter().flat_map(|(project, folders)| {
            let root = corpus.join(project);
            let folders = folders.iter();
            folders.map(move |folder| Self::of_kustomization(&root, folder))
        });
        runs.collect()
    }

    fn of_kustomization(root: &Path, folder: &str) -> Self {
        Self {
            name: root.join(folder).display().to_string(),
            options: Options {
                paths: vec![PathBuf::from(folder)],
                directory: root.to_path_buf(),
                root: Some(root.to_path_buf()),
                fixes: Fixes::None,
                now: Some(NOW),
                ..Options::default()
            },
        }
    }
}
