//! Resources from YAML text, for tests.

use graph::{Facts, Namespace, Resource};
use source::{FileId, SourceFile};

/// A resource whose subject is `thing`. Values with the tag `!unknown` are unknown.
pub(crate) fn resource(text: &str) -> Resource {
    let file = SourceFile::new(FileId(0), "resource.yaml", text);
    let options = yaml::Options {
        placeholder_tags: true,
        ..yaml::Options::default()
    };
    let mut yaml = yaml::read(&file, &options);
    assert!(yaml.problems.is_empty(), "{:?}", yaml.problems);
    Resource {
        address: "Thing/thing".into(),
        api_version: "v1".into(),
        kind: "Thing".into(),
        name: "thing".into(),
        namespace: Namespace::Unset,
        environment: None,
        subjects: vec!["thing".into()],
        conditional: None,
        tree: yaml.documents.remove(0).tree,
        facts: Facts::default(),
        merge_key: |_| None,
    }
}
