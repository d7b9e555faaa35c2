//! JSON to values, as go-cty reads it.
//!
//! Source: <https://pkg.go.dev/github.com/zclconf/go-cty/cty/json#ImpliedType>, <https://pkg.go.dev/encoding/json#Decoder.Token>.

use std::ops::Range;
use std::sync::Arc;

use graph::UNKNOWN_PART;

use crate::functions::places::{HOLE, Written};
use crate::value::keyed::insert;
use crate::value::{Data, Entries, Number, Shape, Type, Unknown, Value, normalized};

/// How deep lists and objects may be nested.
const DEEPEST: usize = 200;

/// Reads one JSON value. What follows it may only be a closing bracket, which Go's decoder leaves unread.
///
/// # Errors
/// What is wrong, as a fragment, where the text is not JSON.
pub(in crate::functions) fn read(written: &Written) -> Result<Value, String> {
    read_with(written, LastComma::Refused)
}

/// The same for text that is only looked into. A comma behind the last element, which JSON does not know, is not to hide
/// what is wrong beside it.
///
/// # Errors
/// What else is wrong, as a fragment.
pub(in crate::functions) fn read_forgiving(written: &Written) -> Result<Value, String> {
    read_with(written, LastComma::Forgiven)
}

fn read_with(written: &Written, last_comma: LastComma) -> Result<Value, String> {
    let mut reader = Reader {
        written,
        text: &written.text,
        at: 0,
        depth: 0,
        last_comma,
    };
    let value = reader.value()?;
    match reader.peek() {
        None | Some(b']' | b'}') => Ok(value),
        Some(_) => Err(reader.error("nothing may follow the value")),
    }
}

/// What becomes of a comma behind the last element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LastComma {
    Refused,
    Forgiven,
}

