//! What is different between a revision of git and now, as the program tells it.

use std::process::Command;

use expect_test::expect;

use crate::support::Folder;

const ACCOUNT: &str = "\
apiVersion: v1
kind: ServiceAccount
metadata: { name: deployer, namespace: shop }
";

const BINDING: &str = "\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: deployer }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects:
- { kind: ServiceAccount, name: deployer, namespace: shop }
";

/// A repository whose only revision has an account, while its folder has a binding, too.
fn repository(name: &str) -> Folder {
    let folder = Folder::new(name, &[("deploy/account.yaml", ACCOUNT)]);
    folder.write(".git/HEAD", "ref: refs/heads/main\n");
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "."]);
    git(
        &folder,
        &[
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.org",
            "commit",
            "-qm",
            "first",
        ],
    );
    folder.write("deploy/binding.yaml", BINDING);
    folder
}

fn git(folder: &Folder, arguments: &[&str]) {
    let status = Command::new("git")
        .args(arguments)
        .current_dir(folder.path("."))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .status();
    assert!(status.expect("git starts").success());
}

#[test]
fn paths_that_are_new_since_a_revision_are_told() {
    let folder = repository("diff-revision");
    let told = folder.run(&["diff", "HEAD", "--complete"]);
    expect![[r#"
        opened: ServiceAccount shop/deployer reaches cluster admin in 1 hop [critical]
          1. ServiceAccount shop/deployer -> cluster admin: everything (T1098.006)
               * *.*
                 by ClusterRoleBinding/deployer (deploy/binding.yaml:1), rule of ClusterRole/cluster-admin (of Kubernetes itself)

        1 path opened, 0 closed
    "#]].assert_eq(&told.stdout);
    assert_eq!(told.code, Some(1));
    let told = folder.run(&["diff", "HEAD", "deploy/account.yaml", "--complete", "-q"]);
    assert_eq!((told.code, told.stdout.as_str()), (Some(0), ""), "{told:?}");
}

#[test]
fn what_is_no_revision_is_wrong_usage() {
    let folder = repository("diff-none");
    for name in ["no-such-revision", "HEAD:deploy"] {
        let told = folder.run(&["diff", name]);
        assert_eq!(told.code, Some(2), "{told:?}");
        assert!(
            told.stderr.contains(&format!("cannot read `{name}`")),
            "{told:?}"
        );
    }
}

#[test]
fn nothing_of_the_repository_is_run() {
    let folder = repository("diff-hooks");
    for (key, value) in [
        ("filter.bad.smudge", "touch ran"),
        ("core.fsmonitor", "touch ran"),
        ("core.pager", "touch ran"),
        ("diff.bad.textconv", "touch ran"),
    ] {
        git(&folder, &["config", key, value]);
    }
    folder.write(".gitattributes", "* filter=bad diff=bad\n");
    let told = folder.run(&["diff", "HEAD", "--complete", "-q"]);
    assert_eq!(told.code, Some(1), "{told:?}");
    assert!(!folder.has("ran"));
}
