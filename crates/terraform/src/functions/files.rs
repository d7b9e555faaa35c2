//! Files and paths.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use smol_str::SmolStr;

use super::arguments::{
    any_parameter, computed, returns_any, returns_bool, returns_string, string_parameter, unknown,
};
use super::places::file_pieces;
use super::results::{made_string, str_of, text_from};
use super::{Environment, Failure, FileContent, FileFailure, Function, Template};
use crate::value::{Cause, Data, Origin, Shape, Step, StepRole, TextPiece, Type, Unknown, Value};

/// The functions of this file.
pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "abspath",
        parameters: &[string_parameter("path")],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: |environment, arguments| {
            let base = environment.files.base().to_string_lossy();
            let path = absolute(&base, str_of(&arguments[0]));
            Ok(text_from(environment, &arguments[0], &path))
        },
    },
    Function {
        name: "basename",
        parameters: &[string_parameter("path")],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: |environment, arguments| {
            Ok(text_from(
                environment,
                &arguments[0],
                base_name(str_of(&arguments[0])),
            ))
        },
    },
    Function {
        name: "dirname",
        parameters: &[string_parameter("path")],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: |environment, arguments| {
            Ok(text_from(
                environment,
                &arguments[0],
                &folder_name(str_of(&arguments[0])),
            ))
        },
    },
    Function {
        name: "pathexpand",
        parameters: &[string_parameter("path")],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: path_expand,
    },
    Function {
        name: "file",
        parameters: &[string_parameter("path").or_unknown().or_marked()],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: file,
    },
    Function {
        name: "filebase64",
        parameters: &[string_parameter("path").or_unknown().or_marked()],
        variadic: None,
        returns: returns_string,
        not_null: true,
        compute: |environment, arguments| {
            with_content(environment, &arguments[0], Type::String, |content| {
                Ok(Data::string(STANDARD.encode(&content.bytes)))
            })
        },
    },
    Function {
        name: "fileexists",
        parameters: &[string_parameter("path").or_unknown().or_marked()],
        variadic: None,
        returns: returns_bool,
        not_null: true,
        compute: file_exists,
    },
    Function {
        name: "fileset",
        parameters: &[string_parameter("path"), string_parameter("pattern")],
        variadic: None,
        returns: |_| Ok(Type::set(Type::String)),
        not_null: true,
        compute: file_set,
    },
    Function {
        name: "templatefile",
        parameters: &[
            string_parameter("path").or_unknown().or_marked(),
            any_parameter("vars"),
        ],
        variadic: None,
        returns: returns_any,
        not_null: false,
        compute: template_file,
    },
];

/// Gives what `make` makes of the file at a path: unknown where there is no such file, as a build may make it.
pub(super) fn with_content(
    environment: &Environment<'_>,
    path: &Value,
    ty: Type,
    make: impl FnOnce(&FileContent) -> Result<Data, Failure>,
) -> Result<Value, Failure> {
    let content = match content(environment, path, ty)? {
        Ok(content) => content,
        Err(unknown) => return Ok(unknown),
    };
    let origin = file_origin(environment, &content);
    Ok(Value::new(make(&content)?, origin).marked(path.marks))
}

/// The file at a path, or the unknown that stands for what it would give.
fn content(
    environment: &Environment<'_>,
    path: &Value,
    ty: Type,
) -> Result<Result<FileContent, Value>, Failure> {
    if path.unknown().is_some() {
        return Ok(Err(unknown(environment, ty, path).marked(path.marks)));
    }
    let written = str_of(path);
    if written.starts_with('~') {
        return Ok(Err(missing(environment, path, ty)));
    }
    match environment.files.read(Path::new(written)) {
        Ok(content) => Ok(Ok(content)),
        Err(FileFailure::Missing) => Ok(Err(missing(environment, path, ty))),
        Err(FileFailure::Outside) => Err(Failure::argument(0, OUTSIDE)),
        Err(FileFailure::Unreadable) => Err(Failure::argument(0, UNREADABLE)),
    }
}

const OUTSIDE: &str = "the file lies outside of the folders that may be read";
const UNREADABLE: &str = "the file can't be read";

fn missing(environment: &Environment<'_>, path: &Value, ty: Type) -> Value {
    let shown = if path.marks.sensitive {
        "(sensitive)"
    } else {
        str_of(path)
    };
    let cause = Cause::File(SmolStr::new(shown));
    let mut unknown = Unknown::new(ty, cause, Some(environment.origin.span));
    unknown.known.not_null = unknown.ty != Type::Dynamic;
    computed(environment, Data::Unknown(Arc::new(unknown))).marked(path.marks)
}

/// What a file holds is set in the file, and came through the call.
fn file_origin(environment: &Environment<'_>, content: &FileContent) -> Origin {
    let Some(span) = content.span else {
        return environment.origin.clone();
    };
    let call = Step {
        span: environment.origin.span,
        role: StepRole::Operand,
    };
    Origin::new(span).through(call)
}

