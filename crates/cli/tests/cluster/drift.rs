//! What is different between what files declare and what runs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::live::{apply, data, findings, kubectl, report, scantling, shop};

/// The folders of the demo that hold manifests only.
const FOLDERS: [&str; 6] = [
    "namespaces.yaml",
    "api",
    "database",
    "frontend",
    "jobs",
    "platform",
];

/// The paths that declare what [`apply_shop`] applies.
pub(crate) fn declared() -> Vec<String> {
    let shown = |path: PathBuf| path.to_string_lossy().into_owned();
    let folders = FOLDERS.map(shop).into_iter();
    folders
        .chain([data("definitions.yaml")])
        .map(shown)
        .collect()
}

pub(crate) fn apply_shop() {
    apply(&data("definitions.yaml"));
    let wait = [
        "wait",
        "--for=condition=Established",
        "crd",
        "--all",
        "--timeout=60s",
    ];
    kubectl(&wait);
    for folder in FOLDERS {
        apply(&shop(folder));
    }
}

/// The report of a comparison.
fn compared(paths: &[String], arguments: &[&str]) -> Value {
    let paths = paths.iter().map(String::as_str);
    let all: Vec<&str> = ["drift", "--cluster", "-o", "json"]
        .into_iter()
        .chain(arguments.iter().copied())
        .chain(paths)
        .collect();
    report(&scantling("admin", &all))
}

/// What differs, as the class, the address and the path. What other tests apply is left out.
fn drifts(report: &Value) -> BTreeSet<(String, String, String)> {
    let drifts = report["drifts"].as_array().expect("differences").iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let told = drifts.map(|drift| {
        let address = text(&drift["resource"]["address"]);
        (text(&drift["class"]), address, text(&drift["path"]))
    });
    let is_own = |(_, address, _): &(String, String, String)| {
        !["tests-", "canary", "half", "reader"]
            .iter()
            .any(|other| address.contains(other))
    };
    told.filter(is_own).collect()
}

#[track_caller]
fn assert_no_drift(paths: &[String], arguments: &[&str]) {
    let found = drifts(&compared(paths, arguments));
    assert!(found.is_empty(), "{found:#?}");
}

#[track_caller]
fn patch(kind: &str, namespace: &str, name: &str, patch: &str) {
    let form = if patch.starts_with('[') {
        "json"
    } else {
        "strategic"
    };
    kubectl(&[
        "patch", kind, name, "-n", namespace, "--type", form, "-p", patch,
    ]);
}

/// The name of a pod that has been made for the frontend.
fn frontend_pod() -> String {
    let arguments = [
        "get",
        "pods",
        "-n",
        "shop",
        "-l",
        "app.kubernetes.io/name=frontend",
        "-o",
        "name",
    ];
    for _ in 0..100 {
        let pods = kubectl(&arguments);
        if let Some(pod) = pods.lines().next() {
            return pod.trim_start_matches("pod/").to_owned();
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("the frontend has no pod");
}

/// Changes of what runs by patches: the object, as kind, namespace and name, and the patch. None is of a workload with pods, as no
/// node of the tests makes new ones ready, so that the old ones would stay.
const PATCHES: [([&str; 3], &str); 7] = [
    (
        ["daemonset", "platform", "node-agent"],
        r#"[{"op": "replace", "path": "/spec/template/spec/containers/1/image", "value": "evil:1"}]"#,
    ),
    (
        ["deployment", "platform", "builder-old"],
        r#"{"spec": {"template": {"spec": {"hostNetwork": true}}}}"#,
    ),
    (
        ["cronjob", "shop-data", "backup"],
        r#"{"spec": {"jobTemplate": {"spec": {"template": {"spec": {"serviceAccountName": "root"}}}}}}"#,
    ),
    (
        ["role", "shop", "api"],
        r#"[{"op": "add", "path": "/rules/0/verbs/-", "value": "delete"}]"#,
    ),
    (
        ["rolebinding", "shop", "support"],
        r#"[{"op": "add", "path": "/subjects/-", "value":
            {"kind": "User", "name": "mallory", "apiGroup": "rbac.authorization.k8s.io"}}]"#,
    ),
    (
        ["service", "shop", "frontend"],
        r#"{"spec": {"type": "NodePort"}}"#,
    ),
    (
        ["networkpolicy", "shop", "frontend"],
        r#"{"spec": {"policyTypes": ["Egress"]}}"#,
    ),
];

