//! Whatever is typed, editors show what a scan of the same texts finds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use source::{Disk, FileSystem as _, Limits};

use super::editor::Editor;
use super::expected::{of_editor, of_scan};
use crate::encoding::Encoding;

type Files = BTreeMap<PathBuf, String>;

/// What somebody does in an editor.
#[derive(Clone, Debug)]
enum Step {
    /// Replaces characters of a file.
    Replace(Index, Index, usize, String),
    /// Puts text of one file into another.
    Copy(Index, Index, Index, Index),
    /// Makes a file with the text of another.
    Create(Index, usize),
    Close(Index),
    Save(Index),
    Remove(Index),
    /// Waits until the server has looked.
    Look,
    /// Asks everything of a place.
    Ask(Index, Index),
}

/// What is typed: what breaks lines, blocks, quotes and templates, and characters of all widths.
const TYPED: [&str; 21] = [
    "",
    "",
    "\n",
    "\r\n",
    "\r",
    "  ",
    "é",
    "𝄞",
    ":",
    "- ",
    "\"",
    "{{",
    "}}",
    "{",
    "}",
    "#",
    "true",
    "null",
    "---\n",
    "${",
    "privileged: true\n",
];

fn step() -> impl Strategy<Value = Step> {
    let index = any::<Index>;
    let typed = select(&TYPED[..]).prop_map(str::to_owned);
    prop_oneof![
        12 => (index(), index(), 0usize..12, typed)
            .prop_map(|(file, at, length, text)| Step::Replace(file, at, length, text)),
        2 => (index(), index(), index(), index())
            .prop_map(|(from, at, to, into)| Step::Copy(from, at, to, into)),
        1 => (index(), 0usize..3).prop_map(|(file, name)| Step::Create(file, name)),
        2 => index().prop_map(Step::Close),
        2 => index().prop_map(Step::Save),
        1 => index().prop_map(Step::Remove),
        5 => Just(Step::Look),
        2 => (index(), index()).prop_map(|(file, at)| Step::Ask(file, at)),
    ]
}

fn encoding() -> impl Strategy<Value = Encoding> {
    select(&[Encoding::Utf8, Encoding::Utf16, Encoding::Utf32][..])
}

fn take(editor: &mut Editor, step: &Step) {
    let texts = editor.texts();
    let paths: Vec<&PathBuf> = texts.keys().collect();
    if paths.is_empty() {
        return;
    }
    let place = |path: &Path, at: &Index| at.index(texts[path].chars().count() + 1);
    match step {
        Step::Replace(file, at, length, text) => {
            let path = file.get(&paths);
            editor.replace(path, place(path, at), *length, text);
        }
        Step::Copy(from, at, to, into) => {
            let (from, to) = (from.get(&paths), to.get(&paths));
            let start = place(from, at);
            let text: String = texts[*from].chars().skip(start).take(60).collect();
            editor.replace(to, place(to, into), 0, &text);
        }
        Step::Create(file, name) => {
            let path = file.get(&paths);
            let extension = path.extension().unwrap_or_default();
            let new = path
                .with_file_name(format!("new-{name}"))
                .with_extension(extension);
            if editor.text(&new).is_none() {
                editor.replace(&new, 0, 0, &texts[*path]);
            }
        }
        Step::Close(file) => editor.close(paths[file.index(paths.len())]),
        Step::Save(file) => editor.save(paths[file.index(paths.len())]),
        Step::Remove(file) => editor.remove(paths[file.index(paths.len())]),
        Step::Ask(file, at) => {
            let path = file.get(&paths);
            editor.ask(path, place(path, at));
        }
        Step::Look => {
            editor.look();
        }
    }
}

fn check(files: &Files, encoding: Encoding, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut editor = Editor::new(encoding, files);
    for step in steps {
        take(&mut editor, step);
    }
    let shown = of_editor(editor.look());
    prop_assert_eq!(shown, of_scan(&editor.texts(), editor.encoding));
    Ok(())
}

/// Files of the repository's own fixtures.
fn fixture(name: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(name);
    let found = Disk.walk(&root, None).into_iter();
    let files = found.filter_map(|found| {
        let bytes = Disk.read(&found.path, Limits::default()).ok()?;
        let path = Path::new("/project").join(found.path.strip_prefix(&root).ok()?);
        Some((path, String::from_utf8(bytes).ok()?))
    });
    files.collect()
}

fn files(files: &[(&str, &str)]) -> Files {
    let files = files.iter();
    let files = files.map(|(path, text)| (Path::new("/project").join(path), (*text).to_owned()));
    files.collect()
}

