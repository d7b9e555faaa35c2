//! Fields of structs, keys of maps, and methods.

use super::Held;
use super::frame::{At, Frame};
use crate::functions::missing;
use crate::run::{Failure, Run};
use crate::template::{Names, Operand, quote};
use crate::value::{Data, Map, Object, Type, Value};

/// The operands behind a field, and what the pipeline gives as the last argument.
pub(super) type Given<'t> = (&'t [Operand], Option<Held>);

impl Run {
    /// What a chain of fields gives. Only the last one takes arguments.
    pub(super) fn fields<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Held,
        receiver: Held,
        names: &'t Names,
        operand: &'t Operand,
        given: Given<'t>,
    ) -> Result<Held, Failure> {
        let mut names = names.iter();
        let Some(mut name) = names.next() else {
            return Ok(receiver);
        };
        let mut receiver = receiver;
        for next in names {
            receiver = self.field(frame, dot, receiver, name, operand, (&[], None))?;
            name = next;
        }
        self.field(frame, dot, receiver, name, operand, given)
    }

    fn field<'t>(
        &mut self,
        frame: &mut Frame<'t>,
        dot: &Held,
        receiver: Held,
        name: &str,
        operand: &'t Operand,
        given: Given<'t>,
    ) -> Result<Held, Failure> {
        let type_name = receiver.type_name();
        let has_arguments = !given.0.is_empty() || given.1.is_some();
        if receiver.value.is_nil() {
            return self.field_of_nil(frame, receiver, name);
        }
        let methods = receiver.value.ty().methods();
        if let Some(method) = methods.iter().find(|method| method.name == name) {
            let at = At::Operand(operand);
            return self.call(frame, dot, at, method, Some(receiver.value), given);
        }
        match &receiver.value.data {
            Data::Unknown => Ok(Held::element(receiver.value, Type::Any)),
            Data::Map(map) => {
                if has_arguments {
                    return frame.fail(format!("{name} is not a method but has arguments"));
                }
                self.entry(frame, &receiver.value, map, name)
            }
            Data::Object(object) => {
                let field = object_field(frame, object, name, type_name)?;
                if has_arguments {
                    return frame.fail(format!(
                        "{name} has arguments but cannot be invoked as function"
                    ));
                }
                Ok(Held::plain(field.tainted_by(&receiver.value.mark)))
            }
            _ => frame.fail(format!("can't evaluate field {name} in type {type_name}")),
        }
    }

    /// A field of nil is nil if a pipeline gave that, and a failure if it stood somewhere.
    fn field_of_nil(&self, frame: &Frame<'_>, receiver: Held, name: &str) -> Result<Held, Failure> {
        if receiver.value.is_unknown() && self.left_helm() {
            return Ok(receiver);
        }
        if receiver.is_boxed {
            let type_name = receiver.type_name();
            return frame.fail(format!("nil pointer evaluating {type_name}.{name}"));
        }
        if self.options.is_strict {
            let key = quote(name.as_bytes());
            return frame.fail(format!("nil data; no entry for key {key}"));
        }
        Ok(receiver)
    }

    /// The value of a key, or the zero of what the map holds.
    fn entry(
        &self,
        frame: &Frame<'_>,
        whole: &Value,
        map: &Map,
        name: &str,
    ) -> Result<Held, Failure> {
        let element = map.ty.element;
        if let Some(value) = map.get(name) {
            return Ok(Held::element(value.tainted_by(&whole.mark), element));
        }
        if self.options.is_strict {
            let key = quote(name.as_bytes());
            return frame.fail(format!("map has no entry for key {key}"));
        }
        Ok(Held::element(missing(whole, map, name), element))
    }
}

fn object_field(
    frame: &Frame<'_>,
    object: &Object,
    name: &str,
    type_name: &str,
) -> Result<Value, Failure> {
    match object.field(name) {
        Some(_) if !name.starts_with(char::is_uppercase) => frame.fail(format!(
            "{name} is an unexported field of struct type {type_name}"
        )),
        Some(field) => Ok(field.clone()),
        None => frame.fail(format!("can't evaluate field {name} in type {type_name}")),
    }
}
