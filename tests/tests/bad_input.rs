//! Input that is made to break its reader: each is a problem that names the file, the place and the next step, and the rest is
//! scanned.
#![expect(
    clippy::disallowed_methods,
    reason = "tests make the files that are scanned"
)]

use std::path::{Path, PathBuf};
use std::{env, fs, process};

use analysis::{Error, Fixes, NoProgress, Options, Report, Status, scan};
use source::system::{Entry, Found};
use source::{Disk, FileSystem, Level, Limits, Memory, Place, ReadError};

/// What stands beside the bad input, with one finding.
const GOOD: &str = "\
apiVersion: v1
kind: Pod
metadata: { name: good }
spec: { containers: [{ name: c, securityContext: { privileged: true } }] }
";

/// The beginning of an object whose data is bad.
const HEAD: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: bad }\ndata:\n";

fn run(system: &dyn FileSystem, directory: &Path, paths: &[&str]) -> Result<Report, Error> {
    let options = Options {
        directory: directory.to_path_buf(),
        paths: paths.iter().map(PathBuf::from).collect(),
        select: vec!["privileged-container".to_owned()],
        fixes: Fixes::None,
        ..Options::default()
    };
    scan(system, &options, &NoProgress)
}

/// The problems as `PATH:LINE CODE`, and what became of each input as `PATH STATUS`.
fn told(report: &Report) -> Vec<String> {
    let problem = |problem: &source::Problem| {
        assert!(
            problem.level != Level::Error
                || problem.help.is_some()
                || ["syntax", "alias-cycle"].contains(&problem.code),
            "no next step: {problem:?}"
        );
        assert!(
            problem.message.len() < 5_000,
            "{} bytes",
            problem.message.len()
        );
        let place = match &problem.place {
            Place::Path(path) => path.display().to_string(),
            Place::Span(span) => {
                let file = report.sources.get(span.file);
                let line = file.position(span.start).line + 1;
                format!("{}:{line}", file.path.display())
            }
        };
        format!("{place} {}", problem.code)
    };
    let mut told: Vec<String> = report.problems.iter().map(problem).collect();
    told.dedup();
    let inputs = report.inputs.iter();
    told.extend(inputs.map(|input| format!("{} {}", input.path.display(), input.status.text())));
    told
}

/// Checks what a scan tells of a bad file, and that it finds what stands beside it.
#[track_caller]
fn check(path: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    let system = Memory::new([(path, bytes.as_ref()), ("good.yaml", GOOD.as_bytes())]);
    let report = run(&system, Path::new("."), &[]).expect("the call is right");
    let mut told = told(&report);
    told.retain(|line| line != "good.yaml scanned");
    assert_eq!(told, expected);
    assert_eq!(report.findings.len(), 1, "{:?}", report.findings);
}

/// Files of which one may not be read. Whoever runs the tests may read everything, so the disk can't refuse.
struct Refusing {
    files: Memory,
    refused: &'static str,
}

impl FileSystem for Refusing {
    fn read(&self, path: &Path, limits: Limits) -> Result<Vec<u8>, ReadError> {
        if path.ends_with(self.refused) {
            return Err(ReadError::Denied);
        }
        self.files.read(path, limits)
    }

