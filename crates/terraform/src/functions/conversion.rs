//! Functions that change the type or the marks of a value.

use std::sync::Arc;

use super::arguments::{any_parameter, computed, returns_bool, unknown};
use super::{Environment, Failure, Function, Parameter};
use crate::value::{
    Conversion, Data, Entries, Refinements, Safety, Type, Unknown, Value, convert, set,
};

/// A parameter that takes whatever there is.
const WHATEVER: Parameter = any_parameter("value")
    .or_null()
    .or_unknown()
    .or_dynamic()
    .or_marked();

const VALUE_TO_CONVERT: Parameter = any_parameter("v")
    .or_null()
    .or_unknown()
    .or_dynamic()
    .or_marked();

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "tobool",
        parameters: &[VALUE_TO_CONVERT],
        variadic: None,
        returns: |arguments| convertible(arguments, Type::Bool),
        not_null: false,
        compute: |_, arguments| to(&arguments[0], &Type::Bool),
    },
    Function {
        name: "tolist",
        parameters: &[VALUE_TO_CONVERT],
        variadic: None,
        returns: |arguments| convertible(arguments, Type::list(Type::Dynamic)),
        not_null: false,
        compute: |_, arguments| to(&arguments[0], &Type::list(Type::Dynamic)),
    },
    Function {
        name: "tomap",
        parameters: &[VALUE_TO_CONVERT],
        variadic: None,
        returns: |arguments| convertible(arguments, Type::map(Type::Dynamic)),
        not_null: false,
        compute: |_, arguments| to(&arguments[0], &Type::map(Type::Dynamic)),
    },
    Function {
        name: "tonumber",
        parameters: &[VALUE_TO_CONVERT],
        variadic: None,
        returns: |arguments| convertible(arguments, Type::Number),
        not_null: false,
        compute: |_, arguments| to(&arguments[0], &Type::Number),
    },
    Function {
        name: "toset",
        parameters: &[VALUE_TO_CONVERT],
        variadic: None,
        returns: |arguments| convertible(arguments, Type::set(Type::Dynamic)),
        not_null: false,
        compute: |_, arguments| to(&arguments[0], &Type::set(Type::Dynamic)),
    },
    Function {
        name: "tostring",
        parameters: &[VALUE_TO_CONVERT],
        variadic: None,
        returns: |arguments| convertible(arguments, Type::String),
        not_null: false,
        compute: |_, arguments| to(&arguments[0], &Type::String),
    },
    Function {
        name: "ephemeralasnull",
        parameters: &[WHATEVER],
        variadic: None,
        returns: same_type,
        not_null: false,
        compute: |_, arguments| Ok(ephemeral_as_null(&arguments[0])),
    },
    Function {
        name: "issensitive",
        parameters: &[WHATEVER],
        variadic: None,
        returns: returns_bool,
        not_null: false,
        compute: |environment, arguments| Ok(is_sensitive(environment, &arguments[0])),
    },
    Function {
        name: "nonsensitive",
        parameters: &[WHATEVER],
        variadic: None,
        returns: same_type,
        not_null: false,
        compute: |_, arguments| {
            let mut value = arguments[0].clone();
            value.marks.sensitive = false;
            Ok(value)
        },
    },
    Function {
        name: "sensitive",
        parameters: &[WHATEVER],
        variadic: None,
        returns: same_type,
        not_null: false,
        compute: |_, arguments| {
            let mut value = arguments[0].clone();
            value.marks.sensitive = true;
            Ok(value)
        },
    },
];

fn same_type(arguments: &[Value]) -> Result<Type, Failure> {
    Ok(arguments[0].ty())
}

fn convertible(arguments: &[Value], ty: Type) -> Result<Type, Failure> {
    match Conversion::find(&arguments[0].ty(), &ty, Safety::MayFail) {
        Ok(_) => Ok(ty),
        Err(failure) => Err(Failure::argument(0, failure.to_string())),
    }
}

/// Unlike a conversion, Terraform's functions forget what is known of an unknown value.
fn to(argument: &Value, ty: &Type) -> Result<Value, Failure> {
    let converted = convert(argument, ty);
    let mut converted = converted.map_err(|failure| Failure::argument(0, failure.to_string()))?;
    if argument.unknown().is_some()
        && let Data::Unknown(unknown) = &mut converted.data
    {
        let unknown = Arc::make_mut(unknown);
        unknown.ty = ty.clone();
        unknown.known = Refinements::default();
    }
    Ok(converted)
}

fn is_sensitive(environment: &Environment<'_>, argument: &Value) -> Value {
    if argument.marks.sensitive {
        return computed(environment, Data::Bool(true));
    }
    match argument.unknown() {
        Some(_) => unknown(environment, Type::Bool, argument),
        None => computed(environment, Data::Bool(false)),
    }
}

