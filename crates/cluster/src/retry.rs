//! Asking again where the server says that it is worth it.

use std::time::Duration;

use crate::client::Reader;
use crate::failure::Failure;
use crate::page::Answer;

/// How often something is asked.
const ATTEMPTS: u32 = 5;

/// How long is waited before the second time; twice as long each time after.
const FIRST_WAIT: Duration = Duration::from_millis(200);

/// The longest wait that nobody asked for.
const LONGEST: Duration = Duration::from_secs(10);

/// The longest that the server may make wait: a busy one says some seconds (API Priority and Fairness says one).
const LONGEST_WAIT: Duration = Duration::from_secs(30);

impl Reader {
    /// What the server answers for a path, asked again as long as it is busy or does not answer.
    ///
    /// Source: <https://kubernetes.io/docs/concepts/cluster-administration/flow-control/>
    pub(crate) async fn get_patiently(&self, path: &str, accept: &str) -> Result<Answer, Failure> {
        for attempt in 1..ATTEMPTS {
            match self.get(path, accept).await {
                Err(failure) if failure.is_passing() => {
                    tokio::time::sleep(wait(&failure, attempt)).await;
                }
                answer => return answer,
            }
        }
        self.get(path, accept).await
    }
}

/// How long is waited after so many failures, of which this is the last: as the server asks, else twice as long each time.
pub(crate) fn wait(failure: &Failure, failures: u32) -> Duration {
    let asked = match failure {
        Failure::Status { wait, .. } => wait.map(Duration::from_secs),
        Failure::Connection(_) => None,
    };
    let doubled = FIRST_WAIT.saturating_mul(1 << failures.saturating_sub(1).min(16));
    match asked {
        Some(asked) => asked.min(LONGEST_WAIT),
        None => doubled.min(LONGEST),
    }
}
