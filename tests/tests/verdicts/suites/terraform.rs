//! What three tools say of Terraform. No root sees another, so one scan holds all that a list is about.

use std::path::Path;

use serde_json::Value;
use tests::corpora::{self, Line};

use crate::aliases::Aliases;
use crate::left::Why;
use crate::suite::{Inputs, KUBERNETES, Suite, Target};

/// The lines of a list that are about Terraform.
pub(crate) struct Terraform {
    name: &'static str,
    folder: &'static str,
    /// The provider of a line as the tool names it, where the line is about Terraform.
    provider: fn(&Line) -> Option<&str>,
    inputs: fn(&Line) -> Inputs,
    target: fn(&Line) -> Target,
    left: fn(&Path, &Line, &Aliases) -> Option<Why>,
}

/// Checkov's tests scan folders, or give the text of one block.
pub(crate) const CHECKOV: Terraform = Terraform {
    name: "checkov-terraform",
    folder: "checkov",
    provider: |line| {
        let kind = line.extra["kind"].as_str()?;
        let is_terraform = kind.starts_with("terraform");
        line.check.split('_').nth(1).filter(|_| is_terraform)
    },
    inputs: |line| match line.extra["root"].as_str() {
        Some(root) if Path::new(&line.path).starts_with(root) => Inputs::complete(root),
        _ => Inputs::alone(&line.path),
    },
    target: |line| match &line.extra["lines"] {
        // Objects of Kubernetes go by the addresses that these have.
        Value::Array(lines) if line.check.starts_with("CKV_K8S_") => {
            let [first, last] = [0, 1].map(|index| lines.get(index).and_then(Value::as_u64));
            Target::Lines(first.unwrap_or(0)..=last.unwrap_or(u64::MAX))
        }
        _ => Target::Block(block(&line.resource)),
    },
    left: |_, _, _| None,
};

/// The block that Checkov names: a provider goes by its name and alias, or `default`, such as `aws.default`.
fn block(resource: &str) -> String {
    match resource.split_once('.') {
        Some((provider, "default")) if !provider.contains('_') => format!("provider.{provider}"),
        _ => resource.to_owned(),
    }
}

/// KICS scans the files of a folder one by one. It knows the arguments of some modules by name, while their code is not in the
/// input, and takes what is only read for what is declared.
pub(crate) const KICS: Terraform = Terraform {
    name: "kics-terraform",
    folder: "kics",
    provider: |line| line.extra["provider"].as_str().filter(|_| is_case(line)),
    inputs: |line| Inputs::alone(&line.path),
    target: case,
    left: |folder, line, aliases| match line.resource.split('.').next() {
        Some("module") => Some(Why::ModuleCall),
        Some("provider") => Some(Why::Provider),
        Some("data") => {
            let ty = line.resource.split('.').nth(1).unwrap_or_default();
            let is_judged = aliases.judge(&line.check, &format!("terraform/data.{ty}"));
            (!is_judged).then_some(Why::DataSource)
        }
        // A pass of what nobody looked into says nothing.
        _ => calls_only(&corpora::text(&folder.join(&line.path))).then_some(Why::ModuleCall),
    },
};

/// Whether a file calls modules and declares nothing else that a check judges.
fn calls_only(text: &str) -> bool {
    let has = |block: &str| {
        text.lines()
            .any(|line| line.trim_start().starts_with(block))
    };
    has("module \"") && !has("resource \"") && !has("data \"")
}

/// Trivy's examples have a file each.
pub(crate) const TRIVY: Terraform = Terraform {
    name: "trivy-checks-terraform",
    folder: "trivy-checks",
    provider: |line| line.check.split('-').next().filter(|_| is_case(line)),
    inputs: |line| Inputs::alone(&line.path),
    target: case,
    left: |_, _, _| None,
};

fn is_case(line: &Line) -> bool {
    line.case.starts_with("terraform/")
}

fn case(line: &Line) -> Target {
    match line.resource.as_str() {
        "*" => Target::File,
        address => Target::Case(address.to_owned()),
    }
}

impl Suite for Terraform {
    fn name(&self) -> &'static str {
        self.name
    }

    fn folder(&self) -> &'static str {
        self.folder
    }

    fn subject(&self, line: &Line) -> Option<&'static str> {
        let provider = (self.provider)(line)?.to_ascii_lowercase();
        Some(match provider.as_str() {
            "aws" => "aws",
            "azure" | "azu" => "azure",
            "gcp" => "gcp",
            "k8s" => KUBERNETES,
            _ => "other providers",
        })
    }

    fn alias(&self, line: &Line) -> String {
        line.check.clone()
    }

    fn inputs(&self, line: &Line) -> Inputs {
        (self.inputs)(line)
    }

    fn target(&self, line: &Line) -> Target {
        (self.target)(line)
    }

    fn left(&self, folder: &Path, line: &Line, aliases: &Aliases) -> Option<Why> {
        (self.left)(folder, line, aliases)
    }

    fn scans_at_once(&self) -> bool {
        true
    }
}
