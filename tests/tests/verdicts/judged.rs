//! What a report says of what a line is about.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use analysis::{Finding, Report, ResourceName, Verdict, VerdictRow};
use graph::SmolStr;
use source::{Sources, Span};
use tests::corpora::{self, Line};

use crate::block;
use crate::project;
use crate::score::Ours;
use crate::suite::{Suite, Target};

/// What a report says of the resources of some files.
#[derive(Clone, Default)]
struct Said<'a> {
    findings: Vec<&'a Finding>,
    suppressed: Vec<&'a Finding>,
    rows: Vec<&'a VerdictRow>,
}

/// What a report says, by the files that declare the resources.
pub(crate) struct Judged<'a> {
    files: BTreeMap<PathBuf, Said<'a>>,
    sources: &'a Sources,
    /// The folder that the paths of lines are relative to.
    folder: &'a Path,
}

impl<'a> Judged<'a> {
    /// What a report says of a folder.
    pub(crate) fn new(report: &'a Report, folder: &'a Path) -> Self {
        let mut judged = Self {
            files: BTreeMap::new(),
            sources: &report.sources,
            folder,
        };
        for finding in &report.findings {
            judged.at(&finding.resource).findings.push(finding);
        }
        for (finding, _) in &report.suppressed {
            judged.at(&finding.resource).suppressed.push(finding);
        }
        for row in &report.verdicts {
            judged.at(&row.resource).rows.push(row);
        }
        judged
    }

    fn at(&mut self, resource: &ResourceName) -> &mut Said<'a> {
        let file = project::path(&resource.file).to_path_buf();
        self.files.entry(file).or_default()
    }

    /// What these checks say of what a line means.
    pub(crate) fn ours(&self, line: &Line, suite: &dyn Suite, checks: &BTreeSet<SmolStr>) -> Ours {
        let said = self.below(Path::new(&line.path));
        match suite.target(line) {
            Target::File => said.ours(checks),
            Target::Findings(expected) => match said.of(checks).findings.len() {
                count if count > 0 && count as u64 != expected => Ours::Count(count),
                _ => said.ours(checks),
            },
            Target::Resource { kind, name } => said
                .about(|resource| resource.kind == kind && resource.name == name)
                .ours(checks),
            Target::Lines(lines) => said
                .keep(|finding| lines.contains(&self.line(finding.span)), |_| true)
                .ours(checks),
            Target::Block(address) => self.of_block(line, &address, &said, checks),
            Target::Case(address) => match self.of_block(line, &address, &said, checks) {
                Ours::NotJudged | Ours::Absent => said.ours(checks),
                ours => ours,
            },
        }
    }

    fn of_block(
        &self,
        line: &Line,
        address: &str,
        said: &Said<'_>,
        checks: &BTreeSet<SmolStr>,
    ) -> Ours {
        let ours = match said.of_block(address).ours(checks) {
            // A module that nothing in the input calls is a root, whose blocks have no modules in their addresses.
            Ours::Absent => said.of_block(&block::without_modules(address)).ours(checks),
            ours => ours,
        };
        if ours != Ours::Fail && self.has_part(line, address, &said.of(checks)) {
            return Ours::Fail;
        }
        ours
    }

    /// Whether a part of the block that a line means, which is written apart, has a finding. Another tool's verdict on a
    /// bucket is about the bucket with its access list, its policy and the like, whichever block a person has to change; so
    /// passes of such a block count against us too.
    fn has_part(&self, line: &Line, address: &str, said: &Said<'_>) -> bool {
        // A line may be about a whole folder.
        if said.findings.is_empty() || Path::new(&line.path).extension().is_none() {
            return false;
        }
        let text = corpora::text(&self.folder.join(&line.path));
        let mut findings = said.findings.iter();
        findings.any(|finding| block::is_part(finding, &text, address))
    }

    /// What is said of a file, or of those in a folder.
    fn below(&self, path: &Path) -> Said<'a> {
        let files = self.files.range(path.to_path_buf()..);
        let below = files.take_while(|(file, _)| file.starts_with(path));
        let mut said = Said::default();
        for (_, here) in below {
            said.findings.extend(&here.findings);
            said.suppressed.extend(&here.suppressed);
            said.rows.extend(&here.rows);
        }
        said
    }

    /// The line of a place, from 1.
    fn line(&self, span: Span) -> u64 {
        let file = self.sources.get(span.file);
        u64::from(file.position(span.start).line) + 1
    }
}

impl<'a> Said<'a> {
    fn keep(&self, finding: impl Fn(&Finding) -> bool, row: impl Fn(&VerdictRow) -> bool) -> Self {
        let findings = |findings: &[&'a Finding]| {
            let kept = findings.iter().filter(|kept| finding(kept));
            kept.copied().collect()
        };
        Self {
            findings: findings(&self.findings),
            suppressed: findings(&self.suppressed),
            rows: self.rows.iter().filter(|kept| row(kept)).copied().collect(),
        }
    }

    /// What is said of these resources.
    fn about(&self, is_meant: impl Fn(&ResourceName) -> bool) -> Self {
        self.keep(
            |finding| is_meant(&finding.resource),
            |row| is_meant(&row.resource),
        )
    }

    /// What these checks say.
    fn of(&self, checks: &BTreeSet<SmolStr>) -> Self {
        self.keep(
            |finding| checks.contains(&finding.check.id),
            |row| checks.contains(&row.check.id),
        )
    }

    /// What is said of a block.
    fn of_block(&self, address: &str) -> Self {
        self.keep(
            |finding| block::is_named(finding, address),
            |row| block::is_at(&row.resource.address, address),
        )
    }

    fn ours(&self, checks: &BTreeSet<SmolStr>) -> Ours {
        let judged = self.of(checks);
        let is_unknown = |row: &&VerdictRow| matches!(row.verdict, Verdict::Unknown(_));
        if !judged.findings.is_empty() {
            Ours::Fail
        } else if !judged.suppressed.is_empty() {
            Ours::Skip
        } else if judged.rows.iter().any(is_unknown) {
            Ours::Unknown
        } else if !judged.rows.is_empty() {
            Ours::Pass
        } else if !self.rows.is_empty() || !self.findings.is_empty() {
            Ours::NotJudged
        } else {
            Ours::Absent
        }
    }
}
