//! The proxy between here and the server.

use std::ffi::OsString;
use std::net::IpAddr;

use http::Uri;
use kube::config::Cluster;

use crate::error::Error;

/// The proxy that the configuration names, else that of the variables that Go's programs follow.
///
/// Source: <https://pkg.go.dev/golang.org/x/net/http/httpproxy>
pub(super) fn of(
    cluster: &Cluster,
    variable: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Option<Uri>, Error> {
    let either = |upper: &str| {
        let found = variable(upper).or_else(|| variable(&upper.to_lowercase()));
        found.and_then(|value| value.into_string().ok())
    };
    let server: Option<Uri> = cluster.server.as_deref().and_then(|one| one.parse().ok());
    let named = cluster.proxy_url.clone().filter(|url| !url.is_empty());
    let named = named.or_else(|| {
        let server = server.as_ref()?;
        let own = match server.scheme_str() == Some("http") {
            true => either("HTTP_PROXY"),
            false => either("HTTPS_PROXY"),
        };
        own.filter(|_| is_proxied(server, &either("NO_PROXY").unwrap_or_default()))
    });
    let Some(named) = named else {
        return Ok(None);
    };
    let url = match named.contains("://") {
        true => named,
        false => format!("http://{named}"),
    };
    let wrong = |_| Error::Configuration("the address of the proxy is none".to_owned());
    url.parse().map(Some).map_err(wrong)
}

/// Whether a server is asked through the proxy of the variables: not on this machine, and not what `NO_PROXY` lists.
fn is_proxied(server: &Uri, exceptions: &str) -> bool {
    let host = server.host().unwrap_or_default().trim_end_matches('.');
    let host = host.trim_matches(['[', ']']).to_lowercase();
    let address: Option<IpAddr> = host.parse().ok();
    if host == "localhost" || address.is_some_and(|address| address.is_loopback()) {
        return false;
    }
    let port = server.port_u16().unwrap_or(443);
    let exceptions = exceptions.to_lowercase();
    let mut exceptions = exceptions.split(',').map(str::trim);
    !exceptions.any(|exception| match address {
        Some(address) => excepts_address(exception, address, port),
        None => excepts_name(exception, &host, port),
    })
}

fn excepts_address(exception: &str, address: IpAddr, port: u16) -> bool {
    if let Some((network, length)) = exception.split_once('/') {
        let network = network.parse().ok();
        return network
            .zip(length.parse().ok())
            .is_some_and(|(network, length)| contains(network, length, address));
    }
    let (host, own) = parts(exception);
    exception == "*" || host.parse() == Ok(address) && own.is_none_or(|own| own == port)
}

fn excepts_name(exception: &str, host: &str, port: u16) -> bool {
    let (name, own) = parts(exception);
    let name = name
        .strip_prefix('*')
        .filter(|rest| rest.starts_with('.'))
        .unwrap_or(name);
    let is_own = match name.strip_prefix('.') {
        Some(_) => host.ends_with(name),
        None => {
            host == name
                || host
                    .strip_suffix(name)
                    .is_some_and(|rest| rest.ends_with('.'))
        }
    };
    exception == "*" || !name.is_empty() && is_own && own.is_none_or(|own| own == port)
}

/// A host and its port.
fn parts(exception: &str) -> (&str, Option<u16>) {
    let split = exception.rsplit_once(':');
    let split = split.and_then(|(host, port)| Some((host, port.parse().ok()?)));
    match split {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
            (host.trim_matches(['[', ']']), Some(port))
        }
        _ => (exception.trim_matches(['[', ']']), None),
    }
}

/// Whether the first bits of an address are those of a network.
fn contains(network: IpAddr, length: u32, address: IpAddr) -> bool {
    let bits = |address: IpAddr| match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()) << 96, 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    };
    let ((network, size), (address, own)) = (bits(network), bits(address));
    let rest = 128 - length.min(size);
    size == own
        && length <= size
        && network.checked_shr(rest).unwrap_or(0) == address.checked_shr(rest).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use kube::config::Kubeconfig;

    use super::of;

    /// Clusters, variables, and the proxies through which the servers are asked.
    const PROXIES: &str = "
server: https://a.example | |
server: https://a.example | HTTPS_PROXY=http://p:1 | http://p:1/
server: https://a.example | https_proxy=p:1 | http://p:1/
server: https://a.example | HTTP_PROXY=http://p:1 |
server: http://a.example | HTTP_PROXY=http://p:1 | http://p:1/
server: https://127.0.0.1:6443 | HTTPS_PROXY=http://p:1 |
server: https://localhost | HTTPS_PROXY=http://p:1 |
server: https://a.example, proxy-url: socks5://s:2 | NO_PROXY=a.example | socks5://s:2/
server: https://a.example | HTTPS_PROXY=http://p:1 NO_PROXY=b,A.example |
server: https://a.example | HTTPS_PROXY=http://p:1 NO_PROXY=example |
server: https://a.example | HTTPS_PROXY=http://p:1 NO_PROXY=.a.example | http://p:1/
server: https://a.example | HTTPS_PROXY=http://p:1 NO_PROXY=*.example |
server: https://a.example | HTTPS_PROXY=http://p:1 NO_PROXY=a.example:8443 | http://p:1/
server: https://a.example | HTTPS_PROXY=http://p:1 NO_PROXY=p | http://p:1/
server: https://a.example | HTTPS_PROXY=http://p:1 NO_PROXY=* |
server: https://10.1.2.3 | HTTPS_PROXY=http://p:1 NO_PROXY=10.0.0.0/8 |
server: https://10.1.2.3 | HTTPS_PROXY=http://p:1 NO_PROXY=10.2.0.0/16 | http://p:1/
server: 'https://[fd00::1]:6443' | HTTPS_PROXY=http://p:1 NO_PROXY=fd00::/8 |
server: 'https://[fd00::1]:6443' | HTTPS_PROXY=http://p:1 NO_PROXY=[fd00::1]:6443 |
";

    #[test]
    fn proxies_are_those_of_the_configuration_or_of_the_variables() {
        for row in PROXIES.trim().lines() {
            let parts: Vec<&str> = row.split('|').map(str::trim).collect();
            let text = format!("clusters: [{{name: c, cluster: {{{}}}}}]", parts[0]);
            let read = Kubeconfig::from_yaml(&text).unwrap().clusters.remove(0);
            let variables = parts[1].split_whitespace();
            let variables: HashMap<&str, &str> = variables
                .filter_map(|variable| variable.split_once('='))
                .collect();
            let variable = |name: &str| variables.get(name).map(Into::into);
            let found = of(&read.cluster.unwrap(), &variable).unwrap();
            let found = found.map(|proxy| proxy.to_string());
            assert_eq!(found.unwrap_or_default(), parts[2], "{row}");
        }
    }
}
