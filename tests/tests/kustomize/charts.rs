//! Kustomizations with charts give what `kubectl kustomize --enable-helm` prints of them. Each case is one file; `charts/record.sh`
//! writes what is printed.

use std::path::{Path, PathBuf};

use analysis::{Options, RenderOptions, render};
use source::{Level, Memory};

use crate::case::{Answer, Case, ROOT, check};

fn answer(case: &Case) -> Answer {
    let system = Memory::new(case.files.clone());
    let options = Options {
        root: Some(ROOT.into()),
        directory: ROOT.into(),
        ..Options::default()
    };
    let path: PathBuf = Path::new(ROOT).join(&case.folder);
    let rendered = render(&system, &options, &path, &RenderOptions::default());
    let rendered = rendered.expect("a kustomization");
    let errors = rendered.problems.iter();
    let errors = errors.filter(|problem| problem.level == Level::Error);
    let told = errors.map(|error| format!("{}: {}", error.code, error.message));
    (rendered.text, told.collect())
}

#[test]
fn kustomizations_with_charts_give_what_kustomize_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kustomize/charts");
    check(&folder, 25, answer);
}
