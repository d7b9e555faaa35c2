//! The prefilter beside the engine of jq: what it says is what jq gives, and it says nothing where jq would ask or fail.

mod queries;

use std::sync::{Arc, LazyLock};
use std::thread;

use graph::{Cause, Data, Graph, NodeId, Piece, Resource, ResourceId, Unknown};
use jaq_core::Vars;
use proptest::prelude::*;

use self::queries::QUERIES;
use super::evaluate::STACK;
use super::{Asking, Datum, Decision, Definitions, Globals, Prefilter};
use crate::native::Context;
use crate::pod_security::Standards;
use crate::program::{Program, Run};
use crate::run::outcomes;
use crate::testing::resource;
use crate::value::{Spot, Value};

/// Definitions like those of `checks/lib`.
const LIBRARY: &str = r#"
def twice(f): f | f;
def pair($x; f): $x, f;
def values_of($name): .[$name][]?;
def shadow: def a: .b; a;
def alias: twice(.a);
def among($list): . as $one | any($list[]; . == $one);
"#;

/// One query in both forms.
struct Case {
    query: &'static str,
    prefilter: Option<Prefilter>,
    program: Option<Program>,
}

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let definitions = Definitions::parse(LIBRARY);
    let case = |query: &&'static str| Case {
        query,
        prefilter: Prefilter::compile(query, &definitions, &settings()),
        program: Program::compile(LIBRARY, &[query]).ok(),
    };
    QUERIES.iter().map(case).collect()
});

fn settings() -> Value {
    let list = Value::array(vec![Value::Int(1), Value::Int(2)]);
    Value::object([("list".into(), list), ("on".into(), Value::Bool(true))])
}

fn graph(resource: Resource) -> Graph {
    Graph::new(vec![Arc::new(resource)], false)
}

fn standards() -> Standards {
    Standards::new(&[], String::new())
}

fn context<'a>(graph: &'a Graph, standards: &'a Standards) -> Context<'a> {
    Context {
        graph,
        kubernetes_minor: 37,
        standards,
    }
}

/// Where a value stands, and what it is.
fn described(value: &Value) -> String {
    let missing = match value {
        Value::Missing(missing) => missing.keys.join("."),
        _ => String::new(),
    };
    let node = value.place().map(|place| place.node);
    format!("{node:?} {missing} {value}")
}

/// What the prefilter is certain of.
fn by_prefilter(prefilter: &Prefilter, context: Context<'_>) -> Option<Vec<String>> {
    let id = ResourceId(0);
    let root = Spot {
        resource: context.graph.resource(id),
        id,
        node: NodeId::ROOT,
    };
    let globals = Globals {
        resource: root,
        now: 7,
        found: Datum::NULL,
    };
    match prefilter.decide(&Datum::Node(root), globals, context, Asking::Forbidden) {
        Decision::Outputs(outputs) => Some(
            outputs
                .iter()
                .map(|output| described(&output.value()))
                .collect(),
        ),
        Decision::Questions | Decision::Undecided => None,
    }
}

/// What jq gives, if it does not fail and asks nothing of an unknown value.
fn by_jq(program: &Program, context: Context<'_>) -> Option<Vec<String>> {
    let root = || Value::root(context.graph.resource(ResourceId(0)), ResourceId(0));
    let variables = [
        root(),
        settings(),
        "1.37".into(),
        Value::Int(7),
        Value::Null,
    ];
    let run = Run {
        context,
        variables: Vars::new(variables),
    };
    let outcomes = outcomes(|| {
        let outputs = program.run(0, &run, root());
        outputs
            .map(|output| output.map(|output| described(&output)))
            .collect::<Result<Vec<String>, String>>()
    });
    let is_certain = outcomes.runs.len() == 1 && outcomes.causes.is_empty();
    outcomes
        .runs
        .into_iter()
        .next()
        .filter(|_| is_certain)?
        .ok()?
        .ok()
}

