//! What data sources give that need no provider.

use super::{check, lines};

#[test]
fn policies_of_google_merge_and_sort_as_the_provider_does() {
    check(
        r#"
        variable "who" {}
        data "google_iam_policy" "known" {
          binding {
            role    = "roles/viewer"
            members = ["user:b", "allUsers"]
          }
          binding {
            role    = "roles/editor"
            members = ["user:a"]
            condition {
              title      = "t"
              expression = "e"
            }
          }
          binding {
            role    = "roles/viewer"
            members = ["user:a"]
          }
          audit_config {
            service = "allServices"
            audit_log_configs {
              log_type         = "DATA_READ"
              exempted_members = ["user:a"]
            }
          }
        }
        data "google_iam_policy" "partial" {
          binding {
            role    = "roles/viewer"
            members = ["user:${var.who}"]
          }
        }
        data "google_iam_policy" "dynamic" {
          dynamic "binding" {
            for_each = var.who
            content {
              role    = "roles/viewer"
              members = ["allUsers"]
            }
          }
        }
        resource "t" "a" {
          known   = data.google_iam_policy.known.policy_data
          partial = jsondecode(data.google_iam_policy.partial.policy_data)
          dynamic = jsondecode(data.google_iam_policy.dynamic.policy_data)
        }
        "#,
        &[
            "t.a.dynamic = ?({bindings: ?[ … {members: [allUsers], role: roles/viewer}]})",
            r#"t.a.known = {"auditConfigs":[{"auditLogConfigs":[{"exemptedMembers":["user:a"],"logType":"DATA_READ"}],"service":"allServices"}],"bindings":[{"condition":{"expression":"e","title":"t"},"members":["user:a"],"role":"roles/editor"},{"members":["allUsers","user:a","user:b"],"role":"roles/viewer"}]}"#,
            "t.a.partial = ?({bindings: [{members: [?], role: roles/viewer}]})",
        ],
    );
}

#[test]
fn templates_are_rendered_with_text() {
    let main = r#"
        variable "u" {}
        data "template_file" "known" {
          template = file("${path.module}/a.tpl")
          vars     = { name = "x", count = 2 }
        }
        data "template_file" "partial" {
          template = "{\"name\": \"$${name}\"}"
          vars     = { name = var.u }
        }
        data "template_file" "wrong" {
          template = "$${missing}"
          vars     = {}
        }
        data "template_file" "list" {
          template = "a"
          vars     = { a = ["b"] }
        }
        resource "t" "a" {
          known   = data.template_file.known.rendered
          partial = jsondecode(data.template_file.partial.rendered)
          wrong   = data.template_file.wrong.rendered
        }
    "#;
    let found = lines(&[("main.tf", main), ("a.tpl", "${upper(name)} ${count + 1}")]);
    let expected = [
        "t.a.known = X 3",
        "t.a.partial = ?({name: ?})",
        "t.a.wrong = ?",
        "problem invalid-data-source",
        "problem invalid-data-source",
    ];
    assert_eq!(found, expected);
}

#[test]
fn parts_for_cloud_init_are_one_document() {
    check(
        r##"
        variable "u" {}
        data "cloudinit_config" "plain" {
          gzip          = false
          base64_encode = false
          boundary      = "B"
          part {
            content      = "#!/bin/sh"
            content_type = "text/x-shellscript"
            filename     = "a.sh"
            merge_type   = "list()"
          }
          part { content = "b" }
        }
        data "template_cloudinit_config" "encoded" {
          gzip = false
          part { content = "c" }
        }
        data "cloudinit_config" "zipped" {
          part { content = "d" }
        }
        data "cloudinit_config" "partial" {
          gzip = false
          part { content = "${var.u}d" }
        }
        data "cloudinit_config" "open" {
          gzip          = false
          base64_encode = false
          dynamic "part" {
            for_each = var.u
            content { content = "e" }
          }
        }
        data "cloudinit_config" "wrong" { base64_encode = false }
        resource "t" "a" {
          encoded = base64decode(data.template_cloudinit_config.encoded.rendered)
          open    = data.cloudinit_config.open.rendered
          partial = endswith(base64decode(data.cloudinit_config.partial.rendered), "d\r\n--MIMEBOUNDARY--\r\n")
          plain   = jsonencode(data.cloudinit_config.plain.rendered)
          zipped  = startswith(data.cloudinit_config.zipped.rendered, "H4sI")
        }
        "##,
        &[
            "t.a.encoded = Content-Type: multipart/mixed; boundary=\"MIMEBOUNDARY\"\nMIME-Version: 1.0\r\n\r\n--MIMEBOUNDARY\r\nContent-Transfer-Encoding: 7bit\r\nContent-Type: text/plain\r\nMime-Version: 1.0\r\n\r\nc\r\n--MIMEBOUNDARY--\r\n",
            "t.a.open = ?",
            "t.a.partial = ?",
            r#"t.a.plain = "Content-Type: multipart/mixed; boundary=\"B\"\nMIME-Version: 1.0\r\n\r\n--B\r\nContent-Disposition: attachment; filename=\"a.sh\"\r\nContent-Transfer-Encoding: 7bit\r\nContent-Type: text/x-shellscript\r\nMime-Version: 1.0\r\nX-Merge-Type: list()\r\n\r\n#!/bin/sh\r\n--B\r\nContent-Transfer-Encoding: 7bit\r\nContent-Type: text/plain\r\nMime-Version: 1.0\r\n\r\nb\r\n--B--\r\n""#,
            "t.a.zipped = true",
            "problem invalid-data-source",
        ],
    );
}

