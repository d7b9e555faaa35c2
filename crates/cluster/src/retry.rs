//! Asking again where the server says that it is worth it.

use std::time::Duration;

use http::StatusCode;

use crate::client::{Failure, Reader};
use crate::page::Answer;

/// How often something is asked.
const ATTEMPTS: u32 = 5;

/// How long is waited before the second time; twice as long each time after.
const FIRST_WAIT: Duration = Duration::from_millis(200);

/// The longest that the server may make wait: a busy one says some seconds (API Priority and Fairness says one).
const LONGEST_WAIT: Duration = Duration::from_secs(30);

impl Reader {
    /// What the server answers for a path, asked again as long as it is busy or does not answer.
    ///
    /// Source: <https://kubernetes.io/docs/concepts/cluster-administration/flow-control/>
    pub(crate) async fn get_patiently(&self, path: &str, accept: &str) -> Result<Answer, Failure> {
        let mut wait = FIRST_WAIT;
        for _ in 1..ATTEMPTS {
            match self.get(path, accept).await {
                Err(failure) if is_passing(&failure) => {
                    tokio::time::sleep(asked(&failure).unwrap_or(wait)).await;
                    wait *= 2;
                }
                answer => return answer,
            }
        }
        self.get(path, accept).await
    }
}

/// Whether the same question may be answered later.
fn is_passing(failure: &Failure) -> bool {
    match failure {
        Failure::Status { status, .. } => {
            *status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error()
        }
        Failure::Connection(_) => true,
    }
}

/// How long the server asks to wait.
fn asked(failure: &Failure) -> Option<Duration> {
    match failure {
        Failure::Status { wait, .. } => wait
            .map(Duration::from_secs)
            .map(|wait| wait.min(LONGEST_WAIT)),
        Failure::Connection(_) => None,
    }
}
