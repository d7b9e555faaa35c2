//! The program against a real API server, which `tests/cluster/run.sh` builds and starts.
#![expect(
    clippy::disallowed_methods,
    reason = "tests make and read the files of the program"
)]

mod access;
mod corpora;
mod drift;
mod facts;
mod gate;
mod live;
mod reading;
mod secrets;
mod watching;
