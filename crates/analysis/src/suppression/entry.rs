//! Entries of the configuration that hide findings.

use source::Place;

use super::directive::{Written, plain_reason};
use super::reading::{Ours, Reading, quoted};
use super::scope::{Filter, Scope};
use crate::config::{Config, SuppressEntry};
use crate::overrides::{Patterns, patterns};
use crate::project::Project;

/// Reads the `suppress` entries of a configuration.
pub(super) fn read(reading: &mut Reading<'_>, project: &Project, config: &Config) {
    for entry in &config.suppress {
        let place = Place::Path(config.file.clone());
        match path(config, entry) {
            Ok(path) => take(reading, project, entry, path, place),
            Err(message) => {
                let help = "write a pattern as in `.gitignore`, such as `deploy/**/*.yaml`";
                reading.invalid(message, Some(help.to_owned()), place);
            }
        }
    }
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
    place: Place,
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
