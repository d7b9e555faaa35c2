//! What all checks say of many examples, each in a folder of its own, in few scans.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use analysis::{Fixes, NoProgress, Options, Report, ResourceName, Verdict};
use check::Expectation;
use serde_json::{Value, json};
use source::{Memory, SourceFile, Span};

use crate::cases::{Case, Setting};

/// A file of an example: its name and its text.
pub(crate) type File = (String, String);

/// What checks say: of which resource, which check, and what.
pub(crate) type Verdicts = BTreeSet<String>;

/// What all checks say of each case, which is written in the files beside it.
pub(crate) fn of(written: &[(&Case, Vec<File>)]) -> Vec<Verdicts> {
    verdicts_in(&reports(written), written.len())
}

/// The same, and the places at which each case's own check finds something.
pub(crate) fn with_places(written: &[(&Case, Vec<File>)]) -> (Vec<Verdicts>, Vec<BTreeSet<Found>>) {
    let reports = reports(written);
    (
        verdicts_in(&reports, written.len()),
        places(&reports, written),
    )
}

fn verdicts_in(reports: &[Report], count: usize) -> Vec<Verdicts> {
    let mut verdicts = vec![Verdicts::new(); count];
    for report in reports {
        sort_into(&mut verdicts, report);
    }
    verdicts
}

/// Where a finding stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// The file of the example.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
    /// The text of the line from the place on.
    pub(crate) text: String,
}

fn places(reports: &[Report], written: &[(&Case, Vec<File>)]) -> Vec<BTreeSet<Found>> {
    let mut places = vec![BTreeSet::new(); written.len()];
    for report in reports {
        for finding in &report.findings {
            let file = report.sources.get(finding.span.file);
            let index =
                index(&file.path).filter(|index| written[*index].0.check == finding.check.id);
            if let Some(index) = index {
                places[index].insert(place(&file, finding.span));
            }
        }
    }
    places
}

fn place(file: &SourceFile, span: Span) -> Found {
    let below: PathBuf = file.path.iter().skip(1).collect();
    let text = file.text[span.range().start..].lines().next();
    Found {
        file: below.display().to_string(),
        line: file.position(span.start).line + 1,
        text: text.unwrap_or_default().to_owned(),
    }
}

/// Cases that are judged in one scan: of each check, they agree on its settings.
struct Group<'a> {
    cases: Vec<usize>,
    setting: Setting,
    settings: HashMap<&'a str, Option<&'a Value>>,
}

impl<'a> Group<'a> {
    fn takes(&self, case: &Case) -> bool {
        let own = case.setting.settings.get(case.check.as_str());
        let known = self.settings.get(case.check.as_str());
        self.setting.around() == case.setting.around() && known.is_none_or(|known| *known == own)
    }

    fn push(&mut self, index: usize, case: &'a Case) {
        let own = case.setting.settings.get(case.check.as_str());
        self.cases.push(index);
        self.settings.insert(&case.check, own);
        self.setting.settings.extend(case.setting.settings.clone());
    }
}

/// The scans of all cases, as few as may be.
fn reports(written: &[(&Case, Vec<File>)]) -> Vec<Report> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (index, (case, _)) in written.iter().enumerate() {
        match groups.iter_mut().find(|group| group.takes(case)) {
            Some(group) => group.push(index, case),
            None => {
                let mut group = Group {
                    cases: Vec::new(),
                    setting: case.setting.clone(),
                    settings: HashMap::new(),
                };
                group.push(index, case);
                groups.push(group);
            }
        }
    }
    let report = |group: Group<'_>| {
        let files = group.cases.into_iter().flat_map(|index| {
            let files = written[index].1.iter();
            files.map(move |(name, text)| (folder(index).join(name), text.clone()))
        });
        scan(files.collect(), &group.setting)
    };
    groups.into_iter().map(report).collect()
}

fn folder(index: usize) -> PathBuf {
    PathBuf::from(format!("c{index}"))
}

/// Which case a file belongs to.
fn index(file: &Path) -> Option<usize> {
    let folder = file.iter().next()?.to_str()?;
    folder.strip_prefix('c')?.parse().ok()
}

fn scan(mut files: Vec<(PathBuf, String)>, setting: &Setting) -> Report {
    if !setting.settings.is_empty() {
        let config = json!({ "settings": setting.settings });
        files.push(("scantling.yaml".into(), config.to_string()));
    }
    let now = setting.now.as_ref().map_or(Some(0), |date| {
        let date: jiff::civil::Date = date.parse().ok()?;
        let zoned = date.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?;
        Some(zoned.timestamp().as_second())
    });
    let options = Options {
        select: vec!["all".to_owned()],
        kubernetes_version: setting.kubernetes_version.as_ref().map(ToString::to_string),
        complete: setting.complete,
        fixes: Fixes::None,
        passes: true,
        now,
        ..Options::default()
    };
    analysis::scan(&Memory::new(files), &options, &NoProgress).expect("examples can be scanned")
}

