//! Paths from the internet and from jobs over pods to clouds, and back, as the program tells them.

use expect_test::{Expect, expect};

use crate::support::Folder;

const PODS: &str = "\
apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  namespace: shop
  annotations: { eks.amazonaws.com/role-arn: 'arn:aws:iam::111111111111:role/web' }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      serviceAccountName: web
      automountServiceAccountToken: false
      containers: [{ name: web, image: web, ports: [{ name: http, containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector: { app: web }
  ports: [{ port: 80, targetPort: http }]
";

/// A cluster of which the issuer is not known, and a role for which it matters.
const ROLES: &str = r#"
resource "aws_eks_cluster" "shop" {
  name = "shop"
}

resource "aws_iam_openid_connect_provider" "cluster" {
  url = aws_eks_cluster.shop.identity[0].oidc[0].issuer
}

data "aws_iam_policy_document" "web" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.cluster.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${aws_iam_openid_connect_provider.cluster.url}:sub"
      values   = ["system:serviceaccount:shop:SUBJECT"]
    }
  }
}

resource "aws_iam_role" "web" {
  name               = "web"
  assume_role_policy = data.aws_iam_policy_document.web.json
}
"#;

const RIGHTS: &str = r#"
resource "aws_iam_role_policy" "web" {
  role   = aws_iam_role.web.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "iam:PutRolePolicy", Resource = "*" }] })
}
"#;

const JOBS: &str = r#"
resource "aws_iam_role" "deploy" {
  name = "deploy"

  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com" }
      Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = "repo:example/shop:*" } }
    }]
  })
}

resource "aws_eks_access_policy_association" "deploy" {
  cluster_name  = "shop"
  principal_arn = aws_iam_role.deploy.arn
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"
  access_scope { type = "cluster" }
}
"#;

const NODES: &str = r#"
resource "aws_iam_role" "node" {
  name               = "node"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })
}

resource "aws_iam_role_policy_attachment" "reader" {
  role       = aws_iam_role.node.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"
}

resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.node.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_eks_node_group" "shop" {
  cluster_name  = "shop"
  node_role_arn = aws_iam_role.node.arn
}
"#;

const ESCAPING: &str = "\
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: shop }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
      automountServiceAccountToken: false
      containers: [{ name: agent, image: agent, securityContext: { privileged: true } }]
";

#[track_caller]
fn check(name: &str, files: &[(&str, &str)], arguments: &[&str], code: i32, expected: &Expect) {
    let folder = Folder::new(name, files);
    let told = folder.run(&[&["paths"], arguments, &["-q", "--complete"]].concat());
    expected.assert_eq(&told.stdout);
    assert_eq!((told.code, told.stderr.as_str()), (Some(code), ""));
}

