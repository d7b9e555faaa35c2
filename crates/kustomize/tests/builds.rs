//! Kustomizations give what `kubectl kustomize` prints of them. Each case is one file; `builds/record.sh` writes what is printed.
#![expect(
    clippy::disallowed_methods,
    reason = "tests read their data and no scanned input"
)]

mod case;

use std::path::Path;

use case::{Answer, Case, ROOT, check};
use kustomize::{NoCharts, Reader};
use source::{Level, Memory, Sources};

/// What we print, and the errors that we tell, each with its code.
fn answer(case: &Case) -> Answer {
    let system = Memory::new(case.files.clone());
    let sources = Sources::default();
    let build =
        Reader::new(&system, &sources, &NoCharts).build(&Path::new(ROOT).join(&case.folder));
    let errors = build.problems.iter();
    let errors = errors.filter(|problem| problem.level == Level::Error);
    let told = errors.map(|error| format!("{}: {}", error.code, error.message));
    (build.text(), told.collect())
}

#[test]
fn kustomizations_give_what_kustomize_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/builds");
    check(&folder, 500, answer);
}
