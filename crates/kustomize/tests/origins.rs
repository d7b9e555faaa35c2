//! Every value of a built kustomization stands where it was set last, and knows the places that it came through.

use std::path::Path;

use graph::{NodeId, Role, Tree};
use kustomize::{Build, NoCharts, Reader};
use source::{Memory, Sources, Span};

const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  replicas: 1
  template:
    spec:
      containers:
      - name: main
        image: nginx:1.0
        args: [--host=$(HOST)]
        envFrom:
        - configMapRef: {name: settings}
";

const BASE: (&str, &str) = ("base/kustomization.yaml", "resources: [deployment.yaml]\n");

/// The place of a span: file, line and text.
fn place(sources: &Sources, span: Span) -> String {
    let file = sources.get(span.file);
    let line = file.position(span.start).line + 1;
    let text = file.slice(span).lines().next().unwrap_or_default();
    format!("{}:{line} `{text}`", file.path.display())
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Replaced => "replaced",
        Role::Operand => "made of",
        Role::Placed => "placed by",
        Role::Alias => "alias",
        Role::Wrapper => "listed",
        _ => "other",
    }
}

/// The value that a path leads to; numbers are places in lists.
fn find(tree: &Tree, path: &str) -> Option<NodeId> {
    path.split('.')
        .try_fold(NodeId::ROOT, |node, part| match part.parse::<usize>() {
            Ok(index) => tree.children(node).nth(index),
            Err(_) => tree.get(node, part),
        })
}

/// Checks the places of the value at a path of the first object of a kind.
#[track_caller]
fn check(overlay: &str, more: &[(&str, &str)], (kind, path): (&str, &str), expected: &[&str]) {
    let files = [
        BASE,
        ("base/deployment.yaml", DEPLOYMENT),
        ("overlay/kustomization.yaml", overlay),
    ];
    let system = Memory::new(files.into_iter().chain(more.iter().copied()));
    let sources = Sources::default();
    let build: Build = Reader::new(&system, &sources, &NoCharts).build(Path::new("overlay"));
    assert_eq!(build.problems, []);
    let mut trees = build.resources.iter().map(|resource| &resource.tree);
    let of_kind = |tree: &&Tree| {
        tree.text(NodeId::ROOT, "kind")
            .is_some_and(|text| text == kind)
    };
    let tree = trees.find(of_kind).expect("an object of the kind");
    let node = find(tree, path).expect("a value");
    let mut places = vec![place(&sources, tree.node(node).span)];
    let steps = tree
        .passage(node)
        .map(|passage| passage.steps.as_slice())
        .unwrap_or_default();
    places.extend(
        steps
            .iter()
            .map(|step| format!("{} {}", role(step.role), place(&sources, step.span))),
    );
    assert_eq!(places, expected);
}

const IMAGE: (&str, &str) = ("Deployment", "spec.template.spec.containers.0.image");
const REPLICAS: (&str, &str) = ("Deployment", "spec.replicas");

#[test]
fn what_nobody_changes_stands_in_the_base() {
    check(
        "resources: [../base]\n",
        &[],
        REPLICAS,
        &["base/deployment.yaml:6 `1`"],
    );
}

#[test]
fn patches_stand_in_front_of_what_they_replace() {
    let patch = "\
resources: [../base]
patches:
- patch: |-
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: api}
    spec: {replicas: 3}
";
    let expected = [
        "overlay/kustomization.yaml:7 `3`",
        "replaced base/deployment.yaml:6 `1`",
    ];
    check(patch, &[], REPLICAS, &expected);
    let operations = "\
resources: [../base]
patches:
- path: patch.json
  target: {kind: Deployment}
";
    let file = "[{\"op\": \"replace\", \"path\": \"/spec/replicas\",\n\"value\": 3}]";
    let expected = [
        "overlay/patch.json:2 `3`",
        "replaced base/deployment.yaml:6 `1`",
    ];
    check(
        operations,
        &[("overlay/patch.json", file)],
        REPLICAS,
        &expected,
    );
}

