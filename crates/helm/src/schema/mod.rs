//! `values.schema.json`: what a chart asks of its values.

mod cost;

use std::path::Path;

use jsonschema::{Retrieve, Uri};
use serde_json::{Map as JsonMap, Number, Value as Json};
use source::{Level, Problem};

use crate::chart::ChartFile;
use crate::dependencies::{InstanceId, Instances};
use crate::value::{Data, Map, Place, Value};

/// Something that Helm refuses because of a schema.
pub(crate) struct Violation {
    /// What Helm says, in short.
    pub(crate) message: String,
    /// What is told to people.
    pub(crate) problem: Problem,
}

/// The most mistakes that are told of the values of one chart.
const MOST: usize = 100;

/// What the schemas of a chart and of those in it say against the values.
pub(crate) fn validate(instances: &Instances<'_>, id: InstanceId, values: &Map) -> Vec<Violation> {
    let mut violations = Vec::new();
    add(instances, id, values, &mut violations);
    violations
}

fn add(instances: &Instances<'_>, id: InstanceId, values: &Map, violations: &mut Vec<Violation>) {
    let instance = instances.get(id);
    if let Some(schema) = &instance.chart.schema {
        let shown = shown(schema, &instance.chart.path);
        violations.extend(check(schema, values, &instance.name, &shown));
    }
    for child in &instance.children {
        let inner = values.get(&instances.get(*child).name);
        if let Some(inner) = inner.as_ref().and_then(Value::as_map) {
            add(instances, *child, inner, violations);
        }
    }
}

fn shown(schema: &ChartFile, chart: &Path) -> std::path::PathBuf {
    match schema.text() {
        Some(text) => text.path.clone(),
        None => chart.join(&schema.name),
    }
}

/// What one schema says.
fn check(schema: &ChartFile, values: &Map, name: &str, shown: &Path) -> Vec<Violation> {
    let of_schema = |message: String| {
        let message =
            format!("values don't meet the specifications of the schema of {name}: {message}");
        let problem = Problem::of(Level::Error, "values-schema", &message, shown);
        vec![Violation { message, problem }]
    };
    let parsed: Json = match serde_json::from_slice(schema.bytes()) {
        Ok(parsed) => parsed,
        Err(error) => return of_schema(error.to_string()),
    };
    let json = json_map(values);
    if !cost::is_bounded(&parsed, &json) {
        return of_schema("its references lead to too many schemas".to_owned());
    }
    let validator = jsonschema::options().with_retriever(Nothing).build(&parsed);
    let validator = match validator {
        Ok(validator) => validator,
        Err(error) => return of_schema(error.masked().to_string()),
    };
    let errors = validator.iter_errors(&json).take(MOST);
    errors
        .filter_map(|error| {
            let path = error.instance_path().to_string();
            let found = find(values, &path);
            // Another value may be right.
            if found.as_ref().is_some_and(is_unknown) {
                return None;
            }
            // The value may be secret, and the message would tell it.
            let message = format!("at '{path}': {}", error.masked());
            let message =
                format!("values don't meet the specifications of the schema of {name}: {message}");
            let span = found.and_then(|value| {
                let mut places = value.mark.places().iter();
                places.find_map(Place::span)
            });
            let problem = match span {
                Some(span) => Problem::at(Level::Error, "values-schema", &message, span),
                None => Problem::of(Level::Error, "values-schema", &message, shown),
            };
            Some(Violation { message, problem })
        })
        .collect()
}

/// Whether a value, or any in it, can't be known.
fn is_unknown(value: &Value) -> bool {
    value.is_unknown()
        || match &value.data {
            Data::Map(map) => map.entries().iter().any(|(_, value)| is_unknown(value)),
            Data::List(list) => list.items().iter().any(is_unknown),
            _ => false,
        }
}

/// The value at a JSON pointer.
fn find(values: &Map, pointer: &str) -> Option<Value> {
    let mut value = Value::new(Data::Map(values.clone()));
    for name in pointer.split('/').skip(1) {
        let name = name.replace("~1", "/").replace("~0", "~");
        value = match &value.data {
            Data::Map(map) => map.get(&name)?,
            Data::List(list) => list.items().get(name.parse::<usize>().ok()?)?.clone(),
            _ => return None,
        };
    }
    Some(value)
}

/// A scan fetches nothing.
struct Nothing;

impl Retrieve for Nothing {
    fn retrieve(
        &self,
        uri: &Uri<String>,
    ) -> Result<Json, Box<dyn std::error::Error + Send + Sync>> {
        if uri.scheme().as_str() == "urn" {
            // Helm takes everything that such a name stands for.
            return Ok(Json::Bool(true));
        }
        Err(format!("the schema names {uri}, which is not fetched").into())
    }
}

fn json_map(map: &Map) -> Json {
    let entries = map.entries().into_iter();
    let entries = entries.map(|(key, value)| (key.text.to_string(), json(&value)));
    Json::Object(entries.collect::<JsonMap<String, Json>>())
}

fn json(value: &Value) -> Json {
    match &value.data {
        Data::Bool(truth) => Json::Bool(*truth),
        Data::Integer(kind, bits) => match i64::try_from(kind.number(*bits)) {
            Ok(number) => Json::from(number),
            Err(_) => Json::from(bits.cast_unsigned()),
        },
        Data::Float(number) => float(*number),
        Data::String(text) => Json::String(text.to_str().into_owned()),
        Data::List(list) => Json::Array(list.items().iter().map(json).collect()),
        Data::Map(map) => json_map(map),
        _ => Json::Null,
    }
}

/// A whole number is an integer to a schema, however it was read.
fn float(number: f64) -> Json {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a whole number of this size fits"
    )]
    if number.fract() == 0.0 && number.abs() <= EXACT {
        return Json::from(number as i64);
    }
    Number::from_f64(number).map_or(Json::Null, Json::Number)
}
