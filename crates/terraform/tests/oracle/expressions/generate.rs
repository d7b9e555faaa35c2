//! Calls with every kind of argument in every place, and constructs of values of every kind.

use std::collections::BTreeMap;

/// A good call of each function.
const CALLS: &str = include_str!("calls.txt");

/// What replaces an argument.
const ARGUMENTS: &[&str] = &[
    "null",
    "tostring(null)",
    "var.no_list",
    "local.u_any",
    "local.u_text",
    "local.u_id",
    "local.u_number",
    "local.u_bool",
    "local.u_list",
    "local.u_set",
    "local.u_map",
    "local.u_tuple",
    "local.u_object",
    "local.u_secret",
    "local.p_list",
    "local.p_set",
    "local.p_map",
    "local.p_object",
    "var.secret",
    "var.secret_number",
    "var.secret_list",
    "var.secret_map",
    "true",
    "-1",
    "1.5",
    "99999999999999999999",
    r#""""#,
    r#""text""#,
    r#""12""#,
    "[]",
    "{}",
    r#"["a", null]"#,
    r#"[1, "b", true]"#,
    "var.list",
    "var.set",
    "var.map",
    "{ a = 1, b = [2] }",
    "[[1], [2, 3]]",
];

/// Operands and elements, two of which meet.
const OPERANDS: &[&str] = &[
    "1",
    "0",
    "-2.5",
    r#""3""#,
    r#""x""#,
    r#""""#,
    "true",
    r#""false""#,
    "null",
    "tonumber(null)",
    "tostring(null)",
    "var.no_list",
    "[]",
    r#"["a"]"#,
    "[1, true]",
    r#"tolist(["a"])"#,
    r#"toset(["a"])"#,
    "{}",
    r#"{ a = "x" }"#,
    "{ a = 1, b = [true] }",
    r#"tomap({ a = "x" })"#,
    "tolist([])",
    "[{ a = 1 }, { b = 2 }]",
    "local.u_any",
    "local.u_text",
    "local.u_id",
    "local.u_number",
    "local.u_bool",
    "local.u_list",
    "local.u_map",
    "local.u_tuple",
    "local.u_object",
    "local.p_list",
    "local.p_object",
    "var.secret",
    "var.secret_number",
    "var.secret_bool",
    "var.secret_list",
];

