//! `kubectl_file_documents`, `kubectl_path_documents` and `kubectl_filename_list`.
//!
//! Source: <https://registry.terraform.io/providers/gavinbunney/kubectl/latest/docs/data-sources/kubectl_file_documents>,
//! <https://registry.terraform.io/providers/gavinbunney/kubectl/latest/docs/data-sources/kubectl_path_documents>,
//! <https://registry.terraform.io/providers/gavinbunney/kubectl/latest/docs/data-sources/kubectl_filename_list>.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use smol_str::SmolStr;

use super::template::{rendered, variables};
use super::{Wrong, as_text, call, entry, set};
use crate::functions::{Environment, Template, Written, decode_yaml};
use crate::value::{Cause, Data, Entries, Marks, Origin, Shape, Type, Unknown, Value};

/// What begins the line between two documents of a file.
const SEPARATOR: &str = "\n---";

/// The most files that one data source reads.
const MOST_FILES: usize = 1_000;

/// The attributes of `kubectl_file_documents`.
pub(super) fn file_documents(arguments: &Entries) -> Result<Entries, Wrong> {
    let Some(content) = set(arguments, "content") else {
        return Ok(Entries::new());
    };
    let mut documents = Documents::default();
    documents.add("content", content)?;
    Ok(documents.attributes(&content.origin))
}

/// The attributes of `kubectl_path_documents`.
pub(super) fn path_documents(
    arguments: &Entries,
    environment: &Environment<'_>,
) -> Result<Entries, Wrong> {
    let secret = Marks {
        sensitive: true,
        ephemeral: false,
    };
    let mut arguments = arguments.clone();
    if let Some(variables) = arguments.get_mut("sensitive_vars") {
        variables.marks = variables.marks.union(secret);
    }
    let variables = variables(&arguments, &["vars", "sensitive_vars"])?;
    let is_plain = set(&arguments, "disable_template").map_or(Some(false), Value::as_bool);
    let (Some(pattern), Some(variables), Some(is_plain)) =
        (set(&arguments, "pattern"), variables, is_plain)
    else {
        return Ok(Entries::new());
    };
    let Some(paths) = matching(pattern, environment)? else {
        return Ok(Entries::new());
    };
    if paths.len() > MOST_FILES {
        let message = format!("more than {MOST_FILES} files match it");
        return Err(Wrong::new("pattern", message));
    }
    let mut documents = Documents::default();
    for path in paths {
        let path = pattern.with_data(Data::string(path));
        let content = call("file", environment, vec![path]).map_err(Wrong::of("pattern"))?;
        let content = match content.as_str().filter(|_| !is_plain) {
            None => content,
            Some(text) => {
                let origin = content.origin.clone();
                rendered(
                    "pattern",
                    &Template { text, origin },
                    &variables,
                    environment,
                )?
            }
        };
        documents.add("pattern", &content)?;
    }
    Ok(documents.attributes(environment.origin))
}

/// The attributes of `kubectl_filename_list`.
pub(super) fn filename_list(
    arguments: &Entries,
    environment: &Environment<'_>,
) -> Result<Entries, Wrong> {
    let Some(pattern) = set(arguments, "pattern") else {
        return Ok(Entries::new());
    };
    let Some(paths) = matching(pattern, environment)? else {
        return Ok(Entries::new());
    };
    let list = |names: Vec<&str>| {
        let names = names
            .into_iter()
            .map(|name| pattern.with_data(Data::string(name)));
        pattern.with_data(Data::List(Type::String, names.collect()))
    };
    let names = paths
        .iter()
        .map(|path| path.rsplit('/').next().unwrap_or(path));
    Ok(Entries::from([
        entry("basenames", list(names.collect())),
        entry("matches", list(paths.iter().map(SmolStr::as_str).collect())),
    ]))
}

/// The files that match a pattern, as Go's `filepath.Glob` gives them; none where the pattern is unknown.
///
/// Source: <https://pkg.go.dev/path/filepath#Glob>: `**` and braces mean nothing there.
fn matching(pattern: &Value, environment: &Environment<'_>) -> Result<Option<Vec<SmolStr>>, Wrong> {
    let pattern = as_text(pattern).map_err(Wrong::of("pattern"))?;
    let Some(text) = pattern.as_str() else {
        return Ok(None);
    };
    let mut plain = text.replace('{', "\\{").replace('}', "\\}");
    while plain.contains("**") {
        plain = plain.replace("**", "*");
    }
    let base = environment.files.base().to_string_lossy();
    let below = plain.strip_prefix(base.as_ref()).unwrap_or(&plain);
    let below = below.trim_start_matches('/');
    let found = environment.files.matching(Path::new("."), below);
    let told = |_| {
        Wrong::new(
            "pattern",
            "the folder can't be walked, or the pattern is wrong",
        )
    };
    found.map(Some).map_err(told)
}

/// The documents of Kubernetes in texts.
#[derive(Default)]
struct Documents {
    texts: Vec<Value>,
    manifests: Entries,
    /// What has no name that is known.
    rest: Option<Value>,
    /// Why it is unknown which documents there are.
    unknown: Option<Arc<Unknown>>,
}

