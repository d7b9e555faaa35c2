//! Which rows of the research are built, and how each was tested: the table `rows/rows.md`, which this test writes with
//! `UPDATE_EXPECT=1`.

mod escape_cases;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use escape_cases::{CASES, manifests};
use expect_test::expect_file;
use reach::{escapes, methods};

/// The files of tests that rows name.
const FILES: [(&str, &str); 6] = [
    ("access", include_str!("access.rs")),
    ("cloud_bridges", include_str!("cloud_bridges.rs")),
    ("network_exposure", include_str!("network_exposure.rs")),
    ("escalation", include_str!("escalation.rs")),
    ("escapes", include_str!("escapes.rs")),
    ("paths", include_str!("paths.rs")),
];

/// How many rows there are of each kind.
const ROWS: [(char, usize); 3] = [('E', 48), ('C', 23), ('D', 6)];

struct Row<'a> {
    id: &'a str,
    ways: Vec<&'a str>,
    tests: Vec<&'a str>,
    open: Option<&'a str>,
}

fn rows() -> Vec<Row<'static>> {
    let lines = include_str!("rows/rows.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .map(row)
        .collect()
}

fn row(line: &str) -> Row<'_> {
    let (ways, rest) = line.split_once('|').unwrap_or((line, ""));
    let mut ways = ways.split_whitespace();
    let id = ways.next().unwrap_or_default();
    let (tests, open) = match rest.split_once("open: ") {
        Some((tests, open)) => (tests, Some(open)),
        None => (rest, None),
    };
    let tests = tests.split_whitespace();
    Row {
        id,
        ways: ways.collect(),
        tests: tests
            .filter_map(|test| test.strip_prefix("test:"))
            .collect(),
        open,
    }
}

/// The numbers of cases in which a way works, and does not with one condition missing.
fn cases(way: &str) -> Option<(usize, usize)> {
    let own = CASES.iter().filter(|case| case.escape == way);
    let counts = own.map(|case| {
        let text = manifests(case);
        let missing = case.missing.iter().filter(|(from, _)| text.contains(from));
        (1, missing.count())
    });
    let sum = counts.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    if escapes().iter().any(|escape| escape.name == way) {
        return Some(sum);
    }
    let text = include_str!("../src/escalation/methods.txt");
    let mut lines = text
        .lines()
        .skip_while(|line| line.split(' ').next() != Some(way));
    lines.next()?;
    let needs: Vec<&str> = lines.take_while(|line| line.starts_with("    ")).collect();
    let rights = needs.iter().flat_map(|need| need.split(" | ")).map(|one| {
        let words: Vec<&str> = one.split_whitespace().collect();
        let count = |index: usize| {
            words
                .get(index)
                .map_or(0, |list: &&str| list.split(',').count())
        };
        match words.contains(&"until") {
            true => 0,
            false => count(0) * count(1),
        }
    });
    // As `methods.rs` asks: each need missing, and each with another verb, group, resource and subresource.
    Some((rights.sum(), needs.len() * 5))
}

/// How often a way is tried at a real API server.
#[derive(Default)]
struct Tried {
    /// It is performed.
    performed: usize,
    /// The server lets it through to something that is not there, such as a kubelet.
    passed: usize,
    /// It is forbidden with one condition missing.
    forbidden: usize,
}

fn tried(ways: &[&str]) -> Tried {
    let mut tried = Tried::default();
    for case in include_str!("performed/cases.yaml").split("\n---\n") {
        let mut lines = case.lines();
        let way = lines.find_map(|line| line.strip_prefix("way: "));
        if !way.is_some_and(|way| ways.contains(&way)) {
            continue;
        }
        match case.contains("\n  answer: ") {
            true => tried.passed += 1,
            false => tried.performed += 1,
        }
        let missing = case.lines().map(|line| match line.split_once(": ") {
            Some(("rights", rights)) => rights.split(", ").count(),
            Some(("barrier", _)) => 1,
            _ => 0,
        });
        tried.forbidden += missing.sum::<usize>();
    }
    tried
}

#[test]
fn every_row_is_there_and_says_how_it_was_tested() {
    let rows = rows();
    let mut told = String::from(
        "<!-- Written by tests/rows.rs. -->\n\n| row | ways | works | does not with one condition missing | performed | let through by the API server | forbidden there with one condition missing | other tests | open |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in &rows {
        let tried = tried(&row.ways);
        let mut sum = (0, 0);
        for way in &row.ways {
            let (works, misses) = cases(way).unwrap_or_else(|| panic!("{way} is no way"));
            sum = (sum.0 + works, sum.1 + misses);
        }
        for test in &row.tests {
            let (file, name) = test.split_once("::").unwrap();
            let text = FILES.iter().find(|(own, _)| *own == file).unwrap().1;
            assert!(text.contains(&format!("fn {name}()")), "{test}");
        }
        assert!(
            !row.ways.is_empty() || !row.tests.is_empty() || row.open.is_some(),
            "{}",
            row.id
        );
        let (ways, tests) = (row.ways.join(", "), row.tests.join(", "));
        let _ = writeln!(
            told,
            "| {} | {ways} | {} | {} | {} | {} | {} | {tests} | {} |",
            row.id,
            sum.0,
            sum.1,
            tried.performed,
            tried.passed,
            tried.forbidden,
            row.open.unwrap_or_default()
        );
    }
    expect_file!["rows/rows.md"].assert_eq(&told);
    for (kind, count) in ROWS {
        let ids: Vec<String> = (1..=count)
            .map(|number| format!("{kind}{number:02}"))
            .collect();
        let own = rows.iter().filter(|row| row.id.starts_with(kind));
        assert_eq!(own.map(|row| row.id).collect::<Vec<_>>(), ids);
    }
}

#[test]
fn every_way_belongs_to_a_row() {
    let rows = rows();
    let named: BTreeSet<&str> = rows
        .iter()
        .flat_map(|row| row.ways.iter().copied())
        .collect();
    let ways = methods().iter().map(|method| method.name);
    let ways = ways.chain(escapes().iter().map(|escape| escape.name));
    let unnamed: Vec<&str> = ways.filter(|way| !named.contains(way)).collect();
    assert_eq!(unnamed, [] as [&str; 0]);
}
