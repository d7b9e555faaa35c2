//! SARIF 2.1.0, as GitHub code scanning accepts it.
//!
//! Section numbers are those of the standard (docs.oasis-open.org/sarif/sarif/v2.1.0). What GitHub reads of it is said in its
//! page "SARIF support for code scanning".

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::path::{Component, Path};

use analysis::{Finding, ProposedFix, Related, Report, Status, Suppression};
use check::{Check, Severity};
use serde_json::{Value, json};
use source::{Level, Place, Problem, Sources, Span};

use super::harmless;
use super::location::Location;
use super::text::flat;
use crate::error::Error;
use crate::page;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The name of the folder that all relative paths start from: the usual one of a checkout's root.
const BASE: &str = "%SRCROOT%";
/// Our key among the partial fingerprints. `primaryLocationLineHash` is left to GitHub's upload action, which computes it from
/// the text and warns of any other value.
pub(super) const FINGERPRINT: &str = "scantling/v1";

/// Writes a report.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> Result<(), Error> {
    harmless::write(&run(report), "sarif", out)
}

/// A log of one run.
pub(super) fn log(
    rules: &[Value],
    invocation: &Value,
    results: &[Value],
    properties: &Value,
) -> Value {
    let run = json!({
        "tool": { "driver": {
            "name": env!("CARGO_PKG_NAME"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        } },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": { BASE: { "description": { "text": "The folder that the run was started in." } } },
        "invocations": [invocation],
        "results": results,
        "properties": properties,
    });
    json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] })
}

fn run(report: &Report) -> Value {
    let rules = Rules::of(report);
    let shown = report.findings.iter().map(|finding| (finding, None));
    let hidden = report
        .suppressed
        .iter()
        .map(|(finding, suppression)| (finding, Some(suppression)));
    let writer = Writer {
        report,
        rules: &rules,
    };
    let results: Vec<Value> = shown
        .chain(hidden)
        .map(|(finding, hidden)| writer.result(finding, hidden))
        .collect();
    let (rules, invocation) = (rules.descriptors(), invocation(report));
    log(&rules, &invocation, &results, &properties(report))
}

pub(super) fn invocation(report: &Report) -> Value {
    let notifications: Vec<Value> = report
        .problems
        .iter()
        .map(|problem| notification(problem, &report.sources))
        .collect();
    json!({ "executionSuccessful": true, "toolExecutionNotifications": notifications })
}

fn notification(problem: &Problem, sources: &Sources) -> Value {
    let level = match problem.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Notice => "note",
    };
    let physical = match &problem.place {
        Place::Span(span) => physical(*span, sources),
        Place::Path(path) => json!({ "artifactLocation": artifact(path) }),
    };
    let mut text = flat(&problem.message);
    if let Some(help) = &problem.help {
        let _ = write!(text, "; {}", flat(help));
    }
    json!({
        "level": level,
        "descriptor": { "id": problem.code },
        "message": { "text": text },
        "locations": [{ "physicalLocation": physical }],
    })
}

fn properties(report: &Report) -> Value {
    let count = |status: Status| report.count(status);
    json!({
        "kubernetesVersion": report.kubernetes_version,
        "resources": report.resources,
        "unknown": report.unknown(),
        "inputs": {
            "scanned": count(Status::Scanned),
            "partial": count(Status::Partial),
            "failed": count(Status::Failed),
            "skipped": count(Status::Skipped),
        },
    })
}

