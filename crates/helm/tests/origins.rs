//! Where the bytes of rendered text came from: the place that sets them, and the actions that they came through.

mod support;

use helm::run::{Failure, Options, Run, Scope};
use helm::value::{Piece, Place, Text, TextBuilder};
use source::{FileId, Span};
use support::{context, template};

const HELPERS: &str = r#"{{- define "name" }}app-{{ .Values.name }}{{ end }}
{{- define "label" }}app: {{ include "name" . }}{{ end }}
{{- define "show" }}[{{ . }}]{{ end }}"#;

const VALUES: &str = r#"{
  "name": "web", "tag": "1.27", "port": 80, "labels": {"team": "blue"}, "args": ["-v", "-x"],
  "text": "<{{ .Values.name }}>", "nested": "{{ tpl .Values.text . }}!",
  "broken": "{{ include `none` . }}"
}"#;

/// The texts by the file of a span.
struct Files<'a>(&'a str);

impl Files<'_> {
    fn text(&self, file: FileId) -> &str {
        match file {
            FileId(0) => self.0,
            FileId(1) => HELPERS,
            _ => VALUES,
        }
    }

    /// A place as `t:1:5`, so many bytes behind its start, or as the path of a key.
    fn place(&self, place: &Place, offset: u32) -> String {
        match place {
            Place::Values(_, key) => key.to_string(),
            Place::Unset(_, key) => format!("{key}?"),
            Place::Template(span) => {
                self.position(Span::new(span.file, span.start + offset, span.end))
            }
            other => format!("{other:?}"),
        }
    }

    fn position(&self, span: Span) -> String {
        let before = &self.text(span.file)[..span.start as usize];
        let line = before.matches('\n').count() + 1;
        let column = before.len() - before.rfind('\n').map_or(0, |newline| newline + 1);
        let name = ["t", "h"].get(span.file.0 as usize).unwrap_or(&"values");
        format!("{name}:{line}:{column}")
    }

    /// A piece as `"text" = place < action < action`; `~` in the place of `=` if the bytes were computed.
    fn piece(&self, text: &Text, piece: &Piece) -> String {
        let offset = piece.verbatim.unwrap_or_default();
        let places = piece.mark.places().iter();
        let places: Vec<String> = places.map(|place| self.place(place, offset)).collect();
        let via: String = piece
            .mark
            .via()
            .map(|span| format!(" < {}", self.position(span)))
            .collect();
        let sign = match piece.verbatim {
            Some(offset) => {
                self.check_verbatim(text, piece, offset);
                '='
            }
            None => '~',
        };
        format!("{:?} {sign} {}{via}", text.to_str(), places.join(" + "))
    }

    /// Verbatim bytes are those of the file.
    fn check_verbatim(&self, text: &Text, piece: &Piece, offset: u32) {
        let span = piece.mark.places().first().and_then(Place::span);
        let span = span.expect("what stands somewhere has a place");
        let start = (span.start + offset) as usize;
        let written = &self.text(span.file)[start..start + piece.length];
        assert_eq!(written, text.to_str());
    }
}

fn rendered(text: &str) -> Text {
    let (text, result) = run(text);
    result.expect("the template can be run");
    text
}

fn run(text: &str) -> (Text, Result<(), Failure>) {
    let mut scope = Scope::default();
    for (id, name, text) in [(0, "t", text), (1, "h", HELPERS)] {
        let templates = template(id, name, text).expect("the template can be read");
        scope.add(&templates, None);
    }
    let mut run = Run::new(scope, Options::default());
    let mut out = TextBuilder::default();
    let result = run.execute("t", context("t", VALUES), &mut out);
    (out.finish(), result)
}

fn pieces(template: &str) -> Vec<String> {
    let text = rendered(template);
    let mut position = 0;
    let pieces = text.pieces().iter().map(|piece| {
        let part = text.slice(position..position + piece.length);
        position += piece.length;
        Files(template).piece(&part, piece)
    });
    pieces.collect()
}

#[test]
fn text_and_values_know_where_they_stand() {
    assert_eq!(
        pieces("a{{ .Values.name }}\n{{ \"lit\" }} {{ 12 }}"),
        [
            "\"a\" = t:1:0",
            "\"web\" = name < t:1:1",
            "\"\\n\" = t:1:19",
            "\"lit\" = t:2:4 < t:2:0",
            "\" \" = t:2:11",
            "\"12\" ~ t:2:15 < t:2:12",
        ]
    );
}

#[test]
fn helpers_tell_who_called_them() {
    assert_eq!(
        pieces("x: {{ include \"label\" . }}"),
        [
            "\"x: \" = t:1:0",
            "\"app: \" = h:2:21 < t:1:3",
            "\"app-\" = h:1:20 < h:2:26 < t:1:3",
            "\"web\" = name < h:1:24 < h:2:26 < t:1:3",
        ]
    );
    assert_eq!(
        pieces("{{ template \"show\" .Values.tag }}"),
        [
            "\"[\" = h:3:20 < t:1:0",
            "\"1.27\" = tag < h:3:21 < t:1:0",
            "\"]\" = h:3:28 < t:1:0",
        ]
    );
}

