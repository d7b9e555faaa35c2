//! The frameworks whose controls checks give evidence for.

use std::collections::{BTreeMap, BTreeSet};

use graph::{NodeId, SmolStr};
use source::{FileId, SourceFile};

use crate::library::builtin_texts;

/// The ids of all controls, by framework.
#[derive(Debug)]
pub struct Frameworks {
    controls: BTreeMap<SmolStr, BTreeSet<SmolStr>>,
}

impl Frameworks {
    /// The frameworks that are part of the program: `checks/frameworks/*.yaml`.
    #[must_use]
    pub fn builtin() -> Self {
        let frameworks = builtin_texts("frameworks").filter_map(|(path, text)| {
            let stem = path.strip_prefix("frameworks/")?.strip_suffix(".yaml")?;
            Some((stem.into(), controls(text)))
        });
        Self {
            controls: frameworks.collect(),
        }
    }

    /// The frameworks, by the stems of their files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.controls.keys().map(SmolStr::as_str)
    }

    /// The controls of a framework; `None` where there is no such framework.
    #[must_use]
    pub fn controls(&self, framework: &str) -> Option<&BTreeSet<SmolStr>> {
        self.controls.get(framework)
    }
}

fn controls(text: &str) -> BTreeSet<SmolStr> {
    let file = SourceFile::new(FileId(u32::MAX), "framework", text);
    let documents = yaml::read(&file, &yaml::Options::default()).documents;
    let Some(tree) = documents.into_iter().next().map(|document| document.tree) else {
        return BTreeSet::new();
    };
    let Some(map) = tree.get(NodeId::ROOT, "controls") else {
        return BTreeSet::new();
    };
    tree.children(map)
        .filter_map(|node| Some(tree.node(node).key.as_ref()?.text.clone()))
        .collect()
}
