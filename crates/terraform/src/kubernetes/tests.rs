//! Resources in, objects of the API out.

use graph::{Data, NodeId, Tree};

use crate::resource::resources;
use crate::root::testing::root;

/// Shows the objects that a file makes, as flow YAML without `apiVersion`.
#[track_caller]
fn check(name: &str, text: &str, expected: &[&str]) {
    check_files(&[(name, text)], expected);
}

#[track_caller]
fn check_files(files: &[(&str, &str)], expected: &[&str]) {
    let root = root(files);
    assert_eq!(root.problems, []);
    let objects = resources(&root).into_iter().filter_map(|row| row.object);
    let shown: Vec<String> = objects
        .map(|object| flow(&object.tree, NodeId::ROOT))
        .collect();
    assert_eq!(shown, expected);
}

fn flow(tree: &Tree, node: NodeId) -> String {
    let parts = || tree.children(node);
    let open = if tree.open(node).is_some() {
        ", …"
    } else {
        ""
    };
    match &tree.node(node).data {
        Data::Map => {
            let entries: Vec<String> = parts()
                .filter_map(|part| {
                    let key = tree.node(part).key.as_ref()?;
                    (key.text != "apiVersion")
                        .then(|| format!("{}: {}", key.text, flow(tree, part)))
                })
                .collect();
            format!("{{{}{open}}}", entries.join(", "))
        }
        Data::List => {
            let items: Vec<String> = parts().map(|part| flow(tree, part)).collect();
            format!("[{}{open}]", items.join(", "))
        }
        Data::String(text) => format!("{text:?}"),
        Data::Int(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::Unknown(_) => "?".to_owned(),
        data => format!("{data:?}"),
    }
}

#[test]
fn blocks_are_objects_or_elements_of_lists() {
    check(
        "main.tf",
        r#"
        resource "kubernetes_service" "a" {
          metadata { name = "a" }
          spec {
            cluster_ip = "None"
            selector   = { app_name = "a" }
            port { port = 80 }
            port {
              port        = 81
              target_port = "8081"
            }
          }
        }
        resource "kubernetes_ingress_v1" "a" {
          spec {
            rule {
              http {
                path {
                  backend {
                    service {
                      name = "a"
                      port { number = 80 }
                    }
                  }
                }
              }
            }
          }
          wait_for_load_balancer = true
        }
        "#,
        &[
            r#"{kind: "Ingress", spec: {rules: [{http: {paths: [{backend: {service: {name: "a", port: {number: 80}}}}]}}]}}"#,
            r#"{kind: "Service", metadata: {name: "a"}, spec: {clusterIP: "None", ports: [{port: 80}, {port: 81, targetPort: 8081}], selector: {app_name: "a"}}}"#,
        ],
    );
}

#[test]
fn values_are_those_of_the_api() {
    check(
        "main.tf",
        r#"
        resource "kubernetes_pod" "a" {
          metadata { labels = { "a/b_c" = 1 } }
          spec {
            security_context { supplemental_groups = ["1", 2] }
            container {
              env {
                name  = "PORT"
                value = 80
              }
              resources { limits = { cpu = 1, "nvidia.com/gpu" = "1" } }
            }
            volume {
              config_map { default_mode = "0644" }
            }
            node_name = null
          }
        }
        resource "kubernetes_secret" "a" {
          data        = { a = "text" }
          binary_data = { b = "dGV4dA==" }
        }
        "#,
        &[
            r#"{kind: "Pod", metadata: {labels: {a/b_c: "1"}}, spec: {containers: [{env: [{name: "PORT", value: "80"}], resources: {limits: {cpu: "1", nvidia.com/gpu: "1"}}}], securityContext: {supplementalGroups: [1, 2]}, volumes: [{configMap: {defaultMode: 420}}]}}"#,
            r#"{kind: "Secret", data: {b: "dGV4dA=="}, stringData: {a: "text"}}"#,
        ],
    );
}

#[test]
fn one_argument_means_different_things_in_different_places() {
    check(
        "main.tf",
        r#"
        resource "kubernetes_cluster_role" "a" {
          rule {
            verbs             = ["get"]
            non_resource_urls = ["/healthz"]
          }
        }
        resource "kubernetes_persistent_volume" "a" {
          spec {
            persistent_volume_source {
              host_path { path = "/" }
            }
          }
        }
        resource "kubernetes_service_account" "a" {
          secret { name = "a" }
          image_pull_secret { name = "b" }
        }
        "#,
        &[
            r#"{kind: "ClusterRole", rules: [{nonResourceURLs: ["/healthz"], verbs: ["get"]}]}"#,
            r#"{kind: "PersistentVolume", spec: {hostPath: {path: "/"}}}"#,
            r#"{kind: "ServiceAccount", imagePullSecrets: [{name: "b"}], secrets: [{name: "a"}]}"#,
        ],
    );
}

#[test]
fn arguments_with_names_of_their_own_become_fields() {
    check(
        "main.tf",
        r#"
        resource "kubernetes_job_v1" "a" {
          spec {
            ttl_seconds_after_finished = "60"
            template {
              spec {
                toleration { toleration_seconds = "30" }
                volume {
                  downward_api {
                    items { path = "labels" }
                  }
                }
                volume {
                  azure_disk { data_disk_uri = "a" }
                }
                volume {
                  rbd {
                    ceph_monitors = ["a"]
                    rbd_image     = "b"
                  }
                }
              }
            }
          }
        }
        resource "kubernetes_horizontal_pod_autoscaler_v2" "a" {
          spec {
            metric {
              pods {
                metric { name = "a" }
              }
            }
          }
        }
        resource "kubernetes_secret_v1" "a" {
          data_wo          = { a = "text" }
          data_wo_revision = 1
        }
        resource "kubernetes_service_v1" "a" {
          spec {
            session_affinity_config {
              client_ip { timeout_seconds = 1 }
            }
          }
        }
        "#,
        &[
            r#"{kind: "HorizontalPodAutoscaler", spec: {metrics: [{pods: {metric: {name: "a"}}}]}}"#,
            r#"{kind: "Job", spec: {template: {spec: {tolerations: [{tolerationSeconds: 30}], volumes: [{downwardAPI: {items: [{path: "labels"}]}}, {azureDisk: {diskURI: "a"}}, {rbd: {monitors: ["a"], image: "b"}}]}}, ttlSecondsAfterFinished: 60}}"#,
            r#"{kind: "Secret", stringData: {a: "text"}}"#,
            r#"{kind: "Service", spec: {sessionAffinityConfig: {clientIP: {timeoutSeconds: 1}}}}"#,
        ],
    );
}

#[test]
fn what_may_be_there_is_unknown() {
    check(
        "main.tf",
        r#"
        variable "any" {}
        resource "kubernetes_pod" "a" {
          spec {
            dynamic "container" {
              for_each = var.any
              content { name = "a" }
            }
            dynamic "security_context" {
              for_each = var.any
              content { run_as_non_root = true }
            }
          }
        }
        resource "kubernetes_manifest" "a" { manifest = var.any }
        "#,
        &[r#"{kind: "Pod", spec: {containers: [{name: "a"}, …], securityContext: ?}}"#],
    );
}

#[test]
fn json_has_the_same_arguments() {
    check(
        "main.tf.json",
        r#"{"resource": {"kubernetes_pod": {"a": {"spec": {"container": {"name": "a"}, "host_pid": true}}}}}"#,
        &[r#"{kind: "Pod", spec: {containers: [{name: "a"}], hostPID: true}}"#],
    );
}

#[test]
fn documents_of_a_file_are_objects_of_their_own() {
    check_files(
        &[
            (
                "main.tf",
                r#"
                data "kubectl_file_documents" "a" { content = file("a.yaml") }
                resource "kubectl_manifest" "each" {
                  for_each  = data.kubectl_file_documents.a.manifests
                  yaml_body = each.value
                }
                resource "kubectl_manifest" "counted" {
                  count     = length(data.kubectl_file_documents.a.documents)
                  yaml_body = element(data.kubectl_file_documents.a.documents, count.index)
                }
                "#,
            ),
            (
                "a.yaml",
                "apiVersion: v1\nkind: Namespace\n---\napiVersion: v1\nkind: Pod\n",
            ),
        ],
        &[
            r#"{kind: "Namespace"}"#,
            r#"{kind: "Pod"}"#,
            r#"{kind: "Namespace"}"#,
            r#"{kind: "Pod"}"#,
        ],
    );
}

#[test]
fn patches_change_the_objects_of_the_root() {
    check(
        "main.tf",
        r#"
        variable "u" {}
        resource "kubernetes_namespace" "a" {
          metadata { name = "a" }
        }
        resource "kubernetes_labels" "a" {
          api_version = "v1"
          kind        = "Namespace"
          metadata { name = kubernetes_namespace.a.metadata[0].name }
          labels = { "pod-security.kubernetes.io/enforce" = "baseline" }
        }
        resource "kubernetes_deployment_v1" "web" {
          metadata {
            name      = "web"
            namespace = var.u
          }
          spec {
            template {
              metadata { annotations = { a = "old", b = "kept" } }
              spec {
                container {
                  name = "web"
                  env {
                    name  = "LOG"
                    value = "debug"
                  }
                }
                container { name = "other" }
              }
            }
          }
        }
        resource "kubernetes_annotations" "web" {
          api_version = "apps/v1"
          kind        = "Deployment"
          metadata {
            name      = "web"
            namespace = kubernetes_deployment_v1.web.metadata[0].namespace
          }
          annotations          = { c = 1 }
          template_annotations = { a = "new" }
        }
        resource "kubernetes_env" "web" {
          api_version = "apps/v1"
          kind        = "Deployment"
          container   = "web"
          metadata {
            name      = "web"
            namespace = kubernetes_deployment_v1.web.metadata[0].namespace
          }
          env {
            name  = "LOG"
            value = "info"
          }
          env {
            name = "KEY"
            value_from {
              secret_key_ref {
                name = "s"
                key  = "k"
              }
            }
          }
        }
        "#,
        &[
            r#"{kind: "Deployment", metadata: {name: "web", namespace: ?, annotations: {c: "1"}}, spec: {template: {metadata: {annotations: {b: "kept", a: "new"}}, spec: {containers: [{env: [{name: "LOG", value: "info"}, {name: "KEY", valueFrom: {secretKeyRef: {key: "k", name: "s"}}}], name: "web"}, {name: "other"}]}}}}"#,
            r#"{kind: "Namespace", metadata: {name: "a", labels: {pod-security.kubernetes.io/enforce: "baseline"}}}"#,
        ],
    );
}

#[test]
fn patches_of_data_and_taints_go_by_their_types() {
    check(
        "main.tf",
        r#"
        resource "kubernetes_config_map" "a" {
          metadata { name = "a" }
          data = { a = "1", b = "2" }
        }
        resource "kubernetes_config_map_v1_data" "a" {
          metadata { name = "a" }
          data  = { b = "3" }
          force = true
        }
        resource "kubernetes_secret" "a" {
          metadata { name = "a" }
        }
        resource "kubernetes_secret_v1_data" "a" {
          metadata {
            name      = "a"
            namespace = "default"
          }
          data = { k = sensitive("v") }
        }
        resource "kubernetes_secret_v1_data" "other" {
          metadata {
            name      = "a"
            namespace = "other"
          }
          data = { other = "v" }
        }
        resource "kubernetes_manifest" "node" {
          manifest = { apiVersion = "v1", kind = "Node", metadata = { name = "n" } }
        }
        resource "kubernetes_node_taint" "n" {
          metadata { name = "n" }
          taint {
            key    = "k"
            effect = "NoSchedule"
          }
        }
        "#,
        &[
            r#"{kind: "ConfigMap", data: {a: "1", b: "3"}, metadata: {name: "a"}}"#,
            r#"{kind: "Node", metadata: {name: "n"}, spec: {taints: [{effect: "NoSchedule", key: "k"}]}}"#,
            r#"{kind: "Secret", metadata: {name: "a"}, stringData: {k: "v"}}"#,
        ],
    );
}

#[test]
fn a_patch_that_may_be_there_leaves_the_rest_open() {
    check(
        "main.tf",
        r#"
        variable "u" {}
        resource "kubernetes_namespace" "a" {
          metadata { name = "a" }
        }
        resource "kubernetes_labels" "a" {
          count       = var.u
          api_version = "v1"
          kind        = "Namespace"
          metadata { name = "a" }
          labels = { a = "b" }
        }
        resource "kubernetes_namespace" "b" {
          metadata { name = "b" }
        }
        resource "kubernetes_labels" "b" {
          api_version = "v1"
          kind        = "Namespace"
          metadata { name = "b" }
          labels = var.u
        }
        "#,
        &[
            r#"{kind: "Namespace", metadata: {name: "a", labels: {, …}}}"#,
            r#"{kind: "Namespace", metadata: {name: "b", labels: {, …}}}"#,
        ],
    );
}

#[test]
fn what_a_patch_sets_stands_in_the_patch_and_stays_secret() {
    let text = r#"
        resource "kubernetes_secret" "a" {
          metadata { name = "a" }
        }
        resource "kubernetes_secret_v1_data" "a" {
          metadata { name = "a" }
          data = { k = sensitive("hidden") }
        }
    "#;
    let rows = resources(&root(&[("main.tf", text)]));
    assert_eq!(rows.len(), 2);
    let object = rows[0].object.as_ref().expect("the secret makes an object");
    let node = object.tree.at(NodeId::ROOT, &["stringData", "k"]);
    let node = node.expect("the patch sets it");
    let span = object.tree.node(node).span;
    assert_eq!(&text[span.start as usize..span.end as usize], "\"hidden\"");
    assert!(object.sensitive.contains(&node));
    assert!(rows[1].object.is_none());
}
