//! Strings as `encoding/json` writes them.

/// What stands for a character in a string, if it does not stand for itself. `is_html` escapes what HTML would take for its own.
#[must_use]
pub fn escape(letter: char, is_html: bool) -> Option<String> {
    Some(match letter {
        '"' => "\\\"".into(),
        '\\' => "\\\\".into(),
        '\n' => "\\n".into(),
        '\r' => "\\r".into(),
        '\t' => "\\t".into(),
        '\u{8}' => "\\b".into(),
        '\u{c}' => "\\f".into(),
        '<' | '>' | '&' if !is_html => return None,
        '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
            format!("\\u{:04x}", u32::from(letter))
        }
        _ => return None,
    })
}

/// A string with its quotes, as `json.Marshal` writes it.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match escape(letter, true) {
            Some(escaped) => quoted.push_str(&escaped),
            None => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
