//! Certificates, made anew for each run, and a server that shows one and asks for one.

use std::io;
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    date_time_ymd,
};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

use crate::server::{Client, Server};

/// Whoever signs certificates.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) certificate: String,
}

/// A certificate and its key, as PEM.
pub(crate) struct Signed {
    pub(crate) certificate: String,
    pub(crate) key: String,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let mut wanted = CertificateParams::default();
        wanted.distinguished_name.push(DnType::CommonName, name);
        wanted.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key can be made");
        let own = wanted.self_signed(&key).expect("it can be signed");
        Self {
            certificate: own.pem(),
            issuer: Issuer::new(wanted, key),
        }
    }

    /// A certificate for these names, until the end of a year.
    pub(crate) fn sign(&self, names: &[&str], year: i32) -> Signed {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut wanted = CertificateParams::new(names).expect("these are names");
        wanted.not_after = date_time_ymd(year, 12, 31);
        wanted.extended_key_usages = vec![
            ExtendedKeyUsagePurpose::ClientAuth,
            ExtendedKeyUsagePurpose::ServerAuth,
        ];
        let key = KeyPair::generate().expect("a key can be made");
        let signed = wanted.signed_by(&key, &self.issuer);
        Signed {
            certificate: signed.expect("it can be signed").pem(),
            key: key.serialize_pem(),
        }
    }

    fn roots(&self) -> Arc<RootCertStore> {
        let mut roots = RootCertStore::empty();
        roots.add(der(&self.certificate)).expect("it is a root");
        Arc::new(roots)
    }
}

fn der(certificate: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(certificate.as_bytes()).expect("it is a certificate")
}

/// Whom a server lets in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clients {
    Any,
    /// Only those with a certificate.
    Certified,
}

impl Client for StreamOwned<ServerConnection, TcpStream> {
    fn cut(&mut self) -> io::Result<()> {
        self.sock.shutdown(Shutdown::Both)
    }
}

/// A server that shows a certificate and says of clients which of these certificates they show.
pub(crate) fn server(
    answers: &[(&str, &[&str])],
    own: &Signed,
    (clients, authority): (Clients, &Authority),
    known: &[(&str, &Signed)],
) -> Server {
    let provider = Arc::new(ring::default_provider());
    let verifier =
        WebPkiClientVerifier::builder_with_provider(authority.roots(), Arc::clone(&provider));
    let verifier = match clients {
        Clients::Any => verifier.allow_unauthenticated(),
        Clients::Certified => verifier,
    };
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider has them")
        .with_client_cert_verifier(verifier.build().expect("there is a root"));
    let key = PrivateKeyDer::from_pem_slice(own.key.as_bytes()).expect("it is a key");
    let config = config.with_single_cert(vec![der(&own.certificate)], key);
    let config = Arc::new(config.expect("the key is that of the certificate"));
    let known = known.iter();
    let known = known.map(|(name, one)| ((*name).to_owned(), der(&one.certificate)));
    let known: Vec<(String, CertificateDer<'static>)> = known.collect();
    Server::start_with(answers, move |mut stream| {
        let mut connection =
            ServerConnection::new(Arc::clone(&config)).map_err(io::Error::other)?;
        while connection.is_handshaking() {
            connection.complete_io(&mut stream)?;
        }
        let shown = connection.peer_certificates().and_then(|all| all.first());
        let known = known.iter().find(|(_, one)| shown == Some(one));
        let name = known.map(|(name, _)| name.clone());
        Ok((StreamOwned::new(connection, stream), name))
    })
}
