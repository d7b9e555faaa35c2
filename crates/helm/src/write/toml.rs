//! Values to TOML.
//!
//! Source: <https://pkg.go.dev/github.com/BurntSushi/toml#Encoder>.

use super::Unwritable;
use crate::run::print::format_float;
use crate::run::{Failure, Run};
use crate::stack::deeper;
use crate::value::{Data, List, Map, Object, Text, TextBuilder, Value};

/// How deep values may be nested. What is deeper would end the program that this follows.
const DEEPEST: usize = 500;

/// Writes a value.
///
/// # Errors
/// When TOML has nothing for a part of it, or a bound is reached.
pub fn write(run: &mut Run, value: &Value) -> Result<Text, Unwritable> {
    let mut writer = Writer {
        run,
        out: TextBuilder::default(),
        paid: 0,
    };
    writer.encode(&mut Vec::new(), value)?;
    let Writer { run, out, .. } = writer;
    run.room_for(out.len())?;
    Ok(out.finish())
}

struct Writer<'r> {
    run: &'r mut Run,
    out: TextBuilder,
    /// The bytes that were paid for.
    paid: usize,
}

/// What a value is to TOML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Nil,
    Table,
    Tables,
    Other,
}

fn refused(why: &str) -> Unwritable {
    Unwritable::Refused(why.into())
}

fn is_nil(value: &Value) -> bool {
    match &value.data {
        Data::Nil | Data::Unknown => true,
        Data::List(list) => list.is_nil(),
        Data::Map(map) => map.is_nil(),
        _ => false,
    }
}

fn kind(run: &mut Run, value: &Value, depth: usize) -> Result<Kind, Unwritable> {
    run.spend(1)?;
    let depth = depth.checked_sub(1).ok_or_else(too_deep)?;
    Ok(match &value.data {
        _ if is_nil(value) => Kind::Nil,
        Data::Complex(..) => return Err(refused("unsupported type: complex128")),
        Data::Map(_) => Kind::Table,
        Data::Object(object) if object.ty.json.is_none() => Kind::Table,
        Data::List(list) => {
            let mut is_tables = !list.is_empty();
            for item in list.items() {
                match deeper(|| kind(run, item, depth))? {
                    Kind::Nil => {
                        return Err(refused("toml: cannot encode array with nil element"));
                    }
                    kind => is_tables &= kind == Kind::Table,
                }
            }
            if is_tables { Kind::Tables } else { Kind::Other }
        }
        _ => Kind::Other,
    })
}

fn too_deep() -> Unwritable {
    Failure::bound("a value is nested too deep to be written").into()
}

