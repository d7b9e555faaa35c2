//! The changes that cut paths.

use graph::Graph;
use reach::{Cuts, Edit, Party, Paths, cuts};

use super::{graph, manifests, options};

/// The cuts between all pods and the administrator of the cluster.
fn cut(lines: &str) -> (Cuts, Graph) {
    let graph = graph(&manifests(lines));
    let mut paths = Paths::of(&graph, &options());
    let is_pod = |party: &&Party| matches!(party, Party::Pods { .. });
    let starts: Vec<Party> = paths.parties().filter(is_pod).cloned().collect();
    let is_sink = |party: &Party| *party == Party::Everything;
    let mut found = Vec::new();
    for start in &starts {
        found.extend(paths.shortest(std::slice::from_ref(start), &is_sink));
    }
    let cuts = cuts(&graph, &options(), (&starts, &found), &is_sink);
    (cuts, graph)
}

fn edited(graph: &Graph, edit: Edit) -> String {
    match edit {
        Edit::Binding(id) | Edit::Crossing(id) => graph.resource(id).address.to_string(),
        Edit::Escapes(id, _) => format!("escapes of {}", graph.resource(id).address),
        Edit::Token(id, _) => format!("token of {}", graph.resource(id).address),
    }
}

#[test]
fn one_binding_may_cut_what_many_pods_reach() {
    let (cuts, graph) = cut("
        account shop/api
        account shop/admin
        pod a shop: serviceAccountName: api
        pod b shop: serviceAccountName: api
        pod c shop: serviceAccountName: api
        role shop sa:shop/api: create pods
        role cluster sa:shop/admin: all *//*
        namespace shop restricted
    ");
    assert_eq!(cuts.pairs, 3);
    let single: Vec<(String, usize)> = cuts
        .single
        .iter()
        .map(|cut| (edited(&graph, cut.edit), cut.closes))
        .collect();
    assert_eq!(single[0].1, 3, "{single:?}");
    assert_eq!(cuts.all.map(|all| all.len()), Some(1));
    assert!(cuts.is_smallest);
}

#[test]
fn a_way_around_a_cut_is_cut_too() {
    let (cuts, graph) = cut("
        account shop/api
        account shop/admin
        account shop/other
        pod a shop: serviceAccountName: api
        role shop sa:shop/api: create serviceaccounts/token admin
        role shop sa:shop/api: impersonate serviceaccounts other
        role cluster sa:shop/admin: all *//*
        role cluster sa:shop/other: all *//*
    ");
    let all: Vec<String> = cuts
        .all
        .unwrap()
        .into_iter()
        .map(|edit| edited(&graph, edit))
        .collect();
    assert_eq!(all, ["token of Deployment/shop/a"]);
    let closed = |edit: &str| {
        cuts.single
            .iter()
            .any(|cut| edited(&graph, cut.edit) == edit)
    };
    assert!(!closed("RoleBinding/shop/r5"));
}
