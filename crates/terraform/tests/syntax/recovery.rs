//! Half-typed text loses only its broken part.

use source::{FileId, SourceFile};
use terraform::syntax::read;

use crate::{invariants, show};

#[track_caller]
fn check(text: &str, expected: &str, problems: &str) {
    let file = SourceFile::new(FileId(0), "main.tf", text);
    let document = read(&file);
    invariants::check_document(&file, &document);
    let found = show::problems(&file, &document.problems);
    assert_eq!(
        (show::body(&document.body).as_str(), found.as_str()),
        (expected, problems)
    );
}

#[test]
fn a_missing_brace_does_not_take_the_next_blocks() {
    check(
        "resource \"a\" \"b\" {\n  x = 1\n  y {\n    z = 1\n\nresource \"c\" \"d\" {\n  x = 2\n}\n",
        "resource a b { x = 1; y { z = 1 } }; resource c d { x = 2 }",
        "unclosed-bracket 1 `{`; unclosed-bracket 3 `{`",
    );
    check(
        "resource \"a\" \"b\" {\n  y {\n    z = 1\n  w = 2\n}\nresource \"c\" \"d\" {\n}\n",
        "resource a b { w = 2; y { z = 1 } }; resource c d {  }",
        "unclosed-bracket 2 `{`",
    );
    check(
        "locals {\na = 1\n\nvariable \"b\" {\ntype = string\n}\n",
        "locals { a = 1 }; variable b { type = string }",
        "unclosed-bracket 1 `{`",
    );
    check("a {\n  b = 1", "a { b = 1 }", "unclosed-bracket 1 `{`");
}

#[test]
fn an_unclosed_value_ends_where_its_lines_end() {
    check(
        "a {\n  tags = {\n    x = 1\n  name = \"n\"\n  b {\n    c = 1\n  }\n}\nd = 1\n",
        "d = 1; a { tags = BROKEN; name = \"n\"; b { c = 1 } }",
        "unclosed-bracket 2 `{`",
    );
    check(
        "a {\n  list = [\n    \"x\",\n    \"y\"\n  name = \"n\"\n}\n",
        "a { list = BROKEN; name = \"n\" }",
        "unclosed-bracket 2 `[`",
    );
    check(
        "a {\n  policy = jsonencode({\n    x = [\n      1\n    ]\n  name = \"n\"\n}\nb {\n}\n",
        "a { policy = BROKEN; name = \"n\" }; b {  }",
        "unclosed-bracket 2 `(`",
    );
    check(
        "a {\n  x = f(1, 2\n  y = 2\n}\n",
        "a { x = BROKEN; y = 2 }",
        "unclosed-bracket 2 `(`",
    );
    check(
        "a {\n  tags = {\n    x = 1\n}\nb {\n  y = 2\n}\n",
        "a { tags = BROKEN }; b { y = 2 }",
        "unclosed-bracket 2 `{`",
    );
    check(
        "a {\n  x = [1, 2}\n  y = 1\n}\n",
        "a { x = BROKEN; y = 1 }",
        "unclosed-bracket 2 `[`",
    );
}

#[test]
fn an_unclosed_string_ends_with_its_line() {
    check(
        "a {\n  x = \"1\n  y = \"2\"\n  z = {\n    p = \"3\n    q = 4\n  }\n}\n",
        "a { x = BROKEN; y = \"2\"; z = {\"p\" = BROKEN, \"q\" = 4} }",
        "unclosed-string 2 `\"`; unclosed-string 5 `\"`",
    );
    check(
        "a {\n  x = \"${b\"\n  y = 2\n}\n",
        "a { x = BROKEN; y = 2 }",
        "unclosed-string 2 `\"`",
    );
    check(
        "a {\n  x = \"${f(\n  y = 2\n}\nb {\n}\n",
        "a { x = BROKEN; y = 2 }; b {  }",
        "unclosed-string 2 `\"`",
    );
    check(
        "resource \"a\" \"b {\n  x = 1\n}\nc = 1\n",
        "c = 1; resource a b { x = 1 }",
        "unclosed-string 1 `\"`",
    );
    check(
        "a {\n  x = f(\"b)\n  y = 2\n}\n",
        "a { x = BROKEN; y = 2 }",
        "unclosed-string 2 `\"`",
    );
}

#[test]
fn an_unclosed_heredoc_ends_with_its_block() {
    check(
        "a {\n  x = <<EOT\n{\n  \"y\": 1\n}\n}\n\nresource \"b\" \"c\" {\n  z = 1\n}\n",
        "a { x = BROKEN }; resource b c { z = 1 }",
        "unclosed-heredoc 2 `<<EOT`",
    );
    check(
        "a {\n  x = <<EOT\n  one ${two\n  EOT\n  y = 1\n}\nb {\n}\n",
        "a { x = template(\"  one \" ${BROKEN}); y = 1 }; b {  }",
        "unclosed-bracket 3 `${`",
    );
    check(
        "a = <<EOT\nx\nEOT",
        "a = \"x\\n\"",
        "unclosed-heredoc 3 `EOT`",
    );
    check("a = <<EOT\nx\n", "a = BROKEN", "unclosed-heredoc 1 `<<EOT`");
}

#[test]
fn an_unclosed_comment_is_a_line() {
    check(
        "a = 1 /* b\nc {\n  d = 1\n}\n",
        "a = 1; c { d = 1 }",
        "unclosed-comment 1 `/*`",
    );
}

#[test]
fn what_closes_nothing_is_left_out() {
    check(
        "a {\n}\n}\nb {\n}\n",
        "a {  }; b {  }",
        "unexpected-text 3 `}`",
    );
    check(
        "a {\n  x = 1)\n  y = 2\n}\n",
        "a { x = BROKEN; y = 2 }",
        "unexpected-text 2 `)`",
    );
}

#[test]
fn every_beginning_of_a_file_is_read() {
    let text = "resource \"a\" \"b\" {\n  x = \"${f(1, [2])} é\" # c\n  y = <<-EOT\n    %{ if z ~}\n    w\n    %{ endif ~}\n  EOT\n  t = { for k, v in m : k => v... if v }\n}\n";
    for (at, _) in text.char_indices() {
        invariants::check(&text[..at]);
        invariants::check(&text[at..]);
        let next = text[at..].chars().next().map_or(0, char::len_utf8);
        invariants::check(&[&text[..at], &text[at + next..]].concat());
        for wedge in ["\"", "{", "}", "${", "<<EOT\n", "\n", "/*", "(", "]", "é"] {
            invariants::check(&[&text[..at], wedge, &text[at..]].concat());
        }
    }
}
