//! Whatever is typed, editors show what a scan of the same texts finds, and what a server shows that saw no other texts.

use proptest::prelude::*;
use proptest::sample::select;

use super::editor::{Editor, Manner};
use super::expected::{of_editor, of_scan};
use super::step::{Step, step, take};
use super::workspaces::{Files, fixture, small};
use crate::encoding::Encoding;

/// All kinds of editors.
pub(super) fn manner() -> impl Strategy<Value = Manner> {
    let encodings = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];
    let manner = |(encoding, pulls, unknown)| Manner {
        encoding,
        pulls,
        unknown,
    };
    (select(encodings.to_vec()), any::<bool>(), any::<bool>()).prop_map(manner)
}

/// Compares what an editor shows after some steps.
fn check(files: &Files, manner: Manner, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut editor = Editor::new(manner, files);
    for step in steps {
        take(&mut editor, files, step);
    }
    compare(&mut editor)
}

/// Compares what an editor shows with what a scan finds, and with what one shows that saw no other texts.
pub(super) fn compare(editor: &mut Editor) -> Result<(), TestCaseError> {
    let shown = editor.look();
    let texts = editor.texts();
    prop_assert_eq!(of_editor(&shown), of_scan(&texts, editor.manner.encoding));
    let fresh = Editor::new(editor.manner, &texts).look();
    prop_assert_eq!(shown, fresh);
    Ok(())
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        max_shrink_iters: 32,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn editors_show_what_a_scan_of_a_small_workspace_finds(
        manner in manner(),
        steps in prop::collection::vec(step(), 1..24),
    ) {
        check(&small(), manner, &steps)?;
    }
}

proptest! {
    #![proptest_config(config(6))]

    #[test]
    fn editors_show_what_a_scan_of_the_shop_finds(
        manner in manner(),
        steps in prop::collection::vec(step(), 1..24),
    ) {
        check(&fixture("shop"), manner, &steps)?;
    }
}
