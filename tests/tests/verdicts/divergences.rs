//! The lists of divergences: every line on which we differ, with the reason.

use std::collections::{BTreeMap, BTreeSet};

use crate::lists;
use crate::readme;
use crate::score::{Scored, Scores};

/// The reason of a divergence that nobody has looked at.
const UNREVIEWED: &str = "unreviewed";

/// A divergence without its reason.
fn key(suite: &str, Scored { line, ours }: &Scored) -> String {
    let fields = [suite, &line.case, &line.path, &line.resource, &line.check];
    format!("{}\t{}\t{ours}", fields.join("\t"), line.expected)
}

/// What is wrong with the list of a suite. Where that is asked for, it is rewritten first.
pub(crate) fn check(suite: &str, scores: &Scores) -> Vec<String> {
    let diverging = scores.scored.iter().filter(|scored| !scored.agrees());
    let found: BTreeSet<String> = diverging.map(|scored| key(suite, scored)).collect();
    let mut listed = read(suite);
    if lists::is_update() {
        let reason = |key: &String| {
            listed
                .get(key)
                .map_or(UNREVIEWED, String::as_str)
                .to_owned()
        };
        listed = found.iter().map(|key| (key.clone(), reason(key))).collect();
        write(suite, &listed);
    }
    let new = found.iter().filter(|key| !listed.contains_key(*key));
    let stale = listed.keys().filter(|key| !found.contains(*key));
    let explained = readme::reasons();
    let unexplained = listed
        .iter()
        .filter(|(_, reason)| !explained.contains(*reason));
    let new = new.map(|key| format!("not listed: {key}"));
    let stale = stale.map(|key| format!("listed, but does not diverge: {key}"));
    let unexplained =
        unexplained.map(|(key, reason)| format!("the reason `{reason}` is not explained: {key}"));
    new.chain(stale).chain(unexplained).collect()
}

/// The listed divergences of a suite with their reasons.
pub(crate) fn read(suite: &str) -> BTreeMap<String, String> {
    let text = lists::read(&name(suite));
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.rsplit_once('\t'));
    lines
        .map(|(key, reason)| (key.to_owned(), reason.to_owned()))
        .collect()
}

fn write(suite: &str, listed: &BTreeMap<String, String>) {
    let head = format!(
        "# Where we differ from another tool: suite, case, path, resource, check, expected, ours, reason.\n\
         # Rewritten by: {}; README.md explains the reasons.\n",
        lists::COMMAND
    );
    let lines = listed
        .iter()
        .map(|(key, reason)| format!("{key}\t{reason}\n"));
    lists::write(&name(suite), &(head + &lines.collect::<String>()));
}

fn name(suite: &str) -> String {
    format!("{suite}.tsv")
}
