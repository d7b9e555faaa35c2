//! Values to put in the place of another: of every type, and of the sorts of text that Kubernetes knows.

use graph::{Data, NodeId, SmolStr, Tree};

use crate::inputs::value;
use crate::project::Project;

/// The hexadecimal digits of a digest.
const DIGEST: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// Words that Kubernetes knows: of each sort one that is harmless.
const WORDS: &[&str] = &[
    "Always",
    "ClusterIP",
    "Default",
    "Fail",
    "IfNotPresent",
    "NET_BIND_SERVICE",
    "Never",
    "None",
    "RuntimeDefault",
    "gvisor",
    "kernel.shm_rmid_forced",
    "latest",
    "restricted",
];

/// All values that are tried, the simplest first.
pub(crate) fn generated() -> Vec<Tree> {
    let mut texts: Vec<String> = ["true", "false", "''", "null"].map(str::to_owned).to_vec();
    texts.extend(
        [0, 1, 2, 10, 100, 1_000, 8_080, 10_001, 65_534, 1_000_000]
            .map(|number| number.to_string()),
    );
    texts.extend(["'0'", "'1'", "'true'", "'false'"].map(str::to_owned));
    texts.extend(WORDS.iter().map(|word| (*word).to_owned()));
    texts.extend(names());
    texts.extend(images());
    texts.extend(
        [
            "100m",
            "128Mi",
            "1Gi",
            "30s",
            "/",
            "/data",
            "/var/lib/example",
            "'*.example.org'",
            "https://example.org/",
            "192.0.2.0/24",
            "192.0.2.1",
            "v1",
            "apps/v1",
        ]
        .map(str::to_owned),
    );
    texts.iter().map(|text| value(text)).collect()
}

/// Labels and subdomains of RFC 1123.
fn names() -> impl Iterator<Item = String> {
    [
        "a",
        "example",
        "example-1",
        "example.org",
        "example.org/example",
    ]
    .map(str::to_owned)
    .into_iter()
}

/// References to images, the vaguest first.
fn images() -> impl Iterator<Item = String> {
    let name = "registry.example.org/example/app";
    [
        "app".to_owned(),
        name.to_owned(),
        format!("{name}:1.2.3"),
        format!("{name}@sha256:{DIGEST}"),
        format!("{name}:1.2.3@sha256:{DIGEST}"),
    ]
    .into_iter()
}

/// The words of a project by which one resource may mean another, or a part of it: names, and keys of ConfigMaps and Secrets.
pub(crate) fn known_words(project: &Project) -> Vec<Tree> {
    let mut words: Vec<&SmolStr> = Vec::new();
    for (_, resource) in project.graph.resources() {
        let tree = &resource.tree;
        let maps = ["data", "stringData"]
            .into_iter()
            .filter_map(|key| tree.get(NodeId::ROOT, key));
        let keys = maps.flat_map(|map| tree.children(map));
        words.extend(keys.filter_map(|child| Some(&tree.node(child).key.as_ref()?.text)));
        words.extend(Some(&resource.name).filter(|name| !name.is_empty()));
    }
    words.sort();
    words.dedup();
    let tree = |word: &SmolStr| Tree::new(Data::String(word.clone()), project.files[0].span());
    words.into_iter().map(tree).collect()
}