fn file(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    with_content(environment, &arguments[0], Type::String, |content| {
        let text = content_text(content)?;
        Ok(match content.span {
            Some(span) => made_string(text, file_pieces(text, span)),
            None => Data::string(text),
        })
    })
}

fn content_text(content: &FileContent) -> Result<&str, Failure> {
    std::str::from_utf8(&content.bytes).map_err(|_| Failure::call("the file is not text in UTF-8"))
}

fn file_exists(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let path = &arguments[0];
    if path.unknown().is_some() {
        return Ok(unknown(environment, Type::Bool, path).marked(path.marks));
    }
    let exists = match environment.files.read(Path::new(str_of(path))) {
        _ if str_of(path).starts_with('~') => return Ok(missing(environment, path, Type::Bool)),
        Ok(_) => true,
        Err(FileFailure::Missing) => false,
        Err(FileFailure::Outside) => return Err(Failure::argument(0, OUTSIDE)),
        Err(FileFailure::Unreadable) => {
            return Err(Failure::call("this is no file that can be read"));
        }
    };
    Ok(computed(environment, Data::Bool(exists)).marked(path.marks))
}

fn file_set(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (folder, pattern) = (str_of(&arguments[0]), str_of(&arguments[1]));
    let paths = match environment.files.matching(Path::new(folder), pattern) {
        Ok(paths) => paths,
        Err(FileFailure::Missing) => Vec::new(),
        Err(FileFailure::Outside) => {
            return Err(Failure::argument(
                0,
                "the folder lies outside of those that may be read",
            ));
        }
        Err(FileFailure::Unreadable) => {
            return Err(Failure::call(
                "the folder can't be walked, or the pattern is wrong",
            ));
        }
    };
    let paths: BTreeSet<SmolStr> = paths.into_iter().collect();
    let items = paths
        .iter()
        .map(|path| computed(environment, Data::string(path)));
    Ok(computed(
        environment,
        Data::Set(Type::String, items.collect()),
    ))
}

fn template_file(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let (path, variables) = (&arguments[0], &arguments[1]);
    let content = match content(environment, path, Type::Dynamic)? {
        Ok(content) => content,
        Err(unknown) => return Ok(unknown),
    };
    let Some(entries) = variables.as_entries() else {
        return Err(Failure::argument(
            1,
            "the variables must be a map or an object",
        ));
    };
    if !entries.keys().all(|name| is_identifier(name)) {
        return Err(Failure::argument(
            1,
            "the name of a variable is not one that a template can refer to",
        ));
    }
    let template = Template {
        text: content_text(&content)?,
        origin: file_origin(environment, &content),
    };
    let rendered = (environment.render)(&template, variables)?;
    Ok(rendered.marked(path.marks))
}

/// Whether HCL takes the text for an identifier.
pub(super) fn is_identifier(text: &str) -> bool {
    let mut characters = text.chars();
    let begins = characters
        .next()
        .is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first));
    begins
        && characters.all(|character| unicode_ident::is_xid_continue(character) || character == '-')
}

fn path_expand(environment: &Environment<'_>, arguments: &[Value]) -> Result<Value, Failure> {
    let path = &arguments[0];
    let Some(rest) = str_of(path).strip_prefix('~') else {
        return Ok(path.clone());
    };
    if !(rest.is_empty() || rest.starts_with(['/', '\\'])) {
        return Err(Failure::call(
            "the home folder of another user can't be known",
        ));
    }
    let home = Unknown::new(
        Type::String,
        Cause::Impure(SmolStr::new_static("pathexpand")),
        Some(environment.origin.span),
    );
    let mut unknown = home.clone();
    unknown.known.not_null = true;
    unknown.shape = Some(Shape::Text(Arc::new([
        TextPiece::Unknown(computed(environment, Data::Unknown(Arc::new(home)))),
        TextPiece::Known {
            text: SmolStr::new(rest),
            origin: path.origin.clone(),
            verbatim: false,
        },
    ])));
    Ok(computed(environment, Data::Unknown(Arc::new(unknown))))
}

/// A path from the root, without `.` and `..`.
fn absolute(base: &str, path: &str) -> String {
    if path.starts_with('/') {
        clean(path)
    } else {
        clean(&format!("{base}/{path}"))
    }
}

/// The shortest path that says the same, as Go's `path.Clean` has it.
pub(super) fn clean(path: &str) -> String {
    let is_absolute = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if is_absolute => {}
            part => parts.push(part),
        }
    }
    match (is_absolute, parts.join("/")) {
        (true, joined) => format!("/{joined}"),
        (false, joined) if joined.is_empty() => ".".to_owned(),
        (false, joined) => joined,
    }
}

/// The last name of a path.
fn base_name(path: &str) -> &str {
    let trimmed = path.trim_end_matches('/');
    match (path, trimmed) {
        ("", _) => ".",
        (_, "") => "/",
        (_, trimmed) => trimmed.rsplit('/').next().unwrap_or(trimmed),
    }
}

/// A path without its last name.
fn folder_name(path: &str) -> String {
    let folder = path.rfind('/').map_or("", |at| &path[..=at]);
    clean(folder)
}
