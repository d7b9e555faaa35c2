//! Values to put in the place of another: of every type, and of the sorts of text that Kubernetes knows.

use graph::{Data, NodeId, SmolStr, Tree};
use tests::json;

use crate::inputs::value;
use crate::project::Project;

/// As they are written in YAML: truth values, nothing, numbers, and text that looks like one of them.
const PLAIN: &str =
    "true false '' null 0 1 2 10 100 1000 8080 10001 65534 1000000 '0' '1' 'true' 'false'";

/// Words that Kubernetes knows: of each sort one that is harmless.
const WORDS: &str = "Always ClusterIP Default Fail IfNotPresent ImagePolicyWebhook NET_BIND_SERVICE Never None \
     RuntimeDefault gvisor kernel.shm_rmid_forced latest restricted v1 apps/v1";

/// Labels and subdomains of RFC 1123, and a key with a prefix.
const NAMES: &str = "a example example-1 example.org example.org/example";

/// References to images, the vaguest first.
const IMAGES: &str = "app registry.example.org/example/app registry.example.org/example/app:1.2.3 \
     registry.example.org/example/app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef \
     registry.example.org/example/app:1.2.3@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// Quantities, durations, paths, hosts, addresses.
const OTHERS: &str = "100m 128Mi 1Gi 30s / /data /var/lib/example '*.example.org' https://example.org/ 192.0.2.0/24 192.0.2.1";

/// All values that are tried, the simplest first.
pub(crate) fn generated() -> Vec<Tree> {
    let sorts = [PLAIN, WORDS, NAMES, IMAGES, OTHERS];
    let texts = sorts.iter().flat_map(|sort| sort.split_whitespace());
    texts.map(value).collect()
}

/// Arguments like this one, as `--flag=false` for `--flag=true`.
pub(crate) fn arguments(like: Option<&SmolStr>) -> Vec<Tree> {
    let flag = like.and_then(|like| Some(like.split_once('=')?.0));
    let Some(flag) = flag.filter(|flag| flag.starts_with('-')) else {
        return Vec::new();
    };
    let words = [PLAIN, WORDS].into_iter().flat_map(str::split_whitespace);
    words.map(|word| value(&format!("{flag}={word}"))).collect()
}

/// The words of a project by which one resource may mean another, or a part of it: names, and keys of ConfigMaps and Secrets.
pub(crate) fn known_words(project: &Project) -> Vec<Tree> {
    let mut words: Vec<&SmolStr> = Vec::new();
    for (_, resource) in project.graph.resources() {
        let tree = &resource.tree;
        let maps = ["data", "stringData"];
        let maps = maps
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

/// A value as a test tells it.
pub(crate) fn shown(tree: &Tree, node: NodeId) -> String {
    json::value(tree, node).to_string()
}
