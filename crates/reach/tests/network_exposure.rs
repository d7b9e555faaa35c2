//! What the internet reaches: each case is a cluster, and the ways into it.

mod support;
mod worlds;

use expect_test::{Expect, expect};
use reach::network::{Exposure, Network, Options};

/// Shows each way: `POD by DOOR at PORT: verdict`, the objects that lead there, the policies that decide, and doubts.
#[track_caller]
fn check(world: &str, expected: &Expect) {
    let mut graph = support::graph(&worlds::manifests(world));
    kubernetes::link(&mut graph);
    let network = Network::of(&graph, &Options::default());
    let exposures = network.exposures(&graph);
    let name = |id| graph.resource(id).address.clone();
    let show = |way: &Exposure| {
        let port = way.port.map_or("any port".into(), |(protocol, port)| {
            format!("{} {port}", protocol.text())
        });
        let chain: Vec<_> = way
            .chain
            .iter()
            .map(|(id, _)| name(*id).to_string())
            .collect();
        let policies = way
            .reasons
            .iter()
            .map(|reason| format!(", {} {:?}", name(reason.policy), reason.action).to_lowercase());
        let causes = way
            .causes
            .iter()
            .map(|cause| format!("; {}", cause.cause.text()));
        format!(
            "{:?} by {:?} at {port} [{}]{}{}\n",
            way.verdict,
            way.door,
            chain.join(" > "),
            policies.collect::<String>(),
            causes.collect::<String>()
        )
    };
    let shown: String = exposures.iter().map(show).collect();
    expected.assert_eq(&shown);
}

#[test]
fn services_open_ways_by_their_type() {
    check(
        "
        pod a/web {app: web} {containers: [{name: c, image: i, ports: [{name: http, containerPort: 8080}]}]}
        object v1 Service a/balancer {type: LoadBalancer, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80, targetPort: http}, {port: 443, targetPort: 8443}]}
        object v1 Service a/nodes {type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: http}]}
        object v1 Service a/inside {selector: {app: web}, ports: [{port: 80}]}
        object v1 Service a/office {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], selector: {app: web}, ports: [{port: 80}]}
        object v1 Service a/external {selector: {app: web}, externalIPs: [10.1.1.1, 8.8.8.8], ports: [{port: 80}]}
        ",
        &expect![[r#"
            Allowed by LoadBalancer at TCP 8080 [Service/a/balancer > Service/a/balancer > Pod/a/web]
            Allowed by LoadBalancer at TCP 8443 [Service/a/balancer > Service/a/balancer > Pod/a/web]
            Unknown by NodePort at TCP 8080 [Service/a/nodes > Service/a/nodes > Pod/a/web]; whether the internet reaches the nodes is not known
            Unknown by ExternalAddress at TCP 80 [Service/a/external > Service/a/external > Pod/a/web]; whether the address is routed to the nodes is not known
        "#]],
    );
}

