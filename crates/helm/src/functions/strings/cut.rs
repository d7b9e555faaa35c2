//! Parts of texts: `trunc`, `substr`, `abbrev`, `abbrevboth`, and texts in lines: `wrap`, `wrapWith`. All count bytes.

use crate::functions::Arguments;
use crate::run::{Failure, Run};
use crate::value::{Text, TextBuilder, Value};

const DOTS: &str = "...";

pub(super) fn truncate(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (count, text) = (arguments.integer(0)?, arguments.text(1)?);
    let length = text.len();
    let from_end = count
        .checked_neg()
        .and_then(|count| usize::try_from(count).ok());
    let range = match (usize::try_from(count), from_end) {
        (Ok(count), _) => 0..count.min(length),
        (Err(_), Some(count)) if count < length => length - count..length,
        _ => 0..length,
    };
    Ok(Value::text(text.slice(range)))
}

pub(super) fn substring(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (start, end) = (arguments.integer(0)?, arguments.integer(1)?);
    let text = arguments.text(2)?;
    let length = text.len();
    let whole = i64::try_from(length).unwrap_or(i64::MAX);
    let (from, to) = match (start, end) {
        (..0, end) => (0, end),
        (start, ..0) => (start, whole),
        (start, end) => (start, end.min(whole)),
    };
    if to < 0 {
        return Err(out_of_range(&format!("[:{to}]")));
    }
    if to > whole {
        return Err(out_of_range(&format!("[:{to}] with length {length}")));
    }
    if from > to {
        let cause = match end < 0 || end > whole {
            true => format!("[{from}:{length}]"),
            false => format!("[{from}:{to}]"),
        };
        return Err(out_of_range(&cause));
    }
    let range = usize::try_from(from).unwrap_or(0)..usize::try_from(to).unwrap_or(0);
    Ok(Value::text(text.slice(range)))
}

fn out_of_range(cause: &str) -> Failure {
    Failure::new(format!("runtime error: slice bounds out of range {cause}"))
}

pub(super) fn abbreviate(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = arguments.text(1)?;
    let shortened = match usize::try_from(arguments.integer(0)?) {
        Ok(width) if width >= 4 => shorten(text, 0, width),
        _ => text.clone(),
    };
    Ok(Value::text(shortened))
}

pub(super) fn abbreviate_both(_: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (left, right) = (arguments.integer(0)?, arguments.integer(1)?);
    let text = arguments.text(2)?;
    if right < 4 || left > 0 && right < 7 {
        return Ok(Value::text(text.clone()));
    }
    let left = usize::try_from(left).unwrap_or(0);
    let right = usize::try_from(right).unwrap_or(0);
    Ok(Value::text(shorten(text, left, right)))
}

/// The text in so many bytes, without what stands before `offset` as far as the rest fills the width. The width is at
/// least 4.
fn shorten(text: &Text, offset: usize, width: usize) -> Text {
    let length = text.len();
    if length <= width {
        return text.clone();
    }
    let kept = width - DOTS.len();
    let offset = offset.min(length - kept);
    let dots = Text::from(DOTS);
    if offset <= 4 {
        return Text::join([&text.slice(0..kept), &dots], &Text::default());
    }
    // Sprig asks for more before it comes here.
    if width < 7 {
        return Text::default();
    }
    let rest = match offset + kept < length {
        true => shorten(&text.slice(offset..length), 0, kept),
        false => text.slice(length - kept..length),
    };
    Text::join([&dots, &rest], &Text::default())
}

pub(super) fn wrap(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let text = arguments.text(1)?;
    wrapped(
        run,
        arguments.integer(0)?,
        &Text::from("\n"),
        LongWords::Kept,
        text,
    )
}

pub(super) fn wrap_with(run: &mut Run, arguments: &Arguments) -> Result<Value, Failure> {
    let (separator, text) = (arguments.text(1)?, arguments.text(2)?);
    let separator = match separator.is_empty() {
        true => Text::from("\n"),
        false => separator.clone(),
    };
    wrapped(run, arguments.integer(0)?, &separator, LongWords::Cut, text)
}

/// What becomes of words that are longer than a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LongWords {
    Kept,
    Cut,
}

fn wrapped(
    run: &mut Run,
    width: i64,
    separator: &Text,
    long_words: LongWords,
    text: &Text,
) -> Result<Value, Failure> {
    let width = usize::try_from(width).unwrap_or(1).max(1);
    let lines = text.len() / width + 1;
    run.room_for(
        lines
            .saturating_mul(separator.len())
            .saturating_add(text.len()),
    )?;
    let bytes = text.as_bytes();
    let mut builder = TextBuilder::default();
    let mut offset = 0;
    while bytes.len() - offset > width {
        if bytes[offset] == b' ' {
            offset += 1;
            continue;
        }
        let end = offset + width;
        let last_blank = bytes[offset..=end].iter().rposition(|byte| *byte == b' ');
        let next_blank = || bytes[end..].iter().position(|byte| *byte == b' ');
        let (line_end, next) = match last_blank {
            Some(blank) => (offset + blank, offset + blank + 1),
            None if long_words == LongWords::Cut => (end, end),
            None => match next_blank() {
                Some(blank) => (end + blank, end + blank + 1),
                None => break,
            },
        };
        builder.push_range(text, offset..line_end);
        builder.push(separator);
        offset = next;
    }
    builder.push_range(text, offset..bytes.len());
    Ok(Value::text(builder.finish()))
}
