//! Reads any bytes as a chart of several files, renders it, reads its manifests, and checks what holds for all.
#![no_main]

#[path = "../../../crates/helm/tests/case/mod.rs"]
mod case;
#[path = "../../../crates/helm/tests/damaged/chart.rs"]
mod chart;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    chart::check(bytes);
});
