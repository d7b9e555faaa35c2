//! Suggestions for misspelled names.

/// The candidate that is most like `name`, if any is like enough to be what was meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate));
    let best = scored.max_by(|(one, _), (two, _)| one.total_cmp(two))?;
    (best.0 > 0.8).then_some(best.1)
}
