//! The files and pages that a text names.

use std::path::Path;
use std::str::FromStr as _;

use analysis::Report;
use check::Check;

use crate::actions::Known;
use crate::diagnostics::{Files, Telling};
use crate::places::position;
use crate::types::{DocumentLink, Range, Uri};
use crate::uri::uri_of;

/// What stands before the ids of checks in comments.
const DIRECTIVE: &str = "scantling:ignore ";

/// The links of a file: to files, and to the pages of checks that directives name.
pub(crate) fn links(known: &Known<'_>, path: &Path) -> Option<Vec<DocumentLink>> {
    let report = known.workspace.report()?;
    let shown = path.strip_prefix(known.folder).ok()?;
    let telling = Telling::of(known.snapshot);
    let mut files = Files::new(&telling, known.folder, report);
    let found = known.workspace.file_links(known.system, shown);
    let found = found.into_iter().map(|link| DocumentLink {
        range: files.range(link.span),
        target: uri_of(&link.path),
        tooltip: None,
        data: None,
    });
    let mut links: Vec<DocumentLink> = found.collect();
    links.extend(pages(known, report, path));
    Some(links)
}

fn pages(known: &Known<'_>, report: &Report, path: &Path) -> Vec<DocumentLink> {
    let Some(text) = known.snapshot.open.get(path) else {
        return Vec::new();
    };
    let encoding = known.snapshot.client.encoding;
    let page = |start: usize, id: &str| {
        let check = report.checks.iter().find(|check| check.id == id)?;
        let range = Range::new(
            position(text, start, encoding),
            position(text, start + id.len(), encoding),
        );
        link(check, range)
    };
    let ids = directives(text).into_iter();
    ids.filter_map(|(start, id)| page(start, id)).collect()
}

/// The ids that directives name, with the bytes where they begin.
fn directives(text: &str) -> Vec<(usize, &str)> {
    let mut ids = Vec::new();
    for (at, _) in text.match_indices(DIRECTIVE) {
        let mut start = at + DIRECTIVE.len();
        let names = text[start..].split_whitespace().next().unwrap_or_default();
        if !text[start..].starts_with(names) {
            continue;
        }
        for id in names.split(',') {
            ids.push((start, id));
            start += id.len() + 1;
        }
    }
    ids
}

fn link(check: &Check, range: Range) -> Option<DocumentLink> {
    let page = check.references.first()?;
    Some(DocumentLink {
        range,
        target: Some(Uri::from_str(page).ok()?),
        tooltip: Some(check.title.to_string()),
        data: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ids_of_a_directive_are_found_where_they_stand() {
        let text = "# scantling:ignore a,bc until=2027-01-01 why\n# scantling:ignore\n";
        assert_eq!(directives(text), [(19, "a"), (21, "bc")]);
    }
}