fn sort_into(verdicts: &mut [Verdicts], report: &Report) {
    let mut add = |file: &Path, check: &str, address: &str, what: String| {
        if let Some(index) = index(file) {
            let block = without_keys(address);
            verdicts[index].insert(format!("{block}: {check}: {what}"));
        }
    };
    // The chart around an example is no part of it.
    let is_chart = |resource: &ResourceName| resource.file.ends_with("Chart.yaml");
    let findings = report.findings.iter();
    for finding in findings.filter(|one| !is_chart(&one.resource)) {
        let (file, address) = (&finding.resource.file, &finding.resource.address);
        let place = match finding.conditional {
            true => format!("may fail at {}", finding.path),
            false => format!("fails at {}", finding.path),
        };
        add(file, &finding.check.id, address, place);
    }
    let rows = report.verdicts.iter();
    for row in rows.filter(|row| !is_chart(&row.resource)) {
        let what = match row.verdict {
            Verdict::Pass => "passes",
            Verdict::Unknown(_) => "is unknown",
        };
        let (file, address) = (&row.resource.file, &row.resource.address);
        add(file, &row.check.id, address, what.to_owned());
    }
    for problem in &report.problems {
        let file = match &problem.place {
            source::Place::Path(path) => path.clone(),
            source::Place::Span(span) => report.sources.get(span.file).path.clone(),
        };
        add(
            &file,
            problem.code,
            "problem",
            format!("{:?}", problem.level),
        );
    }
}

/// Whether a case's own check says of it what the case expects.
pub(crate) fn are_expected(case: &Case, verdicts: &Verdicts) -> bool {
    let own = format!(": {}: ", case.check);
    let own = verdicts.iter().filter_map(|line| line.split_once(&own));
    let own: Vec<&str> = own.map(|(_, what)| what).collect();
    let any = |start: &str| own.iter().any(|what| what.starts_with(start));
    match case.expectation {
        Expectation::Fail => any("fails"),
        Expectation::Pass => any("passes") && own.iter().all(|what| *what == "passes"),
        Expectation::Unknown => any("is unknown") && !any("fails"),
    }
}

/// What begins the addresses of blocks that are no resources, and what is told of a module that is not in the input.
const UNTOLD: [&str; 7] = [
    "backend.",
    "module.",
    "output.",
    "problem: module-not-read",
    "provider.",
    "terraform.",
    "var.",
];

/// The same as far as plans tell it: of resources only, and without the indices of paths, as sets have orders of their own in the
/// forms that they are written in.
pub(crate) fn as_plans_tell(verdicts: Verdicts) -> Verdicts {
    let is_resource = |line: &String| !UNTOLD.iter().any(|block| line.starts_with(block));
    let lines = verdicts.into_iter().filter(is_resource);
    lines.map(|line| without_keys(&line)).collect()
}

/// The same of objects only: without the variables that keep configurations apart, and releases that install charts.
pub(crate) fn of_objects(verdicts: Verdicts) -> Verdicts {
    let is_object = |line: &String| {
        let mut others = ["var.", "helm_release."].iter();
        !others.any(|block| line.starts_with(block))
    };
    verdicts.into_iter().filter(is_object).collect()
}

/// An address or a path without what stands in brackets: that of the block that a resource is an instance of, as findings of
/// instances at one place are one.
fn without_keys(address: &str) -> String {
    let mut block = String::new();
    let mut rest = address;
    while let Some((before, key)) = rest.split_once('[') {
        block += before;
        rest = key.split_once(']').map_or("", |(_, after)| after);
    }
    block + rest
}

/// What differs between the verdicts on a case in two forms; nothing where they are equal.
pub(crate) fn difference(case: &Case, expected: &Verdicts, actual: &Verdicts) -> Option<String> {
    if expected == actual {
        return None;
    }
    let lines = |sign: &str, one: &Verdicts, other: &Verdicts| -> String {
        one.difference(other)
            .map(|line| format!("  {sign} {line}\n"))
            .collect()
    };
    let missing = lines("-", expected, actual);
    let extra = lines("+", actual, expected);
    Some(format!("{}\n{missing}{extra}", case.title()))
}
