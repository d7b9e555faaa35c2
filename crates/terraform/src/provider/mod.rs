//! Providers: which versions of them a root may use, and what they set where a configuration does not.

mod defaults;
mod version;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use smol_str::SmolStr;
use source::{FileId, FileSystem, Limits, SourceFile};

pub(crate) use defaults::fill;

use crate::module::Module;
use crate::syntax::{self, Block, Expression, ExpressionKind};
use version::{Newest, Version};

/// The file in which Terraform writes the versions that it chose.
pub const LOCK_FILE: &str = ".terraform.lock.hcl";

/// The newest versions of providers that a root may use, by the last part of the source address, such as `azurerm`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Versions(BTreeMap<SmolStr, Newest>);

impl Versions {
    /// The versions of a root: those in its lock file, else what its modules require.
    ///
    /// Source: <https://developer.hashicorp.com/terraform/language/files/dependency-lock>.
    pub(crate) fn of(system: &dyn FileSystem, folder: &Path, modules: &[Arc<Module>]) -> Self {
        let mut versions = Self::default();
        modules.iter().for_each(|module| versions.require(module));
        versions.0.extend(locked(system, folder));
        versions
    }

    /// The newest version of the provider of a resource type.
    pub(crate) fn newest(&self, ty: &str) -> Newest {
        let provider = ty.split('_').next().unwrap_or_default();
        self.0.get(provider).copied().unwrap_or_default()
    }

    fn require(&mut self, module: &Module) {
        let required = module
            .settings
            .iter()
            .flat_map(|settings| settings.body.blocks_of("required_providers"))
            .flat_map(|block| &block.body.attributes);
        for requirement in required {
            let local = &requirement.name.text;
            let source = module.provider_source(local);
            let source = source.as_ref().unwrap_or(local);
            self.limit(source, version_of(&requirement.value));
        }
        // Versions stood in the blocks of providers before Terraform 0.13.
        for provider in &module.providers {
            let version = provider.body.value("version").and_then(Expression::literal);
            if let Some(name) = provider.labels.first() {
                self.limit(&name.text, version);
            }
        }
    }

    fn limit(&mut self, source: &str, constraints: Option<SmolStr>) {
        let Some(constraints) = constraints else {
            return;
        };
        let newest = self.0.entry(last_part(source)).or_default();
        *newest = newest.and(Newest::of(&constraints));
    }
}

/// The constraints in a requirement: an object with `version`, or, before Terraform 0.13, the text itself.
fn version_of(requirement: &Expression) -> Option<SmolStr> {
    let ExpressionKind::Object(items) = &requirement.kind else {
        return requirement.literal();
    };
    let version = items
        .iter()
        .find(|item| item.key.literal().is_some_and(|key| key == "version"));
    version?.value.literal()
}

/// The versions in the lock file of a root.
fn locked(system: &dyn FileSystem, folder: &Path) -> Vec<(SmolStr, Newest)> {
    let bytes = system.read(&folder.join(LOCK_FILE), Limits::default());
    let Some(text) = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok()) else {
        return Vec::new();
    };
    let document = syntax::read(&SourceFile::new(FileId(0), LOCK_FILE, text));
    let version = |block: &Block| {
        let source = block.labels.first()?;
        let version = block.body.value("version")?.literal()?;
        let (version, _) = Version::parse(&version)?;
        Some((last_part(&source.text), Newest::At(version)))
    };
    document
        .body
        .blocks_of("provider")
        .filter_map(version)
        .collect()
}

fn last_part(source: &str) -> SmolStr {
    source.rsplit('/').next().unwrap_or_default().into()
}
