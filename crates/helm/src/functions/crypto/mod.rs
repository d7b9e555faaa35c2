//! Sums, passwords, keys and certificates. What is random is a placeholder of the same kind and length, and unknown.
//!
//! Source: <https://masterminds.github.io/sprig/crypto.html>.

mod aes;
mod certificate;
mod password;
mod pem;
mod random;
mod sum;

use super::{Function, Type};
use crate::value::IntegerKind;

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("adler32sum", STRING, sum::adler32),
    Function::new("bcrypt", STRING, password::bcrypt),
    Function::new("buildCustomCert", &[TEXT, TEXT], certificate::build),
    Function::new("decryptAES", &[TEXT, TEXT], aes::decrypt),
    Function::new("derivePassword", DERIVED, password::derive).impure(),
    Function::new("encryptAES", &[TEXT, TEXT], aes::encrypt).impure(),
    Function::new("genCA", &[TEXT, Type::INT], certificate::generate),
    Function::new(
        "genCAWithKey",
        &[TEXT, Type::INT, TEXT],
        certificate::generate_with_key,
    ),
    Function::new("genPrivateKey", STRING, certificate::private_key),
    Function::new(
        "genSelfSignedCert",
        &[TEXT, LIST, LIST, Type::INT],
        certificate::self_signed,
    ),
    Function::new(
        "genSelfSignedCertWithKey",
        &[TEXT, LIST, LIST, Type::INT, TEXT],
        certificate::self_signed_with_key,
    ),
    Function::new("genSignedCert", SIGNED, certificate::signed),
    Function::new(
        "genSignedCertWithKey",
        SIGNED_WITH_KEY,
        certificate::signed_with_key,
    ),
    Function::new("htpasswd", &[TEXT, TEXT], password::htpasswd),
    Function::new("randAlpha", COUNT, |run, arguments| {
        random::letters(run, arguments, random::ALPHA)
    })
    .impure(),
    Function::new("randAlphaNum", COUNT, |run, arguments| {
        random::letters(run, arguments, random::ALPHANUMERIC)
    })
    .impure(),
    Function::new("randAscii", COUNT, |run, arguments| {
        random::letters(run, arguments, random::ASCII)
    })
    .impure(),
    Function::new("randBytes", COUNT, random::bytes).impure(),
    Function::new("randInt", &[Type::INT, Type::INT], random::int).impure(),
    Function::new("randNumeric", COUNT, |run, arguments| {
        random::letters(run, arguments, random::NUMERIC)
    })
    .impure(),
    Function::new("sha1sum", STRING, sum::sha1),
    Function::new("sha256sum", STRING, sum::sha256),
    Function::new("sha512sum", STRING, sum::sha512),
    Function::new("shuffle", STRING, random::shuffle).impure(),
    Function::new("uuidv4", &[], random::uuid).impure(),
];

const TEXT: Type = Type::String;
const LIST: Type = Type::LIST;
const STRING: &[Type] = &[TEXT];
const COUNT: &[Type] = &[Type::INT];
const DERIVED: &[Type] = &[Type::Integer(IntegerKind::Uint32), TEXT, TEXT, TEXT, TEXT];
const CERTIFICATE: Type = Type::Object(&certificate::CERTIFICATE);
const SIGNED: &[Type] = &[TEXT, LIST, LIST, Type::INT, CERTIFICATE];
const SIGNED_WITH_KEY: &[Type] = &[TEXT, LIST, LIST, Type::INT, CERTIFICATE, TEXT];
