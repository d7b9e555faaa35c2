//! Values of any type under any verb.

use super::printer::Printer;
use crate::run::Failure;
use crate::value::{Data, IntegerKind, List, Map, Mark, Object, Text, Type, Value};
use go::deeper;

/// How deep a value may be nested. A map can hold itself, on which Go fails.
const DEEPEST: usize = 1_000;

/// What is printed in the place of a value of which not even the type is known.
pub const PLACEHOLDER: &str = "unknown";

impl Printer<'_> {
    /// Prints an argument of a printing function.
    pub(super) fn argument(&mut self, value: &Value, verb: char) -> Result<(), Failure> {
        let outer = self.mark.clone();
        self.mark = outer.clone().or(&value.mark);
        let result = match (verb, &value.data) {
            ('T' | 'v', Data::Nil) => self.padded_plain("<nil>"),
            (_, Data::Nil) => self.bad_verb(value, verb),
            ('T', _) => {
                let text = Text::marked(value.ty().name(), self.mark.clone());
                self.string(&text, 's')
            }
            ('p', _) => self.pointer(value, verb),
            _ => self.value(value, verb, 0),
        };
        self.mark = outer;
        result
    }

    /// Prints a value that stands so deep in an argument.
    fn value(&mut self, value: &Value, verb: char, depth: usize) -> Result<(), Failure> {
        self.run.spend(1)?;
        if depth > DEEPEST {
            return Err(Failure::bound(
                "the value is nested too deeply to be printed",
            ));
        }
        if depth == 0 {
            return self.value_itself(value, verb, depth);
        }
        let outer = self.mark.clone();
        self.mark = outer.clone().or(&value.mark);
        let result = deeper(|| self.value_itself(value, verb, depth));
        self.mark = outer;
        result
    }

    fn value_itself(&mut self, value: &Value, verb: char, depth: usize) -> Result<(), Failure> {
        if verb == 'w' && !matches!(value.data, Data::Nil) && !self.is_explaining {
            return self.bad_verb(value, verb);
        }
        match &value.data {
            Data::Nil if self.flags.go_syntax => {
                self.plain("interface {}(nil)");
                Ok(())
            }
            Data::Nil => {
                self.plain("<nil>");
                Ok(())
            }
            Data::Bool(truth) if matches!(verb, 't' | 'v') => self.padded_plain(truth.to_string()),
            Data::Integer(kind, bits) if is_integer_verb(verb) => self.integer(*kind, *bits, verb),
            Data::Float(number) if is_float_verb(verb) => self.float(*number, verb),
            Data::Complex(real, imaginary) if is_float_verb(verb) => {
                self.complex(*real, *imaginary, verb)
            }
            Data::Number(text) if is_string_verb(verb) => {
                let text = Text::marked(&**text, self.mark.clone());
                // What `String` gives is printed as it is also in Go's own syntax, but json.Number has no such method.
                self.string(&text, verb)
            }
            Data::String(text) if is_string_verb(verb) => {
                let text = text.or_marked(&self.mark);
                self.string(&text, verb)
            }
            Data::Bytes(bytes) => self.bytes(bytes, verb, depth),
            Data::List(list) => self.list(list, verb, depth),
            Data::Map(map) => self.map(map, verb, depth),
            Data::Object(object) => self.object(value, object, verb, depth),
            Data::Unknown => self.padded_plain(PLACEHOLDER),
            _ => self.bad_verb(value, verb),
        }
    }

    /// `%!d(string=x)`: the verb is not for such a value.
    fn bad_verb(&mut self, value: &Value, verb: char) -> Result<(), Failure> {
        self.plain(format!("%!{verb}("));
        if value.is_nil() {
            self.plain("<nil>");
        } else {
            self.plain(value.ty().name());
            self.plain("=");
            let outer = std::mem::replace(&mut self.is_explaining, true);
            let result = self.value_itself(value, 'v', 0);
            self.is_explaining = outer;
            result?;
        }
        self.plain(")");
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8], verb: char, depth: usize) -> Result<(), Failure> {
        if matches!(verb, 's' | 'q' | 'x' | 'X') {
            let text = Text::marked(bytes, self.mark.clone());
            return self.string(&text, verb);
        }
        let name = if depth == 0 { "[]byte" } else { "[]uint8" };
        let bytes = bytes.iter().map(|byte| i64::from(*byte));
        let items = bytes.map(|byte| Value::new(Data::Integer(IntegerKind::Uint8, byte)));
        self.items(name, items, verb, depth)
    }

    fn list(&mut self, list: &List, verb: char, depth: usize) -> Result<(), Failure> {
        if self.flags.go_syntax && list.is_nil() {
            self.plain(format!("{}(nil)", list.ty.name));
            return Ok(());
        }
        self.items(list.ty.name, list.items().iter().cloned(), verb, depth)
    }

    fn items(
        &mut self,
        name: &str,
        items: impl Iterator<Item = Value>,
        verb: char,
        depth: usize,
    ) -> Result<(), Failure> {
        let (open, between, close) = self.brackets(name, "");
        self.plain(open);
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.plain(between);
            }
            self.value(&item, verb, depth + 1)?;
        }
        self.plain(close);
        Ok(())
    }

    fn map(&mut self, map: &Map, verb: char, depth: usize) -> Result<(), Failure> {
        if self.flags.go_syntax && map.is_nil() {
            self.plain(format!("{}(nil)", map.ty.name));
            return Ok(());
        }
        let (open, between, close) = self.brackets(map.ty.name, "map");
        self.plain(open);
        for (index, (key, value)) in map.entries().iter().enumerate() {
            if index > 0 {
                self.plain(between);
            }
            let text = Text::marked(&*key.text, key.mark.clone());
            self.value(&Value::text(text), verb, depth + 1)?;
            self.plain(":");
            self.value(value, verb, depth + 1)?;
        }
        self.plain(close);
        Ok(())
    }

    fn brackets(&self, name: &str, plain_name: &str) -> (String, &'static str, &'static str) {
        if self.flags.go_syntax {
            (format!("{name}{{"), ", ", "}")
        } else {
            (format!("{plain_name}["), " ", "]")
        }
    }

    fn object(
        &mut self,
        value: &Value,
        object: &Object,
        verb: char,
        depth: usize,
    ) -> Result<(), Failure> {
        let has_string = is_string_verb(verb) && !self.flags.go_syntax && !self.is_explaining;
        if let Some(text) = object.string().filter(|_| has_string) {
            return self.string(&text.or_marked(&self.mark), verb);
        }
        if let (Some(kind), Some(number)) = (object.ty.number, object.number()) {
            return match is_integer_verb(verb) {
                true => self.integer(kind, number, verb),
                false => self.bad_verb(value, verb),
            };
        }
        if object.ty.is_pointer() && depth > 0 {
            return self.pointer(value, verb);
        }
        let name = object.ty.name.trim_start_matches('*');
        if object.ty.is_pointer() {
            self.plain("&");
        }
        if self.flags.go_syntax {
            self.plain(name);
        }
        self.struct_fields(object, verb, depth + usize::from(object.ty.is_pointer()))
    }

    fn struct_fields(&mut self, object: &Object, verb: char, depth: usize) -> Result<(), Failure> {
        let between = if self.flags.go_syntax { ", " } else { " " };
        self.plain("{");
        for (index, (field, value)) in object.named_fields().enumerate() {
            if index > 0 {
                self.plain(between);
            }
            if self.flags.field_names || self.flags.go_syntax {
                self.plain(format!("{}:", field.name));
            }
            self.value(value, verb, depth + 1)?;
        }
        self.plain("}");
        Ok(())
    }

    /// The address of what is referred to, which is another one in each run.
    fn pointer(&mut self, value: &Value, verb: char) -> Result<(), Failure> {
        let has_address = match value.ty() {
            Type::List(_) | Type::Map(_) => true,
            Type::Object(ty) => ty.is_pointer(),
            _ => false,
        };
        if !has_address {
            return self.bad_verb(value, verb);
        }
        let mark = self.run.unknown_mark("an address is another one each time");
        let mark = self.mark.union(&mark);
        self.padded(&Text::marked("0xc000000000", mark))
    }
}

impl Mark {
    /// The other mark, unless that is empty.
    fn or(self, other: &Self) -> Self {
        if other.is_empty() {
            self
        } else {
            other.clone()
        }
    }
}

fn is_string_verb(verb: char) -> bool {
    matches!(verb, 'v' | 's' | 'x' | 'X' | 'q')
}

fn is_integer_verb(verb: char) -> bool {
    matches!(
        verb,
        'v' | 'd' | 'b' | 'o' | 'O' | 'x' | 'X' | 'c' | 'q' | 'U'
    )
}

fn is_float_verb(verb: char) -> bool {
    matches!(
        verb,
        'v' | 'b' | 'g' | 'G' | 'x' | 'X' | 'f' | 'F' | 'e' | 'E'
    )
}
