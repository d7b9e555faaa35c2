//! Files with their fixes made.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use source::{FileSystem, SourceFile, TextEdit};

use crate::discover::repository;
use crate::error::Error;
use crate::report::{ProposedFix, Report};

/// A file before and after its fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedFile {
    /// The path, as it is shown.
    pub path: PathBuf,
    /// The text as it was read.
    pub before: Arc<str>,
    /// The text with all fixes that fit together.
    pub after: String,
    /// The number of findings that it fixes.
    pub findings: usize,
}

/// The files that proven fixes change. A fix that overlaps an earlier one is left for the next run, and one that may break what
/// works to people.
#[must_use]
pub fn fixed_files(report: &Report) -> Vec<FixedFile> {
    let mut by_file: BTreeMap<PathBuf, (Arc<SourceFile>, Vec<&ProposedFix>)> = BTreeMap::new();
    for fix in report
        .findings
        .iter()
        .filter_map(|finding| finding.safe_fix())
    {
        let Some(edit) = fix.edits.first() else {
            continue;
        };
        let file = report.sources.get(edit.span.file);
        by_file
            .entry(file.path.clone())
            .or_insert_with(|| (file, Vec::new()))
            .1
            .push(fix);
    }
    by_file
        .into_iter()
        .map(|(path, (file, fixes))| fixed_file(path, &file, &fixes))
        .collect()
}

fn fixed_file(path: PathBuf, file: &SourceFile, fixes: &[&ProposedFix]) -> FixedFile {
    let mut edits = Edits::default();
    let mut findings = 0;
    for fix in fixes {
        if fix.edits.iter().all(|edit| edits.fits(edit)) {
            edits.add(&fix.edits);
            findings += 1;
        }
    }
    let edits: Vec<TextEdit> = edits.0.into_values().cloned().collect();
    let after = source::apply(&file.text, &edits).unwrap_or_else(|_| file.text.to_string());
    FixedFile {
        path,
        before: Arc::clone(&file.text),
        after,
        findings,
    }
}

/// Edits that do not overlap, by where they begin.
#[derive(Default)]
pub(super) struct Edits<'a>(BTreeMap<u32, &'a TextEdit>);

impl<'a> Edits<'a> {
    /// Whether an edit is one of these, or touches other text than all of them: only its neighbors can be in its way.
    pub(super) fn fits(&self, edit: &TextEdit) -> bool {
        let span = edit.span;
        if let Some(same) = self.0.get(&span.start) {
            return *same == edit;
        }
        let before = self.0.range(..span.start).next_back();
        let behind = self.0.range(span.start..).next();
        before.is_none_or(|(_, before)| before.span.end <= span.start)
            && behind.is_none_or(|(start, _)| span.end <= *start)
    }

    pub(super) fn add(&mut self, edits: &'a [TextEdit]) {
        self.0
            .extend(edits.iter().map(|edit| (edit.span.start, edit)));
    }
}

/// The path by which a patch names a file: what is not below the present folder goes by its path in its repository, as `git apply`
/// and `patch -p1` take it there.
#[must_use]
pub fn path_in_patch(system: &dyn FileSystem, path: &Path) -> PathBuf {
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    let real = system.canonical(path);
    let (false, Ok(real)) = (path.components().all(is_plain), real) else {
        return path.to_path_buf();
    };
    let folder = real.parent().unwrap_or(&real);
    let root = repository(system, folder);
    let below = root.and_then(|root| real.strip_prefix(root).ok().map(Path::to_path_buf));
    below.unwrap_or_else(|| path.to_path_buf())
}

/// Writes fixed files.
///
/// # Errors
/// When a file can't be written; those before it are.
pub fn write_fixes(
    system: &dyn FileSystem,
    directory: &Path,
    files: &[FixedFile],
) -> Result<(), Error> {
    for file in files {
        let failed = |source| Error::Write {
            path: file.path.clone(),
            source,
        };
        system
            .write(&directory.join(&file.path), &file.after)
            .map_err(failed)?;
    }
    Ok(())
}
