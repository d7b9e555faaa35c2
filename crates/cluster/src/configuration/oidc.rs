//! Tokens of OpenID Connect that a configuration keeps. `kubectl` renews them and writes the new ones into the configuration. Who only
//! reads does not: many issuers take what renews a token once, so that the next `kubectl` would have to log in again.

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use kube::config::AuthInfo;
use serde::Deserialize;

use crate::error::Error;

/// How parts of tokens are written (RFC 7515, section 2).
const WRITTEN: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// How long before its end a token is not used any more, in seconds, as `kubectl` does it.
const EARLY: f64 = 10.0;

/// What is needed of what a token says.
#[derive(Deserialize)]
struct Claims {
    /// When it ends, in seconds since 1970.
    exp: f64,
}

/// Says who asks by the token that is kept, while it holds.
///
/// Source: <https://kubernetes.io/docs/reference/access-authn-authz/authentication/#option-1-oidc-authenticator>
pub(super) fn settle(user: &mut AuthInfo, now: i64) -> Result<(), Error> {
    let Some(provider) = user.auth_provider.take_if(|one| one.name == "oidc") else {
        return Ok(());
    };
    let text = |key: &str| provider.config.get(key).filter(|text| !text.is_empty());
    let wrong = |what: &str| {
        let renew = match text("refresh-token") {
            Some(_) => "`kubectl get namespaces` renews it in the configuration",
            None => "log in again",
        };
        Error::Configuration(format!(
            "the token of the user (`id-token`) {what}; {renew}"
        ))
    };
    let token = text("id-token").ok_or_else(|| wrong("is not there"))?;
    let end = end(token).ok_or_else(|| wrong("is none"))?;
    if end <= now as f64 + EARLY {
        return Err(wrong("has expired"));
    }
    user.token = Some(token.clone().into());
    Ok(())
}

/// When a token ends, in seconds since 1970.
fn end(token: &str) -> Option<f64> {
    let claims = WRITTEN.decode(token.split('.').nth(1)?).ok()?;
    let claims: Claims = serde_json::from_slice(&claims).ok()?;
    Some(claims.exp)
}