/// A little of everything, with what leads from one file to another.
fn small() -> Files {
    files(&[
        (
            "scantling.yaml",
            "suppress:\n- checks: [mutable-image-tag]\n  reason: known\n",
        ),
        (
            "chart/Chart.yaml",
            "apiVersion: v2\nname: web\nversion: 1.0.0\n",
        ),
        (
            "chart/values.yaml",
            "privileged: true # é𝄞\nreplicas: 1\nimage: {name: web, tag: '1'}\n",
        ),
        ("chart/values-prod.yaml", "privileged: false\n"),
        (
            "chart/templates/_helpers.tpl",
            "{{- define \"name\" }}web-{{ .Release.Name }}{{- end }}\n",
        ),
        (
            "chart/templates/pod.yaml",
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ include \"name\" . }}\nspec:\n  containers:\n  - name: web\n    image: {{ .Values.image.name }}:{{ .Values.image.tag }}\n    securityContext:\n      privileged: {{ .Values.privileged }}\n",
        ),
        (
            "kustomize/base/kustomization.yaml",
            "resources: [deployment.yaml]\nnamePrefix: shop-\n",
        ),
        (
            "kustomize/base/deployment.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec:\n  template:\n    spec:\n      hostNetwork: true\n      containers:\n      - {name: api, image: api:latest}\n",
        ),
        (
            "kustomize/prod/kustomization.yaml",
            "resources: [../base]\npatches:\n- path: patch.yaml\n",
        ),
        (
            "kustomize/prod/patch.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec: {template: {spec: {hostPID: true}}}\n",
        ),
        (
            "plain/role.yaml",
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: all}\nrules:\n- {apiGroups: ['*'], resources: ['*'], verbs: ['*']}\n",
        ),
        (
            "plain/binding.yaml",
            "apiVersion: rbac.authorization.k8s.io/v1\r\nkind: ClusterRoleBinding\r\nmetadata: {name: all}\r\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all}\r\nsubjects:\r\n- {kind: ServiceAccount, name: api, namespace: shop}\r\n",
        ),
        (
            "plain/account.yaml",
            "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: api, namespace: shop} # scantling:ignore\n",
        ),
        (
            "terraform/main.tf",
            "variable \"open\" {\n  type    = bool\n  default = true\n}\nmodule \"data\" {\n  source = \"./data\"\n  public = var.open\n}\nresource \"aws_security_group\" \"web\" {\n  name = \"web\"\n  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = \"tcp\"\n    cidr_blocks = [var.open ? \"0.0.0.0/0\" : \"10.0.0.0/8\"]\n  }\n}\n",
        ),
        ("terraform/prod.tfvars", "open = false\n"),
        (
            "terraform/data/main.tf",
            "variable \"public\" { type = bool }\nresource \"aws_s3_bucket\" \"data\" {\n  bucket = \"data\"\n}\nresource \"aws_s3_bucket_acl\" \"data\" {\n  bucket = aws_s3_bucket.data.id\n  acl    = var.public ? \"public-read\" : \"private\"\n}\n",
        ),
    ])
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        max_shrink_iters: 32,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn editors_show_what_a_scan_of_a_small_workspace_finds(
        encoding in encoding(),
        steps in prop::collection::vec(step(), 1..24),
    ) {
        check(&small(), encoding, &steps)?;
    }
}

proptest! {
    #![proptest_config(config(6))]

    #[test]
    fn editors_show_what_a_scan_of_the_shop_finds(
        encoding in encoding(),
        steps in prop::collection::vec(step(), 1..24),
    ) {
        check(&fixture("shop"), encoding, &steps)?;
    }
}

#[test]
fn the_workspaces_have_something_to_show_in_all_formats() {
    for files in [small(), fixture("shop")] {
        let shown = of_scan(&files, Encoding::Utf16);
        for extension in ["tf", "yaml"] {
            let is_of = |path: &&PathBuf| path.extension().is_some_and(|one| one == extension);
            assert!(shown.keys().any(|path| is_of(&path)), "{shown:?}");
        }
        for folder in ["templates", "values.yaml", "kustomize", "overlays", "base"] {
            let is_in = |path: &PathBuf| path.components().any(|part| part.as_os_str() == folder);
            let is_there = files.keys().any(is_in);
            assert!(
                !is_there || shown.keys().any(is_in),
                "{folder}: {:?}",
                shown.keys()
            );
        }
    }
}