/// The checks that found something, by id, each with its highest severity in this run.
struct Rules<'a>(BTreeMap<&'a str, (&'a Check, Severity)>);

impl<'a> Rules<'a> {
    fn of(report: &'a Report) -> Self {
        let mut rules: BTreeMap<&str, (&Check, Severity)> = BTreeMap::new();
        let suppressed = report.suppressed.iter().map(|(finding, _)| finding);
        for finding in report.findings.iter().chain(suppressed) {
            let rule = rules
                .entry(&finding.check.id)
                .or_insert((&finding.check, finding.severity));
            rule.1 = rule.1.max(finding.severity);
        }
        Self(rules)
    }

    fn index(&self, id: &str) -> usize {
        self.0.range(..id).count()
    }

    fn descriptors(&self) -> Vec<Value> {
        self.0
            .values()
            .map(|(check, severity)| descriptor(check, *severity))
            .collect()
    }
}

fn descriptor(check: &Check, severity: Severity) -> Value {
    let mut properties = json!({
        "tags": tags(check),
        "precision": "high",
        "problem.severity": problem_severity(severity),
    });
    if let Some(score) = security_severity(severity) {
        properties["security-severity"] = json!(score);
    }
    let mut rule = json!({
        "id": check.id,
        "name": pascal_case(&check.id),
        "shortDescription": { "text": check.title },
        "fullDescription": { "text": check.why.trim() },
        "help": { "text": page::plain(check), "markdown": page::markdown(check) },
        "defaultConfiguration": { "level": level(severity) },
        "properties": properties,
    });
    if let Some(reference) = check.references.first() {
        rule["helpUri"] = json!(reference);
    }
    rule
}

/// GitHub takes at most 20 tags for a rule.
fn tags(check: &Check) -> Vec<&str> {
    let fixed = ["security", check.subject.as_str(), check.principle.as_str()];
    fixed
        .into_iter()
        .chain(check.threats.iter().map(smol_str::SmolStr::as_str))
        .take(20)
        .collect()
}

/// GitHub's number for a severity: above 9.0 is critical, from 7.0 high, from 4.0 medium, and anything else above 0 low.
fn security_severity(severity: Severity) -> Option<&'static str> {
    match severity {
        Severity::Critical => Some("9.5"),
        Severity::High => Some("8.0"),
        Severity::Medium => Some("5.5"),
        Severity::Low => Some("2.0"),
        Severity::Info => None,
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}

fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "recommendation",
    }
}

/// The form that the standard asks of a rule's name (3.49.7).
pub(super) fn pascal_case(id: &str) -> String {
    id.split('-')
        .map(|word| word[..1.min(word.len())].to_uppercase() + word.get(1..).unwrap_or_default())
        .collect()
}

struct Writer<'a> {
    report: &'a Report,
    rules: &'a Rules<'a>,
}

impl Writer<'_> {
    fn result(&self, finding: &Finding, suppression: Option<&Suppression>) -> Value {
        let sources = &self.report.sources;
        let mut result = json!({
            "ruleId": finding.check.id,
            "ruleIndex": self.rules.index(&finding.check.id),
            "level": level(finding.severity),
            "message": { "text": flat(&finding.message) },
            "locations": [{
                "physicalLocation": physical(finding.span, sources),
                "logicalLocations": [logical(finding)],
            }],
            "partialFingerprints": { FINGERPRINT: finding.fingerprint },
            "properties": {
                "severity": finding.severity.text(),
                "path": finding.path,
                "environments": finding.environments,
                "conditional": finding.conditional,
            },
        });
        if let Some(presence) = finding.presence {
            result["properties"]["presence"] = json!(presence.word());
        }
        if !finding.related.is_empty() {
            let related = finding.related.iter().enumerate();
            result["relatedLocations"] = related
                .map(|(id, place)| related_location(id, place, sources))
                .collect();
        }
        let fixes: Vec<Value> = finding
            .fixes
            .iter()
            .filter(|fix| fix.proven)
            .map(|fix| fix_value(fix, sources))
            .collect();
        if !fixes.is_empty() {
            result["fixes"] = fixes.into();
        }
        // Either no result of a run has the property or all do (3.27.23).
        if !self.report.suppressed.is_empty() {
            let suppressions =
                suppression.map(|suppression| suppression_value(finding, suppression, sources));
            result["suppressions"] = suppressions.into_iter().collect();
        }
        result
    }
}

