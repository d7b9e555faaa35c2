//! `local_file` and `local_sensitive_file`.
//!
//! Source: <https://registry.terraform.io/providers/hashicorp/local/latest/docs/data-sources/file>,
//! <https://registry.terraform.io/providers/hashicorp/local/latest/docs/data-sources/sensitive_file>.

use super::{Wrong, call, entry, set};
use crate::functions::Environment;
use crate::value::{Entries, Marks, Value};

/// What is computed of the file, and the function that computes it from its name.
const COMPUTED: [(&str, &str); 9] = [
    ("content", "file"),
    ("content_base64", "filebase64"),
    ("content_base64sha256", "filebase64sha256"),
    ("content_base64sha512", "filebase64sha512"),
    ("content_md5", "filemd5"),
    ("content_sha1", "filesha1"),
    ("content_sha256", "filesha256"),
    ("content_sha512", "filesha512"),
    ("id", "filesha1"),
];

/// The attributes that the data source computes.
pub(super) fn read(arguments: &Entries, environment: &Environment<'_>) -> Result<Entries, Wrong> {
    let Some(name) = set(arguments, "filename") else {
        return Ok(Entries::new());
    };
    let mut computed = Entries::new();
    for (attribute, function) in COMPUTED {
        match call(function, environment, vec![name.clone()]) {
            Ok(value) => computed.extend([entry(attribute, value)]),
            // What is not text has no content that can be told, but digests.
            Err(_) if attribute == "content" => {}
            Err(failure) => return Err(Wrong::of("filename")(failure)),
        }
    }
    Ok(computed)
}

/// The same, where what the file holds is sensitive.
pub(super) fn read_sensitive(
    arguments: &Entries,
    environment: &Environment<'_>,
) -> Result<Entries, Wrong> {
    let secret = Marks {
        sensitive: true,
        ephemeral: false,
    };
    let marked = |(name, value): (smol_str::SmolStr, Value)| match name.as_str() {
        "content" | "content_base64" => (name, value.marked(secret)),
        _ => (name, value),
    };
    Ok(read(arguments, environment)?
        .into_iter()
        .map(marked)
        .collect())
}
