//! Programs that a configuration runs to learn who asks.

use std::path::Path;

use kube::config::{AuthInfo, ExecInteractiveMode};
use source::{Disk, FileSystem as _};

use crate::error::Error;
use crate::options::Options;

/// Refuses to run a program that a configuration in an untrusted folder names.
pub(super) fn refuse_untrusted(
    user: &AuthInfo,
    file: Option<&Path>,
    options: &Options,
) -> Result<(), Error> {
    let whole = |path: &Path| Disk.canonical(path).unwrap_or_else(|_| path.to_path_buf());
    let holds = |folder: &Path, file: &Path| whole(file).starts_with(whole(folder));
    let untrusted = file.filter(|file| {
        let mut folders = options.untrusted.iter();
        folders.any(|folder| holds(folder, file))
    });
    match (untrusted, program(user)) {
        (Some(path), Some(command)) => Err(Error::Untrusted {
            path: path.to_path_buf(),
            command: command.to_owned(),
        }),
        _ => Ok(()),
    }
}

/// The program that tells who the user is.
fn program(user: &AuthInfo) -> Option<&str> {
    let provider = user.auth_provider.as_ref();
    let of_provider = provider.and_then(|provider| provider.config.get("cmd-path"));
    let of_exec = user.exec.as_ref().and_then(|exec| exec.command.as_ref());
    of_exec.or(of_provider).map(String::as_str)
}

/// Decides whether a program may ask somebody: only where a terminal is there.
///
/// Source: <https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins>
pub(super) fn settle(user: &mut AuthInfo, is_interactive: bool) -> Result<(), Error> {
    let Some(exec) = user.exec.as_mut().filter(|_| !is_interactive) else {
        return Ok(());
    };
    if exec.interactive_mode == Some(ExecInteractiveMode::Always) {
        let command = exec.command.as_deref().unwrap_or_default();
        let message =
            format!("the program `{command}` must ask something, and there is no terminal");
        return Err(Error::Configuration(source::neutral(&message).into_owned()));
    }
    exec.interactive_mode = Some(ExecInteractiveMode::Never);
    Ok(())
}
