//! What policies of the cluster's administrators let through: each case is a cluster, and questions with their answers.

mod answers;
mod asked;
mod support;
mod worlds;

use answers::{check, shop};
use expect_test::expect;

#[test]
fn policies_of_administrators_come_first_by_priority() {
    check(
        &shop("
            admin later {priority: 20, subject: {namespaces: {}}, ingress: [{action: Allow, from: [{namespaces: {}}]}]}
            admin first {priority: 10, subject: {pods: {namespaceSelector: {matchLabels: {team: shop}}, podSelector: {matchLabels: {app: db}}}}, ingress: [{action: Pass, from: [{pods: {namespaceSelector: {matchLabels: {team: shop}}, podSelector: {}}}], ports: [{portNumber: {protocol: TCP, port: 5432}}]}, {action: Deny, from: [{namespaces: {}}], ports: [{portRange: {protocol: TCP, start: 1, end: 6000}}]}]}
            policy shop/p {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}
        "),
        "
        shop/web shop/db TCP 5432
        ops/job shop/db TCP 5432
        ops/job shop/db TCP 7000
        shop/web shop/db TCP 80
        shop/web shop/db UDP 80
        internet shop/db TCP 80
        ",
        &expect![[r#"
            shop/web shop/db TCP 5432: allowed, first ingress[0] pass, p ingress[0] allow
            ops/job shop/db TCP 5432: denied, first ingress[1] deny
            ops/job shop/db TCP 7000: allowed, later ingress[0] allow
            shop/web shop/db TCP 80: denied, first ingress[1] deny
            shop/web shop/db UDP 80: allowed, later ingress[0] allow
            internet shop/db TCP 80: denied, p deny
        "#]],
    );
}

#[test]
fn the_baseline_is_for_what_nothing_isolates() {
    check(
        &shop("
            baseline default {subject: {namespaces: {}}, ingress: [{action: Allow, from: [{namespaces: {matchLabels: {team: ops}}}]}, {action: Deny, from: [{namespaces: {}}]}], egress: [{action: Deny, to: [{networks: [169.254.169.254/32]}]}]}
            policy shop/p {podSelector: {matchLabels: {app: db}}, ingress: [{}]}
        "),
        "
        ops/job shop/web any
        shop/db shop/web any
        shop/web shop/db any
        internet shop/web any
        shop/web 169.254.169.254 TCP 80
        ",
        &expect![[r#"
            ops/job shop/web any: allowed, default ingress[0] allow
            shop/db shop/web any: denied, default ingress[1] deny
            shop/web shop/db any: allowed, p ingress[0] allow
            internet shop/web any: allowed
            shop/web 169.254.169.254 TCP 80: denied, default egress[0] deny
        "#]],
    );
}

#[test]
fn cluster_network_policies_have_a_tier() {
    check(
        &shop("
            cluster top {tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [{action: Accept, from: [{namespaces: {matchLabels: {team: ops}}}], protocols: [{tcp: {destinationPort: {number: 80}}}, {udp: {destinationPort: {range: {start: 1, end: 10}}}}]}, {action: Deny, from: [{namespaces: {}}], protocols: [{sctp: {}}]}]}
            cluster bottom {tier: Baseline, priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]}
            cluster odd {tier: Middle, priority: 1, subject: {pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: job}}}}, ingress: [{action: Accept, from: [{namespaces: {}}]}]}
        "),
        "
        ops/job shop/web TCP 80
        ops/job shop/web UDP 10
        ops/job shop/web UDP 11
        ops/job shop/web SCTP 1
        shop/web ops/job TCP 7
        ",
        &expect![[r#"
            ops/job shop/web TCP 80: allowed, top ingress[0] allow
            ops/job shop/web UDP 10: allowed, top ingress[0] allow
            ops/job shop/web UDP 11: denied, bottom ingress[0] deny
            ops/job shop/web SCTP 1: denied, top ingress[1] deny
            shop/web ops/job TCP 7: unknown, odd ingress[0] allow?, bottom ingress[0] deny, odd ingress[0] allow?; the API server refuses what is written
        "#]],
    );
}

#[test]
fn of_policies_with_one_priority_any_may_come_first() {
    check(
        &shop("
            admin a {priority: 5, subject: {namespaces: {}}, ingress: [{action: Allow, from: [{namespaces: {}}], ports: [{portRange: {protocol: TCP, start: 1, end: 100}}]}]}
            admin b {priority: 5, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}], ports: [{portRange: {protocol: TCP, start: 50, end: 200}}]}]}
        "),
        "
        ops/job shop/web TCP 20
        ops/job shop/web TCP 70
        ops/job shop/web TCP 150
        ",
        &expect![[r#"
            ops/job shop/web TCP 20: allowed, a ingress[0] allow
            ops/job shop/web TCP 70: unknown, a ingress[0] allow, b ingress[0] deny; policies with one priority say different things
            ops/job shop/web TCP 150: denied, b ingress[0] deny
        "#]],
    );
}

#[test]
fn networks_of_administrators_mean_pods_too() {
    check(
        &shop("
            admin a {priority: 5, subject: {namespaces: {matchLabels: {team: shop}}}, egress: [{action: Allow, to: [{nodes: {}}]}, {action: Deny, to: [{networks: [0.0.0.0/0, '::/0']}], ports: [{namedPort: web}]}, {action: Deny, to: [{networks: [0.0.0.0/0, '::/0']}], ports: [{portNumber: {protocol: UDP, port: 53}}]}, {action: Deny, to: [{domainNames: [example.org]}]}]}
        "),
        "
        shop/web ops/job UDP 53
        shop/web ops/job TCP 53
        shop/web 1.1.1.1 UDP 53
        ",
        &expect![[r#"
            shop/web ops/job UDP 53: denied, a egress[2] deny
            shop/web ops/job TCP 53: allowed
            shop/web 1.1.1.1 UDP 53: unknown, a egress[0] allow?, a egress[2] deny; the labels and addresses of nodes are not known
        "#]],
    );
}