fn logical(finding: &Finding) -> Value {
    json!({
        "name": finding.resource.name,
        "fullyQualifiedName": finding.resource.address,
        "kind": "resource",
    })
}

fn related_location(id: usize, related: &Related, sources: &Sources) -> Value {
    json!({
        "id": id + 1,
        "physicalLocation": physical(related.span, sources),
        "message": { "text": flat(&related.message) },
    })
}

fn fix_value(fix: &ProposedFix, sources: &Sources) -> Value {
    let mut files: BTreeMap<_, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        let mut replacement = json!({ "deletedRegion": region(edit.span, sources) });
        if !edit.text.is_empty() {
            replacement["insertedContent"] = json!({ "text": edit.text });
        }
        files
            .entry(sources.path(edit.span.file))
            .or_default()
            .push(replacement);
    }
    let change = |(path, replacements): (_, Vec<Value>)| json!({ "artifactLocation": artifact(Path::new(&path)), "replacements": replacements });
    let changes: Vec<Value> = files.into_iter().map(change).collect();
    json!({ "description": { "text": flat(&fix.title) }, "artifactChanges": changes })
}

fn suppression_value(finding: &Finding, suppression: &Suppression, sources: &Sources) -> Value {
    let in_source = suppression.span.filter(|span| {
        span.file == finding.span.file || sources.path(span.file) == finding.resource.file
    });
    let mut value = json!({ "kind": if in_source.is_some() { "inSource" } else { "external" } });
    if let Some(reason) = &suppression.reason {
        value["justification"] = json!(flat(reason));
    }
    if let Some(span) = suppression.span {
        value["location"] = json!({ "physicalLocation": physical(span, sources) });
    }
    value["properties"] = json!({ "tool": suppression.tool });
    value
}

pub(super) fn physical(span: Span, sources: &Sources) -> Value {
    json!({ "artifactLocation": artifact(&sources.path(span.file)), "region": region(span, sources) })
}

fn region(span: Span, sources: &Sources) -> Value {
    let location = Location::of(span, sources);
    json!({
        "startLine": location.start.line,
        "startColumn": location.start.column,
        "endLine": location.end.line,
        "endColumn": location.end.column,
    })
}

fn artifact(path: &Path) -> Value {
    let uri = uri(path);
    if path.is_absolute() {
        json!({ "uri": uri })
    } else {
        json!({ "uri": uri, "uriBaseId": BASE })
    }
}

/// A path as a URI reference: relative as it is, absolute with the scheme `file`. GitHub refuses a whole upload for one URI that
/// it does not understand.
fn uri(path: &Path) -> String {
    let names = path.components().filter_map(|component| match component {
        Component::CurDir => None,
        Component::RootDir => Some(String::new()),
        component => Some(percent_encoded(component.as_os_str().as_encoded_bytes())),
    });
    let joined = names.collect::<Vec<String>>().join("/");
    if path.is_absolute() {
        format!("file://{joined}")
    } else {
        joined
    }
}

/// Encodes everything but the unreserved characters of RFC 3986, section 2.3.
fn percent_encoded(name: &[u8]) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(*byte));
            }
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uri_references() {
        let cases = [
            ("deploy/api.yaml", "deploy/api.yaml"),
            ("./a b/ü#1.yaml", "a%20b/%C3%BC%231.yaml"),
            ("c:d/%.yaml", "c%3Ad/%25.yaml"),
            ("../x", "../x"),
            ("/etc/a?", "file:///etc/a%3F"),
            ("<stdin>", "%3Cstdin%3E"),
        ];
        for (path, expected) in cases {
            assert_eq!(uri(Path::new(path)), expected);
        }
    }

    #[test]
    fn rule_names_are_pascal_case() {
        assert_eq!(pascal_case("privileged-container"), "PrivilegedContainer");
        assert_eq!(pascal_case(""), "");
    }
}