#[test]
fn files_are_read_inside_the_boundary_only() {
    let main = r#"
        data "local_file" "a" { filename = "${path.module}/a.txt" }
        data "local_sensitive_file" "s" { filename = "a.txt" }
        data "local_file" "missing" { filename = "dist/app.js" }
        data "local_file" "outside" { filename = "../../etc/passwd" }
        resource "t" "a" {
          a = [
            data.local_file.a.content, data.local_file.a.content_base64, data.local_file.a.content_md5, data.local_file.a.id,
            data.local_file.a.content_sha512 == filesha512("a.txt"), data.local_file.a.content_base64sha256 == filebase64sha256("a.txt"),
          ]
          m = data.local_file.missing.content
          o = data.local_file.outside.content
          s = [issensitive(data.local_sensitive_file.s.content), issensitive(data.local_sensitive_file.s.content_md5)]
        }
    "#;
    let found = lines(&[("main.tf", main), ("a.txt", "hi")]);
    let expected = [
        "t.a.a = [hi, aGk=, 49f68a5c8493ec2c0bf489821c21fc3b, c22b5f9178342609428d6f51b2c5af4c0bde6a42, true, true]",
        "t.a.m = ?",
        "t.a.o = ?",
        "t.a.s = [true, false]",
        "problem invalid-data-source",
    ];
    assert_eq!(found, expected);
}

#[test]
fn documents_of_kubectl_are_told_apart_and_named() {
    let main = r#"
        variable "u" {}
        data "kubectl_file_documents" "a" { content = file("k/a.yaml") }
        data "kubectl_path_documents" "p" {
          pattern = "${path.module}/k/*.yaml"
          vars    = { image = var.u, host = "h" }
        }
        data "kubectl_filename_list" "l" { pattern = "./k/**.yaml" }
        resource "kubectl_manifest" "each" {
          for_each  = data.kubectl_file_documents.a.manifests
          yaml_body = each.value
        }
        resource "t" "a" {
          base  = data.kubectl_filename_list.l.basenames
          number = length(data.kubectl_path_documents.p.documents)
          files = data.kubectl_filename_list.l.matches
          first = data.kubectl_file_documents.a.documents[0]
          keys  = keys(data.kubectl_path_documents.p.manifests)
          pod   = yamldecode(data.kubectl_path_documents.p.documents[2])
          said  = yamldecode(data.kubectl_file_documents.a.manifests["/api/v1/namespaces/a"])
        }
    "#;
    let found = lines(&[
        ("main.tf", main),
        (
            "k/a.yaml",
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\n# nothing\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, namespace: a}\nspec: {rules: []}\n",
        ),
        (
            "k/b.yaml",
            "kind: Pod\napiVersion: v1\nmetadata: {name: \"${host}\"}\nspec: {containers: [{image: \"${image}\"}]}\n",
        ),
        ("k/c.txt", "no"),
    ]);
    let expected = [
        "kubectl_manifest.each[\"/api/v1/namespaces/a\"].yaml_body = ?",
        "kubectl_manifest.each[\"/apis/networking.k8s.io/v1/namespaces/a/ingresses/i\"].yaml_body = ?",
        "t.a.base = [a.yaml, b.yaml]",
        "t.a.files = [k/a.yaml, k/b.yaml]",
        "t.a.first = apiVersion: v1\nkind: Namespace\nmetadata: {name: a}",
        "t.a.keys = [/api/v1/namespaces/a, /api/v1/pods/h, /apis/networking.k8s.io/v1/namespaces/a/ingresses/i]",
        "t.a.number = 3",
        "t.a.pod = ?({apiVersion: v1, kind: Pod, metadata: {name: h}, spec: {containers: [{image: ?}]}})",
        "t.a.said = ?({apiVersion: v1, kind: Namespace, metadata: {name: a}})",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_asks_others_is_unknown() {
    check(
        r#"
        data "http" "a" { url = "https://example.org" }
        data "external" "a" { program = ["sh"] }
        resource "t" "a" { x = [data.http.a.response_body, data.external.a.result] }
        "#,
        &["t.a.x = [?, ?]"],
    );
}

#[test]
fn damaged_documents_break_nothing() {
    const DOCUMENTS: &str = "---\r\nkind: A\n---x\n# é\nmetadata: {name: \"${n}\", namespace: \u{fdd0}}\n---\n- 1\n--- \n{\"a\": [}\n";
    let main = r#"
        data "kubectl_path_documents" "a" {
          pattern = "*.yaml"
          vars    = { n = var.u }
        }
        data "kubectl_file_documents" "b" { content = file("a.yaml") }
        data "template_file" "c" {
          template = file("a.yaml")
          vars     = { n = "\n---\n" }
        }
        data "kubectl_file_documents" "d" { content = data.template_file.c.rendered }
        variable "u" {}
    "#;
    for (end, _) in DOCUMENTS.char_indices() {
        for text in [&DOCUMENTS[..end], &DOCUMENTS[end..]] {
            let lines = lines(&[("main.tf", main), ("a.yaml", text)]);
            let is_told = |line: &String| line == "problem invalid-data-source";
            assert!(lines.iter().all(is_told), "{text:?}: {lines:?}");
        }
    }
}
