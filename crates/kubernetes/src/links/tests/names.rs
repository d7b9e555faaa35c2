//! Tests of references by name.

use expect_test::expect;

use super::{check, check_with, objects};

const SHOP: &str = "
v1 Pod shop/web spec: {serviceAccountName: web, containers: [{name: a, envFrom: [{secretRef: {name: s}}, {configMapRef: {name: c, optional: true}}]}]}
v1 ServiceAccount shop/web
v1 Secret shop/s
";

#[test]
fn references_find_what_is_there() {
    check(
        &objects(SHOP),
        &expect![[r#"
        Pod/shop/web spec.serviceAccountName -runs-as-> ServiceAccount/shop/web
        Pod/shop/web spec.containers[name=a].envFrom[0].secretRef.name -reads-> Secret/shop/s
        Pod/shop/web spec.containers[name=a].envFrom[1].configMapRef.name -reads-> missing ConfigMap/shop/c optional
    "#]],
    );
}

#[test]
fn what_is_not_there_is_unknown_unless_the_input_is_complete() {
    check_with(
        &objects(SHOP),
        false,
        &expect![[r#"
        Pod/shop/web spec.serviceAccountName -runs-as-> ServiceAccount/shop/web
        Pod/shop/web spec.containers[name=a].envFrom[0].secretRef.name -reads-> Secret/shop/s
        Pod/shop/web spec.containers[name=a].envFrom[1].configMapRef.name -reads-> unknown ConfigMap/shop/c optional
    "#]],
    );
}

#[test]
fn pods_refer_to_what_they_read_and_mount() {
    check(
        "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      imagePullSecrets: [{name: pull}]
      priorityClassName: high
      runtimeClassName: gvisor
      initContainers:
      - name: i
        env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: k, optional: true}}}]
      containers:
      - name: m
        env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]
      volumes:
      - {name: a, secret: {secretName: s, items: [{key: tls.crt, path: x}]}}
      - {name: b, configMap: {name: c}}
      - {name: c, persistentVolumeClaim: {claimName: data}}
      - {name: d, projected: {sources: [{secret: {name: s}}, {configMap: {name: kube-root-ca.crt}}]}}
      - {name: e, csi: {driver: secrets-store.csi.k8s.io, volumeAttributes: {secretProviderClass: vault}}}
---
{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: shop}}
---
{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}}
---
{apiVersion: secrets-store.csi.x-k8s.io/v1, kind: SecretProviderClass, metadata: {name: vault, namespace: shop}}
",
        &expect![[r#"
            Deployment/shop/web spec.template.spec.imagePullSecrets[name=pull].name -pulls-with-> missing Secret/shop/pull
            Deployment/shop/web spec.template.spec.priorityClassName -uses-> PriorityClass/high
            Deployment/shop/web spec.template.spec.runtimeClassName -uses-> missing RuntimeClass/gvisor
            Deployment/shop/web spec.template.spec.initContainers[name=i].env[name=A].valueFrom.configMapKeyRef.name -reads-> missing ConfigMap/shop/c key k optional
            Deployment/shop/web spec.template.spec.containers[name=m].env[name=A].valueFrom.secretKeyRef.name -reads-> Secret/shop/s key k
            Deployment/shop/web spec.template.spec.volumes[name=a].secret.secretName -reads-> Secret/shop/s
            Deployment/shop/web spec.template.spec.volumes[name=a].secret.items[key=tls.crt].key -reads-> Secret/shop/s key tls.crt
            Deployment/shop/web spec.template.spec.volumes[name=b].configMap.name -reads-> missing ConfigMap/shop/c
            Deployment/shop/web spec.template.spec.volumes[name=c].persistentVolumeClaim.claimName -mounts-> missing PersistentVolumeClaim/shop/data
            Deployment/shop/web spec.template.spec.volumes[name=d].projected.sources[0].secret.name -reads-> Secret/shop/s
            Deployment/shop/web spec.template.spec.volumes[name=e].csi.volumeAttributes.secretProviderClass -uses-> SecretProviderClass.secrets-store.csi.x-k8s.io/shop/vault
        "#]],
    );
}

