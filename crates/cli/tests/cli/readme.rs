//! What the README shows is what the program prints.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads the README and no scanned input"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::Told;

/// Stands for lines that are left out.
const LEFT_OUT: &str = "[…]";

/// A command of the README, and the lines with text that it shows below.
struct Capture<'a> {
    arguments: Vec<&'a str>,
    shown: Vec<&'a str>,
}

/// The indented texts that begin with a command.
fn captures(readme: &str) -> Vec<Capture<'_>> {
    let mut captures: Vec<Capture<'_>> = Vec::new();
    let mut is_inside = false;
    for line in readme.lines() {
        let text = line.strip_prefix("    ");
        if let Some(command) = text.and_then(|text| text.strip_prefix("$ scantling ")) {
            captures.push(Capture {
                arguments: command.split(' ').collect(),
                shown: Vec::new(),
            });
            is_inside = true;
        } else if is_inside && (text.is_some() || line.is_empty()) {
            let shown = text.map(str::trim_end).filter(|text| !text.is_empty());
            captures
                .last_mut()
                .into_iter()
                .for_each(|capture| capture.shown.extend(shown));
        } else {
            is_inside = false;
        }
    }
    captures
}

/// The first lines that belong together and that the program does not print behind those before.
fn untold<'a>(shown: &'a [&'a str], printed: &[&str]) -> Option<&'a [&'a str]> {
    let mut rest = printed;
    let parts = shown.split(|line| *line == LEFT_OUT);
    parts.filter(|part| !part.is_empty()).find(|part| {
        let at = rest.windows(part.len()).position(|window| window == *part);
        rest = at.map_or(&[], |at| &rest[at + part.len()..]);
        at.is_none()
    })
}

#[test]
fn what_is_shown_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = fs::read_to_string(root.join("README.md")).expect("the repository has a README");
    let captures = captures(&readme);
    assert!(
        captures.len() >= 5,
        "the README shows {} commands",
        captures.len()
    );
    for Capture { arguments, shown } in captures {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scantling"));
        let command = command.args(&arguments).current_dir(&root).env_clear();
        let told = Told::of(&command.output().expect("the program starts"));
        let printed = told.stdout.lines().chain(told.stderr.lines());
        let printed: Vec<&str> = printed
            .map(str::trim_end)
            .filter(|line| !line.is_empty())
            .collect();
        assert_eq!(
            untold(&shown, &printed),
            None,
            "{arguments:?} prints {printed:#?}"
        );
    }
}
