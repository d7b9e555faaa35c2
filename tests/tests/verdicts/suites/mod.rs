//! The lists of the tools.

mod checkov;
mod gatekeeper;
mod kics;
mod kube_linter;
mod regolibrary;
mod terraform;
mod trivy;

use crate::suite::Suite;

/// All lists.
pub(crate) const ALL: &[&dyn Suite] = &[
    &checkov::Checkov,
    &gatekeeper::Gatekeeper,
    &kics::Kics,
    &kube_linter::KubeLinter,
    &regolibrary::Regolibrary,
    &trivy::Trivy,
    &terraform::CHECKOV,
    &terraform::KICS,
    &terraform::TRIVY,
];
