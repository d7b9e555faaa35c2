//! TOML to values, as the library that Helm uses reads it.
//!
//! Source: <https://pkg.go.dev/github.com/BurntSushi/toml#Decode>.

use std::ops::Range;

use go::time::{Time, Zone};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::run::{Failure, Run};
use crate::value::{Data, Key, List, ListType, Mark, Text, TextBuilder, Value};
use go::deeper;

/// Reads a text. What is wrong with it is told in the words of another library, without any of the text.
///
/// # Errors
/// When a bound is reached.
pub fn read(run: &mut Run, text: &Text) -> Result<Result<Value, String>, Failure> {
    run.room_for(text.len().saturating_mul(16))?;
    let string = text.to_str();
    // Places in a text whose bytes were replaced would be wrong.
    let text = match string.len() == text.len() {
        true => text.clone(),
        false => Text::marked(string.as_bytes(), text.mark()),
    };
    let table = match DeTable::parse(&string) {
        Ok(table) => table,
        Err(error) => return Ok(Err(format!("toml: {}", error.message()))),
    };
    let reader = Reader { text: &text };
    let value = reader.table(run, table.get_ref())?;
    Ok(Ok(value.marked(text.mark())))
}

struct Reader<'t> {
    text: &'t Text,
}

impl Reader<'_> {
    fn table(&self, run: &mut Run, table: &DeTable<'_>) -> Result<Value, Failure> {
        let mut entries = Vec::new();
        for (key, value) in table {
            let key = Key::marked(key.get_ref().as_ref(), self.mark(key.span()));
            entries.push((key, deeper(|| self.value(run, value))?));
        }
        Ok(Value::map(entries))
    }

    fn value(&self, run: &mut Run, spanned: &Spanned<DeValue<'_>>) -> Result<Value, Failure> {
        run.spend(1)?;
        let span = spanned.span();
        let value = match spanned.get_ref() {
            DeValue::String(string) => Value::text(self.string(string, &span)),
            DeValue::Integer(number) => Value::int64(
                i64::from_str_radix(number.as_str(), number.radix()).unwrap_or_default(),
            ),
            DeValue::Float(number) => Value::float(number.as_str().parse().unwrap_or_default()),
            DeValue::Boolean(truth) => Value::bool(*truth),
            DeValue::Datetime(_) => self.time(&span),
            DeValue::Array(items) => self.list(run, items)?,
            DeValue::Table(table) => self.table(run, table)?,
        };
        Ok(value.marked(self.mark(span)))
    }

    /// A list; one whose items have headers of their own has another type.
    fn list(&self, run: &mut Run, items: &[Spanned<DeValue<'_>>]) -> Result<Value, Failure> {
        let has_header = |item: &Spanned<DeValue<'_>>| {
            let begins = self.text.as_bytes().get(item.span().start);
            matches!(item.get_ref(), DeValue::Table(_)) && begins == Some(&b'[')
        };
        let ty = match !items.is_empty() && items.iter().all(has_header) {
            true => &ListType::MAPS,
            false => &ListType::ANY,
        };
        let items = items.iter();
        let items = items.map(|item| deeper(|| self.value(run, item)));
        let items: Vec<Value> = items.collect::<Result<_, _>>()?;
        Ok(Value::new(Data::List(List::new(ty, items))))
    }

    fn time(&self, span: &Range<usize>) -> Value {
        let text = self.text.slice(span.clone());
        let text = text.to_str().replace([' ', 't'], "T").replace('z', "Z");
        let is_clock = text.as_bytes().get(2) == Some(&b':');
        let has_zone =
            text.contains('Z') || text.get(10..).is_some_and(|text| text.contains(['+', '-']));
        let (layout, zone) = match (is_clock, text.contains('T'), has_zone) {
            (true, ..) => ("15:04:05", Some("time-local")),
            (_, false, _) => ("2006-01-02", Some("date-local")),
            (_, true, false) => ("2006-01-02T15:04:05", Some("datetime-local")),
            (_, true, true) => ("2006-01-02T15:04:05Z07:00", None),
        };
        let time = go::time::parse(layout, &text).unwrap_or(Time::ZERO);
        crate::functions::time_value(&match zone {
            Some(name) => time.in_zone(Zone::Fixed(0, name.into())),
            None => time,
        })
    }

    /// A string with the pieces of the text that it stands in, also within quotes.
    fn string(&self, string: &str, span: &Range<usize>) -> Text {
        let written = self.text.as_bytes().get(span.clone()).unwrap_or_default();
        let quoted = written.get(1..written.len().saturating_sub(1));
        let mut builder = TextBuilder::default();
        match quoted == Some(string.as_bytes()) {
            true => builder.push_range(self.text, span.start + 1..span.end - 1),
            false => builder.push_instead(string, self.text, span.clone()),
        }
        builder.finish()
    }

    fn mark(&self, span: Range<usize>) -> Mark {
        self.text.mark_of(span)
    }
}
