//! Fails of checks as findings: placed where a person would change the text, and named across runs.

use std::sync::Arc;

use check::{Check, Fail, FoundPlace, Severity};
use foldhash::{HashSet, HashSetExt};
use graph::{NodeId, Resource, ResourceId, Role};
use smol_str::SmolStr;
use source::{Span, brief};

use crate::findings::PlacedFindings;
use crate::project::{Format, Project};
use crate::report::{Finding, Related, ResourceName};
use crate::setters::set_by;
use crate::terraform;

/// The longest name or path that findings carry, in characters: each of them repeats it, and input sets no limit.
const LONGEST: usize = 1_000;

/// How long a fingerprint is, in hexadecimal digits.
const FINGERPRINT: usize = 32;

/// A finding with what later stages need of it.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) finding: Arc<Finding>,
    /// The number of the project that has the resource.
    pub(crate) project: usize,
    pub(crate) id: ResourceId,
    pub(crate) place: FoundPlace,
    /// The other instances of its block that it is of, too; one that stands in several environments may come again.
    pub(crate) others: Vec<ResourceId>,
    /// How many addresses they have.
    instances: usize,
    /// The address of the last of them.
    last: SmolStr,
}

impl Placed {
    /// The resources in which it was found.
    pub(crate) fn resources(&self) -> impl Iterator<Item = ResourceId> {
        std::iter::once(self.id).chain(self.others.iter().copied())
    }
}

/// The finding of a fail.
pub(crate) fn finding(
    project: &Project,
    name: &Arc<ResourceName>,
    check: &Arc<Check>,
    severity: Severity,
    fail: &Fail,
) -> Placed {
    let id = fail.place.resource;
    let resource = project.graph.resource(id);
    let place = written(resource, &fail.place);
    let span = match project.file(id).format {
        Format::Kubernetes | Format::Helm | Format::Kustomize | Format::Cluster => {
            span(resource, &place)
        }
        Format::Terraform => terraform::head(&project.sources, resource, &place),
    };
    let mut related = Vec::new();
    let span = match project.call_for(id, span) {
        Some(call) => {
            related.push(Related {
                span,
                message: "in this module from elsewhere".to_owned(),
            });
            call
        }
        None => span,
    };
    related.extend(removal(resource, &place).map(|_| Related {
        span: holder(resource, &place),
        message: "taken out of this".to_owned(),
    }));
    related.extend(passed_through(resource, place.node));
    if project.file(id).format == Format::Cluster {
        related.extend(set_by(resource, place.node));
    }
    related.extend(
        fail.evidence
            .iter()
            .map(|evidence| evidence_place(project, evidence)),
    );
    let path = brief(&place.path(resource).to_string(), LONGEST).into_owned();
    let finding = Finding {
        check: Arc::clone(check),
        severity,
        resource: Arc::clone(name),
        environments: resource.environment.iter().cloned().collect(),
        fingerprint: fingerprint(&identity(project, id, (&check.id, &name.address, &path))),
        path,
        span,
        related,
        message: source::neutral(&terraform::hide(resource, &fail.message)).into_owned(),
        fixes: Vec::new(),
        conditional: resource.conditional.is_some() || is_symbolic(resource, place.node),
        presence: None,
    };
    Placed {
        finding: Arc::new(finding),
        project: project.number,
        id,
        place,
        others: Vec::new(),
        instances: 0,
        last: name.address.clone(),
    }
}

/// Whether a node is or stands in an element of which there may be none.
fn is_symbolic(resource: &Resource, node: NodeId) -> bool {
    let tree = &resource.tree;
    let mut nodes = std::iter::successors(Some(node), |node| tree.parent(*node));
    nodes.any(|node| tree.is_symbolic(node))
}

/// The same place in terms of what is written: a default that nobody wrote is a key that is not there.
pub(crate) fn written(resource: &Resource, place: &FoundPlace) -> FoundPlace {
    let tree = &resource.tree;
    let mut place = place.clone();
    while tree
        .passage(place.node)
        .is_some_and(|passage| passage.default.is_some())
    {
        let Some(parent) = tree.parent(place.node) else {
            break;
        };
        match &tree.node(place.node).key {
            Some(key) => place.missing.insert(0, key.text.clone()),
            // The elements of a defaulted list are not keys: the list itself is what is missing.
            None => place.missing.clear(),
        }
        place.node = parent;
    }
    place
}

/// Where a place is written. A key that is not there stands at what took it out, or else at the head of the map that lacks it:
/// at its key, or, of an item of a list, where it begins.
pub(crate) fn span(resource: &Resource, place: &FoundPlace) -> Span {
    removal(resource, place).unwrap_or_else(|| holder(resource, place))
}

