//! The language server as an editor starts it.

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

use crate::support::Folder;

fn framed(message: &str) -> String {
    format!("Content-Length: {}\r\n\r\n{message}", message.len())
}

fn initialize(process: &str) -> String {
    format!(
        r#"{{"jsonrpc":"2.0","id":1,"method":"initialize","params":{{"processId":{process},"capabilities":{{}}}}}}"#
    )
}

#[test]
fn the_standard_output_holds_nothing_but_messages() {
    let folder = Folder::new("lsp-stdio", &[]);
    let input = framed(&initialize("null"));
    for arguments in [&["lsp"][..], &["lsp", "--stdio"]] {
        let told = folder.run_with_input(arguments, &input);
        assert_eq!((told.code, told.stderr.as_str()), (Some(0), ""));
        assert!(told.stdout.starts_with("Content-Length: "), "{told:?}");
        assert!(told.stdout.contains(r#""name":"scantling""#), "{told:?}");
        assert_eq!(told.stdout.matches("Content-Length: ").count(), 1);
    }
}

#[cfg(unix)]
#[test]
fn the_server_ends_with_the_process_that_started_it() {
    let folder = Folder::new("lsp-parent", &[]);
    let mut editor = Command::new("sleep")
        .arg("600")
        .spawn()
        .expect("there is `sleep`");
    let mut server = folder
        .command(&["lsp"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = server.stdin.take().expect("the input is a pipe");
    let mut output = server.stdout.take().expect("the output is a pipe");
    let message = framed(&initialize(&editor.id().to_string()));
    input
        .write_all(message.as_bytes())
        .expect("the server reads");
    let mut first = [0];
    output.read_exact(&mut first).expect("the server answers");
    editor.kill().expect("the test may end what it started");
    editor.wait().expect("it ends");
    let status = server.wait().expect("the server ends");
    assert_eq!(status.code(), Some(0));
    drop(input);
}
