//! Text for people: code frames, and one summary.

mod columns;
mod diff;
mod frame;
mod problems;
mod suggestion;
mod summary;
mod texts;
mod window;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use analysis::{Finding, Findings, Report};
use smol_str::SmolStr;
use source::{Sources, neutral};

pub(crate) use diff::diff;
pub(crate) use frame::{Marked, marked, style};
pub(crate) use problems::{all as problem_frames, frame as problem_frame};
pub(crate) use summary::{inputs, severities, summary};
pub(crate) use texts::{Texts, masked};

use super::location::Location;
use super::text::{count, flat};
use crate::terminal::Look;

/// How many findings of one check get a frame each where there are many, unless all are asked for; the others get a line.
const FRAMES: usize = 5;
/// So many findings of one check are not many.
const FEW: usize = 8;

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Findings only.
    Findings,
    /// What matters.
    Usual,
    /// Everything.
    Full,
}

impl Detail {
    /// How much is told where the call asks for less or for more.
    pub(crate) fn of(quiet: u8, verbose: bool) -> Self {
        match (quiet > 0, verbose) {
            (true, _) => Self::Findings,
            (false, true) => Self::Full,
            (false, false) => Self::Usual,
        }
    }
}

/// Writes a report.
pub(super) fn write(
    report: &Report,
    look: Look,
    detail: Detail,
    out: &mut dyn Write,
) -> io::Result<()> {
    let texts = Texts::of_report(report);
    write_findings(report, &texts, look, detail, out)?;
    if detail == Detail::Findings {
        return Ok(());
    }
    out.write_all(problems::all(&report.problems, &texts, look, detail).as_bytes())?;
    out.write_all(summary(report, look, detail).as_bytes())
}

fn write_findings(
    report: &Report,
    texts: &Texts<'_>,
    look: Look,
    detail: Detail,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut frames = Frames::of(&report.findings, detail);
    let mut others: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    let files = report.findings.files().iter();
    let stand_together =
        |one: &Arc<Finding>, two: &Arc<Finding>| stand_together(one, two, &report.sources);
    for block in files.flat_map(|file| file.findings().chunk_by(stand_together)) {
        let (mut framed, rest): (Vec<&Finding>, Vec<&Finding>) = block
            .iter()
            .map(AsRef::as_ref)
            .partition(|finding: &&Finding| frames.take(&finding.check.id));
        framed.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        if !framed.is_empty() {
            writeln!(out, "{}", frame::findings(&framed, texts, look))?;
        }
        for finding in rest {
            others.entry(&finding.check.id).or_default().push(finding);
        }
    }
    let mut others: Vec<Vec<&Finding>> = others.into_values().collect();
    others.sort_by_key(|findings| std::cmp::Reverse(findings[0].severity));
    for findings in others {
        write_lines(&findings, &report.sources, look, out)?;
    }
    Ok(())
}

/// How many frames each check may still have.
struct Frames<'a>(BTreeMap<&'a str, usize>);

impl<'a> Frames<'a> {
    fn of(findings: &'a Findings, detail: Detail) -> Self {
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in findings {
            *numbers.entry(&finding.check.id).or_default() += 1;
        }
        if detail != Detail::Full {
            numbers
                .values_mut()
                .filter(|number| **number > FEW)
                .for_each(|number| *number = FRAMES);
        }
        Self(numbers)
    }

    fn take(&mut self, check: &str) -> bool {
        let Some(left) = self.0.get_mut(check).filter(|left| **left > 0) else {
            return false;
        };
        *left -= 1;
        true
    }
}

/// Whether one frame shows both: they are of one resource and begin on one line.
fn stand_together(one: &Finding, two: &Finding, sources: &Sources) -> bool {
    let line = |finding: &Finding| {
        sources
            .get(finding.span.file)
            .position(finding.span.start)
            .line
    };
    one.span.file == two.span.file && one.resource == two.resource && line(one) == line(two)
}

/// Findings of one check, each with its place and message on a line.
fn write_lines(
    findings: &[&Finding],
    sources: &Sources,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(first) = findings.first() else {
        return Ok(());
    };
    let id = look.link(
        first.check.references.first().map(SmolStr::as_str),
        &first.check.id,
    );
    let name = look.paint(style(first.severity), &format!("{}[{id}]", first.severity));
    let more = count(findings.len(), "more finding");
    writeln!(out, "{name}: {more} (-v shows them in full)")?;
    for finding in findings {
        let place = Location::of(finding.span, sources);
        let place = format!(
            "{}:{}:{}",
            neutral(&place.file),
            place.start.line,
            place.start.column
        );
        let resource = format!("{} at {}", finding.resource.address, finding.path);
        writeln!(
            out,
            "  {place}: {}\n      in {}",
            flat(&finding.message),
            flat(&resource)
        )?;
    }
    writeln!(out)
}