    fn walk(&self, path: &Path, boundary: Option<&Path>) -> Vec<Found> {
        self.files.walk(path, boundary)
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, ReadError> {
        self.files.list(folder)
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), ReadError> {
        self.files.write(path, text)
    }

    fn exists(&self, path: &Path) -> bool {
        self.files.exists(path)
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, ReadError> {
        self.files.canonical(path)
    }
}

#[test]
fn files_that_may_not_be_read_fail() {
    for refused in ["bad.yaml", "bad.tf", "terraform.tfvars"] {
        let files = [(refused, "a: 1"), ("main.tf", ""), ("good.yaml", GOOD)];
        let system = Refusing {
            files: Memory::new(files),
            refused,
        };
        let report = run(&system, Path::new("."), &[]).expect("the call is right");
        let told = told(&report);
        assert!(
            told.contains(&format!("{refused} unreadable-file")),
            "{told:?}"
        );
        assert!(told.contains(&format!("{refused} failed")), "{told:?}");
        assert_eq!(report.findings.len(), 1, "{:?}", report.findings);
    }
}

#[test]
fn bytes_that_are_no_text_fail() {
    for bytes in [
        b"\x7fELF\x02\x01\x01\0\0\0".as_slice(),
        b"\xff\xfea\0:\0 \x001\0",
        b"a\0:\0 \x001\0\n\0",
        b"a: 1\nb: \xff\n",
        b"a: \xc3\n",
    ] {
        check(
            "bad.yaml",
            bytes,
            &["bad.yaml unreadable-file", "bad.yaml failed"],
        );
    }
    let late = format!("{HEAD}  a: {}\u{0}\n", "x".repeat(10_000));
    check(
        "bad.yaml",
        late,
        &[
            "bad.yaml:5 syntax",
            "bad.yaml:5 control-character",
            "bad.yaml partial",
        ],
    );
}

#[test]
fn large_files_fail_and_long_lines_do_not() {
    let large = vec![b' '; (64 << 20) + 1];
    check(
        "bad.yaml",
        large,
        &["bad.yaml unreadable-file", "bad.yaml failed"],
    );
    for quote in ["", "'", "\""] {
        let line = format!("{HEAD}  a: {quote}{}{quote}\n", "x ".repeat(1 << 20));
        check("bad.yaml", line, &["bad.yaml scanned"]);
    }
}

#[test]
fn deep_nesting_is_told_at_the_level_that_is_too_deep() {
    const DEPTH: usize = 10_000;
    let nested = |open: &str, close: &str| open.repeat(DEPTH) + &close.repeat(DEPTH);
    let flow = ["bad.yaml:5 too-deep", "bad.yaml partial"];
    check(
        "bad.yaml",
        format!("{HEAD}  a: {}\n", nested("[", "]")),
        &flow,
    );
    check(
        "bad.yaml",
        format!("{HEAD}  a: {}\n", nested("{ a: ", "}")),
        &flow,
    );
    check(
        "bad.yaml",
        format!("{HEAD}  a:\n  {}x\n", "- ".repeat(DEPTH)),
        &["bad.yaml:6 too-deep", "bad.yaml partial"],
    );
    let block: String = (0..300)
        .map(|depth| format!("{}a:\n", " ".repeat(depth + 2)))
        .collect();
    check(
        "bad.yaml",
        format!("{HEAD}{block}"),
        &["bad.yaml:204 too-deep", "bad.yaml partial"],
    );
    check(
        "bad.json",
        nested("[", "]"),
        &["bad.json:1 too-deep", "bad.json failed"],
    );
    check(
        "bad.json",
        format!(
            "{{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{{\"name\":\"bad\"}},\"data\":{}}}",
            nested("{\"a\":", "}").replace(":}", ":1}")
        ),
        &["bad.json:1 too-deep", "bad.json partial"],
    );
    check(
        "bad.yaml",
        format!("{HEAD}  a: {}", "[".repeat(DEPTH)),
        &["bad.yaml:5 syntax", "bad.yaml partial"],
    );
}

#[test]
fn alias_bombs_end_early() {
    /// Sixty values, each of which holds the one before nine times.
    fn chain(item: impl Fn(usize, usize) -> String, [open, close]: [&str; 2]) -> String {
        let level = |level: usize| {
            let items: Vec<String> = (0..9).map(|number| item(level, number)).collect();
            format!(
                "a{}: &a{} {open}{}{close}\n",
                level + 1,
                level + 1,
                items.join(", ")
            )
        };
        (0..60).map(level).collect()
    }
    let lists = chain(|below, _| format!("*a{below}"), ["[", "]"]);
    let maps = chain(|below, key| format!("k{key}: *a{below}"), ["{ ", " }"]);
    let merges = chain(
        |below, key| format!("k{key}: {{ <<: *a{below} }}"),
        ["{ ", " }"],
    );
    for text in [
        format!("a0: &a0 [x, x, x]\n{lists}"),
        format!("a0: &a0 {{ x: 1 }}\n{maps}"),
        format!("a0: &a0 {{ x: 1 }}\n{merges}"),
        format!(
            "a: &a [{}]\nb: [{}]\n",
            "x, ".repeat(2_000),
            "*a, ".repeat(2_000)
        ),
    ] {
        let text = format!("{HEAD}{text}");
        let system = Memory::new([("bad.yaml", text.as_str()), ("good.yaml", GOOD)]);
        let report = run(&system, Path::new("."), &[]).unwrap();
        let told = told(&report);
        assert!(told[0].ends_with("too-many-aliases"), "{told:?}");
        assert_eq!(report.findings.len(), 1);
    }
    check(
        "bad.yaml",
        format!("{HEAD}  a: &a {{ b: *a }}\n"),
        &["bad.yaml:5 alias-cycle", "bad.yaml partial"],
    );
}

#[test]
fn a_file_of_many_values_is_read_up_to_the_limit() {
    check(
        "bad.yaml",
        format!("{HEAD}  a: [{}]\n", "1,".repeat(2_100_000)),
        &["bad.yaml:5 too-many-nodes", "bad.yaml partial"],
    );
}

#[test]
fn many_documents_and_keys_are_scanned() {
    check(
        "bad.yaml",
        "a: 1\n---\n".repeat(100_000),
        &["bad.yaml skipped"],
    );
    check("bad.yaml", "---\n".repeat(300_000), &["bad.yaml skipped"]);
    let keys: String = (0..100_000).map(|key| format!("  k{key}: v\n")).collect();
    check("bad.yaml", format!("{HEAD}{keys}"), &["bad.yaml scanned"]);
}

#[test]
fn many_problems_hide_no_loss() {
    let text = format!("{HEAD}{}  a: [\n", "  k: v\n".repeat(10_000));
    let system = Memory::new([("bad.yaml", text)]);
    let report = run(&system, Path::new("."), &[]).unwrap();
    assert!(report.problems.len() < 300, "{}", report.problems.len());
    assert_eq!(report.count(Status::Partial), 1, "{:?}", report.inputs);
}

#[test]
fn long_names_are_cut_where_people_read_them() {
    let name = "n".repeat(1 << 20);
    let pod = |name: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{ name: {name} }}\nspec: {{ containers: [{{ name: {name}, securityContext: {{ privileged: true }} }}] }}\n"
        )
    };
    // A key may have 1,024 characters without a question mark, a value any number.
    let system = Memory::new([("bad.yaml", pod(&name)), ("good.yaml", GOOD.to_owned())]);
    let report = run(&system, Path::new("."), &[]).unwrap();
    assert_eq!(report.findings.len(), 2);
    for finding in &report.findings {
        let long = [
            finding.message.as_str(),
            &finding.path,
            &finding.resource.address,
            &finding.resource.name,
        ];
        assert!(long.iter().all(|text| text.len() < 5_000), "{long:?}");
    }
}

