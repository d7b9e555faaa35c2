//! The verdicts of other tools beside ours. `tests/conformance/README.md` tells what is compared, and why some differ.
//!
//! `SCANTLING_UPDATE=1 cargo test -p tests --test verdicts` rewrites the lists of divergences and the figures.

mod aliases;
mod block;
mod divergences;
mod figures;
mod judged;
mod left;
mod lists;
mod project;
mod readme;
mod score;
mod suite;
mod suites;

use std::time::Instant;

use tests::corpora;

use crate::aliases::Aliases;
use crate::figures::Figures;
use crate::left::Left;

/// The least agreement of what a suite says about one subject, in percent.
const LEAST: f64 = 90.0;

#[test]
fn verdicts_agree_with_those_of_other_tools_but_for_listed_divergences() {
    let Some(folder) = corpora::folder("verdicts") else {
        return;
    };
    let start = Instant::now();
    let aliases = Aliases::builtin();
    let mut faults = Vec::new();
    let mut all = Vec::new();
    let mut left = Left::default();
    for suite in suites::ALL {
        let scores = score::score(&folder.join(suite.folder()), *suite, &aliases);
        let figures = Figures::of_suite(*suite, &scores);
        let low = figures.iter().filter(|figures| figures.agreement() < LEAST);
        faults.extend(low.map(|figures| format!("{figures} agree, less than {LEAST} %")));
        faults.extend(divergences::check(suite.name(), &scores));
        left.add(suite.name(), &scores);
        all.extend(figures);
    }
    faults.extend(readme::check(&all));
    faults.extend(left.check());
    for line in figures::table(&all) {
        corpora::tell(&line);
    }
    corpora::tell(&format!("compared in {:.1?}", start.elapsed()));
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
