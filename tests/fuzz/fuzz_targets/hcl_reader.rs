//! Reads any bytes as HCL, as JSON, as an expression and as a template, and checks what holds for every text.
#![no_main]

#[path = "../../../crates/terraform/tests/syntax/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::check(&String::from_utf8_lossy(bytes)));