/// Twelve changes of what runs, past the files.
fn seed() {
    for ([kind, namespace, name], change) in PATCHES {
        patch(kind, namespace, name, change);
    }
    let label = "pod-security.kubernetes.io/enforce=privileged";
    kubectl(&["label", "namespace", "shop", "--overwrite", label]);
    kubectl(&["delete", "networkpolicy", "-n", "shop", "default-deny"]);
    let binding = ["--clusterrole=cluster-admin", "--user=mallory"];
    kubectl(&[&["create", "clusterrolebinding", "mallory"][..], &binding].concat());
    kubectl(&[
        "create",
        "deployment",
        "-n",
        "shop",
        "miner",
        "--image=miner:1",
    ]);
    let debug = r#"{"spec": {"ephemeralContainers": [{"name": "debug", "image": "busybox:1"}]}}"#;
    let pod = ["pod", &frontend_pod(), "-n", "shop"];
    let change = ["--subresource=ephemeralcontainers", "-p", debug];
    kubectl(&[&["patch"][..], &pod, &change].concat());
}

/// Undoes the changes. What `kubectl apply` leaves, as no file says anything of it, is taken back one by one.
fn unseed() {
    kubectl(&["delete", "clusterrolebinding", "mallory"]);
    kubectl(&["delete", "deployment", "-n", "shop", "miner"]);
    kubectl(&["delete", "pod", "-n", "shop", &frontend_pod(), "--force"]);
    let host = r#"{"spec": {"template": {"spec": {"hostNetwork": null}}}}"#;
    patch("deployment", "platform", "builder-old", host);
    let account = r#"{"spec": {"jobTemplate": {"spec": {"template": {"spec":
        {"serviceAccountName": null, "serviceAccount": null}}}}}}"#;
    patch("cronjob", "shop-data", "backup", account);
    let service = r#"{"spec": {"type": "ClusterIP"}}"#;
    patch("service", "shop", "frontend", service);
    apply_shop();
}

