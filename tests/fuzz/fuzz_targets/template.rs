//! Reads any bytes as templates of Helm, divided by NUL bytes, runs the first one, and checks what holds for all.
#![no_main]

#[path = "../../../crates/helm/tests/damaged/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    invariants::check(bytes);
});
