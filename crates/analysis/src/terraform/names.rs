//! What files are for Terraform and OpenTofu, by their names.

use std::path::Path;

use terraform::module::is_configuration;
use terraform::provider::LOCK_FILE;

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A part of a module.
    Configuration,
    /// Values for the variables of a root module.
    Variables,
    /// Something that this version does not evaluate, and why.
    LeftOut(&'static str),
}

/// The folder below a root into which Terraform puts modules from elsewhere.
pub(crate) const INSTALLED: &str = ".terraform";

const TEST: &str = "a test of a Terraform module; tests are not evaluated by this version";
const STACK: &str = "a Terraform stack; stacks are not evaluated by this version";
const TERRAGRUNT: &str = "a Terragrunt configuration; these are not evaluated by this version";

/// Names by their ends.
///
/// Source: <https://developer.hashicorp.com/terraform/language/files>,
/// <https://developer.hashicorp.com/terraform/language/stacks>,
/// <https://terragrunt.gruntwork.io/docs/reference/hcl/>.
const LEFT_OUT: [(&str, &str); 14] = [
    (".tftest.hcl", TEST),
    (".tftest.json", TEST),
    (".tofutest.hcl", TEST),
    (".tofutest.json", TEST),
    (".tfmock.hcl", TEST),
    (".tfmock.json", TEST),
    (".tfstack.hcl", STACK),
    (".tfcomponent.hcl", STACK),
    (".tfdeploy.hcl", STACK),
    (".tfstack.json", STACK),
    ("terragrunt.hcl", TERRAGRUNT),
    ("terragrunt.hcl.json", TERRAGRUNT),
    ("terragrunt.stack.hcl", TERRAGRUNT),
    (
        LOCK_FILE,
        "the versions of providers that Terraform chose: defaults follow from them, and it declares nothing",
    ),
];

/// Whether a file is a plan or state by its name; others are told by what they say.
pub(crate) fn is_plan(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name == "tfplan"
        || [".tfplan", ".tfstate"]
            .iter()
            .any(|end| name.ends_with(end))
}

/// What a file is for; none where Terraform has no use for it.
pub(crate) fn role(path: &Path) -> Option<Role> {
    let name = path.file_name()?;
    let text = name.to_string_lossy();
    if let Some((_, why)) = LEFT_OUT.iter().find(|(end, _)| text.ends_with(end)) {
        return Some(Role::LeftOut(why));
    }
    if [".tfvars", ".tfvars.json"]
        .iter()
        .any(|end| text.ends_with(end))
    {
        return Some(Role::Variables);
    }
    is_configuration(Path::new(name)).then_some(Role::Configuration)
}
