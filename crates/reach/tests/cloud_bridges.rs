//! Which ServiceAccounts become which identities of clouds.

mod declared;
mod support;

use declared::graph;
use expect_test::{Expect, expect};
use reach::cloud::{Bridge, bridges};

/// Shows each bridge: `ACCOUNT to IDENTITY by MEANS: verdict`, with the cause of doubt.
#[track_caller]
fn check(lines: &str, expected: &Expect) {
    let graph = graph(lines);
    let show = |bridge: &Bridge| {
        let account = bridge.account.map_or("some account".into(), |id| {
            let account = graph.resource(id);
            format!(
                "{}/{}",
                account.namespace.name().unwrap_or("?"),
                account.name
            )
        });
        let identity = &graph.resource(bridge.identity).name;
        let cause = bridge
            .cause
            .as_ref()
            .map_or(String::new(), |cause| format!("; {}", cause.cause.text()));
        assert!(!bridge.places.is_empty());
        format!(
            "{account} to {identity} by {:?}: {:?}{cause}\n",
            bridge.means, bridge.verdict
        )
    };
    let shown: String = bridges(&graph, None).iter().map(show).collect();
    expected.assert_eq(&shown);
}

#[test]
fn roles_of_aws_trust_tokens_of_accounts() {
    check(
        "
        account shop/web {eks.amazonaws.com/role-arn: 'arn:aws:iam::1:role/exact'}
        account shop/job {eks.amazonaws.com/role-arn: '@wide'}
        account ops/web {eks.amazonaws.com/role-arn: '@exact'}
        account ops/api {eks.amazonaws.com/role-arn: '@lambda'}
        aws_iam_role exact {name: exact, assume_role_policy: {Statement: [{Effect: Allow, Action: 'sts:AssumeRoleWithWebIdentity', Principal: {Federated: 'arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/1'}, Condition: {StringEquals: {'oidc.eks.eu-west-1.amazonaws.com/id/1:sub': 'system:serviceaccount:shop:web', 'oidc.eks.eu-west-1.amazonaws.com/id/1:aud': sts.amazonaws.com}}}]}}
        aws_iam_role wide {name: wide, assume_role_policy: {Statement: [{Effect: Allow, Action: 'sts:AssumeRoleWithWebIdentity', Principal: {Federated: '?'}, Condition: {StringLike: {'issuer.example:sub': 'system:serviceaccount:shop:*'}}}]}}
        aws_iam_role lambda {name: lambda, assume_role_policy: {Statement: [{Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: lambda.amazonaws.com}}]}}
        aws_iam_role ci {name: ci, assume_role_policy: {Statement: [{Effect: Allow, Action: 'sts:AssumeRoleWithWebIdentity', Principal: {Federated: 'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com'}}]}}
        aws_iam_role open {name: open, assume_role_policy: '?'}
        ",
        &expect![[r#"
            some account to open by WebIdentity: Unknown; a value is open
            shop/web to exact by WebIdentity: Yes
            shop/web to wide by WebIdentity: Unknown; whether the role trusts the tokens of this cluster is not known
            shop/job to wide by WebIdentity: Yes
            ops/web to exact by WebIdentity: No
            ops/api to lambda by WebIdentity: No
        "#]],
    );
}

#[test]
fn associations_give_roles_that_trust_pods() {
    check(
        "
        account shop/web
        account ops/web
        aws_iam_role good {assume_role_policy: {Statement: [{Effect: Allow, Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: {Service: pods.eks.amazonaws.com}, Condition: {StringEquals: {aws:RequestTag/kubernetes-namespace: shop}}}]}}
        aws_iam_role untagged {assume_role_policy: {Statement: [{Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: pods.eks.amazonaws.com}}]}}
        aws_eks_pod_identity_association one {cluster_name: c, namespace: shop, service_account: web, role_arn: '@good'}
        aws_eks_pod_identity_association other {cluster_name: c, namespace: ops, service_account: web, role_arn: '@good'}
        aws_eks_pod_identity_association missing {cluster_name: c, namespace: shop, service_account: web, role_arn: '@untagged'}
        aws_eks_pod_identity_association which {cluster_name: c, namespace: shop, service_account: '?', role_arn: '@good'}
        ",
        &expect![[r#"
            some account to good by PodIdentity: Unknown; which ServiceAccount the association is for is not known
            shop/web to good by PodIdentity: Yes
            shop/web to untagged by PodIdentity: No
            ops/web to good by PodIdentity: No
        "#]],
    );
}

#[test]
fn bindings_of_google_name_accounts() {
    check(
        "
        account shop/web {iam.gke.io/gcp-service-account: web@p.iam.gserviceaccount.com}
        account shop/job
        google_service_account web {account_id: web}
        google_service_account_iam_member user {service_account_id: '@web', role: roles/iam.workloadIdentityUser, member: 'serviceAccount:p.svc.id.goog[shop/web]'}
        google_service_account_iam_member viewer {service_account_id: '@web', role: roles/viewer, member: 'serviceAccount:p.svc.id.goog[shop/job]'}
        google_storage_bucket_iam_binding bucket {role: roles/storage.admin, members: ['principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p.svc.id.goog/subject/ns/shop/sa/job', 'user:anna@example.org']}
        google_project_iam_member all {role: roles/viewer, member: 'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p.svc.id.goog/namespace/shop', condition: [{title: t}]}
        ",
        &expect![[r#"
            shop/web to web by Impersonation: Yes
            shop/web to all by DirectAccess: Unknown; whether the condition of the binding holds is not known
            shop/job to bucket by DirectAccess: Yes
            shop/job to all by DirectAccess: Unknown; whether the condition of the binding holds is not known
        "#]],
    );
}

#[test]
fn credentials_of_azure_take_tokens_of_accounts() {
    check(
        "
        account shop/web
        account shop/job
        azurerm_kubernetes_cluster cluster {name: c}
        azurerm_user_assigned_identity identity {name: i}
        azurerm_federated_identity_credential good {parent_id: '@identity', issuer: '@cluster', subject: 'system:serviceaccount:shop:web', audience: ['api://AzureADTokenExchange']}
        azurerm_federated_identity_credential audience {parent_id: '@identity', issuer: '@cluster', subject: 'system:serviceaccount:shop:job', audience: [other]}
        azurerm_federated_identity_credential issuer {parent_id: '@identity', issuer: 'https://oidc.example/1', subject: 'system:serviceaccount:shop:job', audience: ['api://AzureADTokenExchange']}
        azurerm_federated_identity_credential ci {parent_id: '@identity', issuer: 'https://token.actions.githubusercontent.com', subject: 'repo:o/r:ref:refs/heads/main', audience: ['api://AzureADTokenExchange']}
        ",
        &expect![[r#"
            shop/web to identity by FederatedCredential: Yes
            shop/job to identity by FederatedCredential: Unknown; whether the credential takes the tokens of this cluster is not known
        "#]],
    );
}
