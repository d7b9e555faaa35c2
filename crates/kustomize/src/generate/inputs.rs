//! What objects are generated of: literals, files, and files of variables.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use graph::{Role, SmolStr};
use source::{SourceFile, Span};

use super::{Making, base_name};
use crate::build::Use;
use crate::kustomization::Text;
use crate::node::{Origin, Placing, is_text};
use crate::reader::Content;

/// The longest line that kustomize reads from a file of variables.
const LONGEST_LINE: usize = 64 << 10;

/// A key and what it holds.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub(super) key: SmolStr,
    pub(super) key_span: Span,
    pub(super) bytes: Arc<[u8]>,
    pub(super) origin: Origin,
}

/// What an entry names, and the keys of that.
#[derive(Default)]
struct Inputs {
    all: Vec<Input>,
    keys: HashSet<SmolStr>,
}

impl Making<'_, '_> {
    /// What an entry names. What can't be read is told, and left out.
    pub(super) fn inputs(&self) -> Vec<Input> {
        let generator = self.generator;
        let mut inputs = Inputs::default();
        for path in &generator.envs {
            self.add_variables(path, &mut inputs);
        }
        for literal in &generator.literals {
            self.add_literal(literal, &mut inputs);
        }
        for source in &generator.files {
            self.add_file(source, &mut inputs);
        }
        inputs.all
    }

    fn add(&self, input: Input, inputs: &mut Inputs) {
        if !inputs.keys.insert(input.key.clone()) {
            let message = format!("the key `{}` is there already", input.key);
            return self.error(message, input.key_span);
        }
        if !is_text(&input.key) {
            let message = "kustomize prints no keys that are no text";
            return self.context.error("key-not-text", message, input.key_span);
        }
        let cost = self.context.bounds.bytes(input.bytes.len());
        if self
            .context
            .or_tell("kustomization-bounds", cost, input.key_span)
            .is_some()
        {
            inputs.all.push(input);
        }
    }

    fn add_literal(&self, literal: &Text, inputs: &mut Inputs) {
        let text = literal.value.as_str();
        let Some((key, value)) = text.split_once('=').filter(|(key, _)| !key.is_empty()) else {
            return self.error("a literal is of the form `key=value`", literal.span);
        };
        let range = without_quotes(value, key.len() + 1);
        let file = self.context.reader.sources.get(literal.span.file);
        let placing = Placing::of_scalar(text, &file, literal.span);
        let input = Input {
            key: key.into(),
            key_span: placing.span(&(0..key.len())),
            bytes: text.as_bytes()[range.clone()].into(),
            origin: Origin::at(placing.span(&range)),
        };
        self.add(input, inputs);
    }

    fn add_file(&self, source: &Text, inputs: &mut Inputs) {
        let (key, path) = match source.value.split_once('=') {
            None => (base_name(&source.value), source.value.as_str()),
            Some((key, path)) if key.is_empty() || path.is_empty() || path.contains('=') => {
                let message = "a file is of the form `key=path` or `path`";
                return self.error(message, source.span);
            }
            Some((key, path)) => (key.into(), path),
        };
        let Some(content) = self.content(path, source.span) else {
            return;
        };
        let origin = match &content.file {
            Some(file) => Origin::at(file.span()).through(Role::Placed, source.span),
            None => Origin::at(source.span),
        };
        let input = Input {
            key,
            key_span: source.span,
            bytes: content.bytes(),
            origin,
        };
        self.add(input, inputs);
    }

    fn content(&self, path: &str, span: Span) -> Option<Content> {
        let path = Text {
            value: path.into(),
            span,
        };
        match self.context.load(self.root, &path, Use::Input) {
            Ok(content) => Some(content),
            Err(refused) => {
                self.context.tell(refused.problem());
                None
            }
        }
    }

    fn add_variables(&self, path: &Text, inputs: &mut Inputs) {
        let content = self.content(&path.value, path.span);
        let Some(file) = content.and_then(|content| self.context.as_text(content, path.span))
        else {
            return;
        };
        let mut start = 0;
        for line in file.text.split_inclusive('\n') {
            if line.len() > LONGEST_LINE {
                let message = "kustomize reads no line of this length, nor what follows";
                return self.error(message, file.span());
            }
            let place = start..start + line.len();
            start = place.end;
            self.add_variable(&file, place, path.span, inputs);
        }
    }

    fn add_variable(
        &self,
        file: &SourceFile,
        place: Range<usize>,
        listed: Span,
        inputs: &mut Inputs,
    ) {
        let line = &file.text[place.clone()];
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let whole = line.len();
        let mark = line.strip_prefix('\u{feff}').filter(|_| place.start == 0);
        let line = mark.unwrap_or(line).trim_start();
        if line.is_empty() || line.starts_with('#') {
            return;
        }
        let start = place.start + whole - line.len();
        let (key, value) = line.split_once('=').unwrap_or((line, ""));
        let placing = Placing::File(file.id);
        let key_span = placing.span(&(start..start + key.len()));
        if key.is_empty() {
            return;
        }
        let value_start = start + line.len() - value.len();
        let origin = Origin::at(placing.span(&(value_start..value_start + value.len())));
        let input = Input {
            key: key.into(),
            key_span,
            bytes: value.as_bytes().into(),
            origin: origin.through(Role::Placed, listed),
        };
        self.add(input, inputs);
    }
}

/// Where a value that begins at `start` stands without the quotes around it.
fn without_quotes(value: &str, start: usize) -> Range<usize> {
    let end = start + value.len();
    let first = value.chars().next();
    let is_quoted = value.len() > 1 && first == value.chars().next_back();
    match first {
        Some('"' | '\'') if is_quoted => start + 1..end - 1,
        _ => start..end,
    }
}
