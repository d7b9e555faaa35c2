//! Builds any bytes as the files of a kustomization, divided by NUL bytes, and checks every place and every printed value.
#![no_main]

#[path = "../../../crates/kustomize/tests/damaged/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    invariants::check(bytes);
});