#[test]
fn policies_of_the_pod_decide() {
    check(
        "
        pod a/open {app: open}
        pod a/some {app: some}
        pod a/none {app: none}
        object v1 Service a/open {type: LoadBalancer, selector: {app: open}, ports: [{port: 80}]}
        object v1 Service a/some {type: LoadBalancer, externalTrafficPolicy: Local, selector: {app: some}, ports: [{port: 80}, {port: 81}]}
        object v1 Service a/both {type: LoadBalancer, selector: {app: some}, ports: [{port: 80}]}
        object v1 Service a/none {type: LoadBalancer, selector: {app: none}, ports: [{port: 80}]}
        policy a/open {podSelector: {matchLabels: {app: open}}, ingress: [{ports: [{port: 80}]}]}
        policy a/some {podSelector: {matchLabels: {app: some}}, ingress: [{from: [{ipBlock: {cidr: 8.0.0.0/8}}], ports: [{port: 80}]}]}
        policy a/none {podSelector: {matchLabels: {app: none}}}
        ",
        &expect![[r#"
            Allowed by LoadBalancer at TCP 80 [Service/a/open > Service/a/open > Pod/a/open], networkpolicy/a/open allow
            Allowed by LoadBalancer at TCP 80 [Service/a/some > Service/a/some > Pod/a/some], networkpolicy/a/some allow
            Unknown by LoadBalancer at TCP 80 [Service/a/both > Service/a/both > Pod/a/some], networkpolicy/a/some allow; whether the sender or a node is seen at the pod depends on the network
            Denied by LoadBalancer at TCP 81 [Service/a/some > Service/a/some > Pod/a/some], networkpolicy/a/some deny
            Denied by LoadBalancer at TCP 80 [Service/a/none > Service/a/none > Pod/a/none], networkpolicy/a/none deny
        "#]],
    );
}

#[test]
fn ingresses_and_routes_lead_through_controllers() {
    check(
        "
        pod a/web {app: web}
        pod a/shut {app: shut}
        object v1 Service a/web {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}, {name: admin, port: 90}]}
        object v1 Service a/shut {selector: {app: shut}, ports: [{port: 80}]}
        policy a/shut {podSelector: {matchLabels: {app: shut}}}
        object networking.k8s.io/v1 Ingress a/in {rules: [{http: {paths: [{path: /, backend: {service: {name: web, port: {name: http}}}}, {path: /s, backend: {service: {name: shut, port: {number: 80}}}}]}}]}
        object networking.k8s.io/v1 Ingress a/gce {ingressClassName: gce, defaultBackend: {service: {name: web, port: {number: 90}}}}
        object networking.k8s.io/v1 Ingress a/alb {ingressClassName: alb, defaultBackend: {service: {name: web, port: {number: 90}}}}
        object route.openshift.io/v1 Route a/router {to: {kind: Service, name: web}, port: {targetPort: 8080}}
        ",
        &expect![[r#"
            Allowed by Ingress at TCP 90 [Ingress/a/gce > Service/a/web > Pod/a/web]
            Unknown by Ingress at TCP 8080 [Ingress/a/in > Service/a/web > Pod/a/web]; whether the internet reaches the controller is not known
            Unknown by Router at TCP 8080 [Route.route.openshift.io/a/router > Service/a/web > Pod/a/web]; whether the internet reaches the router is not known
            Denied by Ingress at TCP 80 [Ingress/a/in > Service/a/shut > Pod/a/shut], networkpolicy/a/shut deny
        "#]],
    );
}

#[test]
fn gateways_take_routes_and_routes_need_grants() {
    check(
        "
        pod b/web {app: web}
        object v1 Service b/web {selector: {app: web}, ports: [{port: 80}]}
        object gateway.networking.k8s.io/v1 Gateway a/all {listeners: [{allowedRoutes: {namespaces: {from: All}}}]}
        object gateway.networking.k8s.io/v1 Gateway a/same {listeners: [{name: l}]}
        object gateway.networking.k8s.io/v1 HTTPRoute b/taken {parentRefs: [{name: all, namespace: a}], rules: [{backendRefs: [{name: web, port: 80}]}]}
        object gateway.networking.k8s.io/v1 HTTPRoute b/refused {parentRefs: [{name: same, namespace: a}], rules: [{backendRefs: [{name: web, port: 80}]}]}
        object gateway.networking.k8s.io/v1 HTTPRoute a/granted {parentRefs: [{name: same}], rules: [{backendRefs: [{name: web, namespace: b, port: 80}]}]}
        object gateway.networking.k8s.io/v1 TCPRoute a/missing {parentRefs: [{name: same}], rules: [{backendRefs: [{name: web, namespace: b, port: 80}]}]}
        object gateway.networking.k8s.io/v1 ReferenceGrant b/grant {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: a}], to: [{group: '', kind: Service}]}
        ",
        &expect![[r#"
            Unknown by Gateway at TCP 80 [Gateway.gateway.networking.k8s.io/a/all > HTTPRoute.gateway.networking.k8s.io/b/taken > HTTPRoute.gateway.networking.k8s.io/b/taken > Service/b/web > Pod/b/web]; whether the internet reaches the Gateway is not known
            Unknown by Gateway at TCP 80 [Gateway.gateway.networking.k8s.io/a/same > HTTPRoute.gateway.networking.k8s.io/a/granted > HTTPRoute.gateway.networking.k8s.io/a/granted > Service/b/web > Pod/b/web]; whether the internet reaches the Gateway is not known
        "#]],
    );
}

#[test]
fn nodes_lead_to_ports_that_pods_take_of_them() {
    check(
        "
        pod a/port {} {containers: [{name: c, image: i, ports: [{containerPort: 80, hostPort: 8080}, {containerPort: 81}]}]}
        pod a/host {} {hostNetwork: true, containers: [{name: c, image: i, ports: [{containerPort: 80, hostPort: 80}]}]}
        ",
        &expect![[r#"
            Unknown by HostPort at TCP 80 [Pod/a/port]; whether the internet reaches the nodes is not known
            Unknown by HostNetwork at any port [Pod/a/host]; whether the internet reaches the nodes is not known
        "#]],
    );
}