/// Where a place is written, whatever took a key out of it.
fn holder(resource: &Resource, place: &FoundPlace) -> Span {
    let node = resource.tree.node(place.node);
    match &node.key {
        // The key of what came through an alias is another's.
        Some(key) if !place.missing.is_empty() && is_head(key.span, node.span) => key.span,
        _ => node.span,
    }
}

/// Where something took out the key that a place lacks.
fn removal(resource: &Resource, place: &FoundPlace) -> Option<Span> {
    let (key, passage) = (place.missing.first()?, resource.tree.passage(place.node)?);
    let removed = passage.removed.iter().find(|removed| removed.text == *key);
    removed.map(|removed| removed.span)
}

fn is_head(key: Span, value: Span) -> bool {
    key.file == value.file && key.end <= value.start
}

/// The name of a resource for output.
pub(crate) fn resource_name(project: &Project, id: ResourceId) -> ResourceName {
    let resource = project.graph.resource(id);
    ResourceName {
        address: shortened(&resource.address),
        api_version: shortened(&resource.api_version),
        kind: shortened(&resource.kind),
        namespace: resource.namespace.name().map(shortened),
        name: shortened(&resource.name),
        format: project.file(id).format.text().into(),
        file: project.file(id).file.path.clone(),
    }
}

fn shortened(name: &str) -> SmolStr {
    brief(name, LONGEST).into()
}

/// The places that a value came through on its way into the resource: those of the node and of what is above it.
pub(crate) fn passed_through(resource: &Resource, node: NodeId) -> Vec<Related> {
    let tree = &resource.tree;
    let above = std::iter::successors(Some(node), |node| tree.parent(*node));
    let steps = above
        .filter_map(|node| tree.passage(node))
        .flat_map(|passage| &passage.steps);
    let mut shown: Vec<_> = Vec::new();
    for step in steps.filter(|step| step.role != Role::Wrapper) {
        if !shown.contains(&step) {
            shown.push(step);
        }
    }
    shown
        .into_iter()
        .map(|step| Related {
            span: step.span,
            message: step.role.text().to_owned(),
        })
        .collect()
}

fn evidence_place(project: &Project, place: &FoundPlace) -> Related {
    let resource = project.graph.resource(place.resource);
    let (span, what) = match place.node {
        NodeId::ROOT => (
            resource.tree.node(resource.title_node()).span,
            String::new(),
        ),
        node => (
            resource.tree.node(node).span,
            format!(" {}", resource.path(node)),
        ),
    };
    let message = format!("{}{what}", resource.address);
    Related {
        span,
        message: source::neutral(&brief(&message, LONGEST)).into_owned(),
    }
}

/// Sorts the findings of a file by place, and makes one of those of all instances of a block.
pub(crate) fn finish_file(findings: &mut Vec<Placed>, project: &Project) {
    findings.sort_by_cached_key(|placed| sort_key(&placed.finding));
    findings.dedup_by(|later, earlier| join(project, earlier, later));
    findings.iter_mut().for_each(|one| count_rest(project, one));
    // What stays as it is stays the same object.
    let has_environments = |placed: &&mut Placed| !placed.finding.environments.is_empty();
    for placed in findings.iter_mut().filter(has_environments) {
        let environments = project.environments(placed.id);
        let finding = Arc::make_mut(&mut placed.finding);
        if finding.environments.len() == environments {
            finding.environments.clear();
        }
        finding.environments.sort();
    }
}

/// Gives findings of several projects, sorted by path and place, an ordinal where one of another project that comes before has the
/// same fingerprint: those of one project are numbered.
pub(crate) fn number_together(findings: &mut PlacedFindings, projects: &[&mut Project]) {
    let repeated = repeated_together(findings);
    if repeated.is_empty() {
        return;
    }
    let all = findings.iter();
    let all = all.map(|placed| placed.finding.fingerprint.clone());
    let mut taken: HashSet<String> = all.collect();
    let mut seen: HashSet<String> = HashSet::new();
    let mut others: Vec<(usize, Placed)> = Vec::new();
    for (index, placed) in findings.iter().enumerate() {
        let fingerprint = &placed.finding.fingerprint;
        let is_first = !repeated.contains(fingerprint) || seen.insert(fingerprint.clone());
        let mut projects = projects.iter();
        let project = projects.find(|project| project.number == placed.project);
        if let Some(project) = project.filter(|_| !is_first) {
            let numbered = (1..).map(|ordinal| with_ordinal(placed, ordinal, project));
            let mut free = numbered.filter(|one| taken.insert(one.finding.fingerprint.clone()));
            others.extend(free.next().map(|free| (index, free)));
        }
    }
    for (index, other) in others {
        if let Some(placed) = findings.get_mut(index) {
            *placed = Arc::new(other);
        }
    }
}

