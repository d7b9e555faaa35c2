//! Functions of providers that depend on nothing but their arguments.

mod aws;
mod hcl;
mod kubernetes;
mod terraform;
#[cfg(test)]
mod tests;
mod tfvars;

use super::Function;

/// The functions of a provider, by the type in its source address.
const PROVIDERS: &[(&str, &[Function])] = &[
    ("aws", aws::FUNCTIONS),
    ("kubernetes", kubernetes::FUNCTIONS),
    (BUILT_IN, terraform::FUNCTIONS),
];

/// The provider that Terraform has built in: all of its functions are known.
pub const BUILT_IN: &str = "terraform";

/// The function of a provider, if it is one of those that are known. The provider goes by its type.
#[must_use]
pub fn find(provider: &str, name: &str) -> Option<&'static Function> {
    let (_, functions) = PROVIDERS.iter().find(|(other, _)| *other == provider)?;
    functions.iter().find(|function| function.name == name)
}
