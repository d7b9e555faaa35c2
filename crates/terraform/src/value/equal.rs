//! Equality of values, where one of them may be unknown.

use super::{Bound, Data, Entries, Type, Unknown, Value};

/// Whether two values are equal, as `==` has it: of the same type and with equal parts, where all nulls are equal. None where
/// that depends on what is unknown. Marks do not count.
///
/// Source: <https://pkg.go.dev/github.com/zclconf/go-cty/cty#Value.Equals>.
#[must_use]
pub fn equals(one: &Value, two: &Value) -> Option<bool> {
    if let Some(decided) = equals_in_part(one, two) {
        return decided;
    }
    let (one_type, two_type) = (one.ty(), two.ty());
    if has_undecided_part(one) || has_undecided_part(two) {
        let possible = conforms(&one_type, &two_type) || conforms(&two_type, &one_type);
        return if possible { None } else { Some(false) };
    }
    if one_type != two_type {
        return Some(false);
    }
    equal_parts(one, two)
}

/// What nulls and unknown values decide.
fn equals_in_part(one: &Value, two: &Value) -> Option<Option<bool>> {
    match (&one.data, &two.data) {
        (Data::Unknown(_), Data::Unknown(_)) => Some(None),
        (Data::Unknown(unknown), _) => Some(equals_unknown(unknown, two)),
        (_, Data::Unknown(unknown)) => Some(equals_unknown(unknown, one)),
        (Data::Null(_), Data::Null(_)) => Some(Some(true)),
        (Data::Null(_), _) | (_, Data::Null(_)) => Some(Some(false)),
        _ => None,
    }
}

/// Whether an unknown value is equal to a known one: no, or perhaps.
fn equals_unknown(unknown: &Unknown, known: &Value) -> Option<bool> {
    if known.is_null() {
        return if unknown.known.not_null {
            Some(false)
        } else {
            None
        };
    }
    let ty = known.ty();
    let possible = match unknown.ty.has_dynamic() {
        true => conforms(&ty, &unknown.ty),
        false => ty == unknown.ty,
    };
    if possible && may_be(unknown, known) {
        None
    } else {
        Some(false)
    }
}

/// Whether what is known of an unknown value allows it to be this one, which has its type.
fn may_be(unknown: &Unknown, known: &Value) -> bool {
    let refinements = &unknown.known;
    match &known.data {
        Data::String(text) => text.text.starts_with(refinements.prefix.as_str()),
        Data::Number(number) => {
            let above = |bound: &Bound| {
                *number > bound.number || (bound.inclusive && *number == bound.number)
            };
            let below = |bound: &Bound| {
                *number < bound.number || (bound.inclusive && *number == bound.number)
            };
            refinements.lower.as_ref().is_none_or(above)
                && refinements.upper.as_ref().is_none_or(below)
        }
        Data::List(_, items) | Data::Set(_, items) => may_have_length(unknown, items.len()),
        Data::Map(_, entries) => may_have_length(unknown, entries.len()),
        _ => true,
    }
}

fn may_have_length(unknown: &Unknown, length: usize) -> bool {
    let length = length as u64;
    let most = unknown.known.max_length;
    unknown.known.min_length <= length && most.is_none_or(|most| length <= most)
}

/// Whether a type is one of those that a constraint allows.
fn conforms(ty: &Type, constraint: &Type) -> bool {
    match (ty, constraint) {
        (_, Type::Dynamic) => true,
        (Type::List(one), Type::List(two))
        | (Type::Set(one), Type::Set(two))
        | (Type::Map(one), Type::Map(two)) => conforms(one, two),
        (Type::Tuple(one), Type::Tuple(two)) => {
            one.len() == two.len()
                && one
                    .iter()
                    .zip(two.iter())
                    .all(|(one, two)| conforms(one, two))
        }
        (Type::Object(one), Type::Object(two)) => {
            let (one, two) = (&one.attributes, &two.attributes);
            let mut types = one.values().zip(two.values());
            one.keys().eq(two.keys()) && types.all(|(one, two)| conforms(&one.ty, &two.ty))
        }
        (one, two) => one == two,
    }
}

fn has_undecided_part(value: &Value) -> bool {
    match &value.data {
        Data::Unknown(unknown) => unknown.ty.has_dynamic(),
        _ => value.parts().any(has_undecided_part),
    }
}

