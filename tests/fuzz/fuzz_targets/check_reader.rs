//! Any text as a check file: reading it and its examples ends without a panic, and every problem has a place in the text.
#![no_main]

use std::sync::Arc;

use check::Vocabulary;
use libfuzzer_sys::fuzz_target;
use source::{FileId, Place, Problem, SourceFile};

fn assert_placed(problems: &[Problem], file: &SourceFile) {
    for problem in problems {
        if let Place::Span(span) = problem.place {
            assert!(file.span().contains(span), "{problem:?}");
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let file = Arc::new(SourceFile::new(FileId(0), "bad-thing.yaml", text));
    let vocabulary = Vocabulary { is_subject: &|name| name == "kubernetes/any", frameworks: None };
    let (check, problems) = check::read(&file, "bad-thing", "kubernetes/any", &vocabulary);
    assert_placed(&problems, &file);
    if let Some(check) = check {
        let (_, problems) = check::read_examples(&check.text);
        assert_placed(&problems, &file);
    }
});
