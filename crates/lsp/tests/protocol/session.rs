//! A client in memory. It fails its test when a message of the server was not looked at, or the server did not end cleanly.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use source::{FileSystem, Memory};
use tokio::io::{
    AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, DuplexStream, duplex,
};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long a message of the server may take: far more than it should.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client in memory.
pub(crate) struct Session {
    runtime: Runtime,
    input: Option<DuplexStream>,
    output: BufReader<DuplexStream>,
    server: Option<JoinHandle<()>>,
    next_id: u64,
    /// What the server said that was not looked at yet.
    unread: VecDeque<Value>,
}

impl Session {
    /// A client that has said nothing yet.
    pub(crate) fn connect<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        // The folder is there, whatever is in it.
        let files = files.into_iter().chain([("/project/README.md", "")]);
        Self::connect_to(Arc::new(Memory::new(files)))
    }

    /// A client whose server reads these files.
    pub(crate) fn connect_to(system: Arc<dyn FileSystem>) -> Self {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime can be built");
        let (input, server_input) = duplex(1 << 20);
        let (server_output, output) = duplex(1 << 20);
        let server = runtime.spawn(lsp::serve(system, server_input, server_output));
        Self {
            runtime,
            input: Some(input),
            output: BufReader::new(output),
            server: Some(server),
            next_id: 0,
            unread: VecDeque::new(),
        }
    }

    /// A client of these capabilities that has `/project` open and knows what is wrong in it.
    pub(crate) fn open<'f>(
        capabilities: &Value,
        files: impl IntoIterator<Item = (&'f str, &'f str)>,
    ) -> Self {
        let mut session = Self::connect(files);
        session.initialize(capabilities, &json!({}));
        session.notify("initialized", &json!({}));
        session
    }

    /// The answer to `initialize`.
    pub(crate) fn initialize(&mut self, capabilities: &Value, options: &Value) -> Value {
        self.request(
            "initialize",
            &json!({
                "processId": null,
                "capabilities": capabilities,
                "initializationOptions": options,
                "workspaceFolders": [{ "uri": "file:///project", "name": "work" }],
            }),
        )
    }

    pub(crate) fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request without waiting for its answer. Returns its id.
    pub(crate) fn ask(&mut self, method: &str, params: &Value) -> u64 {
        self.next_id += 1;
        let id = self.next_id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The whole answer to a request; what else the server says meanwhile stays to be looked at.
    pub(crate) fn answer(&mut self, id: u64) -> Value {
        loop {
            let message = self.receive().expect("the server answers before it ends");
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
            self.unread.push_back(message);
        }
    }

    /// The result of a request.
    pub(crate) fn request(&mut self, method: &str, params: &Value) -> Value {
        let id = self.ask(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The next thing that the server says by itself.
    pub(crate) fn next(&mut self) -> Value {
        let unread = self.unread.pop_front();
        unread.unwrap_or_else(|| self.receive().expect("the server says something"))
    }

    /// The first publication of diagnostics, for a client that shows how far the server is.
    pub(crate) fn loaded(&mut self) -> Value {
        let (mut published, mut is_over) = (None, false);
        while published.is_none() || !is_over {
            let message = self.next();
            match message["method"].as_str() {
                Some("window/workDoneProgress/create") => self.reply(&message, &Value::Null),
                Some("$/progress") => is_over = message["params"]["value"]["kind"] == "end",
                _ => published = Some(message),
            }
        }
        published.expect("the loop ends with one")
    }

    /// The next publication of diagnostics: the file, and a line for each.
    pub(crate) fn published(&mut self) -> (String, Vec<String>) {
        let message = self.next();
        assert_eq!(
            message["method"], "textDocument/publishDiagnostics",
            "{message}"
        );
        let params = &message["params"];
        let uri = params["uri"].as_str().expect("a URI is text").to_owned();
        let list = params["diagnostics"]
            .as_array()
            .expect("diagnostics are a list");
        (uri, list.iter().map(line).collect())
    }

    /// Answers a request of the server's.
    pub(crate) fn reply(&mut self, request: &Value, result: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "id": request["id"], "result": result }));
    }

    pub(crate) fn open_document(&mut self, path: &str, text: &str) {
        let document =
            json!({ "uri": uri(path), "languageId": "yaml", "version": 1, "text": text });
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    /// Changes a document; each change is a range, as lines and columns, with what stands there afterwards.
    pub(crate) fn change(&mut self, path: &str, version: i32, changes: &[([u32; 4], &str)]) {
        let changes: Vec<Value> = changes
            .iter()
            .map(|([line, column, to_line, to_column], text)| {
                let start = json!({ "line": line, "character": column });
                let end = json!({ "line": to_line, "character": to_column });
                json!({ "range": { "start": start, "end": end }, "text": text })
            })
            .collect();
        let document = json!({ "uri": uri(path), "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", &params);
    }

    pub(crate) fn close(&mut self, path: &str) {
        let params = json!({ "textDocument": { "uri": uri(path) } });
        self.notify("textDocument/didClose", &params);
    }

    /// Leaves as the protocol wants it.
    pub(crate) fn leave(self) {
        let unread = self.leave_unread();
        assert!(unread.is_empty(), "nobody looked at {unread:?}");
    }

    /// Leaves as the protocol wants it, and returns what nobody looked at.
    pub(crate) fn leave_unread(mut self) -> VecDeque<Value> {
        let result = self.request("shutdown", &Value::Null);
        assert_eq!(result, Value::Null);
        self.notify("exit", &Value::Null);
        self.end()
    }

    /// Goes without a word.
    pub(crate) fn hang_up(mut self) {
        self.input = None;
        let unread = self.end();
        assert!(unread.is_empty(), "nobody looked at {unread:?}");
    }

    fn end(mut self) -> VecDeque<Value> {
        let server = self.server.take().expect("a session ends once");
        let ended = self
            .runtime
            .block_on(async { timeout(PATIENCE, server).await });
        ended
            .expect("the server ends in time")
            .expect("the server does not panic");
        while let Some(message) = self.receive() {
            self.unread.push_back(message);
        }
        std::mem::take(&mut self.unread)
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let framed = format!("Content-Length: {}\r\n\r\n{text}", text.len());
        let input = self.input.as_mut().expect("the session is not over");
        let written = self.runtime.block_on(input.write_all(framed.as_bytes()));
        written.expect("the server listens");
    }

    /// The next message; nothing where the server is gone.
    fn receive(&mut self) -> Option<Value> {
        let output = &mut self.output;
        let read = async { timeout(PATIENCE, read_message(output)).await };
        self.runtime
            .block_on(read)
            .expect("the server says something in time")
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.server.is_none(), "the test leaves the server running");
        }
    }
}

async fn read_message(output: &mut BufReader<DuplexStream>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut header = String::new();
        if output
            .read_line(&mut header)
            .await
            .expect("a pipe in memory can be read")
            == 0
        {
            return None;
        }
        match header.trim_end().split_once(": ") {
            Some(("Content-Length", number)) => {
                length = number.parse().expect("a length is a number");
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    output
        .read_exact(&mut body)
        .await
        .expect("messages are whole");
    Some(serde_json::from_slice(&body).expect("messages are JSON"))
}

pub(crate) fn uri(path: &str) -> String {
    format!("file://{path}")
}

/// A diagnostic as one line.
fn line(diagnostic: &Value) -> String {
    let at = |end: &str| {
        let place = &diagnostic["range"][end];
        format!("{}:{}", place["line"], place["character"])
    };
    let code = diagnostic["code"].as_str().unwrap_or_default();
    format!("{}-{} {code}", at("start"), at("end"))
}
