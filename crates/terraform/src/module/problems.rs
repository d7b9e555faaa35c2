//! Problems of a module's declarations.

use source::{Level, Problem, Span};

/// Something is declared twice. The first stands.
pub(super) fn duplicate(what: &str, span: Span) -> Problem {
    let message = format!("{what} is declared a second time");
    Problem::at(Level::Error, "duplicate-declaration", message, span)
        .with_help("remove or rename one of them; the first one counts here")
}

/// A block has too few or too many labels.
pub(super) fn labels(kind: &str, expected: usize, span: Span) -> Problem {
    let message = format!("a `{kind}` block has {expected} labels");
    Problem::at(Level::Error, "wrong-labels", message, span)
}

/// Terraform has no such block.
pub(super) fn unknown_block(kind: &str, span: Span) -> Problem {
    let message = format!("Terraform has no block `{kind}` here");
    Problem::at(Level::Error, "unsupported-block", message, span)
}

/// An override names something that nothing declares.
pub(super) fn nothing_to_override(what: &str, span: Span) -> Problem {
    let message = format!("{what} is overridden here, but nothing declares it");
    Problem::at(Level::Error, "nothing-to-override", message, span)
}

/// A condition that is the same whatever is configured.
pub(super) fn constant_condition(span: Span) -> Problem {
    let message = "this condition refers to nothing, so it checks nothing";
    Problem::at(Level::Error, "constant-condition", message, span)
        .with_help("refer to what is to be checked")
}
