//! Directives of other tools in comments. They hide what an alias says is the same check, and need
//! no reason.

use graph::{ResourceId, SmolStr};
use source::{FileId, Span};

use super::comment::Comment;
use super::directive::{is_date, plain_reason};
use super::names::{CheckIds, Tool};
use super::reading::{Foreign, Reading};
use super::scope::Scope;

/// `trivy:ignore:ID[:exp:YYYY-MM-DD]`, several in one comment, on the line of a block or above it.
/// `tfsec:` is its older name.
/// <https://trivy.dev/latest/docs/configuration/filtering/#by-inline-comments>
pub(super) fn read_trivy(reading: &mut Reading<'_>, comment: &Comment<'_>) {
    let mut ids = Vec::new();
    let mut reason = Vec::new();
    for word in comment.text.split_whitespace() {
        let plain = word.trim_start_matches(['#', '/', '*']);
        match plain
            .strip_prefix("trivy:")
            .or_else(|| plain.strip_prefix("tfsec:"))
        {
            Some(sections) => ids.extend(trivy_id(sections, reading.today())),
            None => reason.push(word),
        }
    }
    if ids.is_empty() {
        return;
    }
    let reason = plain_reason(&reason.join(" "));
    for id in ids {
        let checks = reading.names().theirs(Tool::Trivy, id);
        let (span, scope) = (comment.span, comment.below());
        reading.take_foreign(Foreign {
            tool: Tool::Trivy,
            checks,
            reason: Some(&reason),
            span,
            scope,
        });
    }
}

/// The id in `ignore:ID[:exp:DATE]`, while the directive counts: until the day that it names
/// begins.
fn trivy_id<'a>(text: &'a str, today: &str) -> Option<&'a str> {
    let sections: Vec<&str> = text.split(':').collect();
    let section = |name: &str| {
        sections
            .chunks_exact(2)
            .find(|pair| pair[0] == name)
            .map(|pair| pair[1])
    };
    // Parameters in brackets are for Terraform.
    let id = section("ignore")?.split('[').next()?;
    let counts = section("exp").is_none_or(|date| is_date(date) && today < date);
    (counts && !id.is_empty()).then_some(id)
}

/// `checkov:skip=ID[,ID][:reason]` anywhere in or directly above a resource.
/// <https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html>
pub(super) fn read_checkov(
    reading: &mut Reading<'_>,
    comment: &Comment<'_>,
    resources: impl FnOnce() -> Vec<ResourceId>,
) {
    let marks = ["checkov:skip=", "bridgecrew:skip=", "cortex:skip="];
    let behind = |mark: &str| comment.text.split_once(mark).map(|(_, rest)| rest);
    let Some(text) = marks.into_iter().find_map(behind) else {
        return;
    };
    let text = text.trim_start_matches(' ');
    let is_id =
        |character: char| character.is_ascii_alphanumeric() || character == '_' || character == ',';
    let rest = text.trim_start_matches(is_id);
    let ids: Vec<&str> = text[..text.len() - rest.len()].split(',').collect();
    let reason = rest
        .strip_prefix(':')
        .map(|reason| reason.trim().trim_matches('"'));
    let checks = reading.names().any_of(Tool::Checkov, &ids);
    for resource in resources() {
        reading.take_foreign(Foreign {
            tool: Tool::Checkov,
            checks: checks.clone(),
            reason,
            span: comment.span,
            scope: Scope::Resource(resource),
        });
    }
}

const KICS: &str = "kics-scan";

/// Whether a comment holds commands for KICS, which cares for no case.
pub(super) fn is_kics(text: &str) -> bool {
    text.get(..KICS.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(KICS))
}

/// Whether a command of KICS may stand anywhere in a text.
pub(super) fn holds_kics(text: &str) -> bool {
    let mut windows = text.as_bytes().windows(KICS.len());
    windows.any(|window| window.eq_ignore_ascii_case(KICS.as_bytes()))
}

/// `kics-scan` commands.
/// <https://docs.kics.io/latest/running-kics/#using-commands-on-scanned-files-as-comments>
#[derive(Default)]
pub(super) struct Kics {
    /// What is disabled in the whole file, and where that is said.
    disabled: Vec<(CheckIds, Span)>,
    /// What alone counts in the whole file, and where that is said.
    enabled: Option<(Vec<SmolStr>, Span)>,
}

impl Kics {
    /// Reads a comment. The commands for a whole file count only on top of it.
    pub(super) fn read(&mut self, reading: &mut Reading<'_>, comment: &Comment<'_>) {
        if !comment.own_line || !is_kics(comment.text) {
            return;
        }
        let commands = comment.text[KICS.len()..].to_ascii_lowercase();
        for command in commands.split_whitespace() {
            match command.split_once('=') {
                None => reading.take_foreign(Foreign {
                    tool: Tool::Kics,
                    checks: reading.names().shared(Tool::Kics),
                    reason: None,
                    span: comment.span,
                    scope: kics_scope(command, comment),
                }),
                Some((command, ids)) if comment.on_top => self.note(reading, comment, command, ids),
                Some(_) => {}
            }
        }
    }

    fn note(&mut self, reading: &Reading<'_>, comment: &Comment<'_>, command: &str, ids: &str) {
        let ids: Vec<&str> = ids.split(',').collect();
        let checks = reading.names().any_of(Tool::Kics, &ids);
        match command {
            "disable" => self.disabled.push((checks, comment.span)),
            "enable" => {
                let (enabled, _) = self.enabled.get_or_insert((Vec::new(), comment.span));
                enabled.extend_from_slice(&checks);
            }
            _ => {}
        }
    }

    /// Takes what was said of the whole file: what is enabled wins over what is disabled.
    pub(super) fn finish(self, reading: &mut Reading<'_>, file: FileId) {
        let said = match self.enabled {
            Some((enabled, span)) => {
                let all = reading.names().shared(Tool::Kics);
                let others = all.iter().filter(|check| !enabled.contains(check));
                vec![(others.cloned().collect(), span)]
            }
            None => self.disabled,
        };
        for (checks, span) in said {
            reading.take_foreign(Foreign {
                tool: Tool::Kics,
                checks,
                reason: None,
                span,
                scope: Scope::File(file),
            });
        }
    }
}

fn kics_scope(command: &str, comment: &Comment<'_>) -> Scope {
    match command {
        "ignore" if comment.on_top => Scope::File(comment.span.file),
        "ignore-line" => comment.on_line(),
        "ignore-block" => comment.below(),
        _ => Scope::Nowhere,
    }
}
