//! The only way to the server: `GET`, and nothing else.

use std::path::{Path, PathBuf};

use http::header::ACCEPT;
use http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use kube::client::Body;
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::{Client, Config};
use source::{Disk, FileSystem as _};

use crate::error::Error;
use crate::options::Options;
use crate::page::Answer;

/// What is said where nothing names a cluster.
const NOWHERE: &str = "KUBECONFIG names no file that is there, ~/.kube/config is not there, and this is no pod; name one with \
    `--kubeconfig`";

/// A client that can only read. It holds the one connection of this crate, and its one method sends `GET` without a body and
/// without `Upgrade`, to paths of discovery and of collections: what would change something, or open a stream into a pod, can't
/// be said to it.
pub struct Reader {
    client: Client,
    /// The server, as people are told of it.
    address: String,
    /// The context of the configuration.
    context: String,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The server answered otherwise, after so many seconds worth of waiting if it said so.
    Status {
        status: StatusCode,
        message: String,
        wait: Option<u64>,
    },
    /// It did not answer.
    Connection(String),
}

impl Reader {
    /// Connects as the configuration of `kubectl` says.
    ///
    /// # Errors
    /// When the configuration can't be read or followed.
    pub async fn connect(options: &Options) -> Result<Self, Error> {
        let (config, context) = configuration(options).await?;
        let address = config.cluster_url.to_string();
        let address = address.trim_end_matches('/').to_owned();
        let client =
            Client::try_from(config).map_err(|error| Error::Configuration(told(&error)))?;
        Ok(Self {
            client,
            address,
            context,
        })
    }

    /// A client of a server in memory.
    #[cfg(test)]
    pub(crate) fn of(client: Client, address: &str, context: &str) -> Self {
        Self {
            client,
            address: address.to_owned(),
            context: context.to_owned(),
        }
    }

    /// The server, as people are told of it.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The context of the configuration.
    #[must_use]
    pub fn context(&self) -> &str {
        &self.context
    }

    /// What the server answers for a path, in the form that `accept` names.
    pub(crate) async fn get(&self, path: &str, accept: &str) -> Result<Answer, Failure> {
        let request = Request::builder().method(Method::GET).uri(path);
        let request = request.header(ACCEPT, accept).body(Body::empty());
        let request = request.map_err(|error| Failure::Connection(told(&error)))?;
        let response = self.client.send(request).await;
        let response = response.map_err(|error| Failure::Connection(told(&error)))?;
        let (head, body) = response.into_parts();
        let body = body.collect().await;
        let body = body.map_err(|error| Failure::Connection(told(&error)))?;
        let answer = Answer(body.to_bytes().to_vec());
        if head.status == StatusCode::OK {
            return Ok(answer);
        }
        let wait = head.headers.get(http::header::RETRY_AFTER);
        Err(Failure::Status {
            status: head.status,
            message: answer.message(),
            wait: wait.and_then(|wait| wait.to_str().ok()?.parse().ok()),
        })
    }
}

/// An error with what led to it, in one line.
fn told(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let mut told: Vec<String> = causes.map(ToString::to_string).collect();
    // Many errors say what caused them themselves.
    told.dedup_by(|cause, error| error.contains(cause.as_str()));
    told.join(": ")
}

async fn configuration(options: &Options) -> Result<(Config, String), Error> {
    let failed = |error: &dyn std::error::Error| Error::Configuration(told(error));
    let files = files(options);
    if files.is_empty() {
        let config = Config::incluster().map_err(|_| Error::Configuration(NOWHERE.to_owned()))?;
        return Ok((config, "in-cluster".to_owned()));
    }
    let read = match &options.kubeconfig {
        Some(path) => Kubeconfig::read_from(path),
        None => Kubeconfig::read(),
    };
    let read = read.map_err(|error| failed(&error))?;
    let context = options
        .context
        .clone()
        .or_else(|| read.current_context.clone());
    refuse_programs(&read, &files, options)?;
    let chosen = KubeConfigOptions {
        context: options.context.clone(),
        ..KubeConfigOptions::default()
    };
    let config = Config::from_custom_kubeconfig(read, &chosen).await;
    let mut config = config.map_err(|error| failed(&error))?;
    // Waiting is decided in one place, which also gives up.
    config.default_retry = false;
    Ok((config, context.unwrap_or_default()))
}

/// The files of the configuration that are there.
fn files(options: &Options) -> Vec<PathBuf> {
    if let Some(path) = &options.kubeconfig {
        return vec![path.clone()];
    }
    let named = std::env::var_os("KUBECONFIG").filter(|named| !named.is_empty());
    let files: Vec<PathBuf> = match named {
        Some(named) => std::env::split_paths(&named).collect(),
        None => std::env::home_dir()
            .map(|home| home.join(".kube/config"))
            .into_iter()
            .collect(),
    };
    files.into_iter().filter(|file| Disk.exists(file)).collect()
}

/// Refuses programs that a configuration in an untrusted folder names.
fn refuse_programs(read: &Kubeconfig, files: &[PathBuf], options: &Options) -> Result<(), Error> {
    let whole = |path: &Path| Disk.canonical(path).unwrap_or_else(|_| path.to_path_buf());
    let folders: Vec<PathBuf> = options
        .untrusted
        .iter()
        .map(|folder| whole(folder))
        .collect();
    let is_untrusted =
        |file: &&PathBuf| folders.iter().any(|folder| whole(file).starts_with(folder));
    let Some(path) = files.iter().find(is_untrusted) else {
        return Ok(());
    };
    let users = read
        .auth_infos
        .iter()
        .filter_map(|user| user.auth_info.as_ref());
    let mut programs = users.filter_map(|user| user.exec.as_ref()?.command.clone());
    match programs.next() {
        Some(command) => Err(Error::Untrusted {
            path: path.clone(),
            command,
        }),
        None => Ok(()),
    }
}
