//! Scans of kustomizations: what is judged, as which environment, where findings stand, and what became of each file.

use std::path::PathBuf;

use analysis::{NoProgress, Options, Report};
use expect_test::{Expect, expect};
use source::Memory;
use tests::told;

const BASE: (&str, &str) = ("base/kustomization.yaml", "resources: [pod.yaml]\n");

const POD: (&str, &str) = (
    "base/pod.yaml",
    "apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
  - name: web
    image: example.org/web
    securityContext:
      privileged: true
",
);

const PROD: (&str, &str) = (
    "overlays/prod/kustomization.yaml",
    "resources: [../../base]
images: [{ name: example.org/web, newTag: 1.0.0 }]
",
);

const STAGING: (&str, &str) = (
    "overlays/staging/kustomization.yaml",
    "resources: [../../base]
images: [{ name: example.org/web, newTag: latest }]
",
);

fn scan(paths: &[&str], files: &[(&str, &str)]) -> Report {
    scan_for(
        &["privileged-container", "floating-image-tag"],
        paths,
        files,
    )
}

fn scan_for(checks: &[&str], paths: &[&str], files: &[(&str, &str)]) -> Report {
    let options = Options {
        paths: paths.iter().map(PathBuf::from).collect(),
        select: checks.iter().map(ToString::to_string).collect(),
        ..Options::default()
    };
    let system = Memory::new(files.iter().copied());
    analysis::scan(&system, &options, &NoProgress).expect("any kustomization can be scanned")
}

#[track_caller]
fn check(files: &[(&str, &str)], expected: &Expect) {
    expected.assert_eq(&told(&scan(&["."], files)));
}

