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
            object cilium.io/v2 CiliumNetworkPolicy shop/c {endpointSelector: {matchLabels: {app: db}}, ingress: [{fromRequires: [{}]}]}
            object projectcalico.org/v3 NetworkPolicy ops/k {selector: all(), types: [Egress]}
        "),
        "
        shop/web shop/db TCP 80
        shop/db shop/web TCP 80
        ops/job shop/web TCP 80
        ",
        &expect![[r#"
            shop/web shop/db TCP 80: unknown, c ingress[0] allow?, c deny; requirements of Cilium are not computed
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

#[test]
fn policies_of_cilium_are_computed_for_addresses_and_ports() {
    check(
        &shop("
            object cilium.io/v2 CiliumNetworkPolicy shop/own {endpointSelector: {matchLabels: {app: db}}, ingress: [{fromEndpoints: [{}], toPorts: [{ports: [{port: '80', protocol: TCP}]}]}, {fromEndpoints: [{matchLabels: {'k8s:io.kubernetes.pod.namespace': ops, app: job}}], toPorts: [{ports: [{port: '81'}]}]}]}
            object cilium.io/v2 CiliumNetworkPolicy ops/none {endpointSelector: {}, ingress: [{}]}
        "),
        "
        shop/web shop/db TCP 80
        shop/web shop/db UDP 80
        ops/job shop/db TCP 80
        ops/job shop/db UDP 81
        shop/web ops/job TCP 80
        shop/db shop/web TCP 80
        internet shop/db TCP 80
        ",
        &expect![[r#"
            shop/web shop/db TCP 80: allowed, own ingress[0] allow
            shop/web shop/db UDP 80: denied, own deny
            ops/job shop/db TCP 80: denied, own deny
            ops/job shop/db UDP 81: allowed, own ingress[1] allow
            shop/web ops/job TCP 80: denied, none deny
            shop/db shop/web TCP 80: allowed
            internet shop/db TCP 80: denied, own deny
        "#]],
    );
}

#[test]
fn what_cilium_denies_goes_before_what_others_allow() {
    check(
        &shop("
            object cilium.io/v2 CiliumClusterwideNetworkPolicy stop {endpointSelector: {matchLabels: {app: db}}, ingressDeny: [{fromEndpoints: [{matchLabels: {app: web}}]}]}
            policy shop/p {podSelector: {matchLabels: {app: db}}, ingress: [{}]}
            object cilium.io/v2 CiliumNetworkPolicy shop/world {endpointSelector: {matchLabels: {app: web}}, egress: [{toCIDRSet: [{cidr: 10.0.0.0/8, except: [10.1.0.0/16]}]}, {toEntities: [cluster]}]}
        "),
        "
        shop/web shop/db TCP 80
        ops/job shop/db TCP 80
        shop/web 10.2.0.1 TCP 443
        shop/web 10.1.0.1 TCP 443
        shop/web ops/job TCP 80
        ",
        &expect![[r#"
            shop/web shop/db TCP 80: denied, world egress[1] allow, stop ingressDeny[0] deny
            ops/job shop/db TCP 80: allowed, p ingress[0] allow
            shop/web 10.2.0.1 TCP 443: allowed, world egress[0] allow
            shop/web 10.1.0.1 TCP 443: denied, world deny
            shop/web ops/job TCP 80: allowed, world egress[1] allow
        "#]],
    );
}

#[test]
fn entities_and_names_of_cilium_stand_for_addresses_outside() {
    check(
        &shop("
            object cilium.io/v2 CiliumNetworkPolicy shop/a {endpointSelector: {matchLabels: {app: web}}, egress: [{toEntities: [world]}], ingress: [{fromEntities: [all]}]}
            object cilium.io/v2 CiliumNetworkPolicy shop/b {endpointSelector: {matchLabels: {app: db}}, egress: [{toFQDNs: [{matchName: example.org}], toPorts: [{ports: [{port: '443', protocol: TCP}]}]}]}
            object cilium.io/v2 CiliumNetworkPolicy ops/c {endpointSelector: {matchLabels: {app: job}}, enableDefaultDeny: {egress: false}, egress: [{toEntities: [world]}]}
        "),
        "
        shop/web internet TCP 443
        shop/web ops/job TCP 443
        internet shop/web TCP 443
        shop/db internet TCP 443
        shop/db internet TCP 80
        ops/job shop/web TCP 80
        ",
        &expect![[r#"
            shop/web internet TCP 443: allowed, a egress[0] allow
            shop/web ops/job TCP 443: denied, a deny, c allow?
            internet shop/web TCP 443: allowed, a ingress[0] allow
            shop/db internet TCP 443: unknown, b egress[0] allow?, b deny; the addresses behind names are not known
            shop/db internet TCP 80: denied, b deny
            ops/job shop/web TCP 80: unknown, c allow?, a ingress[0] allow; a policy of Cilium that isolates nothing is not computed
        "#]],
    );
}

#[test]
fn policies_of_calico_are_about_the_pods_and_directions_that_they_say() {
    check(
        &shop("
            object projectcalico.org/v3 NetworkPolicy shop/k {selector: app == 'db' && team != 'x', ingress: [{action: Deny}]}
            object projectcalico.org/v3 GlobalNetworkPolicy g {selector: app == \"job\", types: [Egress], egress: [{action: Allow}]}
        "),
        "
        shop/web shop/db TCP 80
        shop/db internet TCP 80
        shop/web ops/job TCP 80
        ops/job internet TCP 80
        ",
        &expect![[r#"
            shop/web shop/db TCP 80: unknown, k allow?; what NetworkPolicy.projectcalico.org/shop/k does is not computed
            shop/db internet TCP 80: allowed
            shop/web ops/job TCP 80: allowed
            ops/job internet TCP 80: unknown, g allow?; what GlobalNetworkPolicy.projectcalico.org/g does is not computed
        "#]],
    );
}

#[test]
fn rules_of_meshes_that_are_only_about_ports_are_certain_about_others() {
    check(
        &shop("
            object security.istio.io/v1 AuthorizationPolicy shop/open {selector: {matchLabels: {app: db}}, rules: [{to: [{operation: {ports: ['80']}}]}, {from: [{source: {namespaces: [ops]}}]}]}
            object security.istio.io/v1 AuthorizationPolicy shop/shut {selector: {matchLabels: {app: web}}, action: DENY, rules: [{to: [{operation: {ports: ['22'], methods: [GET]}}]}]}
            object policy.linkerd.io/v1beta3 Server ops/s {podSelector: {matchLabels: {app: job}}, port: 8080, accessPolicy: all-unauthenticated}
        "),
        "
        shop/web shop/db TCP 80
        shop/web shop/db TCP 81
        shop/db shop/web TCP 22
        shop/db shop/web TCP 80
        shop/web ops/job TCP 8080
        ",
        &expect![[r#"
            shop/web shop/db TCP 80: allowed
            shop/web shop/db TCP 81: unknown, open deny?; what AuthorizationPolicy.security.istio.io/shop/open does is not computed
            shop/db shop/web TCP 22: unknown, shut deny?; what AuthorizationPolicy.security.istio.io/shop/shut does is not computed
            shop/db shop/web TCP 80: allowed
            shop/web ops/job TCP 8080: allowed
        "#]],
    );
}
