//! Patterns in which `*` stands for any text.

/// Whether `text` is as `pattern` says.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(start) else {
        return false;
    };
    let (between, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    for piece in between.split('*') {
        let Some(at) = text.find(piece) else {
            return false;
        };
        text = &text[at + piece.len()..];
    }
    text.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text, expected) in [
            ("Deployment/shop/api", "Deployment/shop/api", true),
            ("Deployment/shop/api", "Deployment/shop/api2", false),
            ("Deployment/*", "Deployment/shop/api", true),
            ("*/shop/*", "Deployment/shop/api", true),
            ("*/shop/*", "Deployment/prod/api", false),
            ("*/api", "Deployment/shop/api", true),
            ("D*shop*i", "Deployment/shop/api", true),
            ("ab*ba", "aba", false),
            ("a*b*b", "ab", false),
            ("**", "", true),
            ("*", "é", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
