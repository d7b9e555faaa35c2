//! The expressions and the recorded answers, file by file.
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads its data and no scanned input"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::answer::Answer;
use super::generate;

/// The cases of one function, operator or construct.
pub(crate) struct CaseFile {
    pub(crate) name: String,
    pub(crate) expressions: Vec<String>,
}

/// A folder of this suite.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/oracle/expressions")
        .join(name)
}

impl CaseFile {
    /// All of them: those with a file, and those that are generated only.
    pub(crate) fn all() -> Vec<Self> {
        let generated = generate::names();
        let names: BTreeSet<String> = written().into_iter().chain(generated).collect();
        names.into_iter().map(Self::load).collect()
    }

    fn load(name: String) -> Self {
        let path = folder("cases").join(format!("{name}.txt"));
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let mut seen = BTreeSet::new();
        let expressions = read(&text)
            .into_iter()
            .chain(generate::expressions(&name))
            .filter(|expression| seen.insert(expression.clone()))
            .collect();
        Self { name, expressions }
    }

    fn answer_path(&self) -> PathBuf {
        folder("answers").join(format!("{}.jsonl", self.name))
    }

    /// The recorded answers, each with its expression.
    pub(crate) fn answers(&self) -> Vec<(String, Answer)> {
        let text = std::fs::read_to_string(self.answer_path()).unwrap_or_default();
        text.lines().map(Answer::read).collect()
    }

    /// Whether the recorded answers are those of the expressions.
    pub(crate) fn is_answered(&self) -> bool {
        let answers = self.answers();
        self.expressions
            .iter()
            .eq(answers.iter().map(|(expression, _)| expression))
    }

    /// Rewrites the recorded answers.
    pub(crate) fn write(&self, answers: &[Answer]) {
        let lines = self
            .expressions
            .iter()
            .zip(answers)
            .map(|(expression, answer)| answer.line(expression) + "\n");
        let text: String = lines.collect();
        std::fs::write(self.answer_path(), text).expect("the folder of answers is writable");
    }
}

fn written() -> Vec<String> {
    let files = std::fs::read_dir(folder("cases")).expect("the folder of cases is there");
    let names = files.filter_map(|file| {
        let path = file.ok()?.path();
        Some(path.file_stem()?.to_str()?.to_owned())
    });
    names.collect()
}

fn read(text: &str) -> Vec<String> {
    let mut expressions = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line == "---" {
            let inside: Vec<&str> = lines.by_ref().take_while(|line| *line != "---").collect();
            expressions.push(inside.join("\n"));
        } else if !line.is_empty() && !line.starts_with('#') {
            expressions.push(line.to_owned());
        }
    }
    expressions
}
