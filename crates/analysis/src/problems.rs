//! Problems that are met more than once.

use source::Problem;

/// Leaves one of each: what several roots call, and what several environments are rendered from, is read for each of them.
pub(crate) fn deduplicate(problems: &mut Vec<Problem>) {
    problems.sort_by(|one, other| {
        (&one.place, one.code, &one.message).cmp(&(&other.place, other.code, &other.message))
    });
    problems.dedup();
}
