//! Check files to compiled queries; a graph to findings. The only crate that knows jq.

mod file;
mod framework;
mod judge;
mod library;
mod message;
mod native;
mod pod_security;
mod prefilter;
mod program;
mod query;
mod run;
#[cfg(test)]
mod testing;
mod undefined;
mod value;
mod verdict;
mod walk;

pub use file::{
    Check, CheckText, Control, Example, ExampleFile, Examples, Expectation, Fix, PodSecurity,
    Severity, VersionRange, Vocabulary, read, read_examples,
};
pub use framework::Frameworks;
pub use judge::{Against, Evaluations, Judge};
pub use library::{IsSubject, Library};
pub use native::number as quantity;
pub use verdict::{Fail, FoundPlace, Judged, WhyUnknown};
