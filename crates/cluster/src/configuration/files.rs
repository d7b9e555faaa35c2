//! Which files make the configuration, and what they say together.

use std::collections::BTreeMap;
use std::path::PathBuf;

use kube::config::{Kubeconfig, KubeconfigError};
use serde_json::json;
use source::{Disk, FileSystem as _};

use super::Surroundings;
use crate::error::Error;
use crate::failure::told;
use crate::options::Options;

/// What the files say together.
pub(super) struct Merged {
    pub(super) config: Kubeconfig,
    /// The file that says of a user what counts.
    pub(super) users: BTreeMap<String, PathBuf>,
}

/// The configuration of the files that are there. None where there is no file.
///
/// Source: <https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files>
pub(super) fn read(options: &Options, around: &Surroundings<'_>) -> Result<Option<Merged>, Error> {
    let mut merged: Option<Merged> = None;
    for file in files(options, around) {
        let failed = |error: KubeconfigError| {
            let why = match &error {
                KubeconfigError::ReadConfig(why, _) => why.to_string(),
                error => told(error),
            };
            Error::Configuration(format!("{}: {why}", file.display()))
        };
        let next = Kubeconfig::read_from(&file).map_err(failed)?;
        let (before, mut users) = match merged.take() {
            Some(merged) => (merged.config, merged.users),
            None => (Kubeconfig::default(), BTreeMap::new()),
        };
        // What an earlier file says counts.
        for user in &next.auth_infos {
            users
                .entry(user.name.clone())
                .or_insert_with(|| file.clone());
        }
        let config = before.merge(next).map_err(failed)?;
        merged = Some(Merged { config, users });
    }
    Ok(merged)
}

/// The files of the configuration. What `KUBECONFIG` lists need not be there.
fn files(options: &Options, around: &Surroundings<'_>) -> Vec<PathBuf> {
    if let Some(path) = &options.kubeconfig {
        return vec![path.clone()];
    }
    let files: Vec<PathBuf> = match (around.variable)("KUBECONFIG") {
        Some(named) => std::env::split_paths(&named).collect(),
        None => around
            .home
            .iter()
            .map(|home| home.join(".kube/config"))
            .collect(),
    };
    let is_there = |file: &PathBuf| !file.as_os_str().is_empty() && Disk.exists(file);
    files.into_iter().filter(is_there).collect()
}

/// The configuration that a pod has around it.
///
/// Source: <https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/>
pub(super) fn of_pod(around: &Surroundings<'_>) -> Option<Merged> {
    let variable = |name| (around.variable)(name)?.into_string().ok();
    let host = variable("KUBERNETES_SERVICE_HOST")?;
    let port = variable("KUBERNETES_SERVICE_PORT")?;
    let host = match host.contains(':') {
        true => format!("[{host}]"),
        false => host,
    };
    let name = "in-cluster";
    let config = json!({
        "clusters": [{"name": name, "cluster": {
            "server": format!("https://{host}:{port}"),
            "certificate-authority": around.account.join("ca.crt"),
        }}],
        "users": [{"name": name, "user": {"tokenFile": around.account.join("token")}}],
        "contexts": [{"name": name, "context": {"cluster": name, "user": name}}],
        "current-context": name,
    });
    Some(Merged {
        config: Kubeconfig::from_yaml(&config.to_string()).ok()?,
        users: BTreeMap::new(),
    })
}
