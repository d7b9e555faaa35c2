//! Functions on strings.
//!
//! Source: <https://masterminds.github.io/sprig/strings.html>.

mod case;
mod cut;
mod indent;
mod join;
mod search;
mod split;
mod trim;
mod words;

use super::{Arguments, Function};
use crate::run::{Failure, Run};
use crate::value::{Type, Value};

pub(super) use split::strings_of;

/// The functions of this module.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("abbrev", &[INT, STRING], cut::abbreviate),
    Function::new("abbrevboth", &[INT, INT, STRING], cut::abbreviate_both),
    Function::new("camelcase", &[STRING], words::camel_case),
    Function::new("cat", &[], join::cat).variadic(Type::Any),
    Function::new("contains", &[STRING, STRING], search::contains),
    Function::new("hasPrefix", &[STRING, STRING], search::has_prefix),
    Function::new("hasSuffix", &[STRING, STRING], search::has_suffix),
    Function::new("hello", &[], |_, _| Ok(Value::string("Hello!"))),
    Function::new("indent", &[INT, STRING], indent::indent),
    Function::new("initials", &[STRING], case::initials),
    Function::new("join", &[STRING, Type::Any], join::join),
    Function::new("kebabcase", &[STRING], words::kebab_case),
    Function::new("lower", &[STRING], case::lower),
    Function::new("nindent", &[INT, STRING], indent::nindent),
    Function::new("nospace", &[STRING], trim::without_blanks),
    Function::new("plural", &[STRING, STRING, INT], join::plural),
    Function::new("quote", &[], join::quote).variadic(Type::Any),
    Function::new("repeat", &[INT, STRING], join::repeat),
    Function::new("replace", &[STRING, STRING, STRING], join::replace),
    Function::new("snakecase", &[STRING], words::snake_case),
    Function::new("sortAlpha", &[Type::Any], split::sorted),
    Function::new("split", &[STRING, STRING], split::split),
    Function::new("splitList", &[STRING, STRING], split::split_list),
    Function::new("splitn", &[STRING, INT, STRING], split::split_some),
    Function::new("squote", &[], join::single_quote).variadic(Type::Any),
    Function::new("substr", &[INT, INT, STRING], cut::substring),
    Function::new("swapcase", &[STRING], case::swap),
    Function::new("title", &[STRING], case::title),
    Function::new("toString", &[Type::Any], to_string),
    Function::new("toStrings", &[Type::Any], split::to_strings),
    Function::new("trim", &[STRING], trim::trim),
    Function::new("trimAll", &[STRING, STRING], trim::trim_all),
    Function::new("trimPrefix", &[STRING, STRING], trim::trim_prefix),
    Function::new("trimSuffix", &[STRING, STRING], trim::trim_suffix),
    Function::new("trimall", &[STRING, STRING], trim::trim_all),
    Function::new("trunc", &[INT, STRING], cut::truncate),
    Function::new("untitle", &[STRING], case::untitle),
    Function::new("upper", &[STRING], case::upper),
    Function::new("wrap", &[INT, STRING], cut::wrap),
    Function::new("wrapWith", &[INT, STRING, STRING], cut::wrap_with),
];

const INT: Type = Type::INT;
const STRING: Type = Type::String;

fn to_string(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = super::text::told(run, arguments.value(0)?)?;
    Ok(Value::text(text))
}
