//! Dates as Terraform 1.11 computes them.

use super::super::told::{string, told};

#[track_caller]
fn check(name: &str, one: &str, two: &str, expected: &str) {
    let found = told(name, &[string(one), string(two)]);
    assert_eq!(found, expected, "{name} {one} {two}");
}

#[test]
fn dates_are_formatted() {
    for (layout, expected) in [
        ("DD MMM YYYY hh:mm ZZZ", r#""02 Jan 2006 15:04 -0700""#),
        (
            "EEEE, D-MMMM-YY H:m:s aa AA",
            r#""Monday, 2-January-06 3:4:5 pm PM""#,
        ),
        ("Z ZZZZ ZZZZZ", r#""-07:00 -0700 -07:00""#),
        ("'a''b' ''M", r#""a'b '1""#),
        ("é'h''", r#""éh'""#),
        ("", r#""""#),
        ("'h", "!0"),
        ("YYY", "!0"),
        ("MMMMM", "!0"),
        ("X", "!0"),
    ] {
        check(
            "formatdate",
            layout,
            "2006-01-02T15:04:05.5-07:00",
            expected,
        );
    }
    check(
        "formatdate",
        "Z ZZZ ZZZZ",
        "0000-02-29T00:00:00-00:00",
        r#""Z UTC +0000""#,
    );
    check("formatdate", "H EEE", "2024-02-29T00:00:00Z", r#""12 Thu""#);
}

#[test]
fn timestamps_are_those_of_rfc_3339() {
    for timestamp in [
        "2006-01-02",
        "2006-01-02 15:04:05Z",
        "2006-01-02T5:04:05Z",
        "2006-01-02T15:04:05,5Z",
        "2006-01-02T15:04:05+24:00",
        "2006-02-29T00:00:00Z",
        "2006-01-02T24:00:00Z",
        "2006-01-02T15:04:05",
        "2006-01-02T15:04:05.Z",
        "2006-01-02T15:04:05Zx",
        "",
        "2006-01-02t15:04:05Z",
        "é006-01-02T15:04:05Z",
    ] {
        check("formatdate", "YYYY", timestamp, "!1");
        check("timeadd", timestamp, "1h", "!");
    }
}

#[test]
fn durations_are_added() {
    for (timestamp, duration, expected) in [
        (
            "2006-01-02T15:04:05.9Z",
            "1h10m.5s",
            r#""2006-01-02T16:14:06Z""#,
        ),
        (
            "2006-01-02T15:04:05+01:30",
            "-24h",
            r#""2006-01-01T15:04:05+01:30""#,
        ),
        ("9999-12-31T23:59:59Z", "1s", r#""10000-01-01T00:00:00Z""#),
        ("0000-01-01T00:00:00Z", "-1ns", r#""-0001-12-31T23:59:59Z""#),
        ("1969-12-31T23:59:59.9Z", "0", r#""1969-12-31T23:59:59Z""#),
        (
            "2006-01-02T15:04:05Z",
            "1.5h1.1us1\u{b5}s",
            r#""2006-01-02T16:34:05Z""#,
        ),
        (
            "2006-01-02T15:04:05Z",
            "-9223372036854775808ns",
            r#""1713-09-23T15:16:48Z""#,
        ),
        ("2006-01-02T15:04:05Z", "9223372036854775808ns", "!"),
        ("2006-01-02T15:04:05Z", "1", "!"),
        ("2006-01-02T15:04:05Z", "1d", "!"),
        ("2006-01-02T15:04:05Z", "", "!"),
        ("2006-01-02T15:04:05Z", "-", "!"),
        ("2006-01-02T15:04:05Z", ".s", "!"),
    ] {
        check("timeadd", timestamp, duration, expected);
    }
}

#[test]
fn instants_are_compared() {
    for (one, two, expected) in [
        ("2006-01-02T15:04:05Z", "2006-01-02T16:04:05+01:00", "0"),
        ("2006-01-02T15:04:05.1Z", "2006-01-02T15:04:05,2Z", "-1"),
        ("2006-01-02T5:04:05Z", "2006-01-02T15:04:05+24:60", "1"),
        ("x", "2006-01-02T15:04:05Z", "!0"),
        ("2006-01-02T15:04:05Z", "2006-01-02T15:04:05+25:00", "!1"),
    ] {
        check("timecmp", one, two, expected);
    }
}

#[test]
fn the_time_of_the_run_is_unknown() {
    for name in ["timestamp", "plantimestamp"] {
        assert_eq!(told(name, &[]), "?");
    }
}
