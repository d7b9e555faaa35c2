//! Each function of Helm with arguments that can't be known: what it gives can't be known either, or it fails.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads its own data and no scanned input"
)]

use std::path::Path;
use std::rc::Rc;

use helm::functions::{Arguments, Function, call, convert, find};
use helm::run::{Options, Run, Scope};
use helm::value::{Data, Mark, Value};

/// Functions that choose or hold their arguments without looking at them, or answer from elsewhere.
const CHOOSE: [&str; 9] = [
    "all", "any", "coalesce", "default", "hello", "include", "required", "ternary", "tpl",
];

fn unknown() -> Value {
    let unknown = graph::Unknown::new(graph::Cause::Example);
    Value::unknown(Mark::unknown(Rc::new(unknown)))
}

fn names() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/functions/names.txt");
    let text = std::fs::read_to_string(path).expect("the names are there");
    let names = text.lines().filter(|line| !line.starts_with('#'));
    names.map(str::to_owned).collect()
}

/// So many arguments of which nothing is known but the type that the function wants.
fn arguments(function: &Function, extra: usize) -> Arguments {
    let wanted = function.parameters.iter().copied();
    let more = function.variadic.into_iter().cycle().take(extra);
    let values = wanted.chain(more).map(|ty| {
        let value = convert(unknown(), ty, false);
        value.expect("what is unknown can stand for everything")
    });
    Arguments::new(values.collect())
}

/// Whether a value, or any part of it, is unknown.
fn is_unknown(value: &Value) -> bool {
    let has_unknown = match &value.data {
        Data::List(list) => list.items().iter().any(is_unknown),
        Data::Map(map) => {
            let mut entries = map.entries().into_iter();
            entries.any(|(key, value)| key.mark.is_unknown() || is_unknown(&value))
        }
        _ => false,
    };
    has_unknown || value.whole_mark().is_unknown()
}

#[test]
fn what_is_computed_of_the_unknown_is_unknown() {
    for name in names() {
        let function = find(&name).expect("the function is there");
        for extra in [1, 3] {
            let arguments = arguments(function, extra);
            let mut run = Run::new(Scope::default(), Options::default());
            let Ok(value) = call(&mut run, function, &arguments) else {
                continue;
            };
            let counts = !arguments.is_empty() && !CHOOSE.contains(&name.as_str());
            assert!(!counts || is_unknown(&value), "{name}: {value:?}");
        }
    }
}
