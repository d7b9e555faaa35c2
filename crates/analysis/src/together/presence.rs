//! Where a finding holds: in files, in a cluster, or in both.

use check::Check;
use graph::ResourceId;
use kubernetes::is_object;

use super::verdicts::Open;
use super::{Twins, change, relate};
use crate::conclusion::Concluded;
use crate::place::of_title;
use crate::project::Project;
use crate::report::{Finding, Presence, Related};
use crate::system::System;

/// Says of what was found in files whether a cluster has it.
pub(super) fn tell_declared(
    (declared, concluded): (&Project, &mut Concluded),
    (live, open): (&Project, &Open<'_>),
    twins: &Twins,
) {
    for placed in concluded.placed.iter_mut() {
        let finding = &placed.finding;
        if finding.presence == Some(Presence::Both) {
            continue;
        }
        let twin = placed
            .resources()
            .find_map(|id| twins.live(id).first().copied());
        let presence = match twin {
            Some(id) if is_open(&finding.check, live, open, id) => continue,
            Some(_) => Some(Presence::Declared),
            None => would_be_there(declared, live, placed.id).then_some(Presence::NotApplied),
        };
        change(placed, |finding| {
            finding.presence = presence;
            relate_to(finding, live, twin, "what the cluster has is without it");
        });
    }
}

/// Whether a cluster leaves open whether an object passes a check.
fn is_open(check: &Check, live: &Project, open: &Open<'_>, id: ResourceId) -> bool {
    let subjects = &live.graph.resource(id).subjects;
    let is_judged = check
        .resources
        .iter()
        .any(|subject| subjects.contains(subject));
    !is_judged || open.has(&check.id, live, id)
}

/// Says of what was found in a cluster alone whether files declare the object.
pub(super) fn tell_live(
    (live, concluded): (&Project, &mut Concluded),
    declared: &Project,
    twins: &Twins,
) {
    let system = System::of(live);
    for placed in concluded.placed.iter_mut() {
        let twin = twins.declared(placed.id).first().copied();
        let presence = match twin.is_some() || system.makes(placed.id) {
            true => Presence::Live,
            false => Presence::Undeclared,
        };
        change(placed, |finding| {
            finding.presence = Some(presence);
            relate_to(finding, declared, twin, "what is declared is without it");
        });
    }
}

/// Whether a resource that has no twin is not there, as far as that is known.
fn would_be_there(declared: &Project, live: &Project, id: ResourceId) -> bool {
    let resource = declared.graph.resource(id);
    let running = live.running.as_ref();
    is_object(resource) && running.is_some_and(|running| running.would_have(resource))
}

fn relate_to(finding: &mut Finding, project: &Project, twin: Option<ResourceId>, message: &str) {
    if let Some(id) = twin {
        let place = Related {
            span: of_title(project, id),
            message: message.to_owned(),
        };
        relate(finding, place);
    }
}
