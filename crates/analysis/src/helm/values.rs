//! Files of values, each read once for all that is rendered with it.

use std::sync::Arc;

use ::helm::value::Map;
use ::helm::values;
use graph::Tree;
use source::{Problem, SourceFile};

/// A file of values.
pub(super) struct ValuesFile {
    pub(super) file: Arc<SourceFile>,
    /// What it holds; none where that is nothing.
    pub(super) tree: Option<Arc<Tree>>,
    pub(super) comments: Vec<yaml::Comment>,
    pub(super) problems: Vec<Problem>,
}

impl ValuesFile {
    pub(super) fn read(file: Arc<SourceFile>) -> Self {
        let yaml = yaml::read(&file, &yaml::Options::default());
        let document = yaml.documents.into_iter().next();
        let tree = document.map(|document| Arc::new(document.tree));
        let mut problems = yaml.problems;
        let map = tree.as_ref().map(|tree| values::of_tree(tree, &file));
        problems.extend(map.and_then(Result::err));
        Self {
            file,
            tree,
            comments: yaml.comments,
            problems,
        }
    }

    /// The values with their places. They are for one thread only, so each rendering makes its own.
    pub(super) fn map(&self) -> Option<Map> {
        values::of_tree(self.tree.as_ref()?, &self.file).ok()
    }
}
