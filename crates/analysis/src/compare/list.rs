//! Which items of two lists are one.

use foldhash::HashMap;
use graph::{Segment, SmolStr};
use smol_str::format_smolstr;

use super::scalar::text;
use super::view::{Shape, View};

/// Lists whose order means something.
const ORDERED: [&str; 2] = ["args", "command"];

/// How many items of a list are looked for in another by what they are.
const MOST: usize = 1_000;

/// An item of each of two lists, or of one of them, with the step that leads to it.
type Pair<A, B> = (Segment, Option<A>, Option<B>);

/// Pairs the items of two lists that stand under a key.
pub(super) fn pairs<'v, A: View<'v>, B: View<'v>>(
    list: &str,
    one: &[A],
    other: &[B],
) -> Vec<Pair<A, B>> {
    if ORDERED.contains(&list) || one.len().max(other.len()) > MOST {
        return in_order(one, other);
    }
    match (names(list, one), names(list, other)) {
        (Some(own), Some(theirs)) => by_name(list, (one, own), (other, theirs)),
        _ => by_value(one, other),
    }
}

fn in_order<A: Copy, B: Copy>(one: &[A], other: &[B]) -> Vec<Pair<A, B>> {
    let indexes = 0..one.len().max(other.len());
    let pair = |index: usize| {
        let (own, theirs) = (one.get(index), other.get(index));
        (Segment::Index(index), own.copied(), theirs.copied())
    };
    indexes.map(pair).collect()
}

fn by_name<A: Copy, B: Copy>(
    list: &str,
    (one, own): (&[A], Vec<SmolStr>),
    (other, theirs): (&[B], Vec<SmolStr>),
) -> Vec<Pair<A, B>> {
    let at: HashMap<&SmolStr, B> = theirs.iter().zip(other.iter().copied()).collect();
    let known: HashMap<&SmolStr, A> = own.iter().zip(one.iter().copied()).collect();
    let segment = |name: &SmolStr| Segment::Item {
        key: key(list).into(),
        value: name.clone(),
    };
    let both = own.iter().zip(one);
    let both = both.map(|(name, item)| (segment(name), Some(*item), at.get(name).copied()));
    let new = theirs
        .iter()
        .zip(other)
        .filter(|(name, _)| !known.contains_key(name));
    let new = new.map(|(name, item)| (segment(name), None, Some(*item)));
    both.chain(new).collect()
}

/// Pairs first what is equal, and what is left in its order.
fn by_value<'v, A: View<'v>, B: View<'v>>(one: &[A], other: &[B]) -> Vec<Pair<A, B>> {
    let mut left: Vec<B> = other.to_vec();
    let mut changed: Vec<(usize, A)> = Vec::new();
    for (index, own) in one.iter().enumerate() {
        match left.iter().position(|theirs| equal(*own, *theirs)) {
            Some(found) => {
                left.remove(found);
            }
            None => changed.push((index, *own)),
        }
    }
    let mut left = left.into_iter();
    let mut all: Vec<Pair<A, B>> = Vec::new();
    for (index, own) in changed {
        all.push((Segment::Index(index), Some(own), left.next()));
    }
    let new = (one.len()..).zip(left);
    all.extend(new.map(|(index, theirs)| (Segment::Index(index), None, Some(theirs))));
    all
}

/// Whether two values are written alike, so that it takes no longer than to read them.
fn equal<'v, A: View<'v>, B: View<'v>>(one: A, other: B) -> bool {
    match (one.shape(), other.shape()) {
        (Shape::Map(one), Shape::Map(other)) => {
            let is_there = |(key, own): &(&str, A)| {
                let theirs = other.iter().find(|(name, _)| name == key);
                theirs.is_some_and(|(_, theirs)| equal(*own, *theirs))
            };
            one.len() == other.len() && one.iter().all(is_there)
        }
        (Shape::List(one), Shape::List(other)) => {
            let mut items = one.iter().zip(&other);
            one.len() == other.len() && items.all(|(own, theirs)| equal(*own, *theirs))
        }
        (own, theirs) => text(&own).is_some_and(|own| Some(own) == text(&theirs)),
    }
}

/// The key by which the items of a list are told apart.
fn key(list: &str) -> &'static str {
    match list {
        "ports" => "port",
        list => kubernetes::merge_key(list).unwrap_or_default(),
    }
}

/// What names the items of a list; nothing where some have no name, or one name is that of two.
fn names<'v, V: View<'v>>(list: &str, items: &[V]) -> Option<Vec<SmolStr>> {
    let names: Option<Vec<SmolStr>> = items.iter().map(|item| name(list, *item)).collect();
    let names = names?;
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    (sorted.len() == names.len()).then_some(names)
}

/// What names an item: of a port its number and protocol, as the API merges them.
fn name<'v, V: View<'v>>(list: &str, item: V) -> Option<SmolStr> {
    if !matches!(item.shape(), Shape::Map(_)) {
        return None;
    }
    if list != "ports" {
        let key = kubernetes::merge_key(list)?;
        return text(&item.get(key)?.shape()).map(SmolStr::from);
    }
    let number = item.get("containerPort").or_else(|| item.get("port"))?;
    let number = text(&number.shape())?;
    Some(match item.text("protocol") {
        None | Some("TCP") => SmolStr::from(number),
        Some(protocol) => format_smolstr!("{number}/{protocol}"),
    })
}
