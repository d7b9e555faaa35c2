//! JSON that was checked to values.

use super::scan::Mistake;
use crate::run::{Failure, Run};
use crate::value::{Key, Mark, Text, TextBuilder, Value};
use go::deeper;

/// How deep values may be nested. Go allows more, which nothing that runs on a stack survives.
const DEEPEST: usize = 500;

pub(super) fn read(run: &mut Run, text: &Text) -> Result<(Value, Option<Mistake>), Failure> {
    let mut reader = Reader {
        run,
        text,
        position: 0,
        mistake: None,
    };
    let value = reader.value(DEEPEST)?;
    Ok((value, reader.mistake))
}

struct Reader<'r> {
    run: &'r mut Run,
    text: &'r Text,
    position: usize,
    mistake: Option<Mistake>,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Result<Value, Failure> {
        self.run.spend(1)?;
        let depth = depth
            .checked_sub(1)
            .ok_or_else(|| Failure::bound("the JSON is nested too deep"))?;
        let start = self.skip_blanks();
        match self.byte() {
            b'[' => self.list(depth),
            b'{' => self.map(depth),
            b'"' => {
                let text = self.string();
                let mark = text.mark();
                Ok(Value::text(text).marked(mark))
            }
            b't' => Ok(self.word("true".len(), Value::bool(true))),
            b'f' => Ok(self.word("false".len(), Value::bool(false))),
            b'n' => Ok(self.word("null".len(), Value::nil())),
            _ => Ok(self.number(start)),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Failure> {
        let start = self.position;
        let mut items = Vec::new();
        self.position += 1;
        while self.skip_blanks_and_commas() != b']' {
            items.push(deeper(|| self.value(depth))?);
        }
        self.position += 1;
        Ok(Value::list(items).marked(self.mark(start)))
    }

    fn map(&mut self, depth: usize) -> Result<Value, Failure> {
        let start = self.position;
        let mut entries = Vec::new();
        self.position += 1;
        while self.skip_blanks_and_commas() != b'}' {
            let key = self.string();
            self.skip_blanks();
            self.position += 1;
            let key = Key::marked(key.to_str(), key.mark());
            entries.push((key, deeper(|| self.value(depth))?));
        }
        self.position += 1;
        Ok(Value::map(entries).marked(self.mark(start)))
    }

    fn word(&mut self, length: usize, value: Value) -> Value {
        let start = self.position;
        self.position += length;
        value.marked(self.mark(start))
    }

    fn number(&mut self, start: usize) -> Value {
        while matches!(self.byte(), b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9') {
            self.position += 1;
        }
        let text = self.text.slice(start..self.position);
        let written = text.to_str();
        let number = go::numbers::parse_float(&written);
        let value = match number {
            Ok(number) => Value::float(number),
            Err(_) => {
                let what = format!("number {written}");
                self.mistake.get_or_insert(Mistake::Type(what, "float64"));
                Value::nil()
            }
        };
        value.marked(text.mark())
    }

    /// A string as it stands, or with its escapes read.
    fn string(&mut self) -> Text {
        self.position += 1;
        let start = self.position;
        let rest = self.rest();
        let is_plain = |byte: &u8| !matches!(byte, b'"' | b'\\');
        let plain = rest.iter().take_while(|byte| is_plain(byte)).count();
        let whole = &rest[..plain];
        if rest.get(plain) == Some(&b'"') && std::str::from_utf8(whole).is_ok() {
            self.position += plain + 1;
            return self.text.slice(start..start + plain);
        }
        self.escaped_string()
    }

    fn escaped_string(&mut self) -> Text {
        let mut builder = TextBuilder::default();
        loop {
            let start = self.position;
            match self.byte() {
                b'"' | 0 => break,
                b'\\' => {
                    let letter = self.escape();
                    let mut buffer = [0; 4];
                    let letter = letter.encode_utf8(&mut buffer);
                    builder.push_instead(letter, self.text, start..self.position);
                }
                _ => {
                    let rest = self.rest();
                    let Some((range, letter)) = go::runes(&rest[..rest.len().min(4)]).next() else {
                        break;
                    };
                    self.position += range.len();
                    let mut buffer = [0; 4];
                    let letter = letter.encode_utf8(&mut buffer);
                    builder.push_instead(letter, self.text, start..self.position);
                }
            }
        }
        self.position += 1;
        builder.finish()
    }

    fn escape(&mut self) -> char {
        self.position += 1;
        let letter = self.byte();
        self.position += 1;
        match letter {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.code_point(),
            letter => char::from(letter),
        }
    }

    /// Four digits, and four more where they are the first half of a pair.
    fn code_point(&mut self) -> char {
        let first = self.digits(self.position);
        self.position += 4;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER);
        }
        let second = match self.rest() {
            [b'\\', b'u', ..] => self.digits(self.position + 2),
            _ => 0,
        };
        if !(0xdc00..0xe000).contains(&second) {
            return char::REPLACEMENT_CHARACTER;
        }
        self.position += 6;
        let number = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn digits(&self, at: usize) -> u32 {
        let digits = self.text.as_bytes().get(at..at + 4);
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        digits
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .unwrap_or_default()
    }

    fn rest(&self) -> &[u8] {
        self.text
            .as_bytes()
            .get(self.position..)
            .unwrap_or_default()
    }

    fn byte(&self) -> u8 {
        self.rest().first().copied().unwrap_or_default()
    }

    fn skip_blanks(&mut self) -> usize {
        while matches!(self.byte(), b' ' | b'\t' | b'\r' | b'\n') {
            self.position += 1;
        }
        self.position
    }

    fn skip_blanks_and_commas(&mut self) -> u8 {
        self.skip_blanks();
        if self.byte() == b',' {
            self.position += 1;
            self.skip_blanks();
        }
        self.byte()
    }

    fn mark(&self, start: usize) -> Mark {
        self.text.mark_of(start..self.position)
    }
}
