//! The least that somebody needs, as the program tells it.

use expect_test::expect;

use crate::access::RBAC;
use crate::support::Folder;

/// What the account `api` did, what others did, and what was denied.
pub(crate) const AUDIT_LOG: &str = r#"{"kind":"Event","stage":"ResponseComplete","verb":"get","user":{"username":"system:serviceaccount:shop:api"},"objectRef":{"resource":"secrets","namespace":"shop","name":"db","apiVersion":"v1"},"responseStatus":{"code":200}}
{"kind":"Event","stage":"ResponseComplete","verb":"get","user":{"username":"system:serviceaccount:shop:api"},"requestURI":"/healthz?verbose","responseStatus":{"code":200}}
{"kind":"Event","stage":"ResponseComplete","verb":"delete","user":{"username":"system:serviceaccount:shop:api"},"objectRef":{"resource":"pods","namespace":"shop","name":"x"},"responseStatus":{"code":403}}
{"kind":"Event","stage":"ResponseComplete","verb":"list","user":{"username":"jane"},"objectRef":{"resource":"pods","namespace":"shop"},"responseStatus":{"code":200}}
{"kind":"Event","stage":"ResponseComplete","verb":"list","user":{"username":"jane"},"impersonatedUser":{"username":"system:serviceaccount:shop:api"},"objectRef":{"resource":"jobs","apiGroup":"batch","namespace":"shop"},"responseStatus":{"code":200}}
no event
"#;

#[test]
fn the_least_that_is_needed_is_told_and_proven() {
    let folder = Folder::new("least", &[("rbac.yaml", RBAC), ("log", AUDIT_LOG)]);
    let arguments = [
        "least-privilege",
        "sa:shop/api",
        "--audit-log",
        "log",
        "-p",
        "rbac.yaml",
        "-q",
    ];
    let told = folder.run(&arguments);
    expect![[r##"
        # ServiceAccount shop/api made 3 requests in 5 events
        # 1 line of the log could not be read
        # not by a role that is known: list jobs.batch in shop
        # not used: rule of Role/shop/reader (rbac.yaml:5), by RoleBinding/shop/readers (rbac.yaml:8)
        # these roles allow each of the requests, as asked of the authorizer again
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: api
        rules:
        - nonResourceURLs: ["/healthz"]
          verbs: [get]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: api
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: api
        subjects:
        - kind: ServiceAccount
          name: api
          namespace: shop
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: api
          namespace: shop
        rules:
        - apiGroups: [""]
          resources: [secrets]
          resourceNames: [db]
          verbs: [get]
        - apiGroups: [batch]
          resources: [jobs]
          verbs: [list]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: api
          namespace: shop
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: Role
          name: api
        subjects:
        - kind: ServiceAccount
          name: api
          namespace: shop
    "##]].assert_eq(&told.stdout);
    assert_eq!((told.code, told.stderr.as_str()), (Some(1), ""));
}

/// An account whose pods run commands of kubectl, and a role that gives it more.
const CLEANER: &str = "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: cleaner, namespace: shop }
rules:
- { apiGroups: [batch], resources: [jobs], verbs: [list, delete] }
- { apiGroups: [''], resources: [secrets], verbs: [get] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: cleaner, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: cleaner }
subjects: [{ kind: ServiceAccount, name: cleaner }]
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: cleaner, namespace: shop }
spec:
  schedule: '0 3 * * *'
  jobTemplate:
    spec:
      template:
        spec:
          serviceAccountName: cleaner
          restartPolicy: Never
          containers:
          - name: clean
            image: registry.k8s.io/kubectl:v1.37.2
            command:
            - sh
            - -ec
            - |
              for job in $(kubectl get jobs -l app=report -o name); do
                kubectl delete job \"${job#*/}\" --ignore-not-found
              done
              kubectl rollout restart deployment/api
";

#[test]
fn commands_of_pods_tell_what_is_needed() {
    let folder = Folder::new("least-declared", &[("cleaner.yaml", CLEANER)]);
    let ask = |file: &str| folder.run(&["least-privilege", "sa:shop/cleaner", "-p", file, "-q"]);
    let told = ask("cleaner.yaml");
    expect![[r#"
        # ServiceAccount shop/cleaner needs 4 requests by the commands of 1 container
        # needed: delete jobs.batch in shop, by CronJob/shop/cleaner (cleaner.yaml:26)
        # needed: get deployments.apps api in shop, by CronJob/shop/cleaner (cleaner.yaml:26)
        # needed: list jobs.batch in shop, by CronJob/shop/cleaner (cleaner.yaml:26)
        # needed: patch deployments.apps api in shop, by CronJob/shop/cleaner (cleaner.yaml:26)
        # not by a role that is known: get deployments.apps api in shop
        # not by a role that is known: patch deployments.apps api in shop
        # not used: rule of Role/shop/cleaner (cleaner.yaml:6), by RoleBinding/shop/cleaner (cleaner.yaml:8)
        # these roles allow each of the requests, as asked of the authorizer again
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: cleaner
          namespace: shop
        rules:
        - apiGroups: [apps]
          resources: [deployments]
          resourceNames: [api]
          verbs: [get, patch]
        - apiGroups: [batch]
          resources: [jobs]
          verbs: [delete, list]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: cleaner
          namespace: shop
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: Role
          name: cleaner
        subjects:
        - kind: ServiceAccount
          name: cleaner
          namespace: shop
    "#]].assert_eq(&told.stdout);
    assert_eq!((told.code, told.stderr.as_str()), (Some(1), ""));
}

#[test]
fn what_programs_ask_is_not_known_unless_it_is_kubectl() {
    let text = CLEANER.replace(
        "kubectl rollout restart deployment/api",
        "helm upgrade api oci://charts/api",
    );
    let folder = Folder::new("least-unknown", &[("cleaner.yaml", &text)]);
    let told = folder.run(&["least-privilege", "sa:shop/cleaner", "-q"]);
    let comments = told.stdout.lines().filter(|line| line.starts_with('#'));
    expect![[r#"
        # ServiceAccount shop/cleaner needs 2 requests by the commands of 1 container
        # needed: delete jobs.batch in shop, by CronJob/shop/cleaner (cleaner.yaml:26)
        # needed: list jobs.batch in shop, by CronJob/shop/cleaner (cleaner.yaml:26)
        # not known: what `helm` asks, in CronJob/shop/cleaner (cleaner.yaml:26)
        # not needed by what is known: rule of Role/shop/cleaner (cleaner.yaml:6), by RoleBinding/shop/cleaner (cleaner.yaml:8)
        # these roles allow each of the requests, as asked of the authorizer again"#]].assert_eq(&comments.collect::<Vec<_>>().join("\n"));
    let nobody = folder.run(&["least-privilege", "sa:shop/other", "-q"]);
    assert_eq!(nobody.code, Some(2));
    expect![[r#"
        error: no pod in the input runs as ServiceAccount shop/other
        help: tell what they did with `--audit-log FILE`
    "#]]
    .assert_eq(&nobody.stderr);
}
