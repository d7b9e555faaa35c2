//! Plans that nobody should have written: each gives a problem, or nothing, and never a panic.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use source::{FileId, SourceFile};
use terraform::plan::{Planned, read, read_archive};

use crate::{ARCHIVE, CHANGES, PLAN, RAW_STATE, STATE, file, invariants};

fn archive(bytes: &[u8]) -> Planned {
    read_archive(bytes, &SourceFile::new(FileId(0), "r/tfplan", ""))
}

/// The code of the only problem, of a plan of which nothing is left.
fn problem(planned: &Planned) -> (&'static str, String) {
    assert!(planned.instances.is_empty());
    let [problem] = &planned.problems[..] else {
        panic!("one problem");
    };
    (problem.code, problem.message.clone())
}

#[test]
fn text_that_is_cut_off_anywhere_is_read_as_far_as_it_goes() {
    for text in [PLAN, CHANGES, STATE, RAW_STATE] {
        let whole = read(&file(text)).unwrap().instances.len();
        for end in (0..text.len()).step_by(97) {
            invariants::check(&text.as_bytes()[..end]);
            let cut = read(&file(&text[..end]));
            assert!(cut.is_none_or(|planned| planned.instances.len() <= whole));
        }
    }
}

#[test]
fn members_of_other_types_are_problems_or_nothing() {
    let others = [
        "null",
        "true",
        "7",
        "\"x\"",
        "[]",
        "[7]",
        "[{}]",
        "{}",
        "{\"x\": [null]}",
    ];
    let members = [
        "resource_changes",
        "planned_values",
        "prior_state",
        "configuration",
        "variables",
        "change",
        "after",
        "after_unknown",
        "after_sensitive",
        "index",
        "module_address",
        "expressions",
        "references",
        "module_calls",
    ];
    for member in members {
        for other in others {
            let text = PLAN.replace(
                &format!("\"{member}\":"),
                &format!("\"{member}\":{other},\"was\":"),
            );
            assert_ne!(text, PLAN, "{member}");
            let planned = read(&file(&text));
            assert!(planned.is_none_or(|planned| planned.instances.len() <= 10));
        }
    }
}

#[test]
fn what_is_no_resource_is_a_problem_and_the_rest_is_read() {
    let text = r#"{"format_version": "1.2", "resource_changes": [
        {"mode": "managed", "type": "a_b", "name": "c", "change": {"actions": ["create"], "after": {"x": 1}}},
        {"mode": "managed", "type": "a b", "name": "c", "change": {"actions": ["create"], "after": {"x": 1}}},
        {"mode": "strange", "type": "a_b", "name": "d", "change": {"actions": ["create"], "after": {"x": 1}}},
        {"mode": "managed", "type": "a_b", "name": "e", "module_address": "module.", "change": {"actions": [], "after": {}}}
    ]}"#;
    let planned = read(&file(text)).unwrap();
    assert_eq!(crate::lines(&planned.instances), "a_b.c\n  x = 1\n");
    let codes: Vec<_> = planned
        .problems
        .iter()
        .map(|problem| problem.code)
        .collect();
    assert_eq!(codes, ["invalid-resource"; 3]);
}

#[test]
fn deep_values_are_a_problem() {
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let text = format!(
        r#"{{"format_version": "1.2", "resource_changes": [
            {{"mode": "managed", "type": "a_b", "name": "c", "change": {{"actions": ["create"], "after": {{"x": {deep}}}}}}}]}}"#
    );
    let planned = read(&file(&text)).unwrap();
    assert!(!planned.problems.is_empty());
}

