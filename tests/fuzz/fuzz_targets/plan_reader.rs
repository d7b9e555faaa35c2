//! Reads any bytes as a plan or state of Terraform, as JSON and as an archive, and checks what holds for all.
#![no_main]

#[path = "../../../crates/terraform/tests/plans/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::check(bytes));
