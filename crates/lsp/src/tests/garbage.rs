//! Garbage that is typed for as long as somebody wants never ends the server, and leaves nothing on show that is over.

use std::path::Path;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::editor::{Editor, Manner};
use super::parity::{compare, manner};
use super::step::{Step, step, take};
use super::workspaces::{Files, fixture, small};
use crate::types::NumberOrString;

/// How long is typed where nobody says otherwise, in seconds.
const SECONDS: u64 = 3;

/// A number of the environment.
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// What makes the same garbage again.
fn random(seed: u64) -> TestRng {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}

/// Types, and compares whenever somebody looks.
fn check(files: &Files, manner: Manner, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut editor = Editor::new(manner, files);
    for step in steps {
        match step {
            Step::Look => compare(&mut editor)?,
            step => take(&mut editor, files, step),
        }
        mend_configuration(&mut editor, files);
    }
    compare(&mut editor)
}

/// Where the configuration can't be followed, nothing else is shown: somebody who sees that mends it.
fn mend_configuration(editor: &mut Editor, files: &Files) {
    let path = Path::new("/project/scantling.yaml");
    let is_broken = editor.shown(path).iter().any(|one| {
        let code = NumberOrString::String("configuration".to_owned());
        one.code.as_ref() == Some(&code)
    });
    if let (true, Some(text)) = (is_broken, files.get(path)) {
        editor.rewrite(path, text);
    }
}

#[test]
fn garbage_in_all_formats_leaves_nothing_on_show_that_is_over() {
    let seconds = number("SCANTLING_SECONDS").unwrap_or(SECONDS);
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut seed = number("SCANTLING_SEED").unwrap_or(1);
    let workspaces = [small(), fixture("shop")];
    while Instant::now() < end {
        let config = Config {
            cases: 1,
            max_shrink_iters: 512,
            failure_persistence: None,
            ..Config::default()
        };
        let garbage = (
            0..workspaces.len(),
            manner(),
            prop::collection::vec(step(), 1..120),
        );
        let mut runner = TestRunner::new_with_rng(config, random(seed));
        let typed = runner.run(&garbage, |(workspace, manner, steps)| {
            check(&workspaces[workspace], manner, &steps)
        });
        if let Err(error) = typed {
            panic!("SCANTLING_SEED={seed}: {error}");
        }
        seed += 1;
    }
}
