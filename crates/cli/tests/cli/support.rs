//! A folder of files, and the program run in it.
#![expect(
    clippy::disallowed_methods,
    reason = "tests make the files that the program reads"
)]

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A pod that the check `hostname-set` of [`CHECK`] finds fault with.
pub(crate) const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  hostname: web # a name of its own
  containers: []
";

/// The same pod without the fault.
pub(crate) const CLEAN: &str = "\
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers: []
";

/// A check of severity medium with a fix.
pub(crate) const CHECK: &str = r#"title: Pod has a host name
severity: medium
resources: [kubernetes/workload]
principle: least-privilege
threats: [spoofing]
aliases: [OTHER_7]
settings: { allowed: [] }
why: It should not.
query: pod_specs | .hostname | select(. != null)
message: the pod calls itself \($found)
remedy: Remove it.
fix: { remove: true }
references: [https://example.org/hostname]
fail:
- name: a host name
  kubernetes: |
    apiVersion: v1
    kind: Pod
    metadata: { name: web }
    spec:
      hostname: web # finding
      containers: []
pass:
- name: no host name
  kubernetes: |
    apiVersion: v1
    kind: Pod
    metadata: { name: web }
    spec:
      containers: []
"#;

/// A folder that is the root of a repository, made anew.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// A folder with these files, and with [`CHECK`] in `my-checks`.
    pub(crate) fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = Self(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name));
        let _ = fs::remove_dir_all(&folder.0);
        folder.write(".git/HEAD", "");
        folder.write("my-checks/kubernetes/workload/hostname-set.yaml", CHECK);
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        self.write_bytes(path, text.as_bytes());
    }

    pub(crate) fn write_bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.0.join(path);
        let folder = path.parent().expect("a file stands in a folder");
        fs::create_dir_all(folder).expect("the test may make folders");
        fs::write(path, bytes).expect("the test may write files");
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).expect("the program wrote the file")
    }

    /// Whether a file is there.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// The program in this folder, in an empty environment.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scantling"));
        command
            .args(arguments)
            .current_dir(&self.0)
            .env_clear()
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Told {
        Told::of(
            &self
                .command(arguments)
                .output()
                .expect("the program starts"),
        )
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Told {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("the input is a pipe");
        stdin
            .write_all(input.as_ref())
            .expect("the program reads its input");
        drop(stdin);
        Told::of(&child.wait_with_output().expect("the program ends"))
    }

    /// Scans `deploy` with the check of this folder only.
    pub(crate) fn scan(&self, arguments: &[&str]) -> Told {
        self.run(
            &[
                &[
                    "scan",
                    "deploy",
                    "--checks",
                    "my-checks",
                    "--select",
                    "hostname-set",
                ],
                arguments,
            ]
            .concat(),
        )
    }
}

/// What the program said.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Told {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
        Self {
            code: output.status.code(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }
}
