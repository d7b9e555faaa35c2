//! `csvdecode`.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::arguments::{computed, string_parameter};
use super::places::Written;
use super::results::str_of;
use super::{Environment, Failure, Function};
use crate::value::{Data, Entries, Type, Value, normalized};

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] = &[Function {
    name: "csvdecode",
    parameters: &[string_parameter("str")],
    variadic: None,
    returns,
    not_null: true,
    compute,
}];

/// A list of objects, one attribute for each column.
fn returns(arguments: &[Value]) -> Result<Type, Failure> {
    let Some(source) = arguments.first().and_then(Value::as_str) else {
        return Ok(Type::Dynamic);
    };
    let header = Reader::new(source).header()?;
    Ok(Type::list(row_type(&header)))
}

fn row_type(header: &[Field]) -> Type {
    Type::object(
        header
            .iter()
            .map(|field| (normalized(&field.text), Type::String)),
    )
}

fn compute(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let [argument] = arguments else {
        return Err(Failure::call("csvdecode takes one argument"));
    };
    let mut reader = Reader::new(str_of(argument));
    let header = reader.header()?;
    let written = Written::of(argument);
    let mut rows = Vec::new();
    while let Some(record) = reader.record()? {
        if record.len() != header.len() {
            return Err(reader.error("the row has another number of fields than the header"));
        }
        let place = record[0].range.start..record[record.len() - 1].range.end;
        let cell = |field: &Field| match &written {
            Some(written) => written.string(&field.text, &field.range),
            None => Value::new(
                Data::string(normalized(&field.text)),
                argument.origin.clone(),
            ),
        };
        let entries: Entries = header
            .iter()
            .zip(&record)
            .map(|(name, field)| (normalized(&name.text), cell(field)))
            .collect();
        let origin = written
            .as_ref()
            .map_or_else(|| argument.origin.clone(), |written| written.origin(&place));
        rows.push(Value::new(Data::Object(Arc::new(entries)), origin));
    }
    Ok(computed(
        environment,
        Data::List(row_type(&header), rows.into()),
    ))
}

/// A field of a record and its place, with quotes.
struct Field {
    text: String,
    range: Range<usize>,
}

/// Reads records as Go's `encoding/csv` does: fields may have quotes, empty lines are skipped, `\r\n` is `\n`.
///
/// Source: <https://pkg.go.dev/encoding/csv>.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn header(&mut self) -> Result<Vec<Field>, Failure> {
        let header = self
            .record()?
            .ok_or_else(|| Failure::call("the text has no line of column names"))?;
        let mut names = BTreeSet::new();
        match header.iter().all(|field| names.insert(field.text.as_str())) {
            true => Ok(header),
            false => Err(Failure::call("two columns have one name")),
        }
    }

    fn record(&mut self) -> Result<Option<Vec<Field>>, Failure> {
        while let Some(line) = self.line() {
            if matches!(line, "\n" | "\r\n") {
                self.at += line.len();
                continue;
            }
            return self.fields().map(Some);
        }
        Ok(None)
    }

    /// The rest of the line with its line break.
    fn line(&self) -> Option<&'a str> {
        self.text[self.at..].split_inclusive('\n').next()
    }

    fn fields(&mut self) -> Result<Vec<Field>, Failure> {
        let mut fields = Vec::new();
        loop {
            let (field, ends_record) = if self.text[self.at..].starts_with('"') {
                self.quoted()?
            } else {
                self.plain()?
            };
            fields.push(field);
            if ends_record {
                return Ok(fields);
            }
        }
    }

    fn plain(&mut self) -> Result<(Field, bool), Failure> {
        let start = self.at;
        let line = self.line().unwrap_or_default();
        let content = trim_break(line);
        let (text, ends_record) = match content.find(',') {
            Some(comma) => (&content[..comma], false),
            None => (content, true),
        };
        if text.contains('"') {
            return Err(self.error("a quote stands inside of a field without quotes"));
        }
        self.at += if ends_record {
            line.len()
        } else {
            text.len() + 1
        };
        let range = start..start + text.len();
        let text = text.to_owned();
        Ok((Field { text, range }, ends_record))
    }

    fn quoted(&mut self) -> Result<(Field, bool), Failure> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(quote) = rest.find('"') else {
                return Err(self.error("a quote is not closed"));
            };
            text.push_str(&rest[..quote]);
            self.at += quote + 1;
            let behind = &self.text[self.at..];
            if behind.starts_with('"') {
                text.push('"');
                self.at += 1;
                continue;
            }
            let range = start..self.at;
            let text = text.replace("\r\n", "\n");
            if behind.starts_with(',') {
                self.at += 1;
                return Ok((Field { text, range }, false));
            }
            let line = self.line().unwrap_or_default();
            if !trim_break(line).is_empty() {
                return Err(self.error("text stands behind a closed quote"));
            }
            self.at += line.len();
            return Ok((Field { text, range }, true));
        }
    }

    fn error(&self, message: &str) -> Failure {
        let line = self.text[..self.at].matches('\n').count() + 1;
        Failure::call(format!(
            "the text is not CSV: near its line {line}, {message}"
        ))
    }
}

/// A line without its line break. Go drops a carriage return at the end of the text, too.
fn trim_break(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}
