//! Text read in one layout and written in another, as Go 1.26 answers.

use super::{Time, Zone, parse};

/// The layout of the text, the text, the zone that it is told in, the layout to write, and what is written; with `!`
/// why the text can't be read.
const CASES: &str = include_str!("tests.tsv");

fn answer(fields: &[&str]) -> String {
    let [read, text, zone, write] = fields else {
        panic!("four fields: {fields:?}");
    };
    let time = match parse(read, text) {
        Ok(time) => time,
        Err(error) => return format!("!{error}"),
    };
    match *zone {
        "" => time.format(write),
        name => time
            .in_zone(Zone::load(name).unwrap_or(Zone::Utc))
            .format(write),
    }
}

#[test]
fn times_are_read_and_written_in_layouts_of_go() {
    for line in CASES.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let (expected, fields) = fields.split_last().expect("a line has fields");
        assert_eq!(&answer(fields), expected, "{fields:?}");
    }
}

#[test]
fn times_far_away_are_no_trouble() {
    for seconds in [i64::MIN, -1, 0, i64::MAX] {
        let time = Time::from_unix(seconds).plus(i64::MAX).plus(i64::MIN);
        let paris = time.in_zone(Zone::load("Europe/Paris").expect("Paris is there"));
        assert!(!paris.format("2006-01-02 MST").is_empty());
    }
    assert_eq!(Time::ZERO.to_string(), "0001-01-01 00:00:00 +0000 UTC");
}
