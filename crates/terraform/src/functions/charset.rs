//! `textencodebase64` and `textdecodebase64`: text in the encodings that IANA names.
//!
//! Source: <https://pkg.go.dev/golang.org/x/text/encoding/ianaindex>, whose names and tables Terraform uses.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, SHIFT_JIS};
use foldhash::{HashMap, HashMapExt};

use super::arguments::{returns_string, string_parameter};
use super::encoding::decode_base64;
use super::results::{str_of, text_from};
use super::{Environment, Failure, Function};
use crate::value::Value;

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "textdecodebase64",
        parameters: &[string_parameter("source"), string_parameter("encoding")],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: text_decode,
    },
    Function {
        name: "textencodebase64",
        parameters: &[string_parameter("string"), string_parameter("encoding")],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: text_encode,
    },
];

fn text_encode(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let charset = charset(&arguments[1])?;
    let bytes = charset.encode(str_of(&arguments[0]));
    let bytes = bytes
        .ok_or_else(|| Failure::argument(0, "the encoding lacks a character of the string"))?;
    Ok(text_from(
        environment,
        &arguments[0],
        &STANDARD.encode(bytes),
    ))
}

fn text_decode(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let charset = charset(&arguments[1])?;
    let bytes = decode_base64(str_of(&arguments[0]));
    let bytes = bytes.ok_or_else(|| Failure::argument(0, "the string is not base64"))?;
    let text = charset.decode(&bytes);
    let text = text.filter(|text| !text.contains(char::REPLACEMENT_CHARACTER));
    let text =
        text.ok_or_else(|| Failure::argument(0, "the string holds bytes that the encoding lacks"))?;
    Ok(text_from(environment, &arguments[0], &text))
}

fn charset(name: &Value) -> Result<Charset, Failure> {
    let name = str_of(name).trim().to_ascii_lowercase();
    Charset::named(&name)
        .ok_or_else(|| Failure::argument(1, "no encoding with this name is supported"))
}

/// An encoding.
#[derive(Clone, Copy)]
enum Charset {
    Ascii,
    Utf8,
    Utf16(ByteOrder),
    /// One byte for each character.
    Table(&'static Table),
    /// One that the web knows.
    Web(&'static Encoding),
    /// GB 2312 in seven bits.
    Hz,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ByteOrder {
    Big,
    Little,
    /// As the first character says, else big.
    Marked,
}

/// The characters of bytes.
struct Table {
    names: Vec<&'static str>,
    /// Of each byte; a replacement character where there is none.
    characters: [char; 256],
}

impl Charset {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "ansi_x3.4-1968" | "ansi_x3.4-1986" | "cp367" | "csascii" | "ibm367" | "iso-ir-6"
            | "iso646-us" | "iso_646.irv:1991" | "us" | "us-ascii" => Self::Ascii,
            "utf-8" | "csutf8" => Self::Utf8,
            "utf-16" | "csutf16" => Self::Utf16(ByteOrder::Marked),
            "utf-16be" | "csutf16be" => Self::Utf16(ByteOrder::Big),
            "utf-16le" | "csutf16le" => Self::Utf16(ByteOrder::Little),
            "big5" | "csbig5" => Self::Web(BIG5),
            "cseuckr" | "euc-kr" => Self::Web(EUC_KR),
            "cseucpkdfmtjapanese" | "euc-jp" | "extended_unix_code_packed_format_for_japanese" => {
                Self::Web(EUC_JP)
            }
            "cp936" | "csgbk" | "gbk" | "ms936" | "windows-936" => Self::Web(GBK),
            "csgb18030" | "gb18030" => Self::Web(GB18030),
            "csiso2022jp" | "iso-2022-jp" => Self::Web(ISO_2022_JP),
            "csshiftjis" | "ms_kanji" | "shift_jis" => Self::Web(SHIFT_JIS),
            "hz-gb-2312" => Self::Hz,
            _ => Self::Table(tables().iter().find(|table| table.names.contains(&name))?),
        })
    }

