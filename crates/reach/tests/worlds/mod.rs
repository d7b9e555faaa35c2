//! Clusters for tests of the network, one object a line.

use std::fmt::Write as _;

/// The manifests of a cluster: `namespace NAME LABELS`, `pod NAMESPACE/NAME LABELS [SPEC]`, `deployment …` likewise,
/// `policy NAMESPACE/NAME SPEC`, for the cluster `admin`, `baseline` or `cluster NAME SPEC`, and `object VERSION KIND
/// [NAMESPACE/]NAME SPEC` for any other. Maps are YAML.
pub(crate) fn manifests(world: &str) -> String {
    let mut text = String::new();
    for line in world.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (kind, rest) = line.split_once(' ').expect("test data is well-formed");
        if kind == "object" {
            write_object(&mut text, rest);
            continue;
        }
        let (name, rest) = rest.split_once(' ').unwrap_or((rest, "{}"));
        let (namespace, name) = match name.split_once('/') {
            Some((namespace, name)) => (format!(", namespace: {namespace:?}"), name),
            None => (String::new(), name),
        };
        let (version, kind, rest) = match kind {
            "namespace" => (
                "v1",
                "Namespace",
                format!("metadata: {{name: {name:?}, labels: {rest}}}"),
            ),
            "pod" | "deployment" => workload(kind, name, &namespace, rest),
            "policy" => (
                "networking.k8s.io/v1",
                "NetworkPolicy",
                format!("metadata: {{name: {name:?}{namespace}}}\nspec: {rest}"),
            ),
            "admin" | "baseline" | "cluster" => {
                let kind = match kind {
                    "admin" => "AdminNetworkPolicy",
                    "baseline" => "BaselineAdminNetworkPolicy",
                    _ => "ClusterNetworkPolicy",
                };
                let text = format!("metadata: {{name: {name}}}\nspec: {rest}");
                ("policy.networking.k8s.io/v1alpha1", kind, text)
            }
            other => panic!("{other} is no kind"),
        };
        writeln!(text, "---\napiVersion: {version}\nkind: {kind}\n{rest}")
            .expect("test data is well-formed");
    }
    text
}

fn workload(
    kind: &str,
    name: &str,
    namespace: &str,
    rest: &str,
) -> (&'static str, &'static str, String) {
    let (labels, rest) = map(rest);
    let (spec, _) = map(rest.trim());
    let spec = spec
        .strip_prefix('{')
        .and_then(|spec| spec.strip_suffix('}'));
    let spec = spec.unwrap_or_default();
    let spec = match spec {
        "" => "containers: [{name: c, image: i}]".to_owned(),
        spec if spec.contains("containers") => spec.to_owned(),
        spec => format!("containers: [{{name: c, image: i}}], {spec}"),
    };
    match kind {
        "pod" => (
            "v1",
            "Pod",
            format!("metadata: {{name: {name:?}{namespace}, labels: {labels}}}\nspec: {{{spec}}}"),
        ),
        _ => (
            "apps/v1",
            "Deployment",
            format!(
                "metadata: {{name: {name:?}{namespace}}}\nspec: {{template: {{metadata: {{labels: {labels}}}, spec: {{{spec}}}}}}}"
            ),
        ),
    }
}

fn write_object(text: &mut String, line: &str) {
    let words: Vec<&str> = line.splitn(4, ' ').collect();
    let [version, kind, name, spec] = words[..] else {
        panic!("{line} is no object");
    };
    let (namespace, name) = name.split_once('/').unwrap_or(("", name));
    let namespace = match namespace {
        "" => String::new(),
        namespace => format!(", namespace: {namespace:?}"),
    };
    writeln!(
        text,
        "---\napiVersion: {version}\nkind: {kind}\nmetadata: {{name: {name:?}{namespace}}}\nspec: {spec}"
    )
    .expect("test data is well-formed");
}

/// A map at the beginning of a text, and what stands behind it.
fn map(text: &str) -> (&str, &str) {
    let mut depth = 0;
    for (index, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.split_at(index + 1);
        }
    }
    (text, "")
}
