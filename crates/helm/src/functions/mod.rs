//! The functions of templates: one table, and one dispatcher that checks and converts arguments as Go's reflection does.

mod arguments;
mod call;
mod cast;
mod crypto;
mod data;
mod dates;
mod defaults;
mod dicts;
mod encoding;
mod equal;
mod language;
mod lists;
mod network;
mod numbers;
mod paths;
mod reflection;
mod regex;
mod strings;
mod text;
mod urls;
mod versions;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::run::{Failure, Run};
use crate::value::{Type, Value};

pub use arguments::Arguments;
pub use call::{call, check_count, convert, missing, zero};
pub(crate) use dates::value_of as time_value;

/// A function or a method. The receiver of a method is its first argument and no parameter.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// Its name in templates.
    pub name: &'static str,
    /// The types of its parameters.
    pub parameters: &'static [Type],
    /// The type of any number of further arguments.
    pub variadic: Option<Type>,
    /// Who says where its result came from.
    pub origins: Origins,
    /// Whether it answers differently at each call or place: what it returns is a placeholder.
    pub impure: bool,
    /// What it does. The arguments have the types of the parameters.
    pub call: Call,
}

/// What a function does.
pub type Call = fn(&mut Run, &Arguments) -> Result<Value, Failure>;

/// Who says where the result of a function came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origins {
    /// The dispatcher: what of the result has no mark gets the union of the marks of all arguments.
    OfArguments,
    /// The dispatcher, and the elements of lists and maps count too.
    OfElements,
    /// The function. What it leaves without a mark came from nowhere.
    Kept,
}

impl Function {
    /// A function whose result gets the marks of its arguments.
    #[must_use]
    pub const fn new(name: &'static str, parameters: &'static [Type], call: Call) -> Self {
        Self {
            name,
            parameters,
            variadic: None,
            origins: Origins::OfArguments,
            impure: false,
            call,
        }
    }

    /// The same function, taking any number of further arguments.
    #[must_use]
    pub const fn variadic(mut self, ty: Type) -> Self {
        self.variadic = Some(ty);
        self
    }

    /// The same function, which says itself where its result came from.
    #[must_use]
    pub const fn keeps_origins(mut self) -> Self {
        self.origins = Origins::Kept;
        self
    }

    /// The same function, whose result also gets the marks of the elements of its arguments.
    #[must_use]
    pub const fn reads_elements(mut self) -> Self {
        self.origins = Origins::OfElements;
        self
    }

    /// The same function, whose result is a placeholder.
    #[must_use]
    pub const fn impure(mut self) -> Self {
        self.impure = true;
        self
    }
}

/// The functions of all modules.
const MODULES: &[&[Function]] = &[
    crypto::FUNCTIONS,
    data::FUNCTIONS,
    dates::FUNCTIONS,
    defaults::FUNCTIONS,
    dicts::FUNCTIONS,
    encoding::FUNCTIONS,
    lists::FUNCTIONS,
    network::FUNCTIONS,
    numbers::FUNCTIONS,
    paths::FUNCTIONS,
    reflection::FUNCTIONS,
    regex::FUNCTIONS,
    strings::FUNCTIONS,
    urls::FUNCTIONS,
    versions::FUNCTIONS,
];

static TABLE: LazyLock<HashMap<&'static str, &'static Function>> = LazyLock::new(|| {
    let modules = language::FUNCTIONS.iter().chain(MODULES);
    let functions = modules.flat_map(|functions| functions.iter());
    functions
        .map(|function| (function.name, function))
        .collect()
});

/// The function of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Function> {
    TABLE.get(name).copied()
}
