//! The filters of jq that queries may use.

use graph::Graph;
use jaq_core::Vars;

use crate::native::Context;
use crate::pod_security::Standards;
use crate::program::{Program, Run};
use crate::value::Value;

/// jq's filters by name and number of arguments, as its manual lists them (<https://jqlang.org/manual/v1.7/>), without those that `checks/README.md` names.
const JQ: &str = "
    IN/1 IN/2 INDEX/1 INDEX/2 abs/0 add/0 add/1 all/0 all/1 all/2 any/0 any/1 any/2 arrays/0 ascii/0 ascii_downcase/0
    ascii_upcase/0 booleans/0 bsearch/1 capture/1 capture/2 ceil/0 combinations/0 combinations/1 contains/1 del/1 delpaths/1
    empty/0 endswith/1 error/0 error/1 explode/0 first/0 first/1 flatten/0 flatten/1 floor/0 fromdate/0 fromdateiso8601/0
    fromjson/0 fromstream/1 from_entries/0 getpath/1 group_by/1 gsub/2 gsub/3 has/1 implode/0 in/1 index/1
    indices/1 infinite/0 inside/1 isempty/1 isinfinite/0 isnan/0 isnormal/0 iterables/0 join/1 keys/0
    keys_unsorted/0 last/0 last/1 length/0 limit/2 ltrim/0 ltrimstr/1 map/1 map_values/1 match/1 match/2 max/0 max_by/1 min/0
    min_by/1 nan/0 not/0 nth/1 nth/2 nulls/0 numbers/0 objects/0 path/1 paths/0 paths/1 pick/1 pow/2 range/1 range/2 range/3
    recurse/0 recurse/1 recurse/2 repeat/1 reverse/0 rindex/1 rtrim/0 rtrimstr/1 scalars/0 scan/1 scan/2 select/1 setpath/2
    skip/2 sort/0 sort_by/1 split/1 split/2 splits/1 splits/2 sqrt/0 startswith/1 strings/0 sub/2 sub/3 test/1 test/2
    to_entries/0 toarray/0 todate/0 tojson/0 tonumber/0 tostream/0 tostring/0 transpose/0 trim/0 trimstr/1 truncate_stream/1
    type/0 unique/0 unique_by/1 until/2 utf8bytelength/0 values/0 walk/1 while/2 with_entries/1
    @base64/0 @base64d/0 @csv/0 @html/0 @json/0 @sh/0 @text/0 @tsv/0 @uri/0
";

fn is_there(name: &str, arity: usize) -> bool {
    let arguments = vec!["."; arity].join("; ");
    let query = if arity == 0 {
        name.to_owned()
    } else {
        format!("{name}({arguments})")
    };
    Program::compile("", &[&query]).is_ok()
}

#[test]
fn filters_of_jq_are_there() {
    let filters = JQ
        .split_whitespace()
        .filter_map(|filter| filter.split_once('/'));
    let missing = filters.filter(|(name, arity)| !is_there(name, arity.parse().unwrap()));
    let missing: Vec<String> = missing
        .map(|(name, arity)| format!("{name}/{arity}"))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

/// The outputs of a query without input, as jq prints them.
fn outputs(query: &str) -> String {
    let program = Program::compile("", &[query]).unwrap_or_else(|errors| panic!("{errors:?}"));
    let graph = Graph::new(Vec::new(), false);
    let standards = Standards::new(&[], String::new());
    let run = Run {
        context: Context {
            graph: &graph,
            kubernetes_minor: 37,
            standards: &standards,
        },
        variables: Vars::new([(); 5].map(|()| Value::Null)),
    };
    let outputs = program.run(0, &run, Value::Null);
    let outputs: Vec<String> = outputs.map(|output| output.unwrap().to_string()).collect();
    outputs.join(" ")
}

#[test]
fn definitions_that_the_engine_lacks_do_what_the_manual_says() {
    for (query, expected) in [
        (
            ".[1] = 2, ([0] | .[2] = 1 | .[-1] = 3)",
            "[null,2] [0,null,3]",
        ),
        ("2 | IN(1, 2), IN(3)", "true false"),
        ("IN(1, 2; 2), IN(1; 2)", "true false"),
        (
            "[{a: 1}, {a: 2}] | INDEX(.a)",
            r#"{"1":{"a":1},"2":{"a":2}}"#,
        ),
        ("65 | ascii", r#""A""#),
        ("1, [1] | toarray", "[1] [1]"),
        (r#""xax" | trimstr("x")"#, r#""a""#),
        ("[0, 2, 4] | bsearch(2), bsearch(3), bsearch(5)", "1 -3 -4"),
        (
            "[{a: [1]}, 2] | [tostream]",
            r#"[[[0,"a",0],1],[[0,"a",0]],[[0,"a"]],[[1],2],[[1]]]"#,
        ),
        (
            "[{a: [1, {}]}, 2], 3, [] | fromstream(tostream)",
            r#"[{"a":[1,{}]},2] 3 []"#,
        ),
        (
            "[1 | truncate_stream([[0], 1], [[1, 0], 2], [[1, 0]], [[1]])]",
            "[[[0],2],[[0]]]",
        ),
        (
            r#"[1, "a\"b", null, true] | @csv"#,
            r#""1,\"a\"\"b\",,true""#,
        ),
        (r#"["a\tb", 1] | @tsv"#, r#""a\\tb\t1""#),
    ] {
        assert_eq!(outputs(query), expected, "{query}");
    }
}
