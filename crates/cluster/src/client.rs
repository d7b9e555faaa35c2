//! The only way to the server: `GET`, and nothing else.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, RETRY_AFTER, USER_AGENT};
use http::{Method, Request, Response, StatusCode};
use kube::Client;
use kube::client::Body;
use tokio::time::{Instant, timeout};

use crate::configuration::{Access, TokenFile, access};
use crate::error::Error;
use crate::failure::{Failure, told};
use crate::list::now;
use crate::options::Options;
use crate::page::{Answer, Incoming};

/// Who asks, as audit logs of servers have it (RFC 9110, section 10.1.5).
pub const AGENT: &str = concat!("scantling/", env!("CARGO_PKG_VERSION"));

/// How long a server may think before it begins to answer: it gives up after 60 seconds itself.
const PATIENCE: Duration = Duration::from_secs(70);

/// How often the configuration is read again at most: it may run a program.
const RENEWAL: Duration = Duration::from_secs(10);

/// A client that can only read. It holds the one connection of this crate, and its one method sends `GET` without a body and
/// without `Upgrade`, to paths of discovery and of collections: what would change something, or open a stream into a pod, can't
/// be said to it.
pub struct Reader {
    connection: Mutex<Arc<Connection>>,
    /// From what the connection is made again when the server no longer knows who asks; None for a server in memory.
    options: Option<Options>,
    /// Held while that happens.
    renewing: tokio::sync::Mutex<()>,
    address: String,
    context: String,
}

/// What is kept of a configuration.
struct Connection {
    client: Client,
    token: Option<TokenFile>,
    made: Instant,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Reader {
    /// Connects as the configuration of `kubectl` says.
    ///
    /// # Errors
    /// When the configuration can't be read or followed.
    pub async fn connect(options: &Options) -> Result<Self, Error> {
        let access = access(options).await?;
        let address = access.config.cluster_url.to_string();
        let context = access.context.clone();
        let connection = Connection::new(access)?;
        let reader = Self::with(connection, &address, &context);
        Ok(Self {
            options: Some(options.clone()),
            ..reader
        })
    }

    fn with(connection: Connection, address: &str, context: &str) -> Self {
        Self {
            connection: Mutex::new(Arc::new(connection)),
            options: None,
            renewing: tokio::sync::Mutex::default(),
            address: address.trim_end_matches('/').to_owned(),
            context: context.to_owned(),
        }
    }

    /// A client of a server in memory.
    #[cfg(test)]
    pub(crate) fn of(client: Client, address: &str, context: &str) -> Self {
        let connection = Connection {
            client,
            token: None,
            made: Instant::now(),
        };
        Self::with(connection, address, context)
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
        self.open(path, accept).await?.whole().await
    }

    /// The same, as it comes in. Where the server no longer knows who asks, the configuration is read again.
    pub(crate) async fn open(&self, path: &str, accept: &str) -> Result<Incoming, Failure> {
        let connection = self.present();
        if connection.is_over() {
            self.renew(&connection).await;
        }
        let connection = self.present();
        match connection.open(path, accept).await {
            Err(failure) if failure.is(StatusCode::UNAUTHORIZED) => {
                match self.renew(&connection).await {
                    true => self.present().open(path, accept).await,
                    false => Err(failure),
                }
            }
            answer => answer,
        }
    }

    fn present(&self) -> Arc<Connection> {
        let present = self.connection.lock();
        Arc::clone(&present.unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the configuration again, unless somebody did since. Returns whether there is another connection.
    async fn renew(&self, old: &Arc<Connection>) -> bool {
        let _one = self.renewing.lock().await;
        if !Arc::ptr_eq(old, &self.present()) {
            return true;
        }
        let Some(options) = self
            .options
            .as_ref()
            .filter(|_| old.made.elapsed() > RENEWAL)
        else {
            return false;
        };
        let access = access(options).await;
        let Ok(new) = access.and_then(Connection::new) else {
            return false;
        };
        let present = self.connection.lock();
        *present.unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        true
    }
}

impl Connection {
    fn new(access: Access) -> Result<Self, Error> {
        let exec = access.config.auth_info.exec.as_ref();
        let program = exec.and_then(|exec| exec.command.clone());
        let failed = |error: &kube::Error| {
            let program = program.map(|program| format!("`{program}`: "));
            let message = program.unwrap_or_default() + &told(error);
            Error::Configuration(source::neutral(&message).into_owned())
        };
        Ok(Self {
            client: Client::try_from(access.config).map_err(|error| failed(&error))?,
            token: access.token,
            made: Instant::now(),
        })
    }

    /// Whether the certificate that a program gave for who asks is over.
    fn is_over(&self) -> bool {
        let end = self.client.valid_until().as_ref();
        end.is_some_and(|end| end.as_second() <= now())
    }

    async fn open(&self, path: &str, accept: &str) -> Result<Incoming, Failure> {
        let request = Request::builder().method(Method::GET).uri(path);
        let mut request = request.header(USER_AGENT, AGENT);
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, token.header());
        }
        let request = request.header(ACCEPT, accept).body(Body::empty());
        let request = request.map_err(|error| Failure::connection(&error))?;
        let response = timeout(PATIENCE, self.client.send(request)).await;
        let response = response.map_err(|_| Failure::slow(PATIENCE))?;
        let response = response.map_err(|error| Failure::connection(&error))?;
        match response.status() {
            StatusCode::OK => Ok(Incoming::new(response.into_body())),
            status => Err(refused(status, response).await),
        }
    }
}

/// What an answer says that is none.
async fn refused(status: StatusCode, response: Response<Body>) -> Failure {
    let wait = response.headers().get(RETRY_AFTER);
    let wait = wait.and_then(|wait| wait.to_str().ok()?.parse().ok());
    match Incoming::new(response.into_body()).whole().await {
        Ok(answer) => Failure::Status {
            status,
            message: answer.message(),
            wait,
        },
        Err(failure) => failure,
    }
}