/// Two values of the same type.
fn equal_parts(one: &Value, two: &Value) -> Option<bool> {
    if let Some(decided) = equals_in_part(one, two) {
        return decided;
    }
    match (&one.data, &two.data) {
        (Data::Bool(one), Data::Bool(two)) => Some(one == two),
        (Data::Number(one), Data::Number(two)) => Some(one.equals(two)),
        (Data::String(one), Data::String(two)) => Some(one.text == two.text),
        (Data::List(_, one), Data::List(_, two)) | (Data::Tuple(one), Data::Tuple(two)) => {
            equal_sequences(one, two)
        }
        (Data::Set(_, one), Data::Set(_, two)) => equal_sets(one, two),
        (Data::Map(_, one), Data::Map(_, two)) | (Data::Object(one), Data::Object(two)) => {
            equal_entries(one, two)
        }
        _ => Some(false),
    }
}

/// The first part that is not equal decides.
fn equal_sequences(one: &[Value], two: &[Value]) -> Option<bool> {
    if one.len() != two.len() {
        return Some(false);
    }
    let mut pairs = one.iter().zip(two).map(|(one, two)| equal_parts(one, two));
    pairs
        .find(|equal| *equal != Some(true))
        .unwrap_or(Some(true))
}

/// A part that is certainly not equal decides. In Terraform it is left to chance which part decides.
fn equal_entries(one: &Entries, two: &Entries) -> Option<bool> {
    if !one.keys().eq(two.keys()) {
        return Some(false);
    }
    let mut all = Some(true);
    for (one, two) in one.values().zip(two.values()) {
        match equal_parts(one, two) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => all = None,
        }
    }
    all
}

/// Sets of known elements stand in the same order if they are equal.
fn equal_sets(one: &[Value], two: &[Value]) -> Option<bool> {
    if one.iter().chain(two).any(|item| item.unknown().is_some()) {
        return None;
    }
    let mut pairs = one
        .iter()
        .zip(two)
        .map(|(one, two)| equal_parts(one, two) == Some(true));
    Some(one.len() == two.len() && pairs.all(|equal| equal))
}

/// Whether two values are the same in type, in marks and in every part, unknown ones included.
///
/// Source: <https://pkg.go.dev/github.com/zclconf/go-cty/cty#Value.RawEquals>.
#[must_use]
pub fn raw_equals(one: &Value, two: &Value) -> bool {
    if one.marks != two.marks {
        return false;
    }
    match (&one.data, &two.data) {
        (Data::Null(one), Data::Null(two)) => one == two,
        (Data::Bool(one), Data::Bool(two)) => one == two,
        (Data::Number(one), Data::Number(two)) => one.equals(two),
        (Data::String(one), Data::String(two)) => one.text == two.text,
        (Data::Unknown(one), Data::Unknown(two)) => one.ty == two.ty && one.known == two.known,
        (Data::List(one_type, one), Data::List(two_type, two))
        | (Data::Set(one_type, one), Data::Set(two_type, two)) => {
            one_type == two_type && same_items(one, two)
        }
        (Data::Tuple(one), Data::Tuple(two)) => same_items(one, two),
        (Data::Map(one_type, one), Data::Map(two_type, two)) => {
            one_type == two_type && same_entries(one, two)
        }
        (Data::Object(one), Data::Object(two)) => same_entries(one, two),
        _ => false,
    }
}

fn same_items(one: &[Value], two: &[Value]) -> bool {
    one.len() == two.len() && one.iter().zip(two).all(|(one, two)| raw_equals(one, two))
}

