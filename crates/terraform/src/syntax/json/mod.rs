//! Files of JSON to the syntax tree that the same configuration has as HCL.
//!
//! Source: <https://github.com/hashicorp/hcl/blob/main/json/spec.md>, <https://developer.hashicorp.com/terraform/language/syntax/json>.

mod body;
mod value;

use graph::NodeId;
use source::{Level, Place, Problem, SourceFile, Span};

use self::body::Bodies;
use self::value::Values;
pub(crate) use self::value::pairs;
use super::ast::{Body, Expression};
use super::problems::Problems;
use super::read::{Document, MAX_DEPTH};
use super::schema;
use crate::value::Number;

/// How deep JSON may be, which leaves room for the expressions in its strings.
const MAX_JSON_DEPTH: usize = MAX_DEPTH / 2;

/// What a file of JSON holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// Blocks, with templates in strings.
    Configuration,
    /// Values of variables: nothing is a block, and strings are just text.
    Values,
}

impl Content {
    fn of(file: &SourceFile) -> Self {
        if file.path.to_string_lossy().ends_with(".tfvars.json") {
            Self::Values
        } else {
            Self::Configuration
        }
    }
}

/// Reads a file of JSON: a configuration, or values of variables where its name ends with `.tfvars.json`. What can't be understood is a problem; everything else of
/// the file is there nevertheless. What only a provider knows to be a block stays an attribute: see [`block_bodies`].
#[must_use]
pub fn read_json(file: &SourceFile) -> Document {
    let options = yaml::Options {
        max_depth: MAX_JSON_DEPTH,
        ..yaml::Options::default()
    };
    let read = yaml::read(file, &options);
    let mut problems = Problems::default();
    report(file, &read, &mut problems);
    let content = Content::of(file);
    let root = read.documents.first().map(|document| {
        let mut values = Values::new(file, content, &document.tree, &mut problems);
        values.expression(NodeId::ROOT, 0)
    });
    let mut bodies = Bodies::new(Some(file), &mut problems);
    let objects = root.map_or_else(Vec::new, |root| bodies.objects(root));
    let schema = match content {
        Content::Configuration => &schema::FILE,
        Content::Values => &schema::OPAQUE,
    };
    let body = bodies.body(objects, file.span(), schema);
    let comments = bodies.comments;
    Document {
        body,
        comments,
        problems: problems.finish(file.span()),
    }
}

/// The bodies of the nested blocks that an attribute of JSON stands for: one of an object, any number of a list of objects.
#[must_use]
pub fn block_bodies(value: &Expression) -> (Vec<Body>, Vec<Problem>) {
    let mut problems = Problems::default();
    let mut bodies = Bodies::new(None, &mut problems);
    let objects = bodies.objects(value.clone());
    let body = |object: Expression| {
        let span = object.span;
        bodies.body(vec![object], span, &schema::PROVIDER_DEFINED)
    };
    let read = objects.into_iter().map(body).collect();
    (read, problems.finish(value.span))
}

/// Reports what keeps the file from being JSON.
fn report(file: &SourceFile, read: &yaml::Yaml, problems: &mut Problems) {
    for problem in &read.problems {
        match (problem.level, problem.code) {
            // Terraform's numbers are larger than those of YAML.
            (_, "not-a-json-number") if is_number(file, &problem.place) => {}
            (Level::Error, _) => problems.add(problem.clone()),
            (_, "duplicate-key") => {
                let message = "the property is there twice; only the last one counts here";
                let Place::Span(span) = problem.place else {
                    continue;
                };
                problems.error(
                    "duplicate-attribute",
                    message,
                    "remove one of the two",
                    span,
                );
            }
            // What else is told concerns YAML.
            _ => {}
        }
    }
    let not_json = |span: Span, what: &str, problems: &mut Problems| {
        problems.error("not-json", what, "write JSON", span);
    };
    if let Some(comment) = read.comments.first() {
        let help = "write a property `//` instead";
        problems.error("not-json", "JSON has no comments", help, comment.span);
    }
    match read.documents.get(..2) {
        Some([_, second]) => not_json(
            second.span,
            "nothing can follow the value of a file",
            problems,
        ),
        _ if read.documents.is_empty() && read.problems.is_empty() => {
            not_json(file.span(), "the file holds no value", problems);
        }
        _ => {}
    }
}

fn is_number(file: &SourceFile, place: &Place) -> bool {
    matches!(place, Place::Span(span) if Number::parse(file.slice(*span)).is_some())
}
