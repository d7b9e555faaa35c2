//! Damaged objects of Argo CD and Flux: whatever a line of them says, everything is scanned, and twice with the same result.

use std::path::{Path, PathBuf};

use analysis::{Fixes, NoProgress, Options, Report};
use source::{Disk, FileSystem, Limits, Memory};
use tests::told;

use crate::{CHECKS, cases};

/// The files of a case by their paths in it.
fn files(case: &Path) -> Vec<(PathBuf, String)> {
    let found = Disk.walk(case, None).into_iter();
    let read = found.map(|found| {
        let bytes = Disk.read(&found.path, Limits::default());
        let text = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let path = found.path.strip_prefix(case).unwrap_or(&found.path);
        (path.to_path_buf(), text.unwrap_or_default())
    });
    read.collect()
}

fn scan(files: &[(PathBuf, String)]) -> Report {
    let system = Memory::new(files.iter().map(|(path, text)| (path.clone(), text)));
    let options = Options {
        paths: vec![PathBuf::from(".")],
        select: CHECKS.map(str::to_owned).to_vec(),
        fixes: Fixes::None,
        ..Options::default()
    };
    analysis::scan(&system, &options, &NoProgress).expect("anything can be scanned")
}

/// The text with another line in the place of one: none, one of another type, and one that ends early.
fn damaged(text: &str, at: usize) -> String {
    let lines = text.lines().enumerate().map(|(number, line)| {
        let key = line.split_once(": ").map_or(line, |(key, _)| key);
        match (number == at, at % 4) {
            (false, _) => line.to_owned(),
            (true, 0) => String::new(),
            (true, 1) => format!("{key}: [3, {{}}]"),
            (true, 2) => format!("{key}: {{ a: '{{{{' }}"),
            (true, _) => line[..line.len() / 2].to_owned(),
        }
    });
    lines.collect::<Vec<String>>().join("\n")
}

#[test]
fn damaged_objects_are_scanned() {
    let mut scans = 0;
    let folders = Disk.list(&cases()).expect("there are cases");
    for case in folders.into_iter().filter(|entry| entry.is_folder) {
        let whole = files(&case.path);
        let is_own = |text: &str| text.contains("argoproj.io/") || text.contains("fluxcd.io/");
        let own = (0..whole.len()).filter(|index| is_own(&whole[*index].1));
        for index in own {
            for at in (0..whole[index].1.lines().count()).step_by(3) {
                let mut changed = whole.clone();
                changed[index].1 = damaged(&whole[index].1, at);
                let first = told(&scan(&changed));
                scans += 1;
                if scans % 10 == 0 {
                    assert_eq!(told(&scan(&changed)), first);
                }
            }
        }
    }
    assert!(scans > 100, "{scans} scans");
}
