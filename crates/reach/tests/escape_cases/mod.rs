//! Pods with all conditions of an escape, and what is changed in them so that one is missing.

/// A pod: what stands in its spec, in its container, and its volumes.
pub(crate) struct Case {
    pub(crate) escape: &'static str,
    pub(crate) spec: &'static str,
    pub(crate) container: &'static str,
    pub(crate) volumes: &'static str,
    /// What is replaced by what so that one condition is missing.
    pub(crate) missing: &'static [(&'static str, &'static str)],
}

const PRIVILEGED: &str = "securityContext: {privileged: true}";

/// All cases.
pub(crate) const CASES: &[Case] = &[
    Case {
        escape: "privileged",
        spec: "hostUsers: true",
        container: PRIVILEGED,
        volumes: "",
        missing: &[
            ("privileged: true", "privileged: false"),
            ("hostUsers: true", "hostUsers: false"),
        ],
    },
    Case {
        escape: "load-kernel-module",
        spec: "hostUsers: true",
        container: "securityContext: {capabilities: {add: [SYS_MODULE]}}",
        volumes: "",
        missing: &[
            ("SYS_MODULE", "SYS_TIME"),
            ("add:", "drop:"),
            ("hostUsers: true", "hostUsers: false"),
        ],
    },
    Case {
        escape: "enter-node-processes",
        spec: "hostPID: true",
        container: "securityContext: {capabilities: {add: [SYS_ADMIN, SYS_PTRACE]}}",
        volumes: "",
        missing: &[
            ("hostPID: true", "hostPID: false"),
            ("SYS_ADMIN, ", ""),
            (", SYS_PTRACE", ""),
            ("hostPID: true", "hostPID: true\n  hostUsers: false"),
        ],
    },
    Case {
        escape: "enter-node-processes",
        spec: "hostPID: true",
        container: PRIVILEGED,
        volumes: "",
        missing: &[("hostPID: true", "hostIPC: true"), ("privileged: true", "")],
    },
    Case {
        escape: "trace-node-processes",
        spec: "hostPID: true",
        container: "securityContext: {appArmorProfile: {type: Unconfined}, capabilities: {add: [SYS_ADMIN, SYS_PTRACE]}}",
        volumes: "",
        missing: &[
            ("hostPID: true", "hostPID: false"),
            ("SYS_ADMIN, ", ""),
            (", SYS_PTRACE", ""),
            ("Unconfined", "RuntimeDefault"),
            ("appArmorProfile: {type: Unconfined}, ", ""),
            ("hostPID: true", "hostPID: true\n  hostUsers: false"),
        ],
    },
    Case {
        escape: "core-pattern",
        spec: "hostUsers: true",
        container: "securityContext: {runAsUser: 0}\n    volumeMounts: [{name: v, mountPath: /host, readOnly: false}]",
        volumes: "hostPath: {path: /proc/sys}",
        missing: &[
            ("runAsUser: 0", "runAsUser: 1000"),
            ("runAsUser: 0", "runAsNonRoot: true"),
            ("readOnly: false", "readOnly: true"),
            ("/proc/sys", "/proc/acpi"),
            ("name: v, mountPath", "name: w, mountPath"),
            ("hostUsers: true", "hostUsers: false"),
        ],
    },
    Case {
        escape: "write-node-files",
        spec: "hostUsers: true",
        container: "securityContext: {runAsUser: 0}\n    volumeMounts: [{name: v, mountPath: /host, readOnly: false}]",
        volumes: "hostPath: {path: /etc/cron.d}",
        missing: &[
            ("runAsUser: 0", "runAsUser: 1000"),
            ("readOnly: false", "readOnly: true"),
            ("/etc/cron.d", "/data"),
            ("hostPath: {path: /etc/cron.d}", "emptyDir: {}"),
            ("hostUsers: true", "hostUsers: false"),
        ],
    },
    Case {
        escape: "read-node-files",
        spec: "hostUsers: true",
        container: "securityContext: {runAsUser: 0}\n    volumeMounts: [{name: v, mountPath: /host, readOnly: true}]",
        volumes: "hostPath: {path: /root}",
        missing: &[
            ("runAsUser: 0", "runAsUser: 1000"),
            ("/root", "/data"),
            ("hostUsers: true", "hostUsers: false"),
        ],
    },
    Case {
        escape: "read-tokens-of-node",
        spec: "hostUsers: true",
        container: "securityContext: {runAsUser: 0}\n    volumeMounts: [{name: v, mountPath: /host, readOnly: true}]",
        volumes: "hostPath: {path: /var/lib/kubelet/pods/}",
        missing: &[
            ("runAsUser: 0", "runAsUser: 1000"),
            ("/var/lib/kubelet/pods/", "/var/lib/kubelet/plugins"),
            ("hostUsers: true", "hostUsers: false"),
        ],
    },
    Case {
        escape: "link-logs",
        spec: "hostUsers: true",
        container: "securityContext: {runAsUser: 0}\n    volumeMounts: [{name: v, mountPath: /host, readOnly: false}]",
        volumes: "hostPath: {path: /var/log}",
        missing: &[
            ("runAsUser: 0", "runAsUser: 1000"),
            ("readOnly: false", "readOnly: true"),
            ("/var/log", "/var/log/app"),
            ("hostUsers: true", "hostUsers: false"),
        ],
    },
    Case {
        escape: "runtime-socket",
        spec: "hostUsers: true",
        container: "securityContext: {runAsUser: 0}\n    volumeMounts: [{name: v, mountPath: /s, readOnly: true}]",
        volumes: "hostPath: {path: /run/containerd/containerd.sock}",
        missing: &[
            ("runAsUser: 0", "runAsUser: 1000"),
            ("containerd.sock", "other.sock"),
            ("hostUsers: true", "hostUsers: false"),
        ],
    },
    Case {
        escape: "read-any-file",
        spec: "hostUsers: true",
        container: "securityContext: {capabilities: {add: [CAP_DAC_READ_SEARCH]}}",
        volumes: "",
        missing: &[
            ("CAP_DAC_READ_SEARCH", "DAC_OVERRIDE"),
            ("hostUsers: true", "hostUsers: false"),
        ],
    },
    Case {
        escape: "share-processes",
        spec: "shareProcessNamespace: true",
        container: "",
        volumes: "",
        missing: &[("Namespace: true", "Namespace: false")],
    },
    Case {
        escape: "host-network",
        spec: "hostNetwork: true",
        container: "",
        volumes: "",
        missing: &[("hostNetwork: true", "hostNetwork: false")],
    },
    Case {
        escape: "windows-host-process",
        spec: "securityContext: {windowsOptions: {hostProcess: true}}",
        container: "",
        volumes: "",
        missing: &[
            ("hostProcess: true", "hostProcess: false"),
            (
                "image: i",
                "image: i\n    securityContext: {windowsOptions: {hostProcess: false}}",
            ),
        ],
    },
    Case {
        escape: "claim-of-node-files",
        spec: "hostUsers: true",
        container: "securityContext: {runAsUser: 0}\n    volumeMounts: [{name: v, mountPath: /host}]",
        volumes: "persistentVolumeClaim: {claimName: c}",
        missing: &[
            ("runAsUser: 0", "runAsUser: 1000"),
            ("claimName: c", "claimName: d"),
            ("{hostPath: {path: /x}", "{nfs: {path: /x}"),
            ("hostUsers: true", "hostUsers: false"),
        ],
    },
    Case {
        escape: "static-pods",
        spec: "hostUsers: true",
        container: "securityContext: {runAsUser: 0}\n    volumeMounts: [{name: v, mountPath: /m, readOnly: false}]",
        volumes: "hostPath: {path: /etc/kubernetes/manifests}",
        missing: &[
            ("runAsUser: 0", "runAsUser: 1000"),
            ("readOnly: false", "readOnly: true"),
            ("/etc/kubernetes/manifests", "/etc/kubernetes/pki"),
            ("hostUsers: true", "hostUsers: false"),
        ],
    },
];

/// The manifests of a case.
pub(crate) fn manifests(case: &Case) -> String {
    let container = match case.container {
        "" => String::new(),
        text => format!("\n    {text}"),
    };
    let volumes = match case.volumes {
        "" => String::new(),
        text => format!("\n  volumes: [{{name: v, {text}}}]"),
    };
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: p, namespace: shop}}\nspec:\n  {}\n  containers:\n  - name: c\n    image: i{container}{volumes}\n---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: c, namespace: shop}}\nspec: {{volumeName: x}}\n---\napiVersion: v1\nkind: PersistentVolume\nmetadata: {{name: x}}\nspec: {{hostPath: {{path: /x}}}}\n",
        case.spec
    )
}
