//! Tests of the defaults of pods and of what makes them.

use expect_test::expect;

use super::{check, show};
use crate::testing;

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
fn the_old_name_of_a_field_gives_the_new_one_where_that_says_nothing() {
    let account = |spec: &str| {
        let text = format!("{{apiVersion: v1, kind: Pod, metadata: {{name: a}}, spec: {spec}}}");
        let shown = show(&testing::one(&text));
        let mut lines = shown.lines().map(str::to_owned);
        lines.find(|line| line.contains("serviceAccount"))
    };
    let filled = Some("spec.serviceAccountName = \"shop\"".to_owned());
    assert_eq!(account("{serviceAccount: shop}"), filled);
    assert_eq!(
        account("{serviceAccount: shop, serviceAccountName: ''}"),
        filled
    );
    assert_eq!(
        account("{serviceAccount: shop, serviceAccountName: }"),
        filled
    );
    assert_eq!(
        account("{serviceAccount: shop, serviceAccountName: api}"),
        None
    );
    assert_eq!(
        account("{serviceAccount: shop, serviceAccountName: shop}"),
        None
    );
    assert_eq!(account("{serviceAccount: [shop]}"), None);
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
