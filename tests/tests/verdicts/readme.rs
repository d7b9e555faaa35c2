//! The page about the suites: its tables are derived, its explanations are written by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::divergences;
use crate::figures::{self, Figures};
use crate::lists;
use crate::suites;

const NAME: &str = "README.md";

/// The marks around what is derived.
const BEGIN: &str = "<!-- derived -->\n";
const END: &str = "<!-- end of what is derived -->\n";

/// The reasons that the page explains: the first words of the rows of a table.
pub(crate) fn reasons() -> BTreeSet<String> {
    let text = lists::read(NAME);
    let rows = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    rows.map(|(reason, _)| reason.to_owned()).collect()
}

/// What is wrong with the page. Where that is asked for, its derived part is rewritten.
pub(crate) fn check(figures: &[Figures]) -> Option<String> {
    let text = lists::read(NAME);
    let parts = text
        .split_once(BEGIN)
        .and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let Some((before, after)) = parts else {
        return Some(format!("{NAME} lacks the marks around what is derived"));
    };
    lists::check(
        NAME,
        &format!("{before}{BEGIN}{}{END}{after}", derive(figures)),
    )
}

fn derive(figures: &[Figures]) -> String {
    let mut out = figures::table(figures).join("\n");
    out.push_str("\n\n| reason | divergences | suites |\n| --- | --: | --- |\n");
    let mut counts: BTreeMap<String, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for suite in suites::ALL.iter().map(|suite| suite.name()) {
        for reason in divergences::read(suite).into_values() {
            let (count, suites) = counts.entry(reason).or_default();
            *count += 1;
            suites.insert(suite);
        }
    }
    for (reason, (count, suites)) in counts {
        let suites: Vec<&str> = suites.into_iter().collect();
        let _ = writeln!(out, "| {reason} | {count} | {} |", suites.join(", "));
    }
    out
}
