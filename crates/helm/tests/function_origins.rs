//! Where each part of a function's result came from.

mod support;

use helm::run::{Options, Run, Scope};
use helm::value::{Mark, Piece, Place, Text, TextBuilder};
use support::{context, template};

const NAME: &str = "c/templates/t.yaml";
const VALUES: &str = r#"{"s": "a-b", "w": " x y ", "n": 5, "m": {"k": "v", "l": ["p", "q"]}, "e": "", "y": "k: v\nl:\n- p"}"#;

/// Each piece of what a template gives: the text, `=` where it stands as it is at its place or `~` where it was computed,
/// and the keys of the values that it came from; `t` is the template, `?` something unknown.
fn told(text: &str) -> String {
    let templates = template(0, NAME, text).expect("the template can be read");
    let mut scope = Scope::default();
    scope.add(&templates, None);
    let mut run = Run::new(scope, Options::default());
    let mut out = TextBuilder::default();
    run.execute(NAME, context(NAME, VALUES), &mut out)
        .expect("the template can be run");
    pieces(&out.finish())
}

fn pieces(text: &Text) -> String {
    let mut start = 0;
    let pieces = text.pieces().iter().map(|piece| {
        let part = text
            .slice(start..start + piece.length)
            .to_str()
            .into_owned();
        start += piece.length;
        format!("{part}{}", origin(piece))
    });
    let pieces: Vec<String> = pieces.collect();
    pieces.join("|").replace('\n', "\\n")
}

fn origin(piece: &Piece) -> String {
    let verbatim = if piece.verbatim.is_some() { "=" } else { "~" };
    let unknown = if piece.mark.is_unknown() { "?" } else { "" };
    format!("{verbatim}{}{unknown}", places(&piece.mark))
}

fn places(mark: &Mark) -> String {
    let places = mark.places().iter().map(|place| match place {
        Place::Values(_, key) => key.to_string(),
        Place::Template(_) => "t".into(),
        _ => "-".into(),
    });
    let mut places: Vec<String> = places.collect();
    places.dedup();
    places.join("+")
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (template, expected) in cases {
        assert_eq!(told(template), *expected, "{template}");
    }
}

#[test]
fn parts_of_strings_keep_their_places() {
    check(&[
        ("{{ trim .Values.w }}", "x y=w"),
        ("{{ trimSuffix \"b\" .Values.s }}", "a-=s"),
        ("{{ trunc 2 .Values.s }}", "a-=s"),
        ("{{ substr 0 1 .Values.s }}", "a=s"),
        ("{{ nospace .Values.w }}", "x=w|y=w"),
        ("{{ abbrev 4 .Values.w }}", " =w|...~w+t"),
        ("{{ wrap 2 .Values.w }}", "x=w|\\n~w+t|y =w"),
        ("{{ base .Values.s }}", "a-b=s"),
        ("{{ splitList \"-\" .Values.s | last }}", "b=s"),
        ("{{ (split \"-\" .Values.s)._1 }}", "b=s"),
        ("{{ regexFind \"b\" .Values.s }}", "b=s"),
        ("{{ get (urlParse .Values.s) \"path\" }}", "a-b=s"),
    ]);
}

#[test]
fn texts_made_of_others_keep_the_places_of_each() {
    check(&[
        ("{{ indent 2 .Values.s }}", "  ~s+t|a-b=s"),
        (
            "{{ .Values.s | quote | nindent 2 }}",
            "\\n  ~s+t|\"~s|a-b=s|\"~s",
        ),
        (
            "{{ squote .Values.s .Values.w }}",
            "'~w+s|a-b=s|' '~w+s| x y =w|'~w+s",
        ),
        ("{{ cat .Values.s \"lit\" }}", "a-b=s| ~t+s|lit=t"),
        ("{{ join \",\" .Values.m.l }}", "p=m.l[0]|,=t|q=m.l[1]"),
        ("{{ repeat 2 .Values.s }}", "a-b=s|a-b=s"),
        ("{{ replace \"-\" \"+\" .Values.s }}", "a=s|+=t|b=s"),
        ("{{ regexReplaceAll \"b\" .Values.s \"c\" }}", "a-=s|c=t"),
        (
            "{{ regexReplaceAll \"(.)-\" .Values.s \"<$1>\" }}",
            "<~t|a=s|>~t|b=s",
        ),
        (
            "{{ toYaml .Values.m }}",
            "k: ~m|v=m.k|\\nl:\\n- ~m|p=m.l[0]|\\n- ~m|q=m.l[1]",
        ),
        ("{{ dict \"a\" .Values.s | toYaml }}", "a~t|: ~|a-b=s"),
        (
            "{{ toToml .Values.m }}",
            "k = \"~m|v=m.k|\"\\nl = [\"~m|p=m.l[0]|\", \"~m|q=m.l[1]|\"]\\n~m",
        ),
    ]);
}

