//! `sha1sum`, `sha256sum`, `sha512sum`, `adler32sum`.

use std::fmt::Write as _;

use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use crate::functions::Arguments;
use crate::run::{Failure, Run};
use crate::value::Value;

pub(super) fn sha1(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    digest::<Sha1>(run, arguments)
}

pub(super) fn sha256(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    digest::<Sha256>(run, arguments)
}

pub(super) fn sha512(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    digest::<Sha512>(run, arguments)
}

fn digest<D: Digest>(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = arguments.text(0)?;
    run.room_for(text.len())?;
    let mut digits = String::new();
    for byte in &D::digest(text.as_bytes()) {
        let _ = write!(digits, "{byte:02x}");
    }
    Ok(Value::string(digits))
}

pub(super) fn adler32(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    const MODULUS: u32 = 65_521;
    let text = arguments.text(0)?;
    run.room_for(text.len())?;
    let (mut low, mut high) = (1, 0);
    for byte in text.as_bytes() {
        low = (low + u32::from(*byte)) % MODULUS;
        high = (high + low) % MODULUS;
    }
    Ok(Value::string((high << 16 | low).to_string()))
}
