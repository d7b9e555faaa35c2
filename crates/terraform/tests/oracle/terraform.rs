//! A copy of a folder, and `terraform` in it.
#![expect(
    clippy::disallowed_methods,
    reason = "what terraform reads is written here"
)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value as Json;

use crate::value::parse;

/// A copy of a folder, which is there as long as this is.
pub(crate) struct Folder {
    path: PathBuf,
    /// The name of the folder in answers: that of the original, as if it stood at the root of the file system.
    shown: String,
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

impl Folder {
    pub(crate) fn copy_of(original: &Path) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("scantling-terraform-{}-{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        copy(original, &path);
        let original = original.file_name().expect("the folder has a name");
        let shown = format!("/{}", original.to_string_lossy());
        Self { path, shown }
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path.join(name), text).expect("the folder is writable");
    }

    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.path.join(name)).expect("the folder is writable");
    }

    /// Prepares the folder; the errors, where that fails.
    pub(crate) fn init(&self) -> Result<(), Vec<Json>> {
        let output = self.run(&["init", "-json", "-input=false"], "");
        match output.status.success() {
            true => Ok(()),
            false => Err(errors(&text(&output.stdout))),
        }
    }

    /// The plan as JSON, or the errors.
    pub(crate) fn plan(&self) -> Result<String, Vec<Json>> {
        let output = self.run(&["plan", "-json", "-out=tfplan", "-input=false"], "");
        if !output.status.success() {
            return Err(errors(&text(&output.stdout)));
        }
        let shown = self.run(&["show", "-json", "tfplan"], "");
        let problem = text(&shown.stderr);
        assert!(shown.status.success(), "terraform show: {problem}");
        let folder = self.path.to_string_lossy().into_owned();
        Ok(text(&shown.stdout).replace(&folder, &self.shown))
    }

    /// What the console shows of an expression, or the message of the error.
    pub(crate) fn console(&self, expression: &str) -> Result<String, String> {
        let arguments = ["console", "-plan", "-no-color"];
        let output = self.run(&arguments, &format!("{expression}\n"));
        let problem = text(&output.stderr);
        // A file that can't be read is no reason for the console to fail.
        if !output.status.success() || problem.contains("Error: ") {
            return Err(problem);
        }
        Ok(text(&output.stdout).trim().to_owned())
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new("terraform")
            .args(arguments)
            .current_dir(&self.path)
            .env("TF_CLI_CONFIG_FILE", "/dev/null")
            .env("CHECKPOINT_DISABLE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("terraform is on the path");
        let mut stdin = child.stdin.take().expect("the input is a pipe");
        // A program that does not read its input closes it.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        child.wait_with_output().expect("terraform ends")
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("the temporary folder is writable");
    for entry in std::fs::read_dir(from).expect("the folder is readable") {
        let from = entry.expect("the folder is readable").path();
        let to = to.join(from.file_name().expect("an entry has a name"));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(&from, &to).expect("the temporary folder is writable");
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The errors among lines of JSON.
fn errors(lines: &str) -> Vec<Json> {
    let errors: Vec<Json> = lines
        .lines()
        .map(parse::<Json>)
        .map(|line| line["diagnostic"].clone())
        .filter(|diagnostic| diagnostic["severity"] == "error")
        .collect();
    assert!(!errors.is_empty(), "no reason in {lines}");
    errors
}
