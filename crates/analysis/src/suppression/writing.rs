//! New suppressions: entries of the configuration, as texts.

use std::path::PathBuf;
use std::sync::Arc;

use source::{FileSystem, Limits, ReadError, neutral};

use crate::workspace::Workspace;

/// A new entry of the configuration, which hides findings of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewEntry<'a> {
    /// The id of the check.
    pub check: &'a str,
    /// For which findings of it.
    pub scope: EntryScope<'a>,
    /// The last day, as `YYYY-MM-DD`.
    pub until: Option<&'a str>,
    /// Why they are hidden.
    pub reason: &'a str,
}

/// For which findings of a check an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryScope<'a> {
    /// Those of the resource with an address.
    Address(&'a str),
    /// Those in files that match a pattern.
    Path(&'a str),
    /// All.
    Project,
}

/// A configuration with further entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSuppressions {
    /// The file, relative to the folder of the run.
    pub path: PathBuf,
    /// Its text; nothing where there is no file yet.
    pub before: Option<Arc<str>>,
    /// What is put in, and where, in bytes.
    pub text: String,
    /// Where it is put in.
    pub at: usize,
}

impl NewSuppressions {
    /// The text with the entries.
    #[must_use]
    pub fn after(&self) -> String {
        let before = self.before.as_deref().unwrap_or_default();
        let (start, end) = before.split_at_checked(self.at).unwrap_or((before, ""));
        format!("{start}{}{end}", self.text)
    }
}

impl Workspace {
    /// The configuration with entries that suppress findings of the last analysis, by their indexes: each check in each resource,
    /// for a reason and up to a day (`YYYY-MM-DD`).
    ///
    /// # Errors
    /// When entries can't be added to the configuration as it is written; a fragment says why.
    pub fn suppressing(
        &self,
        system: &dyn FileSystem,
        wanted: &[usize],
        reason: &str,
        until: Option<&str>,
    ) -> Result<NewSuppressions, String> {
        let report = self.report().ok_or("nothing was scanned yet")?;
        let findings = wanted.iter();
        let findings = findings.filter_map(|index| report.findings.get(*index));
        let entries = findings.map(|finding| NewEntry {
            check: &finding.check.id,
            scope: EntryScope::Address(&finding.resource.address),
            until,
            reason,
        });
        let entries: Vec<NewEntry<'_>> = entries.collect();
        match entries.is_empty() {
            true => Err("the findings are there no more".to_owned()),
            false => self.with_entries(system, &entries),
        }
    }

    /// The configuration with further entries.
    ///
    /// # Errors
    /// When entries can't be added to the configuration as it is written; a fragment says why.
    pub fn with_entries(
        &self,
        system: &dyn FileSystem,
        entries: &[NewEntry<'_>],
    ) -> Result<NewSuppressions, String> {
        let mut entries: Vec<String> = entries.iter().map(entry).collect();
        entries.sort();
        entries.dedup();
        let path = self.configuration();
        let path = path.unwrap_or_else(|| self.new_configuration());
        let read = system.read(&self.options().directory.join(path), Limits::default());
        let before = match read {
            Ok(bytes) => {
                Some(String::from_utf8(bytes).map_err(|_| "the configuration is not UTF-8")?)
            }
            Err(ReadError::NotFound) => None,
            Err(error) => return Err(error.to_string()),
        };
        let (at, text) = added(before.as_deref().unwrap_or_default(), &entries)?;
        Ok(NewSuppressions {
            path: path.to_path_buf(),
            before: before.map(Arc::from),
            text,
            at,
        })
    }
}

/// An entry without indent, as lines.
fn entry(new: &NewEntry<'_>) -> String {
    let mut text = format!("- checks: [{}]\n", new.check);
    let scope = match new.scope {
        EntryScope::Address(address) => Some(("address", address)),
        EntryScope::Path(pattern) => Some(("path", pattern)),
        EntryScope::Project => None,
    };
    let until = new.until.map(|until| ("until", until));
    let fields = scope.into_iter().chain(until);
    for (name, value) in fields.chain([("reason", new.reason)]) {
        text.push_str(&format!("  {name}: {}\n", quoted(value)));
    }
    text
}

/// What puts entries at the beginning of the list of suppressions of a configuration, which is made where there is none, and where.
fn added(text: &str, entries: &[String]) -> Result<(usize, String), String> {
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        let Some(rest) = line.strip_prefix("suppress:") else {
            continue;
        };
        let is_usual = rest.trim().is_empty() || rest.trim().starts_with('#');
        let next = text[at..]
            .lines()
            .find(|line| !line.trim().is_empty() && !line.trim().starts_with('#'));
        let indent =
            next.and_then(|line| line.find("- ").filter(|at| line[..*at].trim().is_empty()));
        let (true, Some(indent)) = (is_usual && line.ends_with('\n'), indent) else {
            return Err(
                "its list `suppress` is written in another form; add an entry by hand".to_owned(),
            );
        };
        return Ok((at, lines(entries, indent, line_break)));
    }
    let gap = match text.is_empty() || text.ends_with('\n') {
        true => "",
        false => line_break,
    };
    let new = lines(entries, 0, line_break);
    Ok((text.len(), format!("{gap}suppress:{line_break}{new}")))
}

