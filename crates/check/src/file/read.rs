//! Strict reading of check files.

use std::cell::RefCell;
use std::sync::Arc;

use graph::{Data, NodeId, SmolStr, Tree};
use source::{Level, Problem, SourceFile, Span, nearest, neutral};

use super::fields::Fields;
use super::{Check, Control, Expectation, Fix, PodSecurity, Severity, VersionRange};
use crate::framework::Frameworks;
use crate::query::Query;

/// The text of a check file and where it came from.
#[derive(Clone, Debug)]
pub struct CheckText {
    /// The file; of a built-in check, one that is in no table of sources.
    pub file: Arc<SourceFile>,
}

/// The words that check files may use.
pub struct Vocabulary<'a> {
    /// Whether some reader produces resources with this subject.
    pub is_subject: &'a dyn Fn(&str) -> bool,
    /// The frameworks whose controls checks may name; any where absent.
    pub frameworks: Option<&'a Frameworks>,
}

const THREATS: [&str; 6] = [
    "spoofing",
    "tampering",
    "repudiation",
    "information-disclosure",
    "denial-of-service",
    "elevation-of-privilege",
];

/// The keys under which examples stand, at the end of the file.
pub(super) const EXAMPLES: [(&str, Expectation); 3] = [
    ("fail", Expectation::Fail),
    ("pass", Expectation::Pass),
    ("unknown", Expectation::Unknown),
];

/// Reads a check without its examples, which [`read_examples`](super::read_examples) reads when they are asked for: they are most of the text.
///
/// `id` is the stem of the file and `subject` its folder. Returns no check where something that it needs is missing.
pub fn read(
    file: &Arc<SourceFile>,
    id: &str,
    subject: &str,
    vocabulary: &Vocabulary<'_>,
) -> (Option<Check>, Vec<Problem>) {
    let end = examples_start(&file.text);
    let misplaced = misplaced_keys(file, end);
    if !misplaced.is_empty() {
        return (None, misplaced);
    }
    let head = SourceFile::new(file.id, &file.path, &file.text[..end]);
    let mut yaml = yaml::read(&head, &yaml::Options::default());
    let problems = RefCell::new(std::mem::take(&mut yaml.problems));
    let tree = match yaml.documents.into_iter().next() {
        Some(document) => document.tree,
        None => Tree::new(Data::Null, file.span()),
    };
    let tree = Arc::new(tree);
    let fields = Fields::new(&tree, NodeId::ROOT, "a check", &problems);
    check_id(&fields, id);
    let check = Reader {
        file,
        fields: &fields,
        tree: &tree,
        vocabulary,
    }
    .check(file, id, subject);
    fields.finish();
    let mut problems = problems.into_inner();
    for key in ["fail", "pass"] {
        if !keys(&file.text[end..]).any(|(_, known)| known == key) {
            problems.push(no_example(key, file.span()));
        }
    }
    (
        check.filter(|_| !problems.iter().any(|problem| problem.level == Level::Error)),
        problems,
    )
}

/// Where the first of the keys that hold examples stands; they come last in the file.
fn examples_start(text: &str) -> usize {
    let mut examples = keys(text).filter(|(_, key)| holds_examples(key));
    examples.next().map_or(text.len(), |(at, _)| at)
}

fn holds_examples(key: &str) -> bool {
    EXAMPLES.iter().any(|(known, _)| *known == key)
}

/// The keys of the map that a text is, with their places. It is not read for them, as examples are most of it.
fn keys(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.split_inclusive('\n').scan(0, |offset, line| {
        let at = *offset;
        *offset += line.len();
        Some((at, line))
    });
    lines.filter_map(|(at, line)| {
        let (key, _) = line.split_once(':')?;
        let is_key = |character: char| character.is_ascii_alphanumeric() || character == '-';
        (!key.is_empty() && key.chars().all(is_key) && !key.starts_with('-')).then_some((at, key))
    })
}

/// Keys that stand behind the examples, where they are not read.
fn misplaced_keys(file: &SourceFile, end: usize) -> Vec<Problem> {
    let behind = keys(&file.text[end..]).filter(|(_, key)| !holds_examples(key));
    let problem = |(at, key): (usize, &str)| {
        let start = (end + at) as u32;
        let span = Span::new(file.id, start, start + key.len() as u32);
        let message = format!("`{key}` stands behind the examples");
        let problem = Problem::at(Level::Error, "invalid-check", message, span);
        problem.with_help("the keys fail, pass and unknown stand last")
    };
    behind.map(problem).collect()
}

pub(super) fn no_example(key: &str, span: Span) -> Problem {
    let message = format!("a check needs at least one example under `{key}`");
    Problem::at(Level::Error, "invalid-check", message, span)
}

