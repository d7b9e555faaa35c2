//! Damaged templates and charts: nothing panics or runs without end, and what comes out still knows where it stands.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads its own data and no scanned input"
)]

#[path = "../case/mod.rs"]
mod case;
mod chart;
mod invariants;

use std::path::Path;

/// What is put into templates.
const SCRAPS: &[&str] = &[
    "{{",
    "}}",
    "{{-",
    " -}}",
    "(",
    ")",
    "|",
    "$",
    ".",
    "\"",
    "`",
    "'",
    "/*",
    "*/",
    ":=",
    "=",
    ",",
    "\n",
    "{{ end }}",
    "{{ else }}",
    "{{ if . }}",
    "{{ range . }}",
    "{{ range 9999999 }}",
    "{{ with $ }}",
    "{{ define \"h\" }}",
    "nil",
    "{{ include \"t\" . }}",
    "{{ tpl \"{{ . }}\" . }}",
    "{{ template \"t\" }}",
    " 0x",
    "1e9",
    "%",
    "%[9]*.*d",
    "\u{0}",
    "é",
    "\u{2028}",
    "printf ",
    " | len",
    " | index . ",
    "{{ $x := ",
    "{{ break }}",
    ".Values",
    " -9223372036854775808",
];

/// Numbers that are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or_default()
    }
}

fn read(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/language");
    std::fs::read_to_string(folder.join(name)).expect("the test's data is there")
}

/// The templates of the recorded cases.
fn templates() -> Vec<String> {
    let files = [
        "language.jsonl",
        "parse.jsonl",
        "errors.jsonl",
        "printing.jsonl",
    ];
    let mut templates = Vec::new();
    for line in files.map(read).iter().flat_map(|file| file.lines()) {
        let case: serde_json::Value = serde_json::from_str(line).expect("the line is JSON");
        templates.extend(case["template"].as_str().map(str::to_owned));
    }
    assert!(templates.len() > 500, "the cases are there");
    templates
}

fn boundary(text: &str, mut byte: usize) -> usize {
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// The text with something cut out, put in, or doubled.
fn damaged(text: &str, numbers: &mut Numbers) -> String {
    let mut damaged = text.to_owned();
    for _ in 0..=numbers.below(3) {
        let start = boundary(&damaged, numbers.below(damaged.len() + 1));
        let end = boundary(&damaged, (start + numbers.below(12)).min(damaged.len()));
        match numbers.below(4) {
            0 => damaged.replace_range(start..end, ""),
            1 => damaged.truncate(start),
            2 => damaged = format!("{}{}", &damaged[..end], &damaged[start..]),
            _ => damaged.insert_str(start, SCRAPS[numbers.below(SCRAPS.len())]),
        }
    }
    damaged
}

/// The recorded charts.
fn charts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/charts");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the test's data is there")
        .map(|entry| entry.expect("the test's data is there").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let texts = paths.iter().map(std::fs::read_to_string);
    let texts: Result<_, _> = texts.collect();
    texts.expect("the test's data is there")
}

#[test]
fn damaged_charts_are_rendered_as_far_as_they_go() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let (mut something, mut nothing) = (0, 0);
    for text in charts() {
        for _ in 0..10 {
            let text = damaged(&text, &mut numbers);
            if chart::check(text.as_bytes()) {
                something += 1;
            } else {
                nothing += 1;
            }
        }
    }
    assert!(
        something > 500 && nothing > 200,
        "{something} gave something, {nothing} nothing"
    );
}

#[test]
fn damaged_templates_fail_or_are_rendered() {
    let helpers = read("helpers.tpl");
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let (mut fine, mut broken) = (0, 0);
    for text in templates() {
        for _ in 0..20 {
            let text = damaged(&text, &mut numbers);
            if invariants::check(format!("{text}\0{helpers}").as_bytes()) {
                fine += 1;
            } else {
                broken += 1;
            }
        }
    }
    assert!(
        fine > 1_000 && broken > 1_000,
        "{fine} fine, {broken} broken"
    );
}