/// The value with nulls for all parts that are ephemeral.
fn ephemeral_as_null(value: &Value) -> Value {
    let mut result = value.clone();
    result.marks.ephemeral = false;
    if value.marks.ephemeral {
        result.data = match &value.data {
            Data::Unknown(unknown) => {
                let forgotten =
                    Unknown::new(unknown.ty.clone(), unknown.cause.clone(), unknown.place);
                Data::Unknown(forgotten.into())
            }
            _ => Data::Null(value.ty()),
        };
        return result;
    }
    let items = |items: &[Value]| items.iter().map(ephemeral_as_null).collect();
    let entries = |entries: &Entries| {
        let parts = entries
            .iter()
            .map(|(key, part)| (key.clone(), ephemeral_as_null(part)));
        Arc::new(parts.collect())
    };
    result.data = match &value.data {
        Data::List(element, parts) => Data::List(element.clone(), items(parts)),
        Data::Tuple(parts) => Data::Tuple(items(parts)),
        Data::Map(element, parts) => Data::Map(element.clone(), entries(parts)),
        Data::Object(parts) => Data::Object(entries(parts)),
        Data::Set(element, parts) => {
            let parts = parts.iter().map(ephemeral_as_null).collect();
            set(element, parts, value.origin.clone()).data
        }
        data => data.clone(),
    };
    result
}

#[cfg(test)]
mod tests {
    use crate::functions::testing::shown;
    use crate::value::testing::{
        boolean, map, null, number, object, show, string, text_list, tuple, unknown,
    };
    use crate::value::{Data, Marks, Shape, Type, Value};

    const SENSITIVE: Marks = Marks {
        sensitive: true,
        ephemeral: false,
    };
    const EPHEMERAL: Marks = Marks {
        sensitive: false,
        ephemeral: true,
    };

    #[track_caller]
    fn check(name: &str, argument: Value, expected: &str) {
        assert_eq!(shown(name, [argument]), expected);
    }

    #[test]
    fn values_of_one_kind_become_another() {
        check("tobool", string("1"), "true");
        check(
            "tobool",
            number("1"),
            "fails at 0: bool required, but this is a number",
        );
        check("tonumber", string("1p3"), "8");
        check("tostring", boolean(false), "\"false\"");
        check(
            "tolist",
            tuple([string("a"), number("1")]),
            r#"list(string)["a", "1"]"#,
        );
        check(
            "toset",
            tuple([number("1"), string("1")]),
            r#"set(string)["1"]"#,
        );
        check("tomap", object([("a", number("1"))]), "map(number){a = 1}");
        check(
            "tomap",
            tuple([number("1")]),
            "fails at 0: map of any type required, but this is a tuple",
        );
        check(
            "tolist",
            tuple([null(Type::Dynamic), object([])]),
            "fails at 0: all elements must have the same type",
        );
    }

    #[test]
    fn nulls_and_empty_values_keep_what_type_they_have() {
        check("tostring", null(Type::Dynamic), "null(string)");
        check("tolist", null(Type::Dynamic), "null(list(any))");
        check("tolist", text_list(&[]), "list(string)[]");
        check("toset", tuple([]), "set(any)[]");
        check("tomap", map(Type::Bool, []), "map(bool){}");
    }

    #[test]
    fn unknown_values_get_the_type_and_nothing_else() {
        check(
            "tolist",
            unknown(Type::list(Type::String)),
            "unknown(list(any))",
        );
        check("tonumber", unknown(Type::String), "unknown(number)");
        check("tonumber", unknown(Type::Dynamic), "unknown(number)");
        check(
            "tonumber",
            unknown(Type::Bool),
            "fails at 0: number required, but this is a bool",
        );
    }

    #[test]
    fn checks_still_know_the_alternatives_of_an_unknown_value() {
        let mut value = unknown(Type::String);
        if let Data::Unknown(unknown) = &mut value.data {
            let shape = Shape::OneOf([string("1"), string("x")].into());
            std::sync::Arc::make_mut(unknown).shape = Some(shape);
        }
        let number = super::to(&value, &Type::Number).unwrap();
        let Some(Shape::OneOf(values)) = &number.unknown().unwrap().shape else {
            unreachable!("the alternatives are carried on");
        };
        assert_eq!(values.iter().map(show).collect::<Vec<_>>(), ["1"]);
    }

    #[test]
    fn marks_come_and_go() {
        check("sensitive", number("1"), "sensitive(1)");
        check("sensitive", null(Type::Dynamic), "sensitive(null(any))");
        check("nonsensitive", number("1").marked(SENSITIVE), "1");
        check("nonsensitive", number("1"), "1");
        check("issensitive", number("1").marked(SENSITIVE), "true");
        check(
            "issensitive",
            tuple([number("1").marked(SENSITIVE)]),
            "false",
        );
        check("issensitive", unknown(Type::String), "unknown(bool)");
        check(
            "issensitive",
            unknown(Type::String).marked(SENSITIVE),
            "true",
        );
        check(
            "toset",
            tuple([string("a").marked(SENSITIVE)]),
            "sensitive(set(string)[\"a\"])",
        );
        check(
            "tolist",
            tuple([string("a").marked(SENSITIVE)]),
            "list(string)[sensitive(\"a\")]",
        );
    }

    #[test]
    fn ephemeral_parts_become_null() {
        let value = object([("a", string("x").marked(EPHEMERAL)), ("b", string("y"))]);
        check("ephemeralasnull", value, r#"{a = null(string), b = "y"}"#);
        check(
            "ephemeralasnull",
            unknown(Type::String).marked(EPHEMERAL),
            "unknown(string)",
        );
        check(
            "ephemeralasnull",
            number("1").marked(EPHEMERAL).marked(SENSITIVE),
            "sensitive(null(number))",
        );
    }
}
