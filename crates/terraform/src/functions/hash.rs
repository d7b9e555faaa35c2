//! Digests of strings and files, and identifiers.

#[cfg(test)]
mod tests;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use smol_str::SmolStr;

use super::arguments::{number_parameter, returns_string, string_parameter};
use super::encoding::decode_base64;
use super::files::with_content;
use super::results::{never_known, str_of, text_from};
use super::rsa::PrivateKey;
use super::{Environment, Failure, Function, Parameter};
use crate::value::{Cause, Data, Type, Value};

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] = &[
    digest("base64sha256", |environment, arguments| {
        of_text(environment, arguments, base64_of::<Sha256>)
    }),
    digest("base64sha512", |environment, arguments| {
        of_text(environment, arguments, base64_of::<Sha512>)
    }),
    digest("md5", |environment, arguments| {
        of_text(environment, arguments, hex_of::<Md5>)
    }),
    digest("sha1", |environment, arguments| {
        of_text(environment, arguments, hex_of::<Sha1>)
    }),
    digest("sha256", |environment, arguments| {
        of_text(environment, arguments, hex_of::<Sha256>)
    }),
    digest("sha512", |environment, arguments| {
        of_text(environment, arguments, hex_of::<Sha512>)
    }),
    file_digest("filebase64sha256", |environment, arguments| {
        of_file(environment, arguments, base64_of::<Sha256>)
    }),
    file_digest("filebase64sha512", |environment, arguments| {
        of_file(environment, arguments, base64_of::<Sha512>)
    }),
    file_digest("filemd5", |environment, arguments| {
        of_file(environment, arguments, hex_of::<Md5>)
    }),
    file_digest("filesha1", |environment, arguments| {
        of_file(environment, arguments, hex_of::<Sha1>)
    }),
    file_digest("filesha256", |environment, arguments| {
        of_file(environment, arguments, hex_of::<Sha256>)
    }),
    file_digest("filesha512", |environment, arguments| {
        of_file(environment, arguments, hex_of::<Sha512>)
    }),
    Function {
        name: "bcrypt",
        parameters: &[string_parameter("str")],
        variadic: Some(number_parameter("cost")),
        returns: returns_string,
        not_null: true,
        compute: |environment, _| Err(impure(environment, "bcrypt")),
    },
    Function {
        name: "rsadecrypt",
        parameters: &[
            string_parameter("ciphertext"),
            string_parameter("privatekey"),
        ],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: rsa_decrypt,
    },
    Function {
        name: "uuid",
        parameters: &[],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: |environment, _| Err(impure(environment, "uuid")),
    },
    Function {
        name: "uuidv5",
        parameters: &[string_parameter("namespace"), string_parameter("name")],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: uuid_v5,
    },
];

const TEXT: &[Parameter] = &[string_parameter("str")];
const PATH: &[Parameter] = &[string_parameter("path").or_unknown().or_marked()];

type Compute = fn(&Environment<'_>, &[Value]) -> Result<Value, Failure>;

const fn digest(name: &'static str, compute: Compute) -> Function {
    Function {
        name,
        parameters: TEXT,
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute,
    }
}

const fn file_digest(name: &'static str, compute: Compute) -> Function {
    Function {
        name,
        parameters: PATH,
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute,
    }
}

fn of_text(
    environment: &Environment<'_>,
    arguments: &[Value],
    digest: fn(&[u8]) -> String,
) -> Result<Value, Failure> {
    let argument = &arguments[0];
    Ok(text_from(
        environment,
        argument,
        &digest(str_of(argument).as_bytes()),
    ))
}

fn of_file(
    environment: &Environment<'_>,
    arguments: &[Value],
    digest: fn(&[u8]) -> String,
) -> Result<Value, Failure> {
    let result = with_content(environment, &arguments[0], Type::String, |content| {
        Ok(Data::string(digest(&content.bytes)))
    });
    result.map_err(Failure::of_call)
}

fn hex_of<D: Digest>(bytes: &[u8]) -> String {
    hex(&D::digest(bytes))
}

fn base64_of<D: Digest>(bytes: &[u8]) -> String {
    STANDARD.encode(D::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn impure(environment: &Environment<'_>, name: &'static str) -> Failure {
    never_known(
        Type::String,
        Cause::Impure(SmolStr::new_static(name)),
        environment.origin.span,
    )
}

fn rsa_decrypt(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let message = decode_base64(str_of(&arguments[0]))
        .ok_or_else(|| Failure::argument(0, "the string is not base64"))?;
    let key =
        PrivateKey::read(str_of(&arguments[1])).map_err(|message| Failure::argument(1, message))?;
    let bytes = key
        .decrypt(&message)
        .ok_or_else(|| Failure::call("the key does not fit the text"))?;
    let decrypted = String::from_utf8_lossy(&bytes);
    Ok(text_from(environment, &arguments[0], &decrypted))
}

/// Source: RFC 9562, and <https://pkg.go.dev/github.com/google/uuid> for how a namespace may be written.
fn uuid_v5(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let namespace = namespace(str_of(&arguments[0]))
        .ok_or_else(|| Failure::call("the namespace is not a UUID"))?;
    let hash = Sha1::new()
        .chain_update(namespace)
        .chain_update(str_of(&arguments[1]))
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = hex(&bytes);
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| &digits[range]);
    Ok(text_from(environment, &arguments[1], &parts.join("-")))
}

fn namespace(text: &str) -> Option<[u8; 16]> {
    let text = match text {
        "dns" => "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "url" => "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
        "oid" => "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
        "x500" => "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
        text => text,
    };
    let digits = match text.len() {
        36 => parted(text)?,
        45 => parted(
            text.get(9..)
                .filter(|_| text.to_ascii_lowercase().starts_with("urn:uuid:"))?,
        )?,
        38 => parted(text.get(1..37)?)?,
        32 => text.to_owned(),
        _ => return None,
    };
    let mut bytes = [0; 16];
    for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
        let pair = digits
            .get(at..at + 2)
            .filter(|pair| pair.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(bytes)
}

/// The digits of a UUID with dashes.
fn parted(text: &str) -> Option<String> {
    let has_dashes = [8, 13, 18, 23]
        .iter()
        .all(|at| text.as_bytes().get(*at) == Some(&b'-'));
    has_dashes
        .then(|| text.replace('-', ""))
        .filter(|digits| digits.len() == 32)
}