#[test]
fn what_is_computed_names_all_that_it_is_computed_of() {
    check(&[
        ("{{ upper .Values.s }}", "A~s|-=s|B~s"),
        ("{{ snakecase .Values.s }}", "a=s|_~s|b=s"),
        ("{{ b64enc .Values.s }}", "YS1i~s"),
        ("{{ sha256sum .Values.s | trunc 3 }}", "d44~s"),
        ("{{ add .Values.n 1 }}", "6~t+n"),
        ("{{ toString .Values.n }}", "5~n"),
        ("{{ semver \"1.2.3\" }}", "1.2.3~t"),
        ("{{ (fromYaml .Values.y).k }}", "v~y"),
        ("{{ len (toJson .Values.m) }}", "23~m+m.k+m.l[0]+m.l[1]"),
    ]);
}

#[test]
fn what_is_chosen_keeps_its_place() {
    check(&[
        ("{{ .Values.e | default .Values.s }}", "a-b=s+e"),
        ("{{ .Values.e | default \"x\" }}", "x=t+e"),
        ("{{ .Values.s | default \"x\" }}", "a-b=s"),
        ("{{ coalesce .Values.e .Values.s }}", "a-b=s+e"),
        ("{{ ternary .Values.s \"x\" true }}", "a-b=s"),
        ("{{ list .Values.s \"b\" | first }}", "a-b=s"),
        ("{{ get .Values.m \"k\" }}", "v=m.k"),
        ("{{ dig \"k\" \"d\" .Values.m }}", "v=m.k"),
        ("{{ (pick .Values.m \"k\").k }}", "v=m.k"),
        ("{{ (merge (dict \"z\" \"1\") .Values.m).k }}", "v=m.k"),
        ("{{ (deepCopy .Values.m).k }}", "v=m.k"),
        ("{{ (set .Values.m \"q\" .Values.s).q }}", "a-b=s"),
        (
            "{{ concat .Values.m.l (list \"z\") | join \"\" }}",
            "p=m.l[0]|q=m.l[1]|z=t",
        ),
    ]);
}

#[test]
fn what_is_random_is_unknown_and_only_that() {
    check(&[
        ("{{ randAlpha 3 }}", "abc~?"),
        (
            "{{ printf \"%s-%s\" .Values.s (randAlpha 2) | upper }}",
            "A~s|-=s|B~s|-=t|AB~?",
        ),
        (
            "{{ htpasswd .Values.s \"x\" | trunc 6 }}",
            "a-b=s|:~t+s|$2~?",
        ),
        ("{{ lookup \"v1\" \"x\" \"y\" \"z\" | toYaml }}", "{}~?"),
        (
            "{{ (dict \"a\" (randAlpha 2) \"b\" .Values.s).b }}",
            "a-b=s",
        ),
    ]);
    for call in [
        "ago 0",
        "bcrypt \"x\"",
        "date \"2006\" 0",
        "dateInZone \"2006\" (now) \"UTC\"",
        "derivePassword 1 \"pin\" \"p\" \"u\" \"s\"",
        "encryptAES \"k\" \"x\"",
        "durationRound (now)",
        "genPrivateKey \"rsa\" | b64enc",
        "(genCA \"a\" 1).Key",
        "(genSelfSignedCert \"a\" nil nil 1).Cert",
        "(genSignedCert \"a\" nil nil 1 (genCA \"a\" 1)).Cert | sha256sum",
        "htmlDate 0",
        "now",
        "now | date \"2006\"",
        "(now).Year",
        "randAlphaNum 5 | b64enc | quote",
        "randAscii 5",
        "randBytes 5",
        "randInt 0 5 | add 1",
        "randNumeric 5 | atoi",
        "shuffle \"abc\"",
        "unixEpoch (toDate \"2006\" \"2020\")",
        "uuidv4",
        "list (uuidv4) \"a\" | toJson",
        "dict \"a\" (uuidv4) | toYaml",
        "eq (randAlpha 2) \"x\"",
    ] {
        let told = told(&format!("{{{{ {call} }}}}"));
        assert!(told.contains('?'), "{call}: {told}");
    }
    assert_eq!(told("{{ getHostByName \"x\" }}"), "");
}
