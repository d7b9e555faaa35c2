//! Addresses and their parts, as Go 1.26 answers.

use super::Url;

fn told(text: &str) -> String {
    let url = match Url::parse(text.as_bytes()) {
        Ok(url) => url,
        Err(error) => return format!("!{error}"),
    };
    let user = url.user.as_ref().map(super::User::to_bytes);
    let parts = [
        url.scheme.as_bytes(),
        &url.opaque,
        &user.unwrap_or_default(),
        &url.host,
        url.hostname(),
        &url.path,
        &url.query,
        &url.fragment,
        &url.to_bytes(),
    ];
    let parts = parts.map(|part| String::from_utf8_lossy(part).into_owned());
    parts.join("|")
}

#[test]
fn addresses_are_read_and_written_as_in_go() {
    for (text, expected) in [
        ("", "||||||||"),
        ("*", "|||||*|||*"),
        ("/a b?c=d#e f", "|||||/a b|c=d|e f|/a%20b?c=d#e%20f"),
        (
            "HTTPS://u:p%40@h:80/%C3%A9?q#f",
            "https||u:p%40|h:80|h|/é|q|f|https://u:p%40@h:80/%C3%A9?q#f",
        ),
        ("mailto:a@b?c", "mailto|a@b|||||c||mailto:a@b?c"),
        ("//h/p", "|||h|h|/p|||//h/p"),
        ("///h/p", "|||||///h/p|||///h/p"),
        (
            "http://[::1%25e%20n]:8/",
            "http|||[::1%e n]:8|::1%e n|/|||http://[::1%25e%20n]:8/",
        ),
        ("http://[::1]", "http|||[::1]|::1||||http://[::1]"),
        (
            "mongo://a:1,b:2/x",
            "mongo|||a:1,b:2|a:1,b|/x|||mongo://a:1,b:2/x",
        ),
        ("a:b@c", "a|b@c|||||||a:b@c"),
        ("1a:b", "!first path segment in URL cannot contain colon"),
        (":a", "!missing protocol scheme"),
        ("http://a:b/", "!invalid port after host"),
        ("http://a:b:2/", "http|||a:b:2|a:b|/|||http://a:b:2/"),
        ("http://a%41/", "!invalid URL escape"),
        ("/%zz", "!invalid URL escape"),
        ("/%4", "!invalid URL escape"),
        ("http://a b/", "!invalid character in host name"),
        ("http://a[b]/", "!invalid IP-literal"),
        ("http://[b]/", "!invalid host"),
        ("http://[::1/", "!missing ']' in host"),
        ("http://a{@b/", "!invalid userinfo"),
        ("a\nb", "!invalid control character in URL"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}
