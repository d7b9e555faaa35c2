//! What holds for any bytes that are read and run as templates. The fuzz target of the workspace's tests uses it too.

use std::sync::Arc;

use helm::run::{Bounds, Failure, Options, Run, Scope};
use helm::template::{TemplateSource, parse};
use helm::value::{Key, Mark, Place, Text, TextBuilder, Value};
use source::{FileId, SourceFile, Span};

/// Small enough that thousands of runs take seconds.
const BOUNDS: Bounds = Bounds {
    steps: 20_000,
    bytes: 1 << 20,
    depth: 50,
};

/// Reads bytes as the texts of templates `t0`, `t1` …, divided by NUL bytes, runs the first one, and says whether it was
/// rendered.
pub(crate) fn check(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let texts: Vec<&str> = text.split('\0').collect();
    match rendered(&texts) {
        Ok(text) => {
            check_pieces(&text, &texts);
            true
        }
        Err(failure) => {
            check_failure(&failure, &texts);
            false
        }
    }
}

fn rendered(texts: &[&str]) -> Result<Text, Failure> {
    let mut scope = Scope::default();
    for (id, text) in (0..).zip(texts) {
        let name = format!("t{id}");
        let file = SourceFile::new(FileId(id), &name, *text);
        scope.add(
            &parse(&Arc::new(TemplateSource::of_file(name, &file)))?,
            None,
        );
    }
    let mut run = Run::new(
        scope,
        Options {
            bounds: BOUNDS,
            ..Options::default()
        },
    );
    let mut out = TextBuilder::default();
    run.execute("t0", context(texts[0]), &mut out)?;
    Ok(out.finish())
}

/// Values of all sorts. The text of the first template is one of them, so that it can be run as a text.
fn context(text: &str) -> Value {
    let end = u32::try_from(text.len()).expect("the text is short");
    let mark = Mark::at(Place::Values(Span::new(FileId(0), 0, end), "text".into()));
    let text = Text::verbatim(text, mark.clone(), 0);
    let values = [
        ("s", Value::string("a-b")),
        ("n", Value::float(5.0)),
        ("i", Value::int64(-3)),
        ("t", Value::bool(true)),
        ("nil", Value::nil()),
        (
            "l",
            Value::list([Value::string("x"), Value::int(1), Value::nil()]),
        ),
        ("m", Value::map([(Key::from("a"), Value::string("\u{e9}"))])),
        ("b", Value::string([0xff, b'a'])),
        ("text", Value::text(text).marked(mark)),
    ];
    let values = Value::map(values.map(|(key, value)| (Key::from(key), value)));
    Value::map([(Key::from("Values"), values)])
}

/// The pieces cover the text, and verbatim ones stand in their files as they are.
fn check_pieces(text: &Text, texts: &[&str]) {
    let mut position = 0;
    for piece in text.pieces() {
        let bytes = &text.as_bytes()[position..position + piece.length];
        position += piece.length;
        let place = piece.mark.places().first().and_then(Place::span);
        let (Some(span), Some(offset)) = (place, piece.verbatim) else {
            continue;
        };
        let start = (span.start + offset) as usize;
        let file = texts[span.file.0 as usize].as_bytes();
        assert_eq!(&file[start..start + piece.length], bytes);
    }
    assert!(text.pieces().is_empty() || position == text.len());
}

/// A failure says where it is, which is in the texts.
fn check_failure(failure: &Failure, texts: &[&str]) {
    assert!(!failure.places.is_empty(), "{failure}");
    assert!(!failure.helm().is_empty());
    for span in failure.places.iter().filter_map(|place| place.span) {
        assert!(span.end as usize <= texts[span.file.0 as usize].len());
    }
}
