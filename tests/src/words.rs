//! Scalars to put in the place of others, as they are written in YAML: of every type, and of the sorts of text that Kubernetes
//! knows.

/// As they are written in YAML: truth values, nothing, numbers, and text that looks like one of them.
const PLAIN: &str =
    "true false '' null 0 1 2 10 100 1000 8080 10001 65534 1000000 '0' '1' 'true' 'false'";

/// Words that Kubernetes knows: of each sort one that is harmless.
const WORDS: &str = "Always ClusterIP Default Fail IfNotPresent ImagePolicyWebhook NET_BIND_SERVICE Never None \
     RuntimeDefault gvisor hook-succeeded kernel.shm_rmid_forced latest restricted v1 apps/v1";

/// Labels and subdomains of RFC 1123, and a key with a prefix.
const NAMES: &str = "a example example-1 example.org example.org/example";

/// References to images, the vaguest first.
const IMAGES: &str = "app registry.example.org/example/app registry.example.org/example/app:1.2.3 \
     registry.example.org/example/app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef \
     registry.example.org/example/app:1.2.3@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// Quantities, durations, paths, hosts, addresses.
const OTHERS: &str = "100m 128Mi 1Gi 30s / /data /var/lib/example '*.example.org' https://example.org/ 192.0.2.0/24 192.0.2.1";

/// All of them, the simplest first.
pub fn all() -> impl Iterator<Item = &'static str> {
    let sorts = [PLAIN, WORDS, NAMES, IMAGES, OTHERS];
    sorts.into_iter().flat_map(str::split_whitespace)
}

/// Those of every type, and words that Kubernetes knows.
pub fn of_kubernetes() -> impl Iterator<Item = &'static str> {
    [PLAIN, WORDS].into_iter().flat_map(str::split_whitespace)
}
