//! Instances of modules and resources, and how they are addressed.

use std::fmt;

use smol_str::SmolStr;

/// Which instance of a block it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InstanceKey {
    /// The block is not repeated.
    None,
    /// One of `count`.
    Index(usize),
    /// One of `for_each`.
    Name(SmolStr),
    /// Any: how many there are is unknown.
    Any,
}

/// As Terraform prints it in an address; any instance is `[*]`.
impl fmt::Display for InstanceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Index(index) => write!(f, "[{index}]"),
            Self::Name(name) => write!(f, "[{name:?}]"),
            Self::Any => f.write_str("[*]"),
        }
    }
}

/// An instance of a module: the calls that lead to it from the root, which has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModulePath(pub Vec<(SmolStr, InstanceKey)>);

impl ModulePath {
    /// The instance that a call in this one leads to.
    #[must_use]
    pub fn child(&self, call: &SmolStr, key: InstanceKey) -> Self {
        let mut steps = self.0.clone();
        steps.push((call.clone(), key));
        Self(steps)
    }

    /// An address inside it.
    #[must_use]
    pub fn address(&self, inner: &str) -> String {
        let prefix = self.to_string();
        match prefix.is_empty() {
            true => inner.to_owned(),
            false => format!("{prefix}.{inner}"),
        }
    }
}

/// As Terraform prints it in an address: `module.a["x"].module.b`; nothing for the root.
impl fmt::Display for ModulePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (call, key)) in self.0.iter().enumerate() {
            let dot = if index == 0 { "" } else { "." };
            write!(f, "{dot}module.{call}{key}")?;
        }
        Ok(())
    }
}
