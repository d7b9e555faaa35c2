//! Values in MessagePack, as go-cty writes them.
//!
//! Sources: <https://github.com/msgpack/msgpack/blob/master/spec.md>,
//! <https://github.com/zclconf/go-cty/blob/main/cty/msgpack/doc.go>.

use source::Span;

use crate::plan::address;
use crate::plan::archive::Unreadable;
use crate::value::{Cause, Data, Entries, Number, Origin, Type, Unknown, Value};

const CUT: Unreadable = Unreadable("it is cut off");

/// How deep values may be.
const DEEPEST: usize = 200;

/// What the values of one plan may cost: as many parts as a file of JSON may have.
pub(super) struct Budget {
    parts: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { parts: 2_000_000 }
    }
}

/// A value; what is unknown of it is what the provider decides at the address.
pub(super) fn value(
    bytes: &[u8],
    address: &str,
    span: Span,
    budget: &mut Budget,
) -> Result<Value, Unreadable> {
    let mut reader = Reader {
        bytes,
        span,
        budget,
    };
    reader.value(address, 0)
}

struct Reader<'a> {
    bytes: &'a [u8],
    span: Span,
    budget: &'a mut Budget,
}

impl<'a> Reader<'a> {
    fn value(&mut self, address: &str, depth: usize) -> Result<Value, Unreadable> {
        if depth > DEEPEST {
            return Err(Unreadable("it is nested too deeply"));
        }
        let parts = self.budget.parts.checked_sub(1);
        self.budget.parts = parts.ok_or(Unreadable("it has more parts than plans have"))?;
        let data = match self.byte()? {
            byte @ 0x00..=0x7f => Data::Number(Number::from(usize::from(byte))),
            byte @ 0x80..=0x8f => self.map(usize::from(byte & 0x0f), address, depth)?,
            byte @ 0x90..=0x9f => return self.list(usize::from(byte & 0x0f), address, depth),
            byte @ 0xa0..=0xbf => self.text(usize::from(byte & 0x1f))?,
            0xc0 => Data::Null(Type::Dynamic),
            0xc2 => Data::Bool(false),
            0xc3 => Data::Bool(true),
            // Bytes are the type of what follows, which tells itself what it is.
            byte @ 0xc4..=0xc6 => {
                let length = self.unsigned(1 << (byte - 0xc4))?;
                self.take(length)?;
                Data::Null(Type::Dynamic)
            }
            byte @ 0xc7..=0xc9 => {
                let length = self.unsigned(1 << (byte - 0xc7))?;
                self.unknown(length, address)?
            }
            0xca => number(&f64::from(f32::from_be_bytes(self.array()?)).to_string())?,
            0xcb => number(&f64::from_be_bytes(self.array()?).to_string())?,
            byte @ 0xcc..=0xcf => number(&self.unsigned(1 << (byte - 0xcc))?.to_string())?,
            byte @ 0xd0..=0xd3 => number(&self.signed(1 << (byte - 0xd0))?.to_string())?,
            byte @ 0xd4..=0xd8 => self.unknown(1 << (byte - 0xd4), address)?,
            byte @ 0xd9..=0xdb => {
                let length = self.unsigned(1 << (byte - 0xd9))?;
                self.text(length)?
            }
            byte @ 0xdc..=0xdd => {
                let length = self.unsigned(2 << (byte - 0xdc))?;
                return self.list(length, address, depth);
            }
            byte @ 0xde..=0xdf => {
                let length = self.unsigned(2 << (byte - 0xde))?;
                self.map(length, address, depth)?
            }
            byte @ 0xe0..=0xff => number(&i8::from_be_bytes([byte]).to_string())?,
            0xc1 => return Err(Unreadable("it is damaged")),
        };
        Ok(Value::new(data, Origin::new(self.span)))
    }

    /// A list; or a type in bytes and a value, where the provider leaves the type to the configuration.
    fn list(&mut self, length: usize, address: &str, depth: usize) -> Result<Value, Unreadable> {
        if length == 2 && matches!(self.bytes.first(), Some(0xc4..=0xc6)) {
            self.value(address, depth + 1)?;
            return self.value(address, depth + 1);
        }
        let mut items = Vec::new();
        for index in 0..length {
            items.push(self.value(
                &address::part(address, format_args!("[{index}]")),
                depth + 1,
            )?);
        }
        let data = Data::Tuple(items.into());
        Ok(Value::new(data, Origin::new(self.span)))
    }

    fn map(&mut self, length: usize, address: &str, depth: usize) -> Result<Data, Unreadable> {
        let mut entries = Entries::new();
        for _ in 0..length {
            let key = self.value("", depth + 1)?;
            let name = key.as_str().ok_or(Unreadable("a key is no text"))?;
            let part = self.value(&address::part(address, format_args!(".{name}")), depth + 1)?;
            entries.insert(name.into(), part);
        }
        Ok(Data::Object(entries.into()))
    }

    fn text(&mut self, length: usize) -> Result<Data, Unreadable> {
        let text = std::str::from_utf8(self.take(length)?);
        text.map(Data::string)
            .map_err(|_| Unreadable("a text is no UTF-8"))
    }

    /// An extension, by which go-cty says that a value is unknown, and what is known of it.
    fn unknown(&mut self, length: usize, address: &str) -> Result<Data, Unreadable> {
        self.take(length.saturating_add(1))?;
        let cause = Cause::Computed(address.into());
        let unknown = Unknown::new(Type::Dynamic, cause, Some(self.span));
        Ok(Data::Unknown(unknown.into()))
    }

    fn byte(&mut self) -> Result<u8, Unreadable> {
        let [byte] = self.array()?;
        Ok(byte)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        let (taken, rest) = self.bytes.split_first_chunk().ok_or(CUT)?;
        self.bytes = rest;
        Ok(*taken)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Unreadable> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or(CUT)?;
        self.bytes = rest;
        Ok(taken)
    }

    /// A whole number of so many bytes, the most significant first.
    fn unsigned(&mut self, bytes: usize) -> Result<usize, Unreadable> {
        let taken = self.take(bytes)?.iter();
        Ok(taken.fold(0, |value, byte| value << 8 | usize::from(*byte)))
    }

    fn signed(&mut self, bytes: usize) -> Result<i64, Unreadable> {
        let taken = self.take(bytes)?;
        let is_negative = taken.first().is_some_and(|byte| byte & 0x80 != 0);
        let start = if is_negative { -1 } else { 0 };
        Ok(taken
            .iter()
            .fold(start, |value, byte| value << 8 | i64::from(*byte)))
    }
}

fn number(text: &str) -> Result<Data, Unreadable> {
    let number = Number::parse(text).ok_or(Unreadable("a number is none"))?;
    Ok(Data::Number(number))
}