fn check_id(fields: &Fields<'_>, id: &str) {
    let plain = id
        .chars()
        .all(|character| character.is_ascii_lowercase() || character == '-');
    if !plain || id.is_empty() {
        fields.problem("the name of a check file is kebab-case without numbers, such as `privileged-container`", NodeId::ROOT);
    }
}

struct Reader<'a> {
    file: &'a SourceFile,
    fields: &'a Fields<'a>,
    tree: &'a Arc<Tree>,
    vocabulary: &'a Vocabulary<'a>,
}

impl Reader<'_> {
    fn check(&self, file: &Arc<SourceFile>, id: &str, subject: &str) -> Option<Check> {
        let fields = self.fields;
        // Everything is read before anything is given up, so that one run reports all problems.
        let (title, severity, resources) = (
            fields.required_text("title"),
            self.severity(),
            self.resources(),
        );
        let (principle, threats, why) = (
            fields.required_text("principle"),
            self.threats(),
            fields.required_text("why"),
        );
        let (controls, pod_security) = self.controls();
        let (query, message) = (self.query("query"), self.spanned_text("message"));
        let evidence = fields
            .optional("evidence")
            .and_then(|node| Some((fields.as_text(node, "evidence")?, self.span(node))));
        if let Some((text, span)) = &evidence {
            self.parse(text, *span);
        }
        let (remedy, settings) = (fields.required_text("remedy"), self.settings());
        let (fix, is_fix_unsafe) = self.fix();
        let (aliases, references) = (
            fields.optional_texts("aliases"),
            fields.optional_texts("references"),
        );
        let on = fields.optional_bool("default").unwrap_or(true);
        let secret = fields.optional_bool("secret").unwrap_or(false);
        let ((query, query_span), (message, message_span)) = (query?, message?);
        Some(Check {
            id: id.into(),
            subject: subject.into(),
            title: title?,
            severity: severity?,
            resources,
            principle: principle?,
            threats,
            controls,
            pod_security,
            aliases,
            on,
            secret,
            why: why?,
            remedy: remedy?,
            references,
            fix,
            is_fix_unsafe,
            settings,
            tree: Arc::clone(self.tree),
            query,
            query_span,
            message,
            message_span,
            evidence,
            text: CheckText {
                file: Arc::clone(file),
            },
        })
    }

    fn span(&self, node: NodeId) -> Span {
        self.tree.node(node).span
    }

    fn severity(&self) -> Option<Severity> {
        let node = self.fields.required("severity")?;
        let severity = Severity::parse(&self.fields.as_text(node, "severity")?);
        if severity.is_none() {
            self.fields.problem(
                "`severity` is one of info, low, medium, high, critical",
                node,
            );
        }
        severity
    }

    fn settings(&self) -> Option<NodeId> {
        let node = self.fields.optional("settings")?;
        if self.tree.node(node).data != Data::Map {
            self.fields.problem("`settings` must be a map", node);
        }
        Some(node)
    }

    fn resources(&self) -> Vec<SmolStr> {
        let Some(list) = self.fields.required("resources") else {
            return Vec::new();
        };
        let mut resources = Vec::new();
        for node in self.fields.elements(list, "resources") {
            let Some(name) = self.fields.as_text(node, "resources") else {
                continue;
            };
            if !(self.vocabulary.is_subject)(&name) {
                let message = format!("`{}` is nothing that can be judged", neutral(&name));
                let with_format = format!("kubernetes/{name}");
                let help = if (self.vocabulary.is_subject)(&with_format) {
                    format!("write `{}`", neutral(&with_format))
                } else {
                    "checks/README.md tells how to name what is judged".to_owned()
                };
                let problem = Problem::at(Level::Error, "invalid-check", message, self.span(node));
                self.fields.add(problem.with_help(help));
            }
            resources.push(name);
        }
        resources
    }

    fn threats(&self) -> Vec<SmolStr> {
        let Some(list) = self.fields.required("threats") else {
            return Vec::new();
        };
        let known = |node: &NodeId| {
            self.tree
                .as_text(*node)
                .is_some_and(|threat| THREATS.contains(&threat.as_str()))
        };
        for node in self
            .fields
            .elements(list, "threats")
            .iter()
            .filter(|node| !known(node))
        {
            self.fields
                .problem(format!("the threats are {}", THREATS.join(", ")), *node);
        }
        self.fields.texts(list, "threats")
    }

    fn controls(&self) -> (Vec<Control>, PodSecurity) {
        let mut controls = Vec::new();
        let mut pod_security = PodSecurity::default();
        let Some(map) = self.fields.optional("controls") else {
            return (controls, pod_security);
        };
        for node in self.tree.children(map) {
            let Some(key) = &self.tree.node(node).key else {
                continue;
            };
            if key.text == "pss" {
                pod_security = self.pod_security(node);
                continue;
            }
            let elements = self.fields.elements(node, &key.text);
            for element in &elements {
                self.control(&key.text, *element);
            }
            controls.push(Control {
                framework: key.text.clone(),
                ids: self.fields.texts(node, &key.text),
            });
        }
        (controls, pod_security)
    }

    fn control(&self, framework: &str, node: NodeId) {
        let (Some(frameworks), Some(id)) = (self.vocabulary.frameworks, self.tree.as_text(node))
        else {
            return;
        };
        let (message, near) = match frameworks.controls(framework) {
            Some(controls) if controls.contains(id) => return,
            Some(controls) => {
                let message = format!("{} has no control {}", neutral(framework), neutral(id));
                (message, nearest(id, controls.iter().map(SmolStr::as_str)))
            }
            None => {
                let message = format!("there is no framework {}", neutral(framework));
                (message, nearest(framework, frameworks.names()))
            }
        };
        let problem = Problem::at(Level::Error, "invalid-check", message, self.span(node));
        self.fields.add(match near {
            Some(near) => problem.with_help(format!("did you mean `{near}`?")),
            None => {
                let names: Vec<&str> = frameworks.names().collect();
                problem.with_help(format!("the frameworks are {}", names.join(", ")))
            }
        });
    }

    fn pod_security(&self, map: NodeId) -> PodSecurity {
        let range = |level: &str| {
            let node = self.tree.get(map, level)?;
            let range = self
                .tree
                .as_text(node)
                .and_then(|text| VersionRange::parse(text));
            if range.is_none() {
                self.fields
                    .problem("a range of versions is written as \">=1.0 <1.35\"", node);
            }
            range
        };
        let levels = PodSecurity {
            baseline: range("baseline"),
            restricted: range("restricted"),
        };
        for node in self.tree.children(map) {
            let known = self
                .tree
                .node(node)
                .key
                .as_ref()
                .is_some_and(|key| ["baseline", "restricted"].contains(&key.text.as_str()));
            if !known {
                self.fields
                    .problem("the levels are baseline and restricted", node);
            }
        }
        levels
    }

    fn spanned_text(&self, key: &'static str) -> Option<(SmolStr, Span)> {
        let node = self.fields.required(key)?;
        Some((self.fields.as_text(node, key)?, self.span(node)))
    }

    fn query(&self, key: &'static str) -> Option<(Query, Span)> {
        let (text, span) = self.spanned_text(key)?;
        Some((self.parse(&text, span)?, span))
    }

    fn parse(&self, text: &str, span: Span) -> Option<Query> {
        match Query::parse(text) {
            Ok(query) => Some(query),
            Err(error) => {
                let span = self.place(text, error.range.start, span).unwrap_or(span);
                self.fields.problem_at(error.told("the query", text), span);
                None
            }
        }
    }

    /// The place of an offset in a text that is written at a span. The two differ in indentation and escapes, so the line of the
    /// offset is looked for.
    fn place(&self, text: &str, offset: usize, span: Span) -> Option<Span> {
        let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..].lines().next()?;
        let indent = line.len() - line.trim_start().len();
        let column = (offset - start).checked_sub(indent)?;
        let at = self.file.slice(span).find(line.trim())? + column;
        let at = span.start + at as u32;
        let end = span.start + (self.file.slice(span).len() as u32);
        let rest = line.trim_end().len().saturating_sub(offset - start) as u32;
        Some(Span::new(span.file, at, (at + rest).min(end)))
    }

    /// What a fix does, and whether a person is to look at it first.
    fn fix(&self) -> (Option<Fix>, bool) {
        let Some(map) = self.fields.optional("fix") else {
            return (None, false);
        };
        let is_true = |node: NodeId| self.tree.node(node).data == Data::Bool(true);
        let (mut fixes, mut is_unsafe, mut is_understood) = (Vec::new(), false, true);
        for node in self.tree.children(map) {
            let key = self.tree.node(node).key.as_ref();
            match key.map(|key| key.text.as_str()) {
                Some("set") => fixes.push(Fix::Set(node)),
                Some("insert") => fixes.push(Fix::Insert(node)),
                Some("remove") if is_true(node) => fixes.push(Fix::Remove),
                Some("unsafe") if is_true(node) => is_unsafe = true,
                _ => is_understood = false,
            }
        }
        if fixes.len() != 1 || !is_understood {
            self.fields.problem(
                "`fix` is one of { set: VALUE }, { remove: true } and { insert: VALUE }, with `unsafe: true` where it may break what works",
                map,
            );
        }
        (fixes.first().copied(), is_unsafe)
    }
}
