//! Policies of AWS that are made to take long: they are decided soon, or what they say is unknown.

mod support;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use graph::NodeId;
use reach::cloud::aws::{Context, Document, Policies, Principal, Request, Text, Verdict, evaluate};

/// Far above what a debug build needs.
const SOON: Duration = Duration::from_secs(60);

/// The decision about an action on a resource by a policy of an identity.
#[track_caller]
fn decide(statements: &str, action: &str, resource: &str) -> Verdict {
    let text = format!(
        "apiVersion: example.org/v1\nkind: Case\nmetadata: {{name: case}}\nspec:\n  Statement:\n{statements}"
    );
    let graph = support::graph(&text);
    let (_, policy) = graph.resources().next().expect("a case is an object");
    let spec = policy
        .tree
        .get(NodeId::ROOT, "spec")
        .expect("a case has a policy");
    let start = Instant::now();
    let policies = Policies {
        identity: vec![Document::read(&policy.tree, spec)],
        ..Policies::default()
    };
    let request = Request {
        principal: Principal::User("arn:aws:iam::111111111111:user/anna".into()),
        action: action.into(),
        resource: Text::known(resource),
        account: None,
        context: Context::default(),
    };
    let decision = evaluate(&policies, &request);
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    decision.verdict
}

#[test]
fn ten_thousand_statements_are_all_asked() {
    let mut statements = String::new();
    for index in 0..10_000 {
        let _ = writeln!(
            statements,
            "  - {{Effect: Allow, Action: 's3:Get*', Resource: 'arn:aws:s3:::bucket-{index}/*'}}"
        );
    }
    for (bucket, expected) in [("bucket-9999", Verdict::Yes), ("bucket-10000", Verdict::No)] {
        let resource = format!("arn:aws:s3:::{bucket}/key");
        assert_eq!(decide(&statements, "s3:GetObject", &resource), expected);
    }
    statements += "  - {Effect: Deny, Action: 's3:*', Resource: '*'}\n";
    let resource = "arn:aws:s3:::bucket-7/key";
    assert_eq!(decide(&statements, "s3:GetObject", resource), Verdict::No);
}

#[test]
fn patterns_of_wildcards_only_are_compared_soon() {
    let long = format!("arn:aws:s3:::b/{}", "a".repeat(1_000));
    for (pattern, expected) in [
        ("*a".repeat(400), Verdict::Yes),
        ("*a".repeat(400) + "b", Verdict::No),
        ("*".repeat(5_000), Verdict::Yes),
    ] {
        let statements = format!("  - {{Effect: Allow, Action: '*', Resource: '{pattern}'}}\n");
        let found = decide(&statements, "s3:GetObject", &long);
        assert_eq!(found, expected, "{}…", &pattern[..8]);
    }
}

#[test]
fn what_is_too_long_to_compare_is_not_known() {
    let long = format!("arn:aws:s3:::b/{}", "a".repeat(20_000));
    let pattern = "*a".repeat(10_000) + "b";
    let statements = format!("  - {{Effect: Allow, Action: '*', Resource: '{pattern}'}}\n");
    let found = decide(&statements, "s3:GetObject", &long);
    assert_ne!(found, Verdict::Yes);
}

#[test]
fn what_is_no_policy_allows_nothing_for_sure() {
    for statements in [
        "  - 5\n",
        "  - {}\n",
        "  - [[]]\n",
        "  - {Effect: Perhaps, Action: '*', Resource: '*'}\n",
        "  - {Effect: Allow, Action: {}, Resource: '*'}\n",
        "  - {Effect: Allow, Action: '*', Resource: '*', Condition: {Odd: {a: b}}}\n",
        "  - {Effect: Allow, Action: '*', Resource: '*', Condition: [5]}\n",
    ] {
        let found = decide(statements, "s3:GetObject", "arn:aws:s3:::b/k");
        assert_ne!(found, Verdict::Yes, "{statements}");
    }
}
