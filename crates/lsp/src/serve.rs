//! The ways to reach the server: the standard input and output, a socket, or any stream of bytes.

use std::net::SocketAddr;
use std::sync::Arc;

use source::{Disk, FileSystem};
use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::unbounded_channel;
use tower_lsp::LspService;

use crate::actor;
use crate::outgoing;
use crate::server::Server;

/// The most requests that may wait for their answers before nothing more is read. Many wait while a workspace is analyzed first.
const REQUESTS: usize = 1024;

/// Why the server could not work.
#[derive(Debug, Error)]
pub enum Error {
    /// The operating system gives no thread or no event queue.
    #[error("cannot start the language server")]
    Start(#[source] std::io::Error),
    /// Nobody can be waited for at the address.
    #[error("cannot listen at {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// Serves one client over the standard input and output until it leaves.
///
/// # Errors
/// When the operating system does not give what the server needs.
pub fn serve_stdio() -> Result<(), Error> {
    let runtime = runtime()?;
    runtime.block_on(serve(
        Arc::new(Disk),
        tokio::io::stdin(),
        tokio::io::stdout(),
    ));
    // Reading the standard input can't be given up: whoever waits for it here would wait for a client that does not close it.
    runtime.shutdown_background();
    Ok(())
}

/// Serves the first client that connects to an address until it leaves.
///
/// # Errors
/// When the address can't be listened at.
pub fn serve_socket(address: SocketAddr) -> Result<(), Error> {
    let runtime = runtime()?;
    let failed = |source| Error::Listen { address, source };
    runtime.block_on(async {
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let (stream, _) = listener.accept().await.map_err(failed)?;
        let (input, output) = tokio::io::split(stream);
        serve(Arc::new(Disk), input, output).await;
        Ok(())
    })
}

fn runtime() -> Result<Runtime, Error> {
    let mut builder = Builder::new_current_thread();
    builder.enable_io().build().map_err(Error::Start)
}

/// Serves one client, whose files are those of `system`, until it leaves.
pub async fn serve(
    system: Arc<dyn FileSystem>,
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite,
) {
    let build = LspService::build(|client| {
        let (outgoing, waiting) = unbounded_channel();
        let events = actor::start(system, outgoing);
        tokio::spawn(outgoing::send(client.clone(), waiting, events.clone()));
        Server::new(events, client)
    });
    let content = "workspace/textDocumentContent";
    let build = build.custom_method(content, Server::text_document_content);
    let schema = "scantling/configurationSchema";
    let build = build.custom_method(schema, Server::configuration_schema);
    let (service, socket) = build.finish();
    tower_lsp::Server::new(input, output, socket)
        .concurrency_level(REQUESTS)
        .serve(service)
        .await;
}
