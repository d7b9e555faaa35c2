//! New suppressions: entries of the configuration, as texts.

use std::path::PathBuf;
use std::sync::Arc;

use source::{FileSystem, Limits, ReadError, neutral};

use crate::report::Finding;
use crate::workspace::Workspace;

/// A configuration with further entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSuppressions {
    /// The file, relative to the folder of the run.
    pub path: PathBuf,
    /// Its text; nothing where there is no file yet.
    pub before: Option<Arc<str>>,
    /// The text with the entries.
    pub after: String,
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
        let findings = wanted
            .iter()
            .filter_map(|index| report.findings.get(*index));
        let mut entries: Vec<String> = findings.map(|one| entry(one, reason, until)).collect();
        entries.sort();
        entries.dedup();
        if entries.is_empty() {
            return Err("the findings are there no more".to_owned());
        }
        let path = match self.configuration() {
            Some(path) => path.to_path_buf(),
            None => self.new_configuration().to_path_buf(),
        };
        let read = system.read(&self.options().directory.join(&path), Limits::default());
        let before = match read {
            Ok(bytes) => {
                Some(String::from_utf8(bytes).map_err(|_| "the configuration is not UTF-8")?)
            }
            Err(ReadError::NotFound) => None,
            Err(error) => return Err(error.to_string()),
        };
        let after = added(before.as_deref().unwrap_or_default(), &entries)?;
        Ok(NewSuppressions {
            path,
            before: before.map(Arc::from),
            after,
        })
    }
}

/// An entry without indent, as lines.
fn entry(finding: &Finding, reason: &str, until: Option<&str>) -> String {
    let mut text = format!(
        "- checks: [{}]\n  address: {}\n",
        finding.check.id,
        quoted(&finding.resource.address)
    );
    if let Some(until) = until {
        text.push_str(&format!("  until: {}\n", quoted(until)));
    }
    text.push_str(&format!("  reason: {}\n", quoted(reason)));
    text
}

/// A configuration with entries at the beginning of its list of suppressions, which is made where there is none.
fn added(text: &str, entries: &[String]) -> Result<String, String> {
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
        let new = lines(entries, indent, line_break);
        return Ok(format!("{}{new}{}", &text[..at], &text[at..]));
    }
    let gap = match text.is_empty() || text.ends_with('\n') {
        true => "",
        false => line_break,
    };
    let new = lines(entries, 0, line_break);
    Ok(format!("{text}{gap}suppress:{line_break}{new}"))
}

fn lines(entries: &[String], indent: usize, line_break: &str) -> String {
    let lines = entries.iter().flat_map(|entry| entry.lines());
    lines
        .map(|line| format!("{}{line}{line_break}", " ".repeat(indent)))
        .collect()
}

/// A text in double quotes, as JSON and so YAML read them.
fn quoted(text: &str) -> String {
    serde_json::Value::from(neutral(text).as_ref()).to_string()
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
            assert_eq!(added(text, &entries).as_deref(), Ok(expected), "{text}");
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
        let reason = "it: \"must\" be";
        let new = workspace
            .suppressing(&system, &[0], reason, Some("2999-01-31"))
            .expect("it can be added");
        assert_eq!(
            (new.before.as_deref(), new.path.to_str()),
            (None, Some("scantling.yaml"))
        );
        system.set(Path::new("/w/scantling.yaml"), new.after.as_bytes());
        let report = workspace.scan(&system).expect("the configuration is right");
        assert!(report.findings.is_empty());
        assert_eq!(report.suppressed[0].1.reason.as_deref(), Some(reason));
    }
}
