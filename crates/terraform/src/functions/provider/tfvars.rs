//! `decode_tfvars`.

use std::sync::Arc;

use source::{FileId, Level, SourceFile};

use crate::functions::places::Written;
use crate::functions::{Environment, Failure};
use crate::syntax;
use crate::value::{Data, Entries, Value};

/// The values that a text gives to variables. Expressions may neither refer to anything nor call functions.
pub(super) fn decode(environment: &Environment<'_>, argument: &Value) -> Result<Value, Failure> {
    let written =
        Written::of(argument).ok_or_else(|| Failure::call("only strings can be decoded"))?;
    let file = SourceFile::new(FileId(0), "", written.text.as_str());
    let document = syntax::read(&file);
    if let Some(problem) = document
        .problems
        .iter()
        .find(|problem| problem.level == Level::Error)
    {
        return Err(Failure::call(format!(
            "the text can't be read: {}",
            problem.message
        )));
    }
    if !document.body.blocks.is_empty() {
        return Err(Failure::call("the text holds a block"));
    }
    let mut entries = Entries::new();
    for attribute in &document.body.attributes {
        let value = (environment.constant)(&attribute.value)?;
        let value = placed(&value, &written);
        entries.insert(attribute.name.text.clone(), value);
    }
    let origin = written.origin(&(0..written.text.len()));
    Ok(Value::new(Data::Object(Arc::new(entries)), origin))
}

/// A value with the places that its parts were written at, instead of those in the text by itself.
fn placed(value: &Value, written: &Written) -> Value {
    let part = |part: &Value| placed(part, written);
    let items = |items: &[Value]| items.iter().map(part).collect();
    let entries = |entries: &Entries| {
        let entries = entries.iter();
        Arc::new(
            entries
                .map(|(key, value)| (key.clone(), part(value)))
                .collect(),
        )
    };
    let data = match &value.data {
        Data::List(element, parts) => Data::List(element.clone(), items(parts)),
        Data::Set(element, parts) => Data::Set(element.clone(), items(parts)),
        Data::Tuple(parts) => Data::Tuple(items(parts)),
        Data::Map(element, parts) => Data::Map(element.clone(), entries(parts)),
        Data::Object(parts) => Data::Object(entries(parts)),
        Data::String(text) => Data::string(&text.text),
        data => data.clone(),
    };
    let span = value.origin.span;
    let range = span.start as usize..span.end as usize;
    Value::new(data, written.origin(&range))
}