/// Makes lists and maps under `open` open, the last element of a list with an even number of them symbolic, and the text
/// `partial` partly unknown.
fn loosened(mut resource: Resource) -> Resource {
    let mut nodes = vec![NodeId::ROOT];
    while let Some(node) = nodes.pop() {
        let tree = &mut resource.tree;
        nodes.extend(tree.children(node));
        let is_open = tree
            .node(node)
            .key
            .as_ref()
            .is_some_and(|key| key.text == "open");
        let unknown = || Unknown::new(Cause::Example);
        match &tree.node(node).data {
            Data::List | Data::Map if is_open => {
                let elements: Vec<NodeId> = tree.children(node).collect();
                let is_symbolic =
                    tree.node(node).data == Data::List && elements.len().is_multiple_of(2);
                tree.set_open(node, Arc::new(unknown()));
                if let Some(last) = elements.last().filter(|_| is_symbolic) {
                    tree.set_symbolic(*last);
                }
            }
            Data::String(text) if text == "partial" => {
                tree.set(
                    node,
                    Data::Partial([Piece::Known("A".into()), Piece::Unknown(unknown())].into()),
                );
            }
            _ => {}
        }
    }
    resource
}

/// Scalars that queries of the table tell apart.
const SCALARS: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "1",
    "-2",
    "2.5",
    "''",
    "x",
    "ALL",
    "partial",
    "!unknown u",
];

/// YAML of a small value.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(SCALARS).prop_map(str::to_owned);
    leaf.prop_recursive(3, 32, 4, |inner| {
        let items = prop::collection::vec(inner.clone(), 0..4);
        let list = items.prop_map(|items| format!("[{}]", items.join(", ")));
        prop_oneof![list, map(inner)]
    })
}

fn map(inner: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let key = prop::sample::select(&["a", "b", "c", "d", "open"][..]);
    prop::collection::btree_map(key, inner, 0..5).prop_map(|entries| {
        let entries: Vec<String> = entries
            .iter()
            .map(|(key, value)| format!("{key}: {value}"))
            .collect();
        format!("{{{}}}", entries.join(", "))
    })
}

