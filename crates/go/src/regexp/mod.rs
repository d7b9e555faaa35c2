//! Patterns in the syntax of Go's `regexp`.
//!
//! The syntax is read here and not by the `regex` crate, because the same text means other things to the two: `\d` and
//! `\b` are ASCII to Go, `a**` and `(?x)` are mistakes, `[a&&b]` has no operator. The crate's engine then agrees with
//! Go.
//!
//! Source: <https://pkg.go.dev/regexp/syntax>.

mod class;
mod escape;
mod expand;
mod parse;
mod pattern;
mod scripts;

pub use class::category;
pub use expand::{Instead, Replacement};
pub use parse::{Invalid, parse};
pub use pattern::{Found, Pattern, TooMuch};
