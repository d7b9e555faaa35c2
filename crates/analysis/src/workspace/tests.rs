//! What is taken again, and what is not; and that what is taken again is what a scan gives. For random edits, that is a property
//! which the language server tests.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::HashSet;
use graph::Resource;
use source::Memory;

use super::Workspace;
use crate::options::{Fixes, NoProgress, Options};
use crate::report::Report;

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: NAME}\nspec: {containers: []}\n";

const ROOT: &str = "variable \"size\" { default = 1 }\nresource \"aws_ebs_volume\" \"a\" {\n  size = var.size\n}\n";

fn resources(workspace: &Workspace) -> Vec<Arc<Resource>> {
    let known = workspace.known.as_ref().unwrap();
    let graph = &known.analysis.project.graph;
    graph.resources().map(|(_, one)| Arc::clone(one)).collect()
}

fn system() -> Memory {
    Memory::new([
        ("/project/a.yaml", POD.replace("NAME", "a")),
        ("/project/b.yaml", POD.replace("NAME", "b")),
        ("/project/root/main.tf", ROOT.to_owned()),
        (
            "/project/root/other.tf",
            "resource \"aws_ebs_volume\" \"b\" {\n  size = 2\n}\n".to_owned(),
        ),
        (
            "/project/web/Chart.yaml",
            "apiVersion: v2\nname: web\nversion: 0.1.0\n".to_owned(),
        ),
        ("/project/web/templates/a.yaml", POD.replace("NAME", "x")),
        ("/project/web/templates/b.yaml", POD.replace("NAME", "y")),
    ])
}

fn workspace() -> Workspace {
    Workspace::new(Options {
        directory: PathBuf::from("/project"),
        select: vec!["all".to_owned()],
        fixes: Fixes::None,
        ..Options::default()
    })
}

/// The addresses of the resources that are made anew after a change of one file.
#[track_caller]
fn check(path: &str, text: &str, expected: &[&str]) {
    let (system, mut workspace) = (system(), workspace());
    workspace.scan(&system).unwrap();
    let before = resources(&workspace);
    let known: HashSet<*const Resource> = before.iter().map(Arc::as_ptr).collect();
    system.set(Path::new(path), text.as_bytes());
    workspace.scan(&system).unwrap();
    let after = resources(&workspace);
    let new = after
        .iter()
        .filter(|one| !known.contains(&Arc::as_ptr(one)));
    let new: Vec<&str> = new.map(|one| one.address.as_str()).collect();
    assert_eq!(new, expected);
}

#[test]
fn a_changed_manifest_leaves_all_others() {
    check("/project/a.yaml", &POD.replace("NAME", "c"), &["Pod/c"]);
}

#[test]
fn a_changed_file_of_a_root_leaves_what_is_about_the_others() {
    let text = "resource \"aws_ebs_volume\" \"b\" {\n  size = 3\n}\n";
    check("/project/root/other.tf", text, &["aws_ebs_volume.b"]);
}

#[test]
fn a_file_that_is_none_of_these_leaves_all() {
    check("/project/notes.txt", "", &[]);
}

#[test]
fn a_changed_template_leaves_all_others() {
    check(
        "/project/web/templates/a.yaml",
        &POD.replace("NAME", "z"),
        &["Pod/z"],
    );
}

#[test]
fn a_change_of_a_part_that_others_do_not_see_keeps_what_was_evaluated() {
    let system = system();
    let mut workspace = workspace();
    workspace.scan(&system).unwrap();
    let roots = |workspace: &Workspace| {
        let all = resources(workspace).into_iter();
        let roots = all.filter(|one| one.address.starts_with("aws_"));
        roots.map(|one| Arc::as_ptr(&one)).collect::<Vec<_>>()
    };
    let before = roots(&workspace);
    for (path, text) in [
        ("/project/a.yaml", POD.replace("NAME", "c")),
        ("/project/root/other.tf", "# nothing".to_owned()),
    ] {
        system.set(Path::new(path), text.as_bytes());
        workspace.scan(&system).unwrap();
    }
    assert_eq!(roots(&workspace), before[..1]);
}

/// A finding as it must be found again.
type Shown = (String, String, std::ops::Range<usize>, String);

fn shown(report: &Report) -> Vec<Shown> {
    let findings = report.findings.iter();
    let shown = findings.map(|finding| {
        let path = report.sources.path(finding.span.file);
        (
            path.display().to_string(),
            finding.fingerprint.clone(),
            finding.span.range(),
            finding.message.clone(),
        )
    });
    shown.collect()
}

/// That texts which follow each other give what a scan of each gives.
#[track_caller]
fn check_edits(files: &[(&str, &str)], edits: &[(&str, &str)]) {
    let path = |path: &str| PathBuf::from("/project").join(path);
    let system = Memory::new(files.iter().map(|(file, text)| (path(file), *text)));
    let mut workspace = workspace();
    workspace.scan(&system).unwrap();
    for (number, (file, text)) in edits.iter().enumerate() {
        system.set(&path(file), text.as_bytes());
        let again = shown(workspace.scan(&system).unwrap());
        let anew = crate::scan(&system, workspace.options(), &NoProgress).unwrap();
        assert_eq!(again, shown(&anew), "after edit {number}");
        assert!(!again.is_empty(), "nothing is found after edit {number}");
    }
}

