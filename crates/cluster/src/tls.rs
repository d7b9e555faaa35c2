//! What is wrong with certificates, in words that name what to change.

use std::error::Error;
use std::io;

use rustls::{AlertDescription, CertificateError};

/// What is wrong with certificates, if an error says that.
pub(crate) fn told(error: &(dyn Error + 'static)) -> Option<String> {
    match find(error)? {
        rustls::Error::InvalidCertificate(why) => of_server(why),
        rustls::Error::AlertReceived(why) => of_client(*why),
        _ => None,
    }
}

/// The error of the protocol: readers and writers put it into one of their own.
fn find<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e rustls::Error> {
    if let Some(found) = error.downcast_ref() {
        return Some(found);
    }
    let within: &'e (dyn Error + Send + Sync + 'static) =
        error.downcast_ref::<io::Error>()?.get_ref()?;
    find(within)
}

fn of_server(why: &CertificateError) -> Option<String> {
    let told = match why {
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            "nobody who is trusted vouches for its certificate; `certificate-authority` of the cluster says who does".to_owned()
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "its certificate has expired".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "its certificate is not valid yet".to_owned()
        }
        CertificateError::NotValidForNameContext {
            expected,
            presented,
        } => {
            let presented = match presented.is_empty() {
                true => "no name".to_owned(),
                false => names(presented),
            };
            format!(
                "its certificate is for {presented} and not for {}; `tls-server-name` of the cluster says how it is called",
                expected.to_str()
            )
        }
        _ => return None,
    };
    Some(told)
}

/// The names in a certificate, which stand with what they are, as in `DnsName("api.example")`.
fn names(presented: &[String]) -> String {
    let plain = presented.iter().map(|name| {
        let within = name
            .split_once('(')
            .map(|(_, rest)| rest.trim_end_matches(')'));
        within.unwrap_or(name).trim_matches('"')
    });
    plain.collect::<Vec<_>>().join(", ")
}

fn of_client(why: AlertDescription) -> Option<String> {
    let told = match why {
        AlertDescription::CertificateRequired => {
            "it lets nobody in without a certificate; `client-certificate` of the user names one"
        }
        AlertDescription::CertificateExpired => "the certificate of the user has expired",
        AlertDescription::UnknownCA
        | AlertDescription::BadCertificate
        | AlertDescription::CertificateUnknown
        | AlertDescription::CertificateRevoked
        | AlertDescription::DecryptError
        | AlertDescription::AccessDenied => "it does not accept the certificate of the user",
        _ => return None,
    };
    Some(told.to_owned())
}
