//! Hostile clusters: what can't be compared is unknown, and everything ends soon.

mod asked;
mod support;
mod worlds;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use asked::World;
use reach::network::{Options, Verdict};

/// Far above what a debug build needs.
const SOON: Duration = Duration::from_secs(60);

#[track_caller]
fn soon<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    result
}

#[test]
fn selectors_that_match_everything_meet_many_labels() {
    let mut world = String::new();
    for index in 0..400 {
        let _ = writeln!(world, "pod a/p{index} {{app: a{index}}}");
        let _ = writeln!(
            world,
            "policy a/n{index} {{podSelector: {{matchExpressions: [{{key: app, operator: NotIn, values: [x{index}]}}]}}, ingress: [{{from: [{{podSelector: {{matchExpressions: [{{key: app, operator: Exists}}]}}}}]}}]}}"
        );
    }
    let world = soon(|| World::new(&world, &Options::default()));
    let answer = soon(|| world.ask("a/p1 a/p2 TCP 80"));
    assert_eq!(answer.verdict, Verdict::Allowed);
    let mut pairs = 0;
    soon(|| world.network.pairs(|_| pairs += 1));
    assert_eq!(pairs, 1, "no policy tells the pods apart");
}

#[test]
fn blocks_have_thousands_of_exceptions() {
    let except: Vec<String> = (0..10_000)
        .map(|index| format!("10.{}.{}.0/25", index / 256, index % 256))
        .collect();
    let except = except.join(", ");
    let world = format!(
        "pod a/p {{}}\npolicy a/n {{podSelector: {{}}, ingress: [{{from: [{{ipBlock: {{cidr: 10.0.0.0/8, except: [{except}]}}}}]}}]}}"
    );
    let world = soon(|| World::new(&world, &Options::default()));
    for (from, expected) in [
        ("10.0.0.1", Verdict::Denied),
        ("10.0.0.200", Verdict::Allowed),
        ("10.0.0.0/8", Verdict::Allowed),
        ("internet", Verdict::Denied),
    ] {
        let answer = soon(|| world.ask(&format!("{from} a/p any")));
        assert_eq!(answer.verdict, expected, "{from}");
    }
}

#[test]
fn rules_by_the_thousand_name_ports() {
    let ports: Vec<String> = (0..10_000)
        .map(|index| format!("{{port: {}}}", index * 6 + 1))
        .collect();
    let ports = ports.join(", ");
    let world =
        format!("pod a/p {{}}\npolicy a/n {{podSelector: {{}}, ingress: [{{ports: [{ports}]}}]}}");
    let world = soon(|| World::new(&world, &Options::default()));
    assert_eq!(
        soon(|| world.ask("internet a/p TCP 7")).verdict,
        Verdict::Allowed
    );
    assert_eq!(
        soon(|| world.ask("internet a/p TCP 8")).verdict,
        Verdict::Denied
    );
}

#[test]
fn blocks_that_are_none_leave_the_rest_known() {
    let wrong = [
        "300.0.0.0/8",
        "10.0.0.0/99",
        "10.0.0.0",
        "::/200",
        "",
        "x",
        "10.0.0.0/-1",
    ];
    for (index, cidr) in wrong.into_iter().enumerate() {
        let world = World::new(
            &format!(
                "pod a/p {{}}
                pod a/q {{}}
                policy a/n {{podSelector: {{}}, ingress: [{{from: [{{ipBlock: {{cidr: '{cidr}'}}}}], ports: [{{port: 80}}]}}, {{from: [{{podSelector: {{}}}}], ports: [{{port: 81}}]}}]}}"
            ),
            &Options::default(),
        );
        for (question, expected) in [
            ("10.0.0.1 a/p TCP 80", Verdict::Unknown),
            ("10.0.0.1 a/p TCP 81", Verdict::Denied),
            ("a/q a/p TCP 81", Verdict::Allowed),
        ] {
            let answer = world.ask(question);
            assert_eq!(answer.verdict, expected, "{index}: {cidr:?}, {question}");
            let told = answer
                .causes
                .iter()
                .any(|cause| cause.cause.text().contains("refuses"));
            assert_eq!(told, expected == Verdict::Unknown, "{cidr:?}, {question}");
        }
    }
}

#[test]
fn policies_of_all_sorts_are_read_whatever_they_hold() {
    let parts = [
        "5",
        "''",
        "[]",
        "{}",
        "[{}]",
        "[[]]",
        "{matchLabels: 5}",
        "{matchLabels: {a: {}}}",
        "[{port: x, protocol: y}]",
        "null",
        "{matchExpressions: [{key: a, operator: Odd}]}",
    ];
    let keys = [
        "endpointSelector",
        "ingress",
        "egress",
        "ingressDeny",
        "selector",
        "types",
        "rules",
        "action",
        "podSelector",
        "port",
        "enableDefaultDeny",
        "accessPolicy",
        "specs",
    ];
    let kinds = [
        ("cilium.io/v2", "CiliumNetworkPolicy"),
        ("projectcalico.org/v3", "NetworkPolicy"),
        ("security.istio.io/v1", "AuthorizationPolicy"),
        ("policy.linkerd.io/v1beta3", "Server"),
    ];
    for (version, kind) in kinds {
        for key in keys {
            for part in parts {
                let selector = match key {
                    "endpointSelector" => "",
                    _ => "endpointSelector: {}, ",
                };
                let world = format!(
                    "pod a/p {{}}\npod b/q {{}}\nobject {version} {kind} a/n {{{selector}{key}: {part}}}"
                );
                let world = World::new(&world, &Options::default());
                let answer = world.ask("b/q b/q TCP 80");
                assert_eq!(answer.verdict, Verdict::Allowed, "{kind} {key}: {part}");
                world.ask("b/q a/p TCP 80");
                world.ask("a/p internet any");
            }
        }
    }
}
