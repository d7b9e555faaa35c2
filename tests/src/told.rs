//! What a scan told, as text.

use analysis::Report;
use source::Place;

/// A line for each finding with the places that its value came through, each problem, and each file.
#[must_use]
pub fn told(report: &Report) -> String {
    let place = |span: source::Span| {
        let file = report.sources.get(span.file);
        let line = file.position(span.start).line + 1;
        let text = file.text.get(span.range()).unwrap_or_default();
        let text = text.lines().next().unwrap_or_default();
        format!("{}:{line} {text}", file.path.display())
    };
    let mut out = String::new();
    for finding in &report.findings {
        let environments = finding.environments.join(", ");
        out += &format!(
            "{} {} [{environments}]\n",
            finding.check.id,
            place(finding.span)
        );
        for related in &finding.related {
            out += &format!("  {}: {}\n", related.message, place(related.span));
        }
    }
    for problem in &report.problems {
        let at = match &problem.place {
            Place::Span(span) => place(*span),
            Place::Path(path) => path.display().to_string(),
        };
        out += &format!(
            "{:?} {}: {} ({at})\n",
            problem.level, problem.code, problem.message
        );
    }
    for input in &report.inputs {
        let reason = input.reason.as_deref().unwrap_or_default();
        let (status, path) = (input.status.text(), input.path.display());
        out += &format!("{status} {path} ({}) {reason}\n", input.resources);
    }
    out
}
