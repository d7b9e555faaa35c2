//! A seeded generator of manifests: the same number and seed give the same bytes everywhere.

use std::fmt::Write as _;

/// A small generator of pseudo-random numbers (xorshift64*, Vigna 2016).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        (self.next() >> 33) % limit
    }

    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// Files of manifests, a hundred manifests a file: 60 % workloads with two containers, the rest Services, ConfigMaps,
/// ServiceAccounts, NetworkPolicies and Ingresses. About 2 kB a manifest.
pub(crate) fn files(manifests: usize, seed: u64) -> Vec<(String, String)> {
    let mut random = Random::new(seed);
    let mut files = Vec::new();
    for first in (0..manifests).step_by(100) {
        let mut text = String::new();
        for index in first..manifests.min(first + 100) {
            text.push_str("---\n");
            manifest(&mut text, index, &mut random);
        }
        files.push((format!("part-{:05}.yaml", first / 100), text));
    }
    files
}

fn manifest(text: &mut String, index: usize, random: &mut Random) {
    match index % 10 {
        0..6 => workload(text, index, random),
        6 => service(text, index),
        7 => config_map(text, index, random),
        8 => service_account(text, index, random),
        _ => network_policy(text, index, random),
    }
}

fn metadata(text: &mut String, kind: &str, index: usize) {
    let _ = write!(
        text,
        "kind: {kind}\nmetadata:\n  name: app-{index}\n  namespace: team-{}\n  labels:\n    app.kubernetes.io/name: app-{index}\n    app.kubernetes.io/part-of: shop\n    app.kubernetes.io/managed-by: generator\n    team: team-{}\n",
        index % 40,
        index % 40
    );
}

fn workload(text: &mut String, index: usize, random: &mut Random) {
    let kind = ["Deployment", "StatefulSet", "DaemonSet"][index % 3];
    text.push_str("apiVersion: apps/v1\n");
    metadata(text, kind, index);
    let _ = write!(
        text,
        "  annotations:\n    example.org/revision: \"{}\"\n    example.org/description: a generated workload with two containers and a volume of each usual kind\nspec:\n",
        random.below(100)
    );
    if kind != "DaemonSet" {
        let _ = writeln!(text, "  replicas: {}", 1 + random.below(5));
    }
    if kind == "StatefulSet" {
        let _ = writeln!(text, "  serviceName: app-{index}");
    }
    let _ = write!(
        text,
        "  selector:\n    matchLabels:\n      app.kubernetes.io/name: app-{index}\n  template:\n    metadata:\n      labels:\n        app.kubernetes.io/name: app-{index}\n        team: team-{}\n    spec:\n      serviceAccountName: app-{}\n",
        index % 40,
        index - index % 10 + 8
    );
    if random.chance(70) {
        text.push_str("      securityContext:\n        runAsNonRoot: true\n        runAsUser: 10001\n        fsGroup: 10001\n        seccompProfile:\n          type: RuntimeDefault\n");
    }
    text.push_str("      containers:\n");
    for name in ["main", "sidecar"] {
        container(text, name, index, random);
    }
    let _ = write!(
        text,
        "      volumes:\n      - name: config\n        configMap:\n          name: app-{}\n      - name: data\n        emptyDir: {{}}\n      - name: secrets\n        secret:\n          secretName: app-{index}-secrets\n          defaultMode: 0400\n      terminationGracePeriodSeconds: 30\n",
        index - index % 10 + 7
    );
}

fn container(text: &mut String, name: &str, index: usize, random: &mut Random) {
    let _ = write!(
        text,
        "      - name: {name}\n        image: registry.example.org/team-{}/{name}:{}.{}.{}\n        imagePullPolicy: IfNotPresent\n        ports:\n        - name: http\n          containerPort: {}\n          protocol: TCP\n        env:\n        - name: LOG_LEVEL\n          value: info\n        - name: PEER\n          value: http://app-{}.team-{}.svc.cluster.local:8080\n        - name: POD_NAME\n          valueFrom:\n            fieldRef:\n              fieldPath: metadata.name\n        volumeMounts:\n        - name: config\n          mountPath: /etc/app\n          readOnly: true\n        - name: data\n          mountPath: /var/lib/app\n",
        index % 40,
        random.below(4),
        random.below(20),
        random.below(50),
        8000 + random.below(200),
        random.below(1000),
        index % 40
    );
    if random.chance(80) {
        text.push_str("        resources:\n          requests:\n            cpu: 100m\n            memory: 128Mi\n          limits:\n            memory: 256Mi\n");
    }
    if random.chance(60) {
        text.push_str("        readinessProbe:\n          httpGet:\n            path: /healthz\n            port: http\n          periodSeconds: 10\n        livenessProbe:\n          httpGet:\n            path: /livez\n            port: http\n          periodSeconds: 20\n");
    }
    if random.chance(75) {
        text.push_str("        securityContext:\n          allowPrivilegeEscalation: false\n          readOnlyRootFilesystem: true\n          capabilities:\n            drop:\n            - ALL\n");
    } else if random.chance(10) {
        text.push_str("        securityContext:\n          privileged: true\n");
    }
}

fn service(text: &mut String, index: usize) {
    text.push_str("apiVersion: v1\n");
    metadata(text, "Service", index);
    let _ = write!(
        text,
        "spec:\n  selector:\n    app.kubernetes.io/name: app-{}\n  ports:\n  - name: http\n    port: 80\n    targetPort: http\n    protocol: TCP\n",
        index - 6
    );
}

fn config_map(text: &mut String, index: usize, random: &mut Random) {
    text.push_str("apiVersion: v1\n");
    metadata(text, "ConfigMap", index);
    text.push_str("data:\n");
    for entry in 0..20 {
        let _ = writeln!(
            text,
            "  setting-{entry}: value-{}-of-some-length",
            random.below(100_000)
        );
    }
    text.push_str("  application.properties: |\n");
    for entry in 0..20 {
        let _ = writeln!(text, "    server.option.{entry}={}", random.below(100_000));
    }
}

fn service_account(text: &mut String, index: usize, random: &mut Random) {
    text.push_str("apiVersion: v1\n");
    metadata(text, "ServiceAccount", index);
    if random.chance(60) {
        text.push_str("automountServiceAccountToken: false\n");
    }
}

fn network_policy(text: &mut String, index: usize, random: &mut Random) {
    text.push_str("apiVersion: networking.k8s.io/v1\n");
    metadata(text, "NetworkPolicy", index);
    let _ = write!(
        text,
        "spec:\n  podSelector:\n    matchLabels:\n      app.kubernetes.io/name: app-{}\n  policyTypes:\n  - Ingress\n  ingress:\n  - from:\n    - podSelector:\n        matchLabels:\n          team: team-{}\n    ports:\n    - port: {}\n",
        index - 9,
        random.below(40),
        8000 + random.below(200)
    );
}
