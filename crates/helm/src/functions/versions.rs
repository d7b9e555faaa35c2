//! `semver` and `semverCompare`, and what templates can ask of versions.
//!
//! Source: <https://masterminds.github.io/sprig/semver.html>.

use std::cmp::Ordering;
use std::rc::Rc;

use super::{Arguments, Function, Type};
use crate::run::{Failure, Run};
use crate::semver::{Constraint, Invalid, Version};
use crate::value::{Data, IntegerKind, Object, ObjectType, StructField, Text, Value};

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("semver", &[Type::String], semver),
    Function::new("semverCompare", &[Type::String, Type::String], compare),
];

/// A pointer to a version.
static VERSION: ObjectType = version_type("*semver.Version");
/// The version that a method makes of another one.
static CHANGED: ObjectType = version_type("semver.Version");

const FIELDS: &[StructField] = &[
    StructField::new("major", ""),
    StructField::new("minor", ""),
    StructField::new("patch", ""),
    StructField::new("pre", ""),
    StructField::new("metadata", ""),
    StructField::new("original", ""),
];

const fn version_type(name: &'static str) -> ObjectType {
    ObjectType {
        name,
        fields: FIELDS,
        methods: &METHODS,
        string: Some(|object| Text::from(stored(object).to_string())),
        json: Some(|object| Value::string(stored(object).to_string())),
        ..ObjectType::PLAIN
    }
}

static OTHER: [Type; 1] = [Type::Object(&VERSION)];

static METHODS: [Function; 18] = [
    Function::new("Compare", &OTHER, |_, arguments| {
        Ok(Value::int(ordered(arguments)? as i64))
    }),
    Function::new("Equal", &OTHER, |_, arguments| {
        holds(arguments, Ordering::is_eq)
    }),
    Function::new("GreaterThan", &OTHER, |_, arguments| {
        holds(arguments, Ordering::is_gt)
    }),
    Function::new("GreaterThanEqual", &OTHER, |_, arguments| {
        holds(arguments, Ordering::is_ge)
    }),
    Function::new("IncMajor", &[], |_, arguments| {
        changed(arguments, Version::next_major)
    }),
    Function::new("IncMinor", &[], |_, arguments| {
        changed(arguments, Version::next_minor)
    }),
    Function::new("IncPatch", &[], |_, arguments| {
        changed(arguments, Version::next_patch)
    }),
    Function::new("LessThan", &OTHER, |_, arguments| {
        holds(arguments, Ordering::is_lt)
    }),
    Function::new("LessThanEqual", &OTHER, |_, arguments| {
        holds(arguments, Ordering::is_le)
    }),
    Function::new("Major", &[], |_, arguments| {
        number(arguments, |version| version.major)
    }),
    Function::new("Metadata", &[], |_, arguments| {
        text(arguments, |version| version.metadata)
    }),
    Function::new("Minor", &[], |_, arguments| {
        number(arguments, |version| version.minor)
    }),
    Function::new("Original", &[], |_, arguments| {
        text(arguments, |version| version.original)
    }),
    Function::new("Patch", &[], |_, arguments| {
        number(arguments, |version| version.patch)
    }),
    Function::new("Prerelease", &[], |_, arguments| {
        text(arguments, |version| version.prerelease)
    }),
    Function::new("SetMetadata", &[Type::String], set_metadata),
    Function::new("SetPrerelease", &[Type::String], set_prerelease),
    Function::new("String", &[], |_, arguments| {
        text(arguments, |version| version.to_string())
    }),
];

fn semver(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let version = Version::parse(&arguments.string(0)?).map_err(refused)?;
    Ok(value_of(version, &VERSION))
}

fn compare(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let constraint = Constraint::parse(&arguments.string(0)?).map_err(refused)?;
    let version = Version::parse(&arguments.string(1)?).map_err(refused)?;
    Ok(Value::bool(constraint.holds(&version)))
}

fn refused(invalid: Invalid) -> Failure {
    Failure::new(invalid.to_string())
}

fn value_of(version: Version, ty: &'static ObjectType) -> Value {
    let number = |number: u64| Value::new(Data::Integer(IntegerKind::Uint64, number.cast_signed()));
    let fields = vec![
        number(version.major),
        number(version.minor),
        number(version.patch),
        Value::string(version.prerelease),
        Value::string(version.metadata),
        Value::string(version.original),
    ];
    Value::new(Data::Object(Rc::new(Object { ty, fields })))
}

fn stored(object: &Object) -> Version {
    let number = |index: usize| match object.fields.get(index).map(|field| &field.data) {
        Some(Data::Integer(_, bits)) => bits.cast_unsigned(),
        _ => 0,
    };
    let text = |index: usize| {
        let text = object.fields.get(index).and_then(Value::as_text);
        text.map(|text| text.to_str().into_owned())
            .unwrap_or_default()
    };
    Version {
        major: number(0),
        minor: number(1),
        patch: number(2),
        prerelease: text(3),
        metadata: text(4),
        original: text(5),
    }
}

fn version(arguments: &Arguments, index: usize) -> Result<Version, Failure> {
    match &arguments.value(index)?.data {
        Data::Object(object) => Ok(stored(object)),
        _ => Err(Failure::new(
            "runtime error: invalid memory address or nil pointer dereference",
        )),
    }
}

fn ordered(arguments: &Arguments) -> Result<Ordering, Failure> {
    Ok(version(arguments, 0)?.compare(&version(arguments, 1)?))
}

fn holds(arguments: &Arguments, is: fn(Ordering) -> bool) -> Result<Value, Failure> {
    Ok(Value::bool(is(ordered(arguments)?)))
}

fn number(arguments: &Arguments, part: fn(Version) -> u64) -> Result<Value, Failure> {
    let number = part(version(arguments, 0)?);
    Ok(Value::new(Data::Integer(
        IntegerKind::Uint64,
        number.cast_signed(),
    )))
}

fn text(arguments: &Arguments, part: fn(Version) -> String) -> Result<Value, Failure> {
    Ok(Value::string(part(version(arguments, 0)?)))
}

fn changed(arguments: &Arguments, change: fn(&Version) -> Version) -> Result<Value, Failure> {
    Ok(value_of(change(&version(arguments, 0)?), &CHANGED))
}

fn set_prerelease(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let version = version(arguments, 0)?.with_prerelease(&arguments.string(1)?);
    Ok(value_of(version.map_err(refused)?, &CHANGED))
}

fn set_metadata(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let version = version(arguments, 0)?.with_metadata(&arguments.string(1)?);
    Ok(value_of(version.map_err(refused)?, &CHANGED))
}
