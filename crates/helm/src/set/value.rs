//! What stands behind `=`.

use serde_json::{Deserializer, Value as Json};

use super::typed::{json, string, typed};
use super::{Form, Parser, Stop, failed};
use crate::value::{Mark, Value};

/// A value, or none where the argument ends before it.
pub(super) type Read = Result<Option<Value>, Stop>;

impl Parser<'_> {
    /// Reads a value up to the comma behind it.
    pub(super) fn value(&mut self, path: &str) -> Read {
        let mark = self.mark(path);
        if let Some(given) = &self.given {
            let value = given.clone().marked(mark.union(&given.mark));
            self.scanner.until(&[]);
            return Ok(Some(value));
        }
        match self.form {
            Form::Json => self.json(&mark).map(Some),
            Form::Literal => {
                let (text, _) = self.scanner.until(&[]);
                Ok(Some(string(&text, &mark)))
            }
            _ => match self.scanner.peek() {
                None => Ok(None),
                Some('{') => self.list(&mark).map(Some),
                Some(_) => {
                    let (text, _) = self.scanner.until(&[',']);
                    self.scalar(&text, &mark).map(Some)
                }
            },
        }
    }

    fn scalar(&self, text: &str, mark: &Mark) -> Result<Value, Stop> {
        match self.form {
            Form::Set => Ok(typed(text, mark)),
            Form::File => match (self.files)(text) {
                Ok(text) => Ok(string(&text, mark)),
                Err(message) => failed(message),
            },
            _ => Ok(string(text, mark)),
        }
    }

    /// Reads `{a,b}` with the comma behind it.
    fn list(&mut self, mark: &Mark) -> Result<Value, Stop> {
        self.scanner.next();
        let mut items = Vec::new();
        loop {
            let (text, stop) = self.scanner.until(&[',', '}']);
            if stop.is_none() {
                return failed("list must terminate with '}'");
            }
            items.push(self.scalar(&text, mark)?);
            if stop == Some('}') {
                break;
            }
        }
        if self.scanner.peek() == Some(',') {
            self.scanner.next();
        }
        Ok(Value::list(items).marked(mark.clone()))
    }

    /// Reads JSON with the blanks and the comma behind it. Where nothing stands, it is null.
    fn json(&mut self, mark: &Mark) -> Result<Value, Stop> {
        if self.is_empty() {
            return Ok(Value::nil().marked(mark.clone()));
        }
        let rest = self.scanner.rest();
        let mut stream = Deserializer::from_str(&rest).into_iter::<Json>();
        let value = match stream.next() {
            Some(Ok(value)) => json(&value, mark),
            Some(Err(error)) => return failed(format!("no JSON: {error}")),
            None => Value::nil().marked(mark.clone()),
        };
        let read = rest.get(..stream.byte_offset()).unwrap_or_default();
        self.scanner.skip(read.chars().count());
        self.is_empty();
        Ok(value)
    }

    /// Reads blanks and a comma; whether one of these, or the end, was all that stands here.
    fn is_empty(&mut self) -> bool {
        loop {
            match self.scanner.peek() {
                None => return true,
                Some(',') => {
                    self.scanner.next();
                    return true;
                }
                Some(character) if character.is_whitespace() => {
                    self.scanner.next();
                }
                Some(_) => return false,
            }
        }
    }
}
