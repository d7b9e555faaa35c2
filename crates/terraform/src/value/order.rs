//! Sets: which elements are the same, and the order in which they stand.

use std::cmp::Ordering;
use std::fmt::Write as _;

use super::{Data, Marks, Origin, Type, Value, equals};

/// How many elements a set has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetLength {
    /// The least number.
    pub least: usize,
    /// The greatest number.
    pub most: usize,
}

impl SetLength {
    /// The number, where there is only one that is possible.
    #[must_use]
    pub fn exact(self) -> Option<usize> {
        (self.least == self.most).then_some(self.most)
    }
}

/// How many elements a set has whose elements, as far as they can be told apart, are these. Unknown ones may turn out
/// equal to others.
#[must_use]
pub fn set_length(items: &[Value]) -> SetLength {
    let most = items.len();
    let certain = most <= 1 || items.iter().all(Value::is_wholly_known);
    let least = if certain { most } else { 1 };
    SetLength { least, most }
}

/// A set of values of one type. Equal ones count once, the first of them; all get Terraform's order. A set has the marks of
/// its elements, which have none. A set with an element whose type is not decided is unknown.
///
/// Source: <https://github.com/zclconf/go-cty/blob/main/docs/concepts.md>.
#[must_use]
pub fn set(element: &Type, items: Vec<Value>, origin: Origin) -> Value {
    let marks = (items.iter()).fold(Marks::default(), |marks, item| {
        marks.union(item.deep_marks())
    });
    let items = if marks == Marks::default() {
        items
    } else {
        items.iter().map(Value::without_marks).collect()
    };
    let items = distinct(items);
    Value::new(Data::Set(element.clone(), items.into()), origin).marked(marks)
}

/// Sorts as Terraform does, and leaves out what equals an earlier value.
fn distinct(items: Vec<Value>) -> Vec<Value> {
    let mut keyed: Vec<(Key, Value)> = items
        .into_iter()
        .map(|item| (Key::of(&item), item))
        .collect();
    keyed.sort_by(|(one, _), (two, _)| one.cmp(two));
    let mut kept: Vec<(Key, Value)> = Vec::with_capacity(keyed.len());
    for (key, item) in keyed {
        let mut same_key = kept.iter().rev().take_while(|(earlier, _)| *earlier == key);
        let repeated =
            !key.has_unknown() && same_key.any(|(_, earlier)| equals(earlier, &item) == Some(true));
        if !repeated {
            kept.push((key, item));
        }
    }
    kept.into_iter().map(|(_, item)| item).collect()
}

/// What an element is sorted by. Unknown elements come after known ones, and null is last.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Bool(bool),
    Number(super::Number),
    String(smol_str::SmolStr),
    /// The bytes that go-cty hashes for values that have no natural order, and whether they stand for unknown parts.
    Bytes(String, bool),
    Unknown,
    Null,
}

impl Key {
    fn of(item: &Value) -> Self {
        match &item.data {
            Data::Null(_) => Self::Null,
            Data::Unknown(_) => Self::Unknown,
            Data::Bool(truth) => Self::Bool(*truth),
            Data::Number(number) => Self::Number(number.clone()),
            Data::String(text) => Self::String(text.text.clone()),
            _ => {
                let mut bytes = String::new();
                write_bytes(item, &mut bytes);
                Self::Bytes(bytes, !item.is_wholly_known())
            }
        }
    }

    fn has_unknown(&self) -> bool {
        matches!(self, Self::Unknown | Self::Bytes(_, true))
    }
}

fn write_bytes(value: &Value, bytes: &mut String) {
    match &value.data {
        Data::Null(_) => bytes.push('~'),
        Data::Unknown(_) => bytes.push('?'),
        Data::Bool(true) => bytes.push('T'),
        Data::Bool(false) => bytes.push('F'),
        Data::Number(number) => bytes.push_str(&number.set_key()),
        Data::String(text) => write_quoted(&text.text, bytes),
        Data::Map(_, entries) => {
            bytes.push('{');
            for (key, entry) in &**entries {
                write_quoted(key, bytes);
                bytes.push(':');
                write_bytes(entry, bytes);
                bytes.push(';');
            }
            bytes.push('}');
        }
        Data::List(..) | Data::Set(..) => write_parts('[', value, ']', bytes),
        Data::Tuple(_) | Data::Object(_) => write_parts('<', value, '>', bytes),
    }
}