impl Writer<'_> {
    fn encode(&mut self, path: &mut Vec<Text>, value: &Value) -> Result<(), Unwritable> {
        self.pay()?;
        if path.len() > DEEPEST {
            return Err(too_deep());
        }
        match kind(self.run, value, DEEPEST)? {
            Kind::Nil if path.is_empty() && value.is_nil() => {
                Err(refused("reflect: call of reflect.Value.Type on zero Value"))
            }
            Kind::Nil => match &value.data {
                Data::List(_) => self.key_value(path, value),
                _ => Ok(()),
            },
            Kind::Table => {
                if path.len() == 1 {
                    self.new_line();
                }
                self.header(path, "[", "]");
                self.entries(path, value)
            }
            Kind::Tables => self.tables(path, value),
            Kind::Other => self.key_value(path, value),
        }
    }

    fn pay(&mut self) -> Result<(), Failure> {
        self.run.spend(1)?;
        self.run.room_for(self.out.len() - self.paid)?;
        self.paid = self.out.len();
        Ok(())
    }

    fn tables(&mut self, path: &mut Vec<Text>, value: &Value) -> Result<(), Unwritable> {
        if path.is_empty() {
            return Err(refused("toml: top-level values must be Go maps or structs"));
        }
        for item in value.as_list().map(List::items).unwrap_or_default() {
            self.new_line();
            self.header(path, "[[", "]]");
            deeper(|| self.entries(path, item))?;
        }
        Ok(())
    }

    fn header(&mut self, path: &[Text], open: &str, close: &str) {
        if path.is_empty() {
            return;
        }
        self.indent(path);
        self.put(open);
        for (index, key) in path.iter().enumerate() {
            if index > 0 {
                self.put(".");
            }
            self.key(key);
        }
        self.put(close);
        self.new_line();
    }

    /// Writes what is not in tables of its own first.
    fn entries(&mut self, path: &mut Vec<Text>, value: &Value) -> Result<(), Unwritable> {
        let (direct, tables) = parted(self.run, value)?;
        for (key, value) in direct.into_iter().chain(tables) {
            if is_nil(&value) {
                continue;
            }
            path.push(key);
            let written = deeper(|| self.encode(path, &value));
            path.pop();
            written?;
        }
        Ok(())
    }

    fn key_value(&mut self, path: &[Text], value: &Value) -> Result<(), Unwritable> {
        let Some(key) = path.last() else {
            return self.element(value, DEEPEST);
        };
        self.indent(path);
        self.key(key);
        self.put(" = ");
        self.element(value, DEEPEST)?;
        self.new_line();
        Ok(())
    }

    fn element(&mut self, value: &Value, depth: usize) -> Result<(), Unwritable> {
        self.pay()?;
        let depth = depth.checked_sub(1).ok_or_else(too_deep)?;
        let mark = &value.mark;
        let plain = |text: &str| Text::marked(text, mark.clone());
        match &value.data {
            Data::Nil | Data::Unknown => return Err(refused("unexpected type: nil")),
            Data::Bool(truth) => self.out.push(&plain(&truth.to_string())),
            Data::Integer(kind, bits) => {
                self.out.push(&plain(&kind.number(*bits).to_string()));
            }
            Data::Float(number) => self.out.push(&plain(&float(*number))),
            Data::Number(text) => self.out.push(&plain(&number(text)?)),
            Data::Complex(..) => return Err(refused("unexpected type: complex128")),
            Data::String(text) => self.quoted(&text.or_marked(mark)),
            Data::Bytes(bytes) => {
                let items: Vec<String> = bytes.iter().map(u8::to_string).collect();
                self.out.push(&plain(&format!("[{}]", items.join(", "))));
            }
            Data::List(list) => self.list(list, depth)?,
            Data::Map(_) => self.inline(value, depth)?,
            Data::Object(object) => self.object(object, value, depth)?,
        }
        Ok(())
    }

    /// What has a text of its own is written as that; times have no quotes.
    fn object(&mut self, object: &Object, value: &Value, depth: usize) -> Result<(), Unwritable> {
        let Some(json) = object.ty.json else {
            return self.inline(value, depth);
        };
        match json(object).data {
            Data::String(text) if object.ty.name == "time.Time" => {
                self.out.push(&text.or_marked(&value.mark));
                Ok(())
            }
            Data::String(text) => {
                self.quoted(&text.or_marked(&value.mark));
                Ok(())
            }
            data => self.element(&Value::new(data), depth),
        }
    }

    fn list(&mut self, list: &List, depth: usize) -> Result<(), Unwritable> {
        self.put("[");
        for (index, item) in list.items().iter().enumerate() {
            if index > 0 {
                self.put(", ");
            }
            deeper(|| self.element(item, depth))?;
        }
        self.put("]");
        Ok(())
    }

    /// A table on one line. A comma also stands before the end where what follows is nil.
    fn inline(&mut self, value: &Value, depth: usize) -> Result<(), Unwritable> {
        self.put("{");
        let (direct, tables) = parted(self.run, value)?;
        let is_followed = !tables.is_empty();
        self.inline_entries(&direct, is_followed, depth)?;
        self.inline_entries(&tables, false, depth)?;
        self.put("}");
        Ok(())
    }

    fn inline_entries(
        &mut self,
        entries: &[(Text, Value)],
        is_followed: bool,
        depth: usize,
    ) -> Result<(), Unwritable> {
        for (index, (key, value)) in entries.iter().enumerate() {
            if is_nil(value) {
                continue;
            }
            self.key(key);
            self.put(" = ");
            deeper(|| self.element(value, depth))?;
            if is_followed || index + 1 < entries.len() {
                self.put(", ");
            }
        }
        Ok(())
    }

    fn key(&mut self, key: &Text) {
        let is_bare = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        match !key.is_empty() && key.as_bytes().iter().all(is_bare) {
            true => self.out.push(key),
            false => self.quoted(key),
        }
    }

    fn quoted(&mut self, text: &Text) {
        self.put("\"");
        let mut start = 0;
        for (at, byte) in text.as_bytes().iter().enumerate() {
            if let Some(escape) = escape(*byte) {
                self.out.push_range(text, start..at);
                self.out.push_instead(escape, text, at..at + 1);
                start = at + 1;
            }
        }
        self.out.push_range(text, start..text.len());
        self.put("\"");
    }

    fn indent(&mut self, path: &[Text]) {
        self.put(&"  ".repeat(path.len().saturating_sub(1)));
    }

    fn new_line(&mut self) {
        if !self.out.is_empty() {
            self.put("\n");
        }
    }

    fn put(&mut self, text: &str) {
        self.out.push(&Text::from(text));
    }
}

