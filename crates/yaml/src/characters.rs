//! Characters that the API server's library takes differently from other readers of YAML.

/// What is unusual about a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unusual {
    /// It is refused: <https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/readerc.go>.
    Control,
    /// It breaks lines in YAML 1.1 only.
    LineBreak,
}

/// The place and sort of the first unusual character.
pub(crate) fn first_unusual(text: &str) -> Option<(usize, Unusual)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += position(&bytes[at..], may_begin_unusual)?;
        let character = text[at..].chars().next()?;
        if let Some(sort) = sort(character) {
            return Some((at, sort));
        }
        at += character.len_utf8();
    }
}

/// How many bytes are looked at together.
const BLOCK: usize = 32;

/// The first byte that is wanted. All bytes of a block are looked at together, which takes less time than to stop at each, if
/// `is_wanted` has no branches.
pub(crate) fn position(bytes: &[u8], is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let has_none = |block: &&[u8; BLOCK]| {
        let wanted = block.iter().map(|byte| u8::from(is_wanted(*byte)));
        wanted.fold(0, |any, one| any | one) == 0
    };
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let passed = blocks.iter().take_while(has_none).count() * BLOCK;
    let rest = &bytes[passed..];
    let found = rest.iter().position(|byte| is_wanted(*byte))?;
    Some(passed + found)
}

/// Rules out most characters by their first byte. Nothing here branches, so that many bytes are looked at by one instruction.
fn may_begin_unusual(byte: u8) -> bool {
    let is_control = (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
    is_control | (byte == 0x7f) | (byte == 0xc2) | (byte == 0xe2) | (byte == 0xef)
}

fn sort(character: char) -> Option<Unusual> {
    match character {
        '\t' | '\n' | '\r' => None,
        '\u{85}' | '\u{2028}' | '\u{2029}' => Some(Unusual::LineBreak),
        '\u{fffe}' | '\u{ffff}' => Some(Unusual::Control),
        character => character.is_control().then_some(Unusual::Control),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(usize, Unusual)>) {
        assert_eq!(first_unusual(text), expected);
    }

    #[test]
    fn control_characters_and_old_line_breaks_are_found() {
        check("a\tb\r\nü€𝄞\u{a0}\u{feff}", None);
        check("ü\u{1}", Some((2, Unusual::Control)));
        check("a\u{7f}", Some((1, Unusual::Control)));
        check("\u{80}", Some((0, Unusual::Control)));
        check("\u{a9}\u{ffff}", Some((2, Unusual::Control)));
        check("a\u{85}\u{1}", Some((1, Unusual::LineBreak)));
        check("€\u{2028}", Some((3, Unusual::LineBreak)));
    }
}