fn write_parts(open: char, value: &Value, close: char, bytes: &mut String) {
    bytes.push(open);
    for part in value.parts() {
        write_bytes(part, bytes);
        bytes.push(';');
    }
    bytes.push(close);
}

/// As Go's `%q`.
fn write_quoted(text: &str, bytes: &mut String) {
    bytes.push('"');
    for character in text.chars() {
        match character {
            '\u{7}' => bytes.push_str("\\a"),
            '\u{8}' => bytes.push_str("\\b"),
            '\u{b}' => bytes.push_str("\\v"),
            '\u{c}' => bytes.push_str("\\f"),
            '\'' => bytes.push('\''),
            '\0'..='\u{1f}' | '\u{7f}' if !matches!(character, '\t' | '\n' | '\r') => {
                let _ = write!(bytes, "\\x{:02x}", u32::from(character));
            }
            _ => write_escaped(character, bytes),
        }
    }
    bytes.push('"');
}

fn write_escaped(character: char, bytes: &mut String) {
    let escaped = character.escape_debug();
    match u32::from(character) {
        code @ 0x80..=0xffff if escaped.len() > 1 => {
            let _ = write!(bytes, "\\u{code:04x}");
        }
        code @ 0x1_0000.. if escaped.len() > 1 => {
            let _ = write!(bytes, "\\U{code:08x}");
        }
        _ => bytes.extend(escaped),
    }
}

/// The order of two elements of a set.
#[must_use]
pub fn compare_elements(one: &Value, two: &Value) -> Ordering {
    Key::of(one).cmp(&Key::of(two))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::testing::{number, object, string, tuple, unknown};

    #[track_caller]
    fn check(items: Vec<Value>, expected: &str) {
        let Data::Set(_, items) = set(&items[0].ty(), items, crate::value::testing::origin()).data
        else {
            unreachable!("all elements have types");
        };
        let shown: Vec<String> = items
            .iter()
            .map(|item| {
                let mut bytes = String::new();
                write_bytes(item, &mut bytes);
                bytes
            })
            .collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn primitive_elements_have_their_natural_order() {
        check(vec![number("10"), number("9"), number("10.0")], "9 10");
        check(
            vec![string("b"), string("a b"), string("a"), string("b")],
            r#""a" "a b" "b""#,
        );
        let null = Value::new(Data::Null(Type::String), crate::value::testing::origin());
        check(
            vec![
                null,
                unknown(Type::String),
                string("z"),
                unknown(Type::String),
            ],
            r#""z" ? ? ~"#,
        );
    }

    #[test]
    fn objects_are_sorted_by_what_go_cty_hashes() {
        let of = |text: &str| object([("a", number(text))]);
        check(
            vec![of("20000000000"), of("21"), of("5"), of("21")],
            "<21;> <2e+10;> <5;>",
        );
        let of = |text: &str| tuple([string(text)]);
        check(
            vec![of("a"), of("a b"), of("é\n\u{1}")],
            r#"<"a b";> <"a";> <"é\n\x01";>"#,
        );
    }

    #[test]
    fn the_set_has_the_marks_of_its_elements() {
        let sensitive = Marks {
            sensitive: true,
            ephemeral: false,
        };
        let marked = set(
            &Type::String,
            vec![string("a").marked(sensitive)],
            crate::value::testing::origin(),
        );
        assert_eq!(marked.marks, sensitive);
        assert!(marked.parts().all(|part| part.marks == Marks::default()));
    }

    #[test]
    fn unknown_elements_leave_the_length_open() {
        let length = |items: &[Value]| (set_length(items).least, set_length(items).most);
        assert_eq!(length(&[]), (0, 0));
        assert_eq!(length(&[unknown(Type::String)]), (1, 1));
        assert_eq!(length(&[unknown(Type::String), string("a")]), (1, 2));
    }
}
