//! Scans of what Argo CD and Flux deploy of a repository: what is judged, as which environment, where findings and their fixes
//! stand, and what became of each file. Each case is a folder, with the listing beside it.

mod damaged;

use std::path::{Path, PathBuf};

use analysis::{NoProgress, Options, Report};
use expect_test::expect_file;
use source::{Disk, FileSystem};
use tests::told;

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gitops/cases")
}

/// The checks that cases are scanned with.
const CHECKS: [&str; 4] = [
    "floating-image-tag",
    "host-network",
    "host-pid",
    "privileged-container",
];

fn scan(case: &Path, options: Options) -> Report {
    let options = Options {
        paths: vec![PathBuf::from(".")],
        directory: case.to_path_buf(),
        root: Some(case.to_path_buf()),
        select: CHECKS.map(str::to_owned).to_vec(),
        ..options
    };
    analysis::scan(&Disk, &options, &NoProgress).expect("any case can be scanned")
}

/// The proven fixes: the lines that they change, and what stands there then.
fn fixes(report: &Report) -> String {
    let mut out = String::new();
    for file in analysis::fixed_files(report) {
        let path = file.path.display();
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let (before, after) = (lines(&file.before), lines(&file.after));
        for line in after.iter().filter(|line| !before.contains(line)) {
            out += &format!("fix {path}: {}\n", line.trim());
        }
    }
    out
}

#[test]
fn all_cases_are_told_as_they_were() {
    let folders = Disk.list(&cases()).expect("there are cases");
    let folders = folders.into_iter().filter(|entry| entry.is_folder);
    let folders: Vec<PathBuf> = folders.map(|entry| entry.path).collect();
    assert!(folders.len() > 3, "{folders:?}");
    for case in folders {
        let report = scan(&case, Options::default());
        let listing = format!("{}{}", told(&report), fixes(&report));
        expect_file![case.with_extension("txt")].assert_eq(&listing);
    }
}

#[test]
fn the_call_says_which_repository_is_scanned() {
    let case = cases().join("argo-elsewhere");
    let options = Options {
        repository_url: Some("git@git.example.org:shop/other.git".to_owned()),
        ..Options::default()
    };
    let report = scan(&case, options);
    let followed = report
        .inputs
        .iter()
        .filter_map(|input| input.reason.as_deref());
    let followed = followed.filter(|reason| reason.starts_with("judged through 1 application"));
    assert_eq!(followed.count(), 1, "{}", told(&report));
}