struct Reader<'a> {
    written: &'a Written,
    text: &'a str,
    at: usize,
    depth: usize,
    last_comma: LastComma,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Value, String> {
        let start = match self.peek() {
            Some(_) => self.at,
            None => return Err(self.error("the text ends where a value is expected")),
        };
        let data = match self.text.as_bytes()[start] {
            b'{' => return self.nested(Self::object),
            b'[' => return self.nested(Self::list),
            b'"' => {
                let (text, inner) = self.string()?;
                return Ok(self.text_value(&text, start..self.at, &inner));
            }
            b't' => self.word("true", Data::Bool(true))?,
            b'f' => self.word("false", Data::Bool(false))?,
            b'n' => self.word("null", Data::Null(Type::Dynamic))?,
            b'-' | b'0'..=b'9' => self.number()?,
            _ if self.hole_length(start) > 0 => return self.hole(),
            _ => return Err(self.error("a value is expected")),
        };
        Ok(Value::new(data, self.written.origin(&(start..self.at))))
    }

    fn nested(
        &mut self,
        read: impl Fn(&mut Self) -> Result<Data, String>,
    ) -> Result<Value, String> {
        let start = self.at;
        if self.depth == DEEPEST {
            return Err(self.error("lists and objects are nested too deep"));
        }
        self.depth += 1;
        self.at += 1;
        let data = read(self)?;
        self.depth -= 1;
        Ok(Value::new(data, self.written.origin(&(start..self.at))))
    }

    fn list(&mut self) -> Result<Data, String> {
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(Data::Tuple(items.into()));
        }
        loop {
            items.push(self.value()?);
            if self.take(b']') {
                return Ok(Data::Tuple(items.into()));
            }
            self.expect(b',', "a comma or a closing bracket is expected")?;
            if self.ends_after_comma(b']') {
                return Ok(Data::Tuple(items.into()));
            }
        }
    }

    fn object(&mut self) -> Result<Data, String> {
        let mut object = Object::default();
        if self.take(b'}') {
            return Ok(object.finish());
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.error("a key in double quotes is expected"));
            }
            let start = self.at;
            let key = self.string()?.0;
            let unknown = self.unknown_key(&key, start);
            self.expect(b':', "a colon is expected")?;
            let value = self.value()?;
            object
                .add(&key, value, unknown)
                .map_err(|message| self.error(message))?;
            if self.take(b'}') {
                return Ok(object.finish());
            }
            self.expect(b',', "a comma or a closing brace is expected")?;
            if self.ends_after_comma(b'}') {
                return Ok(object.finish());
            }
        }
    }

    fn ends_after_comma(&mut self, closing: u8) -> bool {
        self.last_comma == LastComma::Forgiven && self.take(closing)
    }

    /// What a key consists of that is not known.
    fn unknown_key(&self, key: &str, start: usize) -> Option<Arc<Unknown>> {
        let hole = self.written.hole_in(key, start)?;
        hole.unknown().cloned()
    }

    /// A string; its place is that of a template's part where it consists of nothing else.
    fn text_value(&self, text: &str, outer: Range<usize>, inner: &Range<usize>) -> Value {
        let value = self.written.string(text, inner);
        let whole = self.written.origin(&outer);
        if value.origin.span.file == whole.span.file && whole.span.contains(value.origin.span) {
            value.at(whole)
        } else {
            value
        }
    }

    /// How many bytes stand at a place for an unknown part of the text.
    fn hole_length(&self, at: usize) -> usize {
        let character = self.text[at..].chars().next();
        let length = character.map_or(0, char::len_utf8);
        let is_hole = self.written.is_hole(&self.text[at..at + length]);
        if is_hole { length } else { 0 }
    }

    fn hole(&mut self) -> Result<Value, String> {
        let start = self.at;
        self.at += self.hole_length(start);
        let end = self.at;
        let is_alone = matches!(self.peek(), None | Some(b',' | b']' | b'}'));
        if is_alone {
            Ok(self.written.unknown(&(start..end)))
        } else {
            Err(self.error("only a part of the value is known"))
        }
    }

    fn word(&mut self, word: &str, data: Data) -> Result<Data, String> {
        if !self.text[self.at..].starts_with(word) {
            return Err(self.error("a value is expected"));
        }
        self.at += word.len();
        Ok(data)
    }

    fn number(&mut self) -> Result<Data, String> {
        let text = &self.text[self.at..];
        let length = number_length(text.as_bytes());
        let number = length.and_then(|length| Number::parse(&text[..length]));
        let (Some(number), Some(length)) = (number, length) else {
            return Err(self.error("the number is not written as JSON writes numbers"));
        };
        self.at += length;
        Ok(Data::Number(number))
    }

    /// A string and the place of its text between the quotes.
    fn string(&mut self) -> Result<(String, Range<usize>), String> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let (mut out, mut done, mut at) = (String::new(), start, start);
        loop {
            match bytes.get(at) {
                None => return Err(self.error("the string has no closing quote")),
                Some(b'"') => break,
                Some(b'\\') => {
                    out.push_str(&self.text[done..at]);
                    let (character, end) = escape(self.text, at + 1)
                        .ok_or_else(|| self.error("the string holds an unknown escape"))?;
                    out.push(character);
                    (done, at) = (end, end);
                }
                Some(0..0x20) => {
                    return Err(self.error("control characters need an escape in strings"));
                }
                Some(_) => at += 1,
            }
        }
        out.push_str(&self.text[done..at]);
        self.at = at + 1;
        Ok((out, start..at))
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8, message: &str) -> Result<(), String> {
        if self.take(byte) {
            Ok(())
        } else {
            Err(self.error(message))
        }
    }

    /// The next byte that is not blank.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text.as_bytes()[self.at..];
        let blanks = rest
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
            .count();
        self.at += blanks;
        rest.get(blanks).copied()
    }

    fn error(&self, message: &str) -> String {
        let line = self.text[..self.at.min(self.text.len())]
            .matches('\n')
            .count()
            + 1;
        format!("the text is not JSON: on its line {line}, {message}")
    }
}

/// An object that is being read.
#[derive(Default)]
struct Object {
    entries: Entries,
    /// The first key that is not known.
    unknown: Option<Arc<Unknown>>,
    /// The properties whose keys are not known, with what is known of these.
    unsure: Vec<(String, Value)>,
}

