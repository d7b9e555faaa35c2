//! Objects that controllers create for other objects.

use std::collections::HashMap;
use std::sync::LazyLock;

use graph::{Namespace, NodeId, Resource, SmolStr};
use smol_str::format_smolstr;

use crate::kinds;
use crate::places::Places;

/// An object that a controller creates.
#[derive(Debug, PartialEq)]
pub(super) struct Created {
    /// The name of its kind.
    pub(super) kind: &'static str,
    pub(super) name: SmolStr,
    pub(super) namespace: Namespace,
}

/// One row of the table.
struct Row {
    kind: &'static str,
    places: Vec<Places>,
    suffixes: Vec<&'static str>,
    has_namespace: bool,
    anywhere: bool,
}

static ROWS: LazyLock<HashMap<&'static str, Vec<Row>>> = LazyLock::new(|| {
    let mut rows: HashMap<&'static str, Vec<Row>> = HashMap::new();
    for line in kinds::rows(include_str!("created.txt")) {
        let (creator, row) = parse(line).expect("a test reads every row of the table");
        rows.entry(creator).or_default().push(row);
    }
    rows
});

/// What cert-manager and its predecessor create for an Ingress or Gateway that asks for a certificate.
const ASKS_FOR_CERTIFICATE: [&str; 3] = [
    "cert-manager.io/issuer",
    "cert-manager.io/cluster-issuer",
    "kubernetes.io/tls-acme",
];

/// The objects that controllers create for this one.
pub(super) fn by(resource: &Resource, kind: &str) -> Vec<Created> {
    let mut found = Vec::new();
    let custom = if kinds::is_served_kind(kind) {
        None
    } else {
        ROWS.get("custom")
    };
    for row in custom.into_iter().chain(ROWS.get(kind)).flatten() {
        row.find(resource, &mut found);
    }
    certificates(resource, kind, &mut found);
    found
}

impl Row {
    fn find(&self, resource: &Resource, found: &mut Vec<Created>) {
        let tree = &resource.tree;
        for places in &self.places {
            let before = found.len();
            places.each(tree, NodeId::ROOT, &mut |node| {
                let Some(name) = tree.as_text(node) else {
                    return;
                };
                let beside = tree
                    .parent(node)
                    .filter(|_| self.has_namespace)
                    .and_then(|map| tree.text(map, "namespace"));
                let namespace = match beside {
                    _ if self.anywhere => Namespace::Unset,
                    Some(namespace) => Namespace::Named(namespace.clone()),
                    None => resource.namespace.clone(),
                };
                let names = self
                    .suffixes
                    .iter()
                    .map(|suffix| format_smolstr!("{name}{suffix}"));
                found.extend(names.map(|name| Created {
                    kind: self.kind,
                    name,
                    namespace: namespace.clone(),
                }));
            });
            if found.len() > before {
                return;
            }
        }
    }
}

fn certificates(resource: &Resource, kind: &str, found: &mut Vec<Created>) {
    let path = match kind {
        "Ingress" => "spec.tls[].secretName",
        "Gateway.gateway.networking.k8s.io" => "spec.listeners[].tls.certificateRefs[].name",
        _ => return,
    };
    let tree = &resource.tree;
    let annotations = tree.at(NodeId::ROOT, &["metadata", "annotations"]);
    let asks = annotations.is_some_and(|map| {
        ASKS_FOR_CERTIFICATE
            .iter()
            .any(|key| tree.get(map, key).is_some())
    });
    let Some(places) = Places::parse(path).filter(|_| asks) else {
        return;
    };
    places.each(tree, NodeId::ROOT, &mut |node| {
        if let Some(name) = tree.as_text(node) {
            found.push(Created {
                kind: "Secret",
                name: name.clone(),
                namespace: resource.namespace.clone(),
            });
        }
    });
}

fn parse(line: &'static str) -> Option<(&'static str, Row)> {
    let mut words = line.split_whitespace();
    let (creator, kind, path) = (words.next()?, words.next()?, words.next()?);
    let mut row = Row {
        kind,
        places: vec![Places::parse(path)?],
        suffixes: vec![""],
        has_namespace: false,
        anywhere: false,
    };
    while let Some(word) = words.next() {
        match word {
            "or" => row.places.push(Places::parse(words.next()?)?),
            "namespace" => row.has_namespace = true,
            "anywhere" => row.anywhere = true,
            _ => row.suffixes = word.strip_prefix("suffix=")?.split(',').collect(),
        }
    }
    Some((creator, row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::is_known_subject;

    #[test]
    fn every_row_of_the_table_is_read_and_names_kinds() {
        let is_kind = |kind: &str| is_known_subject(&format!("kubernetes/{kind}"));
        for line in kinds::rows(include_str!("created.txt")) {
            let (creator, row) = parse(line).unwrap_or_else(|| panic!("{line}"));
            assert!(creator == "custom" || is_kind(creator), "{line}");
            assert!(is_kind(row.kind), "{line}");
        }
    }
}
