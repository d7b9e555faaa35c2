//! Values as `encoding/json` sees them: structs are maps, slices of bytes are Base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::run::{Failure, Run};
use crate::value::{Data, List, Map, Object, Text, Value};
use go::deeper;
use go::float::{format_float, json as format_json};

/// How deep values may be nested. Go takes what is deeper for endless where it is, and so does this.
const DEEPEST: usize = 1000;

/// A value to be written.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// `null`, `true`, or a number, as JSON has it.
    Plain(Text),
    /// A string, which need not be UTF-8.
    String(Text),
    /// A list.
    List(Vec<Self>),
    /// Keys and values, sorted by key.
    Map(Vec<(Text, Self)>),
}

/// Why a value can't be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unwritable {
    /// The library refuses it, for this reason.
    Refused(String),
    /// A bound was reached.
    Failure(Failure),
}

impl From<Failure> for Unwritable {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl Unwritable {
    fn new(why: impl Into<String>) -> Self {
        Self::Refused(why.into())
    }
}

impl Node {
    /// A value as JSON has it.
    pub(crate) fn of(run: &mut Run, value: &Value) -> Result<Self, Unwritable> {
        of(run, value, DEEPEST)
    }
}

fn of(run: &mut Run, value: &Value, depth: usize) -> Result<Node, Unwritable> {
    run.spend(1)?;
    let mark = &value.mark;
    let plain = |text: &str| Node::Plain(Text::marked(text, mark.clone()));
    Ok(match &value.data {
        Data::Nil | Data::Unknown => plain("null"),
        Data::Bool(true) => plain("true"),
        Data::Bool(false) => plain("false"),
        Data::Integer(kind, bits) => plain(&kind.number(*bits).to_string()),
        Data::Float(number) => plain(&float(*number)?),
        Data::Number(text) => plain(number(text)?),
        Data::Complex(..) => return Err(Unwritable::new("json: unsupported type: complex128")),
        Data::String(text) => {
            run.room_for(text.len())?;
            Node::String(text.or_marked(mark))
        }
        Data::Bytes(bytes) => {
            run.room_for(bytes.len() * 2)?;
            Node::String(Text::marked(STANDARD.encode(bytes), mark.clone()))
        }
        Data::List(list) if list.is_nil() => plain("null"),
        Data::Map(map) if map.is_nil() => plain("null"),
        Data::List(list) => Node::List(items(run, list, inner(depth)?)?),
        Data::Map(map) => Node::Map(entries(run, map, inner(depth)?)?),
        Data::Object(object) => self::object(run, object, inner(depth)?)?,
    })
}

fn inner(depth: usize) -> Result<usize, Unwritable> {
    depth
        .checked_sub(1)
        .ok_or_else(|| Unwritable::new("json: unsupported value: encountered a cycle"))
}

fn items(run: &mut Run, list: &List, depth: usize) -> Result<Vec<Node>, Unwritable> {
    let items = list.items().iter();
    items.map(|item| deeper(|| of(run, item, depth))).collect()
}

fn entries(run: &mut Run, map: &Map, depth: usize) -> Result<Vec<(Text, Node)>, Unwritable> {
    let mut entries = Vec::new();
    for (key, value) in map.entries() {
        let node = deeper(|| of(run, &value, depth))?;
        entries.push((Text::marked(key.text.as_bytes(), key.mark), node));
    }
    Ok(entries)
}

fn object(run: &mut Run, object: &Object, depth: usize) -> Result<Node, Unwritable> {
    if let Some(json) = object.ty.json {
        return deeper(|| of(run, &json(object), depth));
    }
    if let (Some(kind), Some(number)) = (object.ty.number, object.number()) {
        return of(run, &Value::new(Data::Integer(kind, number)), depth);
    }
    Ok(Node::Map(fields(run, object, depth)?))
}

fn fields(run: &mut Run, object: &Object, depth: usize) -> Result<Vec<(Text, Node)>, Unwritable> {
    let mut entries = Vec::new();
    for (field, value) in object.named_fields() {
        if let (true, Data::Object(inner)) = (field.embedded, &value.data) {
            entries.extend(fields(run, inner, depth)?);
            continue;
        }
        let is_left_out = field.omit_empty && is_empty(value);
        if !field.json.is_empty() && !is_left_out {
            entries.push((Text::from(field.json), deeper(|| of(run, value, depth))?));
        }
    }
    Ok(entries)
}

/// Whether `omitempty` leaves a value out.
fn is_empty(value: &Value) -> bool {
    !matches!(value.data, Data::Object(_)) && !crate::run::is_true(value)
}

fn float(number: f64) -> Result<String, Unwritable> {
    format_json(number).ok_or_else(|| {
        let number = format_float(number, 'g', None);
        Unwritable::new(format!("json: unsupported value: {number}"))
    })
}

fn number(text: &str) -> Result<&str, Unwritable> {
    match text {
        "" => Ok("0"),
        _ if is_number(text) => Ok(text),
        _ => Err(Unwritable::new("json: invalid number literal")),
    }
}

/// Whether a text is a number as JSON writes them.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(rest);
    if whole == 0 || whole > 1 && rest.starts_with('0') {
        return false;
    }
    let mut rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = &fraction[length..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let length = digits(exponent);
        return length > 0 && length == exponent.len();
    }
    rest.is_empty()
}
