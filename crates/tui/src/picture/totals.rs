//! What is counted of an analysis, once: the header and the posture show it with every frame.

use std::cmp::Reverse;
use std::collections::HashMap;

use analysis::{Finding, Verdict};
use smol_str::SmolStr;
use source::FileId;

use super::{Picture, rank, shown};

/// What a resource loses by its worst finding, by severity, the mildest first.
pub(crate) const LOSSES: [usize; 5] = [0, 10, 25, 60, 100];

/// The most groups and resources that are named.
const MOST: usize = 12;

/// What is counted of an analysis. Severities are in order, the mildest first.
#[derive(Debug, Default)]
pub(crate) struct Totals {
    /// The number of findings without those that are suppressed.
    pub(crate) findings: usize,
    pub(crate) by_severity: [usize; 5],
    /// The number of resources by the severity of their worst finding.
    pub(crate) worst: [usize; 5],
    /// The resources with the worst findings, by their index in the survey.
    pub(crate) resources: Vec<u32>,
    pub(crate) namespaces: Groups,
    pub(crate) folders: Groups,
    pub(crate) checks: Groups,
    /// Why verdicts can't be known, how often, and the first of them.
    pub(crate) unknown: Vec<(String, usize, String)>,
}

/// The groups with the worst findings, and how many groups there are.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    pub(crate) worst: Vec<Group>,
    pub(crate) number: usize,
}

/// A group with how many findings of each severity it has.
pub(crate) type Group = (String, [usize; 5]);

impl Totals {
    pub(super) fn of(picture: &Picture) -> Self {
        let findings = picture.report.findings.iter();
        let mut folders: HashMap<FileId, String> = HashMap::new();
        let (mut spaces, mut checks, mut places) = Default::default();
        let mut totals = Self::default();
        for finding in findings {
            totals.findings += 1;
            totals.by_severity[rank(finding.severity)] += 1;
            let resource = &finding.resource;
            count(&mut spaces, resource.namespace.as_deref(), finding);
            count(&mut checks, Some(finding.check.id.as_str()), finding);
            let folder = folders.entry(finding.span.file).or_insert_with(|| {
                let folder = resource.file.parent();
                folder.map(shown).unwrap_or_default()
            });
            count(&mut places, Some(folder), finding);
        }
        for index in (0..).take(picture.survey.resources.len()) {
            if let Some(severity) = picture.worst(index) {
                totals.worst[rank(severity)] += 1;
            }
        }
        Self {
            resources: worst_resources(picture),
            namespaces: groups(spaces),
            folders: groups(places),
            checks: groups(checks),
            unknown: unknown(picture),
            ..totals
        }
    }

    /// 100 less what so many resources lose on average; nothing where there are none.
    pub(crate) fn score(&self, resources: usize) -> Option<usize> {
        let lost: usize = self
            .worst
            .iter()
            .zip(LOSSES)
            .map(|(number, loss)| number * loss)
            .sum();
        (resources > 0).then(|| 100 - (lost + resources / 2) / resources)
    }
}

/// Counts a finding for its group; what has no name is in none.
fn count(groups: &mut HashMap<SmolStr, [usize; 5]>, name: Option<&str>, finding: &Finding) {
    let Some(name) = name.filter(|name| !name.is_empty()) else {
        return;
    };
    match groups.get_mut(name) {
        Some(counts) => counts[rank(finding.severity)] += 1,
        None => groups.entry(name.into()).or_default()[rank(finding.severity)] += 1,
    }
}

fn groups(all: HashMap<SmolStr, [usize; 5]>) -> Groups {
    let number = all.len();
    let mut all: Vec<(SmolStr, [usize; 5])> = all.into_iter().collect();
    all.sort_by(|one, other| (badness(other.1), &one.0).cmp(&(badness(one.1), &other.0)));
    all.truncate(MOST);
    let worst = all
        .into_iter()
        .map(|(name, counts)| (name.to_string(), counts));
    Groups {
        worst: worst.collect(),
        number,
    }
}

/// Counts in the order in which they are compared: those of the worst first.
fn badness<N>(mut counts: [N; 5]) -> [N; 5] {
    counts.reverse();
    counts
}

fn worst_resources(picture: &Picture) -> Vec<u32> {
    let mut all: Vec<u32> = picture.order.clone();
    all.retain(|index| picture.worst(*index).is_some());
    all.sort_by_key(|index| Reverse(badness(picture.counts(*index))));
    all.truncate(MOST);
    all
}

fn unknown(picture: &Picture) -> Vec<(String, usize, String)> {
    let mut causes: HashMap<&str, (usize, String)> = HashMap::new();
    for row in &picture.report.verdicts {
        let Verdict::Unknown(why) = &row.verdict else {
            continue;
        };
        for (cause, _) in why {
            let first = || format!("{} of {}", row.check.id, row.resource.address);
            causes.entry(cause).or_insert_with(|| (0, first())).0 += 1;
        }
    }
    let causes = causes.into_iter();
    let mut all: Vec<_> = causes
        .map(|(cause, (number, first))| (cause.to_owned(), number, first))
        .collect();
    all.sort();
    all
}
