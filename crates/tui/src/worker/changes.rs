//! Changes of files: fixes and suppressions, looked at before they are written, and written only over what was looked at.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use analysis::{Report, Workspace};
use similar::{ChangeTag, TextDiff};
use source::{FileId, FileSystem, Limits, ReadError, TextEdit};

use crate::message::{Change, Preview, Sign, Suppressing, Written};
use crate::picture::shown;
use crate::text::count;

/// Secrets that are shorter are not looked for in new lines: they occur in too many.
const SHORTEST: usize = 4;

/// The proven fixes of findings.
pub(super) fn fix(
    system: &dyn FileSystem,
    workspace: &mut Workspace,
    wanted: &[u32],
) -> Result<Preview, String> {
    let wanted: Vec<usize> = wanted.iter().map(|index| *index as usize).collect();
    let (edits, title) = match wanted.as_slice() {
        [_] => {
            let fixes = workspace.fixes(system, &wanted, &|| false);
            let (_, fix) = fixes.into_iter().next().ok_or_else(unproven)?;
            (fix.edits, fix.title)
        }
        _ => {
            let together = workspace
                .fixes_together(system, &wanted, &|| false)
                .ok_or_else(unproven)?;
            let left = wanted.len() - together.count.min(wanted.len());
            let left = match left {
                0 => String::new(),
                _ => format!(", {left} left: no fix of them is proven"),
            };
            (
                together.edits,
                format!(
                    "{}{left}",
                    count(together.count, "fix").replace("fixs", "fixes")
                ),
            )
        }
    };
    let report = workspace.report().ok_or_else(unproven)?;
    preview(report, &edits, title)
}

fn unproven() -> String {
    "no fix is proven: after none of them the finding is gone without a new one".to_owned()
}

fn preview(report: &Report, edits: &[TextEdit], title: String) -> Result<Preview, String> {
    let mut by_file: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
    for edit in edits {
        by_file
            .entry(edit.span.file)
            .or_default()
            .push(edit.clone());
    }
    let mut changes = Vec::new();
    let mut diff = Vec::new();
    for (id, edits) in by_file {
        let file = report.sources.get(id);
        let after = source::apply(&file.text, &edits);
        let after = after.map_err(|_| "the fixes touch the same text".to_owned())?;
        let hidden = Hidden::of(report, id);
        diff.extend(lines(&file.path, &file.text, &after, &hidden));
        changes.push(Change {
            path: file.path.clone(),
            before: Some(Arc::clone(&file.text)),
            after,
        });
    }
    match changes.is_empty() {
        true => Err(unproven()),
        false => Ok(Preview {
            title,
            changes,
            diff,
        }),
    }
}

/// Entries of the configuration that suppress findings.
pub(super) fn suppress(
    system: &dyn FileSystem,
    workspace: &Workspace,
    wanted: &Suppressing,
) -> Result<Preview, String> {
    let findings: Vec<usize> = wanted
        .findings
        .iter()
        .map(|index| *index as usize)
        .collect();
    let until = wanted.until.as_deref();
    let new = workspace.suppressing(system, &findings, &wanted.reason, until)?;
    let before = new.before.clone().unwrap_or_default();
    let after = new.after();
    let diff = lines(&new.path, &before, &after, &Hidden::default());
    Ok(Preview {
        title: format!("suppress {}", count(findings.len(), "finding")),
        changes: vec![Change {
            path: new.path,
            before: new.before,
            after,
        }],
        diff,
    })
}

/// What no line shows.
#[derive(Default)]
struct Hidden {
    /// Lines with secrets, and how they are shown.
    lines: HashMap<String, String>,
    texts: Vec<String>,
}

impl Hidden {
    fn of(report: &Report, id: FileId) -> Self {
        let file = report.sources.get(id);
        let masked = report.masked(&file);
        let pairs = file.text.lines().zip(masked.lines());
        let differing = pairs.filter(|(line, masked)| line != masked);
        let secrets = report.secrets.iter().filter(|secret| secret.file == id);
        let texts = secrets.map(|secret| file.slice(*secret).trim_matches(['"', '\'']).to_owned());
        Self {
            lines: differing
                .map(|(line, masked)| (line.to_owned(), masked.to_owned()))
                .collect(),
            texts: texts.filter(|text| text.len() >= SHORTEST).collect(),
        }
    }

    fn shown(&self, line: &str) -> String {
        if let Some(masked) = self.lines.get(line) {
            return masked.clone();
        }
        let texts = self.texts.iter();
        texts.fold(line.to_owned(), |line, text| {
            line.replace(text.as_str(), "***")
        })
    }
}

/// The lines of a diff.
fn lines(path: &Path, before: &str, after: &str, hidden: &Hidden) -> Vec<(Sign, String)> {
    let diff = TextDiff::from_lines(before, after);
    let mut lines = vec![(Sign::Head, shown(path))];
    for (number, group) in diff.grouped_ops(3).iter().enumerate() {
        if number > 0 {
            lines.push((Sign::Same, "…".to_owned()));
        }
        for change in group
            .iter()
            .flat_map(|operation| diff.iter_changes(operation))
        {
            let sign = match change.tag() {
                ChangeTag::Equal => Sign::Same,
                ChangeTag::Insert => Sign::Added,
                ChangeTag::Delete => Sign::Removed,
            };
            let text = change.value().trim_end_matches(['\r', '\n']);
            lines.push((sign, hidden.shown(text)));
        }
    }
    lines
}

/// Writes files, if each is still what it was.
pub(super) fn write(
    system: &dyn FileSystem,
    directory: &Path,
    changes: Vec<Change>,
    title: String,
) -> Result<Written, String> {
    for change in &changes {
        let now = match system.read(&directory.join(&change.path), Limits::default()) {
            Ok(bytes) => Some(bytes),
            Err(ReadError::NotFound) => None,
            Err(error) => return Err(format!("{}: {error}", shown(&change.path))),
        };
        if now.as_deref() != change.before.as_ref().map(|text| text.as_bytes()) {
            return Err(format!(
                "{} changed meanwhile; nothing was written",
                shown(&change.path)
            ));
        }
    }
    for change in &changes {
        let path = directory.join(&change.path);
        let written = system.write(&path, &change.after);
        written.map_err(|error| format!("{} can't be written: {error}", shown(&change.path)))?;
    }
    Ok(Written { title, changes })
}
