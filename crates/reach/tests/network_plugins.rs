//! What policies of network plugins and meshes leave unknown: each case is a cluster, and questions with their answers.

mod answers;
mod asked;
mod support;
mod worlds;

use answers::{check, shop};
use expect_test::expect;

#[test]
fn policies_of_plugins_make_unknown_what_they_may_change() {
    check(
        &shop("
            object cilium.io/v2 CiliumNetworkPolicy shop/c {endpointSelector: {matchLabels: {app: db}}, ingress: [{fromEndpoints: [{}]}]}
            object projectcalico.org/v3 NetworkPolicy ops/k {selector: all(), types: [Egress]}
        "),
        "
        shop/web shop/db TCP 80
        shop/db shop/web TCP 80
        ops/job shop/web TCP 80
        ",
        &expect![[r#"
            shop/web shop/db TCP 80: unknown, c allow?; what CiliumNetworkPolicy.cilium.io/shop/c does is not computed
            shop/db shop/web TCP 80: allowed
            ops/job shop/web TCP 80: unknown, k allow?; what NetworkPolicy.projectcalico.org/ops/k does is not computed
        "#]],
    );
}

#[test]
fn a_mesh_only_stops_traffic_over_tcp() {
    check(
        &shop("
            object security.istio.io/v1 AuthorizationPolicy shop/deny {selector: {matchLabels: {app: db}}}
            object security.istio.io/v1 AuthorizationPolicy shop/all {selector: {matchLabels: {app: web}}, rules: [{}]}
            object security.istio.io/v1 AuthorizationPolicy shop/audit {action: AUDIT, rules: [{}]}
            object policy.linkerd.io/v1beta3 Server ops/s {podSelector: {matchLabels: {app: job}}, port: 8080}
            policy shop/p {podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: 80}, {port: 80, protocol: UDP}]}]}
        "),
        "
        shop/web shop/db TCP 80
        shop/web shop/db UDP 80
        shop/web shop/db TCP 81
        shop/db shop/web TCP 80
        shop/web ops/job TCP 8080
        shop/web ops/job TCP 8081
        ",
        &expect![[r#"
            shop/web shop/db TCP 80: unknown, p ingress[0] allow, deny deny?; what AuthorizationPolicy.security.istio.io/shop/deny does is not computed
            shop/web shop/db UDP 80: allowed, p ingress[0] allow
            shop/web shop/db TCP 81: denied, p deny, deny deny?
            shop/db shop/web TCP 80: allowed
            shop/web ops/job TCP 8080: unknown, s deny?; what Server.policy.linkerd.io/ops/s does is not computed
            shop/web ops/job TCP 8081: allowed
        "#]],
    );
}

#[test]
fn firewalls_for_egress_are_about_addresses_outside() {
    check(
        &shop(
            "object k8s.ovn.org/v1 EgressFirewall shop/default {egress: [{type: Deny, to: {cidrSelector: 0.0.0.0/0}}]}",
        ),
        "
        shop/web ops/job any
        shop/web internet any
        internet shop/web any
        ",
        &expect![[r#"
            shop/web ops/job any: allowed
            shop/web internet any: unknown, default deny?; what EgressFirewall.k8s.ovn.org/shop/default does is not computed
            internet shop/web any: allowed
        "#]],
    );
}
