//! Texts that are documents, of which parts are unknown.

use super::lines;

/// What a text says as JSON, the text being an argument of a resource.
#[track_caller]
fn check(text: &str, expected: &str) {
    let main = format!(
        "variable \"u\" {{}}\nlocals {{ t = \"{{\\\"a\\\": \\\"$${{arn}}\\\"}}\" }}\nresource \"aws_s3_bucket\" \"b\" {{}}\nresource \"t\" \"a\" {{\n  x = jsondecode({text})\n}}"
    );
    let lines = lines(&[("main.tf", &main)]);
    let found = lines.iter().find_map(|line| line.strip_prefix("t.a.x = "));
    assert_eq!(found, Some(expected), "{lines:?}");
}

#[test]
fn documents_keep_their_structure_around_what_is_computed() {
    for (text, expected) in [
        (
            "<<EOT\n{\"a\": \"${aws_s3_bucket.b.arn}/*\", \"b\": [1]}\nEOT\n",
            "?({a: ?, b: [1]})",
        ),
        (
            "<<EOT\n{\"a\": ${jsonencode(aws_s3_bucket.b.arn)}, \"b\": 1}\nEOT\n",
            "?({a: ?, b: 1})",
        ),
        (
            "<<EOT\n{\"a\": ${jsonencode([aws_s3_bucket.b.arn, 1])}, \"b\": 1}\nEOT\n",
            "?({a: [?, 1], b: 1})",
        ),
        (
            "<<EOT\n{\"a\": ${aws_s3_bucket.b.force_destroy}, \"b\": 1}\nEOT\n",
            "?({a: ?, b: 1})",
        ),
        (
            "<<EOT\n{\"${aws_s3_bucket.b.arn}\": 2, \"b\": 1}\nEOT\n",
            "?",
        ),
        (
            "<<EOT\n{\"${aws_s3_bucket.b.arn}:a\": 2, \"${aws_s3_bucket.b.id}:a\": 3, \"b\": 1}\nEOT\n",
            "?{${…}${…}:a: 3, ${…}:a: 2, b: 1}",
        ),
        (
            "jsonencode({ \"${aws_s3_bucket.b.arn}:a\" = 2, b = 1 })",
            "?{${…}:a: 2, b: 1}",
        ),
        (
            "jsonencode(merge({ \"${aws_s3_bucket.b.arn}:a\" = 2 }, { b = 1 }))",
            "?",
        ),
        (
            "<<EOT\n[%{ for x in [1, 2] }{\"a\": \"${aws_s3_bucket.b.arn}\"},%{ endfor } 3]\nEOT\n",
            "?([{a: ?}, {a: ?}, 3])",
        ),
        (
            "<<EOT\n[%{ for x in var.u }{\"a\": 1},%{ endfor } 3]\nEOT\n",
            "?",
        ),
        (
            "<<EOT\n{\"a\": %{ if var.u }1%{ else }2%{ endif }, \"b\": 1}\nEOT\n",
            "?({a: ?, b: 1})",
        ),
        (
            "replace(\"{'a': '${aws_s3_bucket.b.arn}'}\", \"'\", \"\\\"\")",
            "?({a: ?})",
        ),
        (
            "format(\"{\\\"a\\\": %q, \\\"b\\\": %d}\", aws_s3_bucket.b.arn, 3)",
            "?({a: ?, b: 3})",
        ),
        (
            "join(\"\", [\"{\\\"a\\\": \\\"\", aws_s3_bucket.b.arn, \"\\\"}\"])",
            "?({a: ?})",
        ),
        (
            "trimspace(\" {\\\"a\\\": \\\"${aws_s3_bucket.b.arn}\\\"} \")",
            "?({a: ?})",
        ),
        (
            "templatestring(local.t, { arn = aws_s3_bucket.b.arn })",
            "?({a: ?})",
        ),
        (
            "tostring(\"{\\\"a\\\": \\\"${aws_s3_bucket.b.arn}\\\"}\")",
            "?({a: ?})",
        ),
        (
            "var.u ? \"{\\\"a\\\": 1}\" : \"{\\\"a\\\": \\\"${aws_s3_bucket.b.arn}\\\"}\"",
            "?({a: 1}, {a: ?})",
        ),
        (
            "base64decode(base64encode(\"{\\\"a\\\": \\\"${aws_s3_bucket.b.arn}\\\"}\"))",
            "?({a: ?})",
        ),
        (
            "jsonencode(jsondecode(\"{\\\"a\\\": \\\"${aws_s3_bucket.b.arn}\\\"}\"))",
            "?({a: ?})",
        ),
        (
            "try(\"{\\\"a\\\": \\\"${aws_s3_bucket.b.arn}\\\"}\", null)",
            "?({a: ?})",
        ),
        (
            "coalesce(null, \"{\\\"a\\\": \\\"${aws_s3_bucket.b.arn}\\\"}\")",
            "?({a: ?})",
        ),
        (
            "chomp(<<EOT\n{\"a\": \"${aws_s3_bucket.b.arn}\"}\nEOT\n)",
            "?({a: ?})",
        ),
        (
            "sensitive(\"{\\\"a\\\": \\\"${aws_s3_bucket.b.arn}\\\"}\")",
            "?({a: ?})",
        ),
        (
            "element([\"{\\\"a\\\": \\\"${aws_s3_bucket.b.arn}\\\"}\"], 0)",
            "?({a: ?})",
        ),
        (
            "one([\"{\\\"a\\\": \\\"${aws_s3_bucket.b.arn}\\\"}\"])",
            "?({a: ?})",
        ),
        (
            "lookup({ k = \"{\\\"a\\\": \\\"${aws_s3_bucket.b.arn}\\\"}\" }, \"k\", null)",
            "?({a: ?})",
        ),
        (
            "merge({ k = \"{\\\"a\\\": \\\"${aws_s3_bucket.b.arn}\\\"}\" }, {}).k",
            "?({a: ?})",
        ),
        (
            "coalescelist([], [\"{\\\"a\\\": \\\"${aws_s3_bucket.b.arn}\\\"}\"])[0]",
            "?({a: ?})",
        ),
    ] {
        check(text, expected);
    }
}
