//! Values as `terraform console` prints them.

use std::fmt::Write as _;

use unicode_normalization::char::is_combining_mark;

use crate::value::{Data, Entries, Type, Value};

/// A value in the notation of `terraform console`, which shows no sensitive value.
///
/// Source: the answers of Terraform 1.11, some of which the tests have.
#[must_use]
pub fn format(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, &mut out);
    out
}

fn write(value: &Value, indent: usize, out: &mut String) {
    if value.marks.sensitive {
        return out.push_str("(sensitive value)");
    }
    if value.marks.ephemeral {
        return out.push_str("(ephemeral value)");
    }
    match &value.data {
        Data::Null(ty) => out.push_str(&null(ty)),
        Data::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Data::Number(number) => out.push_str(&number.to_string()),
        Data::String(text) if text.text.contains('\n') => heredoc(&text.text, indent, out),
        Data::String(text) => quoted(&text.text, out),
        Data::Unknown(_) => out.push_str("(known after apply)"),
        Data::Tuple(items) => sequence(items, indent, out),
        Data::List(_, items) => converted("tolist", out, |out| sequence(items, indent, out)),
        Data::Set(_, items) => converted("toset", out, |out| sequence(items, indent, out)),
        Data::Object(entries) => mapping(entries, indent, out),
        Data::Map(_, entries) => converted("tomap", out, |out| mapping(entries, indent, out)),
    }
}

fn null(ty: &Type) -> String {
    let element = |ty: &Type| match ty {
        Type::Dynamic => "dynamic".to_owned(),
        ty => ty.to_string(),
    };
    match ty {
        Type::Bool => "tobool(null)".to_owned(),
        Type::Number => "tonumber(null)".to_owned(),
        Type::String => "tostring(null)".to_owned(),
        Type::List(inner) => format!("tolist(null) /* of {} */", element(inner)),
        Type::Set(inner) => format!("toset(null) /* of {} */", element(inner)),
        Type::Map(inner) => format!("tomap(null) /* of {} */", element(inner)),
        Type::Dynamic | Type::Tuple(_) | Type::Object(_) => "null".to_owned(),
    }
}

fn converted(function: &str, out: &mut String, inner: impl FnOnce(&mut String)) {
    out.push_str(function);
    out.push('(');
    inner(out);
    out.push(')');
}

fn new_line(indent: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

fn sequence(items: &[Value], indent: usize, out: &mut String) {
    if items.is_empty() {
        return out.push_str("[]");
    }
    out.push('[');
    for item in items {
        new_line(indent + 2, out);
        write(item, indent + 2, out);
        out.push(',');
    }
    new_line(indent, out);
    out.push(']');
}

fn mapping(entries: &Entries, indent: usize, out: &mut String) {
    if entries.is_empty() {
        return out.push_str("{}");
    }
    out.push('{');
    for (key, value) in entries {
        new_line(indent + 2, out);
        match key.contains('\n') {
            true => heredoc(key, indent + 2, out),
            false => quoted(key, out),
        }
        out.push_str(" = ");
        write(value, indent + 2, out);
    }
    new_line(indent, out);
    out.push('}');
}

/// Text of several lines; inside of something, as far to the right as that.
fn heredoc(text: &str, indent: usize, out: &mut String) {
    let mut delimiter = "EOT".to_owned();
    while text.lines().any(|line| line.trim() == delimiter) {
        delimiter.push('_');
    }
    out.push_str(if indent == 0 { "<<" } else { "<<-" });
    out.push_str(&delimiter);
    for line in text.split('\n') {
        new_line(indent, out);
        out.push_str(line);
    }
    new_line(indent, out);
    out.push_str(&delimiter);
}

/// Text in quotes, as Go writes it.
///
/// Source: <https://pkg.go.dev/strconv#Quote>.
fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{b}' => out.push_str("\\v"),
            character if is_printed(character) => out.push(character),
            character => escaped(character, out),
        }
    }
    out.push('"');
}

fn is_printed(character: char) -> bool {
    character == ' '
        || !character.is_whitespace()
            && (is_combining_mark(character) || character.escape_debug().len() == 1)
        || character == '\''
}

fn escaped(character: char, out: &mut String) {
    let code = u32::from(character);
    // Writing to a text can't fail.
    let _ = match code {
        0..0x80 => write!(out, "\\x{code:02x}"),
        0x80..0x1_0000 => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
}

#[cfg(test)]
mod tests {
    use source::{FileId, Memory, Sources};

    use super::format;
    use crate::module::Modules;
    use crate::root::{Options, evaluate_expressions};
    use crate::syntax::{Places, read_expression};

    /// Answers of `terraform console`, Terraform 1.11.4.
    #[track_caller]
    fn check(expression: &str, expected: &str) {
        let system = Memory::new([(
            "r/main.tf",
            "resource \"terraform_data\" \"x\" {}\nvariable \"s\" {\n  default = 1\n  sensitive = true\n}\n",
        )]);
        let sources = Sources::default();
        let shown = |path: &std::path::Path| path.to_path_buf();
        let modules = Modules::new(&system, &sources, &shown);
        let folder = std::path::Path::new("r");
        let (expression, problems) = read_expression(expression, &Places::verbatim(FileId(0), 0));
        assert_eq!(problems, []);
        let options = Options {
            modules: &modules,
            folder,
            boundary: folder,
            inputs: &[],
            workspace: None,
        };
        let values = evaluate_expressions(&options, &[expression]);
        assert_eq!(format(values[0].as_ref().unwrap()), expected);
    }

    #[test]
    fn values_are_written_as_terraform_writes_them() {
        check("null", "null");
        check("tostring(null)", "tostring(null)");
        check("tolist(null)", "tolist(null) /* of dynamic */");
        check("[]", "[]");
        check("{}", "{}");
        check("tolist([])", "tolist([])");
        check("tomap({})", "tomap({})");
        check("toset([\"b\", \"a\"])", "toset([\n  \"a\",\n  \"b\",\n])");
        check(
            "{a = 1, \"b c\" = [1, {x = true}]}",
            "{\n  \"a\" = 1\n  \"b c\" = [\n    1,\n    {\n      \"x\" = true\n    },\n  ]\n}",
        );
        check("1e30", "1000000000000000000000000000000");
        check("1/0", "+Inf");
    }

    #[test]
    fn texts_are_quoted_or_of_several_lines() {
        check(r#""q\"\tü\u0001$${""#, r#""q\"\tü\x01${""#);
        check(r#""\u200b\u00a0'""#, r#""\u200b\u00a0'""#);
        check(r#""a\nb""#, "<<EOT\na\nb\nEOT");
        check(r#""a\nEOT\nb""#, "<<EOT_\na\nEOT\nb\nEOT_");
        check(r#"["a\nb"]"#, "[\n  <<-EOT\n  a\n  b\n  EOT,\n]");
    }

    #[test]
    fn what_is_not_shown_is_said() {
        check("terraform_data.x.id", "(known after apply)");
        check("[var.s]", "[\n  (sensitive value),\n]");
    }
}