/// Waits until nothing differs: controllers take back what they made of a change a little later.
#[track_caller]
fn assert_drift_ends(paths: &[String]) {
    for _ in 0..50 {
        if drifts(&compared(paths, &[])).is_empty() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    assert_no_drift(paths, &[]);
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn seeded_changes_stand_in_their_classes_and_nothing_else_does() {
    apply_shop();
    assert_no_drift(&declared(), &[]);
    seed();
    let report = compared(&declared(), &[]);
    let found = drifts(&report);
    unseed();
    let pod = "spec.template.spec";
    let expected = [
        (
            "changed",
            "DaemonSet/platform/node-agent",
            format!("{pod}.containers[name=inventory].image"),
        ),
        (
            "changed",
            "Deployment/platform/builder-old",
            format!("{pod}.hostNetwork"),
        ),
        (
            "changed",
            "CronJob/shop-data/backup",
            format!("spec.jobTemplate.{pod}.serviceAccountName"),
        ),
        ("changed", "Role/shop/api", "rules[0].verbs[2]".to_owned()),
        (
            "changed",
            "RoleBinding/shop/support",
            "subjects[name=mallory]".to_owned(),
        ),
        ("changed", "Service/shop/frontend", "spec.type".to_owned()),
        (
            "changed",
            "NetworkPolicy/shop/frontend",
            "spec.policyTypes[0]".to_owned(),
        ),
        (
            "changed",
            "Namespace/shop",
            "metadata.labels[\"pod-security.kubernetes.io/enforce\"]".to_owned(),
        ),
        (
            "declared-only",
            "NetworkPolicy/shop/default-deny",
            String::new(),
        ),
        ("live-only", "ClusterRoleBinding/mallory", String::new()),
        ("live-only", "Deployment/shop/miner", String::new()),
        (
            "changed",
            "Deployment/shop/frontend",
            format!("{pod}.ephemeralContainers[name=debug]"),
        ),
    ];
    let expected: BTreeSet<(String, String, String)> = expected
        .into_iter()
        .map(|(class, address, path)| (class.to_owned(), address.to_owned(), path))
        .collect();
    assert_eq!(found, expected);
    let drifts = report["drifts"].as_array().expect("differences").iter();
    let setters = drifts.filter_map(|drift| drift["live"]["setter"].as_str());
    let patched = setters.filter(|setter| setter.contains("kubectl-patch"));
    assert!(patched.count() >= 7, "{report:#}");
    assert_drift_ends(&declared());
}

/// Applies what is rendered of a path of the demo.
fn apply_rendered(path: &str, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scantling"));
    let output = command
        .arg("render")
        .arg(shop(path))
        .args(arguments)
        .output();
    let output = output.expect("the program starts");
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rendered.yaml");
    std::fs::write(&file, output.stdout).expect("the folder is there");
    kubectl(&["apply", "-n", "shop", "-f", &file.to_string_lossy()]);
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn what_charts_and_kustomizations_render_does_not_drift() {
    apply_shop();
    let release = ["--release", "reviews", "--namespace", "shop"];
    apply_rendered(
        "reviews",
        &[
            &release[..],
            &[
                "--values",
                &shop("reviews/values-prod.yaml").to_string_lossy(),
            ],
        ]
        .concat(),
    );
    apply_rendered("payments/overlays/prod", &[]);
    let mut paths = declared();
    for path in ["reviews", "payments"] {
        paths.push(shop(path).to_string_lossy().into_owned());
    }
    let found = drifts(&compared(&paths, &["--release", "reviews"]));
    let all = |kind: &str| {
        let names = kubectl(&["get", kind, "-n", "shop", "-o", "name"]);
        names
            .lines()
            .filter(|name| name.contains("reviews") || name.contains("payments"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    for kind in [
        "deployments",
        "services",
        "serviceaccounts",
        "configmaps",
        "cronjobs",
        "statefulsets",
    ] {
        for name in all(kind) {
            kubectl(&["delete", "-n", "shop", &name]);
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
#[ignore = "it needs a live cluster: tests/cluster/run.sh"]
fn what_is_applied_is_told_once_with_its_files() {
    apply_shop();
    let folders = FOLDERS
        .map(shop)
        .map(|path| path.to_string_lossy().into_owned());
    let folders = folders.iter().map(String::as_str);
    let arguments: Vec<&str> = ["scan", "--cluster", "--read-secrets", "-o", "json"]
        .into_iter()
        .chain(folders)
        .collect();
    let together = report(&scantling("admin", &arguments));
    let mut command = Command::new(env!("CARGO_BIN_EXE_scantling"));
    let output = command
        .arg("scan")
        .args(FOLDERS.map(shop))
        .args(["-o", "json"])
        .output();
    let alone = findings(&report(&output.expect("the program starts")));
    assert!(alone.len() > 20, "{alone:?}");
    let missing: Vec<_> = alone.difference(&findings(&together)).cloned().collect();
    assert!(missing.is_empty(), "{missing:#?}");
    let all = together["findings"].as_array().expect("findings");
    let of = |presence: &str| all.iter().filter(|one| one["presence"] == presence).count();
    assert!(
        of("both") >= alone.len() - 3,
        "{} of {}",
        of("both"),
        alone.len()
    );
    // Each is told once: none of what both have stands in the cluster by itself.
    let key = |finding: &Value| {
        (
            finding["check"].clone(),
            finding["resource"]["address"].clone(),
            finding["path"].clone(),
        )
    };
    let declared: Vec<_> = all
        .iter()
        .filter(|one| one["resource"]["source"]["format"] == "kubernetes")
        .map(key)
        .collect();
    let live = all
        .iter()
        .filter(|one| one["resource"]["source"]["format"] == "cluster");
    let twice: Vec<_> = live.map(key).filter(|one| declared.contains(one)).collect();
    assert!(twice.is_empty(), "{twice:#?}");
}
