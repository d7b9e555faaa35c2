//! Comments of other tools.

use super::*;

#[test]
fn trivy_directives_are_read() {
    for (directive, mark) in [
        ("#trivy:ignore:KSV017", "hidden"),
        ("# trivy:ignore:AVD-KSV-0017", "hidden"),
        (
            "# needed by the driver trivy:ignore:KSV-0001 trivy:ignore:KSV-0017",
            "hidden",
        ),
        ("# trivy:ignore:KSV-00*", "hidden"),
        ("# trivy:ignore:*", "hidden"),
        ("# tfsec:ignore:KSV-0017", "hidden"),
        ("# trivy:ignore:KSV-0017:exp:2026-06-16", "hidden"),
        ("# trivy:ignore:KSV-0017:exp:2026-06-15", "shown"),
        ("# trivy:ignore:KSV-0017:exp:soon", "shown"),
        ("# trivy:ignore:KSV-0001", "shown"),
        ("# trivy:ignore:", "shown"),
        ("# trivy:ignore", "shown"),
    ] {
        check(
            &format!(
                "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  {directive}\n  - name: a\n    securityContext: {{ privileged: true }} # {mark}\n"
            ),
            &[],
        );
        check(
            &format!(
                "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a {directive}\n    securityContext: {{ privileged: true }} # {mark}\n"
            ),
            &[],
        );
    }
}

#[test]
fn checkov_comments_are_for_the_resource_around_them() {
    for (directive, privileged, host_network) in [
        (
            "# checkov:skip=CKV_K8S_16:the driver needs it",
            "hidden",
            "shown",
        ),
        ("#checkov:skip=CKV_K8S_16", "hidden", "shown"),
        (
            "# bridgecrew:skip=CKV_K8S_16,CKV_K8S_19:both",
            "hidden",
            "hidden",
        ),
        ("# checkov:skip=CKV_K8S_1:another", "shown", "shown"),
        ("# checkov:skip=", "shown", "shown"),
    ] {
        let pod = |above: &str, inside: &str, behind: &str| {
            format!(
                "apiVersion: v1\nkind: Pod\nspec: {{ hostNetwork: true }} # shown\n---\n{above}apiVersion: v1\nkind: Pod\nspec:\n{inside}  \
                 hostNetwork: true # {host_network}\n  containers:\n  - securityContext: {{ privileged: true }} # {privileged}\n    name: a {behind}\n"
            )
        };
        check(&pod(&format!("{directive}\n"), "", ""), &[]);
        check(&pod("", &format!("  {directive}\n"), ""), &[]);
        check(&pod("", "", directive), &[]);
    }
}

#[test]
fn kics_commands_are_read() {
    let pod = |top: &str, above: &str, privileged: &str, host_network: &str| {
        let text = format!(
            "{top}apiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: true # {host_network}\n  containers:\n{above}  - name: a\n    \
             securityContext: {{ privileged: true }} # {privileged}\n  - name: m # shown\n    securityContext: {{ seccomp: {{}} }}\n"
        );
        check(&text, &[]);
    };
    let (one, two) = (
        "c48e57d3-d642-4e0b-90db-37f807b41b91",
        "6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a",
    );
    pod("# kics-scan ignore\n", "", "hidden", "hidden");
    pod(
        "# header\n---\n# KICS-Scan ignore\n",
        "",
        "hidden",
        "hidden",
    );
    pod("", "  # kics-scan ignore\n", "shown", "shown");
    pod(
        &format!("# kics-scan disable={one}\n"),
        "",
        "hidden",
        "shown",
    );
    pod(
        &format!("# kics-scan disable={one},{two}\n"),
        "",
        "hidden",
        "hidden",
    );
    pod(
        &format!("# kics-scan enable={one}\n# kics-scan disable={one}\n"),
        "",
        "shown",
        "hidden",
    );
    pod(
        "",
        &format!("  # kics-scan disable={one}\n"),
        "shown",
        "shown",
    );
    pod("", "  # kics-scan ignore-block\n", "hidden", "shown");
    pod("", "  # kics-scan ignore-line\n", "shown", "shown");
    pod("# kics-scan ignore-block\n", "", "hidden", "hidden");
    check(
        "apiVersion: v1\nkind: Pod\nspec:\n  # kics-scan ignore-line\n  hostNetwork: true # hidden\n  containers: []\n",
        &[],
    );
}
