//! How long what is typed takes to be answered, in a large workspace: `cargo bench -p lsp`.
//!
//! Each keystroke changes what is found, and is timed from the message of the client to the publication that tells of it. The
//! number of edits over which memory must not grow may follow `--`: `cargo bench -p lsp --bench replay -- 1000`.
#![expect(
    clippy::disallowed_methods,
    reason = "the benchmark makes the files that it types in"
)]
#![expect(clippy::print_stdout, reason = "the benchmark tells its figures")]
#![expect(clippy::unwrap_used, reason = "a benchmark that fails has no figures")]

mod workspace;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often a key is typed for one row.
const STROKES: usize = 20;

/// What makes this program the server of the client that it is else: so the memory of the server is that of one process.
const SERVES: &str = "SCANTLING_REPLAY_SERVES";

fn main() {
    if std::env::var_os(SERVES).is_some() {
        return lsp::serve_stdio().unwrap();
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("replay");
    let _ = std::fs::remove_dir_all(&folder);
    for (path, text) in workspace::files() {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    std::fs::create_dir_all(folder.join(".git")).unwrap();
    replay(&folder);
}

fn replay(folder: &Path) {
    let start = Instant::now();
    let mut client = Client::start(folder);
    row("initialize", &mut [start.elapsed()]);
    let opened = folder.join("manifests/team-1/app-1/deployment.yaml");
    client.notify("initialized", &json!({}));
    client.open(&opened);
    client.published(&opened);
    row("first diagnostics", &mut [start.elapsed()]);
    // What is asked is answered when all is analyzed.
    let document = json!({ "uri": uri(&opened) });
    let params = json!({ "textDocument": document });
    client.request("textDocument/documentSymbol", &params);
    row("cold workspace", &mut [start.elapsed()]);
    client.rest();
    let edits = [
        (
            "one of 3,000 manifests",
            "manifests/team-1/app-1/deployment.yaml",
            ("hostPID: false", "hostPID: true"),
        ),
        (
            "a template of a chart of 200",
            "charts/chart-0/templates/deployment-7.yaml",
            ("hostPID: false", "hostPID: true"),
        ),
        (
            "a template of a chart of 7",
            "charts/chart-1/templates/deployment-3.yaml",
            ("hostPID: false", "hostPID: true"),
        ),
        (
            "a value that 200 templates use",
            "charts/chart-0/values.yaml",
            ("privileged: false", "privileged: true"),
        ),
        (
            "a file of a root of 20,000 lines",
            "terraform/large/part-7.tf",
            ("storage_encrypted = true", "storage_encrypted = false"),
        ),
        (
            "a file of a root of 2,000 lines",
            "terraform/small-3/part-2.tf",
            ("storage_encrypted = true", "storage_encrypted = false"),
        ),
        (
            "a variable of a root of 20,000 lines",
            "terraform/large/main.tf",
            ("10.0.0.0/8", "0.0.0.0/0"),
        ),
    ];
    for (name, file, (one, other)) in edits {
        client.toggle(name, &folder.join(file), one, other);
    }
    client.actions(&opened);
    client.idle();
    let held = client.resident();
    println!("{:<44}{:>10} MB", "resident memory", held >> 20);
    let mut numbers = std::env::args().filter_map(|argument| argument.parse::<usize>().ok());
    let edits = numbers.next().unwrap_or(EDITS);
    client.type_on(&opened, edits);
    let grown = client.resident().saturating_sub(held) >> 20;
    let name = format!("growth over {edits} edits");
    println!("{name:<44}{grown:>10} MB");
}

/// Over how many edits memory must not grow.
const EDITS: usize = 10_000;

/// How long nothing is said when all was said.
const QUIET: Duration = Duration::from_millis(1_500);

fn row(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    let shown = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
    match times.len() {
        1 => println!("{name:<44}{:>13}", shown(times[0])),
        _ => println!(
            "{name:<44}{:>13} p50 {:>13} p95",
            shown(at(50)),
            shown(at(95))
        ),
    }
}

/// A client of a server that is a process of its own.
struct Client {
    server: Child,
    input: ChildStdin,
    output: Receiver<Value>,
    id: u64,
    version: i32,
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Client {
    fn start(folder: &Path) -> Self {
        let mut server = Command::new(std::env::current_exe().unwrap())
            .env(SERVES, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = server.stdin.take().unwrap();
        let mut messages = BufReader::new(server.stdout.take().unwrap());
        let (told, output) = channel();
        std::thread::spawn(move || {
            while let Some(message) = receive(&mut messages) {
                if told.send(message).is_err() {
                    return;
                }
            }
        });
        let mut client = Self {
            server,
            input,
            output,
            id: 0,
            version: 1,
        };
        let related = json!({ "relatedInformation": true });
        let params = json!({
            "processId": null,
            "capabilities": { "textDocument": { "publishDiagnostics": related } },
            "workspaceFolders": [{ "uri": uri(folder), "name": "replay" }],
        });
        client.request("initialize", &params);
        client
    }

    /// The memory that the server holds, in bytes; 0 where the system does not tell.
    fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.server.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        number.and_then(|number| number.parse().ok()).unwrap_or(0) * 1024
    }

    /// The processor time of the server so far, that of all its threads; 0 where the system does not tell. Of two cores that others
    /// use too, it says more than the clock.
    fn processor_time(&self) -> Duration {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.server.id()));
        let threads = threads.into_iter().flatten().flatten();
        let used = threads.filter_map(|thread| {
            let times = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
            times.split_whitespace().next()?.parse::<u64>().ok()
        });
        Duration::from_nanos(used.sum())
    }

    /// How much processor time is used while nothing is asked.
    fn idle(&self) {
        const WHILE: Duration = Duration::from_secs(5);
        let before = self.processor_time();
        std::thread::sleep(WHILE);
        let used = self.processor_time().saturating_sub(before);
        let share = used.as_secs_f64() / WHILE.as_secs_f64() * 100.0;
        println!("{:<44}{share:>10.1} %", "processor while idle");
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let framed = format!("Content-Length: {}\r\n\r\n{text}", text.len());
        self.input.write_all(framed.as_bytes()).unwrap();
        self.input.flush().unwrap();
    }

    fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn request(&mut self, method: &str, params: &Value) -> Value {
        self.id += 1;
        let id = self.id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.receive();
            if message["id"] == id {
                return message["result"].clone();
            }
        }
    }

    fn receive(&mut self) -> Value {
        self.output.recv().unwrap()
    }

    /// Waits until diagnostics of a file are told.
    fn published(&mut self, path: &Path) {
        let uri = uri(path);
        while self.receive()["params"]["uri"] != uri {}
    }

    /// Takes what is said until nothing more is said.
    fn rest(&mut self) {
        while self.output.recv_timeout(QUIET).is_ok() {}
    }

    fn open(&mut self, path: &Path) -> String {
        let text = std::fs::read_to_string(path).unwrap();
        let document = json!({
            "uri": uri(path), "languageId": "yaml", "version": self.version, "text": text,
        });
        let params = json!({ "textDocument": document });
        self.notify("textDocument/didOpen", &params);
        text
    }

    /// Replaces one text by another and back, and tells how long that takes to be told of.
    fn toggle(&mut self, name: &str, path: &Path, one: &str, other: &str) {
        let text = self.open(path);
        self.rest();
        let at = text.find(one).unwrap();
        let line = text[..at].matches('\n').count();
        let column = at - text[..at].rfind('\n').map_or(0, |at| at + 1);
        let mut times = Vec::new();
        let before = self.processor_time();
        for stroke in 0..STROKES {
            let (old, new) = match stroke % 2 {
                0 => (one, other),
                _ => (other, one),
            };
            self.version += 1;
            let start = json!({ "line": line, "character": column });
            let end = json!({ "line": line, "character": column + old.len() });
            let change = json!({ "range": { "start": start, "end": end }, "text": new });
            let document = json!({ "uri": uri(path), "version": self.version });
            let params = json!({ "textDocument": document, "contentChanges": [change] });
            let typed = Instant::now();
            self.notify("textDocument/didChange", &params);
            self.published(path);
            times.push(typed.elapsed());
        }
        row(name, &mut times);
        let used = self.processor_time().saturating_sub(before) / u32::try_from(STROKES).unwrap();
        println!(
            "{:<44}{:>10.1} ms",
            "  processor time of each",
            used.as_secs_f64() * 1e3
        );
    }

    /// Types in one line on and on, each time another text, and waits for what is told of each.
    fn type_on(&mut self, path: &Path, edits: usize) {
        let text = std::fs::read_to_string(path).unwrap();
        let at = text.find("hostPID: false").unwrap();
        let line = text[..at].matches('\n').count();
        let column = at - text[..at].rfind('\n').map_or(0, |at| at + 1);
        for edit in 0..edits {
            let new = format!("hostPID: {} # {edit}", edit % 2 == 0);
            self.version += 1;
            let start = json!({ "line": line, "character": column });
            let end = json!({ "line": line + 1, "character": 0 });
            let range = json!({ "start": start, "end": end });
            let change = json!({ "range": range, "text": format!("{new}\n") });
            let document = json!({ "uri": uri(path), "version": self.version });
            let params = json!({ "textDocument": document, "contentChanges": [change] });
            self.notify("textDocument/didChange", &params);
            self.published(path);
        }
    }

    fn actions(&mut self, path: &Path) {
        let start = json!({ "line": 0, "character": 0 });
        let end = json!({ "line": 99, "character": 0 });
        let params = json!({
            "textDocument": { "uri": uri(path) },
            "range": { "start": start, "end": end },
            "context": { "diagnostics": [] },
        });
        let mut times = Vec::new();
        for _ in 0..STROKES {
            let asked = Instant::now();
            self.request("textDocument/codeAction", &params);
            times.push(asked.elapsed());
        }
        row("code actions of a file, proofs included", &mut times);
    }
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// The next message; nothing when the server ended.
fn receive(messages: &mut BufReader<ChildStdout>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut header = String::new();
        if messages.read_line(&mut header).ok()? == 0 {
            return None;
        }
        match header.trim_end().strip_prefix("Content-Length: ") {
            Some(number) => length = number.parse().ok()?,
            None if header.trim_end().is_empty() => break,
            None => {}
        }
    }
    let mut body = vec![0; length];
    messages.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
