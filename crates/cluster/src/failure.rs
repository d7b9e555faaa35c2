//! Why there is no answer.

use std::error::Error;
use std::time::Duration;

use http::StatusCode;
use kube::client::AuthError;

use crate::tls;

/// What the client says of its own parts.
const CLIENT: &str = "ServiceError: ";

/// How much of what a program says is told, in characters.
const SAID: usize = 300;

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

impl Failure {
    /// The connection failed.
    pub(crate) fn connection(error: &(dyn Error + 'static)) -> Self {
        Self::Connection(told(error))
    }

    /// The server said nothing for a while.
    pub(crate) fn slow(patience: Duration) -> Self {
        Self::Connection(format!("it says nothing for {} s", patience.as_secs()))
    }

    /// Whether the server answered so.
    pub(crate) fn is(&self, wanted: StatusCode) -> bool {
        matches!(self, Self::Status { status, .. } if *status == wanted)
    }

    /// Why the server can't be asked now, whatever the question.
    pub(crate) fn lost(&self) -> Option<&str> {
        match self {
            Self::Connection(why) => Some(why),
            Self::Status { .. } if self.is(StatusCode::UNAUTHORIZED) => {
                Some("it does not accept these credentials; log in again")
            }
            Self::Status { .. } => None,
        }
    }

    /// Whether the same question may be answered later.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::Status { status, .. } => {
                *status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error()
            }
            Self::Connection(_) => true,
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Status {
                status, message, ..
            } if message.is_empty() => write!(f, "{status}"),
            Self::Status {
                status, message, ..
            } => write!(f, "{status}: {message}"),
            Self::Connection(why) => write!(f, "{why}"),
        }
    }
}

/// An error with what led to it, in one line.
pub(crate) fn told(error: &(dyn Error + 'static)) -> String {
    let causes = || {
        std::iter::successors(Some(error), |error: &&(dyn Error + 'static)| {
            (*error).source()
        })
    };
    let known = causes().find_map(|error| match error.downcast_ref() {
        Some(program) => of_program(program),
        None => tls::told(error),
    });
    if let Some(known) = known {
        return source::neutral(&known).into_owned();
    }
    let told = causes().map(ToString::to_string);
    let told = told.map(|cause| cause.trim_start_matches(CLIENT).to_owned());
    let mut told: Vec<String> = told.collect();
    // Many errors say what caused them themselves.
    told.dedup_by(|cause, error| error.contains(cause.as_str()));
    source::neutral(&told.join(": ")).into_owned()
}

/// What is said of a program that should tell who asks: nothing of its output or its arguments, which may hold what it tells.
fn of_program(error: &AuthError) -> Option<String> {
    match error {
        AuthError::AuthExecRun { out, .. } => {
            let said = String::from_utf8_lossy(&out.stderr);
            let said: String = source::neutral(said.trim()).chars().take(SAID).collect();
            Some(format!(
                "the program for the credentials failed ({}): {said}",
                out.status
            ))
        }
        AuthError::AuthExecStart(why) => Some(format!(
            "the program for the credentials can't be started: {why}"
        )),
        AuthError::AuthExecParse(_) | AuthError::ExecPluginFailed | AuthError::ParseTokenKey(_) => {
            Some("the program for the credentials does not answer with credentials".to_owned())
        }
        _ => None,
    }
}