impl Object {
    /// Adds a property. Of several with one name the last counts, if the earlier ones fit its type.
    fn add(
        &mut self,
        key: &str,
        value: Value,
        unknown: Option<Arc<Unknown>>,
    ) -> Result<(), &'static str> {
        if unknown.is_some() {
            self.unknown = self.unknown.take().or(unknown);
            let known = key.replace(HOLE, UNKNOWN_PART);
            self.unsure.push((known, value));
            return Ok(());
        }
        let ty = value.ty();
        match self.entries.insert(normalized(key), value) {
            Some(earlier) if !fits(&earlier, &ty) => {
                Err("a property stands twice with values of different types")
            }
            _ => Ok(()),
        }
    }

    fn finish(mut self) -> Data {
        let Some(cause) = self.unknown else {
            return Data::Object(Arc::new(self.entries));
        };
        let mut unknown = Unknown::new(Type::Dynamic, cause.cause.clone(), cause.place);
        if self.unsure.iter().any(|(known, _)| known != UNKNOWN_PART) {
            for (known, value) in self.unsure {
                insert(&mut self.entries, &known, value);
            }
            unknown.shape = Some(Shape::Keyed(Arc::new(self.entries)));
            return Data::Unknown(Arc::new(unknown));
        }
        let entries = Arc::new(self.entries);
        let rest = Unknown::new(Type::Dynamic, cause.cause.clone(), cause.place);
        if let Some(place) = entries.values().next().map(|value| value.origin.clone()) {
            let rest = Arc::new(Value::new(Data::Unknown(Arc::new(rest)), place));
            unknown.shape = Some(Shape::Entries { entries, rest });
        }
        Data::Unknown(Arc::new(unknown))
    }
}

/// Whether go-cty reads the value as one of the type.
fn fits(value: &Value, ty: &Type) -> bool {
    match (&value.data, ty) {
        (Data::Null(_), _) => true,
        (Data::String(_) | Data::Bool(_) | Data::Number(_), Type::String)
        | (Data::Bool(_), Type::Bool)
        | (Data::Number(_), Type::Number) => true,
        (Data::String(text), Type::Number) => Number::parse(&text.text).is_some(),
        (Data::String(text), Type::Bool) => {
            matches!(text.text.as_str(), "true" | "false" | "1" | "0")
        }
        (Data::Tuple(items), Type::Tuple(types)) => {
            items.len() == types.len()
                && items
                    .iter()
                    .zip(types.iter())
                    .all(|(item, ty)| fits(item, ty))
        }
        (Data::Object(entries), Type::Object(object)) => entries.iter().all(|(key, value)| {
            let attribute = object.attributes.get(key);
            attribute.is_some_and(|attribute| fits(value, &attribute.ty))
        }),
        (Data::Unknown(_), _) => true,
        _ => false,
    }
}

/// The character that the escape behind the backslash before `at` stands for, and where it ends. Half a pair of
/// surrogates is replaced.
fn escape(text: &str, at: usize) -> Option<(char, usize)> {
    let character = match text.as_bytes().get(at)? {
        byte @ (b'"' | b'\\' | b'/') => char::from(*byte),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unit_escape(text, at + 1),
        _ => return None,
    };
    Some((character, at + 1))
}

fn unit_escape(text: &str, at: usize) -> Option<(char, usize)> {
    let first = unit(text, at)?;
    let end = at + 4;
    if let 0xd800..0xdc00 = first
        && text[end..].starts_with("\\u")
        && let Some(second @ 0xdc00..0xe000) = unit(text, end + 2)
    {
        let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        return Some((char::from_u32(code)?, end + 6));
    }
    Some((
        char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER),
        end,
    ))
}

fn unit(text: &str, at: usize) -> Option<u32> {
    let digits = text.get(at..at + 4)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u32::from_str_radix(digits, 16).ok())?
}

/// How many bytes a number takes; none where the text does not begin with one.
fn number_length(text: &[u8]) -> Option<usize> {
    let digits = |at: usize| {
        let digits = text[at..].iter().take_while(|byte| byte.is_ascii_digit());
        digits.count()
    };
    let mut at = usize::from(text.first() == Some(&b'-'));
    at += match text.get(at)? {
        b'0' => 1,
        _ => Some(digits(at)).filter(|count| *count > 0)?,
    };
    if text.get(at) == Some(&b'.') {
        at += 1 + Some(digits(at + 1)).filter(|count| *count > 0)?;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        at += 1 + usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        at += Some(digits(at)).filter(|count| *count > 0)?;
    }
    Some(at)
}
