//! Functions of numbers.

mod double;

use super::arguments::{
    any_parameter, computed, computed_from, integer_within, number, number_parameter, quoted,
    returns_number, unknown_because_of,
};
use super::{Compute, Environment, Failure, Function, Parameter};
use crate::value::{Data, Number, Type, Value, convert};

/// The most elements that `range` gives, as in Terraform.
const RANGE_LIMIT: usize = 1024;

const NUMBER: Parameter = number_parameter("num").or_dynamic();

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        parameters: &[number_parameter("num").or_dynamic().or_marked()],
        ..unary("abs", |environment, arguments| {
            let result = compute(environment, arguments, Number::absolute)?;
            Ok(result.marked(arguments[0].marks))
        })
    },
    unary("ceil", |environment, arguments| {
        compute(environment, arguments, Number::ceil)
    }),
    unary("floor", |environment, arguments| {
        compute(environment, arguments, Number::floor)
    }),
    unary("signum", signum),
    Function {
        name: "log",
        parameters: &[number_parameter("num"), number_parameter("base")],
        variadic: None,
        returns: returns_number,
        not_null: true,
        compute: |environment, arguments| {
            let (one, two) = (double(arguments, 0)?, double(arguments, 1)?);
            let result = double::natural_logarithm(one) / double::natural_logarithm(two);
            from_double(environment, arguments, result)
        },
    },
    Function {
        name: "pow",
        parameters: &[number_parameter("num"), number_parameter("power")],
        variadic: None,
        returns: returns_number,
        not_null: true,
        compute: |environment, arguments| {
            let result = double::power(double(arguments, 0)?, double(arguments, 1)?);
            from_double(environment, arguments, result)
        },
    },
    Function {
        name: "max",
        parameters: &[],
        variadic: Some(number_parameter("numbers").or_dynamic()),
        returns: returns_number,
        not_null: true,
        compute: |_, arguments| extreme(arguments, |one, best| one > best),
    },
    Function {
        name: "min",
        parameters: &[],
        variadic: Some(number_parameter("numbers").or_dynamic()),
        returns: returns_number,
        not_null: true,
        compute: |_, arguments| extreme(arguments, |one, best| one < best),
    },
    Function {
        name: "parseint",
        parameters: &[
            any_parameter("number").or_unknown().or_marked(),
            number_parameter("base").or_unknown().or_marked(),
        ],
        variadic: None,
        returns: |arguments| match arguments[0].ty() {
            Type::String => Ok(Type::Number),
            other => {
                let message = format!("must be a string, not {}", other.name());
                Err(Failure::argument(0, message))
            }
        },
        not_null: true,
        compute: parse_integer,
    },
    Function {
        name: "range",
        parameters: &[],
        variadic: Some(number_parameter("params")),
        returns: |_| Ok(Type::list(Type::Number)),
        not_null: true,
        compute: range,
    },
    Function {
        name: "sum",
        parameters: &[any_parameter("list")],
        variadic: None,
        returns: returns_number,
        not_null: true,
        compute: sum,
    },
];

/// A function of one number.
const fn unary(name: &'static str, compute: Compute) -> Function {
    Function {
        name,
        parameters: &[NUMBER],
        variadic: None,
        returns: returns_number,
        not_null: true,
        compute,
    }
}

fn compute(
    environment: &Environment<'_>,
    arguments: &[Value],
    of: fn(&Number) -> Number,
) -> Result<Value, Failure> {
    let result = of(number(arguments, 0)?);
    Ok(computed_from(
        environment,
        &arguments[0],
        Data::Number(result),
    ))
}

/// Terraform takes no fractions here, and nothing beyond 64 bits.
fn signum(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let integer = integer_within(arguments, 0, i64::MIN..=i64::MAX).map_err(Failure::of_call)?;
    let result = Data::Number(integer.signum().into());
    Ok(computed_from(environment, &arguments[0], result))
}

/// A number beyond a double's range is an error, an infinity is not.
fn double(arguments: &[Value], index: usize) -> Result<f64, Failure> {
    let number = number(arguments, index)?;
    let double = number.to_f64();
    if double.is_infinite() && !number.is_infinite() {
        return Err(Failure::call("a number is beyond the range of a double"));
    }
    Ok(double)
}

fn from_double(
    environment: &Environment<'_>,
    arguments: &[Value],
    result: f64,
) -> Result<Value, Failure> {
    let result =
        Number::from_f64(result).ok_or_else(|| Failure::call("the result is not defined"))?;
    Ok(computed_from(
        environment,
        &arguments[0],
        Data::Number(result),
    ))
}

