//! What files declare and what runs in clusters, told together: a finding that both have is one.

mod apart;
mod presence;
mod twins;
mod verdicts;

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use graph::ResourceId;
use kubernetes::is_object;
use smol_str::SmolStr;

use crate::conclusion::Concluded;
use crate::finding::Placed;
use crate::findings::PlacedFindings;
use crate::project::Project;
use crate::report::{Finding, Presence, Related};
use crate::scan::Part;

pub(crate) use twins::Twins;
use verdicts::Open;

/// The most places of others that a finding names.
const MOST: usize = 40;

/// Joins what was found in clusters to what was found in files, and says of each where it holds.
pub(crate) fn join(
    declared: &Part,
    concluded: &mut Concluded,
    running: &[Part],
    of_running: &mut [Concluded],
) {
    let mut resources = declared.project.graph.resources();
    let has_objects = resources.any(|(_, one)| is_object(one));
    for (part, live) in running.iter().zip(of_running) {
        let twins = match has_objects {
            true => Twins::of(&declared.project, &part.project),
            false => Twins::default(),
        };
        apart::join(&part.project, live, &twins);
        if !has_objects {
            continue;
        }
        let told = twins.pairs().map(|(_, own)| own);
        let told = told.map(|own| part.project.graph.resource(own).span().file);
        live.elsewhere.extend(told);
        join_twins(
            (&declared.project, concluded),
            (&part.project, live),
            &twins,
        );
        verdicts::join(&declared.project, concluded, &part.project, live, &twins);
    }
}

/// Findings by their resources and checks.
struct Index<'a>(HashMap<(ResourceId, &'a SmolStr), Vec<usize>>);

impl<'a> Index<'a> {
    fn of(placed: &'a PlacedFindings) -> Self {
        let mut index: HashMap<_, Vec<usize>> = HashMap::new();
        for (number, placed) in placed.iter().enumerate() {
            for id in placed.resources() {
                let numbers = index.entry((id, &placed.finding.check.id)).or_default();
                numbers.push(number);
            }
        }
        Self(index)
    }

    /// Those of a check in a resource.
    fn of_check(&self, id: ResourceId, check: &'a SmolStr) -> impl Iterator<Item = usize> {
        let numbers = self.0.get(&(id, check)).into_iter();
        numbers.flatten().copied()
    }
}

fn join_twins(
    (declared, concluded): (&Project, &mut Concluded),
    (live, of_live): (&Project, &mut Concluded),
    twins: &Twins,
) {
    let index = Index::of(&concluded.placed);
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (number, placed) in of_live.placed.iter().enumerate() {
        let finding = &placed.finding;
        let declared = twins.declared(placed.id).iter();
        let mut same = declared.flat_map(|id| index.of_check(*id, &finding.check.id));
        let same = same.find(|number| concluded.placed.has_path(*number, &finding.path));
        joined.extend(same.map(|same| (number, same)));
    }
    let mut is_joined = vec![false; of_live.placed.len()];
    for (number, same) in joined {
        is_joined[number] = true;
        let Some(theirs) = of_live.placed.get(number).map(|one| &one.finding) else {
            continue;
        };
        let place = Related {
            span: theirs.span,
            message: format!(
                "also in the cluster: {}",
                source::neutral(&theirs.resource.address)
            ),
        };
        if let Some(same) = concluded.placed.get_mut(same) {
            change(same, |finding| {
                finding.presence = Some(Presence::Both);
                relate(finding, place);
            });
        }
    }
    let mut is_left = is_joined.iter().map(|is_joined| !is_joined);
    of_live.placed.retain(|_| is_left.next().unwrap_or(true));
    let open = Open::of(&of_live.verdicts);
    presence::tell_declared((declared, concluded), (live, &open), twins);
    presence::tell_live((live, of_live), declared, twins);
}

/// Changes what is told of a finding.
fn change(placed: &mut Arc<Placed>, change: impl FnOnce(&mut Finding)) {
    change(Arc::make_mut(&mut Arc::make_mut(placed).finding));
}

/// Adds a place to a finding, unless it has many.
fn relate(finding: &mut Finding, place: Related) {
    if finding.related.len() < MOST && !finding.related.contains(&place) {
        finding.related.push(place);
    }
}
