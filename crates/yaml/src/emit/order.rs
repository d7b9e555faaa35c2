//! The order of keys: numbers in keys count as numbers, and letters come after everything else.

use std::cmp::Ordering;

use go::letters::is_letter;

/// The version of the library, which orders digits before letters in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Version 2.
    Old,
    /// Version 3.
    New,
}

/// Sorts what has keys. The order is none in the strict sense (`12`, `1a` and `2` stand in a circle), so that the sorting
/// of the standard library, which may refuse such an order, can't be used.
pub fn sort<T>(items: Vec<T>, key: impl Fn(&T) -> &str + Copy, dialect: Dialect) -> Vec<T> {
    let length = items.len();
    if length < 2 {
        return items;
    }
    let mut left = items;
    let right = left.split_off(length / 2);
    let left = sort(left, key, dialect);
    let right = sort(right, key, dialect);
    let mut merged = Vec::with_capacity(length);
    let mut left = left.into_iter().peekable();
    let mut right = right.into_iter().peekable();
    while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
        let takes_right = is_less(key(other), key(one), dialect);
        merged.extend(if takes_right {
            right.next()
        } else {
            left.next()
        });
    }
    merged.extend(left);
    merged.extend(right);
    merged
}

fn is_less(one: &str, other: &str, dialect: Dialect) -> bool {
    compare(one, other, dialect) == Ordering::Less
}

fn compare(one: &str, other: &str, dialect: Dialect) -> Ordering {
    let same = one
        .char_indices()
        .zip(other.chars())
        .take_while(|((_, one), other)| one == other);
    let start = same
        .last()
        .map_or(0, |((at, letter), _)| at + letter.len_utf8());
    let (first, second) = (one[start..].chars().next(), other[start..].chars().next());
    let (Some(first), Some(second)) = (first, second) else {
        return one.len().cmp(&other.len());
    };
    match (is_letter(first), is_letter(second)) {
        (true, true) => return first.cmp(&second),
        (false, false) => {}
        (is_letter, _) => {
            let order = if is_letter {
                Ordering::Greater
            } else {
                Ordering::Less
            };
            let follows_digit = one[..start].ends_with(is_digit);
            return match dialect == Dialect::New && follows_digit {
                true => order.reverse(),
                false => order,
            };
        }
    }
    compare_numbers(&one[..start], &one[start..], &other[start..])
}

/// Compares texts that begin with different characters, none of them a letter, behind what is the same.
fn compare_numbers(same: &str, one: &str, other: &str) -> Ordering {
    // Zeros count where other digits stand before them.
    let has_zero = one.starts_with('0') || other.starts_with('0');
    let mut before = same.chars().rev().take_while(|letter| is_digit(*letter));
    let leading = i64::from(has_zero && before.any(|digit| digit != '0'));
    let (first, first_length) = number(one, leading);
    let (second, second_length) = number(other, leading);
    first
        .cmp(&second)
        .then(first_length.cmp(&second_length))
        .then(one.chars().next().cmp(&other.chars().next()))
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

/// The number at the beginning of a text, behind a digit that stands before it, and the count of its digits.
fn number(text: &str, leading: i64) -> (i64, usize) {
    let digits = text.chars().take_while(|letter| is_digit(*letter));
    digits.fold((leading, 0), |(number, length), digit| {
        let digit = i64::from(digit.to_digit(10).unwrap_or(0));
        (number.wrapping_mul(10).wrapping_add(digit), length + 1)
    })
}
