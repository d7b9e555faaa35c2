//! What the console shows of a value, read back.

use std::collections::BTreeMap;

use crate::value::{Value, parse};

/// Reads what the console shows. `reveal` gives what it shows of a part that it hides: the part is named by the steps
/// that lead to it, as they follow an expression.
pub(crate) fn read(shown: &str, reveal: &dyn Fn(&str) -> String) -> Option<Value> {
    let mut reader = Reader {
        rest: shown.trim(),
        reveal,
    };
    let value = reader.value("")?;
    reader.rest.is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a str,
    reveal: &'a dyn Fn(&str) -> String,
}

impl Reader<'_> {
    fn value(&mut self, steps: &str) -> Option<Value> {
        if self.take("(known after apply)") {
            return Some(Value::Unknown);
        }
        if self.take("(sensitive value)") {
            let inside = (self.reveal)(steps);
            let inside = read(&inside, self.reveal)?;
            return Some(Value::Sensitive(Box::new(inside)));
        }
        for function in ["tolist(", "toset(", "tomap("] {
            if self.take(function) {
                let value = self.value(steps)?;
                return self.take(")").then_some(value);
            }
        }
        if self.take("[") {
            return self.items(steps);
        }
        if self.take("{") {
            return self.entries(steps);
        }
        if self.rest.starts_with('"') {
            return Some(Value::Text(self.text()?));
        }
        self.scalar()
    }

    fn items(&mut self, steps: &str) -> Option<Value> {
        let mut items = Vec::new();
        while !self.take("]") {
            let item = self.value(&format!("{steps}[{}]", items.len()))?;
            items.push(item);
            self.take(",");
        }
        Some(Value::Items(items))
    }

    fn entries(&mut self, steps: &str) -> Option<Value> {
        let mut entries = BTreeMap::new();
        while !self.take("}") {
            let key = self.text()?;
            if !self.take("=") {
                return None;
            }
            let value = self.value(&format!("{steps}[{key:?}]"))?;
            entries.insert(key, value);
        }
        Some(Value::Entries(entries))
    }

    /// A string, whose escapes are those of JSON but for the signs of templates.
    fn text(&mut self) -> Option<String> {
        let mut end = 1;
        let mut letters = self.rest.strip_prefix('"')?.char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\\' => letters.next().map(|_| ())?,
                '"' => {
                    end += at + 1;
                    break;
                }
                _ => {}
            }
        }
        let written = self.advance(end);
        let text: String = parse(written);
        Some(text.replace("$${", "${").replace("%%{", "%{"))
    }

    /// A number, a truth value or null. The infinities are told as text, as JSON has none.
    fn scalar(&mut self) -> Option<Value> {
        let end = self.rest.find([',', '\n', ')', ']', '}']);
        let written = self.advance(end.unwrap_or(self.rest.len())).trim();
        if ["+Inf", "-Inf"].contains(&written) {
            return Some(Value::Text(written.to_owned()));
        }
        let is_number = written.parse::<f64>().is_ok();
        let is_word = ["true", "false", "null"].contains(&written);
        (is_number || is_word).then(|| Value::Scalar(written.to_owned()))
    }

    fn take(&mut self, text: &str) -> bool {
        let is_there = self.rest.starts_with(text);
        if is_there {
            self.advance(text.len());
        }
        is_there
    }

    /// Takes a number of bytes, and the white space behind them.
    fn advance(&mut self, length: usize) -> &str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest.trim_start();
        taken
    }
}
