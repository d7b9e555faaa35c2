//! `bcrypt`, `htpasswd`, `derivePassword`.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::functions::Arguments;
use crate::run::{Failure, Run};
use crate::value::{Text, Value};

/// What stands for a hash of bcrypt: the version, the cost, the salt and the sum.
const HASH: &str = "$2a$10$......................0000000000000000000000000000000";
/// The longest password that bcrypt takes, in bytes.
const LONGEST: usize = 72;
const RANDOM: &str = "the salt of a password is random";

fn hash(run: &Run, password: &Text) -> Text {
    match password.len() > LONGEST {
        true => Text::from(
            "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes",
        ),
        false => Text::marked(HASH, run.unknown_mark(RANDOM)),
    }
}

pub(super) fn bcrypt(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    Ok(Value::text(hash(run, arguments.text(0)?)))
}

pub(super) fn htpasswd(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (user, password) = (arguments.text(0)?, arguments.text(1)?);
    let (before, between, after) = match user.find(b":", 0) {
        Some(_) => ("invalid username: ", "", Text::default()),
        None => ("", ":", hash(run, password)),
    };
    let parts = [&Text::from(before), user, &Text::from(between), &after];
    Ok(Value::text(Text::join(parts, &Text::default())))
}

/// What one password costs, in steps: it takes some tenths of a second, and 32 MB.
const STEPS: u64 = 250_000;
const SEED: &[u8] = b"com.lyndir.masterpassword";

/// The password of Spectre for a site.
///
/// Source: <https://spectre.app/spectre-algorithm.pdf>.
pub(super) fn derive(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let kind = arguments.text(1)?;
    let templates = templates(kind.as_bytes());
    if templates.is_empty() {
        let message = format!("cannot find password template {}", kind.to_str());
        return Ok(Value::string(message));
    }
    run.spend(STEPS)?;
    let counter = u32::try_from(arguments.integer(0)? & 0xffff_ffff).unwrap_or(0);
    let (password, user, site) = (arguments.text(2)?, arguments.text(3)?, arguments.text(4)?);
    let key = key(password.as_bytes(), user.as_bytes())?;
    let length = u32::try_from(site.len()).unwrap_or(u32::MAX).to_be_bytes();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(refused)?;
    for part in [SEED, &length, site.as_bytes(), &counter.to_be_bytes()] {
        mac.update(part);
    }
    let seed = mac.finalize().into_bytes();
    let template = templates[usize::from(seed[0]) % templates.len()];
    let letters = template.bytes().zip(seed.iter().skip(1));
    let letters = letters.map(|(class, seed)| {
        let letters = letters_of(class);
        letters[usize::from(*seed) % letters.len()]
    });
    Ok(Value::string(letters.collect::<Vec<u8>>()))
}

fn refused(why: impl std::fmt::Display) -> Failure {
    Failure::new(format!("failed to derive password: {why}"))
}

fn key(password: &[u8], user: &[u8]) -> Result<[u8; 64], Failure> {
    let length = u32::try_from(user.len()).unwrap_or(u32::MAX).to_be_bytes();
    let salt = [SEED, &length, user].concat();
    let parameters = scrypt::Params::new(15, 8, 2).map_err(refused)?;
    let mut key = [0; 64];
    scrypt::scrypt(password, &salt, &parameters, &mut key).map_err(refused)?;
    Ok(key)
}

/// The forms of passwords of a kind: each letter stands for a class of letters.
fn templates(kind: &[u8]) -> &'static [&'static str] {
    match kind {
        b"maximum" => &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"],
        b"long" => &[
            "CvcvnoCvcvCvcv",
            "CvcvCvcvnoCvcv",
            "CvcvCvcvCvcvno",
            "CvccnoCvcvCvcv",
            "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv",
            "CvcvCvccCvcvno",
            "CvcvnoCvcvCvcc",
            "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno",
            "CvccnoCvccCvcv",
            "CvccCvccnoCvcv",
            "CvccCvccCvcvno",
            "CvcvnoCvccCvcc",
            "CvcvCvccnoCvcc",
            "CvcvCvccCvccno",
            "CvccnoCvcvCvcc",
            "CvccCvcvnoCvcc",
            "CvccCvcvCvccno",
        ],
        b"medium" => &["CvcnoCvc", "CvcCvcno"],
        b"short" => &["Cvcn"],
        b"basic" => &["aaanaaan", "aannaaan", "aaannaaa"],
        b"pin" => &["nnnn"],
        _ => &[],
    }
}

fn letters_of(class: u8) -> &'static [u8] {
    match class {
        b'C' => b"BCDFGHJKLMNPQRSTVWXYZ",
        b'v' => b"aeiou",
        b'c' => b"bcdfghjklmnpqrstvwxyz",
        b'a' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        b'n' => b"0123456789",
        b'o' => b"@&%?,=[]_:-+*$#!'^~;()/.",
        _ => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    }
}
