//! Keys and certificates: `genPrivateKey`, `genCA`, `genSelfSignedCert`, `genSignedCert`, `buildCustomCert`.

use std::net::IpAddr;
use std::rc::Rc;

use super::pem;
use crate::functions::Arguments;
use crate::functions::encoding::decode_base64;
use crate::run::{Failure, Run};
use crate::value::{Data, Object, ObjectType, StructField, Text, Value};

/// A certificate and its key.
pub(super) static CERTIFICATE: ObjectType = ObjectType {
    name: "sprig.certificate",
    fields: &[
        StructField::new("Cert", "Cert"),
        StructField::new("Key", "Key"),
    ],
    ..ObjectType::PLAIN
};

const RANDOM: &str = "a key is generated at random";
/// How many bytes certificates and keys have, most often.
const CERTIFICATE_BYTES: usize = 780;
const KEY_BYTES: usize = 1192;

pub(super) fn private_key(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let kind = arguments.text(0)?;
    let (label, bytes) = match kind.as_bytes() {
        b"" | b"rsa" => ("RSA PRIVATE KEY", 2348),
        b"dsa" => ("DSA PRIVATE KEY", 861),
        b"ecdsa" => ("EC PRIVATE KEY", 121),
        b"ed25519" => ("PRIVATE KEY", 48),
        _ => {
            let unknown = Text::from("Unknown type ");
            return Ok(Value::text(Text::join([&unknown, kind], &Text::default())));
        }
    };
    let mark = run.unknown_mark(RANDOM);
    let text = Text::marked(pem::placeholder(label, bytes), mark.clone());
    Ok(Value::text(text).marked(mark))
}

pub(super) fn generate(run: &mut Run, _: &Arguments) -> Result<Value, Failure> {
    Ok(generated(run, None))
}

pub(super) fn generate_with_key(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    with_key(run, arguments, 2)
}

pub(super) fn self_signed(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    check_names(arguments)?;
    Ok(generated(run, None))
}

pub(super) fn self_signed_with_key(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    check_key(arguments.text(4)?, "parsing private key")?;
    check_names(arguments)?;
    with_key(run, arguments, 4)
}

pub(super) fn signed(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    check_signer(arguments)?;
    check_names(arguments)?;
    Ok(generated(run, None))
}

pub(super) fn signed_with_key(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    check_key(arguments.text(5)?, "parsing private key")?;
    check_signer(arguments)?;
    check_names(arguments)?;
    with_key(run, arguments, 5)
}

fn with_key(run: &mut Run, arguments: &Arguments, index: usize) -> Result<Value, Failure> {
    check_key(arguments.text(index)?, "parsing private key")?;
    Ok(generated(run, Some(arguments.value(index)?.clone())))
}

fn generated(run: &Run, key: Option<Value>) -> Value {
    let mark = run.unknown_mark(RANDOM);
    let random = |label: &str, bytes: usize| {
        let text = Text::marked(pem::placeholder(label, bytes), mark.clone());
        Value::text(text).marked(mark.clone())
    };
    let key = key.unwrap_or_else(|| random("RSA PRIVATE KEY", KEY_BYTES));
    certificate(random("CERTIFICATE", CERTIFICATE_BYTES), key).marked(mark.clone())
}

fn certificate(text: Value, key: Value) -> Value {
    Value::new(Data::Object(Rc::new(Object {
        ty: &CERTIFICATE,
        fields: vec![text, key],
    })))
}

fn check_key(text: &Text, words: &str) -> Result<(), Failure> {
    let text = text.to_str();
    let why = match pem::label(&text) {
        Some("PRIVATE KEY" | "RSA PRIVATE KEY" | "EC PRIVATE KEY" | "DSA PRIVATE KEY") => {
            return Ok(());
        }
        Some(label) if label.ends_with(" PRIVATE KEY") => "invalid private key type",
        Some(_) => "no private key data in PEM block",
        None => "no PEM data in input",
    };
    Err(Failure::new(format!("{words}: {why}")))
}

fn check_signer(arguments: &Arguments) -> Result<(), Failure> {
    let Data::Object(signer) = &arguments.value(4)?.data else {
        return Ok(());
    };
    let text = |name: &str| {
        let text = signer.field(name).and_then(Value::as_text);
        text.cloned().unwrap_or_default()
    };
    if pem::label(&text("Cert").to_str()).is_none() {
        return Err(Failure::new("unable to decode certificate"));
    }
    check_key(&text("Key"), "error parsing private key")
}

/// Refuses addresses and names of hosts that are none.
fn check_names(arguments: &Arguments) -> Result<(), Failure> {
    for address in arguments.list(1)?.items() {
        let Some(text) = address.as_text() else {
            return Err(Failure::new("error parsing ip: it is not a string"));
        };
        if text.to_str().parse::<IpAddr>().is_err() {
            return Err(Failure::new("error parsing ip"));
        }
    }
    let mut names = arguments.list(2)?.items().iter();
    match names.all(|name| name.as_text().is_some()) {
        true => Ok(()),
        false => Err(Failure::new(
            "error processing alternate dns name: it is not a string",
        )),
    }
}

/// A certificate and a key that are given, in Base64.
pub(super) fn build(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let decoded = |index: usize, what: &str| {
        let text = arguments.text(index)?;
        let bytes = decode_base64(text.as_bytes())
            .map_err(|_| Failure::new(format!("unable to decode base64 {what}")))?;
        Ok(Text::marked(bytes, text.mark()))
    };
    run.room_for(arguments.text(0)?.len() + arguments.text(1)?.len())?;
    let text = decoded(0, "certificate")?;
    let key = decoded(1, "private key")?;
    if pem::label(&text.to_str()).is_none() {
        return Err(Failure::new("unable to decode certificate"));
    }
    check_key(&key, "error parsing private key")?;
    Ok(certificate(Value::text(text), Value::text(key)))
}
