//! Messages of checks: text with `\(…)`, which becomes a string of jq.

/// The jq expression of a message: the text in quotes, with what stands outside of interpolations escaped.
pub(crate) fn expression(message: &str) -> String {
    let mut out = String::with_capacity(message.len() + 8);
    out.push('"');
    let mut rest = message.trim();
    while let Some(start) = rest.find("\\(") {
        escape(&rest[..start], &mut out);
        let length = interpolation(&rest[start..]);
        out.push_str(&rest[start..start + length]);
        rest = &rest[start + length..];
    }
    escape(rest, &mut out);
    out.push('"');
    out
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push(' '),
            _ => out.push(character),
        }
    }
}

/// The length of the interpolation that `text` begins with, up to its closing parenthesis.
fn interpolation(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut characters = text.char_indices().skip(1);
    while let Some((index, character)) = characters.next() {
        match character {
            '\\' if quoted => drop(characters.next()),
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth == 1 => return index + 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::expression;

    #[test]
    fn interpolations_stay_and_the_rest_is_escaped() {
        assert_eq!(expression(r#"a "b" \(.c) d\e"#), r#""a \"b\" \(.c) d\\e""#);
        assert_eq!(
            expression(r#"\(.a | test(")")) x"#),
            r#""\(.a | test(")")) x""#
        );
        assert_eq!(expression("plain"), "\"plain\"");
    }
}
