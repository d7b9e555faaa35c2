//! Why a run could not be done as asked.

use std::path::{Path, PathBuf};

use source::{ReadError, neutral};
use thiserror::Error;

/// Why a run could not be done as asked: the fault of the call or of the configuration, never of the scanned input.
#[derive(Debug, Error)]
pub enum Error {
    /// Something that the call or the configuration names can't be read.
    #[error("cannot read {}", shown(path))]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: ReadError,
    },
    /// A file can't be written.
    #[error("cannot write {}", shown(path))]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: ReadError,
    },
    /// The configuration is not understood.
    #[error("{}{}: {message}", shown(path), .line.map(|line| format!(":{line}")).unwrap_or_default())]
    Config {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: Option<usize>,
        /// What is wrong.
        message: String,
        /// What to do about it.
        help: Option<String>,
    },
    /// A name in `--select` or `--ignore` means no check.
    #[error("there is no check `{name}`")]
    UnknownCheck {
        /// The name.
        name: String,
        /// What is named most alike.
        nearest: Option<String>,
    },
    /// What the call and the configuration choose and leave out has nothing in common.
    #[error("no check is left to run")]
    NoCheck,
    /// A pattern of the call can't be read.
    #[error("{message}")]
    Pattern {
        /// What is wrong with it.
        message: String,
    },
    /// A version of Kubernetes is not one.
    #[error("`{text}` is no version of Kubernetes")]
    Version {
        /// What was given.
        text: String,
    },
    /// A folder has no module of Terraform's.
    #[error("there is no Terraform or OpenTofu in {}", shown(path))]
    NoModule {
        /// The folder.
        path: PathBuf,
    },
    /// An argument that sets values of charts is not in Helm's grammar.
    #[error("{argument}: {message}")]
    Set {
        /// The flag and the argument.
        argument: String,
        /// What is wrong with it.
        message: String,
    },
    /// A folder or archive is no chart, and no kustomization.
    #[error("there is no chart and no kustomization in {}", shown(path))]
    NoChart {
        /// The folder or archive.
        path: PathBuf,
    },
    /// Nobody knows a resource of the API.
    #[error("no resource of the API is called `{name}`")]
    UnknownResource {
        /// The name.
        name: String,
        /// What is called most alike.
        nearest: Option<String>,
    },
    /// Nobody knows who is meant.
    #[error("no binding and no object says who `{name}` is")]
    UnknownSubject {
        /// The name.
        name: String,
        /// What is called most alike.
        nearest: Option<String>,
    },
    /// Nothing says what somebody needs.
    #[error("no pod in the input runs as {subject}")]
    NothingToNeed {
        /// Who, such as `ServiceAccount shop/api`.
        subject: String,
    },
    /// Nobody knows where traffic is to start or end.
    #[error("no pod, Service, namespace or address is called `{name}`")]
    UnknownEnd {
        /// The name.
        name: String,
        /// What is called most alike.
        nearest: Option<String>,
    },
    /// Neither end of some traffic is a pod.
    #[error("no pod is at either end of the traffic")]
    NoPods,
    /// Two fixes can't be written together.
    #[error("the fixes of {} touch the same text", shown(path))]
    Overlap {
        /// The file.
        path: PathBuf,
    },
}

impl Error {
    /// The next step for a person, where there is one.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Read { source, .. } => next_step(source).map(str::to_owned),
            Self::Config { help, .. } => help.clone(),
            Self::UnknownCheck { nearest, .. } => Some(match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "`scantling checks list` lists all checks".to_owned(),
            }),
            Self::NoCheck => Some("choose others with --select, or leave out less".to_owned()),
            Self::UnknownResource { nearest, .. } => Some(match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "write a custom resource with its group, such as `widgets.example.org`"
                    .to_owned(),
            }),
            Self::UnknownSubject { nearest, .. } => Some(match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "write `user:NAME`, `group:NAME`, `sa:NAMESPACE/NAME`, or the address of what makes pods, such as `Deployment/shop/api`".to_owned(),
            }),
            Self::NothingToNeed { .. } => {
                Some("tell what they did with `--audit-log FILE`".to_owned())
            }
            Self::UnknownEnd { nearest, .. } => Some(match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "write the address of what makes pods or of a Service, such as `Service/shop/api:80`, `namespace:NAME`, `internet`, or a block of addresses".to_owned(),
            }),
            Self::NoPods => Some(
                "name what makes pods, a Service with pods or a namespace at one of the ends"
                    .to_owned(),
            ),
            Self::Version { .. } => Some("write it as `1.29`, or `latest`".to_owned()),
            Self::Pattern { .. } => {
                Some("write it as in `.gitignore`, such as `vendor/`".to_owned())
            }
            Self::NoModule { .. } => Some("give the folder of a root module".to_owned()),
            Self::NoChart { .. } => Some(
                "give the folder with `Chart.yaml` or `kustomization.yaml`, or a packaged chart"
                    .to_owned(),
            ),
            Self::Write { .. } | Self::Overlap { .. } | Self::Set { .. } => None,
        }
    }
}

/// What to do about a file that the run can't do without.
fn next_step(error: &ReadError) -> Option<&'static str> {
    match error {
        ReadError::NotFound => error.help(),
        ReadError::Denied => Some("make it readable for this user"),
        ReadError::Wide { .. } | ReadError::NotUtf8 { .. } => Some("save it as UTF-8"),
        _ => None,
    }
}

fn shown(path: &Path) -> String {
    neutral(&path.to_string_lossy()).into_owned()
}
