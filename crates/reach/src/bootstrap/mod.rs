//! The roles and bindings that an API server makes for itself when it starts (`plugin/pkg/auth/authorizer/rbac/bootstrappolicy`
//! of Kubernetes), by version.

use kubernetes::Version;

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fact {
    /// The whole row without its versions, for people.
    pub(crate) row: &'static str,
    /// The role or binding, as `ClusterRole/view` or `Role/kube-system/name`.
    pub(crate) object: &'static str,
    /// What is said of it.
    pub(crate) what: What,
}

/// What a row says of a role or binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A role is there.
    Role,
    /// A role has a label.
    Label(&'static str, &'static str),
    /// A role is made of those with a label.
    Aggregates(&'static str, &'static str),
    /// A role has a rule: verbs, API groups, resources, names, paths.
    Rule([&'static str; 5]),
    /// A binding gives a role to subjects, each as `Group/name` or `ServiceAccount/namespace/name`.
    Binding {
        /// As `ClusterRole/view` or `Role/name`.
        role: &'static str,
        /// With commas between them.
        subjects: &'static str,
    },
}

/// The oldest and the newest version of the table; others have the facts of the nearest.
const VERSIONS: (u32, u32) = (29, 37);

/// What an API server of this version makes. The rows of one role or binding follow each other, its rules last.
pub(crate) fn facts(version: Version) -> impl Iterator<Item = Fact> {
    let minor = version.minor.clamp(VERSIONS.0, VERSIONS.1);
    let rows = include_str!("table.tsv").lines();
    rows.filter(|row| !row.starts_with('#'))
        .filter_map(move |row| fact(row, minor))
}

/// The elements of a list in a row. The core group is written as two quotes.
pub(crate) fn elements(list: &'static str) -> impl Iterator<Item = &'static str> {
    let elements = list.split(',').filter(|element| !element.is_empty());
    elements.map(|element| if element == "\"\"" { "" } else { element })
}

fn fact(row: &'static str, minor: u32) -> Option<Fact> {
    let (from, rest) = row.split_once('\t')?;
    let (until, row) = rest.split_once('\t')?;
    if !(from.parse().ok()?..=until.parse().ok()?).contains(&minor) {
        return None;
    }
    let words: Vec<&str> = row.split('\t').collect();
    let (object, what) = match words[..] {
        ["role", object] => (object, What::Role),
        ["label", object, label] => {
            let (key, value) = label.split_once('=')?;
            (object, What::Label(key, value))
        }
        ["aggregates", object, label] => {
            let (key, value) = label.split_once('=')?;
            (object, What::Aggregates(key, value))
        }
        ["rule", object, verbs, groups, resources, names, paths] => {
            let rule = [verbs, groups, resources, names, paths];
            (object, What::Rule(rule))
        }
        ["binding", object, role, subjects] => (object, What::Binding { role, subjects }),
        _ => return None,
    };
    Some(Fact { row, object, what })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn of(minor: u32) -> Vec<Fact> {
        facts(Version { minor }).collect()
    }

    #[test]
    fn every_row_is_read_in_some_version() {
        let read: HashSet<&str> = (VERSIONS.0..=VERSIONS.1)
            .flat_map(of)
            .map(|fact| fact.row)
            .collect();
        let unread: Vec<&str> = include_str!("table.tsv")
            .lines()
            .filter(|row| !row.starts_with('#'))
            .filter(|row| {
                !row.splitn(3, '\t')
                    .nth(2)
                    .is_some_and(|row| read.contains(row))
            })
            .collect();
        assert_eq!(unread, [] as [&str; 0]);
    }

    #[test]
    fn other_versions_have_the_facts_of_the_nearest() {
        let rows = |minor| of(minor).iter().map(|fact| fact.row).collect::<Vec<_>>();
        assert_eq!(rows(5), rows(VERSIONS.0));
        assert_eq!(rows(99), rows(VERSIONS.1));
        assert_ne!(rows(VERSIONS.0), rows(VERSIONS.1));
    }

    #[test]
    fn every_binding_names_a_role_of_its_version() {
        for minor in VERSIONS.0..=VERSIONS.1 {
            let facts = of(minor);
            let objects: HashSet<&str> = facts.iter().map(|fact| fact.object).collect();
            for fact in &facts {
                if let What::Binding { role, .. } = fact.what {
                    let local = || {
                        let namespace = fact.object.split('/').nth(1)?;
                        let name = role.strip_prefix("Role/")?;
                        Some(format!("Role/{namespace}/{name}"))
                    };
                    let found = objects.contains(role)
                        || local().is_some_and(|role| objects.contains(role.as_str()));
                    assert!(found, "{} in 1.{minor}", fact.row);
                }
            }
        }
    }
}
