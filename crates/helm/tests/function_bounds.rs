//! Calls that would take for ever, or make more than fits: each ends soon, whatever it gives.

mod support;

use helm::run::{Bounds, FailureKind, Options, Run, Scope};
use helm::value::TextBuilder;
use support::{context, template};

/// Enough for any test that ends, and soon spent by the others.
const BOUNDS: Bounds = Bounds {
    steps: 300_000,
    bytes: 1 << 20,
    depth: 3_000,
};

/// What a template gives, or why it fails.
fn rendered(text: &str) -> Result<String, (FailureKind, String)> {
    let mut scope = Scope::default();
    let failed = |failure: helm::run::Failure| (failure.kind, failure.cause);
    scope.add(&template(0, "t", text).map_err(failed)?, None);
    let mut run = Run::new(
        scope,
        Options {
            bounds: BOUNDS,
            ..Options::default()
        },
    );
    let mut out = TextBuilder::default();
    run.execute("t", context("t", "{}"), &mut out)
        .map_err(failed)?;
    Ok(out.finish().to_str().into_owned())
}

#[track_caller]
fn is_bounded(text: &str) {
    match rendered(text) {
        Err((FailureKind::Bound, _)) => {}
        other => panic!("{text}: {other:?}"),
    }
}

const CYCLE: &str = r#"{{ $d := dict "a" 1 }}{{ $_ := set $d "self" $d }}"#;
/// A list that is short to write, and has as many leaves as a number of 64 bits can say.
const TREE: &str = "{{ $l := list 1 }}{{ range 63 }}{{ $l = list $l $l }}{{ end }}";

#[test]
fn large_texts_and_lists_are_not_made() {
    for call in [
        r#"repeat 1000000000 "ab""#,
        r#"indent 1000000000 "a\nb""#,
        r#"nindent 1000000000 "a\nb""#,
        "until 9000000000000",
        "untilStep 0 9223372036854775807 1",
        "untilStep -9223372036854775807 9223372036854775807 3",
        "seq 0 1000000000",
        "seq -9223372036854775807 1 9223372036854775807",
        "randAlphaNum 1000000000000",
        "randBytes 1000000000000",
        r#"repeat 200000 "a" | replace "" "xxxxxxxx""#,
        r#"repeat 900000 "a" | splitList """#,
        r#"repeat 500000 "a," | splitList ",""#,
        r#"repeat 900000 "a" | b64enc"#,
        r#"repeat 900000 "a" | b32enc"#,
        r#"repeat 400000 "a " | wrapWith 1 "xxxxxxxx""#,
        r#"repeat 100000 "a" | regexReplaceAll "" "xxxxxxxxxxxx""#,
        r#"repeat 900000 "\"" | quote"#,
        r#"repeat 900000 "<" | toJson"#,
        r#"until 9000 | join (repeat 1000 "x")"#,
    ] {
        is_bounded(&format!("{{{{ {call} }}}}"));
    }
}

#[test]
fn long_searches_end() {
    for call in [
        r#"$x := repeat 400000 "a" }}{{ contains (printf "%sb" (repeat 200000 "a")) $x"#,
        r#"$x := repeat 400000 "a" }}{{ replace (printf "%sb" (repeat 200000 "a")) "" $x | len"#,
        r#"$x := repeat 100000 "ab" }}{{ trimAll $x $x | len"#,
        r#"repeat 100000 "a" | regexMatch "(a*)*(a*)*b""#,
        r#"repeat 30000 "a" | snakecase | len"#,
        r#"repeat 100000 "1." | semverCompare "1""#,
        r#"semverCompare (repeat 300000 "x-") "1""#,
        r#"semverCompare (repeat 2000 "x-") "1""#,
        r#"repeat 100000 "1 - " | regexMatch "x""#,
        r#"repeat 100000 "[" | fromJson | len"#,
        r#"repeat 100000 "[" | fromYaml | len"#,
        r#"repeat 100000 "{a: " | fromYaml | len"#,
        r#"repeat 100000 "[" | printf "a = %s" | fromToml | len"#,
        r#"repeat 100000 "a." | printf "%sb = 1" | fromToml | len"#,
        r#"repeat 200000 "/.." | clean"#,
        r#"repeat 100000 "%41" | urlParse | len"#,
        r#"repeat 100000 "2006" | toDate "2006""#,
        r#"dateInZone (repeat 10000 "2006") 0 "UTC" | len"#,
    ] {
        // Whether it fails is not the question.
        let _ = rendered(&format!("{{{{ {call} }}}}"));
    }
}