/// The fingerprints that findings of several projects have. Those of the project with the most are only looked up.
fn repeated_together(findings: &PlacedFindings) -> HashSet<String> {
    let counts = findings.counts();
    let most = counts.iter().max_by_key(|(_, count)| **count);
    let most = most.filter(|_| counts.len() > 1).map(|(most, _)| *most);
    let mut repeated = HashSet::new();
    let Some(most) = most else {
        return repeated;
    };
    let (many, few): (Vec<_>, Vec<_>) = findings.iter().partition(|one| one.project == most);
    let mut known: HashSet<&str> = HashSet::new();
    for one in few.iter().map(|placed| &placed.finding.fingerprint) {
        if !known.insert(one) {
            repeated.insert(one.clone());
        }
    }
    let many = many.iter().map(|placed| &placed.finding.fingerprint);
    repeated.extend(many.filter(|one| known.contains(one.as_str())).cloned());
    repeated
}

/// A finding that is the one of this number, from 0, with its fingerprint.
pub(crate) fn with_ordinal(placed: &Placed, ordinal: usize, project: &Project) -> Placed {
    let mut placed = placed.clone();
    let finding = Arc::make_mut(&mut placed.finding);
    let (check, address) = (&finding.check.id, &finding.resource.address);
    let identity = identity(project, placed.id, (check, address, &finding.path));
    finding.fingerprint = fingerprint(&format!("{identity}\n{ordinal}"));
    placed
}

/// The first half of a fingerprint, as a number.
pub(crate) fn half(placed: &Placed) -> u64 {
    let half = placed.finding.fingerprint.get(..FINGERPRINT / 2);
    let half = half.and_then(|half| u64::from_str_radix(half, 16).ok());
    half.unwrap_or_default()
}

/// What names a finding: the check, the address and the semantic path. A block that may have several instances counts by its own
/// name, so that one more call of its module changes no fingerprint.
fn identity(
    project: &Project,
    id: ResourceId,
    (check, address, path): (&SmolStr, &SmolStr, &str),
) -> String {
    let block = project.block(id).map(|block| block.identity);
    let name = block.unwrap_or(address);
    format!("{check}\n{name}\n{path}")
}

pub(crate) fn fingerprint(identity: &str) -> String {
    blake3::hash(identity.as_bytes()).to_hex()[..FINGERPRINT].to_owned()
}

/// The most instances that a finding names beside its own.
const MOST_INSTANCES: usize = 40;

/// Joins a finding to that before it where both say the same of instances of one block. Returns whether it did.
fn join(project: &Project, earlier: &mut Placed, later: &Placed) -> bool {
    let group = |id| project.block(id).map(|block| block.group);
    let is_same = group(earlier.id).is_some()
        && group(earlier.id) == group(later.id)
        && earlier.finding.check.id == later.finding.check.id
        && earlier.finding.span == later.finding.span;
    let address = &later.finding.resource.address;
    if !is_same {
        return false;
    }
    let finding = Arc::make_mut(&mut earlier.finding);
    if earlier.last != *address {
        earlier.last = address.clone();
        earlier.instances += 1;
        if earlier.instances <= MOST_INSTANCES {
            finding.related.push(Related {
                span: head(project, later.id),
                message: format!("also in {}", source::neutral(address)),
            });
        }
    }
    earlier.others.push(later.id);
    finding.conditional &= later.finding.conditional;
    for environment in &later.finding.environments {
        if !finding.environments.contains(environment) {
            finding.environments.push(environment.clone());
        }
    }
    true
}

/// Counts the instances that a finding does not name.
fn count_rest(project: &Project, placed: &mut Placed) {
    let rest = placed.instances.saturating_sub(MOST_INSTANCES);
    if rest > 0 {
        Arc::make_mut(&mut placed.finding).related.push(Related {
            span: head(project, placed.id),
            message: format!("and in {rest} more"),
        });
    }
}

/// Where the block of a resource is named.
pub(crate) fn head(project: &Project, id: ResourceId) -> Span {
    let whole = FoundPlace {
        resource: id,
        node: NodeId::ROOT,
        missing: Vec::new(),
    };
    terraform::head(&project.sources, project.graph.resource(id), &whole)
}

type SortKey = (Span, SmolStr, SmolStr, String);

fn sort_key(finding: &Finding) -> SortKey {
    (
        finding.span,
        finding.check.id.clone(),
        finding.resource.address.clone(),
        finding.path.clone(),
    )
}
