//! `scantling checks list`.

use std::io::Write as _;
use std::sync::Arc;

use check::Check;
use serde::Serialize;
use serde_json::Value;
use source::neutral;

use crate::args::{GlobalArgs, LibraryArgs, ListFormat};
use crate::commands::explain;
use crate::error::Error;
use crate::exit::Exit;
use crate::output::text::flat;
use crate::output::{harmless, style};
use crate::page;
use crate::terminal::{self, Look};

/// Lists all checks.
pub(super) fn run(
    format: ListFormat,
    library: &LibraryArgs,
    global: &GlobalArgs,
    look: Look,
) -> Result<Exit, Error> {
    let checks = explain::checks(library, global)?;
    let mut out = terminal::stdout();
    match format {
        ListFormat::Human => out.write_all(table(&checks, look).as_bytes())?,
        ListFormat::Json => {
            let checks: Vec<CheckJson<'_>> = checks.iter().map(|check| check_json(check)).collect();
            harmless::write(&checks, "json", &mut out)?;
        }
    }
    out.flush()?;
    Ok(Exit::Clean)
}

/// One line for each check, below the subject that it judges.
fn table(checks: &[Arc<Check>], look: Look) -> String {
    let mut checks: Vec<&Arc<Check>> = checks.iter().collect();
    checks.sort_by(|one, two| (&one.subject, &one.id).cmp(&(&two.subject, &two.id)));
    let width = checks
        .iter()
        .map(|check| check.id.chars().count())
        .max()
        .unwrap_or(0);
    let mut out = String::new();
    for subject in checks.chunk_by(|one, two| one.subject == two.subject) {
        let name = match subject[0].subject.as_str() {
            "" => "in no folder".into(),
            name => flat(name),
        };
        let heading = format!("{name} ({})", subject.len());
        out.push_str(&format!(
            "{}\n",
            look.paint(anstyle::Style::new().bold(), &heading)
        ));
        for check in subject {
            out.push_str(&row(check, width, look));
        }
        out.push('\n');
    }
    let off = checks.iter().filter(|check| !check.on).count();
    out + &format!("{} checks, {off} of them off by default\n", checks.len())
}

fn row(check: &Check, width: usize, look: Look) -> String {
    let severity = look.paint(
        style(check.severity),
        &format!("{:<8}", check.severity.text()),
    );
    let reference = check.references.first().map(|url| neutral(url));
    let id = look.link(reference.as_deref(), &format!("{:<width$}", check.id));
    let off = if check.on { "" } else { " (off)" };
    format!("  {severity} {id}  {}{off}\n", flat(&check.title))
}

#[derive(Serialize)]
struct CheckJson<'a> {
    id: &'a str,
    subject: &'a str,
    title: &'a str,
    severity: &'static str,
    default: bool,
    resources: &'a [smol_str::SmolStr],
    principle: &'a str,
    threats: &'a [smol_str::SmolStr],
    controls: Vec<ControlJson<'a>>,
    pod_security: PodSecurityJson,
    aliases: &'a [smol_str::SmolStr],
    settings: Value,
    fixable: bool,
    why: &'a str,
    remedy: &'a str,
    references: &'a [smol_str::SmolStr],
}

#[derive(Serialize)]
struct ControlJson<'a> {
    framework: &'a str,
    ids: &'a [smol_str::SmolStr],
}

#[derive(Serialize)]
struct PodSecurityJson {
    baseline: Option<String>,
    restricted: Option<String>,
}

fn check_json(check: &Check) -> CheckJson<'_> {
    let range = |range: Option<check::VersionRange>| range.map(|range| range.to_string());
    let controls = check.controls.iter();
    CheckJson {
        id: &check.id,
        subject: &check.subject,
        title: &check.title,
        severity: check.severity.text(),
        default: check.on,
        resources: &check.resources,
        principle: &check.principle,
        threats: &check.threats,
        controls: controls
            .map(|control| ControlJson {
                framework: &control.framework,
                ids: &control.ids,
            })
            .collect(),
        pod_security: PodSecurityJson {
            baseline: range(check.pod_security.baseline),
            restricted: range(check.pod_security.restricted),
        },
        aliases: &check.aliases,
        settings: page::settings_value(check),
        fixable: check.fix.is_some(),
        why: check.why.trim(),
        remedy: check.remedy.trim(),
        references: &check.references,
    }
}
