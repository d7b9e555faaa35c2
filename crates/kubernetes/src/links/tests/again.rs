//! Links that are computed again are those that computing all of them gives.

use graph::{Graph, Link, ResourceId};

use crate::links::{links, links_again};
use crate::testing;

const OBJECTS: &str = "
apiVersion: v1
kind: ServiceAccount
metadata: {name: one, namespace: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec: {template: {metadata: {labels: {app: api}}, spec: {serviceAccountName: one, containers: [], hostPID: true}}}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: two, namespace: shop}
";

/// Whether only the links of what changed are computed when a text is replaced by another as long.
#[track_caller]
fn check(old: &str, new: &str, expected: bool) {
    let (_, mut before) = testing::linked(OBJECTS, false);
    let (all, spending) = links(&before);
    before.set_links(all);
    let (_, after) = testing::linked(&OBJECTS.replace(old, new), false);
    let resources = after.resources().map(|(_, resource)| resource.clone());
    let mut graph = Graph::new(resources.collect(), false);
    graph.share(&before);
    let changed = graph.changed_since(&before).unwrap();
    assert_eq!(changed.len(), 1);
    let again = links_again(&graph, (&before, &spending), &changed);
    assert_eq!(again.is_some(), expected);
    if let Some((links, _)) = again {
        graph.set_links_of(&before, links);
        assert_eq!(all_of(&graph), all_of(&after));
    }
}

/// The links from and to all resources.
fn all_of(graph: &Graph) -> Vec<Vec<Link>> {
    let ids = graph.resources().map(|(id, _)| id);
    let of = |id: ResourceId| {
        let to = graph.links_to(id).cloned();
        graph.links_from(id).iter().cloned().chain(to).collect()
    };
    ids.map(of).collect()
}

#[test]
fn what_offers_the_same_changes_no_links_of_others() {
    check("hostPID: true", "hostPID: yes ", true);
    check("serviceAccountName: one", "serviceAccountName: two", true);
    check("selector: {app: api}", "selector: {app: web}", true);
}

#[test]
fn what_offers_something_else_may_change_all_links() {
    check("labels: {app: api}", "labels: {app: web}", false);
    check(
        "{name: two, namespace: shop}",
        "{name: six, namespace: shop}",
        false,
    );
    check(
        "{name: two, namespace: shop}",
        "{name: two, namespace: home}",
        false,
    );
}
