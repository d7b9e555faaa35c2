//! The commands of a shell's script, as far as their words stand there.

use std::iter::Peekable;
use std::str::Chars;

use graph::SmolStr;

/// A word of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// It stands there.
    Known(SmolStr),
    /// The shell computes it.
    Unknown,
}

impl Word {
    /// The text, if it is known.
    pub(super) fn known(&self) -> Option<&str> {
        match self {
            Self::Known(text) => Some(text),
            Self::Unknown => None,
        }
    }
}

/// The words of a command, the program first.
pub(super) type Command = Vec<Word>;

/// Words before a command that only say when it is run.
const KEYWORDS: [&str; 15] = [
    "!", "{", "}", "do", "done", "elif", "else", "esac", "exec", "fi", "if", "then", "time",
    "until", "while",
];

/// Substitutions in substitutions are followed so deep.
const DEEPEST: usize = 16;

/// All commands of a script, those in substitutions too, whether or not they are run.
///
/// # Errors
/// When the script has what is not read: a text for a command, functions, or cases.
pub(super) fn commands(script: &str) -> Result<Vec<Command>, String> {
    let mut reader = Reader {
        rest: script.chars().peekable(),
        commands: Vec::new(),
        command: Command::new(),
        word: None,
        depth: 0,
    };
    reader.read()?;
    Ok(reader.commands)
}

/// Reads a script letter by letter.
struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    commands: Vec<Command>,
    command: Command,
    /// The word so far; nothing between words.
    word: Option<Part>,
    depth: usize,
}

/// A word that is not read to its end.
#[derive(Default)]
struct Part {
    /// What stands there before anything that is computed.
    text: String,
    is_computed: bool,
}

impl Part {
    /// Whether it only says when or with what a command is run, if it is the first.
    fn is_before(&self) -> bool {
        let sets = self
            .text
            .split_once('=')
            .is_some_and(|(name, _)| is_name(name));
        sets || !self.is_computed && KEYWORDS.contains(&self.text.as_str())
    }

