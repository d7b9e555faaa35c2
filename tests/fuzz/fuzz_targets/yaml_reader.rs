//! Reads any bytes as YAML or JSON and checks what holds for every text.
#![no_main]

#[path = "../../../crates/yaml/tests/suite/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::check(&String::from_utf8_lossy(bytes)));
