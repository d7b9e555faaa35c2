//! The editor of the user.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What opens a file at a place: a program with its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    program: String,
    arguments: Vec<OsString>,
}

impl Opening {
    /// How an editor, which may have arguments, opens a file at a line and a column, both from 1.
    pub(crate) fn of(editor: &str, path: &Path, line: u32, column: u32) -> Option<Self> {
        let mut words = words(editor).into_iter();
        let program = words.next()?;
        let mut arguments: Vec<OsString> = words.map(OsString::from).collect();
        let stem = Path::new(&program)
            .file_stem()
            .map(|stem| stem.to_string_lossy().to_lowercase());
        let place = |separator: &str| {
            let mut place = path.as_os_str().to_owned();
            place.push(format!("{separator}{line}:{column}"));
            place
        };
        match stem.as_deref().unwrap_or_default() {
            "code" | "codium" | "cursor" | "windsurf" | "code-insiders" => {
                if !arguments.iter().any(|one| one == "--wait" || one == "-w") {
                    arguments.push("--wait".into());
                }
                arguments.push("--goto".into());
                arguments.push(place(":"));
            }
            "hx" | "helix" | "subl" | "zed" => arguments.push(place(":")),
            "vi" | "vim" | "nvim" | "view" | "gvim" | "mvim" => {
                arguments.push(format!("+call cursor({line},{column})").into());
                arguments.push(path_argument(path));
            }
            "nano" | "kak" | "micro" | "emacs" | "emacsclient" | "ed" | "joe" | "ne" | "mg" => {
                arguments.push(format!("+{line}").into());
                arguments.push(path_argument(path));
            }
            // Nobody knows how it takes a line.
            _ => arguments.push(path_argument(path)),
        }
        Some(Self { program, arguments })
    }

    /// Runs the editor until it ends.
    ///
    /// # Errors
    /// When it can't be run, or failed; the text says why.
    pub(crate) fn run(&self) -> Result<(), String> {
        let status = Command::new(&self.program).args(&self.arguments).status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{} ended with {status}", self.program)),
            Err(error) => Err(format!("{} can't be run: {error}", self.program)),
        }
    }
}

/// A path that no program takes for an option.
fn path_argument(path: &Path) -> OsString {
    match path.as_os_str().as_encoded_bytes().first() {
        Some(b'-' | b'+') => PathBuf::from(".").join(path).into(),
        _ => path.into(),
    }
}

/// The words of a command; quotes and backslashes keep blanks in a word.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, quote) {
            ('\\', None) => word.get_or_insert_default().extend(letters.next()),
            // As in a shell, it keeps what would end the quotes or stand for something else.
            ('\\', Some('"')) if letters.as_str().starts_with(['"', '\\', '$', '`']) => {
                word.get_or_insert_default().extend(letters.next());
            }
            ('"' | '\'', None) => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (_, Some(open)) if letter == open => quote = None,
            (blank, None) if blank.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_editor_is_told_the_line_as_it_takes_it() {
        let cases = [
            ("vim -p", "vim | -p | +call cursor(3,5) | a.yaml"),
            ("nano", "nano | +3 | a.yaml"),
            ("code -n", "code | -n | --wait | --goto | a.yaml:3:5"),
            ("/usr/bin/hx", "/usr/bin/hx | a.yaml:3:5"),
            (
                "'/my tools/edit' \"x y\" z\\ z",
                "/my tools/edit | x y | z z | a.yaml",
            ),
            (
                r#"sh -c "a \$0 \"b\" \n" '\$1'"#,
                r#"sh | -c | a $0 "b" \n | \$1 | a.yaml"#,
            ),
        ];
        for (editor, expected) in cases {
            let opening = Opening::of(editor, Path::new("a.yaml"), 3, 5).expect(editor);
            let arguments = opening
                .arguments
                .iter()
                .map(|one| one.to_string_lossy().into_owned());
            let all: Vec<String> = std::iter::once(opening.program.clone())
                .chain(arguments)
                .collect();
            assert_eq!(all.join(" | "), expected);
        }
        assert_eq!(Opening::of(" ", Path::new("a"), 1, 1), None);
    }

    #[test]
    fn no_path_is_an_option() {
        let opening = Opening::of("nano", Path::new("-x.yaml"), 1, 1).expect("an editor");
        assert_eq!(opening.arguments[1], OsString::from("./-x.yaml"));
    }
}