#[test]
fn the_internet_reaches_a_cloud_over_a_pod_and_its_role() {
    let roles = ROLES.replace("SUBJECT", "web") + RIGHTS;
    check(
        "cloud-internet",
        &[("pods.yaml", PODS), ("roles.tf", &roles)],
        &["--from", "internet"],
        1,
        &expect![[r#"
            the internet reaches admin of AWS in 3 hops [critical]
              1. the internet -> Deployment/shop/web: load-balancer (T1190)
                   at Service/shop/web (pods.yaml:24)
                   at Service/shop/web (pods.yaml:27)
                   at Deployment/shop/web (pods.yaml:16)
              2. Deployment/shop/web -> aws_iam_role.web: web-identity (T1078.004)
                   at ServiceAccount/shop/web (pods.yaml:6)
                   at aws_iam_role.web (roles.tf:29)
              3. aws_iam_role.web -> admin of AWS: iam-put-role-policy (T1098.003)
                   at aws_iam_role_policy.web (roles.tf:34)

            cut: take the identity of the cloud from ServiceAccount/shop/web (pods.yaml:1) closes 1 of 1 path
            cut: expose nothing by Service/shop/web (pods.yaml:20) closes 1 of 1 path
            cut: narrow aws_iam_role.web (roles.tf:27) closes 1 of 1 path
            cut: remove aws_iam_role_policy.web (roles.tf:32) closes 1 of 1 path
            cut: 1 change closes all (no smaller set does):
              take the identity of the cloud from ServiceAccount/shop/web (pods.yaml:1)

        "#]],
    );
}

#[test]
fn a_role_that_may_change_itself_has_what_it_wants() {
    let told = |name: &str, resource: &str| {
        let roles = ROLES.to_owned() + &RIGHTS.replace("\"*\"", resource);
        let folder = Folder::new(name, &[("roles.tf", &roles)]);
        let told = folder.run(&["paths", "--from", "aws_iam_role.web", "-q", "--complete"]);
        let path = told.stdout.split("\n\n").next();
        path.unwrap_or_default().to_owned()
    };
    expect![[r#"
        aws_iam_role.web reaches admin of AWS in 1 hop [critical]
          1. aws_iam_role.web -> admin of AWS: iam-put-role-policy (T1098.003)
               at aws_iam_role_policy.web (roles.tf:34)"#]]
    .assert_eq(&told("cloud-own", "aws_iam_role.web.arn"));
    expect![[r#"
        aws_iam_role.web reaches admin of AWS in 1 hop, perhaps [critical]
          1. aws_iam_role.web -> admin of AWS: iam-put-role-policy (T1098.003)
               at aws_iam_role_policy.web (roles.tf:34)
               unknown: the account of the one who asks is not known"#]]
    .assert_eq(&told(
        "cloud-account",
        "\"arn:aws:iam::111111111111:role/web\"",
    ));
    expect![[r#""#]].assert_eq(&told(
        "cloud-not-own",
        "\"arn:aws:iam::111111111111:role/other\"",
    ));
}

#[test]
fn a_role_that_trusts_another_account_leads_nowhere() {
    let roles = ROLES.replace("SUBJECT", "other") + RIGHTS;
    check(
        "cloud-other",
        &[("pods.yaml", PODS), ("roles.tf", &roles)],
        &["--from", "internet"],
        0,
        &expect![[""]],
    );
}

#[test]
fn a_role_without_rights_leads_nowhere() {
    let roles = ROLES.replace("SUBJECT", "web");
    check(
        "cloud-powerless",
        &[("pods.yaml", PODS), ("roles.tf", &roles)],
        &["--from", "internet"],
        0,
        &expect![[""]],
    );
}

#[test]
fn jobs_come_back_into_the_cluster_by_access_entries() {
    check(
        "cloud-jobs",
        &[("jobs.tf", JOBS)],
        &["--from", "jobs"],
        1,
        &expect![[r#"
            jobs of token.actions.githubusercontent.com that aws_iam_role.deploy trusts reaches cluster admin in 2 hops [high]
              1. jobs of token.actions.githubusercontent.com that aws_iam_role.deploy trusts -> aws_iam_role.deploy: job-token (T1078.004)
                   at aws_iam_role.deploy (jobs.tf:5)
              2. aws_iam_role.deploy -> cluster admin: access-entry (T1078.004)
                   at aws_eks_access_policy_association.deploy (jobs.tf:15)

            cut: remove aws_eks_access_policy_association.deploy (jobs.tf:15) closes 1 of 1 path
            cut: narrow aws_iam_role.deploy (jobs.tf:2) closes 1 of 1 path
            cut: 1 change closes all (no smaller set does):
              remove aws_eks_access_policy_association.deploy (jobs.tf:15)

        "#]],
    );
}

#[test]
fn nodes_have_the_role_of_their_group() {
    check(
        "cloud-nodes",
        &[("agent.yaml", ESCAPING), ("nodes.tf", NODES)],
        &["--from", "DaemonSet/shop/agent", "--to", "cloud-admin"],
        1,
        &expect![[r#"
            DaemonSet/shop/agent reaches admin of AWS in 3 hops [critical]
              1. DaemonSet/shop/agent -> a node: privileged (T1611)
                   at DaemonSet/shop/agent (agent.yaml:10)
              2. a node -> aws_iam_role.node: node-role (T1552.005)
                   at aws_eks_node_group.shop (nodes.tf:19)
              3. aws_iam_role.node -> admin of AWS: administers (T1098.003)
                   at aws_iam_role_policy_attachment.admin (nodes.tf:14)

            cut: take the node from DaemonSet/shop/agent (agent.yaml:1) closes 1 of 1 path
            cut: take the role from aws_eks_node_group.shop (nodes.tf:17) closes 1 of 1 path
            cut: remove aws_iam_role_policy_attachment.admin (nodes.tf:12) closes 1 of 1 path
            cut: 1 change closes all (no smaller set does):
              take the node from DaemonSet/shop/agent (agent.yaml:1)

        "#]],
    );
}
