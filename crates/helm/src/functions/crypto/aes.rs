//! `encryptAES` and `decryptAES`: AES of 256 bits in blocks that are chained. What is random is zero.

use aes::Aes256;
use aes::cipher::{Block, BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::functions::Arguments;
use crate::functions::encoding::decode_base64;
use crate::run::{Failure, Run};
use crate::value::Value;

/// The bytes of a block.
const BLOCK: usize = 16;

/// The password is the key, cut or filled with zeros.
fn key(password: &[u8]) -> [u8; 32] {
    let mut key = [0; 32];
    let length = password.len().min(key.len());
    key[..length].copy_from_slice(&password[..length]);
    key
}

pub(super) fn encrypt(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (password, text) = (arguments.text(0)?, arguments.text(1)?);
    if text.is_empty() {
        return Ok(Value::string(""));
    }
    run.room_for(text.len().saturating_mul(4))?;
    let padding = BLOCK - text.len() % BLOCK;
    let mut bytes = text.as_bytes().to_vec();
    bytes.resize(text.len() + padding, u8::try_from(padding).unwrap_or(0));
    let first = [0; BLOCK];
    let mut encryptor =
        cbc::Encryptor::<Aes256>::new(&key(password.as_bytes()).into(), &first.into());
    let (blocks, _) = Block::<Aes256>::slice_as_chunks_mut(&mut bytes);
    encryptor.encrypt_blocks(blocks);
    Ok(Value::string(
        STANDARD.encode([&first, bytes.as_slice()].concat()),
    ))
}

pub(super) fn decrypt(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (password, text) = (arguments.text(0)?, arguments.text(1)?);
    if text.is_empty() {
        return Ok(Value::string(""));
    }
    run.room_for(text.len().saturating_mul(4))?;
    let bytes = decode_base64(text.as_bytes()).map_err(|wrong| Failure::new(wrong.to_string()))?;
    let Some((first, rest)) = bytes.split_first_chunk::<BLOCK>() else {
        // The library makes room for what unpadded text of this length would hold.
        let room = text.len() / 4 * 3;
        return Err(out_of_range(&format!("[:16] with capacity {room}")));
    };
    let mut bytes = rest.to_vec();
    let mut decryptor =
        cbc::Decryptor::<Aes256>::new(&key(password.as_bytes()).into(), first.into());
    let (blocks, rest) = Block::<Aes256>::slice_as_chunks_mut(&mut bytes);
    if !rest.is_empty() {
        return Err(Failure::new("crypto/cipher: input not full blocks"));
    }
    decryptor.decrypt_blocks(blocks);
    let Some(padding) = bytes.last() else {
        return Err(Failure::new("runtime error: index out of range [-1]"));
    };
    let padding = usize::from(*padding);
    match bytes.len().checked_sub(padding) {
        Some(length) => Ok(Value::string(&bytes[..length])),
        None => Err(out_of_range(&format!("[:-{}]", padding - bytes.len()))),
    }
}

fn out_of_range(cause: &str) -> Failure {
    Failure::new(format!("runtime error: slice bounds out of range {cause}"))
}
