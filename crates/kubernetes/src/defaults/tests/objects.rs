//! Tests of the defaults of objects without pods.

use expect_test::expect;

use super::check;

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
