//! What runs otherwise than it is declared.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use graph::{NodeId, Path, Resource, ResourceId, Segment};

use super::report::{Drift, DriftClass, LiveValue};
use super::setter::setter;
use super::{Compared, fields};
use crate::compare::{Difference, Shape, TreeView, View, differences};
use crate::finding::{fingerprint, resource_name};
use crate::place;
use crate::project::is_given_to_pod;

/// A place at which what is declared and what runs are different.
pub(super) type Found<'a> = Difference<TreeView<'a>, TreeView<'a>>;

/// All differences that matter between what is declared and what runs of it. Of what is declared for several environments, the
/// nearest to what runs counts.
pub(super) fn all(compared: &Compared<'_>) -> Vec<Drift> {
    let mut of_live: BTreeMap<ResourceId, Vec<ResourceId>> = BTreeMap::new();
    for (declared, live) in compared.twins.pairs() {
        of_live.entry(live).or_default().push(declared);
    }
    let nearest = of_live.into_iter().filter_map(|(live, declared)| {
        let found = declared
            .into_iter()
            .map(|one| (one, compared.found(one, live)));
        let (declared, found) = found.min_by_key(|(_, found)| found.len())?;
        Some((declared, live, found))
    });
    let drifts = nearest.flat_map(|(declared, live, found)| {
        let found = found.into_iter();
        found
            .map(move |one| compared.drift(declared, (live, &one.path), &one))
            .collect::<Vec<_>>()
    });
    drifts.collect()
}

impl<'a> Compared<'a> {
    /// The differences between a resource and what runs of it.
    fn found(&self, declared: ResourceId, live: ResourceId) -> Vec<Found<'a>> {
        let (own, theirs) = (
            self.declared.graph.resource(declared),
            self.live.graph.resource(live),
        );
        let mut found = differences(root(own), root(theirs));
        found.retain(|one| {
            let is_given = theirs.kind == "Pod" && is_given(one);
            !is_given
                && !is_plain_value(own, one)
                && fields::matters(theirs, &one.path, one.one, one.other)
        });
        found
    }

    /// A difference between what is declared and what runs at a path of it.
    pub(super) fn drift(
        &self,
        declared: ResourceId,
        (live, path_there): (ResourceId, &[Segment]),
        found: &Found<'a>,
    ) -> Drift {
        let name = Arc::new(resource_name(self.declared, declared));
        let path = Path(found.path.clone()).to_string();
        let value = |view: Option<TreeView<'_>>| view.map(|view| self.told.value(view));
        Drift {
            class: DriftClass::Changed,
            span: self.span(declared, found),
            declared: value(found.one),
            live: Some(self.live_value(live, path_there, found.other)),
            fingerprint: fingerprint(&format!("drift\n{}\n{path}", name.address)),
            resource: name,
            path,
        }
    }

    fn span(&self, declared: ResourceId, found: &Found<'a>) -> source::Span {
        match found.one {
            Some(view) => place::of_node(self.declared, declared, view.node),
            None => place::of_path(self.declared, declared, &found.path),
        }
    }

    /// What runs at a path, or that nothing does.
    fn live_value(
        &self,
        live: ResourceId,
        path: &[Segment],
        view: Option<TreeView<'_>>,
    ) -> LiveValue {
        let resource = self.live.graph.resource(live);
        LiveValue {
            address: resource.address.to_string(),
            value: view.map(|view| self.told.value(view)),
            span: match view {
                Some(view) => place::of_node(self.live, live, view.node),
                None => place::of_path(self.live, live, path),
            },
            setter: view.and_then(|view| setter(resource, view.node)),
        }
    }
}

/// Whether a difference is a value of a Secret that is declared in plain text, which the API keeps in Base64, or is not known.
fn is_plain_value(declared: &Resource, found: &Found<'_>) -> bool {
    let (None, [Segment::Key(data), Segment::Key(key)]) = (found.one, found.path.as_slice()) else {
        return false;
    };
    let plain = root(declared)
        .get("stringData")
        .and_then(|plain| plain.get(key));
    declared.kind == "Secret"
        && data == "data"
        && match (plain.map(View::shape), found.other.map(View::shape)) {
            (Some(Shape::Text(plain)), Some(Shape::Text(live))) => STANDARD.encode(plain) == live,
            (Some(Shape::Unknown), _) => true,
            _ => false,
        }
}

/// Whether the API and its admission always make such a difference of a pod.
fn is_given(found: &Found<'_>) -> bool {
    let spec = found
        .path
        .split_first()
        .filter(|(key, _)| **key == Segment::Key("spec".into()));
    spec.is_some_and(|(_, path)| {
        is_given_to_pod(&Found {
            path: path.to_vec(),
            ..found.clone()
        })
    })
}

fn root(resource: &Resource) -> TreeView<'_> {
    TreeView {
        tree: &resource.tree,
        node: NodeId::ROOT,
    }
}
