//! Capital and small letters: `upper`, `lower`, `title`, `untitle`, `swapcase`, `initials`.

use go::letters::{is_capital, is_small, is_title, title as titled, to_lower, to_title, to_upper};
use go::runes;

use crate::functions::Arguments;
use crate::run::{Failure, Run};
use crate::value::{TextBuilder, Value};

pub(super) fn upper(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    each_letter(run, arguments, to_upper)
}

pub(super) fn lower(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    each_letter(run, arguments, to_lower)
}

pub(super) fn title(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = arguments.text(0)?;
    let letters: String = runes(text.as_bytes()).map(|(_, letter)| letter).collect();
    let titled = titled(&letters);
    let mut changed = titled.chars();
    each_letter(run, arguments, |letter| changed.next().unwrap_or(letter))
}

pub(super) fn untitle(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let mut begins = true;
    each_letter(run, arguments, |letter| {
        if letter.is_whitespace() {
            begins = true;
            return letter;
        }
        match std::mem::take(&mut begins) {
            true => to_lower(letter),
            false => letter,
        }
    })
}

/// Small letters become capitals, and where they begin a word their form for titles; all others become small.
pub(super) fn swap(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let mut begins = true;
    each_letter(run, arguments, |letter| {
        if !(is_capital(letter) || is_title(letter) || is_small(letter)) {
            begins = letter.is_whitespace();
            return letter;
        }
        match std::mem::take(&mut begins) {
            _ if !is_small(letter) => to_lower(letter),
            true => to_title(letter),
            false => to_upper(letter),
        }
    })
}

/// The first byte of each word, taken for a character of Latin-1 as Sprig does.
pub(super) fn initials(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = arguments.text(0)?;
    let mut builder = TextBuilder::default();
    let mut begins = true;
    for (at, byte) in text.as_bytes().iter().enumerate() {
        let letter = char::from(*byte);
        if letter.is_whitespace() {
            begins = true;
        } else if std::mem::take(&mut begins) {
            builder.push_instead(letter.to_string(), text, at..at + 1);
        }
    }
    Ok(Value::text(builder.finish()))
}

fn each_letter(
    run: &mut Run,
    arguments: &Arguments,
    mut change: impl FnMut(char) -> char,
) -> Result<Value, Failure> {
    let text = arguments.text(0)?;
    run.room_for(text.len())?;
    let mut builder = TextBuilder::default();
    for (range, letter) in runes(text.as_bytes()) {
        let mut buffer = [0; 4];
        builder.push_instead(change(letter).encode_utf8(&mut buffer), text, range);
    }
    Ok(Value::text(builder.finish()))
}
