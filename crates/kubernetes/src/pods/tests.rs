//! Tests of pods: each shows the pods of a manifest and their containers.

use expect_test::{Expect, expect};
use graph::{ContainerRole, Resource};

use crate::{Options, PodPaths, testing};

/// Shows each pod as the path of its spec, with `+` where it has metadata, and its containers by path.
fn show(resource: &Resource) -> String {
    let mut out = String::new();
    for pod in &resource.facts.pods {
        let metadata = if pod.metadata.is_some() { "+" } else { "" };
        out += &format!("{}{metadata}\n", resource.path(pod.spec));
        for container in &pod.containers {
            let role = match container.role {
                ContainerRole::Init => "init",
                ContainerRole::Main => "main",
                ContainerRole::Ephemeral => "ephemeral",
            };
            out += &format!("  {role} {}\n", resource.path(container.node));
        }
    }
    out
}

#[track_caller]
fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&show(&testing::one(text)));
}

/// The text of an object of a custom kind.
fn custom(kind: &str, group: &str, spec: &str) -> String {
    format!("{{apiVersion: {group}/v1, kind: {kind}, metadata: {{name: a}}, spec: {spec}}}")
}

const POD: &str = "{spec: {containers: [{name: a, image: a}]}}";

#[test]
fn containers_of_all_roles_are_found_in_order() {
    check(
        "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  ephemeralContainers: [{name: e}]
  containers: [{name: m}, {}]
  initContainers: [{name: i}]
",
        &expect![[r#"
            spec+
              init spec.initContainers[name=i]
              main spec.containers[name=m]
              main spec.containers[1]
              ephemeral spec.ephemeralContainers[name=e]
        "#]],
    );
}

#[test]
fn every_core_kind_with_pods_has_them() {
    for (api_version, kind) in [
        ("v1", "ReplicationController"),
        ("apps/v1", "ReplicaSet"),
        ("apps/v1", "Deployment"),
        ("extensions/v1beta1", "Deployment"),
        ("apps/v1", "StatefulSet"),
        ("apps/v1", "DaemonSet"),
        ("batch/v1", "Job"),
    ] {
        let text = format!(
            "{{apiVersion: {api_version}, kind: {kind}, metadata: {{name: a}}, spec: {{template: {POD}}}}}"
        );
        assert_eq!(testing::one(&text).facts.pods.len(), 1, "{kind}");
    }
    check(
        &format!("{{apiVersion: v1, kind: PodTemplate, metadata: {{name: a}}, template: {POD}}}"),
        &expect![[r#"
            template.spec
              main template.spec.containers[name=a]
        "#]],
    );
    check(
        &format!(
            "{{apiVersion: batch/v1, kind: CronJob, metadata: {{name: a}}, spec: {{jobTemplate: {{spec: {{template: {POD}}}}}}}}}"
        ),
        &expect![[r#"
            spec.jobTemplate.spec.template.spec
              main spec.jobTemplate.spec.template.spec.containers[name=a]
        "#]],
    );
    check(
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {template: {spec: {containers: [{name: a, image: a}]}}}}",
        &expect![[r""]],
    );
}

#[test]
fn custom_kinds_have_pods_where_the_table_says() {
    check(
        &custom("Rollout", "argoproj.io", &format!("{{template: {POD}}}")),
        &expect![[r#"
            spec.template.spec
              main spec.template.spec.containers[name=a]
        "#]],
    );
    check(
        &custom(
            "JobSet",
            "jobset.x-k8s.io",
            &format!(
                "{{replicatedJobs: [{{name: x, template: {{spec: {{template: {POD}}}}}}}, {{name: y, template: {{spec: {{template: {POD}}}}}}}]}}"
            ),
        ),
        &expect![[r#"
            spec.replicatedJobs[name=x].template.spec.template.spec
              main spec.replicatedJobs[name=x].template.spec.template.spec.containers[name=a]
            spec.replicatedJobs[1].template.spec.template.spec
              main spec.replicatedJobs[1].template.spec.template.spec.containers[name=a]
        "#]],
    );
    check(
        &custom(
            "TFJob",
            "kubeflow.org",
            &format!(
                "{{tfReplicaSpecs: {{PS: {{template: {POD}}}, Worker: {{template: {POD}}}}}}}"
            ),
        ),
        &expect![[r#"
            spec.tfReplicaSpecs.PS.template.spec
              main spec.tfReplicaSpecs.PS.template.spec.containers[name=a]
            spec.tfReplicaSpecs.Worker.template.spec
              main spec.tfReplicaSpecs.Worker.template.spec.containers[name=a]
        "#]],
    );
    check(
        &custom(
            "Revision",
            "serving.knative.dev",
            "{containers: [{image: a}]}",
        ),
        &expect![[r#"
            spec+
              main spec.containers[0]
        "#]],
    );
    check(
        &custom(
            "VirtualMachine",
            "kubevirt.io",
            &format!("{{template: {POD}}}"),
        ),
        &expect![[r""]],
    );
    check(
        &custom("Prometheus", "monitoring.coreos.com", "{replicas: 1}"),
        &expect![[r""]],
    );
    check(
        &custom(
            "Prometheus",
            "monitoring.coreos.com",
            "{containers: [{name: prometheus}, {name: proxy, image: p}]}",
        ),
        &expect![[r#"
            spec
              main spec.containers[name=proxy]
        "#]],
    );
}

#[test]
fn templates_of_workflows_are_pods_where_they_have_containers() {
    let workflow = testing::one(
        "
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: a}
spec:
  securityContext: {runAsNonRoot: true}
  templates:
  - name: main
    steps: [[{name: x, template: run}]]
  - name: run
    metadata: {labels: {a: b}}
    initContainers: [{name: i, image: i}]
    container: {image: a}
    sidecars: [{name: s, image: s}]
  - name: script
    securityContext: {runAsNonRoot: false}
    script: {image: a, source: exit}
  - name: set
    containerSet: {containers: [{name: x, image: x}]}
",
    );
    expect![[r#"
        spec.templates[name=run]+
          init spec.templates[name=run].initContainers[name=i]
          main spec.templates[name=run].container
          main spec.templates[name=run].sidecars[name=s]
        spec.templates[name=script]
          main spec.templates[name=script].script
        spec.templates[name=set]
          main spec.templates[name=set].containerSet.containers[name=x]
    "#]]
    .assert_eq(&show(&workflow));
    let inherited = workflow.facts.pods.iter().map(|pod| {
        let node = workflow
            .tree
            .at(pod.spec, &["securityContext", "runAsNonRoot"])
            .unwrap();
        format!("{:?}", workflow.tree.node(node).data)
    });
    assert_eq!(
        inherited.collect::<Vec<_>>(),
        ["Bool(true)", "Bool(false)", "Bool(true)"]
    );
}

#[test]
fn steps_of_tasks_take_what_they_lack_from_the_step_template() {
    let task = testing::one(
        "
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: a}
spec:
  stepTemplate: {securityContext: {privileged: false}, image: b}
  steps: [{name: x, image: a}, {name: y}]
  sidecars: [{name: s, image: s}]
",
    );
    expect![[r#"
        spec
          main spec.steps[name=x]
          main spec.steps[1]
          main spec.sidecars[name=s]
    "#]]
    .assert_eq(&show(&task));
    let image = |index: usize| {
        task.tree
            .text(task.facts.pods[0].containers[index].node, "image")
            .unwrap()
            .as_str()
    };
    assert_eq!([image(0), image(1)], ["a", "b"]);
}

#[test]
fn what_is_inherited_is_bounded() {
    let variables = "{name: A, value: b},\n ".repeat(3000);
    let steps = "{name: x, image: a},\n ".repeat(3000);
    let text = custom(
        "Task",
        "tekton.dev",
        &format!("{{stepTemplate: {{env: [{variables}]}}, steps: [{steps}]}}"),
    );
    assert!(testing::one(&text).tree.len() < 60_000);
}

#[test]
fn unknown_kinds_have_pods_where_they_look_like_it() {
    check(
        &custom(
            "Widget",
            "example.org",
            &format!("{{template: {POD}, x: [{{workerTemplate: {POD}}}], y: {POD}}}"),
        ),
        &expect![[r#"
            spec.template.spec
              main spec.template.spec.containers[name=a]
            spec.x[0].workerTemplate.spec
              main spec.x[0].workerTemplate.spec.containers[name=a]
        "#]],
    );
    check(
        &custom(
            "Widget",
            "example.org",
            "{template: {spec: {containers: [{name: a}]}}}",
        ),
        &expect![[r""]],
    );
    check(
        &custom(
            "Widget",
            "example.org",
            "{template: {spec: {containers: []}}}",
        ),
        &expect![[r""]],
    );
    check(
        &custom(
            "ClusterPolicy",
            "kyverno.io",
            &format!("{{template: {POD}}}"),
        ),
        &expect![[r""]],
    );
}

#[test]
fn users_add_rows() {
    let mut options = Options {
        pod_paths: PodPaths::default(),
        ..Options::default()
    };
    options
        .pod_paths
        .add("Widget.example.org spec.pod what=spec main=agents,single init=before")
        .unwrap();
    let text = custom(
        "Widget",
        "example.org",
        "{pod: {agents: [{image: a}], single: {image: b}, before: [{image: c}]}}",
    );
    let (_, manifests) = testing::read_with(&text, &options);
    expect![[r#"
        spec.pod
          init spec.pod.before[0]
          main spec.pod.agents[0]
          main spec.pod.single
    "#]]
    .assert_eq(&show(&manifests.resources[0]));
}

#[test]
fn unknown_pods_and_containers_are_not_taken_for_empty() {
    let deployment = |spec: &str| custom("Deployment", "apps", spec);
    check(
        &deployment("!unknown x"),
        &expect![[r#"
        spec
          main spec
    "#]],
    );
    check(
        &deployment("{template: {metadata: {}, spec: !unknown x}}"),
        &expect![[r#"
            spec.template.spec+
              main spec.template.spec
        "#]],
    );
    check(
        &deployment("{template: {spec: {containers: !unknown x}}}"),
        &expect![[r#"
            spec.template.spec
              main spec.template.spec.containers
        "#]],
    );
    check(
        &deployment("{template: {spec: {containers: [!unknown x, text]}}}"),
        &expect![[r#"
            spec.template.spec
              main spec.template.spec.containers[0]
        "#]],
    );
}

#[test]
fn a_template_is_a_pod_before_its_containers_are_written() {
    let spec = "{template: {spec: {hostIPC: true}}}";
    check(
        &custom("DeploymentConfig", "apps.openshift.io", spec),
        &expect![[r#"
            spec.template.spec
        "#]],
    );
    check(
        &custom("AutoscalingRunnerSet", "actions.github.com", spec),
        &expect![""],
    );
    check(&custom("Widget", "example.org", spec), &expect![""]);
}
