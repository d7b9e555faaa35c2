//! Tests of the defaults: each shows the values that are added to a manifest.

use expect_test::{Expect, expect};
use graph::{Data, NodeId, Resource};

use crate::{Options, testing};

/// Shows every defaulted value without children as `path = value`.
fn show(resource: &Resource) -> String {
    let tree = &resource.tree;
    let mut out = String::new();
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        let children: Vec<NodeId> = tree.children(node).collect();
        open.extend(children.iter().rev());
        if tree
            .passage(node)
            .is_none_or(|passage| passage.default.is_none())
            || !children.is_empty()
        {
            continue;
        }
        let value = match &tree.node(node).data {
            Data::String(text) => format!("{:?}", text.as_str()),
            Data::Int(number) => number.to_string(),
            Data::Bool(bool) => bool.to_string(),
            Data::Map => "{}".to_owned(),
            other => format!("{other:?}")
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect(),
        };
        out += &format!("{} = {value}\n", resource.path(node));
    }
    out
}

#[track_caller]
fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&show(&testing::one(text)));
}

/// Shows the defaults that the version adds and does not add, compared with the newest one.
#[track_caller]
fn check_version(version: &str, text: &str, expected: &Expect) {
    let options = Options {
        version: version.parse().unwrap(),
        ..Options::default()
    };
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let old = lines(&show(&testing::read_with(text, &options).1.resources[0]));
    let new = lines(&show(&testing::one(text)));
    let less = new
        .iter()
        .filter(|line| !old.contains(line))
        .map(|line| format!("-{line}\n"));
    let more = old
        .iter()
        .filter(|line| !new.contains(line))
        .map(|line| format!("+{line}\n"));
    expected.assert_eq(&less.chain(more).collect::<String>());
}

#[test]
fn pods_get_their_settings() {
    check(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: a}]}}",
        &expect![[r#"
            spec.containers[name=a].imagePullPolicy = "Always"
            spec.containers[name=a].terminationMessagePath = "/dev/termination-log"
            spec.containers[name=a].terminationMessagePolicy = "File"
            spec.dnsPolicy = "ClusterFirst"
            spec.restartPolicy = "Always"
            spec.terminationGracePeriodSeconds = 30
            spec.schedulerName = "default-scheduler"
            spec.enableServiceLinks = true
        "#]],
    );
}

#[test]
fn old_names_of_fields_count() {
    let pod = testing::one(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {serviceAccount: shop}}",
    );
    let account = pod
        .tree
        .at(NodeId::ROOT, &["spec", "serviceAccountName"])
        .unwrap();
    assert_eq!(pod.tree.as_text(account).unwrap(), "shop");
}

