//! Configurations as files and variables, and the access that follows.
#![expect(
    clippy::disallowed_methods,
    reason = "tests make the files of configurations"
)]

mod tokens;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use http::HeaderValue;

use super::{Surroundings, within};
use crate::error::Error;
use crate::options::Options;

/// What a process has around it. In all texts `DIR` is the folder of the files.
#[derive(Default)]
struct Case {
    files: &'static [(&'static str, &'static str)],
    variables: Variables,
    kubeconfig: Option<&'static str>,
    context: Option<&'static str>,
    untrusted: &'static [&'static str],
    is_interactive: bool,
}

/// A configuration with one context `a`.
const ONE: &str = "
current-context: a
clusters: [{name: c, cluster: {server: https://one}}]
users: [{name: u, user: {token: t1}}]
contexts: [{name: a, context: {cluster: c, user: u}}]
";

/// One with a context `b`, and with other things by the names of the first.
const TWO: &str = "
current-context: b
clusters: [{name: c, cluster: {server: https://two}}]
users: [{name: u, user: {token: t2}}, {name: v, user: {token: t3}}]
contexts: [{name: b, context: {cluster: c, user: v}}, {name: a, context: {cluster: c, user: v}}]
";

impl Case {
    fn run(&self, folder: &Path) -> Result<String, Error> {
        let own = |text: &str| text.replace("DIR", &folder.to_string_lossy());
        for (name, text) in self.files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, own(text)).unwrap();
        }
        let variables = self.variables.iter();
        let variables: HashMap<&str, String> =
            variables.map(|(name, value)| (*name, own(value))).collect();
        let variable = |name: &str| variables.get(name).map(Into::into);
        let around = Surroundings {
            variable: &variable,
            home: Some(folder.join("home")),
            account: &folder.join("account"),
            is_interactive: self.is_interactive,
        };
        let options = Options {
            kubeconfig: self.kubeconfig.map(|path| folder.join(path)),
            context: self.context.map(str::to_owned),
            untrusted: self
                .untrusted
                .iter()
                .map(|path| folder.join(path))
                .collect(),
            ..Options::default()
        };
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_all().build().unwrap();
        let access = runtime.block_on(within(&options, &around))?;
        let config = &access.config;
        let user = &config.auth_info;
        let header = access.token.map(|token| token.header());
        let rows: [(&str, Option<String>); 9] = [
            ("context", Some(access.context)),
            ("server", Some(config.cluster_url.to_string())),
            ("tls-server-name", config.tls_server_name.clone()),
            (
                "authority",
                config
                    .root_cert_file
                    .as_ref()
                    .map(|path| path.display().to_string()),
            ),
            ("proxy", config.proxy_url.as_ref().map(ToString::to_string)),
            ("as", user.impersonate.clone()),
            (
                "token",
                user.token
                    .is_some()
                    .then(|| "in the configuration".to_owned()),
            ),
            ("token file", header.map(|header| told(&header))),
            (
                "program",
                user.exec
                    .as_ref()
                    .map(|exec| format!("{:?}", exec.interactive_mode)),
            ),
        ];
        let rows = rows.into_iter();
        Ok(rows
            .filter_map(|(name, value)| Some(format!("{name}: {}\n", value?)))
            .collect())
    }
}

fn told(header: &HeaderValue) -> String {
    header.to_str().unwrap().to_owned()
}

fn folder(name: &str) -> PathBuf {
    let name = format!("scantling-cluster-{}-{name}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder.canonicalize().unwrap()
}

#[track_caller]
fn check(name: &str, case: &Case, expected: &Expect) {
    let folder = folder(name);
    let told = match case.run(&folder) {
        Ok(told) => told,
        Err(error) => error.to_string(),
    };
    expected.assert_eq(&told.replace(&*folder.to_string_lossy(), "DIR"));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn earlier_files_of_the_list_count_and_none_need_be_there() {
    let case = Case {
        files: &[("one", ONE), ("two", TWO)],
        variables: &[("KUBECONFIG", ":DIR/missing:DIR/one:DIR/two")],
        ..Case::default()
    };
    check(
        "list",
        &case,
        &expect![[r#"
        context: a
        server: https://one/
        token: in the configuration
    "#]],
    );
    let other = Case {
        context: Some("b"),
        ..case
    };
    check(
        "context",
        &other,
        &expect![[r#"
        context: b
        server: https://one/
        token: in the configuration
    "#]],
    );
}

#[test]
fn the_usual_file_is_read_without_a_variable_and_another_one_if_it_is_named() {
    let case = Case {
        files: &[("home/.kube/config", ONE), ("two", TWO)],
        ..Case::default()
    };
    check(
        "home",
        &case,
        &expect![[r#"
        context: a
        server: https://one/
        token: in the configuration
    "#]],
    );
    let named = Case {
        kubeconfig: Some("two"),
        ..case
    };
    check(
        "named",
        &named,
        &expect![[r#"
        context: b
        server: https://two/
        token: in the configuration
    "#]],
    );
}

#[test]
fn a_pod_is_asked_for_its_own_account() {
    let variables = &[
        ("KUBERNETES_SERVICE_HOST", "fd00::1"),
        ("KUBERNETES_SERVICE_PORT", "443"),
    ];
    let account = &[("account/ca.crt", ""), ("account/token", "secret\n")];
    let case = Case {
        files: account,
        variables,
        ..Case::default()
    };
    check(
        "pod",
        &case,
        &expect![[r#"
        context: in-cluster
        server: https://[fd00::1]:443/
        authority: DIR/account/ca.crt
        token file: Bearer secret
    "#]],
    );
    let outside = Case {
        files: account,
        ..Case::default()
    };
    check(
        "outside",
        &outside,
        &expect![
            "the configuration of the cluster can't be read: KUBECONFIG names no file that is there, ~/.kube/config is not there, and this is no pod; name one with `--kubeconfig`"
        ],
    );
}

#[test]
fn what_is_not_there_is_told() {
    let case = Case {
        kubeconfig: Some("one"),
        ..Case::default()
    };
    check(
        "missing",
        &case,
        &expect![
            "the configuration of the cluster can't be read: DIR/one: No such file or directory (os error 2)"
        ],
    );
    let files = &[("one", ONE)];
    let other = Case {
        files,
        context: Some("z"),
        ..case
    };
    check(
        "other",
        &other,
        &expect![
            "the configuration of the cluster can't be read: there is no context `z`; `--context` chooses a"
        ],
    );
    let user = &[(
        "one",
        "{clusters: [{name: c, cluster: {server: https://one}}], contexts: [{name: a, context: {cluster: c, user: u}}]}",
    )];
    let present = Case {
        files: user,
        kubeconfig: Some("one"),
        ..Case::default()
    };
    check(
        "present",
        &present,
        &expect![
            "the configuration of the cluster can't be read: it has no present context; `--context` chooses a"
        ],
    );
    let user = Case {
        context: Some("a"),
        ..present
    };
    check(
        "user",
        &user,
        &expect![
            "the configuration of the cluster can't be read: the user `u` of the context `a` is not there"
        ],
    );
}

/// A configuration whose user is told by a program, which may ask somebody.
const PROGRAM: &str = "
current-context: a
clusters: [{name: c, cluster: {server: https://one}}]
users:
- {name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: login, interactiveMode: IfAvailable}}}
- {name: v, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: login, interactiveMode: Always}}}
- {name: w, user: {auth-provider: {name: gcp, config: {cmd-path: gcloud}}}}
- {name: x, user: {token: t}}
contexts:
- {name: a, context: {cluster: c, user: u}}
- {name: b, context: {cluster: c, user: v}}
- {name: w, context: {cluster: c, user: w}}
- {name: x, context: {cluster: c, user: x}}
";

#[test]
fn programs_ask_only_where_somebody_is_there() {
    let alone = Case {
        files: &[("config", PROGRAM)],
        kubeconfig: Some("config"),
        ..Case::default()
    };
    check(
        "alone",
        &alone,
        &expect![[r#"
        context: a
        server: https://one/
        program: Some(Never)
    "#]],
    );
    let always = Case {
        context: Some("b"),
        ..alone
    };
    check(
        "always",
        &always,
        &expect![
            "the configuration of the cluster can't be read: the program `login` must ask something, and there is no terminal"
        ],
    );
    let interactive = Case {
        is_interactive: true,
        ..always
    };
    check(
        "interactive",
        &interactive,
        &expect![[r#"
        context: b
        server: https://one/
        program: Some(Always)
    "#]],
    );
}

#[test]
fn configurations_in_scanned_folders_run_no_programs() {
    let files = &[("scanned/deep/config", PROGRAM), ("own/config", PROGRAM)];
    let scanned = Case {
        files,
        variables: &[("KUBECONFIG", "DIR/scanned/deep/config:DIR/own/config")],
        untrusted: &["elsewhere", "own/../scanned"],
        ..Case::default()
    };
    check(
        "scanned",
        &scanned,
        &expect![
            "DIR/scanned/deep/config would run the program `login`, and it is in a folder that is scanned; copy it elsewhere if you trust it"
        ],
    );
    let provider = Case {
        context: Some("w"),
        ..scanned
    };
    check(
        "provider",
        &provider,
        &expect![
            "DIR/scanned/deep/config would run the program `gcloud`, and it is in a folder that is scanned; copy it elsewhere if you trust it"
        ],
    );
    let token = Case {
        context: Some("x"),
        ..provider
    };
    check(
        "harmless",
        &token,
        &expect![[r#"
        context: x
        server: https://one/
        token: in the configuration
    "#]],
    );
    let own = Case {
        files,
        variables: &[("KUBECONFIG", "DIR/own/config:DIR/scanned/deep/config")],
        untrusted: &["scanned"],
        ..Case::default()
    };
    check(
        "own",
        &own,
        &expect![[r#"
        context: a
        server: https://one/
        program: Some(Never)
    "#]],
    );
}

/// Variables and their values.
type Variables = &'static [(&'static str, &'static str)];
