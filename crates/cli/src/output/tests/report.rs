//! Reports made by hand.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use analysis::{
    Finding, Input, ProposedFix, Related, Report, ResourceName, Status, Suppression, Unit, Verdict,
    VerdictRow,
};
use check::{Check, Severity, Vocabulary};
use source::{FileId, Level, Problem, SourceFile, Span, TextEdit};

/// A manifest with mistakes.
pub(super) const MANIFEST: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  template:
    spec:
      containers:
      - name: api
        image: registry.example/api:latest
        securityContext:
          privileged: true
";

/// A check that is read from a file.
pub(super) fn check(id: &str, severity: Severity) -> Arc<Check> {
    let text = format!(
        "title: About {id}\nseverity: {severity}\nresources: [kubernetes/workload]\nprinciple: least-privilege\n\
         threats: [elevation-of-privilege]\nwhy: Because of `{id}`.\nquery: .spec\nmessage: bad\n\
         remedy: Change `{id}`;\n  do it now.\nreferences: [https://example.org/{id}]\naliases: [OTHER_1]\n\
         fail:\n- name: a pod\n  kubernetes: |\n    kind: Pod # finding\npass:\n- name: none\n  kubernetes: |\n    kind: Job\n"
    );
    let file = Arc::new(SourceFile::new(
        FileId(u32::MAX),
        "checks/kubernetes/workload/x.yaml",
        text,
    ));
    let vocabulary = Vocabulary {
        is_subject: &|_| true,
        frameworks: None,
    };
    let (check, problems) = check::read(&file, id, "kubernetes/workload", &vocabulary);
    Arc::new(check.unwrap_or_else(|| panic!("{problems:?}")))
}

/// A report without anything in it.
pub(super) fn empty() -> Report {
    Report {
        kubernetes_version: "1.37".into(),
        ..Report::default()
    }
}

/// The resource of [`MANIFEST`] in a file.
pub(super) fn resource(file: &Path) -> Arc<ResourceName> {
    Arc::new(ResourceName {
        address: "Deployment/shop/api".into(),
        api_version: "apps/v1".into(),
        kind: "Deployment".into(),
        namespace: Some("shop".into()),
        name: "api".into(),
        format: "kubernetes".into(),
        file: file.to_path_buf(),
    })
}

/// The first place of a text in a file.
pub(super) fn span(file: &SourceFile, needle: &str) -> Span {
    let start = file
        .text
        .find(needle)
        .unwrap_or_else(|| panic!("{needle:?} is not in the text"));
    let start = u32::try_from(start).expect("small");
    Span::new(
        file.id,
        start,
        start + u32::try_from(needle.len()).expect("small"),
    )
}

/// A finding at a text of a file.
pub(super) fn finding(
    check: &Arc<Check>,
    file: &SourceFile,
    needle: &str,
    path: &str,
    message: &str,
) -> Finding {
    Finding {
        check: Arc::clone(check),
        severity: check.severity,
        resource: resource(&file.path),
        environments: Vec::new(),
        path: path.into(),
        span: span(file, needle),
        related: Vec::new(),
        message: message.into(),
        fixes: Vec::new(),
        fingerprint: format!("{}-{path}", check.id),
        conditional: false,
        presence: None,
    }
}

/// A report with one of everything.
pub(super) fn full() -> Report {
    let mut report = empty();
    let file = report.sources.add("deploy/a b.yaml", MANIFEST);
    let (privileged, root) = (
        check("privileged-container", Severity::Critical),
        check("runs-as-root", Severity::Medium),
    );
    let container = "spec.template.spec.containers[name=api]";
    let mut first = finding(
        &root,
        &file,
        "name: api\n        image",
        &format!("{container}.securityContext.runAsNonRoot"),
        "container api may run as root",
    );
    first.related.push(Related {
        span: span(&file, "kind: Deployment"),
        message: "the resource".into(),
    });
    let mut second = finding(
        &privileged,
        &file,
        "true",
        &format!("{container}.securityContext.privileged"),
        "container api has all powers",
    );
    let edits = vec![TextEdit {
        span: second.span,
        text: "false".into(),
    }];
    second.fixes.push(ProposedFix {
        title: "set `privileged` to `false`".into(),
        edits,
        proven: true,
    });
    let hidden = finding(
        &root,
        &file,
        "registry.example/api:latest",
        &format!("{container}.image"),
        "the tag moves",
    );
    let suppression = Suppression {
        span: Some(span(&file, "image")),
        tool: "checkov",
        reason: Some("a mirror pins it".into()),
    };
    report.suppressed.push((hidden.into(), suppression));
    report.findings = [first, second].map(Arc::new).into_iter().collect();
    report.verdicts = verdicts(&root, &file);
    report.inputs = inputs();
    report.problems = vec![
        Problem::at(
            Level::Warning,
            "duplicate-key",
            "the key `a` stands here twice",
            span(&file, "apiVersion"),
        )
        .with_help("remove one of them"),
        Problem::of(
            Level::Error,
            "unreadable-file",
            "permission denied",
            "deploy/secret.yaml",
        ),
    ];
    report.checks = vec![privileged, root];
    report.resources = 2;
    report
}

fn verdicts(check: &Arc<Check>, file: &SourceFile) -> Vec<Arc<VerdictRow>> {
    let row = |verdict| {
        Arc::new(VerdictRow {
            check: Arc::clone(check),
            resource: resource(&file.path),
            verdict,
        })
    };
    let reason = (
        "the ConfigMap is not in the input".to_owned(),
        Some(span(file, "spec:")),
    );
    vec![row(Verdict::Pass), row(Verdict::Unknown(vec![reason]))]
}

fn inputs() -> Vec<Arc<Input>> {
    let input = |path: &str, status, reason: Option<&str>, resources| {
        Arc::new(Input {
            path: PathBuf::from(path),
            unit: Unit::File,
            status,
            reason: reason.map(str::to_owned),
            resources,
        })
    };
    vec![
        input("deploy/a b.yaml", Status::Scanned, None, 1),
        input(
            "deploy/half.yaml",
            Status::Partial,
            Some("a document could not be read"),
            1,
        ),
        input(
            "deploy/secret.yaml",
            Status::Failed,
            Some("permission denied"),
            0,
        ),
        input(
            "values.yaml",
            Status::Skipped,
            Some("no Kubernetes manifest"),
            0,
        ),
    ]
}
