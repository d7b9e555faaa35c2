//! Whom the client trusts, and how it says who it is, over TLS.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use expect_test::{Expect, expect};

use crate::certificates::{Authority, Clients, Signed, server};
use crate::proxy::Proxy;
use crate::server::Server;
use crate::{DISCOVERY, options};

/// A year that is far away.
const LATER: i32 = 2200;

/// The name in the certificate of the server, beside its address.
const NAME: &str = "api.example";

/// All that is needed to be trusted or not.
struct World {
    authority: Authority,
    stranger: Authority,
    client: Signed,
    foreign: Signed,
}

impl World {
    fn new() -> Self {
        let (authority, stranger) = (Authority::new("authority"), Authority::new("stranger"));
        Self {
            client: authority.sign(&["client"], LATER),
            foreign: stranger.sign(&["client"], LATER),
            authority,
            stranger,
        }
    }

    /// A server whose certificate is for some names, until some year.
    fn server(&self, names: &[&str], year: i32, clients: Clients) -> Server {
        let own = self.authority.sign(names, year);
        let known = [("client", &self.client)];
        server(DISCOVERY, &own, (clients, &self.authority), &known)
    }

    /// A text in which words in capital letters stand for files and data.
    fn fill(&self, test: &str, text: &str) -> String {
        let parts = [
            ("AUTHORITY", &self.authority.certificate),
            ("STRANGER", &self.stranger.certificate),
            ("CLIENT_CERTIFICATE", &self.client.certificate),
            ("CLIENT_KEY", &self.client.key),
            ("FOREIGN_CERTIFICATE", &self.foreign.certificate),
            ("FOREIGN_KEY", &self.foreign.key),
        ];
        let mut filled = text.to_owned();
        for (word, pem) in parts {
            let file = format!("{test}-{word}.pem");
            let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(file);
            std::fs::write(&path, pem).expect("the folder is there");
            filled = filled.replace(&format!("{word}_DATA"), &STANDARD.encode(pem));
            filled = filled.replace(&format!("{word}_FILE"), &format!("'{}'", path.display()));
        }
        filled
    }

    /// What a server is told of who asks by a configuration, or why it is not asked.
    fn asked(&self, test: &str, server: &Server, cluster: &str, user: &str) -> String {
        let cluster = format!("server: 'https://127.0.0.1:{}', {cluster}", server.port);
        let options = options(test, &self.fill(test, &cluster), &self.fill(test, user));
        match cluster::read(&options, &()) {
            Ok(_) => {
                let first = server.asked().remove(0);
                let mut lines = first.lines();
                let shown = lines.find_map(|line| line.strip_prefix("certificate: "));
                format!("asked as {}", shown.unwrap_or("anybody"))
            }
            Err(error) => {
                let told = error.to_string();
                told.replace(&server.port.to_string(), "PORT")
                    .replace(env!("CARGO_TARGET_TMPDIR"), "DIR")
            }
        }
    }
}

#[track_caller]
fn check(test: &str, server: &Server, world: &World, cluster: &str, user: &str, expected: &Expect) {
    expected.assert_eq(&world.asked(test, server, cluster, user));
}

#[test]
fn a_server_is_trusted_that_the_configuration_vouches_for() {
    let world = World::new();
    let server = world.server(&["127.0.0.1"], LATER, Clients::Any);
    let check = |test: &str, cluster: &str, expected: &Expect| {
        check(test, &server, &world, cluster, "token: t", expected);
    };
    check(
        "file",
        "certificate-authority: AUTHORITY_FILE",
        &expect!["asked as anybody"],
    );
    check(
        "data",
        "certificate-authority-data: AUTHORITY_DATA",
        &expect!["asked as anybody"],
    );
    check(
        "insecure",
        "insecure-skip-tls-verify: true",
        &expect!["asked as anybody"],
    );
    check(
        "nobody",
        "",
        &expect![
            "https://127.0.0.1:PORT can't be reached: nobody who is trusted vouches for its certificate; `certificate-authority` of the cluster says who does"
        ],
    );
    check(
        "stranger",
        "certificate-authority: STRANGER_FILE",
        &expect![
            "https://127.0.0.1:PORT can't be reached: nobody who is trusted vouches for its certificate; `certificate-authority` of the cluster says who does"
        ],
    );
    check(
        "stranger-data",
        "certificate-authority-data: STRANGER_DATA",
        &expect![
            "https://127.0.0.1:PORT can't be reached: nobody who is trusted vouches for its certificate; `certificate-authority` of the cluster says who does"
        ],
    );
    check(
        "no-file",
        "certificate-authority: /nowhere/ca.crt",
        &expect![[
            r#"the configuration of the cluster can't be read: failed to load certificate authority: failed to read file '"/nowhere/ca.crt"': No such file or directory (os error 2)"#
        ]],
    );
    check(
        "no-certificate",
        "certificate-authority-data: AAAA",
        &expect![
            "https://127.0.0.1:PORT can't be reached: nobody who is trusted vouches for its certificate; `certificate-authority` of the cluster says who does"
        ],
    );
    check(
        "no-data",
        "certificate-authority-data: '?'",
        &expect![
            "the configuration of the cluster can't be read: failed to load certificate authority: failed to decode base64 data: Invalid symbol 63, offset 0."
        ],
    );
}