/// YAML of a map with all keys that queries of the table ask for.
fn root() -> impl Strategy<Value = String> {
    let keys = ["a", "b", "c", "d", "open"];
    prop::collection::vec(value(), keys.len()).prop_map(move |values| {
        let lines = keys
            .iter()
            .zip(values)
            .map(|(key, value)| format!("{key}: {value}\n"));
        lines.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_prefilter_says_is_what_jq_gives(text in root()) {
        let graph = graph(loosened(resource(&text)));
        let standards = standards();
        let context = context(&graph, &standards);
        for case in CASES.iter() {
            let said = case.prefilter.as_ref().and_then(|prefilter| by_prefilter(prefilter, context));
            if let Some(said) = said {
                let given = case.program.as_ref().and_then(|program| by_jq(program, context));
                prop_assert_eq!(Some(said), given, "{} on {}", case.query, text);
            }
        }
    }
}

/// What the prefilter says of a query on a text, one output a line.
fn said(query: &str, text: &str) -> Option<String> {
    let definitions = Definitions::parse(LIBRARY);
    let graph = graph(loosened(resource(text)));
    let standards = standards();
    let prefilter = Prefilter::compile(query, &definitions, &settings())?;
    let said = by_prefilter(&prefilter, context(&graph, &standards))?;
    let texts: Vec<&str> = said
        .iter()
        .map(|said| said.rsplit(") ").next().unwrap_or_default())
        .collect();
    Some(texts.join(" "))
}

#[test]
fn what_is_known_is_decided() {
    for (query, text) in [
        ("select(.a == 1) | .b", "a: 2"),
        (".a[]? | select(.b.c == true)", "a: [{b: {}}, {}]"),
        ("any(.a[]?; . == \"ALL\") | select(.)", "a: [x, y]"),
        ("select(.a.b.c // {} | keys | length > 0)", "a: {}"),
        (".a | to_entries[] | select(.key == \"y\")", "a: {x: 1}"),
        ("select(.known == 2)", "known: 1\nother: !unknown u"),
        (".open | select(.a == 2)", "open: {a: 1}"),
        ("select([.a[]?] | length > 1)", "a: [!unknown u]"),
        ("select($settings.list == [])", "a: 1"),
        ("def f(g): g | g; select(f(.a) == 1)", "a: {a: 2}"),
    ] {
        assert_eq!(said(query, text).as_deref(), Some(""), "{query} on {text}");
    }
}

#[test]
fn what_is_unknown_or_fails_is_left_to_jq() {
    for (query, text) in [
        ("select(.a)", "a: !unknown u"),
        ("select(.a == 1)", "a: !unknown u"),
        ("select(.a == [1])", "a: [!unknown u]"),
        ("select(.a.b)", "a: !unknown u"),
        ("select(.a == \"x\")", "a: partial"),
        (".open[] | empty", "open: [1]"),
        ("select(.open.b)", "open: {a: 1}"),
        ("select(.open | has(\"b\"))", "open: {a: 1}"),
        ("select(.open == [])", "open: []"),
        ("select(.open | length > 3)", "open: [1]"),
        (".a.b | empty", "a: 1"),
        (".a[] | empty", "a: 1"),
        ("select(.a | startswith(\"x\"))", "a: 1"),
        ("select(1 - .a == 1)", "a: x"),
        ("error", "a: 1"),
        ("select(is_referenced)", "a: 1"),
        (".a |= 1", "a: 1"),
        ("def f: f; f", "a: 1"),
        ("select(.a | test(\"(\"))", "a: x"),
        ("select(undefined_filter)", "a: 1"),
    ] {
        assert_eq!(said(query, text), None, "{query} on {text}");
    }
}

#[test]
fn runs_and_expansions_are_bounded() {
    let items = vec!["1"; 200].join(", ");
    let text = format!("l: [{items}]");
    let empty = Some(String::new());
    assert_eq!(said(".l[] | select(. == 2)", &text), empty);
    assert_eq!(
        said(".l[] as $x | .l[] as $y | .l[] as $z | empty", &text),
        None
    );
    let doubled = "(1, 2) as $x | ".repeat(30);
    assert_eq!(said(&format!("{doubled} empty"), &text), None);
    let doubled = (0..20).fold("def f0: .a;".to_owned(), |defs, index| {
        format!("{defs} def f{}: f{index}, f{index};", index + 1)
    });
    assert_eq!(
        said(&format!("{doubled} select(any(f20; . == 1))"), "a: 2"),
        None
    );
    assert_eq!(
        said(&format!("{}.a{}", "[".repeat(300), "]".repeat(300)), "a: 2"),
        None
    );
}

#[test]
fn what_nests_as_deep_as_it_may_fits_into_the_stack_that_a_run_asks_for() {
    let run = || {
        assert!(said(".a", "a: 1").is_some());
        for (open, close) in [
            ("[", "]"),
            ("first(.a, ", ")"),
            ("(.a // ", ")"),
            ("any(.l[]; ", ")"),
            ("(.a as $x | ", ")"),
            ("(.l[] as $x | ", ")"),
            ("(.l[] | . , ", ")"),
            ("select(", ") | .a"),
            ("if .a then ", " else .b end"),
            ("(.a == ", ")"),
            ("[.l[] | ", " | .]"),
            ("twice(", ")"),
        ] {
            for depth in 1..100 {
                let query = format!("{}.a?{}", open.repeat(depth), close.repeat(depth));
                said(&query, "a: 1\nl: [{l: [{}]}]");
            }
        }
    };
    let thread = thread::Builder::new().stack_size(STACK + 64 * 1024);
    thread.spawn(run).unwrap().join().unwrap();
}
