//! What is copied.

use serde_json::json;

use super::{Rows, State};
use crate::message::Effect;

impl State {
    /// The finding or the line as text.
    pub(super) fn yank_text(&mut self) -> Vec<Effect> {
        let picture = self.picture.as_ref();
        let text = match (picture, self.finding(), &self.page.rows) {
            (Some(picture), Some((_, item)), Rows::Findings(_)) => {
                let finding = item.finding;
                Some(format!(
                    "{}[{}]: {}\n  {}\n  in {} at {}\n",
                    finding.severity,
                    finding.check.id,
                    finding.message,
                    picture.place(finding.span),
                    source::neutral(&finding.resource.address),
                    source::neutral(&finding.path),
                ))
            }
            (Some(picture), _, Rows::Tree(_)) => {
                let resource = self
                    .resource_here()
                    .and_then(|index| picture.resource(index));
                resource.map(|one| source::neutral(&one.address).into_owned())
            }
            (_, _, Rows::Lines(all)) => {
                let line = all.get(self.page.list.cursor);
                line.map(|line| line.row.text().trim().to_owned())
            }
            _ => None,
        };
        text.map(Effect::Copy).into_iter().collect()
    }

    /// The finding as JSON.
    pub(super) fn yank_json(&mut self) -> Vec<Effect> {
        let found = self.picture.as_ref().zip(self.finding());
        let text = found.map(|(picture, (_, item))| {
            let finding = item.finding;
            let value = json!({
                "check": finding.check.id.as_str(),
                "severity": finding.severity.text(),
                "message": finding.message,
                "place": picture.place(finding.span),
                "resource": {
                    "address": finding.resource.address.as_str(),
                    "apiVersion": finding.resource.api_version.as_str(),
                    "kind": finding.resource.kind.as_str(),
                    "namespace": finding.resource.namespace.as_deref(),
                    "name": finding.resource.name.as_str(),
                },
                "path": finding.path,
                "environments": finding.environments,
                "related": finding.related.iter().map(|one| json!({
                    "place": picture.place(one.span),
                    "message": one.message,
                })).collect::<Vec<_>>(),
                "fingerprint": finding.fingerprint,
            });
            format!("{value:#}\n")
        });
        text.map(Effect::Copy).into_iter().collect()
    }

    /// The command by which `kubectl` shows the resource.
    pub(super) fn yank_command(&mut self) -> Vec<Effect> {
        let picture = self.picture.as_ref();
        let here = self.resource_here();
        let one = picture
            .zip(here)
            .and_then(|(picture, index)| picture.resource(index));
        let text = one.map(|one| {
            let namespace = one
                .namespace
                .as_deref()
                .map(|name| format!(" -n {}", word(name)));
            let kind = one.kind.to_lowercase();
            format!(
                "kubectl get {} {}{} -o yaml",
                word(&kind),
                word(&one.name),
                namespace.unwrap_or_default()
            )
        });
        text.map(Effect::Copy).into_iter().collect()
    }
}

/// A word of a command line: what is no plain name stands in quotes, so that the shell does nothing with it.
fn word(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-._/:".contains(letter);
    match !text.is_empty() && text.chars().all(is_plain) && !text.starts_with('-') {
        true => text.to_owned(),
        false => format!("'{}'", source::neutral(text).replace('\'', "'\\''")),
    }
}
