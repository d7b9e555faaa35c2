//! What stands where something was found.

use analysis::{Content, Finding, Report};
use graph::Data;

/// What stands at the path of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A scalar.
    Scalar,
    /// A list or map.
    Sum,
    /// Text of a chart itself, or in it nothing under these keys.
    Text(Vec<String>),
    /// Nothing: the last of these keys, below the others.
    Missing(Vec<String>),
}

impl Found {
    pub(crate) fn of(report: &Report, finding: &Finding) -> Self {
        let own = report.listed.iter();
        let own = own.filter(|listed| listed.resource == *finding.resource);
        let own: Vec<_> = own.collect();
        if own.is_empty() {
            return Self::Text(keys(&finding.path));
        }
        let values: Vec<_> = own.iter().flat_map(|listed| &listed.values).collect();
        let path = finding.path.as_str();
        if let Some(value) = values.iter().find(|value| value.path == path) {
            return match &value.content {
                Content::Known(Data::List | Data::Map) => Self::Sum,
                _ => Self::Scalar,
            };
        }
        let is_there = |prefix: &str| {
            let mut below = values
                .iter()
                .filter_map(|value| value.path.strip_prefix(prefix));
            below.any(|rest| prefix.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let ends = path
            .char_indices()
            .filter(|(_, sign)| ['.', '['].contains(sign));
        let ends = ends.map(|(end, _)| end).chain([path.len()]);
        let there = ends.filter(|end| is_there(&path[..*end])).max();
        match there.unwrap_or_default() {
            end if end == path.len() => Self::Sum,
            end => Self::Missing(keys(&path[end..])),
        }
    }
}

/// The keys of a path such as `.a["b.c"][0]`; what selects an item of a list is none.
fn keys(path: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let (key, behind) = step(rest);
        keys.extend(key.map(str::to_owned));
        rest = behind;
    }
    keys
}

/// The key that the first step of a path names, and the path behind it.
fn step(path: &str) -> (Option<&str>, &str) {
    if let Some(quoted) = path.strip_prefix("[\"") {
        let (key, behind) = quoted.split_once("\"]").unwrap_or((quoted, ""));
        return (Some(key), behind);
    }
    if let Some(item) = path.strip_prefix('[') {
        return (None, item.split_once(']').map_or("", |(_, behind)| behind));
    }
    let plain = path.strip_prefix('.').unwrap_or(path);
    let (key, behind) = plain.split_at(plain.find(['.', '[']).unwrap_or(plain.len()));
    (Some(key), behind)
}

#[test]
fn paths_are_read_to_their_end() {
    let keys = |path| keys(path).join(" ");
    assert_eq!(keys(".a[\"b.c\"].d"), "a b.c d");
    assert_eq!(keys("[name=v1].schema[0][1"), "schema");
    assert_eq!(keys("..a."), " a ");
}
