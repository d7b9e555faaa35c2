//! JSON text that is harmless to look at.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::error::Error;

/// Writes any value as indented JSON in which no character drives a terminal or reorders a line.
pub(crate) fn write(
    value: &impl Serialize,
    format: &'static str,
    out: &mut dyn Write,
) -> Result<(), Error> {
    write_as(value, Harmless(PrettyFormatter::default()), format, out)
}

/// Writes any value as JSON in one line.
pub(crate) fn write_line(
    value: &impl Serialize,
    format: &'static str,
    out: &mut dyn Write,
) -> Result<(), Error> {
    write_as(value, Harmless(CompactFormatter), format, out)
}

fn write_as(
    value: &impl Serialize,
    formatter: impl Formatter,
    format: &'static str,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let mut serializer = Serializer::with_formatter(&mut *out, formatter);
    value
        .serialize(&mut serializer)
        .map_err(|error| failed(error, format))?;
    out.write_all(b"\n")?;
    Ok(())
}

fn failed(error: serde_json::Error, format: &'static str) -> Error {
    if error.is_io() {
        Error::Output(error.into())
    } else {
        Error::Format {
            format,
            source: error.into(),
        }
    }
}

/// JSON that spells out the characters that [`source::neutral`] does, so that values stay exact and are harmless to
/// look at.
struct Harmless<F>(F);

impl<F: Formatter> Formatter for Harmless<F> {
    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut plain = 0;
        for (at, character) in fragment
            .char_indices()
            .filter(|(_, character)| !character.is_ascii() || *character == '\u{7f}')
        {
            let mut buffer = [0; 4];
            if matches!(
                source::neutral(character.encode_utf8(&mut buffer)),
                Cow::Borrowed(_)
            ) {
                continue;
            }
            writer.write_all(&fragment.as_bytes()[plain..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            plain = at + character.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[plain..])
    }

    fn write_char_escape<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        self.0.write_char_escape(writer, escape)
    }

    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: Write + ?Sized>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}
