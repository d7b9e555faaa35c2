//! Notifications of the protocol about work that goes on, and parts of answers.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::Client;

use crate::loading::Loading;
use crate::types::{ProgressToken, notification::Notification};

/// The notification for progress of any kind.
enum Progress {}

impl Notification for Progress {
    type Params = Value;
    const METHOD: &'static str = "$/progress";
}

/// Shows work that began, in a task of its own: it waits until the client says that it shows such.
pub(crate) fn show(client: Client) -> UnboundedSender<Loading> {
    static SHOWN: AtomicU64 = AtomicU64::new(0);
    let (told, waiting) = unbounded_channel();
    let number = SHOWN.fetch_add(1, Ordering::Relaxed);
    let token = ProgressToken::String(format!("scantling-load-{number}"));
    tokio::spawn(async move {
        let created = client.create_work_done_progress(token.clone()).await;
        if created.is_ok() {
            tell(&client, &token, waiting).await;
        }
    });
    told
}

async fn tell(client: &Client, token: &ProgressToken, mut waiting: UnboundedReceiver<Loading>) {
    let begin = json!({ "kind": "begin", "title": "Scantling reads the workspace" });
    send(client, token, begin).await;
    while let Some(Loading::Does(text)) = waiting.recv().await {
        send(client, token, json!({ "kind": "report", "message": text })).await;
    }
    send(client, token, json!({ "kind": "end" })).await;
}

/// Sends a part of an answer before the answer.
pub(crate) async fn send(client: &Client, token: &ProgressToken, value: Value) {
    let params = json!({ "token": token, "value": value });
    client.send_notification::<Progress>(params).await;
}