/// The argument that is better than all before it.
fn extreme(arguments: &[Value], better: fn(&Number, &Number) -> bool) -> Result<Value, Failure> {
    let mut best = arguments
        .first()
        .ok_or_else(|| Failure::call("needs at least one number"))?;
    for index in 0..arguments.len() {
        if better(
            number(arguments, index)?,
            best.as_number().unwrap_or(number(arguments, index)?),
        ) {
            best = &arguments[index];
        }
    }
    Ok(best.clone())
}

fn parse_integer(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let marks = super::arguments::marks(arguments);
    if let Some(unknown) = unknown_because_of(environment, Type::Number, arguments) {
        return Ok(unknown.marked(marks));
    }
    let base = integer_within(arguments, 1, 2..=62)?;
    let base = u32::try_from(base).map_err(|_| Failure::argument(1, "is too large"))?;
    let text = super::arguments::string(arguments, 0)?;
    let number = Number::parse_integer(text, base).ok_or_else(|| {
        let message = format!("{} is not an integer of that base", quoted(&arguments[0]));
        Failure::argument(0, message)
    })?;
    Ok(computed_from(environment, &arguments[0], Data::Number(number)).marked(marks))
}

fn range(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let numbers: Vec<&Number> = arguments.iter().filter_map(Value::as_number).collect();
    let zero = Number::from(0_i64);
    let (start, end, step) = match numbers[..] {
        [end] => (&zero, end, None),
        [start, end] => (start, end, None),
        [start, end, step] => (start, end, Some(step)),
        _ => return Err(Failure::call("takes one, two or three numbers")),
    };
    let down = step.map_or(end < start, |step| *step < zero);
    let step = step
        .cloned()
        .unwrap_or(Number::from(if down { -1_i64 } else { 1 }));
    match down {
        true if end > start => {
            return Err(Failure::argument(
                1,
                "must be below the start when the step is negative",
            ));
        }
        false if end < start => {
            return Err(Failure::argument(
                1,
                "must be above the start when the step is positive",
            ));
        }
        _ => {}
    }
    let mut items = Vec::new();
    let mut next = start.clone();
    while if down { next > *end } else { next < *end } {
        if items.len() >= RANGE_LIMIT {
            let message = format!("gives more than {RANGE_LIMIT} numbers");
            return Err(Failure::Call(message));
        }
        let following = next
            .add(&step)
            .ok_or_else(|| Failure::call("the infinities have no sum"))?;
        items.push(computed(environment, Data::Number(next)));
        next = following;
    }
    Ok(computed(
        environment,
        Data::List(Type::Number, items.into()),
    ))
}

fn sum(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let argument = &arguments[0];
    let fail = |message: &str| Err(Failure::argument(0, message));
    if argument
        .as_entries()
        .is_some_and(|entries| !entries.is_empty())
    {
        return fail("must be a list, set or tuple");
    }
    let items = match (argument.as_items(), argument.as_entries()) {
        (Some(items), _) if !items.is_empty() => items,
        (None, None) => return fail("must be a list, set or tuple"),
        _ => return fail("has no elements to sum"),
    };
    if let Some(unknown) = unknown_because_of(environment, Type::Number, arguments) {
        return Ok(unknown);
    }
    let mut total: Option<Number> = None;
    for item in items.iter() {
        let number = convert(item, &Type::Number).ok();
        let Some(number) = number.as_ref().and_then(Value::as_number).cloned() else {
            return fail("must have numbers only");
        };
        total = Some(match total {
            None => number,
            Some(total) => total
                .add(&number)
                .ok_or_else(|| Failure::call("the infinities have no sum"))?,
        });
    }
    let total = total.unwrap_or_else(|| Number::from(0_i64));
    Ok(computed_from(environment, argument, Data::Number(total)))
}

#[cfg(test)]
mod tests {
    use crate::functions::testing::shown;
    use crate::value::testing::{list, null, number, object, string, tuple, unknown};
    use crate::value::{Marks, Type, Value};

    #[track_caller]
    fn check<const N: usize>(name: &str, arguments: [&str; N], expected: &str) {
        let argument = |text: &str| match text {
            "null" => null(Type::Dynamic),
            "unknown" => unknown(Type::Number),
            "undecided" => unknown(Type::Dynamic),
            text if text.starts_with('"') => string(text.trim_matches('"')),
            text => number(text),
        };
        assert_eq!(
            shown(name, arguments.map(argument)),
            expected,
            "{name}{arguments:?}"
        );
    }