fn same_entries(one: &Entries, two: &Entries) -> bool {
    let mut pairs = one.values().zip(two.values());
    one.keys().eq(two.keys()) && pairs.all(|(one, two)| raw_equals(one, two))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::testing::{
        boolean, list, null, number, object, string, text_list, tuple, unknown,
    };
    use crate::value::{Marks, Number, Refinements};

    #[track_caller]
    fn check(one: &Value, two: &Value, expected: Option<bool>) {
        assert_eq!(equals(one, two), expected, "{one:?} == {two:?}");
        assert_eq!(equals(two, one), expected, "{two:?} == {one:?}");
    }

    #[test]
    fn known_values_are_equal_when_type_and_parts_are() {
        check(&string("a"), &string("a"), Some(true));
        check(&number("1"), &number("1.0"), Some(true));
        check(&number("1"), &string("1"), Some(false));
        check(&boolean(true), &boolean(false), Some(false));
        check(&text_list(&["a"]), &tuple([string("a")]), Some(false));
        check(&text_list(&["a"]), &text_list(&["a", "b"]), Some(false));
        check(
            &object([("a", number("1"))]),
            &object([("a", number("1"))]),
            Some(true),
        );
        check(
            &object([("a", number("1"))]),
            &object([("b", number("1"))]),
            Some(false),
        );
    }

    #[test]
    fn nulls_are_equal_whatever_their_type() {
        check(&null(Type::String), &null(Type::Bool), Some(true));
        check(&null(Type::Dynamic), &string(""), Some(false));
        check(
            &tuple([null(Type::String)]),
            &tuple([null(Type::Bool)]),
            Some(false),
        );
    }

    #[test]
    fn unknown_values_may_be_equal() {
        check(&unknown(Type::String), &string("a"), None);
        check(&unknown(Type::String), &number("1"), Some(false));
        check(&unknown(Type::String), &null(Type::String), None);
        check(&unknown(Type::Dynamic), &number("1"), None);
        check(&unknown(Type::String), &unknown(Type::Number), None);
        check(
            &unknown(Type::list(Type::Dynamic)),
            &number("1"),
            Some(false),
        );
        check(
            &unknown(Type::list(Type::Dynamic)),
            &text_list(&["a"]),
            None,
        );
    }

    #[test]
    fn the_first_part_of_a_sequence_decides_and_any_part_of_an_object() {
        let part = || unknown(Type::String);
        check(
            &tuple([part(), number("1")]),
            &tuple([string("x"), number("2")]),
            None,
        );
        check(
            &tuple([number("1"), part()]),
            &tuple([number("2"), string("x")]),
            Some(false),
        );
        check(
            &object([("a", part()), ("b", number("1"))]),
            &object([("a", string("x")), ("b", number("2"))]),
            Some(false),
        );
        let undecided = || unknown(Type::Dynamic);
        check(
            &tuple([undecided(), number("1")]),
            &tuple([string("b"), number("2")]),
            None,
        );
        check(
            &tuple([undecided(), number("1")]),
            &tuple([string("b"), string("2")]),
            Some(false),
        );
    }

    #[test]
    fn what_is_known_of_an_unknown_value_may_rule_equality_out() {
        let refined = |ty, known| {
            let mut value = unknown(ty);
            if let Data::Unknown(unknown) = &mut value.data {
                std::sync::Arc::make_mut(unknown).known = known;
            }
            value
        };
        let none = Refinements::default;
        let prefix = "p-".into();
        let prefixed = refined(Type::String, Refinements { prefix, ..none() });
        check(&prefixed, &string("q"), Some(false));
        check(&prefixed, &string("p-1"), None);
        let not_null = refined(
            Type::String,
            Refinements {
                not_null: true,
                ..none()
            },
        );
        check(&not_null, &null(Type::String), Some(false));
        let number_of = |text: &str| Number::parse(text).unwrap();
        let lower = Some(Bound {
            number: number_of("3"),
            inclusive: false,
        });
        let above = refined(Type::Number, Refinements { lower, ..none() });
        check(&above, &number("3"), Some(false));
        check(&above, &number("4"), None);
        let long = refined(
            Type::list(Type::String),
            Refinements {
                min_length: 2,
                ..none()
            },
        );
        check(&long, &text_list(&["a"]), Some(false));
        check(&long, &text_list(&["a", "b"]), None);
    }

    #[test]
    fn raw_equality_counts_types_and_marks() {
        assert!(raw_equals(&unknown(Type::String), &unknown(Type::String)));
        assert!(!raw_equals(&unknown(Type::String), &unknown(Type::Bool)));
        assert!(!raw_equals(&null(Type::String), &null(Type::Bool)));
        let sensitive = Marks {
            sensitive: true,
            ephemeral: false,
        };
        assert!(!raw_equals(&string("a").marked(sensitive), &string("a")));
        assert!(!raw_equals(&list(Type::String, []), &list(Type::Bool, [])));
        assert!(raw_equals(&text_list(&["a"]), &text_list(&["a"])));
    }
}
