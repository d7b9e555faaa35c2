//! How much of real configurations is known, and why the rest is not.

use std::collections::BTreeMap;
use std::path::Path;

use analysis::{Cause, Content, Fixes, NoProgress, Options};
use source::Disk;
use tests::corpora;

/// Projects of others, and the least share of their attribute values that is known wholly, in percent. Modules that are
/// evaluated for themselves have variables without a value, so what is unknown of them is what their callers decide.
const PROJECTS: [(&str, f64); 7] = [
    ("modules/Azure+terraform-azurerm-aks", 85.0),
    ("modules/terraform-aws-modules+terraform-aws-iam", 90.0),
    (
        "modules/terraform-aws-modules+terraform-aws-s3-bucket",
        74.0,
    ),
    (
        "modules/terraform-aws-modules+terraform-aws-security-group",
        82.0,
    ),
    ("modules/terraform-aws-modules+terraform-aws-vpc", 70.0),
    (
        "modules/terraform-google-modules+terraform-google-network",
        61.0,
    ),
    ("terragoat", 86.0),
];

/// The causes that a value may have: what is in no input, and what Terraform refuses too. Names are left out of them.
const CAUSES: [&str; 10] = [
    "the configuration is wrong here",
    "variable `…` has neither a value nor a default",
    "the provider decides `…` when it applies",
    "`…` is read from the provider",
    "the source of `…` is not in the input",
    "`…` answers differently at each call",
    "`…` is a function of a provider",
    "the file `…` is not in the input",
    "the workspace is not given (`…` gives it)",
    "the number of instances of `…` is unknown",
];

/// What is known of a project.
#[derive(Default)]
struct Tally {
    known: usize,
    partly: usize,
    unknown: usize,
    causes: BTreeMap<String, usize>,
}

impl Tally {
    fn share(&self) -> f64 {
        let all = self.known + self.partly + self.unknown;
        100.0 * self.known as f64 / all.max(1) as f64
    }

    fn add(&mut self, content: &Content) {
        let causes = match content {
            Content::Known(_) | Content::Secret => {
                self.known += 1;
                &[][..]
            }
            Content::Partly(_, causes) => {
                self.partly += 1;
                causes
            }
            Content::Unknown(cause) => {
                self.unknown += 1;
                std::slice::from_ref(cause)
            }
        };
        for cause in causes {
            *self.causes.entry(class(cause)).or_default() += 1;
        }
    }
}

/// A cause without the names in it.
fn class(cause: &Cause) -> String {
    let parts = cause.message.split('`').enumerate();
    let named = parts.map(|(index, part)| if index % 2 == 1 { "…" } else { part });
    named.collect::<Vec<&str>>().join("`")
}

fn tally(folder: &Path) -> Tally {
    let options = Options {
        paths: vec![".".into()],
        directory: folder.to_path_buf(),
        root: Some(folder.to_path_buf()),
        fixes: Fixes::None,
        values: true,
        ..Options::default()
    };
    let report = analysis::scan(&Disk, &options, &NoProgress).expect("the project can be scanned");
    let mut tally = Tally::default();
    let listed = report.listed.iter();
    for listed in listed.filter(|listed| listed.resource.format == "terraform") {
        listed
            .values
            .iter()
            .for_each(|value| tally.add(&value.content));
    }
    tally
}

#[test]
fn nothing_in_real_configurations_is_unknown_for_want_of_support() {
    let mut faults = Vec::new();
    for (project, least) in PROJECTS {
        let Some(folder) = corpora::folder(&format!("terraform/{project}")) else {
            return;
        };
        let tally = tally(&folder);
        corpora::tell(&format!(
            "{project}: {:.1} % of {} attribute values known, {} partly; {:?}",
            tally.share(),
            tally.known + tally.partly + tally.unknown,
            tally.partly,
            tally.causes
        ));
        if tally.share() < least {
            faults.push(format!("{project}: only {:.1} % known", tally.share()));
        }
        let causes = tally.causes.keys();
        let other = causes.filter(|cause| !CAUSES.contains(&cause.as_str()));
        faults.extend(other.map(|cause| format!("{project}: unknown because {cause}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
