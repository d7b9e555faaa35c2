//! Checkov: its tests scan a folder and name the verdict of each resource.

use tests::corpora::Line;

use crate::suite::{Inputs, KUBERNETES, Suite, Target};

pub(crate) struct Checkov;

impl Suite for Checkov {
    fn name(&self) -> &'static str {
        "checkov"
    }

    fn subject(&self, line: &Line) -> Option<&'static str> {
        let kind = line.extra["kind"].as_str()?;
        kind.starts_with("kubernetes").then_some(KUBERNETES)
    }

    fn alias(&self, line: &Line) -> String {
        line.check.clone()
    }

    fn inputs(&self, line: &Line) -> Inputs {
        Inputs::complete(&line.path)
    }

    /// A resource is `Kind.namespace.name`.
    fn target(&self, line: &Line) -> Target {
        let mut parts = line.resource.splitn(3, '.');
        match (parts.next(), parts.nth(1)) {
            (Some(kind), Some(name)) => Target::Resource {
                kind: kind.to_owned(),
                name: name.to_owned(),
            },
            _ => Target::File,
        }
    }
}
