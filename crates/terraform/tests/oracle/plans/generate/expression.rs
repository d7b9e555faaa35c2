//! Expressions of a kind, made of what a module has.

use super::random::Random;

/// What an expression gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Bool,
    /// A list or tuple of texts.
    Texts,
    /// A map or object of texts.
    Map,
}

/// An expression, and what may be done with it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) text: String,
    pub(super) kind: Kind,
    /// Whether the plan may not know it.
    pub(super) unknown: bool,
    /// Whether it may be sensitive.
    pub(super) secret: bool,
}

/// What an expression may be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Anything,
    /// Nothing sensitive.
    Open,
    /// Nothing sensitive and nothing unknown, as for `count` and `for_each`.
    Known,
}

impl Entry {
    fn suits(&self, need: Need) -> bool {
        match need {
            Need::Anything => true,
            Need::Open => !self.secret,
            Need::Known => !self.secret && !self.unknown,
        }
    }
}

/// What expressions of one place may refer to.
#[derive(Clone, Default)]
pub(super) struct Pool(pub(super) Vec<Entry>);

impl Pool {
    pub(super) fn add(&mut self, text: impl Into<String>, kind: Kind, like: &Entry) {
        self.0.push(Entry {
            text: text.into(),
            kind,
            unknown: like.unknown,
            secret: like.secret,
        });
    }

    fn pick(&self, random: &mut Random, kind: Kind, need: Need) -> Option<&Entry> {
        let fitting: Vec<&Entry> = self
            .0
            .iter()
            .filter(|entry| entry.kind == kind && entry.suits(need))
            .collect();
        if fitting.is_empty() {
            return None;
        }
        Some(fitting[random.below(fitting.len())])
    }
}

/// Forms of a kind. `T`, `N`, `B`, `L` and `M` stand for a text, number, truth value, list and map.
fn forms(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Text => &[
            r#""p-${T}""#,
            r#""${T}-${N}""#,
            "upper(T)",
            r#"join("-", L)"#,
            r#"lookup(M, "a", T)"#,
            r#"coalesce(T, "none")"#,
            "B ? T : T",
            r#"replace(T, "a", "o")"#,
            r#"format("%s/%03d", T, N)"#,
            r#"try(M["zz"], T)"#,
            r#"substr("${T}-long", 0, 3)"#,
            "jsonencode(L)",
            "jsonencode({ name = T, size = N })",
            r#"element(concat(["z"], L), 1)"#,
            "tostring(N)",
            r#""%{ if B }yes%{ else }no%{ endif }""#,
            r#""%{ for x in L }<${x}>%{ endfor }""#,
            "trimspace(\" ${T} \")",
            "(B ? { v = T } : { v = T }).v",
            "one([T])",
        ],
        Kind::Number => &[
            "length(L)",
            "N + N",
            "N * 2",
            "max(N, N)",
            "B ? N : N",
            "length(M)",
            "length(T)",
            "N % 3",
            "sum([N, 1])",
        ],
        Kind::Bool => &[
            "T == T",
            "N > N",
            "contains(L, T)",
            "!(B)",
            "B && B",
            "B || B",
            r#"startswith(T, "p")"#,
            "length(L) > 0",
            "can(M.a)",
            "T != null",
        ],
        Kind::Texts => &[
            "[T]",
            "[T, T]",
            "tolist([T, T])",
            "concat(L, L)",
            r#"[for x in L : "${x}-${T}"]"#,
            "[for x in L : x if x != T]",
            "[for k, v in M : \"${k}=${v}\"]",
            "keys(M)",
            "values(M)",
            "sort(tolist(L))",
            "distinct(tolist(L))",
            r#"split("-", T)"#,
            "compact([T, \"\"])",
            "flatten([L, [T]])",
            "B ? tolist(L) : tolist([])",
            r#"formatlist("%s!", L)"#,
            "slice(concat([\"s\", T], L), 0, 2)",
            "tolist(toset([T, \"set\"]))",
            "reverse(L)",
            "[{ v = T }, { v = T }][*].v",
        ],
        Kind::Map => &[
            "{ a = T }",
            "{ a = T, b = T }",
            "merge(M, { b = T })",
            "tomap({ a = T, c = T })",
            "{ for k, v in M : k => upper(v) }",
            r#"{ for i, x in L : "k${i}" => x }"#,
            r#"zipmap(["a", "d"], [T, T])"#,
            "B ? tomap(M) : tomap({ e = T })",
            "{ for k, v in M : \"${k}-x\" => v if k != \"b\" }",
        ],
    }
}

fn literals(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Text => &[r#""alpha""#, r#""beta""#, r#""""#, r#""Grüße""#],
        Kind::Number => &["0", "1", "2", "7"],
        Kind::Bool => &["true", "false"],
        Kind::Texts => &["[]", r#"["x", "y"]"#, r#"tolist(["l"])"#],
        Kind::Map => &["{}", r#"{ a = "m" }"#, r#"tomap({ a = "1", b = "2" })"#],
    }
}

/// An expression of the kind.
pub(super) fn expression(
    pool: &Pool,
    random: &mut Random,
    kind: Kind,
    need: Need,
    depth: usize,
) -> Entry {
    let known = |text: &str| Entry {
        text: text.to_owned(),
        kind,
        unknown: false,
        secret: false,
    };
    if depth == 0 || random.chance(25) {
        let literal = *random.pick(literals(kind));
        let picked = random.chance(85).then(|| pool.pick(random, kind, need));
        return picked.flatten().cloned().unwrap_or_else(|| known(literal));
    }
    let form = *random.pick(forms(kind));
    let mut whole = known("");
    for (index, piece) in pieces(form).into_iter().enumerate() {
        if index % 2 == 0 {
            whole.text.push_str(piece);
            continue;
        }
        let inner = expression(pool, random, of_letter(piece), need, depth - 1);
        whole.text.push_str(&inner.text);
        whole.unknown |= inner.unknown;
        whole.secret |= inner.secret;
    }
    if form.contains('?') || form.contains(" + ") || form.contains("&&") || form.contains("||") {
        whole.text = format!("({})", whole.text);
    }
    whole
}

/// Text and single capital letters, in turn.
fn pieces(form: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = form;
    let is_letter = |letter: char| "TNBLM".contains(letter);
    while let Some(at) = rest.find(is_letter) {
        pieces.extend([&rest[..at], &rest[at..=at]]);
        rest = &rest[at + 1..];
    }
    pieces.push(rest);
    pieces
}

fn of_letter(letter: &str) -> Kind {
    match letter {
        "T" => Kind::Text,
        "N" => Kind::Number,
        "B" => Kind::Bool,
        "L" => Kind::Texts,
        _ => Kind::Map,
    }
}