/// Keys and values.
type Entries = Vec<(Text, Value)>;

/// The entries that are tables, behind those that are not.
fn parted(run: &mut Run, value: &Value) -> Result<(Entries, Entries), Unwritable> {
    let (mut direct, mut tables) = (Vec::new(), Vec::new());
    for (key, value) in entries_of(value) {
        match kind(run, &value, DEEPEST)? {
            Kind::Table | Kind::Tables => tables.push((key, value)),
            Kind::Nil | Kind::Other => direct.push((key, value)),
        }
    }
    Ok((direct, tables))
}

fn entries_of(value: &Value) -> Entries {
    match &value.data {
        Data::Map(map) => of_map(map),
        Data::Object(object) => {
            let names = object.ty.fields.iter().map(|field| Text::from(field.name));
            names.zip(object.fields.iter().cloned()).collect()
        }
        _ => Vec::new(),
    }
}

fn of_map(map: &Map) -> Entries {
    let entries = map.entries().into_iter();
    let key = |(key, value): (crate::value::Key, Value)| {
        (Text::marked(key.text.as_bytes(), key.mark), value)
    };
    entries.map(key).collect()
}

fn float(number: f64) -> String {
    let sign = if number.is_sign_negative() { "-" } else { "" };
    if number.is_nan() {
        return format!("{sign}nan");
    }
    if number.is_infinite() {
        return format!("{sign}inf");
    }
    let written = format_float(number, 'f', None);
    match written.contains('.') {
        true => written,
        false => format!("{written}.0"),
    }
}

fn number(text: &str) -> Result<String, Unwritable> {
    if text.is_empty() {
        return Ok("0".into());
    }
    if let Ok(number) = go::numbers::parse_int_of(text, 10) {
        return Ok(number.to_string());
    }
    match go::numbers::parse_float(text) {
        Ok(number) => Ok(float(number)),
        Err(_) => Err(refused("unable to convert to int64 or float64")),
    }
}

fn escape(byte: u8) -> Option<String> {
    Some(match byte {
        b'"' => "\\\"".into(),
        b'\\' => "\\\\".into(),
        b'\n' => "\\n".into(),
        b'\r' => "\\r".into(),
        b'\t' => "\\t".into(),
        0x08 => "\\b".into(),
        0x0c => "\\f".into(),
        0..0x20 | 0x7f => format!("\\u{byte:04x}"),
        _ => return None,
    })
}
