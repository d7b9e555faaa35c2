//! Verdicts of queries over small resources, some of whose values are unknown.

mod open;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use graph::{Cause, Data, Graph, NodeId, Piece, Resource, Unknown};
use source::{FileId, SourceFile};

use super::{Against, Judge};
use crate::file::{Check, Vocabulary, read};
use crate::library::Library;
use crate::program::Program;
use crate::testing::resource;
use crate::verdict::WhyUnknown;

/// A check with a setting `most`.
struct Given<'a> {
    query: &'a str,
    message: &'a str,
    most: u8,
}

fn judge_by(given: &[Given<'_>]) -> Judge {
    let checks = given.iter().map(read_check).collect();
    let against = Against {
        kubernetes_minor: 37,
        now: 0,
    };
    Judge::new(&Library::default(), checks, &HashMap::new(), against)
}

fn read_check(given: &Given<'_>) -> Arc<Check> {
    let text = format!(
        "title: T\nseverity: low\nresources: [thing]\nprinciple: p\nthreats: [tampering]\nwhy: w\nremedy: r\n\
         settings: {{ most: {} }}\nquery: {}\nmessage: {}\nfail: []\npass: []\n",
        given.most,
        serde_json::Value::from(given.query),
        serde_json::Value::from(given.message)
    );
    let file = Arc::new(SourceFile::new(FileId(1), "check.yaml", text));
    let vocabulary = Vocabulary {
        is_subject: &|_| true,
        frameworks: None,
    };
    let (check, problems) = read(&file, "bad-thing", "thing", &vocabulary);
    assert!(problems.is_empty(), "{problems:?}");
    Arc::new(check.unwrap())
}

/// The verdict as `fail PATH: MESSAGE` and `unknown: CAUSE` lines, or `pass`. It is the same with and without the prefilter.
#[track_caller]
fn verdict(query: &str, message: &str, text: &str) -> String {
    let most = 3;
    verdicts(
        &[Given {
            query,
            message,
            most,
        }],
        text,
    )
}

/// The verdicts of several checks, one after the other.
#[track_caller]
fn verdicts(given: &[Given<'_>], text: &str) -> String {
    let with = verdicts_of(&judge_by(given), text);
    let without = verdicts_of(&judge_by(given).by_jq_alone(), text);
    assert_eq!(with, without);
    with
}

fn verdicts_of(judge: &Judge, text: &str) -> String {
    let mut resource = resource(text);
    open_choice(&mut resource);
    open_text(&mut resource);
    open_lists(&mut resource);
    open_texts(&mut resource);
    let graph = Graph::new(vec![Arc::new(resource)], false);
    let (id, resource) = graph.resources().next().unwrap();
    let mut out = String::new();
    for judged in judge.judge(&graph, id) {
        for fail in &judged.fails {
            let _ = write!(out, "fail {}: {}", fail.place.path(resource), fail.message);
            for place in &fail.evidence {
                let _ = write!(out, ", see {}", place.path(resource));
            }
            out.push('\n');
        }
        for why in &judged.unknown {
            let _ = match why {
                WhyUnknown::Value(unknown) => writeln!(out, "unknown: {}", unknown.cause.text()),
                WhyUnknown::TooMuch(error) | WhyUnknown::Query(error) => {
                    writeln!(out, "unknown: {error}")
                }
            };
        }
    }
    if out.is_empty() {
        "pass".to_owned()
    } else {
        out.trim_end().to_owned()
    }
}

#[track_caller]
fn check(query: &str, text: &str, expected: &str) {
    assert_eq!(verdict(query, "found", text), expected, "{query}");
}

/// Makes the list `either` an unknown that is one of its elements.
fn open_choice(resource: &mut Resource) {
    if let Some(list) = resource.tree.get(NodeId::ROOT, "either") {
        let unknown = Unknown::new(Cause::Example);
        resource.tree.set(list, Data::Unknown(Arc::new(unknown)));
    }
}

/// Makes the value `some_text` an unknown text.
fn open_text(resource: &mut Resource) {
    if let Some(text) = resource.tree.get(NodeId::ROOT, "some_text") {
        let mut unknown = Unknown::new(Cause::Example);
        unknown.known.kind = Some(graph::Type::String);
        unknown.known.not_null = true;
        resource.tree.set(text, Data::Unknown(Arc::new(unknown)));
    }
}

/// Makes texts with dots in a row unknown in these places.
fn open_texts(resource: &mut Resource) {
    let mut nodes = vec![NodeId::ROOT];
    while let Some(node) = nodes.pop() {
        let tree = &mut resource.tree;
        nodes.extend(tree.children(node));
        let Some(text) = tree.as_text(node).filter(|text| text.contains("...")) else {
            continue;
        };
        let unknown = || Piece::Unknown(Unknown::new(Cause::Example));
        let mut pieces = Vec::new();
        for (index, known) in text.split("...").enumerate() {
            pieces.extend((index > 0).then(unknown));
            pieces.extend((!known.is_empty()).then(|| Piece::Known(known.into())));
        }
        tree.set(node, Data::Partial(pieces.into()));
    }
}

/// Makes lists called `some` open, and their last element one that stands for any further one.
fn open_lists(resource: &mut Resource) {
    let mut nodes = vec![NodeId::ROOT];
    while let Some(node) = nodes.pop() {
        let tree = &mut resource.tree;
        nodes.extend(tree.children(node));
        let key = tree.node(node).key.as_ref();
        if key.is_some_and(|key| key.text == "some") {
            let last = tree.children(node).last();
            tree.set_open(node, Arc::new(Unknown::new(Cause::Example)));
            last.into_iter().for_each(|last| tree.set_symbolic(last));
        }
    }
}

const OPEN: &str = "unknown: the example leaves it open";

#[test]
fn an_output_is_a_fail_at_its_place() {
    check(".a.b | select(. == 1)", "a: {b: 1}", "fail a.b: found");
    check(".a.b | select(. == 1)", "a: {b: 2}", "pass");
    check(
        ".l[] | select(. > 1)",
        "l: [1, 2, 3]",
        "fail l[1]: found\nfail l[2]: found",
    );
    check(
        "[.l[]] | sort_by(-.) | first",
        "l: [1, 3, 2]",
        "fail l[1]: found",
    );
    check(
        ".m | to_entries[] | select(.key == \"x\") | .value",
        "m: {x: 1}",
        "fail m.x: found",
    );
}

#[test]
fn a_missing_key_is_a_place_below_the_nearest_node() {
    check(
        ".a.b.c | select(. == null)",
        "a: {x: 1}",
        "fail a.b.c: found",
    );
    check(
        ".a.b.c | select(. == null)",
        "a: {b: }",
        "fail a.b.c: found",
    );
    check(".a.b | select(. == null)", "a: {b: 1}", "pass");
}

#[test]
fn a_computed_output_is_an_error_of_the_check() {
    let cause = "unknown: the query's output is a computed value and no place of the resource";
    check(".a + 1", "a: 1", cause);
    check("{b: .a}", "a: 1", cause);
}

#[test]
fn an_undecided_question_makes_the_verdict_unknown() {
    for query in [
        ".a | select(. == true)",
        ".a | select(.)",
        ".a | select(startswith(\"x\"))",
        ".a | select(test(\"x\"))",
        ".a | select(has(\"k\"))",
        ".a | select(length > 2)",
        ".a | select(type == \"string\")",
        ".a | select(.b.c == 1)",
        ".a | select(any(.[]; . == 1))",
        ".a | select(\"\\(.)-x\" | endswith(\"x\") | not)",
        "select(.a + 1 == 2) | .b",
    ] {
        check(query, "a: !unknown x\nb: 1", OPEN);
    }
}

#[test]
fn a_place_that_is_found_whatever_the_answers_is_a_fail() {
    check(
        ".b | select($resource.a == 1 or $resource.a != 1)",
        "a: !unknown x\nb: 1",
        "fail b: found",
    );
    check(
        "if .a then .b else .b end",
        "a: !unknown x\nb: 1",
        "fail b: found",
    );
    check(
        "select(.a == 1 and .a != 1) | .b",
        "a: !unknown x\nb: 1",
        "pass",
    );
    check("select(.a == .a | not) | .b", "a: !unknown x\nb: 1", "pass");
    check(".a", "a: !unknown x", "fail a: found");
}

#[test]
fn outputs_of_a_generator_have_their_own_questions() {
    let text = "l: [{x: 1}, {x: !unknown q}, {x: 2}]";
    check(
        ".l[] | select(.x == 1) | .x",
        text,
        &format!("fail l[0].x: found\n{OPEN}"),
    );
}

/// A map with so many keys `k0`, `k1` …, all unknown.
fn unknowns(count: usize) -> String {
    let entry = |index| format!("k{index}: !unknown x\n");
    (0..count).map(entry).collect()
}

#[test]
fn questions_that_follow_from_each_other_are_all_answered() {
    let text = unknowns(12);
    check("first(.[] | select(. == 1))", &text, &[OPEN; 12].join("\n"));
    check("select(all(.[]; . != 1) and .k3 == 1) | .k0", &text, "pass");
    check(
        "select(any(.[]; . == 1) or all(.[]; . != 1)) | .k0",
        &text,
        "fail k0: found",
    );
}

#[test]
fn questions_of_their_own_are_too_many_at_some_number() {
    let query = "[.[] | select(. == 1)] | select(length > 50) | .[0]";
    check(query, &unknowns(6), "pass");
    for count in [7, 40] {
        let too_many = "unknown: the query asks too many questions of unknown values";
        assert!(verdict(query, "found", &unknowns(count)).starts_with(too_many));
    }
}

#[test]
fn the_total_order_asks_nothing_and_makes_outputs_unknown() {
    check("[.l[]] | sort | first", "l: [1, !unknown x]", OPEN);
    check("[.l[]] | min_by(.)", "l: [1, !unknown x]", OPEN);
}

#[test]
fn an_error_keeps_the_places_found_before_it() {
    let found = verdict(".l[] | select(test(\"x\"))", "found", "l: [x, 1]");
    assert_eq!(
        found,
        "fail l[0]: found\nunknown: cannot use number as string"
    );
    let found = verdict(".b, (.a | test(\"x\"))", "found", "a: 1\nb: 2");
    assert_eq!(found, "fail b: found\nunknown: cannot use number as string");
}

#[test]
fn no_query_runs_for_ever_or_exhausts_memory() {
    let steps = "unknown: the query took more steps than it may";
    for query in [
        "last(range(1000000000000000000))",
        "try last(repeat(.)) catch .",
        "[repeat(1)]",
        "until(false; .)",
        "[limit(1000000000000; repeat(1))]",
        "reduce range(1000) as $i (\"x\"; . + .)",
        "reduce range(1000) as $i ([1]; . + .)",
        "[range(10000000)]",
        "first(range(10; infinite; 1) | select(. < 0))",
    ] {
        check(query, "a: 1", steps);
    }
    check(
        "\"x\" * 100000000",
        "a: 1",
        "unknown: the repeated text would be too long",
    );
}

#[test]
fn messages_see_the_item_and_the_found_value() {
    let text = "l: [{name: web, x: 5}]";
    assert_eq!(
        verdict(".l[] | .x", r"\(.name) has \($found)", text),
        "fail l[0].x: web has 5"
    );
    assert_eq!(
        verdict(".l[0].x", r"at most \($settings.most)", text),
        "fail l[0].x: at most 3"
    );
    assert_eq!(
        verdict(".l[] | .x", r"\(.name | error)", text),
        "fail l[0].x: T"
    );
}

#[test]
fn filters_that_reach_outside_do_not_exist() {
    for query in [
        "env",
        "$ENV",
        "input",
        "now",
        "halt",
        "debug",
        "localtime",
        "stderr",
    ] {
        let errors = Program::compile("", &[query]).err().unwrap_or_default();
        assert_eq!(errors.len(), 1, "{query}");
    }
}

#[test]
fn a_check_that_calls_something_undefined_takes_no_other_with_it() {
    let broken = Given {
        query: "undefined_filter",
        message: "broken",
        most: 1,
    };
    let whole = Given {
        query: ".a | select(. == 1)",
        message: "whole",
        most: 1,
    };
    let expected = "unknown: there is no filter undefined_filter\nfail a: whole";
    assert_eq!(verdicts(&[broken, whole], "a: 1"), expected);
}

#[test]
fn a_generator_sees_the_settings_of_its_own_check() {
    let query = "first(.l[] | select(. > $settings.most)) | select(true)";
    let given = [1, 2].map(|most| Given {
        query,
        message: r"above \($settings.most)",
        most,
    });
    assert_eq!(
        verdicts(&given, "l: [1, 2, 3]"),
        "fail l[1]: above 1\nfail l[2]: above 2"
    );
}

#[test]
fn an_unknown_text_may_say_anything() {
    let query = "select(any(.some_text | document | .[]?; .x == 1)) | .b";
    check(query, "some_text: x\nb: 1", OPEN);
    check(query, "a: !unknown x\nb: 1", "pass");
    let query = "select(any(.either | document | .[]?; .x == 1)) | .b";
    check(query, "either: [1, 2]\nb: 1", "pass");
}

#[test]
fn an_unknown_that_is_one_of_several_values_is_each_of_them() {
    check(
        ".either | select(. > 0)",
        "either: [1, 2, 3]",
        "fail either: found",
    );
    check(".either | select(. > 3)", "either: [1, 2, 3]", "pass");
    check(".either | select(. > 1)", "either: [1, 2, 3]", OPEN);
    // Whatever it is, something in it is at fault.
    check(
        ".either.x",
        "either: [{x: 1}, {x: 2}]",
        "fail either[1].x: found, see either[0].x",
    );
    check(
        ".either | (.x, .z) | select(. == 2)",
        "either: [{x: 2}, {z: 2}]",
        "fail either[1].z: found, see either[0].x",
    );
    check(
        ".either.x | select(. == 2)",
        "either: [{x: 1}, {x: 2}]",
        OPEN,
    );
    check(
        "select(.either.x == .either.x | not)",
        "either: [{x: 1}, {x: 2}]",
        "pass",
    );
}
