//! What is different, of pairs of values in YAML.

use std::path::Path;

use expect_test::{Expect, expect};
use graph::{NodeId, Tree};
use source::Sources;

use super::{TreeView, differences};

fn tree(text: &str) -> Tree {
    let file = Sources::default().add(Path::new("a.yaml"), text.to_owned());
    let mut yaml = yaml::read(&file, &yaml::Options::default());
    yaml.documents.remove(0).tree
}

fn root(tree: &Tree) -> TreeView<'_> {
    TreeView {
        tree,
        node: NodeId::ROOT,
    }
}

/// Shows the paths of what is different: `+` what only the second has, `-` what only the first has, `~` what both have.
#[track_caller]
fn check(one: &str, other: &str, expected: &Expect) {
    let (one, other) = (tree(one), tree(other));
    let found = differences(root(&one), root(&other));
    let told = found.into_iter().map(|difference| {
        let sign = match (difference.one, difference.other) {
            (None, _) => '+',
            (_, None) => '-',
            _ => '~',
        };
        format!("{sign} {}\n", graph::Path(difference.path))
    });
    expected.assert_eq(&told.collect::<String>());
}

#[test]
fn what_the_api_does_not_tell_apart_is_no_difference() {
    check(
        "{hostNetwork: false, hostPort: 0, securityContext: {}, env: [], subPath: '', a: null}",
        "{}",
        &expect![""],
    );
    check(
        "{resources: {limits: {cpu: 1, memory: 1024Mi}, requests: {cpu: 0.1}}}",
        "{resources: {limits: {cpu: 1000m, memory: 1Gi}, requests: {cpu: 100m}}}",
        &expect![""],
    );
    check("{targetPort: '80'}", "{targetPort: 80}", &expect![""]);
}

#[test]
fn what_means_something_where_it_is_false_is_a_difference() {
    check(
        "{automountServiceAccountToken: false, runAsUser: 0}",
        "{}",
        &expect![[r#"
            - automountServiceAccountToken
            - runAsUser
        "#]],
    );
    check(
        "{a: 1}",
        "{a: 2, b: true}",
        &expect![[r#"
        ~ a
        + b
    "#]],
    );
}

#[test]
fn items_go_by_their_merge_keys() {
    check(
        "{containers: [{name: a, image: x}, {name: b, image: y}]}",
        "{containers: [{name: b, image: z}, {name: c}, {name: a, image: x}]}",
        &expect![[r#"
            ~ containers[name=b].image
            + containers[name=c]
        "#]],
    );
    check(
        "{ports: [{port: 53}, {port: 53, protocol: UDP}]}",
        "{ports: [{port: 53, protocol: UDP}, {port: 53, name: dns}]}",
        &expect![[r#"
            + ports[port=53].name
        "#]],
    );
}

#[test]
fn other_items_have_no_order_but_in_commands() {
    check(
        "{rules: [{verbs: [get, list]}, {verbs: [watch]}], args: [a, b]}",
        "{rules: [{verbs: [watch]}, {verbs: [list, get, delete]}], args: [b, a]}",
        &expect![[r#"
            + rules[0].verbs[2]
            ~ args[0]
            ~ args[1]
        "#]],
    );
}
