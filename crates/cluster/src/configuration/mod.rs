//! The configuration of `kubectl`: which server, who asks, and by which way.

mod files;
mod oidc;
mod programs;
mod proxy;
#[cfg(test)]
mod tests;
mod token;

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use kube::Config;
use kube::config::{AuthInfo, Cluster, Context, KubeConfigOptions, Kubeconfig};

use crate::error::Error;
use crate::failure::told;
use crate::list::now;
use crate::options::Options;

pub(crate) use token::TokenFile;

/// What is said where nothing names a cluster.
const NOWHERE: &str = "KUBECONFIG names no file that is there, ~/.kube/config is not there, and this is no pod; name one with \
    `--kubeconfig`";

/// The folder of a pod with what its account needs to ask the server.
const ACCOUNT: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// A way to a server.
pub(crate) struct Access {
    pub(crate) config: Config,
    /// The file of the token, where it is in one.
    pub(crate) token: Option<TokenFile>,
    /// The context of the configuration.
    pub(crate) context: String,
}

/// What a process has around it.
struct Surroundings<'a> {
    variable: &'a (dyn Fn(&str) -> Option<OsString> + Sync),
    home: Option<PathBuf>,
    /// The folder of the account of a pod.
    account: &'a Path,
    /// Whether somebody can be asked.
    is_interactive: bool,
}

/// What the configuration says of one context.
struct Chosen<'a> {
    cluster: &'a Cluster,
    /// The name of the user and what is said of it.
    user: Option<(&'a str, &'a AuthInfo)>,
}

/// The way to the server that the configuration names.
///
/// # Errors
/// When it can't be read or followed.
pub(crate) async fn access(options: &Options) -> Result<Access, Error> {
    let around = Surroundings {
        variable: &|name| std::env::var_os(name).filter(|value| !value.is_empty()),
        home: std::env::home_dir(),
        account: Path::new(ACCOUNT),
        is_interactive: std::io::stdin().is_terminal(),
    };
    within(options, &around).await
}

async fn within(options: &Options, around: &Surroundings<'_>) -> Result<Access, Error> {
    let read = files::read(options, around)?;
    let read = read.or_else(|| files::of_pod(around));
    let read = read.ok_or_else(|| Error::Configuration(NOWHERE.to_owned()))?;
    let name = options.context.as_ref();
    let name = name.or(read.config.current_context.as_ref());
    let name = name.filter(|name| !name.is_empty()).cloned();
    let name = name.ok_or_else(|| missing(&read.config, None))?;
    let chosen = chosen(&read.config, &name)?;
    if let Some((user, auth)) = chosen.user {
        programs::refuse_untrusted(auth, read.users.get(user).map(PathBuf::as_path), options)?;
    }
    let proxy = proxy::of(chosen.cluster, around.variable)?;
    let authority = chosen.cluster.certificate_authority.clone();
    let authority = authority.filter(|_| chosen.cluster.certificate_authority_data.is_none());
    let context = KubeConfigOptions {
        context: Some(name.clone()),
        ..KubeConfigOptions::default()
    };
    let config = Config::from_custom_kubeconfig(read.config, &context).await;
    let mut config = config.map_err(|error| Error::Configuration(told(&error)))?;
    // Waiting is decided in one place, which also gives up.
    config.default_retry = false;
    config.proxy_url = proxy;
    // A file may get another certificate while one watches.
    config.root_cert_file = authority.map(PathBuf::from);
    oidc::settle(&mut config.auth_info, now())?;
    programs::settle(&mut config.auth_info, around.is_interactive)?;
    Ok(Access {
        token: token::of(&mut config.auth_info)?,
        config,
        context: name,
    })
}

/// What the configuration says of a context: its cluster and its user are there, as `kubectl` demands.
fn chosen<'a>(config: &'a Kubeconfig, name: &str) -> Result<Chosen<'a>, Error> {
    let context = config.contexts.iter().find(|one| one.name == name);
    let context: Option<&Context> = context.and_then(|one| one.context.as_ref());
    let context = context.ok_or_else(|| missing(config, Some(name)))?;
    let absent = |what: &str, which: &str| {
        let message = format!("the {what} `{which}` of the context `{name}` is not there");
        Error::Configuration(source::neutral(&message).into_owned())
    };
    let cluster = config
        .clusters
        .iter()
        .find(|one| one.name == context.cluster);
    let cluster = cluster.and_then(|one| one.cluster.as_ref());
    let wanted = context.user.as_deref().filter(|user| !user.is_empty());
    let user = wanted.map(|wanted| {
        let user = config.auth_infos.iter().find(|one| one.name == wanted);
        let user = user.and_then(|one| Some((one.name.as_str(), one.auth_info.as_ref()?)));
        user.ok_or_else(|| absent("user", wanted))
    });
    Ok(Chosen {
        cluster: cluster.ok_or_else(|| absent("cluster", &context.cluster))?,
        user: user.transpose()?,
    })
}

/// Says which contexts there are in place of one that is not.
fn missing(config: &Kubeconfig, name: Option<&str>) -> Error {
    let names: Vec<&str> = config
        .contexts
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    let there = match names.is_empty() {
        true => "it has none".to_owned(),
        false => format!("`--context` chooses {}", names.join(", ")),
    };
    let message = match name {
        Some(name) => format!("there is no context `{name}`; {there}"),
        None => format!("it has no present context; {there}"),
    };
    Error::Configuration(source::neutral(&message).into_owned())
}
