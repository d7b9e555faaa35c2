//! What Argo CD and Flux say of a kustomization before it is built.

use std::path::Path;
use std::sync::Arc;

use kustomize::{Changes, NoCharts, Reader};
use source::{Memory, Sources};

const POD: (&str, &str) = (
    "k/pod.yaml",
    "apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: web:1 }] }\n",
);

/// The text that is built of a kustomization with these fields, and what is wrong.
#[track_caller]
fn check(kustomization: Option<&str>, said: &str, forces: bool, expected: &str) {
    let file = kustomization.map(|text| ("k/kustomization.yaml", text));
    let component = (
        "component/kustomization.yaml",
        "kind: Component\nnameSuffix: -c\n",
    );
    let system = Memory::new(file.into_iter().chain([POD, component]));
    let sources = Sources::default();
    let file = sources.add("application.yaml", said);
    let yaml = yaml::read(&file, &yaml::Options::default());
    let changes = Changes {
        fields: Arc::new(yaml.documents[0].tree.clone()),
        forces,
        is_whole: kustomization.is_none(),
    };
    let build = Reader::new(&system, &sources, &NoCharts).build_changed(Path::new("k"), &changes);
    let mut out = build.text();
    for problem in &build.problems {
        out += &format!(
            "{:?} {}: {}\n",
            problem.level, problem.code, problem.message
        );
    }
    assert_eq!(out, expected);
}

#[test]
fn what_is_said_counts_before_the_file() {
    check(
        Some(
            "resources: [pod.yaml]
namePrefix: a-
images: [{ name: web, newName: web2, newTag: '2' }, { name: other, newTag: '1' }]
commonAnnotations: { a: '1' }
",
        ),
        "namePrefix: b-
nameSuffix: -s
namespace: shop
images: [{ name: web, newName: '*', digest: 'sha256:00' }]
commonAnnotations: { b: '2' }
components: [../component]
patches:
- { target: { kind: Pod }, patch: '[{ op: add, path: /spec/hostPID, value: true }]' }
",
        false,
        "apiVersion: v1
kind: Pod
metadata:
  annotations:
    a: \"1\"
    b: \"2\"
  name: b-web-c-s
  namespace: shop
spec:
  containers:
  - image: web2@sha256:00
    name: web
  hostPID: true
",
    );
}

#[test]
fn labels_of_the_file_are_changed_by_force_only() {
    let file = Some("resources: [pod.yaml]\ncommonLabels: { a: '1' }\n");
    let pod = |label: &str| {
        format!(
            "apiVersion: v1
kind: Pod
metadata:
  labels:
    a: \"{label}\"
  name: web
spec:
  containers:
  - image: web:1
    name: web
"
        )
    };
    let said = "commonLabels: { a: '2' }\n";
    let fault = "Error kustomization-field: the kustomization has `a` already\n";
    check(file, said, false, &(pod("1") + fault));
    check(file, said, true, &pod("2"));
}

#[test]
fn a_folder_without_a_file_is_what_is_said() {
    check(
        None,
        "resources: [pod.yaml]\nnamePrefix: a-\n",
        false,
        "apiVersion: v1
kind: Pod
metadata:
  name: a-web
spec:
  containers:
  - image: web:1
    name: web
",
    );
}