#[test]
fn written_values_stay_and_empty_ones_count_as_missing() {
    check(
        "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  restartPolicy: Never
  dnsPolicy: ''
  terminationGracePeriodSeconds: 0
  schedulerName:
  enableServiceLinks: false
  containers:
  - {name: a, image: 'a:1@sha256:0', imagePullPolicy: Always, terminationMessagePath: /x, livenessProbe: {periodSeconds: 0, timeoutSeconds: 5}}
",
        &expect![[r#"
            spec.dnsPolicy = "ClusterFirst"
            spec.schedulerName = "default-scheduler"
            spec.containers[name=a].livenessProbe.periodSeconds = 10
            spec.containers[name=a].livenessProbe.successThreshold = 1
            spec.containers[name=a].livenessProbe.failureThreshold = 3
            spec.containers[name=a].terminationMessagePolicy = "File"
        "#]],
    );
}

#[test]
fn containers_of_all_roles_get_their_settings() {
    check(
        "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  initContainers: [{name: i, image: 'i:latest', resources: {limits: {cpu: 1}}}]
  containers:
  - name: m
    image: m:1
    ports: [{containerPort: 80}]
    env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
    resources: {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 500m}}
    livenessProbe: {httpGet: {port: 80}}
    readinessProbe: {grpc: {port: 80}}
    lifecycle: {preStop: {httpGet: {port: 80}}}
  ephemeralContainers: [{name: e, image: e, resources: {limits: {cpu: 1}}}]
",
        &expect![[r#"
            spec.initContainers[name=i].resources.requests.cpu = 1
            spec.initContainers[name=i].imagePullPolicy = "Always"
            spec.initContainers[name=i].terminationMessagePath = "/dev/termination-log"
            spec.initContainers[name=i].terminationMessagePolicy = "File"
            spec.containers[name=m].ports[0].protocol = "TCP"
            spec.containers[name=m].env[name=A].valueFrom.fieldRef.apiVersion = "v1"
            spec.containers[name=m].resources.requests.memory = "1Gi"
            spec.containers[name=m].livenessProbe.httpGet.path = "/"
            spec.containers[name=m].livenessProbe.httpGet.scheme = "HTTP"
            spec.containers[name=m].livenessProbe.timeoutSeconds = 1
            spec.containers[name=m].livenessProbe.periodSeconds = 10
            spec.containers[name=m].livenessProbe.successThreshold = 1
            spec.containers[name=m].livenessProbe.failureThreshold = 3
            spec.containers[name=m].readinessProbe.grpc.service = ""
            spec.containers[name=m].readinessProbe.timeoutSeconds = 1
            spec.containers[name=m].readinessProbe.periodSeconds = 10
            spec.containers[name=m].readinessProbe.successThreshold = 1
            spec.containers[name=m].readinessProbe.failureThreshold = 3
            spec.containers[name=m].lifecycle.preStop.httpGet.path = "/"
            spec.containers[name=m].lifecycle.preStop.httpGet.scheme = "HTTP"
            spec.containers[name=m].imagePullPolicy = "IfNotPresent"
            spec.containers[name=m].terminationMessagePath = "/dev/termination-log"
            spec.containers[name=m].terminationMessagePolicy = "File"
            spec.ephemeralContainers[name=e].imagePullPolicy = "Always"
            spec.ephemeralContainers[name=e].terminationMessagePath = "/dev/termination-log"
            spec.ephemeralContainers[name=e].terminationMessagePolicy = "File"
            spec.dnsPolicy = "ClusterFirst"
            spec.restartPolicy = "Always"
            spec.terminationGracePeriodSeconds = 30
            spec.schedulerName = "default-scheduler"
            spec.enableServiceLinks = true
        "#]],
    );
}

#[test]
fn ports_of_the_node_are_those_of_the_containers() {
    check(
        "
apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec:
  template:
    spec:
      hostNetwork: true
      containers: [{name: m, image: m, ports: [{containerPort: 80}, {containerPort: 81, hostPort: 8081}]}]
",
        &expect![[r#"
            spec.template.spec.containers[name=m].ports[0].protocol = "TCP"
            spec.template.spec.containers[name=m].ports[0].hostPort = 80
            spec.template.spec.containers[name=m].ports[1].protocol = "TCP"
            spec.template.spec.containers[name=m].imagePullPolicy = "Always"
            spec.template.spec.containers[name=m].terminationMessagePath = "/dev/termination-log"
            spec.template.spec.containers[name=m].terminationMessagePolicy = "File"
            spec.template.spec.dnsPolicy = "ClusterFirst"
            spec.template.spec.restartPolicy = "Always"
            spec.template.spec.terminationGracePeriodSeconds = 30
            spec.template.spec.schedulerName = "default-scheduler"
            spec.template.spec.enableServiceLinks = true
            spec.completions = 1
            spec.parallelism = 1
            spec.backoffLimit = 6
            spec.completionMode = "NonIndexed"
            spec.suspend = false
            spec.podReplacementPolicy = "TerminatingOrFailed"
        "#]],
    );
}

#[test]
fn volumes_without_a_source_are_empty_directories() {
    check(
        "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  restartPolicy: Always
  volumes:
  - {name: a}
  - {name: b, emptyDir: }
  - {name: c, future: {}}
  - {name: d, secret: {secretName: s}}
  - {name: e, configMap: {name: c, defaultMode: 0400}}
  - {name: f, downwardAPI: {items: [{path: p, fieldRef: {fieldPath: metadata.name}}]}}
  - name: g
    projected: {sources: [{serviceAccountToken: {path: t}}, {podCertificate: {}}]}
  - {name: h, hostPath: {path: /}}
  - {name: i, ephemeral: {volumeClaimTemplate: {spec: {}}}}
  - {name: j, image: {reference: r}}
  - {name: k, iscsi: {}}
  - {name: l, rbd: {}}
  - {name: m, azureDisk: {}}
  - {name: n, scaleIO: {}}
",
        &expect![[r#"
            spec.volumes[name=a].emptyDir = {}
            spec.volumes[name=b].emptyDir = {}
            spec.volumes[name=d].secret.defaultMode = 420
            spec.volumes[name=f].downwardAPI.items[0].fieldRef.apiVersion = "v1"
            spec.volumes[name=f].downwardAPI.defaultMode = 420
            spec.volumes[name=g].projected.sources[0].serviceAccountToken.expirationSeconds = 3600
            spec.volumes[name=g].projected.sources[1].podCertificate.maxExpirationSeconds = 86400
            spec.volumes[name=g].projected.defaultMode = 420
            spec.volumes[name=h].hostPath.type = ""
            spec.volumes[name=i].ephemeral.volumeClaimTemplate.spec.volumeMode = "Filesystem"
            spec.volumes[name=j].image.pullPolicy = "Always"
            spec.volumes[name=k].iscsi.iscsiInterface = "default"
            spec.volumes[name=l].rbd.pool = "rbd"
            spec.volumes[name=l].rbd.user = "admin"
            spec.volumes[name=l].rbd.keyring = "/etc/ceph/keyring"
            spec.volumes[name=m].azureDisk.cachingMode = "ReadWrite"
            spec.volumes[name=m].azureDisk.kind = "Shared"
            spec.volumes[name=m].azureDisk.fsType = "ext4"
            spec.volumes[name=m].azureDisk.readOnly = false
            spec.volumes[13].scaleIO.storageMode = "ThinProvisioned"
            spec.volumes[13].scaleIO.fsType = "xfs"
            spec.dnsPolicy = "ClusterFirst"
            spec.terminationGracePeriodSeconds = 30
            spec.schedulerName = "default-scheduler"
            spec.enableServiceLinks = true
        "#]],
    );
}

#[test]
fn requests_of_a_pod_are_its_limits() {
    check(
        "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  resources: {limits: {cpu: 2, memory: 1Gi}}
  containers: [{name: a, image: a, resources: {requests: {cpu: 1}}}]
",
        &expect![[r#"
            spec.resources.requests.memory = "1Gi"
            spec.containers[name=a].imagePullPolicy = "Always"
            spec.containers[name=a].terminationMessagePath = "/dev/termination-log"
            spec.containers[name=a].terminationMessagePolicy = "File"
            spec.dnsPolicy = "ClusterFirst"
            spec.restartPolicy = "Always"
            spec.terminationGracePeriodSeconds = 30
            spec.schedulerName = "default-scheduler"
            spec.enableServiceLinks = true
        "#]],
    );
}

#[test]
fn controllers_get_their_settings() {
    let deployment = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {}}";
    check(
        deployment,
        &expect![[r#"
        spec.replicas = 1
        spec.strategy.type = "RollingUpdate"
        spec.strategy.rollingUpdate.maxUnavailable = "25%"
        spec.strategy.rollingUpdate.maxSurge = "25%"
        spec.revisionHistoryLimit = 10
        spec.progressDeadlineSeconds = 600
    "#]],
    );
    check(
        &deployment.replace("apps/v1", "extensions/v1beta1"),
        &expect![[r#"
            spec.replicas = 1
            spec.strategy.type = "RollingUpdate"
            spec.strategy.rollingUpdate.maxUnavailable = 1
            spec.strategy.rollingUpdate.maxSurge = 1
            spec.revisionHistoryLimit = 2147483647
            spec.progressDeadlineSeconds = 2147483647
        "#]],
    );
    check(
        &deployment.replace(
            "spec: {}",
            "spec: {replicas: 0, strategy: {type: Recreate}}",
        ),
        &expect![[r#"
            spec.revisionHistoryLimit = 10
            spec.progressDeadlineSeconds = 600
        "#]],
    );
    check(
        &deployment.replace("Deployment", "DaemonSet"),
        &expect![[r#"
            spec.updateStrategy.type = "RollingUpdate"
            spec.updateStrategy.rollingUpdate.maxUnavailable = 1
            spec.updateStrategy.rollingUpdate.maxSurge = 0
            spec.revisionHistoryLimit = 10
        "#]],
    );
    check(
        "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {volumeClaimTemplates: [{spec: {}}]}}",
        &expect![[r#"
            spec.volumeClaimTemplates[0].spec.volumeMode = "Filesystem"
            spec.replicas = 1
            spec.podManagementPolicy = "OrderedReady"
            spec.updateStrategy.type = "RollingUpdate"
            spec.updateStrategy.rollingUpdate.partition = 0
            spec.persistentVolumeClaimRetentionPolicy.whenDeleted = "Retain"
            spec.persistentVolumeClaimRetentionPolicy.whenScaled = "Retain"
            spec.revisionHistoryLimit = 10
        "#]],
    );
    check(
        "{apiVersion: apps/v1beta1, kind: StatefulSet, metadata: {name: a}, spec: {}}",
        &expect![[r#"
            spec.replicas = 1
            spec.podManagementPolicy = "OrderedReady"
            spec.updateStrategy.type = "OnDelete"
            spec.persistentVolumeClaimRetentionPolicy.whenDeleted = "Retain"
            spec.persistentVolumeClaimRetentionPolicy.whenScaled = "Retain"
            spec.revisionHistoryLimit = 10
        "#]],
    );
}

#[test]
fn jobs_get_their_settings() {
    check(
        "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {jobTemplate: {spec: {parallelism: 2}}}}",
        &expect![[r#"
            spec.jobTemplate.spec.backoffLimit = 6
            spec.jobTemplate.spec.completionMode = "NonIndexed"
            spec.jobTemplate.spec.suspend = false
            spec.jobTemplate.spec.podReplacementPolicy = "TerminatingOrFailed"
            spec.concurrencyPolicy = "Allow"
            spec.suspend = false
            spec.successfulJobsHistoryLimit = 3
            spec.failedJobsHistoryLimit = 1
        "#]],
    );
    check(
        "
apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec: {backoffLimitPerIndex: 1, podFailurePolicy: {rules: [{onPodConditions: [{type: DisruptionTarget}]}]}}
",
        &expect![[r#"
            spec.podFailurePolicy.rules[0].onPodConditions[0].status = "True"
            spec.completions = 1
            spec.parallelism = 1
            spec.backoffLimit = 2147483647
            spec.completionMode = "NonIndexed"
            spec.suspend = false
            spec.podReplacementPolicy = "Failed"
        "#]],
    );
}

#[test]
fn services_get_their_settings() {
    check(
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80}, {port: 81, targetPort: http}]}}",
        &expect![[r#"
            spec.ports[0].protocol = "TCP"
            spec.ports[0].targetPort = 80
            spec.ports[1].protocol = "TCP"
            spec.type = "ClusterIP"
            spec.sessionAffinity = "None"
            spec.internalTrafficPolicy = "Cluster"
        "#]],
    );
    check(
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: LoadBalancer, sessionAffinity: ClientIP}}",
        &expect![[r#"
            spec.sessionAffinityConfig.clientIP.timeoutSeconds = 10800
            spec.externalTrafficPolicy = "Cluster"
            spec.internalTrafficPolicy = "Cluster"
            spec.allocateLoadBalancerNodePorts = true
        "#]],
    );
    check(
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: ExternalName, externalName: example.org}}",
        &expect![[r#"
            spec.sessionAffinity = "None"
        "#]],
    );
    check(
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {externalIPs: [10.0.0.1]}}",
        &expect![[r#"
            spec.type = "ClusterIP"
            spec.sessionAffinity = "None"
            spec.externalTrafficPolicy = "Cluster"
            spec.internalTrafficPolicy = "Cluster"
        "#]],
    );
    check(
        "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: a}, ports: [{}]}",
        &expect![[r#"
            ports[name=].name = ""
            ports[name=].protocol = "TCP"
        "#]],
    );
    check(
        "{apiVersion: v1, kind: Endpoints, metadata: {name: a}, subsets: [{ports: [{}]}]}",
        &expect![[r#"
            subsets[0].ports[0].protocol = "TCP"
        "#]],
    );
}

#[test]
fn policies_restrict_egress_only_where_a_rule_is_written() {
    let policy = |spec: &str| {
        format!(
            "{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: a}}, spec: {spec}}}"
        )
    };
    check(
        &policy("{egress: []}"),
        &expect![[r#"
        spec.policyTypes[0] = "Ingress"
    "#]],
    );
    check(
        &policy("{egress: [{ports: [{port: 53}]}], ingress: [{ports: [{port: 80}]}]}"),
        &expect![[r#"
            spec.egress[0].ports[0].protocol = "TCP"
            spec.ingress[0].ports[0].protocol = "TCP"
            spec.policyTypes[0] = "Ingress"
            spec.policyTypes[1] = "Egress"
        "#]],
    );
    check(
        &policy("{egress: [{}], policyTypes: [Ingress]}"),
        &expect![[r""]],
    );
}

#[test]
fn ingresses_get_path_types_only_in_the_beta() {
    let ingress = "{apiVersion: networking.k8s.io/v1beta1, kind: Ingress, metadata: {name: a}, spec: {rules: [{http: {paths: [{}]}}]}}";
    check(
        ingress,
        &expect![[r#"
        spec.rules[0].http.paths[0].pathType = "ImplementationSpecific"
    "#]],
    );
    check(&ingress.replace("v1beta1", "v1"), &expect![[r""]]);
    check(
        "{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: a}, spec: {parameters: {kind: K}}}",
        &expect![[r#"
            spec.parameters.scope = "Cluster"
        "#]],
    );
}

#[test]
fn storage_gets_its_settings() {
    check(
        "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {hostPath: {path: /}}}",
        &expect![[r#"
            spec.hostPath.type = ""
            spec.persistentVolumeReclaimPolicy = "Retain"
            spec.volumeMode = "Filesystem"
        "#]],
    );
    check(
        "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: a}, spec: {}}",
        &expect![[r#"
            spec.volumeMode = "Filesystem"
        "#]],
    );
    check(
        "{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: a}}",
        &expect![[r#"
            reclaimPolicy = "Delete"
            volumeBindingMode = "Immediate"
        "#]],
    );
    check(
        "{apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: {name: a}, spec: {}}",
        &expect![[r#"
            spec.attachRequired = true
            spec.podInfoOnMount = false
            spec.storageCapacity = false
            spec.fsGroupPolicy = "ReadWriteOnceWithFSType"
            spec.requiresRepublish = false
            spec.volumeLifecycleModes[0] = "Persistent"
        "#]],
    );
}

#[test]
fn autoscalers_get_a_metric() {
    let autoscaler = "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: a}, spec: {}}";
    check(
        autoscaler,
        &expect![[r#"
        spec.minReplicas = 1
        spec.metrics[0].type = "Resource"
        spec.metrics[0].resource.name = "cpu"
        spec.metrics[0].resource.target.type = "Utilization"
        spec.metrics[0].resource.target.averageUtilization = 80
    "#]],
    );
    check(
        &autoscaler.replace("/v2", "/v1"),
        &expect![[r#"
        spec.minReplicas = 1
    "#]],
    );
    check(
        &autoscaler.replace(
            "spec: {}",
            "spec: {minReplicas: 0, metrics: [{type: Pods}]}",
        ),
        &expect![[r""]],
    );
}

#[test]
fn limits_are_derived_from_one_another() {
    check(
        "
apiVersion: v1
kind: LimitRange
metadata: {name: a}
spec: {limits: [{type: Container, max: {cpu: 2}, min: {memory: 1Mi}}, {type: Pod, max: {cpu: 2}}]}
",
        &expect![[r#"
            spec.limits[0].default.cpu = 2
            spec.limits[0].defaultRequest.cpu = 2
            spec.limits[0].defaultRequest.memory = "1Mi"
        "#]],
    );
    check(
        "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: a}, value: 1}",
        &expect![[r#"
            preemptionPolicy = "PreemptLowerPriority"
        "#]],
    );
}

#[test]
fn access_gets_its_settings() {
    check(
        "
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: a}
roleRef: {kind: Role, name: a}
subjects: [{kind: User, name: a}, {kind: ServiceAccount, name: a}]
",
        &expect![[r#"
            roleRef.apiGroup = "rbac.authorization.k8s.io"
            subjects[0].apiGroup = "rbac.authorization.k8s.io"
        "#]],
    );
    check(
        "{apiVersion: v1, kind: Secret, metadata: {name: a}}",
        &expect![[r#"
            type = "Opaque"
        "#]],
    );
    check(
        "{apiVersion: v1, kind: Namespace, metadata: {name: a}}",
        &expect![[r#"
            metadata.labels["kubernetes.io/metadata.name"] = "a"
        "#]],
    );
}

#[test]
fn webhooks_get_their_settings() {
    let webhook = "
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: a}
webhooks: [{name: a, rules: [{}], clientConfig: {service: {name: s}}}]
";
    check(
        webhook,
        &expect![[r#"
        webhooks[name=a].rules[0].scope = "*"
        webhooks[name=a].clientConfig.service.port = 443
        webhooks[name=a].failurePolicy = "Fail"
        webhooks[name=a].matchPolicy = "Equivalent"
        webhooks[name=a].namespaceSelector = {}
        webhooks[name=a].objectSelector = {}
        webhooks[name=a].timeoutSeconds = 10
        webhooks[name=a].reinvocationPolicy = "Never"
    "#]],
    );
    check(
        &webhook
            .replace("/v1", "/v1beta1")
            .replace("Mutating", "Validating"),
        &expect![[r#"
            webhooks[name=a].rules[0].scope = "*"
            webhooks[name=a].clientConfig.service.port = 443
            webhooks[name=a].failurePolicy = "Ignore"
            webhooks[name=a].matchPolicy = "Exact"
            webhooks[name=a].namespaceSelector = {}
            webhooks[name=a].objectSelector = {}
            webhooks[name=a].timeoutSeconds = 30
            webhooks[name=a].sideEffects = "Unknown"
            webhooks[name=a].admissionReviewVersions[0] = "v1beta1"
        "#]],
    );
    check(
        "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: a}
spec: {matchConstraints: {resourceRules: [{}]}}
",
        &expect![[r#"
            spec.matchConstraints.resourceRules[0].scope = "*"
            spec.matchConstraints.matchPolicy = "Equivalent"
            spec.matchConstraints.namespaceSelector = {}
            spec.matchConstraints.objectSelector = {}
            spec.failurePolicy = "Fail"
        "#]],
    );
    check(
        "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: a}, spec: {}}",
        &expect![[r#"
            spec.conversion.strategy = "None"
        "#]],
    );
    check(
        "{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: a}, spec: {service: {name: s}}}",
        &expect![[r#"
            spec.service.port = 443
        "#]],
    );
}

#[test]
fn older_versions_add_less() {
    check_version(
        "1.20",
        "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {jobTemplate: {spec: {}}}}",
        &expect![[r#"
            -spec.jobTemplate.spec.completionMode = "NonIndexed"
            -spec.jobTemplate.spec.suspend = false
            -spec.jobTemplate.spec.podReplacementPolicy = "TerminatingOrFailed"
        "#]],
    );
    check_version(
        "1.26",
        "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {}}",
        &expect![[r#"
            -spec.persistentVolumeClaimRetentionPolicy.whenDeleted = "Retain"
            -spec.persistentVolumeClaimRetentionPolicy.whenScaled = "Retain"
        "#]],
    );
    check_version(
        "1.21",
        "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: LoadBalancer}}",
        &expect![[r#"
            -spec.internalTrafficPolicy = "Cluster"
            -spec.allocateLoadBalancerNodePorts = true
        "#]],
    );
    check_version(
        "1.20",
        "{apiVersion: v1, kind: Namespace, metadata: {name: a}}",
        &expect![[r#"
            -metadata.labels["kubernetes.io/metadata.name"] = "a"
        "#]],
    );
    check_version(
        "1.29",
        "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {resources: {limits: {cpu: 1}}, volumes: [{name: a, image: {reference: r}}]}
",
        &expect![[r#"
            -spec.resources.requests.cpu = 1
            -spec.volumes[name=a].image.pullPolicy = "Always"
        "#]],
    );
}

#[test]
fn unknown_values_are_neither_replaced_nor_guessed() {
    check(
        "
apiVersion: v1
kind: Service
metadata: {name: a}
spec: {type: !unknown x, sessionAffinity: None, ports: [{port: !unknown x, protocol: TCP}]}
",
        &expect![[r#"
            spec.ports[0].targetPort = Unknown
        "#]],
    );
    check(
        "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {containers: [{name: a, image: !unknown x}, !unknown x]}
",
        &expect![[r#"
            spec.containers[name=a].imagePullPolicy = Unknown
            spec.containers[name=a].terminationMessagePath = "/dev/termination-log"
            spec.containers[name=a].terminationMessagePolicy = "File"
            spec.dnsPolicy = "ClusterFirst"
            spec.restartPolicy = "Always"
            spec.terminationGracePeriodSeconds = 30
            spec.schedulerName = "default-scheduler"
            spec.enableServiceLinks = true
        "#]],
    );
}

#[test]
fn settings_that_the_server_leaves_open_stay_missing() {
    let pod = testing::one(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: a}]}}",
    );
    let spec = pod.facts.pods[0].spec;
    for key in [
        "automountServiceAccountToken",
        "securityContext",
        "serviceAccountName",
        "hostNetwork",
        "tolerations",
    ] {
        assert_eq!(pod.tree.get(spec, key), None, "{key}");
    }
    for key in ["securityContext", "resources", "livenessProbe", "stdin"] {
        assert_eq!(
            pod.tree.get(pod.facts.pods[0].containers[0].node, key),
            None,
            "{key}"
        );
    }
}

#[test]
fn defaults_stand_where_the_map_is_written_that_lacks_them() {
    let (file, manifests) = testing::read(
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a}]}}",
    );
    let pod = &manifests.resources[0];
    let span =
        |keys: &[&str]| file.slice(pod.tree.node(pod.tree.at(NodeId::ROOT, keys).unwrap()).span);
    assert_eq!(
        span(&["spec", "restartPolicy"]),
        "{containers: [{name: a}]}"
    );
    let container = pod.facts.pods[0].containers[0].node;
    let policy = pod.tree.get(container, "imagePullPolicy").unwrap();
    assert_eq!(file.slice(pod.tree.node(policy).span), "{name: a}");
}
