//! Values to TOML.
//!
//! Source: <https://pkg.go.dev/github.com/BurntSushi/toml#Encoder>.

mod kind;
mod scalar;

use super::Unwritable;
use crate::run::{Failure, Run};
use crate::value::{Data, List, Object, Text, TextBuilder, Value};
use go::deeper;

use kind::{DEEPEST, Kind, is_nil, kind, parted, refused, too_deep};
use scalar::{escape, float, number};

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