    fn encode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Ascii => text.is_ascii().then(|| text.into()),
            Self::Utf8 => Some(text.into()),
            Self::Utf16(order) => Some(encode_utf16(text, order)),
            Self::Table(table) => text
                .chars()
                .map(|character| table.byte(character))
                .collect(),
            Self::Web(encoding) => encode_each(encoding, text),
            Self::Hz => encode_hz(text),
        }
    }

    fn decode(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Ascii => bytes
                .is_ascii()
                .then(|| String::from_utf8_lossy(bytes).into_owned()),
            Self::Utf8 => String::from_utf8(bytes.to_vec()).ok(),
            Self::Utf16(order) => decode_utf16(bytes, order),
            Self::Table(table) => Some(
                bytes
                    .iter()
                    .map(|byte| table.characters[usize::from(*byte)])
                    .collect(),
            ),
            Self::Web(encoding) => {
                let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
                text.map(std::borrow::Cow::into_owned)
            }
            Self::Hz => decode_hz(bytes),
        }
    }
}

impl Table {
    fn byte(&self, character: char) -> Option<u8> {
        let known = character != char::REPLACEMENT_CHARACTER;
        let at = self
            .characters
            .iter()
            .position(|other| known && *other == character);
        at.and_then(|at| u8::try_from(at).ok())
    }

    /// Reads a line of the file.
    fn read(line: &'static str) -> Option<Self> {
        let mut fields = line.split('\t');
        let names = fields.next()?.split(',').collect();
        let first: usize = fields.next()?.parse().ok()?;
        let mut characters = std::array::from_fn(|at| u8::try_from(at).map_or('\0', char::from));
        let mut at = first;
        for run in fields.next()?.split(' ') {
            let (start, count) = read_run(run)?;
            for step in 0..count {
                let character = start.map_or(Some(char::REPLACEMENT_CHARACTER), |start| {
                    char::from_u32(start + step)
                });
                *characters.get_mut(at)? = character?;
                at += 1;
            }
        }
        Some(Self { names, characters })
    }
}

/// The first code point of a run, none where there are none, and how many follow each other.
fn read_run(run: &str) -> Option<(Option<u32>, u32)> {
    if let Some(count) = run.strip_prefix('?') {
        let count = if count.is_empty() {
            1
        } else {
            count.parse().ok()?
        };
        return Some((None, count));
    }
    let (first, last) = run.split_once('-').unwrap_or((run, run));
    let first = u32::from_str_radix(first, 16).ok()?;
    let last = u32::from_str_radix(last, 16).ok()?;
    Some((Some(first), last.checked_sub(first)? + 1))
}

fn tables() -> &'static [Table] {
    static TABLES: OnceLock<Vec<Table>> = OnceLock::new();
    TABLES.get_or_init(|| {
        include_str!("charsets.tsv")
            .lines()
            .filter_map(Table::read)
            .collect()
    })
}

fn encode_web(encoding: &'static Encoding, text: &str) -> Option<Vec<u8>> {
    let (bytes, _, has_unmappable) = encoding.encode(text);
    (!has_unmappable).then(|| bytes.into_owned())
}

/// As Go encodes: it takes no liberties with the yen sign and the overline, but more characters than the web does.
fn encode_each(encoding: &'static Encoding, text: &str) -> Option<Vec<u8>> {
    let is_japanese = encoding == SHIFT_JIS || encoding == EUC_JP || encoding == ISO_2022_JP;
    if is_japanese && text.contains(['\u{a5}', '\u{203e}']) {
        return None;
    }
    if let Some(bytes) = encode_web(encoding, text) {
        return Some(bytes);
    }
    let mut out = Vec::new();
    for character in text.chars() {
        match encode_web(encoding, character.encode_utf8(&mut [0; 4])) {
            Some(bytes) => out.extend(bytes),
            None => out.extend(rare(encoding).get(&character)?),
        }
    }
    Some(out)
}

