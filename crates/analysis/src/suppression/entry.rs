//! Entries of the configuration that hide findings.

use source::{FileId, Place, Span};

use super::directive::{Written, plain_reason};
use super::reading::{Ours, Reading, quoted};
use super::scope::{Filter, Scope};
use crate::config::{Config, SuppressEntry};
use crate::overrides::{Patterns, patterns};
use crate::project::Project;

/// Reads the `suppress` entries of a configuration.
pub(super) fn read(reading: &mut Reading<'_>, project: &Project, config: &Config) {
    if config.suppress.is_empty() {
        return;
    }
    let file = project.sources.add(&config.file, config.text.clone());
    for entry in &config.suppress {
        let written = entry.written.as_ref();
        let place = match written {
            Some(written) => Place::Span(in_file(file.id, written.entry)),
            None => Place::Path(config.file.clone()),
        };
        let names = written.iter().flat_map(|written| &written.checks);
        let names = names.map(|name| in_file(file.id, *name)).collect();
        match path(config, entry) {
            Ok(path) => take(reading, project, entry, path, (place, names)),
            Err(message) => {
                let help = "write a pattern as in `.gitignore`, such as `deploy/**/*.yaml`";
                reading.invalid(message, Some(help.to_owned()), place);
            }
        }
    }
}

/// A span of the configuration, which is read before its file has an id.
fn in_file(file: FileId, span: Span) -> Span {
    Span::new(file, span.start, span.end)
}

fn path(config: &Config, entry: &SuppressEntry) -> Result<Option<Patterns>, String> {
    let Some(path) = &entry.path else {
        return Ok(None);
    };
    let read = patterns(config, std::slice::from_ref(path));
    read.map(Some).map_err(|_| {
        format!(
            "the suppression in {} hides nothing: that is no pattern of paths",
            quoted(path)
        )
    })
}

fn take(
    reading: &mut Reading<'_>,
    project: &Project,
    entry: &SuppressEntry,
    path: Option<Patterns>,
    (place, names): (Place, Vec<Span>),
) {
    let filter = Filter {
        address: entry.address.clone(),
        path,
    };
    // A run over a part of the files says nothing of entries for others.
    let is_met = project
        .graph
        .resources()
        .any(|(id, _)| filter.matches(project, id));
    let scope: Scope = reading.scopes.add_filter(filter);
    let written = Written {
        names: entry
            .checks
            .iter()
            .map(|name| name.trim())
            .filter(|name| !name.is_empty())
            .collect(),
        until: entry.until.as_deref(),
        reason: plain_reason(&entry.reason),
    };
    let directives = reading.take(&Ours {
        written,
        place,
        names,
        scope,
        whereabouts: whereabouts(entry),
    });
    if !is_met {
        directives.for_each(|index| reading.scopes.set_unmet(index));
    }
}

fn whereabouts(entry: &SuppressEntry) -> String {
    let address = entry
        .address
        .as_ref()
        .map(|address| format!(" at {}", quoted(address)));
    let path = entry
        .path
        .as_ref()
        .map(|path| format!(" in {}", quoted(path)));
    address.into_iter().chain(path).collect()
}