    fn word(self) -> Word {
        match self.is_computed {
            true => Word::Unknown,
            false => Word::Known(self.text.into()),
        }
    }
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), String> {
        while let Some(letter) = self.rest.next() {
            match letter {
                ' ' | '\t' => self.end_word(),
                '\n' | ';' | '|' | '(' | ')' => self.end_command()?,
                '&' if self.rest.peek() != Some(&'>') => self.end_command()?,
                '#' if self.word.is_none() => {
                    while self.rest.next_if(|letter| *letter != '\n').is_some() {}
                }
                '\\' => match self.rest.next() {
                    Some('\n') | None => {}
                    Some(letter) => self.push(letter),
                },
                '\'' => self.quoted(),
                '"' => self.in_quotes()?,
                '$' | '`' => self.computed(letter)?,
                '<' | '>' | '&' => self.redirected(letter)?,
                letter => self.push(letter),
            }
        }
        self.end_command()
    }

    fn push(&mut self, letter: char) {
        let word = self.word.get_or_insert_default();
        if !word.is_computed {
            word.text.push(letter);
        }
    }

    fn quoted(&mut self) {
        self.word.get_or_insert_default();
        while let Some(letter) = self.rest.next_if(|letter| *letter != '\'') {
            self.push(letter);
        }
        self.rest.next();
    }

    fn in_quotes(&mut self) -> Result<(), String> {
        self.word.get_or_insert_default();
        while let Some(letter) = self.rest.next() {
            match letter {
                '"' => break,
                '\\' => {
                    let escaped = self.rest.next();
                    escaped.into_iter().for_each(|letter| self.push(letter));
                }
                '$' | '`' => self.computed(letter)?,
                letter => self.push(letter),
            }
        }
        Ok(())
    }

    /// A variable or a substitution, whose commands count too.
    fn computed(&mut self, first: char) -> Result<(), String> {
        self.word.get_or_insert_default().is_computed = true;
        let inner = match (first, self.rest.peek()) {
            ('`', _) => self.until('`'),
            (_, Some('(')) => {
                self.rest.next();
                self.until_closed('(', ')')
            }
            (_, Some('{')) => {
                self.rest.next();
                self.until_closed('{', '}');
                return Ok(());
            }
            _ => {
                let is_name = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '_';
                while self.rest.next_if(is_name).is_some() {}
                return Ok(());
            }
        };
        if inner.starts_with('(') {
            return Ok(());
        }
        if self.depth == DEEPEST {
            return Err("what a script asks that is nested deeply".to_owned());
        }
        let mut reader = Reader {
            rest: inner.chars().peekable(),
            commands: std::mem::take(&mut self.commands),
            command: Command::new(),
            word: None,
            depth: self.depth + 1,
        };
        reader.read()?;
        self.commands = reader.commands;
        Ok(())
    }

    fn until(&mut self, end: char) -> String {
        let mut inner = String::new();
        while let Some(letter) = self.rest.next_if(|letter| *letter != end) {
            inner.push(letter);
        }
        self.rest.next();
        inner
    }

    fn until_closed(&mut self, open: char, close: char) -> String {
        let (mut inner, mut depth) = (String::new(), 0);
        for letter in self.rest.by_ref() {
            match letter {
                letter if letter == close && depth == 0 => break,
                letter if letter == close => depth -= 1,
                letter if letter == open => depth += 1,
                _ => {}
            }
            inner.push(letter);
        }
        inner
    }

    /// Files that are read and written are none of the words.
    fn redirected(&mut self, first: char) -> Result<(), String> {
        match (first, self.rest.peek()) {
            ('<', Some('<')) => return Err("what a text in a script asks".to_owned()),
            (_, Some('(')) => return Err("what a script asks that passes pipes on".to_owned()),
            _ => {}
        }
        // A number before it is a stream.
        self.word = self.word.take().filter(|word| {
            let is_digit = matches!(word.text.as_bytes(), [letter] if letter.is_ascii_digit());
            word.is_computed || !is_digit
        });
        self.end_word();
        while self
            .rest
            .next_if(|one| matches!(one, '>' | '&' | ' '))
            .is_some()
        {}
        let ends = |letter: &char| !matches!(letter, ' ' | '\t' | '\n' | ';' | '|' | '&' | ')');
        while self.rest.next_if(ends).is_some() {}
        Ok(())
    }

    /// A word; keywords and variables that are set before a command are none of it.
    fn end_word(&mut self) {
        let Some(word) = self.word.take() else {
            return;
        };
        if !self.command.is_empty() || !word.is_before() {
            self.command.push(word.word());
        }
    }

    fn end_command(&mut self) -> Result<(), String> {
        self.end_word();
        let command = std::mem::take(&mut self.command);
        match command.first().and_then(Word::known) {
            // The words that a variable goes through.
            Some("for") => Ok(()),
            Some("case" | "function") => {
                Err("what a script with cases or functions asks".to_owned())
            }
            _ if command.is_empty() => Ok(()),
            _ => {
                self.commands.push(command);
                Ok(())
            }
        }
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(script: &str) -> String {
        let word = |word: &Word| word.known().unwrap_or("?").to_owned();
        let line = |command: &Command| command.iter().map(word).collect::<Vec<_>>().join(" ");
        match commands(script) {
            Ok(commands) => commands.iter().map(line).collect::<Vec<_>>().join(" ; "),
            Err(why) => format!("error: {why}"),
        }
    }

    #[test]
    fn scripts_are_read_as_commands_and_words() {
        for (script, expected) in [
            ("kubectl get pods", "kubectl get pods"),
            (
                "set -e\nkubectl get pods -n 'a b' && echo done",
                "set -e ; kubectl get pods -n a b ; echo done",
            ),
            (
                "if ! kubectl get po; then sleep 1; fi",
                "kubectl get po ; sleep 1",
            ),
            (
                "kubectl delete pod \"$POD\" --wait=false",
                "kubectl delete pod ? --wait=false",
            ),
            (
                "X=$(kubectl get cm a) kubectl get $X",
                "kubectl get cm a ; kubectl get ?",
            ),
            (
                "A=b kubectl get po >/dev/null 2>&1 | grep x",
                "kubectl get po ; grep x",
            ),
            ("for i in 1 2 3; do kubectl get po; done", "kubectl get po"),
            (
                "echo \"`kubectl get ns`\" # kubectl get secrets",
                "kubectl get ns ; echo ?",
            ),
            (
                "kubectl get po \\\n  -l app=web",
                "kubectl get po -l app=web",
            ),
            ("echo $((1 + 2)) ${A:-b}", "echo ? ?"),
            (
                "kubectl apply -f - <<EOF\nkind: Pod\nEOF",
                "error: what a text in a script asks",
            ),
            (
                "case $1 in a) ls;; esac",
                "error: what a script with cases or functions asks",
            ),
            ("", ""),
            ("'", ""),
        ] {
            assert_eq!(told(script), expected, "{script}");
        }
    }

    #[test]
    fn damaged_scripts_end() {
        let deep = "$(".repeat(10_000);
        assert_eq!(
            told(&deep),
            "error: what a script asks that is nested deeply"
        );
        let script = "a \"$(b 'c' `d` ${e} >f)\" & g <h";
        for end in 0..script.len() {
            let _ = commands(&script[..end]);
        }
    }
}
