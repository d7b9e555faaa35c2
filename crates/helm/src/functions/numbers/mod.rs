//! Functions on numbers.
//!
//! Source: <https://masterminds.github.io/sprig/math.html>.

mod convert;
mod decimal;
mod float;
mod integer;
mod sequence;

use super::{Function, Type};

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("add", &[], integer::add).variadic(ANY),
    Function::new("add1", &[ANY], integer::add_one),
    Function::new("add1f", &[ANY], decimal::add_one),
    Function::new("addf", &[], decimal::add).variadic(ANY),
    Function::new("atoi", &[Type::String], convert::atoi),
    Function::new("biggest", &[ANY], integer::max).variadic(ANY),
    Function::new("ceil", &[ANY], float::ceil),
    Function::new("div", &[ANY, ANY], integer::divide),
    Function::new("divf", &[ANY], decimal::divide).variadic(ANY),
    Function::new("float64", &[ANY], convert::float),
    Function::new("floor", &[ANY], float::floor),
    Function::new("int", &[ANY], convert::int),
    Function::new("int64", &[ANY], convert::int64),
    Function::new("max", &[ANY], integer::max).variadic(ANY),
    Function::new("maxf", &[ANY], float::max).variadic(ANY),
    Function::new("min", &[ANY], integer::min).variadic(ANY),
    Function::new("minf", &[ANY], float::min).variadic(ANY),
    Function::new("mod", &[ANY, ANY], integer::remainder),
    Function::new("mul", &[ANY], integer::multiply).variadic(ANY),
    Function::new("mulf", &[ANY], decimal::multiply).variadic(ANY),
    Function::new("round", &[ANY, Type::INT], float::round).variadic(Type::Float),
    Function::new("seq", &[], sequence::seq).variadic(Type::INT),
    Function::new("sub", &[ANY, ANY], integer::subtract),
    Function::new("subf", &[ANY], decimal::subtract).variadic(ANY),
    Function::new("toDecimal", &[ANY], convert::from_octal),
    Function::new("until", &[Type::INT], sequence::until),
    Function::new(
        "untilStep",
        &[Type::INT, Type::INT, Type::INT],
        sequence::until_step,
    ),
];

const ANY: Type = Type::Any;
