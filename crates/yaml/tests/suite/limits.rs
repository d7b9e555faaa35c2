//! Text that is made to exhaust its reader.

use source::{FileId, SourceFile};
use yaml::{Options, Yaml};

fn read(text: &str) -> Yaml {
    let file = SourceFile::new(FileId(0), "text.yaml", text);
    yaml::read(
        &file,
        &Options {
            max_nodes: 10_000,
            max_depth: 100,
            placeholder_tags: false,
        },
    )
}

/// Checks that reading stays in its bounds, and which problem tells of them.
#[track_caller]
fn check(text: &str, code: &str) {
    let yaml = read(text);
    let nodes: usize = yaml
        .documents
        .iter()
        .map(|document| document.tree.len())
        .sum();
    assert!(nodes <= 10_000, "{nodes} nodes");
    assert!(
        yaml.problems.len() <= 201,
        "{} problems",
        yaml.problems.len()
    );
    assert!(
        yaml.problems.iter().any(|problem| problem.code == code),
        "{:?}",
        yaml.problems
    );
}

#[test]
fn alias_bombs_are_bounded() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        text += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    check(&text, "too-many-nodes");
}

#[test]
fn bombs_of_merge_keys_are_bounded() {
    let mut text = "a0: &a0 {k: 1}\n".to_owned();
    for level in 1..40 {
        let below = level - 1;
        text += &format!(
            "a{level}: &a{level} {{<<: [*a{below}, *a{below}], k{level}: {{<<: *a{below}}}}}\n"
        );
    }
    check(&text, "too-many-nodes");
}

#[test]
fn small_files_stay_small() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    let mut merges = format!("a0: &a0 {{{}}}\n", "k: 1, l: 2, m: 3, ".repeat(300));
    for level in 1..100 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        laughs += &format!("a{level}: &a{level} [{aliases}]\n");
        merges += &format!("a{level}: &a{level} {{<<: [{aliases}], k{level}: 1}}\n");
    }
    for text in [laughs, merges] {
        let text = text + "last: 1\n";
        let file = SourceFile::new(FileId(0), "text.yaml", text.as_str());
        let yaml = yaml::read(&file, &Options::default());
        let tree = &yaml.documents[0].tree;
        assert!(tree.len() < 30_000 + text.len(), "{} nodes", tree.len());
        let codes: Vec<&str> = yaml.problems.iter().map(|problem| problem.code).collect();
        assert!(codes.contains(&"too-many-aliases"), "{codes:?}");
        assert!(tree.get(graph::NodeId::ROOT, "last").is_some());
    }
}

#[test]
fn the_way_of_a_value_through_many_merges_is_short() {
    let mut text = "a0: &a0 {k: 1}\n".to_owned();
    for level in 1..90 {
        text += &format!("a{level}: &a{level} {{<<: *a{}}}\n", level - 1);
    }
    let yaml = read(&text);
    let tree = &yaml.documents[0].tree;
    let last = tree.at(graph::NodeId::ROOT, &["a89", "k"]).unwrap();
    assert_eq!(
        tree.passage(last).map(|passage| passage.steps.len()),
        Some(8)
    );
}

#[test]
fn aliases_cant_nest_deeper_than_written_text() {
    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..110 {
        text += &format!("a{level}: &a{level} [*a{}]\n", level - 1);
    }
    check(&text, "too-deep");
}

#[test]
fn deep_nesting_is_bounded_and_the_rest_is_read() {
    let brackets = format!("a: {}{}\nb: 1\n", "[".repeat(9_000), "]".repeat(9_000));
    check(&brackets, "too-deep");
    assert!(
        read(&brackets).documents[0]
            .tree
            .get(graph::NodeId::ROOT, "b")
            .is_some()
    );
    check(&"- ".repeat(50_000), "too-deep");
    check(&"{\"a\":".repeat(50_000), "too-deep");
    check(
        &format!("{}1{}", "{\"a\":[".repeat(9_000), "]}".repeat(9_000)),
        "too-deep",
    );
    check(
        &(0..500)
            .map(|depth| " ".repeat(depth) + "a:\n")
            .collect::<String>(),
        "too-deep",
    );
}

#[test]
fn many_values_on_one_line_are_bounded() {
    check(&format!("a: [{}]", "b, ".repeat(100_000)), "too-many-nodes");
    check(
        &format!("{{\"a\": [{}1]}}", "1,".repeat(100_000)),
        "too-many-nodes",
    );
    check(&"a: 1\n---\n".repeat(10_000), "too-many-nodes");
    check(
        &(0..10_001)
            .map(|key| format!("k{key}: 1\n"))
            .collect::<String>(),
        "too-many-nodes",
    );
}

#[test]
fn many_problems_are_counted_and_not_kept() {
    check(&"a: 1\n".repeat(5_000), "too-many-problems");
    check(&"a: b: c\n---\n".repeat(1_000), "too-many-problems");
}

#[test]
fn long_texts_and_maps_are_read_in_one_go() {
    let text = format!(
        "a: {}\n{}",
        "x".repeat(1_000_000),
        (0..9_000)
            .map(|key| format!("k{key}: 1\n"))
            .collect::<String>()
    );
    let yaml = read(&text);
    assert_eq!(yaml.problems, []);
    assert_eq!(yaml.documents[0].tree.len(), 9_002);
}
