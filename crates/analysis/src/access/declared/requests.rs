//! The table of what commands of kubectl ask.

use std::sync::LazyLock;

use foldhash::HashMap;

/// A command.
pub(super) struct Row {
    pub(super) objects: Objects,
    pub(super) requests: Vec<Request>,
}

/// What the words of a command name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Objects {
    None,
    /// Kinds and names.
    Written,
    /// Names of objects of a kind.
    Of(&'static str),
}

/// Something that a command asks.
pub(super) struct Request {
    when: Option<When>,
    pub(super) is_everywhere: bool,
    pub(super) verbs: Vec<&'static str>,
    /// Such as `pods/exec`, or `=/scale` of the objects themselves.
    pub(super) resource: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Named,
    Many,
    Watched,
}

/// How a command is used.
#[derive(Clone, Copy)]
pub(super) struct Use {
    pub(super) is_named: bool,
    pub(super) is_watched: bool,
}

impl Request {
    /// Whether it is made.
    pub(super) fn counts(&self, used: Use) -> bool {
        match self.when {
            None => true,
            Some(When::Named) => used.is_named,
            Some(When::Many) => !used.is_named,
            Some(When::Watched) => used.is_watched,
        }
    }
}

static ROWS: LazyLock<HashMap<String, Row>> = LazyLock::new(|| {
    let lines = include_str!("kubectl.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines.filter_map(read).collect()
});

/// What a command asks, by its words.
pub(super) fn row(command: &str) -> Option<&'static Row> {
    ROWS.get(command)
}

fn read(line: &'static str) -> Option<(String, Row)> {
    let mut words = line.splitn(3, ' ');
    let command = words.next()?.replace('+', " ");
    let objects = match words.next()? {
        "none" => Objects::None,
        "written" => Objects::Written,
        kind => Objects::Of(kind),
    };
    let requests = words.next().into_iter().flat_map(|rest| rest.split(" | "));
    let requests = requests.filter_map(request).collect();
    Some((command, Row { objects, requests }))
}

fn request(text: &'static str) -> Option<Request> {
    let (first, rest) = text.split_once(' ')?;
    let (when, is_everywhere) = match first {
        "named" => (Some(When::Named), false),
        "many" => (Some(When::Many), false),
        "watched" => (Some(When::Watched), false),
        "everywhere" => (None, true),
        _ => (None, false),
    };
    let is_plain = when.is_none() && !is_everywhere;
    let (verbs, resource) = if is_plain { text } else { rest }.split_once(' ')?;
    Some(Request {
        when,
        is_everywhere,
        verbs: verbs.split(',').collect(),
        resource,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let lines = include_str!("kubectl.txt").lines();
        let lines: Vec<&str> = lines.filter(|line| !line.starts_with('#')).collect();
        assert_eq!(ROWS.len(), lines.len());
        for line in lines {
            let (command, row) = read(line).expect("a line is well-formed");
            let expected = match line.splitn(3, ' ').nth(2) {
                Some(requests) => requests.split(" | ").count(),
                None => 0,
            };
            assert_eq!(row.requests.len(), expected, "{command}");
        }
    }
}