#[test]
fn blocks_of_a_large_set_are_not_compared_with_each_other() {
    // Each with each of the others would take an hour.
    let list = |item: &str| vec![item; 50_000].join(",");
    let text = format!(
        r#"{{"format_version": "1.2", "resource_changes": [
            {{"mode": "managed", "type": "aws_cloudfront_distribution", "name": "c", "change": {{"actions": ["create"],
              "after": {{"origin": [{}]}}}}}}],
          "configuration": {{"root_module": {{"resources": [
            {{"address": "aws_cloudfront_distribution.c", "expressions": {{"origin": [{}]}}}}]}}}}}}"#,
        list(r#"{"origin_id":"a"}"#),
        list(r#"{"origin_id":{"constant_value":"b"}}"#),
    );
    assert_eq!(read(&file(&text)).unwrap().instances.len(), 1);
}

#[test]
fn expressions_that_go_in_circles_end() {
    let calls: String = (0..300)
        .map(|index| {
            format!(
                r#""o{index}": {{"expression": {{"references": ["module.m.o{}"]}}}},"#,
                (index + 1) % 300
            )
        })
        .collect();
    let text = format!(
        r#"{{"format_version": "1.2", "resource_changes": [
            {{"mode": "managed", "type": "a_b", "name": "c", "change": {{"actions": ["create"], "after": {{}}, "after_unknown": {{"x": true}}}}}}],
          "configuration": {{"root_module": {{
            "resources": [{{"address": "a_b.c", "expressions": {{"x": {{"references": ["module.m.o0", "module.m.v"]}}}}}}],
            "module_calls": {{"m": {{
              "expressions": {{"v": {{"references": ["module.m.v"]}}}},
              "module": {{"outputs": {{{calls} "v": {{"expression": {{"references": ["var.v"]}}}}}}}}}}}}}}}}}}"#
    );
    let planned = read(&file(&text)).unwrap();
    assert_eq!(
        crate::lines(&planned.instances),
        "a_b.c\n  x = ?Plan(\"module.m.o0\")\n"
    );
}

#[test]
fn an_encrypted_plan_says_so() {
    let text = r#"{"meta": {"key_provider.pbkdf2.k": "e30="}, "encrypted_data": "eA==", "encryption_version": "v0"}"#;
    assert_eq!(problem(&read(&file(text)).unwrap()).0, "encrypted");
    assert_eq!(problem(&archive(text.as_bytes())).0, "encrypted");
}

#[test]
fn an_archive_that_is_cut_off_or_changed_anywhere_is_a_problem_or_read() {
    let whole = archive(ARCHIVE).instances.len();
    for end in (0..ARCHIVE.len()).step_by(13) {
        assert_eq!(problem(&archive(&ARCHIVE[..end])).0, "invalid-plan");
    }
    for at in 0..ARCHIVE.len() {
        let mut changed = ARCHIVE.to_vec();
        changed[at] ^= 1 << (at % 8);
        invariants::check(&changed);
        assert!(archive(&changed).instances.len() <= whole);
    }
}

/// A zip archive of one entry.
fn zip(name: &str, content: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(content)
        .expect("memory takes all that is written");
    let packed = encoder.finish().expect("memory takes all that is written");
    let size = |length: usize| {
        u32::try_from(length)
            .expect("tests pack little")
            .to_le_bytes()
    };
    let name_length = u16::try_from(name.len())
        .expect("names are short")
        .to_le_bytes();
    let shared = [
        &[0; 4][..],
        &size(packed.len()),
        &size(content.len()),
        &name_length,
        &[0; 2],
    ]
    .concat();
    let header = [&[20, 0, 0, 0, 8, 0, 0, 0, 0, 0][..], &shared].concat();
    let local = [b"PK\x03\x04", &header[..], name.as_bytes(), &packed].concat();
    let central = [
        b"PK\x01\x02\x14\x00",
        &header[..],
        &[0; 14],
        name.as_bytes(),
    ]
    .concat();
    let end = [
        b"PK\x05\x06",
        &[0, 0, 0, 0, 1, 0, 1, 0][..],
        &size(central.len()),
        &size(local.len()),
        &[0; 2],
    ]
    .concat();
    [local, central, end].concat()
}

