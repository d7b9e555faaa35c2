//! The frameworks whose controls checks give evidence for.

use std::collections::{HashMap, HashSet};

use graph::{NodeId, SmolStr};
use source::{FileId, SourceFile};

use crate::library::builtin_texts;

/// The ids of all controls, by framework.
#[derive(Debug)]
pub struct Frameworks {
    controls: HashMap<SmolStr, HashSet<SmolStr>>,
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

    /// Whether a framework has a control; `None` where there is no such framework.
    #[must_use]
    pub fn has(&self, framework: &str, control: &str) -> Option<bool> {
        self.controls
            .get(framework)
            .map(|controls| controls.contains(control))
    }
}

fn controls(text: &str) -> HashSet<SmolStr> {
    let file = SourceFile::new(FileId(u32::MAX), "framework", text);
    let documents = yaml::read(&file, &yaml::Options::default()).documents;
    let Some(tree) = documents.into_iter().next().map(|document| document.tree) else {
        return HashSet::new();
    };
    let Some(map) = tree.get(NodeId::ROOT, "controls") else {
        return HashSet::new();
    };
    tree.children(map)
        .filter_map(|node| Some(tree.node(node).key.as_ref()?.text.clone()))
        .collect()
}