    #[test]
    fn functions_of_one_number() {
        check("abs", ["-0.0"], "0");
        check("abs", ["\"-5\""], "5");
        check("ceil", ["-0.5"], "0");
        check("floor", ["1.5"], "1");
        check("floor", ["-Inf"], "-Inf");
        check("signum", ["-3"], "-1");
        check("signum", ["-0.0"], "0");
        let fraction = format!(
            "fails: must be a whole number between {} and {} inclusive",
            i64::MIN,
            i64::MAX
        );
        check("signum", ["0.5"], &fraction);
        check("signum", ["1e30"], &fraction);
        check("abs", ["null"], "fails at 0: must not be null");
        check(
            "abs",
            ["\"x\""],
            "fails at 0: a number is required, and the string is none",
        );
        check("abs", ["unknown"], "unknown(number) not null");
        check("abs", ["undecided"], "unknown(number) not null");
        check(
            "abs",
            [],
            "fails: needs 1 arguments, and has none for \"num\"",
        );
        check("abs", ["1", "2"], "fails: takes no more than 1 arguments");
    }

    #[test]
    fn logarithms_and_powers_are_doubles() {
        check("log", ["100", "10"], "2");
        check("log", ["10", "0"], "-0");
        check("log", ["0", "10"], "-Inf");
        check("log", ["-1", "10"], "fails: the result is not defined");
        check(
            "log",
            ["1e400", "10"],
            "fails: a number is beyond the range of a double",
        );
        check("pow", ["2", "0.5"], "1.4142135623730951");
        check("pow", ["2", "60"], "1152921504606847000");
        check("pow", ["1e300", "2"], "+Inf");
        check("pow", ["-8", "0.3"], "fails: the result is not defined");
        check("pow", ["unknown", "2"], "unknown(number) not null");
    }

    #[test]
    fn the_greatest_and_the_least() {
        check("max", ["1", "\"3\"", "2"], "3");
        check("min", ["1", "-Inf", "2"], "-Inf");
        check("min", ["1", "unknown"], "unknown(number) not null");
        check("max", [], "fails: needs at least one number");
        check("max", ["1", "null"], "fails at 1: must not be null");
    }

    #[test]
    fn integers_of_a_base() {
        check("parseint", ["\"ff\"", "16"], "255");
        check(
            "parseint",
            ["\"g\"", "16"],
            "fails at 0: \"g\" is not an integer of that base",
        );
        check(
            "parseint",
            ["1", "10"],
            "fails at 0: must be a string, not number",
        );
        check(
            "parseint",
            ["\"1\"", "63"],
            "fails at 1: must be a whole number between 2 and 62 inclusive",
        );
        check("parseint", ["\"1\"", "unknown"], "unknown(number) not null");
        check("parseint", ["undecided", "10"], "unknown(any)");
    }

    #[test]
    fn messages_do_not_quote_sensitive_text() {
        let sensitive = Marks {
            sensitive: true,
            ephemeral: false,
        };
        let failure = shown("parseint", [string("hush").marked(sensitive), number("10")]);
        assert_eq!(
            failure,
            "fails at 0: (sensitive value) is not an integer of that base"
        );
        assert_eq!(
            shown("abs", [number("-1").marked(sensitive)]),
            "sensitive(1)"
        );
    }

    #[test]
    fn ranges() {
        check("range", ["3"], "list(number)[0, 1, 2]");
        check("range", ["-2"], "list(number)[0, -1]");
        check("range", ["5", "1"], "list(number)[5, 4, 3, 2]");
        check("range", ["1", "5", "2"], "list(number)[1, 3]");
        check("range", ["0.5", "3"], "list(number)[0.5, 1.5, 2.5]");
        check("range", ["0"], "list(number)[]");
        check(
            "range",
            ["1", "5", "-1"],
            "fails at 1: must be below the start when the step is negative",
        );
        check(
            "range",
            ["5", "1", "1"],
            "fails at 1: must be above the start when the step is positive",
        );
        check(
            "range",
            ["1", "5", "0"],
            "fails: gives more than 1024 numbers",
        );
        check("range", ["0", "1e9"], "fails: gives more than 1024 numbers");
        check("range", [], "fails: takes one, two or three numbers");
        check("range", ["unknown"], "unknown(list(number)) not null");
    }

    #[test]
    fn sums() {
        let sum = |argument: Value| shown("sum", [argument]);
        assert_eq!(sum(tuple([number("0.1"), string("0.2")])), "0.3");
        assert_eq!(sum(tuple([])), "fails at 0: has no elements to sum");
        assert_eq!(
            sum(object([("a", number("1"))])),
            "fails at 0: must be a list, set or tuple"
        );
        assert_eq!(sum(number("1")), "fails at 0: must be a list, set or tuple");
        assert_eq!(
            sum(tuple([null(Type::Number)])),
            "fails at 0: must have numbers only"
        );
        assert_eq!(
            sum(tuple([tuple([])])),
            "fails at 0: must have numbers only"
        );
        assert_eq!(
            sum(list(Type::Number, [unknown(Type::Number)])),
            "unknown(number) not null"
        );
        assert_eq!(
            sum(tuple([number("Inf"), number("-Inf")])),
            "fails: the infinities have no sum"
        );
    }
}
