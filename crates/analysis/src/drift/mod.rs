//! What is different between what files declare and what runs, as far as that matters.

mod apart;
mod changed;
mod elsewhere;
mod fields;
mod one_sided;
mod report;
mod setter;
mod told;

#[cfg(test)]
mod tests;

use source::FileSystem;

use crate::error::Error;
use crate::options::{Fixes, Options, Progress};
use crate::project::Project;
use crate::scan::analyzed;
use crate::system::System;
use crate::together::Twins;

pub use report::{Drift, DriftClass, DriftReport, LiveValue};

use told::Told;

/// What a run compares.
struct Compared<'a> {
    declared: &'a Project,
    live: &'a Project,
    twins: &'a Twins,
    system: System<'a>,
    told: Told<'a>,
}

/// Compares what files declare with what runs in the clusters that are read with them.
///
/// # Errors
/// When the call or the configuration can't be followed.
pub fn drift(
    system: &dyn FileSystem,
    options: &Options,
    progress: &dyn Progress,
) -> Result<DriftReport, Error> {
    let options = Options {
        fixes: Fixes::None,
        ..options.clone()
    };
    let options = &options;
    analyzed(system, options, progress, |analysis| {
        let mut drifts = Vec::new();
        let mut notices = Vec::new();
        let (mut clusters, mut compared) = (0, 0);
        let (declared, running) = analysis.projects();
        for live in running {
            let twins = Twins::of(declared, live);
            let one = Compared {
                declared,
                live,
                twins: &twins,
                system: System::of(live),
                told: Told::of(&analysis.report),
            };
            clusters += 1;
            compared += twins.pairs().count();
            drifts.extend(changed::all(&one));
            drifts.extend(apart::all(&one));
            drifts.extend(one_sided::declared(&one, &mut notices));
            drifts.extend(one_sided::live(&one, &mut notices));
        }
        DriftReport::new(drifts, notices, (clusters, compared), analysis.report)
    })
}