#[test]
fn patterns_that_explode_are_refused() {
    for pattern in [
        "(a{1000}){1000}",
        "((a{100}){100}){100}",
        r"(\\pL{1000}){1,}",
    ] {
        let text = format!(r#"{{{{ regexFind "{pattern}" "a" }}}}"#);
        assert!(rendered(&text).is_err(), "{pattern}");
    }
}

#[test]
fn what_holds_itself_is_no_trouble() {
    for call in ["toYaml $d", "toJson $d", "toPrettyJson $d"] {
        let text = format!("{CYCLE}{{{{ {call} }}}}");
        assert_eq!(rendered(&text), Ok(String::new()), "{call}");
    }
    for call in [
        "toYamlPretty $d",
        "toToml $d",
        "deepCopy $d",
        "merge $d (deepCopy (dict)) $d",
        "toString $d",
    ] {
        let text = format!("{CYCLE}{{{{ {call} | len }}}}");
        assert!(rendered(&text).is_err(), "{call}");
    }
    let other = CYCLE.replace("$d", "$e");
    is_bounded(&format!("{CYCLE}{other}{{{{ deepEqual $d $e }}}}"));
    is_bounded(&format!("{CYCLE}{other}{{{{ merge $d $e | len }}}}"));
}

#[test]
fn what_is_large_though_it_is_written_shortly_is_bounded() {
    for call in [
        "toYaml $l",
        "toYamlPretty $l",
        "toJson $l",
        "toPrettyJson $l",
        "toToml (dict \"a\" $l)",
        "deepCopy $l",
        "deepEqual $l (deepCopy $l)",
        "toString $l",
        "join \",\" $l",
    ] {
        is_bounded(&format!("{TREE}{{{{ {call} }}}}"));
    }
}

#[test]
fn work_that_repeats_is_paid_for() {
    for text in [
        r#"{{ range 1000 }}{{ derivePassword 1 "long" "p" "u" "s" }}{{ end }}"#,
        r#"{{ $l := list }}{{ range 100000 }}{{ $l = append $l . }}{{ end }}"#,
        r#"{{ range 100000 }}{{ $_ := regexMatch (printf "\\pL{500}%d" .) "a" }}{{ end }}"#,
        r#"{{ $l := until 10000 }}{{ uniq $l | len }}"#,
        r#"{{ $s := repeat 100000 "a" }}{{ range 100000 }}{{ $_ := sha256sum $s }}{{ end }}"#,
        r#"{{ $s := repeat 100000 "a" }}{{ range 100000 }}{{ $_ := contains "b" $s }}{{ end }}"#,
        r#"{{ $s := repeat 100000 "a" }}{{ range 100000 }}{{ $_ := regexFind "b" $s }}{{ end }}"#,
    ] {
        is_bounded(text);
    }
}

#[test]
fn what_is_nested_deep_can_be_given_up() {
    for text in [
        "{{ $l := list }}{{ range 40000 }}{{ $l = list $l }}{{ end }}",
        "{{ $l := list }}{{ range 40000 }}{{ $l = dict \"a\" $l }}{{ end }}",
    ] {
        assert_eq!(rendered(text), Ok(String::new()), "{text}");
    }
}