#[test]
fn variables_are_steps_on_the_way() {
    assert_eq!(
        pieces("{{ $x := include \"name\" . }}\n{{ $x }}"),
        [
            "\"\\n\" = t:1:28",
            "\"app-\" = h:1:20 < t:1:0 < t:2:0",
            "\"web\" = name < h:1:24 < t:1:0 < t:2:0",
        ]
    );
}

#[test]
fn functions_keep_what_they_only_move() {
    assert_eq!(
        pieces("{{ printf \"%s:%s/%d%6s\" .Values.name .Values.tag 5 \"ab\" }}"),
        [
            "\"web\" = name < t:1:0",
            "\":\" = t:1:13 < t:1:0",
            "\"1.27\" = tag < t:1:0",
            "\"/\" = t:1:16 < t:1:0",
            "\"5\" ~ t:1:49 < t:1:0",
            "\"    \" ~ t:1:52 < t:1:0",
            "\"ab\" = t:1:52 < t:1:0",
        ]
    );
    assert_eq!(
        pieces("{{ print .Values.name .Values.port }}"),
        ["\"web\" = name < t:1:0", "\"80\" ~ port < t:1:0"]
    );
    assert_eq!(
        pieces("{{ printf \"%q\" .Values.name }}"),
        [
            "\"\\\"\" ~ name < t:1:0",
            "\"web\" = name < t:1:0",
            "\"\\\"\" ~ name < t:1:0",
        ]
    );
}

#[test]
fn lists_and_maps_keep_the_places_of_their_parts() {
    assert_eq!(
        pieces("{{ range .Values.args }}{{ . }}{{ end }}"),
        ["\"-v\" = args[0] < t:1:24", "\"-x\" = args[1] < t:1:24"]
    );
    assert_eq!(
        pieces("{{ index .Values.labels \"team\" }}"),
        ["\"blue\" = labels.team < t:1:0"]
    );
    assert_eq!(
        pieces("{{ with .Values.labels }}{{ .team }}{{ end }}"),
        ["\"blue\" = labels.team < t:1:25"]
    );
    let printed = pieces("{{ .Values.args }}");
    assert!(
        printed.contains(&"\"-x\" = args[1] < t:1:0".to_owned()),
        "{printed:?}"
    );
}

#[test]
fn conditions_leave_no_trace_in_what_they_guard() {
    assert_eq!(
        pieces("{{ if .Values.name }}yes{{ end }}{{ or .Values.none .Values.tag }}"),
        ["\"yes\" = t:1:21", "\"1.27\" = tag < t:1:33"]
    );
}

#[test]
fn texts_that_are_templates_stand_in_the_values() {
    assert_eq!(
        pieces("{{ tpl .Values.text . }}"),
        [
            "\"<\" = text < t:1:0",
            "\"web\" = name < values:3:12 < t:1:0",
            "\">\" = text < t:1:0",
        ]
    );
    assert_eq!(
        pieces("{{ tpl .Values.nested . }}"),
        [
            "\"<\" = text < values:3:45 < t:1:0",
            "\"web\" = name < values:3:12 < values:3:45 < t:1:0",
            "\">\" = text < values:3:45 < t:1:0",
            "\"!\" = nested < t:1:0",
        ]
    );
}

#[test]
fn what_is_computed_comes_from_the_arguments() {
    assert_eq!(
        pieces("{{ len .Values.name }}{{ eq .Values.name .Values.tag }}"),
        ["\"3\" ~ name < t:1:0", "\"false\" ~ tag + name < t:1:22"]
    );
}

#[test]
fn what_is_missing_knows_where_it_would_be_set() {
    assert_eq!(
        pieces("{{ printf \"%v\" .Values.none }}{{ index .Values.labels \"app\" | eq \"x\" }}"),
        [
            "\"<nil>\" ~ none? < t:1:0",
            "\"false\" ~ labels.app? + t:1:66 < t:1:30",
        ]
    );
}

/// The texts of the places of a failure, innermost first.
fn failed(template: &str) -> Vec<String> {
    let (_, result) = run(template);
    let failure = result.expect_err("the template can't be run");
    let spans = failure.places.iter().filter_map(|place| place.span);
    let text = |span: Span| Files(template).text(span.file)[span.range()].to_owned();
    spans.map(text).collect()
}

#[test]
fn failures_stand_where_a_person_would_look() {
    assert_eq!(failed("{{ upper  .Values.port }}"), [".Values.port"]);
    assert_eq!(failed("a {{ .Values.none.x.y }}"), [".Values.none.x.y"]);
    assert_eq!(
        failed("{{ if true }}{{ include \"none\"  . | upper }}{{ end }}"),
        ["include \"none\"  ."]
    );
    assert_eq!(
        failed("{{ include \"show\" (index .Values.args 9) }}"),
        ["index .Values.args 9"]
    );
    assert_eq!(
        failed("{{ template \"none\" . }}"),
        ["{{ template \"none\" . }}"]
    );
    assert_eq!(
        failed("{{ tpl .Values.broken . }}"),
        ["include `none` .", "tpl .Values.broken ."]
    );
}
