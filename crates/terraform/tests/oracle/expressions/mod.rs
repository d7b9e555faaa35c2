//! Expressions.
//!
//! `cases/*.txt` has an expression on each line, or several lines between two lines `---`; `#` begins a remark.
//! `generate.rs` adds calls with every kind of wrong, null, unknown and sensitive argument. `environment/` is what
//! expressions refer to. `answers/*.jsonl` has what `terraform` says: the value with its type, or the class of the error
//! and the parameter that it names.

mod agreement;
mod answer;
mod cases;
mod generate;
mod record;
mod shown;

use crate::recording;
use cases::CaseFile;

#[test]
fn every_expression_has_an_answer() {
    let files = CaseFile::all();
    record::record(
        files
            .iter()
            .filter(|file| recording::is_wanted(&file.name, file.is_answered())),
    );
    let stale: Vec<&str> = files
        .iter()
        .filter(|file| !file.is_answered())
        .map(|file| file.name.as_str())
        .collect();
    assert!(stale.is_empty(), "run {} for {stale:?}", recording::COMMAND);
}

#[test]
fn expressions_agree_with_terraform() {
    let (count, told) = agreement::differences(&CaseFile::all());
    assert!(count == 0, "{told}");
}