#[test]
fn fields_of_kustomizations_set_values() {
    let overlay = "resources: [../base]\nreplicas:\n- {name: api, count: 5}\n";
    let expected = [
        "overlay/kustomization.yaml:3 `5`",
        "replaced base/deployment.yaml:6 `1`",
    ];
    check(overlay, &[], REPLICAS, &expected);
    let overlay = "resources: [../base]\nimages:\n- name: nginx\n  newTag: \"2.0\"\n";
    let expected = [
        "overlay/kustomization.yaml:4 `\"2.0\"`",
        "made of base/deployment.yaml:11 `nginx:1.0`",
    ];
    check(overlay, &[], IMAGE, &expected);
    let overlay = "resources: [../base]\nnamePrefix: a-\nnameSuffix: -b\n";
    let expected = [
        "overlay/kustomization.yaml:3 `-b`",
        "made of overlay/kustomization.yaml:2 `a-`",
        "made of base/deployment.yaml:4 `api`",
    ];
    check(overlay, &[], ("Deployment", "metadata.name"), &expected);
    let overlay = "resources: [../base]\ncommonLabels:\n  app: web\n";
    let path = "spec.selector.matchLabels.app";
    check(
        overlay,
        &[],
        ("Deployment", path),
        &["overlay/kustomization.yaml:3 `web`"],
    );
    check(
        "resources: [../base]\nnamespace: prod\n",
        &[],
        ("Deployment", "metadata.namespace"),
        &["overlay/kustomization.yaml:2 `prod`"],
    );
}

#[test]
fn generated_data_stands_in_literals_and_files() {
    let overlay = "\
resources: [../base]
configMapGenerator:
- name: settings
  literals:
  - host=example.org
  files: [app.conf]
  envs: [app.env]
";
    let files = [
        ("overlay/app.conf", "one\ntwo\n"),
        ("overlay/app.env", "# a\nMODE=fast\n"),
    ];
    for (path, expected) in [
        (
            "data.host",
            &["overlay/kustomization.yaml:5 `example.org`"][..],
        ),
        (
            "data.MODE",
            &[
                "overlay/app.env:2 `fast`",
                "placed by overlay/kustomization.yaml:7 `app.env`",
            ],
        ),
        (
            "metadata.name",
            &["overlay/kustomization.yaml:3 `settings`"],
        ),
    ] {
        check(overlay, &files, ("ConfigMap", path), expected);
    }
    // A reference stays where it is written, and knows the name that it is made of.
    let path = "spec.template.spec.containers.0.envFrom.0.configMapRef.name";
    let expected = [
        "base/deployment.yaml:14 `settings`",
        "made of overlay/kustomization.yaml:3 `settings`",
    ];
    check(overlay, &files, ("Deployment", path), &expected);
}

#[test]
fn replacements_stand_at_their_source() {
    let overlay = "\
resources: [../base, config.yaml]
replacements:
- source: {kind: ConfigMap, name: source, fieldPath: data.image}
  targets:
  - select: {kind: Deployment}
    fieldPaths: [spec.template.spec.containers.*.image]
";
    let config =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: source}\ndata:\n  image: other:3\n";
    let expected = [
        "overlay/config.yaml:5 `other:3`",
        "placed by overlay/kustomization.yaml:6 `spec.template.spec.containers.*.image`",
        "replaced base/deployment.yaml:11 `nginx:1.0`",
    ];
    check(
        overlay,
        &[("overlay/config.yaml", config)],
        IMAGE,
        &expected,
    );
}

#[test]
fn variables_are_known_to_what_holds_them() {
    let overlay = "\
resources: [../base, service.yaml]
vars:
- name: HOST
  objref: {apiVersion: v1, kind: Service, name: front}
";
    let service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: front\n";
    let expected = [
        "base/deployment.yaml:12 `--host=$(HOST)`",
        "made of overlay/service.yaml:4 `front`",
    ];
    let path = "spec.template.spec.containers.0.args.0";
    check(
        overlay,
        &[("overlay/service.yaml", service)],
        ("Deployment", path),
        &expected,
    );
}

#[test]
fn objects_know_the_entries_that_brought_them() {
    let files = [
        BASE,
        ("base/deployment.yaml", DEPLOYMENT),
        ("overlay/kustomization.yaml", "resources:\n- ../base\n"),
    ];
    let system = Memory::new(files);
    let sources = Sources::default();
    let build = Reader::new(&system, &sources, &NoCharts).build(Path::new("overlay"));
    let listed = build.resources[0]
        .listed
        .iter()
        .map(|span| place(&sources, *span));
    assert_eq!(
        listed.collect::<Vec<_>>(),
        [
            "base/kustomization.yaml:1 `deployment.yaml`",
            "overlay/kustomization.yaml:2 `../base`"
        ]
    );
}