impl Documents {
    /// Takes the documents of a text. What is unknown of it is taken to hold no separator.
    fn add(&mut self, argument: &'static str, content: &Value) -> Result<(), Wrong> {
        let Some(written) = Written::of(content) else {
            self.unknown = content.unknown().cloned();
            return Ok(());
        };
        for range in split(&written.text) {
            if !says_something(&written.text[range.clone()]) {
                continue;
            }
            let text = written.slice(&range).marked(content.marks);
            let Some(document) = decode_yaml(&text) else {
                if let Some(unknown) = text.unknown() {
                    self.unknown = Some(Arc::clone(unknown));
                    continue;
                }
                return Err(Wrong::new(argument, "a document in it is no YAML"));
            };
            let is_empty = document
                .as_entries()
                .is_some_and(|entries| entries.is_empty());
            if !is_empty && !document.is_null() {
                self.document(argument, text, &document)?;
            }
        }
        Ok(())
    }

    fn document(
        &mut self,
        argument: &'static str,
        text: Value,
        document: &Value,
    ) -> Result<(), Wrong> {
        if document.as_entries().is_none() {
            return Err(Wrong::new(argument, "a document in it is no object"));
        }
        let manifest = manifest(&text, document);
        match self_link(document) {
            None => self.rest = Some(manifest),
            Some(link) => {
                if self.manifests.insert(link, manifest).is_some() {
                    return Err(Wrong::new(
                        argument,
                        "two documents in it are the same object",
                    ));
                }
            }
        }
        self.texts.push(text);
        Ok(())
    }

    fn attributes(self, origin: &Origin) -> Entries {
        if self.unknown.is_some() {
            return Entries::new();
        }
        let texts = Data::List(Type::String, self.texts.into());
        let manifests = match self.rest {
            None => Data::Map(Type::String, self.manifests.into()),
            Some(rest) => unnamed(self.manifests, rest),
        };
        Entries::from([
            entry("documents", Value::new(texts, origin.clone())),
            entry("manifests", Value::new(manifests, origin.clone())),
        ])
    }
}

/// A map in which some entry has an unknown name.
fn unnamed(entries: Entries, rest: Value) -> Data {
    let because = rest.first_unknown();
    let (cause, place) = because.map_or((Cause::Invalid, None), |because| {
        (because.cause.clone(), because.place)
    });
    let mut unknown = Unknown::new(Type::map(Type::String), cause, place);
    unknown.known.not_null = true;
    unknown.known.min_length = 1;
    unknown.shape = Some(Shape::Entries {
        entries: entries.into(),
        rest: rest.into(),
    });
    Data::Unknown(unknown.into())
}

/// A document as the provider writes it again: its text is not told, but what it says.
fn manifest(text: &Value, document: &Value) -> Value {
    let cause = match text.unknown() {
        Some(unknown) => unknown.cause.clone(),
        None => Cause::Computed(SmolStr::new_static("manifests")),
    };
    let mut unknown = Unknown::new(Type::String, cause, Some(text.origin.span));
    unknown.known.not_null = true;
    unknown.shape = Some(Shape::Yaml(document.clone().into()));
    text.with_data(Data::Unknown(unknown.into()))
}

/// Whether there is anything but comments in a document.
fn says_something(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines.any(|line| !line.is_empty() && !line.starts_with('#') && line != "---")
}

/// The parts of a text between the lines that separate documents.
///
/// Source: <https://github.com/kubernetes/apimachinery/blob/master/pkg/util/yaml/decoder.go>, `splitYAMLDocument`.
fn split(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    while let Some(at) = text[start..].find(SEPARATOR) {
        parts.push(start..start + at);
        let behind = start + at + SEPARATOR.len();
        let line = text[behind..]
            .find('\n')
            .map_or(text.len(), |end| behind + end + 1);
        start = line;
    }
    parts.push(start..text.len());
    parts
}

/// What the provider names a document by; none where a part of that is unknown.
///
/// Source: <https://github.com/gavinbunney/terraform-provider-kubectl/blob/master/yaml/manifest.go>, `buildSelfLink`.
fn self_link(document: &Value) -> Option<SmolStr> {
    let member = |object: &Value, name: &str| -> Option<SmolStr> {
        match object.as_entries()?.get(name) {
            None => Some(SmolStr::default()),
            Some(value) => value.as_str().map(SmolStr::new),
        }
    };
    let empty = Value::new(Data::Object(Entries::new().into()), document.origin.clone());
    let metadata = document.as_entries()?.get("metadata").unwrap_or(&empty);
    let api_version = member(document, "apiVersion")?;
    let kind = member(document, "kind")?.to_lowercase();
    let mut link = String::from(if api_version == "v1" { "/api" } else { "/apis" });
    let plural = if kind.ends_with('s') { "es" } else { "s" };
    let parts = [
        ("/", api_version, ""),
        ("/namespaces/", member(metadata, "namespace")?, ""),
        ("/", kind.into(), plural),
        ("/", member(metadata, "name")?, ""),
    ];
    for (before, part, after) in parts.iter().filter(|(_, part, _)| !part.is_empty()) {
        link.extend([before, part.as_str(), after]);
    }
    Some(link.into())
}
