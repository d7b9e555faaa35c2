//! How edits look: they keep to the habits of the author and to the comments.

use expect_test::{Expect, expect};
use graph::{NodeId, SmolStr, Tree};
use source::{FileId, SourceFile, apply};
use yaml::edit::{Edited, insert_item, insert_key, remove, set};

use crate::support::read;

const POD: &str = "\
spec:
  containers:
  # first
  - name: main   # main
    image: \"nginx:1.27\" # image
    args: [\"--a\", -b, 'c d']   # args
    resources: {} # none
    securityContext: # context
      privileged: true  # no!
      # why
      capabilities: # capabilities
        drop: [ALL]
        # tail
  # second
  - image: other
  hostNetwork: true # network
# end
";

/// The document of a text and the place in it at a path of keys and indices.
fn at(text: &str, path: &str) -> (SourceFile, Tree, NodeId) {
    let file = SourceFile::new(FileId(0), "text.yaml", text);
    let tree = read(&file).documents.remove(0).tree;
    let steps = path.split('.').filter(|step| !step.is_empty());
    let node = steps.fold(NodeId::ROOT, |node, step| match step.parse() {
        Ok(index) => tree.children(node).nth(index).expect("the item is there"),
        Err(_) => tree.get(node, step).expect("the key is there"),
    });
    (file, tree, node)
}

/// Shows the lines that an edit takes away and adds.
#[track_caller]
fn check(
    text: &str,
    path: &str,
    edit: impl FnOnce(&SourceFile, &Tree, NodeId) -> Edited,
    expected: &Expect,
) {
    let (file, tree, node) = at(text, path);
    let edits = edit(&file, &tree, node).expect("the edit can be made");
    let after = apply(text, &edits).expect("the edits do not overlap");
    let (old, new): (Vec<&str>, Vec<&str>) =
        (text.split('\n').collect(), after.split('\n').collect());
    let same_before = old
        .iter()
        .zip(&new)
        .take_while(|(old, new)| old == new)
        .count();
    let same_behind = old[same_before..]
        .iter()
        .rev()
        .zip(new[same_before..].iter().rev())
        .take_while(|(old, new)| old == new)
        .count();
    let gone = old[same_before..old.len() - same_behind]
        .iter()
        .map(|line| format!("-{line}\n"));
    let added = new[same_before..new.len() - same_behind]
        .iter()
        .map(|line| format!("+{line}\n"));
    expected.assert_eq(&gone.chain(added).collect::<String>());
}

#[track_caller]
fn check_set(text: &str, path: &str, value: &str, expected: &Expect) {
    let (_, value, _) = at(value, "");
    check(
        text,
        path,
        |file, tree, node| set(file, tree, node, (&value, NodeId::ROOT)),
        expected,
    );
}

#[track_caller]
fn check_remove(text: &str, path: &str, expected: &Expect) {
    check(text, path, remove, expected);
}

#[track_caller]
fn check_key(text: &str, path: &str, keys: &str, value: &str, expected: &Expect) {
    let (_, value, _) = at(value, "");
    let keys: Vec<SmolStr> = keys.split('.').map(SmolStr::new).collect();
    check(
        text,
        path,
        |file, tree, node| insert_key(file, tree, node, &keys, (&value, NodeId::ROOT)),
        expected,
    );
}

#[track_caller]
fn check_item(text: &str, path: &str, value: &str, expected: &Expect) {
    let (_, value, _) = at(value, "");
    check(
        text,
        path,
        |file, tree, node| insert_item(file, tree, node, (&value, NodeId::ROOT)),
        expected,
    );
}

#[test]
fn a_set_scalar_keeps_its_comment_and_its_quotes() {
    check_set(
        POD,
        "spec.containers.0.securityContext.privileged",
        "false",
        &expect![[r#"
        -      privileged: true  # no!
        +      privileged: false  # no!
    "#]],
    );
    check_set(
        POD,
        "spec.containers.0.image",
        "'a:b'",
        &expect![[r#"
        -    image: "nginx:1.27" # image
        +    image: "a:b" # image
    "#]],
    );
    check_set(
        POD,
        "spec.containers.1.image",
        "'yes'",
        &expect![[r#"
        -  - image: other
        +  - image: "yes"
    "#]],
    );
    check_set(
        "a:  # c\nb: 1\n",
        "a",
        "x",
        &expect![[r#"
        -a:  # c
        +a: x  # c
    "#]],
    );
    check_set(
        "a: !!str 1 # c\n",
        "a",
        "2",
        &expect![[r#"
        -a: !!str 1 # c
        +a: 2 # c
    "#]],
    );
    check_set(
        "a: |  # c\n  x\n  y\nb: 1\n",
        "a",
        "2",
        &expect![[r#"
        -a: |  # c
        -  x
        -  y
        +a: 2
    "#]],
    );
}

#[test]
fn a_scalar_may_become_a_list_or_map_and_the_other_way_round() {
    check_set(
        POD,
        "spec.hostNetwork",
        "{a: [b], c: {}}",
        &expect![[r#"
        -  hostNetwork: true # network
        +  hostNetwork: # network
        +    a:
        +    - b
        +    c: {}
    "#]],
    );
    check_set(
        POD,
        "spec.containers.0.securityContext",
        "false",
        &expect![[r#"
        -    securityContext: # context
        -      privileged: true  # no!
        -      # why
        -      capabilities: # capabilities
        -        drop: [ALL]
        -        # tail
        +    securityContext: false # context
    "#]],
    );
    check_set(
        POD,
        "spec.containers.0.securityContext",
        "{a: [b]}",
        &expect![[r#"
        -      privileged: true  # no!
        -      # why
        -      capabilities: # capabilities
        -        drop: [ALL]
        +      a:
        +      - b
    "#]],
    );
    check_set(
        POD,
        "spec.containers.0.resources",
        "{limits: {cpu: 1}}",
        &expect![[r#"
        -    resources: {} # none
        +    resources: # none
        +      limits:
        +        cpu: 1
    "#]],
    );
    check_set(
        POD,
        "spec.containers.0.args",
        "[a, {b: c}]",
        &expect![[r#"
        -    args: ["--a", -b, 'c d']   # args
        +    args: [a, {b: c}]   # args
    "#]],
    );
    check_set(
        POD,
        "spec.containers.1",
        "[a, b]",
        &expect![[r#"
        -  - image: other
        +  - - a
        +    - b
    "#]],
    );
}

#[test]
fn a_removed_entry_takes_its_lines_along() {
    check_remove(
        POD,
        "spec.hostNetwork",
        &expect![[r#"
        -  hostNetwork: true # network
    "#]],
    );
    check_remove(
        POD,
        "spec.containers.0.securityContext",
        &expect![[r#"
        -    securityContext: # context
        -      privileged: true  # no!
        -      # why
        -      capabilities: # capabilities
        -        drop: [ALL]
        -        # tail
    "#]],
    );
    check_remove(
        POD,
        "spec.containers.0.name",
        &expect![[r#"
        -  - name: main   # main
        -    image: "nginx:1.27" # image
        +  - image: "nginx:1.27" # image
    "#]],
    );
    check_remove(
        POD,
        "spec.containers.0.args.1",
        &expect![[r#"
        -    args: ["--a", -b, 'c d']   # args
        +    args: ["--a", 'c d']   # args
    "#]],
    );
    check_remove(
        POD,
        "spec.containers.0.securityContext.capabilities.drop.0",
        &expect![[r#"
        -        drop: [ALL]
        +        drop: []
    "#]],
    );
    check_remove(
        POD,
        "spec.containers.1.image",
        &expect![[r#"
        -  - image: other
        +  - {}
    "#]],
    );
    check_remove(
        POD,
        "spec.containers.1",
        &expect![[r#"
        -  - image: other
    "#]],
    );
    check_remove(
        "a: {\n  b: 1, # b\n  c: 2 # c\n}\n",
        "a.c",
        &expect![[r#"
        -  b: 1, # b
        -  c: 2 # c
        +  b: 1 # b
    "#]],
    );
    check_remove(
        "{\n  \"a\": 1,\n  \"b\": 2\n}\n",
        "b",
        &expect![[r#"
        -  "a": 1,
        -  "b": 2
        +  "a": 1
    "#]],
    );
}

#[test]
fn an_inserted_key_stands_behind_its_siblings() {
    check_key(
        POD,
        "spec",
        "a",
        "1",
        &expect![[r#"
        +  a: 1
    "#]],
    );
    check_key(
        POD,
        "spec.containers.0",
        "securityContext.capabilities.add",
        "[NET]",
        &expect![[r#"
        +        add:
        +        - NET
    "#]],
    );
    check_key(
        POD,
        "spec.containers.1",
        "securityContext.seccompProfile.type",
        "RuntimeDefault",
        &expect![[r#"
        +    securityContext:
        +      seccompProfile:
        +        type: RuntimeDefault
    "#]],
    );
    check_key(
        POD,
        "spec.containers.0",
        "resources.limits.cpu",
        "1",
        &expect![[r#"
        -    resources: {} # none
        +    resources: # none
        +      limits:
        +        cpu: 1
    "#]],
    );
    check_key(
        "a: {b: 1}\n",
        "a",
        "c.d",
        "2",
        &expect![[r#"
        -a: {b: 1}
        +a: {b: 1, c: {d: 2}}
    "#]],
    );
    check_key(
        "a: {\n  b: 1, # b\n  c: 2 # c\n}\n",
        "a",
        "d",
        "3",
        &expect![[r#"
        -  c: 2 # c
        +  c: 2, # c
        +  d: 3
    "#]],
    );
    check_key(
        "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n",
        "a",
        "c",
        "[yes]",
        &expect![[r#"
        -    "b": 1
        +    "b": 1,
        +    "c": [true]
    "#]],
    );
    check_key(
        "{\"a\":{}}\n",
        "a",
        "c",
        "x",
        &expect![[r#"
        -{"a":{}}
        +{"a":{"c": "x"}}
    "#]],
    );
    check_key(
        "a:\n    b: 1\n",
        "",
        "c.d",
        "1",
        &expect![[r#"
        +c:
        +    d: 1
    "#]],
    );
}

#[test]
fn an_inserted_item_stands_behind_its_siblings() {
    check_item(
        POD,
        "spec.containers",
        "{name: b, image: c}",
        &expect![[r#"
        +  - name: b
        +    image: c
    "#]],
    );
    check_item(
        POD,
        "spec.containers.0.args",
        "on",
        &expect![[r#"
        -    args: ["--a", -b, 'c d']   # args
        +    args: ["--a", -b, 'c d', true]   # args
    "#]],
    );
    check_item(
        "a:\n  - b\nc: {}\n",
        "a",
        "[d, e]",
        &expect![[r#"
        +  - - d
        +    - e
    "#]],
    );
    check_item(
        "a: # c\n",
        "a",
        "b",
        &expect![[r#"
        +- b
    "#]],
    );
    check_item(
        "a: [] # c\n",
        "a",
        "{b: 1, c: 2}",
        &expect![[r#"
        -a: [] # c
        +a: # c
        +- b: 1
        +  c: 2
    "#]],
    );
    check_item(
        "a: [\n  b, # b\n  c # c\n]\n",
        "a",
        "d",
        &expect![[r#"
        -  c # c
        +  c, # c
        +  d
    "#]],
    );
}
