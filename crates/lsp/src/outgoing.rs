//! What the server tells the client by itself, in the order in which it tells it.

use std::str::FromStr as _;
use std::sync::mpsc::Sender;

use serde_json::json;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use tower_lsp::jsonrpc::Result;

use crate::event::Event;
use crate::loading::Loading;
use crate::progress;
use crate::state::Publication;
use crate::types::{ConfigurationItem, MessageType, Registration, ShowDocumentParams, Uri};

/// What the server tells the client by itself.
#[derive(Debug, PartialEq)]
pub(crate) enum Outgoing {
    Publish(Publication),
    Show(MessageType, String),
    Log(MessageType, String),
    /// Asks for the settings.
    Configure,
    /// Asks to show a page outside of the editor.
    Open(String),
    /// Asks for news of files of the disk.
    Watch,
    /// Asks the client to ask for diagnostics again.
    Refresh,
    RefreshLenses,
    RefreshHints,
    /// How far the first analysis is.
    Loading(Loading),
}

/// Sends what comes until nothing more can come.
pub(crate) async fn send(
    client: tower_lsp::Client,
    mut outgoing: UnboundedReceiver<Outgoing>,
    events: Sender<Event>,
) {
    let mut shown: Option<UnboundedSender<Loading>> = None;
    while let Some(message) = outgoing.recv().await {
        match message {
            Outgoing::Publish(publication) => {
                let Publication {
                    uri,
                    version,
                    diagnostics,
                } = publication;
                let diagnostics = diagnostics.to_vec();
                client.publish_diagnostics(uri, diagnostics, version).await;
            }
            Outgoing::Show(kind, text) => client.show_message(kind, text).await,
            Outgoing::Log(kind, text) => client.log_message(kind, text).await,
            Outgoing::Configure => configure(client.clone(), events.clone()),
            Outgoing::Open(page) => open(client.clone(), &page),
            Outgoing::Watch => watch(client.clone()),
            Outgoing::Refresh => {
                let client = client.clone();
                refresh(async move { client.workspace_diagnostic_refresh().await });
            }
            Outgoing::RefreshLenses => {
                let client = client.clone();
                refresh(async move { client.code_lens_refresh().await });
            }
            Outgoing::RefreshHints => {
                let client = client.clone();
                refresh(async move { client.inlay_hint_refresh().await });
            }
            Outgoing::Loading(Loading::Began) => shown = Some(progress::show(client.clone())),
            Outgoing::Loading(loading) => {
                if let Some(shown) = &shown {
                    // The client may not want to show it.
                    let _ = shown.send(loading);
                }
            }
        }
    }
}

/// Requests wait for their answers on their own: nothing else waits with them.
fn watch(client: tower_lsp::Client) {
    tokio::spawn(async move {
        let registration = Registration {
            id: "watched-files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: Some(json!({ "watchers": [{ "globPattern": "**/*" }] })),
        };
        if let Err(error) = client.register_capability(vec![registration]).await {
            let text = format!("the client watches no files: {error}");
            client.log_message(MessageType::WARNING, text).await;
        }
    });
}

/// Lets the client ask again for something; where it does not want to, it asks when it asks.
fn refresh(asked: impl Future<Output = Result<()>> + Send + 'static) {
    tokio::spawn(async move {
        // It said that it can.
        let _ = asked.await;
    });
}

fn open(client: tower_lsp::Client, page: &str) {
    let Ok(uri) = Uri::from_str(page) else {
        return;
    };
    tokio::spawn(async move {
        let params = ShowDocumentParams {
            uri,
            external: Some(true),
            take_focus: None,
            selection: None,
        };
        if let Err(error) = client.show_document(params).await {
            let text = format!("the client opens no page: {error}");
            client.log_message(MessageType::WARNING, text).await;
        }
    });
}

fn configure(client: tower_lsp::Client, events: Sender<Event>) {
    tokio::spawn(async move {
        let item = ConfigurationItem {
            scope_uri: None,
            section: Some("scantling".to_owned()),
        };
        let settings = client.configuration(vec![item]).await.unwrap_or_default();
        // A client that has no settings leaves what there is.
        if let Some(settings) = settings.into_iter().find(|one| !one.is_null()) {
            // Nobody listens any more when the server stops.
            let _ = events.send(Event::Settings(settings));
        }
    });
}
