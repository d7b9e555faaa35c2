//! What somebody does in an editor.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::editor::Editor;
use super::workspaces::Files;

/// What somebody does in an editor.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Replaces characters of a file.
    Replace(Index, Index, usize, String),
    /// Puts text of one file, so many characters, into another.
    Copy(Index, Index, usize, Index, Index),
    /// Gives a file the text of another.
    Overwrite(Index, Index),
    /// Writes a line again, or takes it away.
    Line(Index, Index, bool),
    /// Lets other signs end the lines of a file.
    Breaks(Index, bool),
    /// Makes a file with the text of another.
    Create(Index, usize),
    /// Gives a file another name in its folder, or the place of one in another.
    Rename(Index, Index, usize),
    /// Gives the folder of a file another name.
    Folder(Index, usize),
    Close(Index),
    Save(Index),
    Remove(Index),
    /// Gives a file the text that it had in the beginning.
    Undo(Index),
    /// Gives files of the disk, every so many of all, the text that they had in the beginning.
    Checkout(usize),
    /// Waits until the server has looked.
    Look,
    /// Asks everything of a place.
    Ask(Index, Index),
}

/// What is typed: what breaks lines, blocks, quotes and templates, and characters of all widths.
const TYPED: [&str; 32] = [
    "",
    "",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "  ",
    "é",
    "𝄞",
    "\u{feff}",
    ":",
    ",",
    "- ",
    "\"",
    "'",
    "|",
    "&a ",
    "*a",
    "<<: *a\n",
    "{{",
    "}}",
    "{{ end }}",
    "{",
    "}",
    "[",
    "#",
    "true",
    "null",
    "---\n",
    "${",
    "privileged: true\n",
    "# scantling:ignore host-pid known\n",
];

/// Anything that somebody does.
pub(super) fn step() -> impl Strategy<Value = Step> {
    let index = any::<Index>;
    let typed = select(&TYPED[..]).prop_map(str::to_owned);
    let length = prop_oneof![4 => 0usize..60, 1 => 0usize..4_000];
    prop_oneof![
        16 => (index(), index(), 0usize..12, typed)
            .prop_map(|(file, at, length, text)| Step::Replace(file, at, length, text)),
        3 => (index(), index(), length, index(), index())
            .prop_map(|(from, at, length, to, into)| Step::Copy(from, at, length, to, into)),
        1 => (index(), index()).prop_map(|(from, to)| Step::Overwrite(from, to)),
        3 => (index(), index(), any::<bool>())
            .prop_map(|(file, line, is_there)| Step::Line(file, line, is_there)),
        1 => (index(), any::<bool>()).prop_map(|(file, is_long)| Step::Breaks(file, is_long)),
        1 => (index(), 0usize..3).prop_map(|(file, name)| Step::Create(file, name)),
        1 => (index(), index(), 0usize..4)
            .prop_map(|(file, near, name)| Step::Rename(file, near, name)),
        1 => (index(), 0usize..3).prop_map(|(file, name)| Step::Folder(file, name)),
        2 => index().prop_map(Step::Close),
        3 => index().prop_map(Step::Save),
        1 => index().prop_map(Step::Remove),
        3 => index().prop_map(Step::Undo),
        1 => (1usize..6).prop_map(Step::Checkout),
        5 => Just(Step::Look),
        2 => (index(), index()).prop_map(|(file, at)| Step::Ask(file, at)),
    ]
}

/// Does something in an editor, in which there were these files in the beginning.
pub(super) fn take(editor: &mut Editor, files: &Files, step: &Step) {
    let texts = editor.texts();
    let paths: Vec<&PathBuf> = texts.keys().collect();
    if paths.is_empty() {
        return;
    }
    let pick = |file: &Index| -> &Path { paths[file.index(paths.len())] };
    let place = |path: &Path, at: &Index| at.index(texts[path].chars().count() + 1);
    match step {
        Step::Replace(file, at, length, text) => {
            let path = pick(file);
            editor.replace(path, place(path, at), *length, text);
        }
        Step::Copy(from, at, length, to, into) => {
            let (from, to) = (pick(from), pick(to));
            let start = place(from, at);
            let text: String = texts[from].chars().skip(start).take(*length).collect();
            editor.replace(to, place(to, into), 0, &text);
        }
        Step::Overwrite(from, to) => editor.rewrite(pick(to), &texts[pick(from)]),
        Step::Line(file, line, is_there) => {
            let path = pick(file);
            let (start, length) = line_of(&texts[path], line);
            let line: String = texts[path].chars().skip(start).take(length).collect();
            match is_there {
                true => editor.replace(path, start, 0, &line),
                false => editor.replace(path, start, length, ""),
            }
        }
        Step::Breaks(file, is_long) => {
            let path = pick(file);
            let text = texts[path].replace("\r\n", "\n");
            let text = match is_long {
                true => text.replace('\n', "\r\n"),
                false => text,
            };
            editor.rewrite(path, &text);
        }
        Step::Create(file, name) => {
            let path = pick(file);
            let new = renamed(path, path, *name);
            if editor.text(&new).is_none() {
                editor.replace(&new, 0, 0, &texts[path]);
            }
        }
        Step::Rename(file, near, name) => {
            let (path, near) = (pick(file), pick(near));
            editor.rename(path, &renamed(path, near, *name));
        }
        Step::Folder(file, name) => {
            let folder = pick(file).parent().unwrap_or(Path::new("/"));
            let new = folder.with_file_name(format!("moved-{name}"));
            let files = paths.iter().filter(|_| folder != Path::new("/project"));
            for path in files {
                if let Ok(rest) = path.strip_prefix(folder) {
                    editor.rename(path, &new.join(rest));
                }
            }
        }
        Step::Close(file) => editor.close(pick(file)),
        Step::Save(file) => editor.save(pick(file)),
        Step::Remove(file) => editor.remove(pick(file)),
        Step::Undo(file) => {
            let all: Vec<_> = files.iter().collect();
            let (path, text) = file.get(&all);
            editor.rewrite(path, text);
        }
        Step::Checkout(every) => {
            let some = files.iter().step_by(*every);
            let some = some.map(|(path, text)| (path.clone(), text.clone()));
            editor.write(&some.collect::<Vec<_>>());
        }
        Step::Ask(file, at) => {
            let path = pick(file);
            editor.ask(path, place(path, at));
        }
        Step::Look => {
            editor.look();
        }
    }
}

/// Where a line begins and how long it is with its end, in characters.
fn line_of(text: &str, line: &Index) -> (usize, usize) {
    let lines: Vec<usize> = text
        .split_inclusive('\n')
        .map(|line| line.chars().count())
        .collect();
    let line = line.index(lines.len().max(1));
    let start = lines.iter().take(line).sum();
    (start, lines.get(line).copied().unwrap_or_default())
}

/// A new name in the folder of a file, or that of another there.
fn renamed(path: &Path, near: &Path, name: usize) -> PathBuf {
    let file = path.file_name().unwrap_or_default();
    match name {
        0..3 => {
            let name = format!("new-{name}-{}", file.to_string_lossy());
            near.with_file_name(name)
        }
        _ => near.with_file_name(file),
    }
}
