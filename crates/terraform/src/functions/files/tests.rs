//! Tests of functions that read files.

use std::collections::BTreeMap;
use std::path::Path;

use smol_str::SmolStr;
use source::{FileId, Span};

use crate::functions::testing::call_with;
use crate::functions::{Failure, FileContent, FileFailure, Files, glob};
use crate::value::testing::{object, show, string, unknown};
use crate::value::{Cause, Marks, Type, Value};

/// Files in memory; what begins with `/` or `..` lies outside.
struct Memory(BTreeMap<&'static str, &'static [u8]>);

impl Memory {
    fn sample() -> Self {
        Self(BTreeMap::from([
            ("a.yaml", &b"a:\n  b: c\n"[..]),
            ("bin", b"\xff"),
            ("d/e.txt", b"${x}"),
        ]))
    }
}

impl Files for Memory {
    fn read(&self, path: &Path) -> Result<FileContent, FileFailure> {
        let name = path.to_str().ok_or(FileFailure::Missing)?;
        if name.starts_with(['/', '.']) {
            return Err(FileFailure::Outside);
        }
        let index = self
            .0
            .keys()
            .position(|key| *key == name)
            .ok_or(FileFailure::Missing)?;
        let bytes = self.0[name].to_vec();
        let file = FileId(u32::try_from(index).unwrap() + 10);
        let span = Span::new(file, 0, u32::try_from(bytes.len()).unwrap());
        Ok(FileContent {
            bytes,
            span: Some(span),
        })
    }

    fn matching(&self, folder: &Path, pattern: &str) -> Result<Vec<SmolStr>, FileFailure> {
        let inside = |path: &&&str| Path::new(path).strip_prefix(folder).is_ok();
        let relative = |path: &&str| {
            Path::new(path)
                .strip_prefix(folder)
                .unwrap()
                .to_str()
                .unwrap()
                .into()
        };
        let all: Vec<SmolStr> = self.0.keys().filter(inside).map(relative).collect();
        Ok(all
            .into_iter()
            .filter(|path| glob::matches(pattern, path).unwrap())
            .collect())
    }

    fn base(&self) -> &Path {
        Path::new("/base")
    }
}

fn call<const N: usize>(name: &str, arguments: [Value; N]) -> Result<Value, Failure> {
    call_with(&Memory::sample(), name, arguments.into())
}

#[track_caller]
fn check<const N: usize>(name: &str, arguments: [Value; N], expected: &str) {
    let shown = match call(name, arguments) {
        Ok(value) => show(&value),
        Err(Failure::Argument { index, .. }) => format!("fails at {index}"),
        Err(_) => "fails".to_owned(),
    };
    assert_eq!(shown, expected, "{name}");
}

#[test]
fn files_are_read_inside_the_roots_only() {
    check("file", [string("d/e.txt")], r#""${x}""#);
    check("file", [string("bin")], "fails");
    check("file", [string("../x")], "fails at 0");
    check("filebase64", [string("bin")], r#""/w==""#);
    check(
        "filemd5",
        [string("bin")],
        r#""00594fd4f42ba43fc1ca0427a0576295""#,
    );
    check("filemd5", [string("/etc/passwd")], "fails");
    check("fileexists", [string("bin")], "true");
    check("fileexists", [string("nope")], "false");
    check(
        "fileset",
        [string("d"), string("*.txt")],
        r#"set(string)["e.txt"]"#,
    );
    check(
        "templatefile",
        [string("d/e.txt"), object([("x", string("y"))])],
        r#""${x}""#,
    );
    check(
        "templatefile",
        [string("d/e.txt"), object([("not a name", string("y"))])],
        "fails at 1",
    );
    check(
        "templatefile",
        [string("d/e.txt"), string("y")],
        "fails at 1",
    );
}

#[test]
fn files_that_a_build_may_make_are_unknown() {
    for name in ["file", "filebase64", "filesha256"] {
        check(name, [string("dist/x.zip")], "unknown(string) not null");
    }
    check(
        "templatefile",
        [string("dist/x"), object([])],
        "unknown(any)",
    );
    let causes = [
        string("dist/x"),
        string("s").marked(Marks {
            sensitive: true,
            ephemeral: false,
        }),
    ]
    .map(|path| {
        let result = call("file", [path]).unwrap();
        result.unknown().map(|unknown| unknown.cause.clone())
    });
    let expected = ["dist/x", "(sensitive)"].map(|path| Some(Cause::File(path.into())));
    assert_eq!(causes, expected);
    check("file", [unknown(Type::String)], "unknown(string) not null");
}

#[test]
fn what_is_decoded_from_a_file_stands_in_the_file() {
    let text = call("file", [string("a.yaml")]).unwrap();
    let decoded = call("yamldecode", [text]).unwrap();
    let entries = decoded.as_entries().unwrap();
    let inner = entries["a"].as_entries().unwrap();
    assert_eq!(inner["b"].origin.span, Span::new(FileId(10), 8, 9));
}

#[test]
fn paths_are_computed_as_text() {
    for (name, path, expected) in [
        ("abspath", "a/../b", "/base/b"),
        ("abspath", "/a//b/.", "/a/b"),
        ("basename", "a/b/", "b"),
        ("basename", "", "."),
        ("dirname", "a/b/c", "a/b"),
        ("dirname", "c", "."),
        ("dirname", "/c", "/"),
        ("pathexpand", "a", "a"),
    ] {
        check(name, [string(path)], &format!("{expected:?}"));
    }
    check("pathexpand", [string("~/x")], "unknown(string) not null");
    check("pathexpand", [string("~other/x")], "fails");
}
