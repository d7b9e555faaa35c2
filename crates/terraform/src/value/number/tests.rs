//! Tests of numbers against what Terraform answers.

use super::Number;

#[track_caller]
fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

/// Computes `a operator b`, where `d` before an operand makes it a double and `i` an integer of the machine.
#[track_caller]
fn compute(expression: &str) -> String {
    let operand = |text: &str| match text.split_at(1) {
        ("d", rest) => Number::from_f64(rest.parse().unwrap()).unwrap(),
        ("i", rest) => Number::from(rest.parse::<i64>().unwrap()),
        _ => number(text),
    };
    let [one, operator, two] = expression.split(' ').collect::<Vec<_>>()[..] else {
        unreachable!("an operation has three words");
    };
    let (one, two) = (operand(one), operand(two));
    let result = match operator {
        "+" => one.add(&two),
        "-" => one.subtract(&two),
        "*" => one.multiply(&two),
        "/" => one.divide(&two),
        "%" => one.modulo(&two),
        _ => return one.cmp(&two).is_lt().to_string(),
    };
    result.map_or_else(|| "fails".to_owned(), |number| number.to_string())
}

#[test]
fn numbers_are_written_with_the_shortest_digits_that_read_as_them() {
    for (text, expected) in [
        ("0.1", "0.1"),
        ("1e30", "1000000000000000000000000000000"),
        ("1.50", "1.5"),
        ("-0.0", "-0"),
        ("00012.0", "12"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+1", "1"),
        ("1p3", "8"),
        ("12e-4", "0.0012"),
        ("Inf", "+Inf"),
        ("-inf", "-Inf"),
        ("1e999999999", "+Inf"),
        ("1e-999999999", "0"),
        ("9223372036854775807", "9223372036854775807"),
        ("-9223372036854775808", "-9223372036854775808"),
        (
            "123456789012345678901234567890",
            "123456789012345678901234567890",
        ),
    ] {
        assert_eq!(number(text).to_string(), expected, "{text}");
    }
}

#[test]
fn what_is_no_decimal_number_is_not_read() {
    for text in [
        "",
        "-",
        ".",
        "e1",
        "1e",
        "1e+",
        "0x10",
        "1_000",
        " 1",
        "1 ",
        "1.2.3",
        "--1",
        "NaN",
        "Infinity",
        "1e99999999999999999999",
        "é",
    ] {
        assert_eq!(Number::parse(text), None, "{text}");
    }
}

#[test]
fn operations_round_to_the_greater_precision() {
    for (expression, expected) in [
        ("0.1 + 0.2", "0.3"),
        ("i1 / i3", "0.33333333333333333334"),
        ("d1 / d3", "0.3333333333333333"),
        ("5.5 % 2", "1.5"),
        ("-5 % 3", "-2"),
        ("5 % -3", "2"),
        ("5 % 0", "5"),
        ("0 * -1", "-0"),
        ("1 - 1", "0"),
        ("1e400 - 1e400", "0"),
        ("99999999999999999999 + 1", "100000000000000000000"),
        ("9223372036854775807 + 1", "9223372036854775808"),
        (
            "9223372036854775807 * 9223372036854775807",
            "85070591730234615847396907784232501249",
        ),
        ("d9007199254740992 + d1", "9007199254740992"),
        ("d9007199254740992 + 1", "9007199254740993"),
        (
            "d4503599627370497 * d4503599627370497",
            "20282409603651679431146506027009",
        ),
    ] {
        assert_eq!(compute(expression), expected, "{expression}");
    }
    let third = compute("1 / 3");
    assert!(third.starts_with("0.3333") && third.ends_with("335") && third.len() == 157);
}

#[test]
fn infinities_fail_where_the_result_is_not_defined() {
    for (expression, expected) in [
        ("1 / 0", "+Inf"),
        ("-1 / 0", "-Inf"),
        ("0 / 0", "fails"),
        ("Inf / Inf", "fails"),
        ("1 / Inf", "0"),
        ("Inf - Inf", "fails"),
        ("Inf + 1", "+Inf"),
        ("1 - Inf", "-Inf"),
        ("Inf * 0", "fails"),
        ("Inf * -2", "-Inf"),
        ("3 % Inf", "fails"),
        ("1e300000 * 1e300000", "+Inf"),
        ("-Inf < 1", "true"),
        ("1 < Inf", "true"),
        ("Inf < Inf", "false"),
        ("Inf < -Inf", "false"),
        ("1e400 < Inf", "true"),
    ] {
        assert_eq!(compute(expression), expected, "{expression}");
    }
}

#[test]
fn order_is_that_of_the_line() {
    let ascending = [
        "-Inf",
        "-1e30",
        "-2.5",
        "-2",
        "0",
        "1e-9",
        "0.5",
        "1",
        "1.0000001",
        "9e18",
        "1e19",
        "Inf",
    ];
    for pair in ascending.windows(2) {
        assert!(number(pair[0]) < number(pair[1]), "{pair:?}");
        assert!(number(pair[1]) > number(pair[0]), "{pair:?}");
    }
    assert_eq!(number("-0"), number("0"));
    assert_eq!(number("2.0"), Number::from(2_i64));
}

#[test]
fn equality_of_terraform_compares_digits() {
    let root = Number::from_f64(2_f64.sqrt()).unwrap();
    assert!(root.equals(&number("1.4142135623730951")));
    assert!(root > number("1.4142135623730951"));
    assert!(
        !Number::from_f64(0.1)
            .unwrap()
            .equals(&number("0.10000000000000000555"))
    );
    assert!(number("-0").equals(&number("0")));
    assert!(!number("0.5").equals(&number("-0.5")));
}

#[test]
fn doubles_come_and_go() {
    for double in [
        0.1,
        -2.5,
        1e300,
        5e-324,
        2.2250738585072014e-308,
        1.7976931348623157e308,
        -0.0,
    ] {
        let number = Number::from_f64(double).unwrap();
        assert_eq!(number.to_f64().to_bits(), double.to_bits(), "{double}");
        assert_eq!(Number::parse(&number.to_string()).unwrap().to_f64(), double);
    }
    assert_eq!(number("1e309").to_f64(), f64::INFINITY);
    assert_eq!(number("1e-400").to_f64(), 0.0);
    assert_eq!(
        Number::from_f64(2_f64.powi(60)).unwrap().to_string(),
        "1152921504606847000"
    );
    assert_eq!(Number::from_f64(f64::NAN), None);
}

#[test]
fn fractions_are_cut_off_down_or_up() {
    for (text, floor, ceil) in [
        ("1.5", "1", "2"),
        ("-1.5", "-2", "-1"),
        ("-0.5", "-1", "0"),
        ("3", "3", "3"),
        ("Inf", "+Inf", "+Inf"),
        (
            "-9223372036854775808.5",
            "-9223372036854775809",
            "-9223372036854775808",
        ),
    ] {
        assert_eq!(number(text).floor().to_string(), floor, "{text}");
        assert_eq!(number(text).ceil().to_string(), ceil, "{text}");
    }
}

#[test]
fn integers_are_read_in_any_base() {
    for (text, base, expected) in [
        ("ff", 16, Some("255")),
        ("FF", 16, Some("255")),
        ("-101", 2, Some("-5")),
        ("+7", 8, Some("7")),
        ("aA", 62, Some("656")),
        ("-0", 10, Some("0")),
        ("8", 8, None),
        ("", 10, None),
        ("1.0", 10, None),
    ] {
        let read = Number::parse_integer(text, base).map(|number| number.to_string());
        assert_eq!(read.as_deref(), expected, "{text} in base {base}");
    }
}

#[test]
fn sets_sort_by_ten_digits() {
    for (text, expected) in [
        ("1000000", "1000000"),
        ("10000000000", "1e+10"),
        ("12345678901.5", "1.23456789e+10"),
        ("0.00001", "1e-05"),
        ("0.25", "0.25"),
        ("0", "0"),
    ] {
        assert_eq!(number(text).set_key(), expected);
    }
}

#[test]
fn long_texts_are_bounded() {
    let digits = "7".repeat(1_000_000);
    assert_eq!(number(&format!("0.{digits}")).to_string().len(), 156);
    assert!(number(&digits).is_infinite());
    assert!(number(&digits[..100_000]).is_integer());
    assert_eq!(
        number(&format!("{}1", "0".repeat(1_000_000))).to_i64(),
        Some(1)
    );
}
