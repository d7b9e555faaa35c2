//! The tree of resources: by where they come from, namespace and kind.

use analysis::query::Candidate;

use super::super::page::{Branch, BranchKind, Page};
use crate::picture::Picture;

/// Groups with more resources are folded until somebody opens them.
const MANY: usize = 12;

/// The lines of the tree.
pub(super) fn rows(picture: &Picture, page: &Page) -> Vec<Branch> {
    let wanted: Vec<u32> = wanted(picture, page);
    let mut rows = Vec::new();
    level(picture, page, &wanted, 0, &mut rows);
    rows
}

/// The resources that are wanted, in their order.
fn wanted(picture: &Picture, page: &Page) -> Vec<u32> {
    let all = picture.order.iter().copied();
    if page.query.is_empty() {
        return all.collect();
    }
    all.filter(|index| {
        picture.resource(*index).is_some_and(|one| {
            let file = picture.file(one.span);
            let worst = picture.worst(*index);
            page.query
                .matches(&Candidate::of_resource(one, worst, &file.path))
        })
    })
    .collect()
}

/// The name of the group of a resource at a level: where it comes from, its namespace, its kind.
fn group_key(picture: &Picture, index: u32, level: usize) -> String {
    let Some(one) = picture.resource(index) else {
        return String::new();
    };
    match level {
        0 => {
            let origin = picture
                .origin_of
                .get(index as usize)
                .copied()
                .unwrap_or_default();
            let name = picture.origins.get(origin as usize);
            name.cloned().unwrap_or_default()
        }
        1 => match &one.namespace {
            Some(namespace) => namespace.to_string(),
            None => "no namespace".to_owned(),
        },
        _ => one.kind.to_string(),
    }
}

/// Whether two resources of one group of the level above are in one of this.
fn is_together(picture: &Picture, one: u32, other: u32, level: usize) -> bool {
    let both = picture.resource(one).zip(picture.resource(other));
    match level {
        0 => {
            let origin = |index: u32| picture.origin_of.get(index as usize);
            origin(one) == origin(other)
        }
        1 => both.is_some_and(|(one, other)| one.namespace == other.namespace),
        _ => both.is_some_and(|(one, other)| one.kind == other.kind),
    }
}

/// Adds the groups of a level with what is below them.
fn level(picture: &Picture, page: &Page, wanted: &[u32], depth: usize, rows: &mut Vec<Branch>) {
    let prefix = rows.last().filter(|_| depth > 0).map(|row| row.key.clone());
    let prefix = prefix.unwrap_or_default();
    let mut rest = wanted;
    while let Some(first) = rest.first() {
        let name = group_key(picture, *first, depth);
        let end = rest
            .iter()
            .position(|index| !is_together(picture, *first, *index, depth));
        let (members, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind;
        let path = format!("{prefix}/{name}");
        let is_usual = depth < 2 || members.len() <= MANY || !page.query.is_empty();
        let is_open = is_usual != page.folded.contains(&path);
        rows.push(Branch {
            depth,
            kind: BranchKind::Group(name, is_open),
            key: path,
            resources: members.len(),
            counts: counts(picture, members),
        });
        if !is_open {
            continue;
        }
        if depth < 2 {
            level(picture, page, members, depth + 1, rows);
        } else {
            rows.extend(members.iter().map(|index| leaf(picture, *index)));
        }
    }
}

fn leaf(picture: &Picture, index: u32) -> Branch {
    let one = picture.resource(index);
    let key = one.map_or_else(String::new, |one| {
        let environment = one.environment.as_deref().unwrap_or_default();
        format!("{}@{environment}@{}", one.address, one.format)
    });
    Branch {
        depth: 3,
        kind: BranchKind::Resource(index),
        key,
        resources: 1,
        counts: picture.counts(index),
    }
}

fn counts(picture: &Picture, members: &[u32]) -> [u32; 5] {
    let mut sum = [0; 5];
    for index in members {
        for (total, count) in sum.iter_mut().zip(picture.counts(*index)) {
            *total += count;
        }
    }
    sum
}
