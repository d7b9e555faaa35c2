//! Workspaces in which is edited.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use source::{Disk, FileSystem as _, Limits};

use super::expected::of_scan;
use crate::encoding::Encoding;

/// Texts by their paths.
pub(super) type Files = BTreeMap<PathBuf, String>;

/// Files of the repository's own fixtures.
pub(super) fn fixture(name: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(name);
    let found = Disk.walk(&root, None).into_iter();
    let files = found.filter_map(|found| {
        let bytes = Disk.read(&found.path, Limits::default()).ok()?;
        let path = Path::new("/project").join(found.path.strip_prefix(&root).ok()?);
        Some((path, String::from_utf8(bytes).ok()?))
    });
    files.collect()
}

fn files(files: &[(&str, &str)]) -> Files {
    let files = files.iter();
    let files = files.map(|(path, text)| (Path::new("/project").join(path), (*text).to_owned()));
    files.collect()
}

/// A little of everything, with what leads from one file to another.
pub(super) fn small() -> Files {
    files(&[
        (
            "scantling.yaml",
            "checks: [checks]\nsuppress:\n- checks: [mutable-image-tag]\n  reason: known\n- checks: [host-pid]\n  path: /release/**\n  reason: known\n",
        ),
        (
            "chart/Chart.yaml",
            "apiVersion: v2\nname: web\nversion: 1.0.0\n",
        ),
        (
            "chart/values.yaml",
            "privileged: true # é𝄞\nreplicas: 1\nimage: {name: web, tag: '1'}\n",
        ),
        ("chart/values-prod.yaml", "privileged: false\n"),
        (
            "chart/templates/_helpers.tpl",
            "{{- define \"name\" }}web-{{ .Release.Name }}{{- end }}\n",
        ),
        (
            "chart/templates/pod.yaml",
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ include \"name\" . }}\nspec:\n  containers:\n  - name: web\n    image: {{ .Values.image.name }}:{{ .Values.image.tag }}\n    securityContext:\n      privileged: {{ .Values.privileged }}\n",
        ),
        (
            "kustomize/base/kustomization.yaml",
            "resources: [deployment.yaml]\nnamePrefix: shop-\n",
        ),
        (
            "kustomize/base/deployment.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec:\n  template:\n    spec:\n      hostNetwork: true\n      containers:\n      - {name: api, image: api:latest}\n",
        ),
        (
            "kustomize/prod/kustomization.yaml",
            "resources: [../base]\npatches:\n- path: patch.yaml\n",
        ),
        (
            "kustomize/prod/patch.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec: {template: {spec: {hostPID: true}}}\n",
        ),
        (
            "plain/role.yaml",
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: all}\nrules:\n- {apiGroups: ['*'], resources: ['*'], verbs: ['*']}\n",
        ),
        (
            "plain/binding.yaml",
            "apiVersion: rbac.authorization.k8s.io/v1\r\nkind: ClusterRoleBinding\r\nmetadata: {name: all}\r\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all}\r\nsubjects:\r\n- {kind: ServiceAccount, name: api, namespace: shop}\r\n",
        ),
        (
            "plain/account.yaml",
            "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: api, namespace: shop} # scantling:ignore\n",
        ),
        (
            "terraform/main.tf",
            "variable \"open\" {\n  type    = bool\n  default = true\n}\nmodule \"data\" {\n  source = \"./data\"\n  public = var.open\n}\nresource \"aws_security_group\" \"web\" {\n  name = \"web\"\n  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = \"tcp\"\n    cidr_blocks = [var.open ? \"0.0.0.0/0\" : \"10.0.0.0/8\"]\n  }\n}\n",
        ),
        (
            "checks/pod-without-team.yaml",
            "title: Pod without a team\nseverity: low\nresources: [kubernetes/Pod]\nprinciple: accountability\nthreats: [repudiation]\nwhy: Nobody is asked about it.\nquery: .metadata | select(.labels.team == null)\nmessage: no team is named\nremedy: Name the team.\nfail:\n- name: there is none\n  kubernetes: |\n    apiVersion: v1\n    kind: Pod\n    metadata: {name: a} # finding\npass:\n- name: there is one\n  kubernetes: |\n    apiVersion: v1\n    kind: Pod\n    metadata: {name: a, labels: {team: b}}\n",
        ),
        (
            "json/main.tf.json",
            "{\n  \"variable\": {\"acl\": {\"default\": \"private\"}},\n  \"resource\": {\n    \"aws_s3_bucket_acl\": {\"a\": {\"bucket\": \"a\", \"acl\": \"${var.acl}\"}}\n  }\n}\n",
        ),
        ("json/terraform.tfvars.json", "{\"acl\": \"public-read\"}\n"),
        (
            "plain/list.json",
            "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"json\"}, \"spec\": {\"hostIPC\": true, \"containers\": []}}]}\n",
        ),
        (
            "release/main.tf",
            "resource \"helm_release\" \"store\" {\n  name   = \"store\"\n  chart  = \"./chart\"\n  values = [file(\"${path.module}/store.yaml\"), yamlencode({ replicas = 2 })]\n}\n",
        ),
        ("release/store.yaml", "hostPID: true\n"),
        (
            "release/chart/Chart.yaml",
            "apiVersion: v2\nname: store\nversion: 1.0.0\ndependencies: [{name: db, version: 1.0.0}]\n",
        ),
        (
            "release/chart/values.yaml",
            "hostPID: false\ndb: {name: db}\n",
        ),
        (
            "release/chart/templates/pod.yaml",
            "{{- range $number := until (int .Values.replicas) }}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: store-{{ $number }}}\nspec:\n  hostPID: {{ $.Values.hostPID }}\n  containers: []\n{{- end }}\n",
        ),
        (
            "release/chart/charts/db/Chart.yaml",
            "apiVersion: v2\nname: db\nversion: 1.0.0\n",
        ),
        (
            "release/chart/charts/db/templates/pod.yaml",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Values.name }}}\nspec: {hostNetwork: true, containers: []}\n",
        ),
        (
            "kustomize/staging/kustomization.yaml",
            "resources:\n- ../base\ncomponents: [../debug]\nconfigMapGenerator:\n- name: settings\n  files: [settings.properties]\npatches:\n- target: {kind: Deployment}\n  patch: |\n    - op: replace\n      path: /spec/template/spec/hostNetwork\n      value: false\n",
        ),
        ("kustomize/staging/settings.properties", "a=1\n"),
        (
            "kustomize/debug/kustomization.yaml",
            "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nimages: [{name: api, newTag: '2'}]\n",
        ),
        ("terraform/prod.tfvars", "open = false\n"),
        (
            "terraform/data/main.tf",
            "variable \"public\" { type = bool }\nresource \"aws_s3_bucket\" \"data\" {\n  bucket = \"data\"\n}\nresource \"aws_s3_bucket_acl\" \"data\" {\n  bucket = aws_s3_bucket.data.id\n  acl    = var.public ? \"public-read\" : \"private\"\n}\n",
        ),
    ])
}

#[test]
fn the_workspaces_have_something_to_show_in_all_formats() {
    for files in [small(), fixture("shop")] {
        let shown = of_scan(&files, Encoding::Utf16);
        for extension in ["tf", "yaml"] {
            let is_of = |path: &&PathBuf| path.extension().is_some_and(|one| one == extension);
            assert!(shown.keys().any(|path| is_of(&path)), "{shown:?}");
        }
        for folder in [
            "templates",
            "values.yaml",
            "kustomize",
            "overlays",
            "base",
            "json",
            "release",
        ] {
            let is_in = |path: &PathBuf| path.components().any(|part| part.as_os_str() == folder);
            let is_there = files.keys().any(is_in);
            assert!(
                !is_there || shown.keys().any(is_in),
                "{folder}: {:?}",
                shown.keys()
            );
        }
    }
}
