//! Arguments that set values give what Helm makes of them.

use helm::set::{Form, set};
use helm::value::{Data, Map, MapType, Value};
use serde::Deserialize;
use serde_json::Value as Json;

/// Written by `set/record.sh`.
const CASES: &str = include_str!("set/cases.jsonl");

#[derive(Deserialize)]
struct Case {
    /// Forms and arguments.
    arguments: Vec<(String, String)>,
    /// What they set.
    #[serde(default)]
    values: Json,
    /// The types of the scalars in Go, by key.
    #[serde(default)]
    types: Vec<String>,
    /// Why Helm refuses them.
    #[serde(default)]
    error: Option<String>,
}

fn form(flag: &str) -> Form {
    let mut forms = Form::ORDER.into_iter();
    forms.find(|form| form.flag() == flag).expect("a form")
}

fn file(path: &str) -> Result<String, String> {
    match path {
        "missing" => Err("open missing: no such file or directory".into()),
        _ => Ok(format!("text of {path}")),
    }
}

fn json(value: &Value, types: &mut Vec<String>) -> Json {
    let json = match &value.data {
        Data::Map(map) => {
            let entries = map.entries().into_iter();
            let entries = entries.map(|(key, value)| (key.text.to_string(), json(&value, types)));
            return Json::Object(entries.collect());
        }
        Data::List(list) => return list.items().iter().map(|item| json(item, types)).collect(),
        Data::Nil => Json::Null,
        Data::Bool(truth) => Json::from(*truth),
        Data::Integer(_, number) => Json::from(*number),
        Data::Float(number) => Json::from(*number),
        Data::String(text) => Json::from(text.to_str()),
        other => panic!("{other:?} is set"),
    };
    types.push(match value.is_nil() {
        true => "<nil>".into(),
        false => value.ty().name().into(),
    });
    json
}

fn run(case: &Case) -> Result<Value, String> {
    let values = Map::new(&MapType::ANY, []);
    for (flag, argument) in &case.arguments {
        set(form(flag), argument, &values, &file).map_err(|error| error.message)?;
    }
    Ok(Value::new(Data::Map(values)))
}

/// Whether what is wrong is told in the words of Go's reader of JSON, which are not followed.
fn is_of_json(error: &str) -> bool {
    error.starts_with("invalid character") || error.contains("unexpected E")
}

/// JSON with every number as a floating-point number.
fn floats(json: &Json) -> Json {
    match json {
        Json::Number(number) => Json::from(number.as_f64()),
        Json::Array(items) => items.iter().map(floats).collect(),
        Json::Object(entries) => {
            let entries = entries.iter();
            Json::Object(
                entries
                    .map(|(key, value)| (key.clone(), floats(value)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

fn fault(case: &Case) -> Option<String> {
    let given = match (run(case), &case.error) {
        (Err(given), Some(expected)) if given == *expected || is_of_json(expected) => return None,
        (Err(given), expected) => return Some(format!("fails with {given:?}, not {expected:?}")),
        (Ok(given), _) => given,
    };
    let mut types = Vec::new();
    let given = floats(&json(&given, &mut types));
    if let Some(expected) = &case.error {
        return Some(format!(
            "gives {given}, and does not fail with {expected:?}"
        ));
    }
    let expected = match &case.values {
        Json::Null => Json::Object(serde_json::Map::new()),
        values => floats(values),
    };
    (given != expected || types != case.types).then(|| {
        format!(
            "gives {given} of {types:?}, not {expected} of {:?}",
            case.types
        )
    })
}

#[test]
fn arguments_set_what_helm_sets() {
    let cases: Vec<Case> = CASES
        .lines()
        .map(|line| serde_json::from_str(line).expect("a case"))
        .collect();
    assert!(cases.len() > 200);
    let faults: Vec<String> = cases
        .iter()
        .filter_map(|case| Some(format!("{:?} {}", case.arguments, fault(case)?)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_mistake_is_told_where_reading_ended() {
    let values = Map::new(&MapType::ANY, []);
    let error = set(Form::Set, "a=1,b[x]=2", &values, &file).unwrap_err();
    assert_eq!(error.at, 8);
}

#[test]
fn what_is_set_knows_its_argument_and_its_path() {
    let values = Map::new(&MapType::ANY, []);
    set(Form::Set, "a.b[0].c=1", &values, &file).unwrap();
    let value = helm::values::table(&values, "a").and_then(|table| table.get("b"));
    let list = value.as_ref().and_then(Value::as_list).unwrap();
    let item = list.items()[0].as_map().and_then(|map| map.get("c"));
    let place = item.unwrap().mark.places()[0].clone();
    let expected = helm::value::Place::Argument("--set a.b[0].c=1".into(), "a.b[0].c".into());
    assert_eq!(place, expected);
}

#[test]
fn nested_lists_are_bounded() {
    let values = Map::new(&MapType::ANY, []);
    let deep = format!("a{}=1", "[0]".repeat(5_000));
    assert!(set(Form::Set, &deep, &values, &file).is_err());
    let wide: Vec<String> = (0..40).map(|key| format!("k{key}[65536]=1")).collect();
    assert!(set(Form::Set, &wide.join(","), &values, &file).is_err());
}
