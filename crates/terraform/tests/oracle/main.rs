//! Our results beside those of `terraform` 1.11, which is the definition: expressions, and whole configurations.
//!
//! The answers of `terraform` are recorded. `SCANTLING_RECORD=1 cargo test -p terraform --test oracle` asks the
//! `terraform` on the path and rewrites all of them; `SCANTLING_RECORD=new` those whose cases changed, and
//! `SCANTLING_RECORD=format,join` those of the named files of cases or configurations.
//!
//! In a recorded value `{"$":"unknown"}` stands for an unknown part and `{"$":"sensitive","of":…}` for a sensitive one.

mod expressions;
mod ours;
mod plans;
mod recording;
mod terraform;
mod value;
