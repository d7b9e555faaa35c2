//! `.helmignore`: like `.gitignore`, but the first rule that matches counts, and a rule with `!` leaves out what it does not
//! match.

use super::{BadPattern, Pattern};

/// The name of the file.
pub(super) const NAME: &str = ".helmignore";

/// What is left out of a chart.
#[derive(Debug)]
pub(super) struct Rules(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    /// None where the line can be read, but not without its slash at the end: that matches nothing.
    pattern: Option<Pattern>,
    is_negated: bool,
    is_of_folders: bool,
    /// Whether only the last name of a path is matched.
    is_of_names: bool,
}

impl Rules {
    /// Reads the rules, and says why that ended where it did. What stands behind that place has no effect.
    pub(super) fn read(text: &str) -> (Self, Option<String>) {
        let mut rules = Self(Vec::new());
        for line in text.lines() {
            if let Err(message) = rules.add(line) {
                return (rules.with_defaults(), Some(message));
            }
        }
        (rules.with_defaults(), None)
    }

    /// Hidden files are no templates.
    fn with_defaults(mut self) -> Self {
        // The pattern has no mistakes.
        let _ = self.add("templates/.?*");
        self
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        if line.contains("**") {
            return Err("double-star (**) syntax is not supported".into());
        }
        Pattern::parse(line).map_err(|BadPattern| BadPattern.to_string())?;
        let (is_negated, pattern) = strip(line, line.strip_prefix('!'));
        let (is_of_folders, pattern) = strip(pattern, pattern.strip_suffix('/'));
        let is_of_names = !pattern.contains('/');
        self.0.push(Rule {
            pattern: Pattern::parse(pattern.strip_prefix('/').unwrap_or(pattern)).ok(),
            is_negated,
            is_of_folders,
            is_of_names,
        });
        Ok(())
    }

    /// Whether a file or folder is left out; the path is that in the chart.
    pub(super) fn ignores(&self, path: &str, is_folder: bool) -> bool {
        let name = path.rsplit('/').next().unwrap_or_default();
        let mut rules = self.0.iter();
        rules.any(|rule| rule.ignores(path, name, is_folder))
    }
}

impl Rule {
    fn ignores(&self, path: &str, name: &str, is_folder: bool) -> bool {
        if self.is_of_folders && !is_folder {
            return self.is_negated;
        }
        let matched = if self.is_of_names { name } else { path };
        let pattern = self.pattern.as_ref();
        pattern.is_some_and(|pattern| pattern.matches(matched)) != self.is_negated
    }
}

fn strip<'a>(text: &'a str, stripped: Option<&'a str>) -> (bool, &'a str) {
    (stripped.is_some(), stripped.unwrap_or(text))
}
