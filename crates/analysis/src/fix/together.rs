//! Fixes that are made at once.

use std::collections::BTreeMap;
use std::path::Path;

use source::{FileId, Memory, TextEdit};

use super::files::Edits;
use crate::report::{ProposedFix, Report};

/// Fixes that are made at once, in any number of files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FixesTogether {
    /// The changes, none of which touches the text of another.
    pub edits: Vec<TextEdit>,
    /// The number of fixes.
    pub count: usize,
}

impl FixesTogether {
    /// Takes fixes one after the other, and leaves those that touch the text of an earlier one.
    pub(crate) fn of<'a>(fixes: impl IntoIterator<Item = &'a ProposedFix>) -> Self {
        let mut by_file: BTreeMap<FileId, Edits<'a>> = BTreeMap::new();
        let mut together = Self::default();
        for fix in fixes {
            let fits = |edit: &TextEdit| {
                let edits = by_file.get(&edit.span.file);
                edits.is_none_or(|edits| edits.fits(edit))
            };
            if !fix.edits.iter().all(fits) {
                continue;
            }
            for edit in &fix.edits {
                let edits = by_file.entry(edit.span.file).or_default();
                edits.add(std::slice::from_ref(edit));
            }
            together.edits.extend_from_slice(&fix.edits);
            together.count += 1;
        }
        together.edits.sort();
        together.edits.dedup();
        together
    }

    /// The texts of the files that are changed; nothing where there is no change.
    pub(crate) fn texts(&self, report: &Report, directory: &Path) -> Option<Memory> {
        let mut by_file: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
        for edit in &self.edits {
            let edits = by_file.entry(edit.span.file).or_default();
            edits.push(edit.clone());
        }
        let texts = by_file.into_iter().map(|(file, edits)| {
            let file = report.sources.get(file);
            let text = source::apply(&file.text, &edits).ok()?;
            Some((directory.join(&file.path), text))
        });
        let texts: Vec<_> = texts.collect::<Option<_>>()?;
        (!texts.is_empty()).then(|| Memory::new(texts))
    }
}
