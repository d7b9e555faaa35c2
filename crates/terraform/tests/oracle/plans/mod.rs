//! Whole configurations.
//!
//! `cases/` has a folder for each: those that are written by hand, and those of `generate`, which are rewritten when
//! answers are recorded. `expected.json` of each is what `terraform plan` says: the attributes that are set of every resource by its
//! address and the outputs, or the classes of the errors.

mod agreement;
mod case;
mod generate;
mod record;

use crate::recording;
use case::Case;

#[test]
fn every_configuration_has_a_plan() {
    for case in Case::all() {
        let is_current = case.is_current();
        if recording::is_wanted(&case.name, is_current) {
            case.write();
            record::record(&case);
        }
    }
    let stale: Vec<String> = Case::all()
        .into_iter()
        .filter(|case| !case.is_current())
        .map(|case| case.name)
        .collect();
    assert!(stale.is_empty(), "run {} for {stale:?}", recording::COMMAND);
}

#[test]
fn configurations_agree_with_terraform() {
    let differences: Vec<String> = Case::all().iter().map(agreement::differences).collect();
    let told: String = differences.iter().map(String::as_str).collect();
    let count = differences.iter().filter(|told| !told.is_empty()).count();
    assert!(
        told.is_empty(),
        "{told}{count} of {} configurations differ",
        differences.len()
    );
}
