//! Differences for people: code frames, and one summary.

use std::fmt::Write as _;
use std::io::{self, Write};

use analysis::{Drift, DriftClass, DriftReport};
use annotate_snippets::Level;
use anstyle::Style;

use crate::output::human::{Marked, inputs, marked, problem_frames};
use crate::output::text::{count, flat};
use crate::output::{Detail, Shape, Texts};
use crate::terminal::Look;

/// Writes a comparison.
pub(super) fn write(drift: &DriftReport, shape: Shape, out: &mut dyn Write) -> io::Result<()> {
    let texts = Texts::of_report(&drift.report);
    for one in &drift.drifts {
        writeln!(out, "{}\n", frame(one, &texts, shape.look))?;
    }
    if shape.detail == Detail::Findings {
        return Ok(());
    }
    let problems = problem_frames(&drift.report.problems, &texts, shape.look, shape.detail);
    out.write_all(problems.as_bytes())?;
    out.write_all(summary(drift, shape.look, shape.detail).as_bytes())
}

fn frame(drift: &Drift, texts: &Texts<'_>, look: Look) -> String {
    let title = Level::WARNING
        .with_name(drift.class.word())
        .primary_title(flat(&drift.message()));
    let primary = Marked {
        span: drift.span,
        label: None,
    };
    let live = drift.live.as_ref().filter(|live| live.span != drift.span);
    let live = live.map(|live| Marked {
        span: live.span,
        label: Some(format!("in {}", flat(&live.address))),
    });
    let marks = std::iter::once(primary).chain(live).collect();
    marked(title, marks, &notes(drift), texts, look)
}

fn notes(drift: &Drift) -> Vec<String> {
    let mut note = format!("in {}", flat(&drift.resource.address));
    if !drift.path.is_empty() {
        let _ = write!(note, " at {}", flat(&drift.path));
    }
    let setter = drift.live.as_ref().and_then(|live| live.setter.as_deref());
    std::iter::once(note).chain(setter.map(flat)).collect()
}

/// The summary of a comparison, ending with a line break.
pub(crate) fn summary(drift: &DriftReport, look: Look, detail: Detail) -> String {
    let bold = |text: &str| look.paint(Style::new().bold(), text);
    let classes = DriftClass::ALL
        .into_iter()
        .map(|class| (drift.count(class), class.word()));
    let classes = classes.filter(|(number, _)| *number > 0);
    let classes: Vec<String> = classes
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    let mut out = match classes.is_empty() {
        true => bold("No differences that matter") + "\n",
        false => {
            let number = bold(&count(drift.drifts.len(), "difference"));
            format!("{number}: {}\n", classes.join(", "))
        }
    };
    let compared = count(drift.compared, "declared resource");
    let _ = writeln!(out, "Compared {compared} with what runs of them");
    out + &inputs(&drift.report, look, detail)
}