/// Constructs around two operands, each with how many pairs are asked.
const PAIRS: &[(&str, &str, usize)] = &[
    ("add", "A + B", 100),
    ("subtract", "A - B", 60),
    ("multiply", "A * B", 60),
    ("divide", "A / B", 100),
    ("modulo", "A % B", 100),
    ("less", "A < B", 80),
    ("less_or_equal", "A <= B", 50),
    ("greater", "A > B", 50),
    ("greater_or_equal", "A >= B", 50),
    ("and", "A && B", 100),
    ("or", "A || B", 100),
    ("equal", "A == B", 400),
    ("not_equal", "A != B", 150),
    ("conditional", "true ? A : B", 250),
    ("conditional", "false ? A : B", 150),
    ("conditional", "local.u_bool ? A : B", 400),
    ("conditional", "var.secret_bool ? A : B", 80),
    ("unification", "tolist([A, B])", 250),
    ("unification", "toset([A, B])", 250),
    ("unification", "tomap({ x = A, y = B })", 150),
    ("unification", "tolist([{ p = A }, { p = B }])", 100),
    ("unification", "tolist([{ p = A }, { q = B }])", 80),
    ("unification", "tolist([[A], [B, A]])", 80),
    ("unification", "[for x in [A, B] : x]", 40),
    ("index", "A[B]", 250),
    ("contains", "contains([A], B)", 80),
    ("coalesce", "coalesce(A, B)", 150),
    ("concat", "concat([A], B)", 60),
    ("merge", "merge({ a = A }, B)", 60),
    ("merge", "merge(A, B)", 60),
    ("lookup", r#"lookup({ a = A }, "z", B)"#, 60),
    ("lookup", r#"lookup(tomap({ a = A }), "z", B)"#, 60),
    ("try", "try(tonumber(A), B)", 60),
    ("setunion", "setunion([A], [B])", 60),
    ("setintersection", "setintersection([A], [B])", 60),
    ("setsubtract", "setsubtract([A], [B])", 60),
    ("distinct", "distinct([A, B, A])", 60),
    ("flatten", "flatten([A, [B]])", 80),
    ("index_function", "index([A], B)", 0),
    ("element", "element([A, B], 1)", 30),
    ("zipmap", r#"zipmap(["k", "l"], [A, B])"#, 30),
    ("jsonencode", "jsonencode([A, B])", 40),
    ("yamlencode", "yamlencode({ x = A, y = B })", 40),
    ("template", r#""<${A}|${B}>""#, 80),
];

/// Constructs around one value.
const SINGLES: &[(&str, &str)] = &[
    ("not", "!X"),
    ("negate", "-X"),
    ("conditional", r#"X ? "then" : "else""#),
    ("conditional", "X ? 1 : null"),
    ("conditional", "X == null ? [] : [X]"),
    ("attribute", "X.a"),
    ("attribute", "X.one"),
    ("attribute", "X.0"),
    ("attribute", "X.a.b"),
    ("index", "X[0]"),
    ("index", r#"X["a"]"#),
    ("index", r#"X["0"]"#),
    ("index", "X[local.u_number]"),
    ("index", "X[local.u_text]"),
    ("index", "X[var.secret_number]"),
    ("index", "[X][0]"),
    ("index", "{ p = X }[\"p\"]"),
    ("splat", "X[*]"),
    ("splat", "X.*"),
    ("splat", "X[*].a"),
    ("splat", "X.*.a"),
    ("splat", "X[*][0]"),
    ("splat", "X[*].name"),
    ("splat", "[X][*].a"),
    ("splat", "length(X[*])"),
    ("for", "[for v in X : v]"),
    ("for", "[for k, v in X : k]"),
    ("for", "{ for k, v in X : k => v }"),
    ("for", r#"{ for v in X : "k" => v... }"#),
    ("for", "[for v in X : v if v != null]"),
    ("for", r#"[for v in ["a", "b"] : v if X]"#),
    ("for", r#"{ for v in ["a", "b"] : X => v }"#),
    ("for", "{ for v in [1, 2] : v => X }"),
    ("object", "{ (X) = 1 }"),
    ("object", "{ x = X }"),
    ("tuple", "[X, X]"),
    ("template", r#""${X}""#),
    ("template", r#""a${X}b""#),
    ("template", r#""%{ if X }y%{ else }n%{ endif }""#),
    ("template", r#""%{ for v in X }<${v}>%{ endfor }""#),
    ("can", "can(X.a)"),
    ("try", "try(X.a, 1)"),
    ("try", "try(X[0], \"d\")"),
    ("equal", "X == null"),
    ("not_equal", "null != X"),
    ("equal", "[X] == [X]"),
];

/// What Terraform crashes on while it validates.
const CRASHES: &[&str] = &["setunion([var.no_list], [local.u_list])"];

/// The files that have generated cases.
pub(crate) fn names() -> Vec<String> {
    let functions = calls().into_keys().map(str::to_owned);
    let pairs = PAIRS.iter().map(|(name, ..)| (*name).to_owned());
    let singles = SINGLES.iter().map(|(name, _)| (*name).to_owned());
    functions.chain(pairs).chain(singles).collect()
}

/// The generated cases of a file.
pub(crate) fn expressions(name: &str) -> Vec<String> {
    let call = calls().get(name).map(|arguments| of_call(name, arguments));
    let singles = SINGLES
        .iter()
        .filter(|(of, _)| *of == name)
        .flat_map(|(_, form)| values().map(|value| fill(form, 'X', value)));
    let pairs = PAIRS
        .iter()
        .filter(|(of, ..)| *of == name)
        .flat_map(|(_, form, count)| of_pairs(form, *count));
    call.into_iter()
        .flatten()
        .chain(singles)
        .chain(pairs)
        .filter(|expression| !CRASHES.contains(&expression.as_str()))
        .collect()
}

fn values() -> impl Iterator<Item = &'static str> {
    let structures = ["var.people", "var.mixed", "local.u_nested", "var.token"];
    ARGUMENTS.iter().copied().chain(structures)
}

fn calls() -> BTreeMap<&'static str, Vec<&'static str>> {
    let lines = CALLS.lines().filter(|line| !line.starts_with('#'));
    let calls = lines.map(|line| {
        let mut parts = line.split(" | ");
        let name = parts.next().unwrap_or_default();
        (name, parts.collect())
    });
    calls.collect()
}

fn of_call(name: &str, arguments: &[&str]) -> Vec<String> {
    let call = |arguments: &[&str]| format!("{name}({})", arguments.join(", "));
    let all = arguments.join(", ");
    let mut calls = vec![
        call(arguments),
        call(&[]),
        call(&arguments[..arguments.len().saturating_sub(1)]),
        call(&[arguments, &["1"]].concat()),
        format!("{name}([{all}]...)"),
        format!("{name}(local.u_list...)"),
        format!("{name}(null...)"),
        format!("{name}(var.secret_list...)"),
        format!("{name}(local.p_list...)"),
    ];
    for place in 0..arguments.len() {
        for argument in ARGUMENTS {
            let mut arguments = arguments.to_vec();
            arguments[place] = argument;
            calls.push(call(&arguments));
        }
    }
    calls
}

fn of_pairs(form: &str, count: usize) -> Vec<String> {
    let size = OPERANDS.len();
    let mut random = seed(form);
    let pairs = (0..count).map(|_| {
        let pick = next(&mut random) % (size * size);
        let filled = fill(form, 'A', OPERANDS[pick / size]);
        fill(&filled, 'B', OPERANDS[pick % size])
    });
    pairs.collect()
}

/// Puts a value at a letter that is no part of a word.
fn fill(form: &str, letter: char, value: &str) -> String {
    form.replace(letter, value)
}

fn seed(text: &str) -> u64 {
    // FNV-1a: other forms ask other pairs.
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn next(state: &mut u64) -> usize {
    // SplitMix64.
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap_or_default()
}