/// A folder on the disk, which is the root of a repository, beside one that is outside of it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("scantling-bad-input-{}-{name}", process::id()));
        let _ = fs::remove_dir_all(&folder);
        let folder = Self(folder);
        folder
            .write("repository/.git/HEAD", "")
            .write("repository/good.yaml", GOOD)
            .write("outside/pod.yaml", GOOD);
        folder
    }

    fn write(&self, path: &str, text: &str) -> &Self {
        let path = self.0.join(path);
        let folder = path.parent().expect("a file stands in a folder");
        fs::create_dir_all(folder).expect("the test may make folders");
        fs::write(path, text).expect("the test may write files");
        self
    }

    fn scan(&self, paths: &[&str]) -> Result<Report, Error> {
        run(&Disk, &self.0.join("repository"), paths)
    }

    #[track_caller]
    fn check(&self, paths: &[&str], expected: &[&str]) {
        assert_eq!(
            told(&self.scan(paths).expect("the call is right")),
            expected,
            "{paths:?}"
        );
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn nothing_is_an_input_without_a_problem() {
    let folder = Folder::new("empty");
    fs::create_dir_all(folder.0.join("repository/empty/folder.yaml")).unwrap();
    folder.check(&["empty"], &[]);
    folder.check(
        &["nowhere", "good.yaml", "good.yaml/below"],
        &[
            "good.yaml/below no-such-path",
            "nowhere no-such-path",
            "good.yaml scanned",
            "good.yaml/below failed",
            "nowhere failed",
        ],
    );
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    impl Folder {
        fn link(&self, path: &str, target: &str) -> &Self {
            symlink(target, self.0.join("repository").join(path)).expect("the test may make links");
            self
        }
    }

    #[test]
    fn links_lead_neither_out_nor_in_circles() {
        let folder = Folder::new("links");
        folder
            .write("repository/a/b.yaml", "a: 1\n")
            .link("a/above", "..")
            .link("again", "a")
            .link("again.yaml", "good.yaml")
            .link("itself.yaml", "itself.yaml")
            .link("nowhere.yaml", "nothing.yaml")
            .link("outside", "../outside")
            .link("outside.yaml", "../outside/pod.yaml")
            .link("root", "/");
        folder.check(
            &["."],
            &[
                "a/above link-loop",
                "itself.yaml unreadable-file",
                "nowhere.yaml unreadable-file",
                "a/above skipped",
                "a/b.yaml skipped",
                "again.yaml skipped",
                "good.yaml scanned",
                "itself.yaml failed",
                "nowhere.yaml failed",
                "outside skipped",
                "outside.yaml skipped",
                "root skipped",
            ],
        );
        folder.check(&["again.yaml"], &["again.yaml scanned"]);
    }

    #[test]
    fn devices_and_sockets_are_not_read() {
        let folder = Folder::new("devices");
        let _socket = UnixListener::bind(folder.0.join("repository/socket.yaml")).unwrap();
        folder
            .link("zero.yaml", "/dev/zero")
            .link(".gitignore", "/dev/zero");
        let expected = [
            ".gitignore unreadable-file",
            "socket.yaml unreadable-file",
            "good.yaml scanned",
            "socket.yaml failed",
            // A link to a device leads out of the repository.
            "zero.yaml skipped",
        ];
        folder.check(&["."], &expected);
        folder.check(
            &["zero.yaml", "/dev/zero"],
            &[
                "/dev/zero unreadable-file",
                "zero.yaml unreadable-file",
                "/dev/zero failed",
                "zero.yaml failed",
            ],
        );
        folder.link("scantling.yaml", "/dev/zero");
        let error = folder.scan(&["."]).unwrap_err();
        let is_refused = matches!(
            error,
            Error::Read {
                source: ReadError::NotRegular { .. },
                ..
            }
        );
        assert!(is_refused, "{error}");
    }

    #[test]
    fn folders_that_are_linked_crosswise_are_walked_once() {
        let folder = Folder::new("crosswise");
        for level in 0..30 {
            let next = format!("../f{}", level + 1);
            folder.write(&format!("repository/f{level}/a.yaml"), "a: 1\n");
            for name in ["one", "two"] {
                folder.link(&format!("f{level}/{name}"), &next);
            }
        }
        let report = folder.scan(&["."]).unwrap();
        let read = report.sources.get(source::FileId(10_000));
        assert_eq!(
            read.path,
            Path::new(""),
            "more files were read than there are"
        );
        assert_eq!(report.findings.len(), 1);
    }
}
