//! Links that are computed again are those that computing all of them gives.

use std::sync::Arc;

use graph::{Graph, Link, Numbered, Resource, ResourceId};

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

/// Whether only some links are computed when a text is replaced by another as long.
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
fn what_offers_something_else_changes_links_of_those_who_ask_for_it() {
    check("labels: {app: api}", "labels: {app: web}", true);
    let two = "{name: two, namespace: shop}";
    check(two, "{name: six, namespace: shop}", true);
    check(two, "{name: one, namespace: shop}", true);
    check(two, "{name: two, namespace: home}", true);
    check("{name: one, namespace: shop}", two, true);
}

#[test]
fn what_may_be_anything_to_others_may_change_all_links() {
    check("{name: two, namespace: shop}", "{name: two} ", false);
}

/// Objects that name, select, make and define one another.
const LINKED: &str = "
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: a}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: default, namespace: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec: {template: {metadata: {labels: {app: api}}, spec: {containers: [{name: a, envFrom: [{secretRef: {name: key}}]}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {template: {metadata: {labels: {app: api}}, spec: {serviceAccountName: web, containers: []}}}
---
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop, labels: {app: api}}
spec: {selector: {app: api}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: api, namespace: shop}
spec: {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: a}}, podSelector: {matchLabels: {app: api}}}]}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: api, namespace: shop}
spec: {selector: {matchLabels: {app: api}}}
---
apiVersion: v1
kind: Secret
metadata: {name: key, namespace: shop}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: key, namespace: shop}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec: {volumeClaimTemplates: [{metadata: {name: data}}], template: {metadata: {labels: {app: db}}, spec: {containers: []}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data-db-0, namespace: shop}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: api, namespace: shop}
spec: {selector: {matchLabels: {app: api}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: whole}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: one}}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: part, labels: {part: one}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: whole}
subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
---
apiVersion: example.com/v1
kind: Shop
metadata: {name: one, namespace: shop}
spec: {passwordSecretRef: {name: key}, ref: {apiVersion: v1, kind: Secret, name: key}}
";

/// A graph in which some resources are there.
fn graph_of(all: &[Arc<Resource>], family: &Arc<()>, is_there: &[bool]) -> Graph {
    let ids = (0..).map(ResourceId).zip(all).zip(is_there);
    let present = ids.filter(|(_, is_there)| **is_there);
    let present = present.map(|((id, one), _)| (id, Arc::clone(one)));
    let numbered = Numbered {
        family: Arc::clone(family),
        numbers: all.len(),
        resources: present.collect(),
    };
    Graph::numbered(numbered, true)
}

#[test]
fn links_are_those_of_all_whatever_comes_and_goes() {
    let (_, whole) = testing::linked(LINKED, true);
    let all: Vec<Arc<Resource>> = whole.resources().map(|(_, one)| one.clone()).collect();
    let family = Arc::new(());
    let mut is_there = vec![true; all.len()];
    let mut before = graph_of(&all, &family, &is_there);
    let (known, mut spending) = links(&before);
    before.set_links(known);
    // Each of them goes and comes while each other one is gone.
    let turns = (0..all.len()).flat_map(|other| (0..all.len()).map(move |one| (other, one)));
    for (other, one) in turns {
        for index in [one, other, one, other] {
            is_there[index] = !is_there[index];
            let mut graph = graph_of(&all, &family, &is_there);
            let changed = graph.changed_since(&before).unwrap();
            assert_eq!(changed, [ResourceId(u32::try_from(index).unwrap())]);
            let (mut own, spent) = links_again(&graph, (&before, &spending), &changed).unwrap();
            for (_, links) in &mut own {
                links.sort_by_key(|link| link.node);
            }
            graph.set_links_of(&before, own);
            let mut anew = graph_of(&all, &family, &is_there);
            let (links, _) = links(&anew);
            anew.set_links(links);
            let is_same = all_of(&graph) == all_of(&anew);
            assert!(is_same, "{one} {other} {index}");
            (before, spending) = (graph, spent);
        }
    }
}
