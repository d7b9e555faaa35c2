//! Tokens: of files, and those that issuers gave.

use kube::config::AuthInfo;

use super::super::token;
use super::*;

/// A configuration whose user has a file with a token, beside a token.
const FILE: &str = "
current-context: a
clusters: [{name: c, cluster: {server: https://one, tls-server-name: other}}]
users: [{name: u, user: {tokenFile: tokens/one, token: t1, as: somebody}}]
contexts: [{name: a, context: {cluster: c, user: u}}]
";

#[test]
fn a_token_in_a_file_counts_before_one_in_the_configuration() {
    let there = Case {
        files: &[("config", FILE), ("tokens/one", " t2\n")],
        kubeconfig: Some("config"),
        ..Case::default()
    };
    check(
        "token",
        &there,
        &expect![[r#"
        context: a
        server: https://one/
        tls-server-name: other
        as: somebody
        token file: Bearer t2
    "#]],
    );
    let missing = Case {
        files: &[("config", FILE)],
        ..there
    };
    check(
        "no-token",
        &missing,
        &expect![[r#"
        context: a
        server: https://one/
        tls-server-name: other
        as: somebody
        token: in the configuration
    "#]],
    );
}

/// Users whose tokens an issuer gave: one that holds, and others. The claims are `{"exp": 32503680000}` and `{"exp": 946684800.5}`.
const ISSUED: &str = "
current-context: holds
clusters: [{name: c, cluster: {server: https://one}}]
users:
- {name: holds, user: {auth-provider: {name: oidc, config: {id-token: e30.eyJleHAiOiAzMjUwMzY4MDAwMH0.x, idp-issuer-url: https://i}}}}
- {name: over, user: {auth-provider: {name: oidc, config: {id-token: e30.eyJleHAiOiA5NDY2ODQ4MDAuNX0.x, refresh-token: canary}}}}
- {name: alone, user: {auth-provider: {name: oidc, config: {id-token: e30.eyJleHAiOiA5NDY2ODQ4MDAuNX0.x}}}}
- {name: none, user: {auth-provider: {name: oidc, config: {refresh-token: canary}}}}
- {name: odd, user: {auth-provider: {name: oidc, config: {id-token: canary}}}}
contexts:
- {name: holds, context: {cluster: c, user: holds}}
- {name: over, context: {cluster: c, user: over}}
- {name: alone, context: {cluster: c, user: alone}}
- {name: none, context: {cluster: c, user: none}}
- {name: odd, context: {cluster: c, user: odd}}
";

#[test]
fn tokens_of_issuers_are_used_while_they_hold() {
    let told = |context: &'static str, expected: &Expect| {
        let case = Case {
            files: &[("config", ISSUED)],
            kubeconfig: Some("config"),
            context: Some(context),
            ..Case::default()
        };
        check(&format!("issued-{context}"), &case, expected);
    };
    told(
        "holds",
        &expect![[r#"
        context: holds
        server: https://one/
        token: in the configuration
    "#]],
    );
    told(
        "over",
        &expect![
            "the configuration of the cluster can't be read: the token of the user (`id-token`) has expired; `kubectl get namespaces` renews it in the configuration"
        ],
    );
    told(
        "alone",
        &expect![
            "the configuration of the cluster can't be read: the token of the user (`id-token`) has expired; log in again"
        ],
    );
    told(
        "none",
        &expect![
            "the configuration of the cluster can't be read: the token of the user (`id-token`) is not there; `kubectl get namespaces` renews it in the configuration"
        ],
    );
    told(
        "odd",
        &expect![
            "the configuration of the cluster can't be read: the token of the user (`id-token`) is none; log in again"
        ],
    );
}

#[test]
fn a_token_in_a_file_is_read_again_and_the_last_one_counts() {
    let folder = folder("rotation");
    fs::write(folder.join("token"), "one\n").unwrap();
    let mut user = AuthInfo {
        token_file: Some(folder.join("token").to_string_lossy().into_owned()),
        ..AuthInfo::default()
    };
    let file = token::of(&mut user).unwrap().unwrap();
    assert_eq!(told(&file.header()), "Bearer one");
    fs::write(folder.join("token"), "two\n").unwrap();
    assert_eq!(told(&file.header()), "Bearer two");
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(told(&file.header()), "Bearer two");
}
