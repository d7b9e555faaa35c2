//! How many findings there are: one for each place that a person would change, however often it is used.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use analysis::{Finding, NoProgress, Options, Report};
use source::Memory;

const BAD: &str = "resource \"aws_db_instance\" \"this\" {\n  storage_encrypted = false\n}\n";

/// As bad, by a value that comes from the call.
const PASSED: &str = "variable \"encrypted\" {}\n\nresource \"aws_db_instance\" \"this\" {\n  storage_encrypted = var.encrypted\n}\n";

fn scan(files: Vec<(String, String)>) -> Report {
    let options = Options {
        paths: vec![PathBuf::from(".")],
        select: vec!["database-not-encrypted".to_owned()],
        ..Options::default()
    };
    analysis::scan(&Memory::new(files), &options, &NoProgress).expect("any input can be scanned")
}

/// A root with as many calls, each of the folder that is given for its number.
fn calls(count: usize, folder: impl Fn(usize) -> String, argument: &str) -> (String, String) {
    let mut text = String::new();
    for index in 0..count {
        let folder = folder(index);
        let _ = write!(
            text,
            "module \"c{index}\" {{\n  source = \"./{folder}\"\n{argument}}}\n"
        );
    }
    ("main.tf".to_owned(), text)
}

fn module(folder: &str, text: &str) -> (String, String) {
    (format!("{folder}/main.tf"), text.to_owned())
}

/// The instances that a finding names.
fn instances(finding: &Finding) -> BTreeSet<&str> {
    let also = finding.related.iter();
    let also = also.filter_map(|related| related.message.strip_prefix("also in "));
    also.chain([finding.resource.address.as_str()]).collect()
}

/// That there is one finding, which names all instances.
fn check_one(files: Vec<(String, String)>, count: usize) -> String {
    let report = scan(files);
    assert_eq!(report.resources, count);
    let [finding] = report.findings.iter().collect::<Vec<_>>()[..] else {
        panic!("{} findings of {count} instances", report.findings.len());
    };
    assert_eq!(instances(finding).len(), count);
    finding.fingerprint.clone()
}

#[test]
fn as_many_folders_have_as_many_findings() {
    for count in [1, 2, 40] {
        let mut files: Vec<_> = (0..count)
            .map(|index| module(&format!("m{index}"), BAD))
            .collect();
        files.push(calls(count, |index| format!("m{index}"), ""));
        let report = scan(files);
        assert_eq!(report.findings.len(), count);
        let fingerprints = report.findings.iter();
        let fingerprints: BTreeSet<_> = fingerprints.map(|one| &one.fingerprint).collect();
        assert_eq!(fingerprints.len(), count);
    }
}

#[test]
fn many_calls_of_one_folder_have_one_finding() {
    let fingerprints = [1, 2, 40].map(|count| {
        let files = vec![module("m", BAD), calls(count, |_| "m".to_owned(), "")];
        check_one(files, count)
    });
    assert!(fingerprints.iter().all(|one| *one == fingerprints[0]));
}

#[test]
fn one_call_with_many_keys_has_one_finding() {
    let repeated = [
        "  for_each = toset([for n in range(COUNT) : \"k${n}\"])\n",
        "  count = COUNT\n",
    ];
    for argument in repeated {
        for count in [2, 40] {
            let argument = argument.replace("COUNT", &count.to_string());
            let files = vec![module("m", BAD), calls(1, |_| "m".to_owned(), &argument)];
            check_one(files, count);
            let passed = format!("{argument}  encrypted = false\n");
            let files = vec![module("m", PASSED), calls(1, |_| "m".to_owned(), &passed)];
            check_one(files, count);
        }
    }
}

#[test]
fn as_many_calls_that_pass_the_bad_value_have_as_many_findings() {
    let files = vec![
        module("m", PASSED),
        calls(40, |_| "m".to_owned(), "  encrypted = false\n"),
    ];
    assert_eq!(scan(files).findings.len(), 40);
}

#[test]
fn of_very_many_instances_the_rest_is_counted() {
    let files = vec![
        module("m", BAD),
        calls(1, |_| "m".to_owned(), "  count = 100\n"),
    ];
    let report = scan(files);
    let [finding] = report.findings.iter().collect::<Vec<_>>()[..] else {
        panic!("one finding is expected");
    };
    assert_eq!(finding.related.len(), 41);
    let last = finding.related.last().map(|last| last.message.as_str());
    assert_eq!(last, Some("and in 59 more"));
}
