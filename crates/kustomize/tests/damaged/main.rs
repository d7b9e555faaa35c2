//! Kustomizations with damage anywhere are built without a crash, and every place and printed value is right.

mod invariants;

use std::path::Path;

use kustomize::{NoCharts, Reader};
use source::{Memory, Sources};

/// A kustomization that uses much of what there is.
const KUSTOMIZATION: &str = "\
namePrefix: p-
namespace: prod
resources: [a.yaml, ../base]
components: [../component]
commonLabels: {app: x}
images: [{name: nginx, newTag: \"2\"}]
replicas: [{name: d, count: 2}]
configMapGenerator: [{name: c, literals: [a=b], behavior: create}]
patches:
- target: {kind: Deployment}
  patch: |-
    - {op: add, path: /metadata/annotations, value: {a: b}}
- path: patch.yaml
replacements:
- source: {kind: ConfigMap, name: a, fieldPath: data.a}
  targets: [{select: {kind: Deployment}, fieldPaths: [\"spec.template.spec.containers.[name=c].image\"]}]
transformers:
- |-
  apiVersion: builtin
  kind: LabelTransformer
  metadata: {name: l}
  labels: {b: c}
  fieldSpecs: [{path: metadata/labels, create: true}]
vars: [{name: V, objref: {apiVersion: v1, kind: ConfigMap, name: a}}]
";

const CONFIG: &str = "\
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data:
  a: &x |
    one
      two
  b: *x
";

const PATCH: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec: {template: {spec: {containers: [{name: c, env: [{name: A, value: \"$(V)\"}]}, {name: e, $patch: delete}]}}}
";

const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: d, annotations: {note: x}}
spec:
  template:
    spec:
      containers:
      - {name: c, image: nginx, envFrom: [{configMapRef: {name: a}}]}
      - name: e
        image: >
          folded
            text
";

const COMPONENT: &str =
    "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -s\n";

const FILES: [(&str, &str); 6] = [
    ("k/kustomization.yaml", KUSTOMIZATION),
    ("k/a.yaml", CONFIG),
    ("k/patch.yaml", PATCH),
    ("base/kustomization.yaml", "resources: [b.yaml]\n"),
    ("base/b.yaml", DEPLOYMENT),
    ("component/kustomization.yaml", COMPONENT),
];

#[test]
fn whole_files_are_built() {
    let sources = Sources::default();
    let system = Memory::new(FILES);
    let build = Reader::new(&system, &sources, &NoCharts).build(Path::new("k"));
    assert_eq!(build.problems, []);
    assert_eq!(build.resources.len(), 3);
    invariants::check_build(&build, &sources);
}

/// Each file with a piece cut out, doubled or ended at every few bytes.
#[test]
fn damaged_files_are_built() {
    for (index, (_, text)) in FILES.into_iter().enumerate() {
        let places = (0..text.len()).step_by(5);
        for at in places {
            let end = (at + 7).min(text.len());
            let (before, behind) = (&text.as_bytes()[..at], &text.as_bytes()[end..]);
            let cut = [before, behind].concat();
            let doubled = [&text.as_bytes()[..end], &text.as_bytes()[at..]].concat();
            for damaged in [cut, doubled, before.to_vec()] {
                let mut files = FILES.map(|(_, text)| text.as_bytes().to_vec());
                files[index] = damaged;
                invariants::check(&files.join(&0));
            }
        }
    }
}