/// The characters that the web's encoding of this name decodes but never encodes.
fn rare(encoding: &'static Encoding) -> &'static HashMap<char, Vec<u8>> {
    static BIG5_ONLY: OnceLock<HashMap<char, Vec<u8>>> = OnceLock::new();
    static EUC_JP_ONLY: OnceLock<HashMap<char, Vec<u8>>> = OnceLock::new();
    static NONE: OnceLock<HashMap<char, Vec<u8>>> = OnceLock::new();
    if encoding == BIG5 {
        BIG5_ONLY.get_or_init(|| decoded(encoding, &[], 0x81..=0xfe, 0x40..=0xfe))
    } else if encoding == EUC_JP {
        EUC_JP_ONLY.get_or_init(|| decoded(encoding, &[0x8f], 0xa1..=0xfe, 0xa1..=0xfe))
    } else {
        NONE.get_or_init(HashMap::new)
    }
}

/// The characters of all pairs of bytes behind a prefix.
fn decoded(
    encoding: &'static Encoding,
    prefix: &[u8],
    leads: RangeInclusive<u8>,
    trails: RangeInclusive<u8>,
) -> HashMap<char, Vec<u8>> {
    let mut characters = HashMap::new();
    for lead in leads {
        for trail in trails.clone() {
            let bytes = [prefix, &[lead, trail]].concat();
            let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes);
            let mut decoded = text.iter().flat_map(|text| text.chars());
            if let (Some(character), None) = (decoded.next(), decoded.next()) {
                characters.entry(character).or_insert(bytes);
            }
        }
    }
    characters
}

fn encode_utf16(text: &str, order: ByteOrder) -> Vec<u8> {
    let mark = (order == ByteOrder::Marked).then_some(0xfeff);
    let units = mark.into_iter().chain(text.encode_utf16());
    let bytes = units.flat_map(|unit| match order {
        ByteOrder::Little => unit.to_le_bytes(),
        ByteOrder::Big | ByteOrder::Marked => unit.to_be_bytes(),
    });
    bytes.collect()
}

fn decode_utf16(bytes: &[u8], order: ByteOrder) -> Option<String> {
    let (bytes, order) = match (order, bytes) {
        (ByteOrder::Marked, [0xfe, 0xff, rest @ ..]) => (rest, ByteOrder::Big),
        (ByteOrder::Marked, [0xff, 0xfe, rest @ ..]) => (rest, ByteOrder::Little),
        _ => (bytes, order),
    };
    let pairs = bytes.chunks(2).map(|pair| {
        let pair = <[u8; 2]>::try_from(pair).ok()?;
        Some(match order {
            ByteOrder::Little => u16::from_le_bytes(pair),
            ByteOrder::Big | ByteOrder::Marked => u16::from_be_bytes(pair),
        })
    });
    String::from_utf16(&pairs.collect::<Option<Vec<u16>>>()?).ok()
}

/// Source: RFC 1843.
fn encode_hz(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut in_hanzi = false;
    for character in text.chars() {
        if character.is_ascii() != in_hanzi {
            push_character(&mut out, character)?;
            continue;
        }
        out.extend(if in_hanzi { b"~}" } else { b"~{" });
        in_hanzi = !in_hanzi;
        push_character(&mut out, character)?;
    }
    // Go leaves the text in the mode that it ends in.
    Some(out)
}

fn push_character(out: &mut Vec<u8>, character: char) -> Option<()> {
    match u8::try_from(character) {
        Ok(b'~') => out.extend(b"~~"),
        Ok(byte @ 0..0x80) => out.push(byte),
        _ => {
            let bytes = encode_web(GB18030, character.encode_utf8(&mut [0; 4]))?;
            let hanzi = <[u8; 2]>::try_from(bytes).ok()?;
            let [0xa1..=0xfe, 0xa1..=0xfe] = hanzi else {
                return None;
            };
            out.extend(hanzi.map(|byte| byte & 0x7f));
        }
    }
    Some(())
}

fn decode_hz(bytes: &[u8]) -> Option<String> {
    let mut out = String::new();
    let mut in_hanzi = false;
    let mut rest = bytes;
    while let [first, behind @ ..] = rest {
        match (first, behind, in_hanzi) {
            (b'~', [b'{', behind @ ..], false) => (rest, in_hanzi) = (behind, true),
            (b'~', [b'}', behind @ ..], true) => (rest, in_hanzi) = (behind, false),
            (b'~', [b'~', behind @ ..], _) => {
                out.push('~');
                rest = behind;
            }
            (b'~', [b'\n', behind @ ..], _) => rest = behind,
            (b'~', ..) => return None,
            (0..0x80, _, false) => {
                out.push(char::from(*first));
                rest = behind;
            }
            (0x21..0x7e, [second @ 0x21..0x7f, behind @ ..], true) => {
                let hanzi = [first | 0x80, second | 0x80];
                out.push_str(&GBK.decode_without_bom_handling_and_without_replacement(&hanzi)?);
                rest = behind;
            }
            _ => return None,
        }
    }
    Some(out)
}
