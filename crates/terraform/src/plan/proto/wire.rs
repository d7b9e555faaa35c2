//! Messages of Protocol Buffers, as far as plans use them.
//!
//! Source: <https://protobuf.dev/programming-guides/encoding/>.

use crate::plan::archive::Unreadable;

const CUT: Unreadable = Unreadable("it is cut off");

/// The fields of a message, in the order in which they are written.
pub(super) struct Message<'a>(Vec<(u32, Field<'a>)>);

enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

impl<'a> Message<'a> {
    pub(super) fn read(mut bytes: &'a [u8]) -> Result<Self, Unreadable> {
        /// More fields than a message of any plan has.
        const MOST: usize = 1_000_000;
        let mut fields = Vec::new();
        while !bytes.is_empty() {
            if fields.len() == MOST {
                return Err(Unreadable("it has more parts than plans have"));
            }
            let tag = varint(&mut bytes)?;
            let number = u32::try_from(tag >> 3).map_err(|_| Unreadable("it is damaged"))?;
            let field = match tag & 7 {
                0 => Field::Number(varint(&mut bytes)?),
                1 => Field::Bytes(take(&mut bytes, 8)?),
                2 => {
                    let length = varint(&mut bytes)?;
                    Field::Bytes(take(&mut bytes, length)?)
                }
                5 => Field::Bytes(take(&mut bytes, 4)?),
                _ => return Err(Unreadable("it is damaged")),
            };
            fields.push((number, field));
        }
        Ok(Self(fields))
    }

    /// The last number of a field.
    pub(super) fn number(&self, field: u32) -> Option<u64> {
        let mut numbers = self
            .0
            .iter()
            .rev()
            .filter_map(|(number, value)| match value {
                Field::Number(value) if *number == field => Some(*value),
                _ => None,
            });
        numbers.next()
    }

    /// All bytes of a field.
    pub(super) fn all(&self, field: u32) -> impl Iterator<Item = &'a [u8]> + '_ {
        self.0
            .iter()
            .filter_map(move |(number, value)| match value {
                Field::Bytes(value) if *number == field => Some(*value),
                _ => None,
            })
    }

    /// The last bytes of a field.
    pub(super) fn bytes(&self, field: u32) -> Option<&'a [u8]> {
        self.all(field).last()
    }

    pub(super) fn text(&self, field: u32) -> Option<&'a str> {
        std::str::from_utf8(self.bytes(field)?).ok()
    }
}

fn varint(bytes: &mut &[u8]) -> Result<u64, Unreadable> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first().ok_or(CUT)?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(Unreadable("it is damaged"))
}

fn take<'a>(bytes: &mut &'a [u8], length: u64) -> Result<&'a [u8], Unreadable> {
    let length = usize::try_from(length).map_err(|_| CUT)?;
    let (taken, rest) = bytes.split_at_checked(length).ok_or(CUT)?;
    *bytes = rest;
    Ok(taken)
}