/// A field of Protocol Buffers that holds bytes.
fn field(number: u8, content: &[u8]) -> Vec<u8> {
    let mut result = vec![number << 3 | 2];
    let mut length = content.len();
    while length > 0x7f {
        result.push(length as u8 | 0x80);
        length >>= 7;
    }
    result.push(length as u8);
    result.extend(content);
    result
}

/// A plan that creates `a_b.c` with a value in MessagePack.
fn plan(value: &[u8]) -> Vec<u8> {
    let value = field(1, value);
    let change = [&[8, 1][..], &field(2, &value)].concat();
    let resource = [field(13, b"a_b.c"), field(9, &change)].concat();
    [&[8, 3][..], &field(3, &resource)].concat()
}

#[test]
fn values_of_every_sort_are_unpacked() {
    let value = [
        &[
            0x88, 0xa1, b'a', 0xc0, 0xa1, b'b', 0xc3, 0xa1, b'c', 0xff, 0xa1, b'd',
        ][..],
        &[
            0xd1, 0xff, 0x00, 0xa1, b'e', 0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0,
        ],
        &[0xa1, b'f', 0xd4, 0, 0, 0xa1, b'g', 0x92, 0xc4, 8],
        br#""string""#,
        &[0xa1, b'x', 0xa1, b'h', 0x91, 0xcd, 0x01, 0x00],
    ]
    .concat();
    let planned = archive(&zip("tfplan", &plan(&value)));
    let expected = "a_b.c\n  b = true\n  c = -1\n  d = -256\n  e = 1.5\n  f = ?Computed(\"a_b.c.f\")\n  g = \"x\"\n  h = [256]\n";
    assert_eq!(crate::lines(&planned.instances), expected);
}

#[test]
fn archives_that_are_bombs_are_problems() {
    // A terabyte would pack as well; what is too large is given up at the limit.
    let zeros = vec![0; 129 << 20];
    let too_large = problem(&archive(&zip("tfplan", &zeros)));
    assert_eq!(too_large.0, "invalid-plan");
    assert!(
        too_large.1.contains("larger than plans are"),
        "{}",
        too_large.1
    );
    // Many values of one byte each.
    let many = [
        &[0x81, 0xa1, b'x', 0xdd, 0, 0x40, 0, 0][..],
        &[0xc0; 0x40_0000],
    ]
    .concat();
    assert_eq!(
        problem(&archive(&zip("tfplan", &plan(&many)))).0,
        "invalid-resource"
    );
    // A list that says to have four billion elements.
    let lying = [0x81, 0xa1, b'x', 0xdd, 0xff, 0xff, 0xff, 0xff];
    assert_eq!(
        problem(&archive(&zip("tfplan", &plan(&lying)))).0,
        "invalid-resource"
    );
    // Deep ones.
    let deep = [&[0x81, 0xa1, b'x'][..], &[0x91; 1_000_000]].concat();
    assert_eq!(
        problem(&archive(&zip("tfplan", &plan(&deep)))).0,
        "invalid-resource"
    );
    // Many fields of two bytes each.
    let fields = [8, 3].repeat(2_000_000);
    assert_eq!(problem(&archive(&zip("tfplan", &fields))).0, "invalid-plan");
}

#[test]
fn names_in_archives_are_no_paths() {
    for name in ["/etc/passwd", "../tfplan", "/tfplan", "tfplan/", ""] {
        let (code, message) = problem(&archive(&zip(name, &plan(&[0x80]))));
        assert_eq!(code, "invalid-plan");
        assert!(message.ends_with("the archive holds no plan"), "{message}");
    }
}

#[test]
fn other_bytes_are_no_plans() {
    for bytes in [
        &b""[..],
        b"PK\x03\x04",
        b"\x7fELF",
        &[0xff; 100],
        &zip("tfplan", b"hello"),
    ] {
        assert_eq!(problem(&archive(bytes)).0, "invalid-plan");
    }
}