#[test]
fn a_server_is_known_by_its_name() {
    let world = World::new();
    let server = world.server(&[NAME], LATER, Clients::Any);
    let check = |test: &str, more: &str, expected: &Expect| {
        let cluster = format!("certificate-authority: AUTHORITY_FILE{more}");
        check(test, &server, &world, &cluster, "token: t", expected);
    };
    check(
        "address",
        "",
        &expect![[
            r#"https://127.0.0.1:PORT can't be reached: its certificate is for api.example and not for 127.0.0.1; `tls-server-name` of the cluster says how it is called"#
        ]],
    );
    check(
        "name",
        ", tls-server-name: api.example",
        &expect!["asked as anybody"],
    );
    check(
        "other-name",
        ", tls-server-name: other.example",
        &expect![[
            r#"https://127.0.0.1:PORT can't be reached: its certificate is for api.example and not for other.example; `tls-server-name` of the cluster says how it is called"#
        ]],
    );
}

#[test]
fn a_certificate_that_is_over_is_told() {
    let world = World::new();
    let server = world.server(&["127.0.0.1"], 2020, Clients::Any);
    let trusted = "certificate-authority: AUTHORITY_FILE";
    check(
        "over",
        &server,
        &world,
        trusted,
        "token: t",
        &expect!["https://127.0.0.1:PORT can't be reached: its certificate has expired"],
    );
}

#[test]
fn clients_show_their_certificates() {
    let world = World::new();
    let server = world.server(&["127.0.0.1"], LATER, Clients::Certified);
    let check = |test: &str, user: &str, expected: &Expect| {
        let trusted = "certificate-authority: AUTHORITY_FILE";
        check(test, &server, &world, trusted, user, expected);
    };
    let file = "client-certificate: CLIENT_CERTIFICATE_FILE, client-key: CLIENT_KEY_FILE";
    check("client-file", file, &expect!["asked as client"]);
    let data = "client-certificate-data: CLIENT_CERTIFICATE_DATA, client-key-data: CLIENT_KEY_DATA";
    check("client-data", data, &expect!["asked as client"]);
    let both = "client-certificate: /nowhere, client-certificate-data: CLIENT_CERTIFICATE_DATA, \
        client-key: /nowhere, client-key-data: CLIENT_KEY_DATA";
    check("client-both", both, &expect!["asked as client"]);
    let foreign = "client-certificate: FOREIGN_CERTIFICATE_FILE, client-key: FOREIGN_KEY_FILE";
    check(
        "foreign",
        foreign,
        &expect![
            "https://127.0.0.1:PORT can't be reached: it does not accept the certificate of the user"
        ],
    );
    check(
        "none",
        "token: t",
        &expect![
            "https://127.0.0.1:PORT can't be reached: it lets nobody in without a certificate; `client-certificate` of the user names one"
        ],
    );
    let other = "client-certificate: CLIENT_CERTIFICATE_FILE, client-key: FOREIGN_KEY_FILE";
    check(
        "other-key",
        other,
        &expect![
            "the configuration of the cluster can't be read: rustls tls error: invalid private key: keys may not be consistent: KeyMismatch"
        ],
    );
    check(
        "no-key",
        "client-certificate: CLIENT_CERTIFICATE_FILE",
        &expect![
            "the configuration of the cluster can't be read: Failed to infer provided configuration: failed to load client key: no base64 data or file"
        ],
    );
}

#[test]
fn proxies_connect_to_servers_by_their_names() {
    let world = World::new();
    let server = world.server(&[NAME], LATER, Clients::Certified);
    let user = "client-certificate-data: CLIENT_CERTIFICATE_DATA, client-key-data: CLIENT_KEY_DATA";
    let asked = |test: &str, status: &'static str| {
        let proxy = Proxy::start(server.port, status);
        let cluster = format!(
            "server: 'https://{NAME}:6443', certificate-authority: AUTHORITY_FILE, proxy-url: 'http://me:secret@127.0.0.1:{}'",
            proxy.port
        );
        let options = options(test, &world.fill(test, &cluster), &world.fill(test, user));
        let told = match cluster::read(&options, &()) {
            Ok(_) => "asked".to_owned(),
            Err(error) => error.to_string().replace(&proxy.port.to_string(), "PORT"),
        };
        let first = proxy.asked().remove(0);
        let is_wanted =
            |line: &&str| line.starts_with("CONNECT") || line.to_lowercase().starts_with("proxy-");
        let head: Vec<&str> = first.lines().filter(is_wanted).collect();
        format!("{}\n{told}", head.join("\n"))
    };
    expect![[r#"
        CONNECT api.example:6443 HTTP/1.1
        Proxy-Authorization: Basic bWU6c2VjcmV0
        asked"#]]
    .assert_eq(&asked("proxy", "200 OK"));
    expect![[r#"
        CONNECT api.example:6443 HTTP/1.1
        Proxy-Authorization: Basic bWU6c2VjcmV0
        https://api.example:6443 can't be reached: client error (Connect): tunnel error: proxy authorization required"#]].assert_eq(&asked("proxy-login", "407 Proxy Authentication Required"));
    expect![[r#"
        CONNECT api.example:6443 HTTP/1.1
        Proxy-Authorization: Basic bWU6c2VjcmV0
        https://api.example:6443 can't be reached: client error (Connect): tunnel error: unsuccessful"#]].assert_eq(&asked("proxy-down", "502 Bad Gateway"));
}
