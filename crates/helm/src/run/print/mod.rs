//! Printing values as Go's package `fmt` does. What comes from a string keeps the origins of its bytes.

mod directive;
mod float;
mod integer;
mod printer;
mod string;
mod value;

use super::{Failure, Run};
use crate::value::{Data, Text, Value};

use printer::Printer;

pub use value::PLACEHOLDER;

impl Run {
    /// A value as `%v` prints it.
    ///
    /// # Errors
    /// When it is too large or nested too deeply.
    pub fn printed(&mut self, value: &Value) -> Result<Text, Failure> {
        if let Data::String(text) = &value.data {
            return Ok(text.or_marked(&value.mark));
        }
        let mut printer = Printer::new(self);
        printer.argument(value, 'v')?;
        Ok(printer.out.finish())
    }

    /// A value as a format prints it, which is not input.
    ///
    /// # Errors
    /// As [`Run::printed`].
    pub fn printed_as(&mut self, value: &Value, format: &str) -> Result<Text, Failure> {
        self.sprintf(&Text::from(format), std::slice::from_ref(value))
    }

    /// The values after each other, with a space between two of which neither is a string (`fmt.Sprint`).
    ///
    /// # Errors
    /// As [`Run::printed`].
    pub fn sprint(&mut self, values: &[Value]) -> Result<Text, Failure> {
        let mut printer = Printer::new(self);
        let mut after_string = true;
        for (index, value) in values.iter().enumerate() {
            let is_string = value.ty().kind() == "string";
            if index > 0 && !is_string && !after_string {
                printer.plain(" ");
            }
            printer.argument(value, 'v')?;
            after_string = is_string;
        }
        Ok(printer.out.finish())
    }

    /// The values with spaces between them and a line break behind them (`fmt.Sprintln`).
    ///
    /// # Errors
    /// As [`Run::printed`].
    pub fn sprintln(&mut self, values: &[Value]) -> Result<Text, Failure> {
        let mut printer = Printer::new(self);
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                printer.plain(" ");
            }
            printer.argument(value, 'v')?;
        }
        printer.plain("\n");
        Ok(printer.out.finish())
    }

    /// The values as a format says (`fmt.Sprintf`).
    ///
    /// # Errors
    /// As [`Run::printed`].
    pub fn sprintf(&mut self, format: &Text, values: &[Value]) -> Result<Text, Failure> {
        let mut printer = Printer::new(self);
        printer.format(format, values)?;
        Ok(printer.out.finish())
    }
}
