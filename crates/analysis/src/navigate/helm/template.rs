//! What templates name.

use std::path::Path;
use std::sync::Arc;

use helm::template::{
    Branch, BranchKind, Command, Names, Node, Operand, OperandKind, Pipeline, Range,
    TemplateSource, parse,
};
use smol_str::SmolStr;
use source::SourceFile;

use super::charts::Place;
use crate::navigate::mention::{Mention, Name, Role};

/// What the dot is: the names that lead to it from the top; nothing where that can't be told.
type Dot = Option<Vec<SmolStr>>;

/// All that a template names. Of one that is half typed it is nothing.
pub(super) fn mentions(place: &Place, path: &Path, file: &SourceFile) -> Vec<Mention> {
    let name = path.to_string_lossy();
    let source = Arc::new(TemplateSource::of_file(SmolStr::from(name), file));
    let Ok(templates) = parse(&source) else {
        return Vec::new();
    };
    let mut walk = Walk {
        place,
        source: &source,
        found: Vec::new(),
    };
    for template in &templates {
        if template.name != source.name {
            walk.definition(&template.name);
        }
        walk.nodes(&template.nodes, &Some(Vec::new()));
    }
    walk.found
}

struct Walk<'a> {
    place: &'a Place,
    source: &'a TemplateSource,
    found: Vec<Mention>,
}

impl Walk<'_> {
    fn add(&mut self, name: Name, range: Range, role: Role) {
        if let Some(span) = self.source.span(range) {
            self.found.push(Mention { name, span, role });
        }
    }

    fn template(&mut self, name: &str, range: Range, role: Role) {
        let name = Name::Template(self.place.top.clone(), name.into());
        self.add(name, range, role);
    }

    /// Where a template is defined: its name behind `define` or `block`.
    fn definition(&mut self, name: &str) {
        let quoted = format!("\"{name}\"");
        let text = Arc::clone(&self.source.text);
        for (start, _) in text.match_indices(&quoted) {
            let before = text[..start].trim_end();
            if before.ends_with("define") || before.ends_with("block") {
                let end = start + quoted.len();
                self.template(name, Range { start, end }, Role::Declares);
            }
        }
    }

    fn nodes(&mut self, nodes: &[Node], dot: &Dot) {
        for node in nodes {
            match node {
                Node::Action(action) => self.pipeline(&action.pipeline, dot),
                Node::Branch(branch) => self.branch(branch, dot),
                Node::Template(call) => {
                    let text = self.source.slice(call.range);
                    let quoted = format!("\"{}\"", call.name);
                    if let Some(at) = text.find(&quoted) {
                        let start = call.range.start + at;
                        let end = start + quoted.len();
                        self.template(&call.name, Range { start, end }, Role::Uses);
                    }
                    if let Some(pipeline) = &call.pipeline {
                        self.pipeline(pipeline, dot);
                    }
                }
                Node::Text(_) | Node::Break | Node::Continue => {}
            }
        }
    }

    fn branch(&mut self, branch: &Branch, dot: &Dot) {
        self.pipeline(&branch.pipeline, dot);
        let within = match branch.kind {
            BranchKind::If => dot.clone(),
            BranchKind::With => path_of(&branch.pipeline, dot),
            BranchKind::Range => None,
        };
        self.nodes(&branch.body, &within);
        self.nodes(&branch.otherwise, dot);
    }

    fn pipeline(&mut self, pipeline: &Pipeline, dot: &Dot) {
        for command in &pipeline.commands {
            self.include(command);
            for operand in &command.operands {
                self.operand(operand, dot);
            }
        }
    }

    fn include(&mut self, command: &Command) {
        let [function, name, ..] = command.operands.as_slice() else {
            return;
        };
        let (OperandKind::Function(function), OperandKind::String(quoted)) =
            (&function.kind, &name.kind)
        else {
            return;
        };
        if let ("include", Ok(text)) = (function.name, std::str::from_utf8(quoted.bytes())) {
            self.template(text, name.range, Role::Uses);
        }
    }

    fn operand(&mut self, operand: &Operand, dot: &Dot) {
        match &operand.kind {
            OperandKind::Pipeline(pipeline) => self.pipeline(pipeline, dot),
            OperandKind::Chain(inner, _) => self.operand(inner, dot),
            kind => {
                if let Some((around, names)) = field(kind, dot) {
                    self.keys(&around, names, operand.range);
                }
            }
        }
    }

    /// The keys of values among the names of a field, each where it stands.
    fn keys(&mut self, around: &[SmolStr], names: &Names, range: Range) {
        let text = self.source.slice(range).to_owned();
        let mut path = around.to_vec();
        let mut at = 0;
        for name in names.iter() {
            let Some(found) = text[at..].find(&format!(".{name}")) else {
                return;
            };
            let start = at + found + 1;
            at = start + name.len();
            path.push(name.into());
            if let Some((root, key)) = path.split_first()
                && root == "Values"
                && !key.is_empty()
            {
                let name = Name::Value(self.place.top.clone(), self.place.key(key));
                let range = Range {
                    start: range.start + start,
                    end: range.start + at,
                };
                self.add(name, range, Role::Uses);
            }
        }
    }
}

/// The names of a field, and those that lead to what it is a field of.
fn field<'k>(kind: &'k OperandKind, dot: &Dot) -> Option<(Vec<SmolStr>, &'k Names)> {
    match kind {
        OperandKind::Field(names) => Some((dot.clone()?, names)),
        OperandKind::Variable(name, names) if name == "$" => Some((Vec::new(), names)),
        _ => None,
    }
}

/// The names that lead to what a pipeline gives, where it is no more than a field.
fn path_of(pipeline: &Pipeline, dot: &Dot) -> Dot {
    let [command] = pipeline.commands.as_slice() else {
        return None;
    };
    let [operand] = command.operands.as_slice() else {
        return None;
    };
    if matches!(operand.kind, OperandKind::Dot) {
        return dot.clone();
    }
    let (mut path, names) = field(&operand.kind, dot)?;
    path.extend(names.iter().map(SmolStr::from));
    Some(path)
}
