//! An object as the arguments of a resource for its kind: those that the provider has, with the fields that they become.

use serde_json::{Map, Value};
use terraform::module::Mode;
use terraform::schema::{self, Attribute, Block, Body};
use terraform::value::Type;

use super::hcl::{expression, string};
use super::{UNKNOWN, Unsaid, tables};

/// The type of the resource for an object, and its arguments and blocks; none where there is no resource for its kind. What
/// they can't say is taken out of the object and noted.
pub(super) fn block(object: &mut Value, unsaid: &mut Unsaid) -> Option<(&'static str, String)> {
    let text = |key: &str| object.get(key)?.as_str().map(str::to_owned);
    let (version, kind) = (text("apiVersion")?, text("kind")?);
    let ty = tables::ty(&version, &kind)?;
    let schema = schema::of(Mode::Managed, ty)?;
    let fields = object.as_object_mut()?;
    let head = ["apiVersion", "kind"].map(|key| (key.to_owned(), fields.remove(key)));
    let mut writer = Writer {
        out: String::new(),
        unsaid,
    };
    writer.object(fields, schema, (&kind, &kind));
    let out = writer.out;
    for (key, value) in head {
        fields.insert(key, value.unwrap_or_default());
    }
    Some((ty, out))
}

struct Writer<'a> {
    out: String,
    unsaid: &'a mut Unsaid,
}

/// What an object stands in: the argument or kind, and its path.
type Around<'a> = (&'a str, &'a str);

impl Writer<'_> {
    /// Writes the arguments for the fields of an object, and takes the other fields out of it.
    fn object(&mut self, object: &mut Map<String, Value>, schema: &Body, around: Around<'_>) {
        let mut said = Vec::new();
        self.fields(object, schema, around, &mut said);
        let path = around.1;
        let all: Vec<String> = object.keys().cloned().collect();
        for name in all.into_iter().filter(|name| !said.contains(name)) {
            object.remove(&name);
            *self.unsaid.entry(format!("{path}.{name}")).or_default() += 1;
        }
    }

    /// Writes the arguments that say something, and names the fields that they say.
    fn fields(
        &mut self,
        object: &mut Map<String, Value>,
        schema: &Body,
        (around, path): Around<'_>,
        said: &mut Vec<String>,
    ) {
        for (argument, attribute) in schema.attributes() {
            let (field, form) = tables::field(around, argument);
            let literal = object
                .get(&field)
                .and_then(|value| literal(value, attribute, form));
            if let Some(literal) = literal {
                self.out += &format!("{argument} = {literal}\n");
                said.push(field);
            }
        }
        for (argument, block) in schema.blocks() {
            let (field, form) = tables::field(around, argument);
            if form == "inline" {
                self.inline(object, argument, block, path, said);
                continue;
            }
            let path = format!("{path}.{field}");
            let value = object.get_mut(&field);
            if value.is_some_and(|value| self.blocks(value, (argument, &path), block, form)) {
                said.push(field);
            }
        }
    }

    /// A block whose arguments stand around it in the API.
    fn inline(
        &mut self,
        object: &mut Map<String, Value>,
        argument: &str,
        block: &Block,
        path: &str,
        said: &mut Vec<String>,
    ) {
        let around = std::mem::take(&mut self.out);
        let before = said.len();
        self.fields(object, block.body(), (argument, path), said);
        let inner = std::mem::replace(&mut self.out, around);
        if said.len() > before {
            self.out += &format!("{argument} {{\n{inner}}}\n");
        }
    }

    /// Writes the blocks for a value; whether there are such.
    fn blocks(&mut self, value: &mut Value, around: Around<'_>, block: &Block, form: &str) -> bool {
        let mut only = Vec::new();
        let objects = match value {
            Value::Array(items) if form == "list" && !items.is_empty() => items,
            Value::Object(_) if form != "list" => {
                only.push(value.take());
                &mut only
            }
            _ => return false,
        };
        let is_said = objects.iter().all(Value::is_object);
        for object in objects.iter_mut().filter_map(Value::as_object_mut) {
            self.out += &format!("{} {{\n", around.0);
            self.object(object, block.body(), around);
            self.out += "}\n";
        }
        if let Some(object) = only.pop() {
            *value = object;
        }
        is_said
    }
}

/// A value as the argument's type has it; none where it has no such.
fn literal(value: &Value, attribute: &Attribute, form: &str) -> Option<String> {
    if value == UNKNOWN {
        return Some(expression(value));
    }
    let is_primitive = !value.is_array() && !value.is_object() && !value.is_null();
    match (&attribute.ty, value) {
        (Type::String, Value::Number(number)) if form == "mode" => {
            number.as_u64().map(|mode| string(&format!("{mode:04o}")))
        }
        (Type::String, Value::String(text)) => Some(string(text)),
        (Type::String, _) if is_primitive => Some(string(&value.to_string())),
        (Type::Number | Type::Bool | Type::Dynamic, _) if is_primitive => Some(expression(value)),
        (Type::List(_) | Type::Set(_), Value::Array(_)) | (Type::Map(_), Value::Object(_)) => {
            Some(expression(value))
        }
        _ => None,
    }
}
