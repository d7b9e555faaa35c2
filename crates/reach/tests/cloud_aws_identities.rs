//! Which policies users and roles of Terraform have: each case is a graph, and questions with their answers.

mod declared;
mod support;

use declared::graph;
use expect_test::{Expect, expect};
use reach::cloud::aws::{Context, Request, Text, evaluate, identities};

/// Shows what is decided of each question `IDENTITY ACTION RESOURCE`, and by which resource.
#[track_caller]
fn check(lines: &str, questions: &str, expected: &Expect) {
    let graph = graph(lines);
    let all = identities(&graph, None);
    let mut shown = String::new();
    for question in questions
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let words: Vec<&str> = question.split(' ').collect();
        let name = |id| &graph.resource(id).name;
        let identity = all.iter().find(|one| name(one.resource) == words[0]);
        let identity = identity.expect("the identity is there");
        assert_eq!(identity.places.len(), identity.policies.identity.len());
        let decision = evaluate(
            &identity.policies,
            &Request {
                principal: identity.principal.clone(),
                action: words[1].into(),
                resource: Text::known(words[2]),
                account: None,
                context: Context::default(),
            },
        );
        let by = decision.grounds.iter().map(|ground| match ground.place {
            reach::cloud::aws::Place::Identity(index) => {
                format!(" by {}", name(identity.places[index].0))
            }
            other => format!(" by {other:?}"),
        });
        let by: String = by.collect();
        let cause = decision
            .cause
            .map_or(String::new(), |cause| format!("; {}", cause.cause.text()));
        shown += &format!("{question}: {:?}{by}{cause}\n", decision.verdict);
    }
    expected.assert_eq(&shown);
}

#[test]
fn policies_come_from_resources_attachments_and_groups() {
    check(
        "
        aws_iam_role app {name: app}
        aws_iam_role admin {name: admin, managed_policy_arns: ['arn:aws:iam::aws:policy/AdministratorAccess']}
        aws_iam_role limited {name: limited, permissions_boundary: '@reading', managed_policy_arns: ['arn:aws:iam::aws:policy/AdministratorAccess']}
        aws_iam_role other {name: other, managed_policy_arns: ['arn:aws:iam::aws:policy/ReadOnlyAccess']}
        aws_iam_user anna {name: anna}
        aws_iam_group dev {name: dev}
        aws_iam_user_group_membership membership {user: '@anna', groups: ['@dev']}
        aws_iam_group_policy_attachment of-group {group: '@dev', policy_arn: '@of-dev'}
        aws_iam_role_policy inline {role: '@app', policy: {Statement: {Effect: Allow, Action: 's3:Put*', Resource: '*'}}}
        aws_iam_role_policy_attachment attached {role: '@app', policy_arn: '@reading'}
        aws_iam_policy reading {policy: {Statement: {Effect: Allow, Action: 's3:Get*', Resource: '*'}}}
        aws_iam_policy of-dev {policy: {Statement: {Effect: Allow, Action: 's3:List*', Resource: '*'}}}
        ",
        "
        app s3:GetObject arn:aws:s3:::b/k
        app s3:PutObject arn:aws:s3:::b/k
        app s3:DeleteObject arn:aws:s3:::b/k
        admin iam:CreateUser arn:aws:iam::1:user/x
        limited s3:GetObject arn:aws:s3:::b/k
        other s3:GetObject arn:aws:s3:::b/k
        limited s3:PutObject arn:aws:s3:::b/k
        anna s3:ListBucket arn:aws:s3:::b
        ",
        &expect![[r#"
            app s3:GetObject arn:aws:s3:::b/k: Yes by attached
            app s3:PutObject arn:aws:s3:::b/k: Yes by inline
            app s3:DeleteObject arn:aws:s3:::b/k: No
            admin iam:CreateUser arn:aws:iam::1:user/x: Unknown by admin; the account of the one who asks is not known
            limited s3:GetObject arn:aws:s3:::b/k: Yes by limited by Boundary
            other s3:GetObject arn:aws:s3:::b/k: Unknown; the policy `arn:aws:iam::aws:policy/ReadOnlyAccess` is not in the input
            limited s3:PutObject arn:aws:s3:::b/k: No by limited
            anna s3:ListBucket arn:aws:s3:::b: Yes by of-group
        "#]],
    );
}