fn lines(entries: &[String], indent: usize, line_break: &str) -> String {
    let lines = entries.iter().flat_map(|entry| entry.lines());
    lines
        .map(|line| format!("{}{line}{line_break}", " ".repeat(indent)))
        .collect()
}

/// A text in double quotes, as YAML reads them. What would drive a terminal or turn a line around is written by its number.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let written = |letter: char| {
        let text = letter.to_string();
        match neutral(&text) == text {
            true => text,
            false => format!("\\U{:08X}", u32::from(letter)),
        }
    };
    json.chars().map(written).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use source::Memory;

    use super::*;
    use crate::options::Options;

    #[test]
    fn entries_go_to_the_list_that_is_there() {
        let entries = ["- checks: [a]\n  reason: \"b\"\n".to_owned()];
        let cases = [
            ("", "suppress:\n- checks: [a]\n  reason: \"b\"\n"),
            (
                "paths: [x]",
                "paths: [x]\nsuppress:\n- checks: [a]\n  reason: \"b\"\n",
            ),
            (
                "suppress: # known\n  - checks: [c]\n    reason: d\n",
                "suppress: # known\n  - checks: [a]\n    reason: \"b\"\n  - checks: [c]\n    reason: d\n",
            ),
            (
                "a: 1\r\n",
                "a: 1\r\nsuppress:\r\n- checks: [a]\r\n  reason: \"b\"\r\n",
            ),
        ];
        for (text, expected) in cases {
            let (at, new) = added(text, &entries).expect(text);
            let (start, end) = text.split_at(at);
            assert_eq!(format!("{start}{new}{end}"), expected, "{text}");
        }
        assert!(added("suppress: []\n", &entries).is_err());
    }

    #[test]
    fn what_is_suppressed_is_found_no_more() {
        let manifest = "apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: b }\nspec: { containers: [{ name: a, image: a, securityContext: { privileged: true } }] }\n";
        let system = Memory::new([("/w/a.yaml", manifest)]);
        let mut workspace = Workspace::new(Options {
            paths: vec!["a.yaml".into()],
            directory: "/w".into(),
            select: vec!["privileged-container".into()],
            ..Options::default()
        });
        workspace.scan(&system).expect("the call is right");
        let reason = "it: \"must\" \u{202e}be";
        let new = workspace
            .suppressing(&system, &[0], reason, Some("2999-01-31"))
            .expect("it can be added");
        assert_eq!(
            (new.before.as_deref(), new.path.to_str()),
            (None, Some("scantling.yaml"))
        );
        assert!(new.text.contains("\\U0000202Ebe"), "{}", new.text);
        system.set(Path::new("/w/scantling.yaml"), new.after().as_bytes());
        let report = workspace.scan(&system).expect("the configuration is right");
        assert!(report.findings.is_empty());
        let told = report.suppressed[0].1.reason.as_deref();
        assert_eq!(told, Some(neutral(reason).as_ref()));
    }
}
