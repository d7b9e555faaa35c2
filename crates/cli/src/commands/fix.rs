//! `--diff` and `--fix`: proven fixes, applied until none is left.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use analysis::query::Query;
use analysis::{FixedFile, Options, Report};
use source::{Disk, Memory, Overlay};

use super::scan::analyze;
use crate::error::Error;
use crate::output::masked;

/// Each round applies the fixes that touch different text, so a few are enough for all.
const ROUNDS: usize = 10;
/// The path under which reports show the standard input.
const STDIN: &str = "<stdin>";

/// What all fixes together do.
pub(super) struct Fixes {
    /// The report on the text as it is, where that differs from the fixed text.
    pub(super) before: Option<Report>,
    /// The report on the fixed text.
    pub(super) after: Report,
    /// The changed files, by path.
    pub(super) files: Vec<FixedFile>,
    /// The number of findings that the filter leaves out of the last report.
    pub(super) left_out: usize,
}

impl Fixes {
    /// The changed files without the text of secrets, under the paths by which a patch names them.
    pub(super) fn shown(&self) -> Vec<FixedFile> {
        let Some(before) = &self.before else {
            return self.files.clone();
        };
        let (before, after) = (masked(before), masked(&self.after));
        let shown = |file: &FixedFile| {
            let mut shown = file.clone();
            shown.path = analysis::path_in_patch(&Disk, &file.path);
            if let Some(text) = after.get(&file.path) {
                shown.after.clone_from(text);
            }
            if let Some(text) = before.get(&file.path) {
                shown.after = with_lines_of(&shown.after, &file.before, text);
                shown.before = text.as_str().into();
            }
            shown
        };
        self.files.iter().map(shown).collect()
    }
}

/// A text in which the lines that stand in `original` look as they do in `masked`: nothing that was hidden shows up as unchanged.
fn with_lines_of(text: &str, original: &str, masked: &str) -> String {
    let pairs = original.split('\n').zip(masked.split('\n'));
    let hidden: BTreeMap<&str, &str> = pairs.filter(|(line, masked)| line != masked).collect();
    let lines = text
        .split('\n')
        .map(|line| *hidden.get(line).unwrap_or(&line));
    lines.collect::<Vec<&str>>().join("\n")
}

/// Computes the fixes of all findings that are wanted; nothing is written.
pub(super) fn compute(options: &Options, filter: &Query) -> Result<Fixes, Error> {
    let mut files: BTreeMap<PathBuf, FixedFile> = BTreeMap::new();
    let mut report = scan(options, &files)?;
    let mut left_out = filter.narrow(&mut report);
    let mut before = None;
    for _ in 0..ROUNDS {
        let fixed = changed(&report);
        if fixed.is_empty() {
            break;
        }
        fixed.into_iter().for_each(|file| merge(&mut files, file));
        let mut next = scan(options, &files)?;
        left_out = filter.narrow(&mut next);
        before.get_or_insert(std::mem::replace(&mut report, next));
    }
    Ok(Fixes {
        before,
        after: report,
        files: files.into_values().collect(),
        left_out,
    })
}

/// Writes the fixed files in place.
pub(super) fn write(options: &Options, files: &[FixedFile]) -> Result<(), Error> {
    Ok(analysis::write_fixes(&Disk, &options.directory, files)?)
}

/// Scans the fixed text of `files` and everything else as it is.
fn scan(options: &Options, files: &BTreeMap<PathBuf, FixedFile>) -> Result<Report, Error> {
    let mut options = options.clone();
    if let Some(file) = files.get(Path::new(STDIN)) {
        options.stdin = Some(file.after.clone().into_bytes());
    }
    // A walk of `.` names files `./a`, any other walk `a`.
    let open = files.iter().flat_map(|(path, file)| {
        [
            options.directory.join(path),
            path.clone(),
            Path::new(".").join(path),
        ]
        .map(|path| (path, file.after.as_bytes()))
    });
    let system = Overlay {
        open: Memory::new(open),
        below: Disk,
    };
    analyze(&system, &options)
}

fn changed(report: &Report) -> Vec<FixedFile> {
    let mut files = analysis::fixed_files(report);
    files.retain(|file| *file.before != *file.after);
    files
}

fn merge(files: &mut BTreeMap<PathBuf, FixedFile>, file: FixedFile) {
    match files.get_mut(&file.path) {
        Some(known) => {
            known.after = file.after;
            known.findings += file.findings;
        }
        None => {
            files.insert(file.path.clone(), file);
        }
    }
}
