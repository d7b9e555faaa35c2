//! What NetworkPolicies let through: each case is a cluster, and questions with their answers.

mod answers;
mod asked;
mod support;
mod worlds;

use answers::{check, check_with, shop};
use expect_test::expect;
use reach::network::Options;

#[test]
fn pods_that_no_policy_selects_talk_to_all() {
    check(
        &shop("policy shop/p {podSelector: {matchLabels: {app: other}}}"),
        "
        shop/web shop/db TCP 80
        ops/job shop/db any
        internet shop/db any
        shop/web internet any
        ",
        &expect![[r#"
            shop/web shop/db TCP 80: allowed
            ops/job shop/db any: allowed
            internet shop/db any: allowed
            shop/web internet any: allowed
        "#]],
    );
}

#[test]
fn an_isolated_pod_needs_a_rule() {
    check(
        &shop("
            policy shop/p {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]}
        "),
        "
        shop/web shop/db TCP 5432
        shop/web shop/db UDP 5432
        shop/web shop/db TCP 80
        shop/web shop/db any
        ops/job shop/db TCP 5432
        shop/db ops/job any
        shop/db shop/db TCP 1
        internet shop/db any
        shop/* shop/db any
        ",
        &expect![[r#"
            shop/web shop/db TCP 5432: allowed, p ingress[0] allow
            shop/web shop/db UDP 5432: denied, p deny
            shop/web shop/db TCP 80: denied, p deny
            shop/web shop/db any: allowed partly, p ingress[0] allow
            ops/job shop/db TCP 5432: denied, p deny
            shop/db ops/job any: allowed
            shop/db shop/db TCP 1: allowed
            internet shop/db any: denied, p deny
            shop/* shop/db any: allowed partly, p ingress[0] allow
        "#]],
    );
}

#[test]
fn both_ends_must_let_traffic_through() {
    check(
        &shop("
            policy shop/out {podSelector: {}, policyTypes: [Egress], egress: [{to: [{podSelector: {}}]}]}
            policy shop/in {podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: 5432}]}]}
        "),
        "
        shop/web shop/db TCP 5432
        shop/web shop/db TCP 80
        shop/web ops/job TCP 80
        ops/job shop/db TCP 5432
        ",
        &expect![[r#"
            shop/web shop/db TCP 5432: allowed, out egress[0] allow, in ingress[0] allow
            shop/web shop/db TCP 80: denied, out egress[0] allow, in deny
            shop/web ops/job TCP 80: denied, out deny
            ops/job shop/db TCP 5432: allowed, in ingress[0] allow
        "#]],
    );
}

#[test]
fn empty_and_missing_lists_are_not_the_same() {
    check(
        "
        pod a/deny {p: deny}
        pod a/all {p: all}
        pod a/out {p: out}
        pod a/none {p: none}
        pod a/outrule {p: outrule}
        pod b/x {}
        policy a/1 {podSelector: {matchLabels: {p: deny}}, ingress: []}
        policy a/2 {podSelector: {matchLabels: {p: all}}, ingress: [{}]}
        policy a/3 {podSelector: {matchLabels: {p: out}}, egress: []}
        policy a/4 {podSelector: {matchLabels: {p: none}}, policyTypes: [Ingress, Egress], ingress: [{from: [], ports: []}]}
        policy a/5 {podSelector: {matchLabels: {p: outrule}}, egress: [{ports: [{protocol: UDP}]}]}
        ",
        "
        b/x a/deny any
        b/x a/all any
        a/out b/x any
        b/x a/out any
        a/none b/x any
        b/x a/none any
        a/outrule b/x UDP 53
        a/outrule b/x TCP 53
        ",
        &expect![[r#"
            b/x a/deny any: denied, 1 deny
            b/x a/all any: allowed, 2 ingress[0] allow
            a/out b/x any: allowed
            b/x a/out any: denied, 3 deny
            a/none b/x any: denied, 4 deny
            b/x a/none any: allowed, 4 ingress[0] allow
            a/outrule b/x UDP 53: allowed, 5 egress[0] allow
            a/outrule b/x TCP 53: denied, 5 deny
        "#]],
    );
}

#[test]
fn selectors_of_namespaces_and_pods_in_one_peer_must_both_match() {
    check(
        "
        namespace a {team: a}
        namespace b {team: b}
        pod a/x {app: x}
        pod b/x {app: x}
        pod b/y {app: yy}
        pod c/x {app: x}
        pod t/both {p: both}
        pod t/either {p: either}
        pod t/named {p: named}
        pod t/all {p: all}
        policy t/both {podSelector: {matchLabels: {p: both}}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: b}}, podSelector: {matchLabels: {app: x}}}]}]}
        policy t/either {podSelector: {matchLabels: {p: either}}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: b}}}, {podSelector: {matchLabels: {app: x}}}]}]}
        policy t/named {podSelector: {matchLabels: {p: named}}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: c}}}]}]}
        policy t/all {podSelector: {matchLabels: {p: all}}, ingress: [{from: [{namespaceSelector: {}}]}]}
        ",
        "
        a/x t/both any
        b/x t/both any
        b/y t/both any
        a/x t/either any
        b/y t/either any
        b/x t/named any
        c/x t/named any
        c/x t/all any
        internet t/all any
        ",
        &expect![[r#"
            a/x t/both any: denied, both deny
            b/x t/both any: allowed, both ingress[0] allow
            b/y t/both any: denied, both deny
            a/x t/either any: denied, either deny
            b/y t/either any: allowed, either ingress[0] allow
            b/x t/named any: denied, named deny
            c/x t/named any: allowed, named ingress[0] allow
            c/x t/all any: allowed, all ingress[0] allow
            internet t/all any: denied, all deny
        "#]],
    );
}

#[test]
fn ports_are_numbers_ranges_and_names() {
    check(
        "
        pod a/x {}
        pod b/one {app: s} {containers: [{name: c, image: i, ports: [{name: web, containerPort: 8080}, {name: web2, containerPort: 53, protocol: UDP}]}]}
        pod b/two {app: s} {containers: [{name: c, image: i, ports: [{name: web, containerPort: 9090}]}], initContainers: [{name: s, image: i, restartPolicy: Always, ports: [{name: web3, containerPort: 15020}]}]}
        pod b/three {app: s}
        policy b/in {podSelector: {}, ingress: [{ports: [{port: web}, {port: web2, protocol: UDP}, {port: web3}, {port: 1000, endPort: 2000, protocol: SCTP}]}]}
        policy a/out {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: web}]}, {ports: [{protocol: SCTP}]}]}
        ",
        "
        a/x b/one TCP 8080
        a/x b/two TCP 8080
        a/x b/two TCP 9090
        a/x b/three any
        a/x b/one SCTP 1000
        a/x b/one SCTP 2001
        a/x b/one UDP 53
        internet b/one UDP 53
        internet b/two TCP 15020
        a/x internet TCP 8080
        a/x internet SCTP 7
        ",
        &expect![[r#"
            a/x b/one TCP 8080: allowed, out egress[0] allow, in ingress[0] allow
            a/x b/two TCP 8080: denied, out deny, in deny
            a/x b/two TCP 9090: allowed, out egress[0] allow, in ingress[0] allow
            a/x b/three any: allowed partly, out egress[1] allow, in ingress[0] allow
            a/x b/one SCTP 1000: allowed, out egress[1] allow, in ingress[0] allow
            a/x b/one SCTP 2001: denied, out egress[1] allow, in deny
            a/x b/one UDP 53: denied, out deny, in ingress[0] allow
            internet b/one UDP 53: allowed, in ingress[0] allow
            internet b/two TCP 15020: allowed, in ingress[0] allow
            a/x internet TCP 8080: denied, out deny
            a/x internet SCTP 7: allowed, out egress[1] allow
        "#]],
    );
}

#[test]
fn blocks_hold_addresses_but_for_their_exceptions() {
    check(
        "
        pod a/x {app: x}
        pod a/y {app: yy}
        pod b/z {}
        policy a/in {podSelector: {matchLabels: {app: x}}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.128/25]}}]}]}
        policy a/out {podSelector: {matchLabels: {app: yy}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}}, {ipBlock: {cidr: '::/0'}}]}]}
        ",
        "
        203.0.113.7 a/x any
        203.0.113.200 a/x any
        203.0.113.0/24 a/x any
        internet a/x any
        10.0.0.1 a/x any
        a/y 169.254.169.254 TCP 80
        a/y 169.254.0.0/16 TCP 80
        a/y internet any
        a/y 2606:4700::1 TCP 443
        a/y b/z any
        b/z a/x any
        ",
        &expect![[r#"
            203.0.113.7 a/x any: allowed, in ingress[0] allow
            203.0.113.200 a/x any: denied, in deny
            203.0.113.0/24 a/x any: allowed partly, in ingress[0] allow
            internet a/x any: allowed partly, in ingress[0] allow
            10.0.0.1 a/x any: denied, in deny
            a/y 169.254.169.254 TCP 80: denied, out deny
            a/y 169.254.0.0/16 TCP 80: allowed partly, out egress[0] allow
            a/y internet any: allowed, out egress[0] allow
            a/y 2606:4700::1 TCP 443: allowed, out egress[0] allow
            a/y b/z any: unknown, out egress[0] allow?, out deny; network plugins differ over whether blocks of addresses mean pods
            b/z a/x any: denied, in deny
        "#]],
    );
}

#[test]
fn plugins_may_take_blocks_for_pods() {
    let world = "
        pod a/y {app: yy}
        pod b/z {}
        policy a/all {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}
        policy a/far {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 1.2.3.0/24}}], ports: [{port: 1}]}]}
    ";
    let v4 = ["10.0.0.0/8"]
        .map(|text| reach::network::Block::read(text).expect("test data is well-formed"));
    for (means, expected) in [
        (
            Some(true),
            expect![[r#"
            a/y b/z any: allowed, all egress[0] allow
        "#]],
        ),
        (
            Some(false),
            expect![[r#"
            a/y b/z any: denied, all deny, far deny
        "#]],
        ),
        (
            None,
            expect![[r#"
            a/y b/z any: unknown, all egress[0] allow?, all deny, far deny; network plugins differ over whether blocks of addresses mean pods
        "#]],
        ),
    ] {
        let options = Options {
            blocks_mean_pods: means,
            pod_networks: v4.to_vec(),
            ..Options::default()
        };
        check_with(&options, world, "a/y b/z any", &expected);
    }
}

#[test]
fn pods_on_the_network_of_their_node_are_out_of_reach_for_selectors() {
    check(
        "
        pod a/agent {app: agent} {hostNetwork: true}
        pod a/db {app: db}
        pod a/web {app: web}
        policy a/deny {podSelector: {}, policyTypes: [Ingress, Egress]}
        policy a/in {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: agent}}}]}]}
        ",
        "
        internet a/agent any
        a/web a/agent any
        a/agent a/db any
        a/agent internet any
        ",
        &expect![[r#"
            internet a/agent any: allowed
            a/web a/agent any: unknown, deny deny; a node always reaches its own pods, and this may be its own
            a/agent a/db any: unknown, deny deny, in deny; a node always reaches its own pods, and this may be its own
            a/agent internet any: allowed
        "#]],
    );
}

#[test]
fn a_pod_reaches_itself_but_its_replicas_need_a_rule() {
    check(
        "
        pod a/one {}
        deployment a/many {}
        policy a/deny {podSelector: {}, policyTypes: [Ingress, Egress]}
        ",
        "
        a/one a/one any
        a/many a/many any
        ",
        &expect![[r#"
            a/one a/one any: allowed
            a/many a/many any: denied, deny deny, deny deny
        "#]],
    );
}

#[test]
fn what_is_not_known_is_told_with_its_cause() {
    check(
        "
        namespace open {team: '?'}
        pod a/label {app: '?'}
        pod a/plain {app: x}
        pod a/port {app: port} {containers: [{name: c, image: i, ports: ['...']}]}
        pod a/host {app: host} {hostNetwork: '?'}
        pod open/x {}
        pod b/types {}
        pod c/rules {}
        pod d/all {}
        policy a/sel {podSelector: {matchLabels: {app: gold}}, ingress: []}
        policy a/named {podSelector: {matchLabels: {app: port}}, ingress: [{ports: [{port: web}]}]}
        policy a/host {podSelector: {matchLabels: {app: host}}, ingress: []}
        policy b/types {podSelector: {}, policyTypes: ['?']}
        policy c/rules {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: t}}}]}, '...']}
        policy d/all {podSelector: {matchLabels: {app: '?'}}, ingress: [{}]}
        ",
        "
        open/x a/label any
        open/x a/plain any
        open/x a/port TCP 80
        open/x a/port UDP 80
        internet a/host any
        open/x b/types any
        open/x c/rules any
        a/plain c/rules any
        open/x d/all any
        ",
        &expect![[r#"
            open/x a/label any: unknown, sel deny?, named deny?, host deny?; a value is open
            open/x a/plain any: allowed
            open/x a/port TCP 80: unknown, named ingress[0] allow?, named deny; the list is open
            open/x a/port UDP 80: denied, named deny
            internet a/host any: unknown, host deny?; a value is open
            open/x b/types any: unknown, types deny?; a value is open
            open/x c/rules any: unknown, rules ingress[0] allow?, rules spec allow?, rules deny; a value is open; the list is open
            a/plain c/rules any: unknown, rules spec allow?, rules deny; the list is open
            open/x d/all any: allowed
        "#]],
    );
}

#[test]
fn what_the_api_server_refuses_is_not_guessed() {
    check(
        "
        pod a/x {}
        pod b/x {}
        pod c/x {}
        policy a/cidr {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/99}}]}]}
        policy b/peer {podSelector: {}, ingress: [{from: [{}]}]}
        policy c/port {podSelector: {}, ingress: [{ports: [{port: 70000}, {port: 80}]}]}
        ",
        "
        internet a/x any
        a/x b/x any
        a/x c/x TCP 80
        a/x c/x TCP 81
        a/x c/x UDP 81
        ",
        &expect![[r#"
            internet a/x any: unknown, cidr ingress[0] allow?, cidr deny; the API server refuses what is written
            a/x b/x any: unknown, peer ingress[0] allow?, peer deny; the API server refuses what is written
            a/x c/x TCP 80: allowed, port ingress[0] allow
            a/x c/x TCP 81: unknown, port ingress[0] allow?, port deny; the API server refuses what is written
            a/x c/x UDP 81: denied, port deny
        "#]],
    );
}

#[test]
fn a_namespace_that_nobody_wrote_may_be_any() {
    check(
        "
        pod a {app: a}
        pod n/b {app: b}
        policy p {podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}
        ",
        "
        n/b ?/a any
        ?/a n/b any
        internet ?/a any
        internet n/b any
        ",
        &expect![[r#"
            n/b ?/a any: unknown, p ingress[0] allow?, p deny; whoever applies it chooses the namespace
            ?/a n/b any: allowed, p ingress[0] allow?, p deny?
            internet ?/a any: denied, p deny
            internet n/b any: unknown, p deny?; whoever applies it chooses the namespace
        "#]],
    );
}
