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
        at += bytes[at..]
            .iter()
            .position(|byte| may_begin_unusual(*byte))?;
        let character = text[at..].chars().next()?;
        if let Some(sort) = sort(character) {
            return Some((at, sort));
        }
        at += character.len_utf8();
    }
}

/// Rules out most characters by their first byte.
fn may_begin_unusual(byte: u8) -> bool {
    matches!(byte, 0..0x20 | 0x7f | 0xc2 | 0xe2 | 0xef) && !matches!(byte, b'\t' | b'\n' | b'\r')
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
