//! The values that templates print into scripts of a shell as they are.

use graph::{Data, NodeId, Resource, Tree};
use source::{SourceFile, Sources, Span};

use super::printed::{Printed, action, is_bare, is_workload};

/// The programs that take a script after `-c`.
const SHELLS: [&str; 5] = ["ash", "bash", "dash", "sh", "zsh"];

/// What the names of values hold that are meant to be read by a shell.
const MEANT: [&str; 6] = ["arg", "command", "flag", "option", "params", "script"];

/// The values that stand in scripts outside of quotes; of those in one script the last.
pub(super) fn scripts(resource: &Resource, sources: &Sources) -> Vec<Printed> {
    let tree = &resource.tree;
    let mut found = Vec::new();
    let mut open = match is_workload(resource) {
        true => vec![NodeId::ROOT],
        false => Vec::new(),
    };
    while let Some(id) = open.pop() {
        open.extend(tree.children(id));
        found.extend(script(tree, id).and_then(|script| raw(tree, script, sources)));
    }
    found
}

/// The script that a container runs.
fn script(tree: &Tree, container: NodeId) -> Option<NodeId> {
    let lists = ["command", "args"].map(|key| tree.get(container, key));
    let lists = lists.into_iter().flatten();
    let words: Vec<NodeId> = lists.flat_map(|list| tree.children(list)).collect();
    let (program, rest) = words.split_first()?;
    let program = tree.as_text(*program)?.rsplit('/').next()?;
    let mut options = rest.iter().take_while(|one| is_option(tree, **one));
    let is_script = options.any(|one| tree.as_text(*one).is_some_and(|one| one.ends_with('c')));
    let script = rest.iter().find(|one| !is_option(tree, **one))?;
    (SHELLS.contains(&program) && is_script).then_some(*script)
}

fn is_option(tree: &Tree, word: NodeId) -> bool {
    let text = tree.as_text(word);
    text.is_some_and(|text| text.starts_with('-') && !text.contains(' '))
}

/// The value that a script got last, if it is a text that is printed as it is, outside of quotes.
fn raw(tree: &Tree, script: NodeId, sources: &Sources) -> Option<Printed> {
    let node = tree.node(script);
    let (place, file) = action(tree, script, sources)?;
    let text = file.slice(place).trim_matches(['{', '}', '-', ' ']);
    let value = sources.get(node.span.file);
    let is_text = matches!(node.data, Data::String(_)) && is_word(value.slice(node.span));
    let is_of_values = text.contains(".Values.") && value.id != file.id && !is_meant(text);
    let is_raw = is_text && is_of_values && is_bare(&file, place) && !is_quoted(&file, place);
    is_raw.then(|| Printed {
        place,
        text: text.into(),
        value: node.span,
    })
}

/// Whether the last key of a path tells that what it holds is part of a script.
fn is_meant(path: &str) -> bool {
    let last = path.rsplit('.').next().unwrap_or_default();
    let last = last.to_ascii_lowercase();
    MEANT.iter().any(|meant| last.contains(meant))
}

/// Whether a scalar of YAML is neither a number nor a truth value.
fn is_word(scalar: &str) -> bool {
    let scalar = scalar.trim_matches(['"', '\'']);
    scalar.parse::<f64>().is_err() && !["false", "true"].contains(&scalar)
}

/// Whether a quote is open on the line before a place.
fn is_quoted(file: &SourceFile, place: Span) -> bool {
    let before = file.text.get(..place.range().start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let mut open = None;
    for letter in line
        .chars()
        .filter(|letter| ['"', '\'', '`'].contains(letter))
    {
        match open {
            None => open = Some(letter),
            Some(quote) if quote == letter => open = None,
            Some(_) => {}
        }
    }
    open.is_some()
}