#[test]
fn findings_of_equal_names_keep_their_order() {
    let pod = POD.replace("NAME", "a");
    let other = POD.replace("NAME", "b");
    let twice = format!("{pod}---\n{pod}");
    check_edits(
        &[
            ("a.yaml", &pod),
            ("b.yaml", &pod),
            ("c.yaml", &twice),
            ("d.yaml", &other),
        ],
        &[
            ("b.yaml", &other),
            ("b.yaml", &pod),
            ("a.yaml", &other),
            ("d.yaml", &pod),
            ("c.yaml", &pod),
            ("a.yaml", &twice),
            ("b.yaml", ""),
            ("b.yaml", &twice),
        ],
    );
}

#[test]
fn templates_give_what_they_gave_where_nothing_that_they_see_changed() {
    let template = |image: &str| {
        POD.replace(
            "containers: []",
            &format!("containers: [{{name: a, image: {image}}}]"),
        )
    };
    let chart = "apiVersion: v2\nname: web\nversion: 0.1.0\n";
    let helper = "{{ define \"image\" }}{{ .Values.image }}{{ end }}";
    let called = template("'{{ include \"image\" . }}'").replace("NAME", "called");
    let digest = template("'x:{{ include (print $.Template.BasePath \"/b.yaml\") . | len }}'");
    let set = template("'{{ $_ := set .Values \"image\" \"set:1\" }}b'").replace("NAME", "set");
    let plain = template("plain").replace("NAME", "plain");
    let longer = template("'a-longer-name'").replace("NAME", "plain");
    let own = format!("{{{{ define \"image\" }}}}own{{{{ end }}}}{plain}");
    let broken = format!("{{{{ fail \"no\" }}}}{plain}");
    let missing = template("'{{ required \"a tag\" .Values.tag }}'").replace("NAME", "plain");
    check_edits(
        &[
            ("web/Chart.yaml", chart),
            ("web/values.yaml", "image: web:latest\n"),
            ("web/templates/_helpers.tpl", helper),
            ("web/templates/a.yaml", &called),
            ("web/templates/b.yaml", &plain),
            ("web/templates/c.yaml", &digest),
        ],
        &[
            ("web/templates/b.yaml", &longer),
            ("web/templates/b.yaml", &set),
            ("web/templates/a.yaml", &plain),
            ("web/templates/a.yaml", &called),
            ("web/templates/b.yaml", &own),
            ("web/templates/b.yaml", &plain),
            ("web/templates/b.yaml", &broken),
            ("web/templates/b.yaml", &missing),
            ("web/values.yaml", "image: web:1\n"),
            ("web/templates/b.yaml", &plain),
            (
                "web/templates/_helpers.tpl",
                "{{ define \"image\" }}other{{ end }}",
            ),
            ("web/templates/d.yaml", &longer),
            ("web/values-prod.yaml", "image: prod:2\n"),
            ("web/templates/d.yaml", &set),
            ("web/templates/d.yaml", &plain),
            (
                "web/Chart.yaml",
                "apiVersion: v2\nname: other\nversion: 0.1.0\n",
            ),
        ],
    );
}

#[test]
fn bindings_give_what_their_roles_have_by_now() {
    let api = "rbac.authorization.k8s.io";
    let binding = |name: &str, role: &str| {
        format!(
            "apiVersion: {api}/v1\nkind: ClusterRoleBinding\nmetadata: {{name: {name}}}\n\
             roleRef: {{apiGroup: {api}, kind: ClusterRole, name: {role}}}\n\
             subjects: [{{apiGroup: {api}, kind: Group, name: people}}]\n"
        )
    };
    let role = |label: &str, resource: &str| {
        format!(
            "apiVersion: {api}/v1\nkind: ClusterRole\nmetadata: {{name: part, labels: {{of: {label}}}}}\n\
             rules: [{{apiGroups: [''], resources: [{resource}], verbs: [create]}}]\n"
        )
    };
    let whole = format!(
        "apiVersion: {api}/v1\nkind: ClusterRole\nmetadata: {{name: whole}}\n\
         aggregationRule: {{clusterRoleSelectors: [{{matchLabels: {{of: whole}}}}]}}\n"
    );
    let (first, second) = (binding("a", "whole"), binding("b", "part"));
    check_edits(
        &[
            ("a.yaml", &first),
            ("b.yaml", &second),
            ("pod.yaml", &POD.replace("NAME", "a")),
            ("whole.yaml", &whole),
        ],
        &[
            ("part.yaml", &role("whole", "pods/exec")),
            ("part.yaml", &role("whole", "pods/log")),
            ("part.yaml", &role("other", "pods/exec")),
            ("pod.yaml", &POD.replace("NAME", "b")),
            ("part.yaml", &role("whole", "pods/exec")),
            ("b.yaml", &binding("b", "whole")),
            ("b.yaml", &binding("b", "part")),
            ("a.yaml", &binding("a", "system:kubelet-api-admin")),
            ("part.yaml", ""),
        ],
    );
}