#[test]
fn addresses_are_linked_to_the_service_that_they_are_listed_for() {
    let lines = "
v1 Service shop/web
v1 Endpoints shop/web
v1 Endpoints shop/elsewhere
discovery.k8s.io/v1 EndpointSlice shop/web-x7 labels {kubernetes.io/service-name: web}
discovery.k8s.io/v1 EndpointSlice other/web
";
    check(
        &objects(lines),
        &expect![[r#"
            Endpoints/shop/web metadata.name -uses-> Service/shop/web
            EndpointSlice/shop/web-x7 metadata.labels["kubernetes.io/service-name"] -uses-> Service/shop/web
        "#]],
    );
}

#[test]
fn attachments_need_a_node_a_driver_and_a_volume() {
    let lines = "
storage.k8s.io/v1 VolumeAttachment a spec: {attacher: disk.example.org, nodeName: node-1, source: {persistentVolumeName: v}}
v1 Node node-1
v1 PersistentVolume v
storage.k8s.io/v1 CSIDriver other.example.org
";
    check(
        &objects(lines),
        &expect![[r#"
            VolumeAttachment/a spec.attacher -uses-> missing CSIDriver/disk.example.org
            VolumeAttachment/a spec.nodeName -uses-> Node/node-1
            VolumeAttachment/a spec.source.persistentVolumeName -uses-> PersistentVolume/v
        "#]],
    );
}

#[test]
fn the_default_account_is_linked_only_where_it_is_written() {
    let pods = "
v1 Pod shop/a spec: {containers: []}
v1 Pod shop/b spec: {serviceAccountName: default}
v1 Pod bare/c spec: {serviceAccountName: default}
v1 ServiceAccount shop/default
";
    check(
        &objects(pods),
        &expect![[r#"
        Pod/shop/a spec -runs-as-> ServiceAccount/shop/default
        Pod/shop/b spec.serviceAccountName -runs-as-> ServiceAccount/shop/default
    "#]],
    );
}

#[test]
fn namespaces_tell_names_apart_and_unset_ones_may_be_any() {
    let pod = |name: &str| format!("v1 Pod {name} spec: {{serviceAccountName: s}}\n");
    let texts = ["a/one", "b/two", "three"].map(pod).concat();
    check(
        &objects(&format!("{texts}v1 ServiceAccount a/s")),
        &expect![[r#"
            Pod/a/one spec.serviceAccountName -runs-as-> ServiceAccount/a/s
            Pod/b/two spec.serviceAccountName -runs-as-> missing ServiceAccount/b/s
            Pod/three spec.serviceAccountName -runs-as-> ServiceAccount/a/s
        "#]],
    );
    check(
        &objects(&format!("{texts}v1 ServiceAccount s")),
        &expect![[r#"
            Pod/a/one spec.serviceAccountName -runs-as-> ServiceAccount/s
            Pod/b/two spec.serviceAccountName -runs-as-> ServiceAccount/s
            Pod/three spec.serviceAccountName -runs-as-> ServiceAccount/s
        "#]],
    );
    check(
        &objects(&format!(
            "{texts}v1 ServiceAccount a/s\nv1 ServiceAccount s"
        )),
        &expect![[r#"
            Pod/a/one spec.serviceAccountName -runs-as-> ServiceAccount/a/s
            Pod/b/two spec.serviceAccountName -runs-as-> ServiceAccount/s
            Pod/three spec.serviceAccountName -runs-as-> ServiceAccount/s
        "#]],
    );
}

#[test]
fn names_that_are_unknown_lead_to_something_unknown() {
    check(
        "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  serviceAccountName: !unknown x
  priorityClassName: 7
  runtimeClassName: ''
",
        &expect![[r#"
            Pod/a spec.serviceAccountName -runs-as-> unknown ServiceAccount/: the example leaves it open
        "#]],
    );
}

#[test]
fn volumes_and_claims_are_bound_to_one_another() {
    let storage = "
v1 PersistentVolumeClaim shop/data spec: {volumeName: disk, storageClassName: fast, dataSource: {kind: PersistentVolumeClaim, name: old}}
v1 PersistentVolume disk spec: {claimRef: {namespace: shop, name: data}, storageClassName: '', csi: {nodeStageSecretRef: {name: s, namespace: shop}}}
storage.k8s.io/v1 StorageClass fast
apps/v1 StatefulSet shop/db spec: {serviceName: db, volumeClaimTemplates: [{metadata: {name: data}}]}
v1 PersistentVolumeClaim shop/data-db-0
v1 PersistentVolumeClaim shop/data-db-extra-0
v1 PersistentVolumeClaim other/data-db-1
";
    check(
        &objects(storage),
        &expect![[r#"
        PersistentVolumeClaim/shop/data spec.volumeName -mounts-> PersistentVolume/disk
        PersistentVolumeClaim/shop/data spec.storageClassName -uses-> StorageClass/fast
        PersistentVolumeClaim/shop/data spec.dataSource.name -uses-> missing PersistentVolumeClaim/shop/old
        PersistentVolume/disk spec.claimRef.name -uses-> PersistentVolumeClaim/shop/data
        PersistentVolume/disk spec.csi.nodeStageSecretRef.name -reads-> missing Secret/shop/s
        StatefulSet/shop/db spec.serviceName -uses-> missing Service/shop/db
        StatefulSet/shop/db spec.volumeClaimTemplates[0].metadata.name -mounts-> PersistentVolumeClaim/shop/data-db-0
    "#]],
    );
}

#[test]
fn claims_of_a_stateful_set_take_the_place_of_volumes_of_their_names() {
    let volume = |name| format!("{{name: {name}, persistentVolumeClaim: {{claimName: {name}}}}}");
    let (data, other) = (volume("data"), volume("other"));
    let set = format!(
        "apps/v1 StatefulSet shop/db spec: {{volumeClaimTemplates: [{{metadata: {{name: data}}}}], template: {{spec: {{volumes: [{data}, {other}]}}}}}}"
    );
    check(
        &objects(&set),
        &expect![[r#"
            StatefulSet/shop/db spec.template.spec.volumes[name=other].persistentVolumeClaim.claimName -mounts-> missing PersistentVolumeClaim/shop/other
        "#]],
    );
}

#[test]
fn ingresses_route_to_services_and_read_secrets() {
    check(
        "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop, annotations: {nginx.ingress.kubernetes.io/auth-secret: other/auth}}
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: fallback, port: {number: 80}}}
  tls: [{secretName: tls}]
  rules:
  - http: {paths: [{backend: {service: {name: web, port: {number: 80}}}}, {backend: {resource: {apiGroup: example.org, kind: Bucket, name: b}}}]}
---
apiVersion: extensions/v1beta1
kind: Ingress
metadata: {name: old, namespace: shop}
spec: {backend: {serviceName: web, servicePort: 80}}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}}
---
{apiVersion: example.org/v1, kind: Bucket, metadata: {name: b, namespace: shop}}
",
        &expect![[r#"
            Ingress/shop/web metadata.annotations["nginx.ingress.kubernetes.io/auth-secret"] -reads-> missing Secret/other/auth
            Ingress/shop/web spec.ingressClassName -uses-> missing IngressClass/nginx
            Ingress/shop/web spec.defaultBackend.service.name -routes-to-> missing Service/shop/fallback
            Ingress/shop/web spec.tls[secretName=tls].secretName -reads-> missing Secret/shop/tls
            Ingress/shop/web spec.rules[0].http.paths[0].backend.service.name -routes-to-> Service/shop/web
            Ingress/shop/web spec.rules[0].http.paths[1].backend.resource.name -routes-to-> Bucket.example.org/shop/b
            Ingress/shop/old spec.backend.serviceName -routes-to-> Service/shop/web
        "#]],
    );
}

#[test]
fn routes_of_the_gateway_api_lead_across_namespaces() {
    let gateway = "
gateway.networking.k8s.io/v1 Gateway infra/edge spec: {gatewayClassName: envoy, listeners: [{name: https, tls: {certificateRefs: [{name: tls}]}}]}
gateway.networking.k8s.io/v1 HTTPRoute shop/web spec: {parentRefs: [{name: edge, namespace: infra}], rules: [{backendRefs: [{name: web}, {name: api, namespace: backend}]}]}
v1 Service shop/web
v1 Service backend/api
gateway.networking.k8s.io/v1 GatewayClass envoy
";
    check(
        &objects(gateway),
        &expect![[r#"
        Gateway.gateway.networking.k8s.io/infra/edge spec.gatewayClassName -uses-> GatewayClass.gateway.networking.k8s.io/envoy
        Gateway.gateway.networking.k8s.io/infra/edge spec.listeners[name=https].tls.certificateRefs[0].name -reads-> missing Secret/infra/tls
        HTTPRoute.gateway.networking.k8s.io/shop/web spec.parentRefs[name=edge].name -uses-> Gateway.gateway.networking.k8s.io/infra/edge
        HTTPRoute.gateway.networking.k8s.io/shop/web spec.rules[0].backendRefs[name=web].name -routes-to-> Service/shop/web
        HTTPRoute.gateway.networking.k8s.io/shop/web spec.rules[0].backendRefs[name=api].name -routes-to-> Service/backend/api
    "#]],
    );
}

#[test]
fn bindings_grant_roles_to_accounts() {
    check(
        "
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: a, namespace: shop}
roleRef: {kind: Role, name: r}
subjects:
- {kind: ServiceAccount, name: s}
- {kind: ServiceAccount, name: s, namespace: other}
- {kind: User, name: u}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: b}
roleRef: {kind: ClusterRole, name: view}
subjects: [{kind: Group, name: g}, {kind: ServiceAccount, name: s, namespace: shop}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: c}
roleRef: {kind: ClusterRole, name: gone}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: s, namespace: shop}}
",
        &expect![[r#"
            RoleBinding/shop/a roleRef.name -grants-> missing Role/shop/r
            RoleBinding/shop/a subjects[0].name -binds-> ServiceAccount/shop/s
            RoleBinding/shop/a subjects[1].name -binds-> missing ServiceAccount/other/s
            ClusterRoleBinding/b subjects[name=s].name -binds-> ServiceAccount/shop/s
            ClusterRoleBinding/c roleRef.name -grants-> missing ClusterRole/gone
        "#]],
    );
}

#[test]
fn webhooks_and_extensions_route_to_services() {
    let lines = "
admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration a webhooks: [{name: w, clientConfig: {service: {name: hook, namespace: shop}}}]
apiregistration.k8s.io/v1 APIService v1.example.org spec: {service: {name: hook, namespace: shop}}
apiextensions.k8s.io/v1 CustomResourceDefinition x spec: {conversion: {webhook: {clientConfig: {service: {name: gone, namespace: shop}}}}}
v1 Service shop/hook
";
    check(
        &objects(lines),
        &expect![[r#"
        ValidatingWebhookConfiguration/a webhooks[name=w].clientConfig.service.name -routes-to-> Service/shop/hook
        APIService/v1.example.org spec.service.name -routes-to-> Service/shop/hook
        CustomResourceDefinition/x spec.conversion.webhook.clientConfig.service.name -routes-to-> missing Service/shop/gone
    "#]],
    );
}

#[test]
fn autoscalers_scale_their_targets() {
    let lines = "
autoscaling/v2 HorizontalPodAutoscaler shop/a spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
autoscaling/v2 HorizontalPodAutoscaler shop/b spec: {scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web}}
keda.sh/v1alpha1 ScaledObject shop/c spec: {scaleTargetRef: {name: web}}
autoscaling.k8s.io/v1 VerticalPodAutoscaler shop/d spec: {targetRef: {apiVersion: apps/v1, kind: StatefulSet, name: gone}}
apps/v1 Deployment shop/web
argoproj.io/v1alpha1 Rollout shop/web spec: {workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web}, strategy: {canary: {stableService: stable}}}
v1 Service shop/stable
";
    check(
        &objects(lines),
        &expect![[r#"
        HorizontalPodAutoscaler/shop/a spec.scaleTargetRef.name -scales-> Deployment/shop/web
        HorizontalPodAutoscaler/shop/b spec.scaleTargetRef.name -scales-> Rollout.argoproj.io/shop/web
        ScaledObject.keda.sh/shop/c spec.scaleTargetRef.name -scales-> Deployment/shop/web
        VerticalPodAutoscaler.autoscaling.k8s.io/shop/d spec.targetRef.name -uses-> missing StatefulSet/shop/gone
        Rollout.argoproj.io/shop/web spec.workloadRef.name -uses-> Deployment/shop/web
        Rollout.argoproj.io/shop/web spec.strategy.canary.stableService -uses-> Service/shop/stable
    "#]],
    );
}

#[test]
fn owners_and_namespaces_are_linked() {
    check(
        "
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: r}, {apiVersion: v1, kind: Node, name: n}]}
---
{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: r, namespace: shop}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: shop}}
",
        &expect![[r#"
            Pod/shop/a metadata.namespace -lives-in-> Namespace/shop
            Pod/shop/a metadata.ownerReferences[name=r].name -owned-by-> ReplicaSet/shop/r
            ReplicaSet/shop/r metadata.namespace -lives-in-> Namespace/shop
        "#]],
    );
}
