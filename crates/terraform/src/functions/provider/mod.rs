//! Functions of providers that depend on nothing but their arguments.

mod aws;
mod hcl;
mod kubernetes;
mod terraform;
#[cfg(test)]
mod tests;
mod tfvars;

use std::sync::Arc;

use smol_str::SmolStr;

use super::arguments::computed;
use super::{Environment, Function};
use crate::value::{Cause, Data, Type, Unknown, Value};

/// The functions of a provider, by the type in its source address.
const PROVIDERS: &[(&str, &[Function])] = &[
    ("aws", aws::FUNCTIONS),
    ("kubernetes", kubernetes::FUNCTIONS),
    ("terraform", terraform::FUNCTIONS),
];

/// The function of a provider, if it is one of those that are known. The provider goes by its type.
#[must_use]
pub fn find(provider: &str, name: &str) -> Option<&'static Function> {
    let (_, functions) = PROVIDERS.iter().find(|(other, _)| *other == provider)?;
    functions.iter().find(|function| function.name == name)
}

/// What a function gives that only its provider knows. The name has its namespaces.
#[must_use]
pub fn unknown(environment: &Environment<'_>, name: &str) -> Value {
    let cause = Cause::ProviderFunction(SmolStr::new(name));
    let unknown = Unknown::new(Type::Dynamic, cause, Some(environment.origin.span));
    computed(environment, Data::Unknown(Arc::new(unknown)))
}