#[test]
fn a_defect_of_a_base_is_one_finding_and_one_of_an_overlay_is_of_its_environment() {
    check(
        &[BASE, POD, PROD, STAGING],
        &expect![[r#"
        privileged-container base/pod.yaml:9 true []
        floating-image-tag overlays/staging/kustomization.yaml:2 latest [staging]
          computed from this: base/pod.yaml:7 example.org/web
        scanned base/kustomization.yaml (0) 
        scanned base/pod.yaml (1) 
        scanned overlays/prod/kustomization.yaml (0) 
        scanned overlays/staging/kustomization.yaml (0) 
    "#]],
    );
}

#[test]
fn a_patch_is_no_manifest_and_the_line_that_sets_a_value_last_has_the_finding() {
    let prod = (
        "overlays/prod/kustomization.yaml",
        "resources: [../../base]
patches: [{ path: web.yaml }]
",
    );
    let patch = (
        "overlays/prod/web.yaml",
        "apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
  - name: web
    image: example.org/web:dev
    securityContext: { privileged: false }
  - name: debugger
    image: example.org/debugger:1.0.0
    securityContext: { privileged: true }
",
    );
    check(
        &[BASE, POD, prod, patch, STAGING],
        &expect![[r#"
        privileged-container base/pod.yaml:9 true [staging]
        privileged-container overlays/prod/web.yaml:11 true [prod]
        floating-image-tag overlays/staging/kustomization.yaml:2 latest [staging]
          computed from this: base/pod.yaml:7 example.org/web
        scanned base/kustomization.yaml (0) 
        scanned base/pod.yaml (1) 
        scanned overlays/prod/kustomization.yaml (0) 
        scanned overlays/prod/web.yaml (0) 
        scanned overlays/staging/kustomization.yaml (0) 
    "#]],
    );
}

#[test]
fn a_base_by_itself_is_judged_and_an_overlay_brings_its_bases() {
    let files = [BASE, POD, PROD, STAGING, (".git/HEAD", "")];
    expect![[r#"
        floating-image-tag base/pod.yaml:7 example.org/web []
        privileged-container base/pod.yaml:9 true []
        scanned base/kustomization.yaml (0) 
        scanned base/pod.yaml (1) 
    "#]]
    .assert_eq(&told(&scan(&["base"], &files)));
    expect![[r#"
        privileged-container base/pod.yaml:9 true []
        floating-image-tag overlays/staging/kustomization.yaml:2 latest []
          computed from this: base/pod.yaml:7 example.org/web
        scanned overlays/staging/kustomization.yaml (0) 
    "#]]
    .assert_eq(&told(&scan(&["overlays/staging"], &files)));
}

#[test]
fn what_is_on_another_machine_is_missing_and_the_rest_is_built() {
    let remote = (
        "base/kustomization.yaml",
        "resources: [pod.yaml, 'https://example.org/more.yaml']\n",
    );
    check(
        &[remote, POD],
        &expect![[r#"
        floating-image-tag base/pod.yaml:7 example.org/web []
        privileged-container base/pod.yaml:9 true []
        Error remote-resource: what is on another machine is not fetched, so this part is left out (base/kustomization.yaml:1 'https://example.org/more.yaml')
        partial base/kustomization.yaml (0) what is on another machine is not fetched, so this part is left out
        scanned base/pod.yaml (1) 
    "#]],
    );
}

#[test]
fn a_component_that_nothing_uses_is_left_out() {
    let component = (
        "debug/kustomization.yaml",
        "kind: Component
patches: [{ path: web.yaml }]
",
    );
    let patch = (
        "debug/web.yaml",
        "apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, securityContext: { privileged: true } }] }
",
    );
    check(
        &[BASE, POD, component, patch],
        &expect![[r#"
        floating-image-tag base/pod.yaml:7 example.org/web []
        privileged-container base/pod.yaml:9 true []
        scanned base/kustomization.yaml (0) 
        scanned base/pod.yaml (1) 
        skipped debug/kustomization.yaml (0) part of a component that no kustomization here uses
        skipped debug/web.yaml (0) part of a component that no kustomization here uses
    "#]],
    );
}

#[test]
fn a_broken_patch_loses_nothing_else() {
    let prod = (
        "overlays/prod/kustomization.yaml",
        "resources: [../../base, missing.yaml]
patches: [{ path: web.yaml }]
nameprefix: a
",
    );
    let patch = ("overlays/prod/web.yaml", "kind: Pod\nmetadata: [\n");
    check(
        &[BASE, POD, prod, patch],
        &expect![[r#"
        floating-image-tag base/pod.yaml:7 example.org/web []
        privileged-container base/pod.yaml:9 true []
        Error unreadable-file: overlays/prod/missing.yaml: no such file or folder (overlays/prod/kustomization.yaml:1 missing.yaml)
        Error kustomize-resource: an object needs `metadata.name` (overlays/prod/web.yaml:1 kind: Pod)
        Error syntax: the bracket is not closed (overlays/prod/web.yaml:2 [)
        scanned base/kustomization.yaml (0) 
        scanned base/pod.yaml (1) 
        partial overlays/prod/kustomization.yaml (0) overlays/prod/missing.yaml: no such file or folder
        failed overlays/prod/web.yaml (0) an object needs `metadata.name`
    "#]],
    );
}

#[test]
fn comments_in_bases_and_overlays_hide_findings() {
    let pod = POD.1.replace(
        "privileged: true",
        "privileged: true # scantling:ignore privileged-container it drives the device",
    );
    let staging = STAGING.1.replace(
        " }]",
        " }] # scantling:ignore floating-image-tag built on each change",
    );
    let files = [BASE, (POD.0, pod.as_str()), (STAGING.0, staging.as_str())];
    let report = scan(&["."], &files);
    assert!(report.findings.is_empty(), "{}", told(&report));
    assert_eq!(report.suppressed.len(), 2);
}

/// What an overlay with a patch of a pod that is hardened in its base has.
#[track_caller]
fn check_taken_out(patch: &str, expected: &Expect) {
    let hardened = POD
        .1
        .replace("privileged: true", "readOnlyRootFilesystem: true");
    let pod = (POD.0, hardened.as_str());
    let prod = format!("resources: [../../base]\npatches:\n- {patch}\n");
    let files = [BASE, pod, ("overlays/prod/kustomization.yaml", &prod)];
    let report = scan_for(&["writable-root-filesystem"], &["."], &files);
    expected.assert_eq(&told(&report));
}

#[test]
fn what_an_operation_takes_out_is_missing_there() {
    check_taken_out(
        "target: { kind: Pod }
  patch: |-
    - op: remove
      path: /spec/containers/0/securityContext",
        &expect![[r#"
            writable-root-filesystem overlays/prod/kustomization.yaml:5 op: remove []
              taken out of this: base/pod.yaml:6 name: web
            scanned base/kustomization.yaml (0) 
            scanned base/pod.yaml (1) 
            scanned overlays/prod/kustomization.yaml (0) 
        "#]],
    );
}

#[test]
fn what_a_merge_takes_out_is_missing_there() {
    check_taken_out(
        "patch: |-
    apiVersion: v1
    kind: Pod
    metadata: { name: web }
    spec:
      containers:
      - name: web
        securityContext:
          readOnlyRootFilesystem: null",
        &expect![[r#"
            writable-root-filesystem overlays/prod/kustomization.yaml:11 null []
              taken out of this: base/pod.yaml:8 securityContext
            scanned base/kustomization.yaml (0) 
            scanned base/pod.yaml (1) 
            scanned overlays/prod/kustomization.yaml (0) 
        "#]],
    );
}
