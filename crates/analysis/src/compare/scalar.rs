//! When two scalars say the same to the API of Kubernetes.

use std::borrow::Cow;

use graph::Segment;

use super::view::Shape;

/// The keys below which texts are quantities.
const QUANTITIES: [&str; 13] = [
    "allocatable",
    "averageValue",
    "capacity",
    "default",
    "defaultRequest",
    "divisor",
    "hard",
    "limits",
    "max",
    "min",
    "requests",
    "sizeLimit",
    "storage",
];

/// The keys of fields that the API keeps where they are `false` or 0, as it means something else when they are not there.
const KEPT: [&str; 6] = [
    "allowPrivilegeEscalation",
    "automountServiceAccountToken",
    "fsGroup",
    "hostUsers",
    "runAsGroup",
    "runAsUser",
];

/// Whether two values say the same.
pub(super) fn same<A, B>(path: &[Segment], one: &Shape<'_, A>, other: &Shape<'_, B>) -> bool {
    let (Some(own), Some(theirs)) = (text(one), text(other)) else {
        return is_like_absence(path, one) && is_like_absence(path, other);
    };
    own == theirs
        || is_quantity(path) && number(&own).is_some_and(|own| Some(own) == number(&theirs))
}

/// Whether the API does not tell a value from one that is not there.
pub(super) fn is_like_absence<V>(path: &[Segment], shape: &Shape<'_, V>) -> bool {
    let is_kept = || {
        keys(path)
            .next_back()
            .is_some_and(|key| KEPT.contains(&key))
    };
    match shape {
        Shape::Null | Shape::Unknown | Shape::Text("") => true,
        Shape::Bool(false) | Shape::Int(0) => !is_kept(),
        _ => false,
    }
}

/// A scalar as text; nothing where it is none.
pub(super) fn text<'v, V>(shape: &Shape<'v, V>) -> Option<Cow<'v, str>> {
    Some(match shape {
        Shape::Bool(known) => known.to_string().into(),
        Shape::Int(number) => number.to_string().into(),
        Shape::Float(number) => number.to_string().into(),
        Shape::Text(text) => (*text).into(),
        Shape::Null | Shape::List(_) | Shape::Map(_) | Shape::Unknown => return None,
    })
}

fn is_quantity(path: &[Segment]) -> bool {
    keys(path).any(|key| QUANTITIES.contains(&key))
}

/// The number that a quantity means, as far as floating-point numbers tell quantities apart.
fn number(text: &str) -> Option<f32> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`0.1` and `100m` round to different numbers of 64 bits"
    )]
    check::quantity(text).map(|number| number as f32)
}

fn keys(path: &[Segment]) -> impl DoubleEndedIterator<Item = &str> {
    path.iter().filter_map(|segment| match segment {
        Segment::Key(key) => Some(key.as_str()),
        Segment::Item { .. } | Segment::Index(_) => None,
    })
}
