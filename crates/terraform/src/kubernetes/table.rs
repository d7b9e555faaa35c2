//! What the arguments of the provider are in the API of Kubernetes: the tables `kinds.txt` and `fields.txt`.

use std::sync::LazyLock;

use foldhash::HashMap;

/// The kind that a resource makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind<'a> {
    pub(super) api_version: &'a str,
    pub(super) kind: &'a str,
}

/// What an argument becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) form: Form,
}

/// How the value of an argument differs from that of its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// In nothing; a block is an object.
    Plain,
    /// A block is an element of a list.
    List,
    /// Keys are a person's own.
    Map,
    /// The same, and values are text.
    Texts,
    /// Text is a number.
    Number,
    /// Text may be a number.
    Port,
    /// Text is a number in octal digits.
    Mode,
    /// Text is a truth value.
    Truth,
    /// Anything is text.
    Text,
    /// The arguments stand around the block.
    Inline,
}

static KINDS: LazyLock<HashMap<&'static str, Kind<'static>>> = LazyLock::new(|| {
    let rows = rows(include_str!("kinds.txt"));
    rows.filter_map(|row| match row.as_slice() {
        [ty, api_version, kind] => Some((*ty, Kind { api_version, kind })),
        _ => None,
    })
    .collect()
});

/// The fields by the argument with what it stands in, or without.
static FIELDS: LazyLock<HashMap<&'static str, (&'static str, Form)>> = LazyLock::new(|| {
    let rows = rows(include_str!("fields.txt"));
    rows.filter_map(|row| match row.as_slice() {
        [argument, field] => Some((*argument, (*field, Form::Plain))),
        [argument, field, form] => Some((*argument, (*field, Form::of(form)?))),
        _ => None,
    })
    .collect()
});

impl Form {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "list" => Self::List,
            "map" => Self::Map,
            "texts" => Self::Texts,
            "number" => Self::Number,
            "port" => Self::Port,
            "mode" => Self::Mode,
            "truth" => Self::Truth,
            "text" => Self::Text,
            "inline" => Self::Inline,
            _ => return None,
        })
    }
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split_whitespace().collect())
        .filter(|row: &Vec<&str>| !row.is_empty())
}

/// The kind that a type of resource makes, where its arguments are those of the kind.
pub(super) fn kind(ty: &str) -> Option<Kind<'static>> {
    KINDS.get(ty).copied()
}

/// What an argument becomes; `around` is the block that it stands in, or the kind.
pub(super) fn field(around: &str, argument: &str) -> Field {
    let in_block = format!("{around}/{argument}");
    let found = FIELDS
        .get(in_block.as_str())
        .or_else(|| FIELDS.get(argument));
    match found {
        Some((name, form)) => Field {
            name: (*name).to_owned(),
            form: *form,
        },
        None => Field {
            name: camel_case(argument),
            form: Form::Plain,
        },
    }
}

fn camel_case(snake_case: &str) -> String {
    let mut words = snake_case.split('_');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_understood() {
        let count = |text| rows(text).count();
        assert_eq!(KINDS.len(), count(include_str!("kinds.txt")));
        assert_eq!(FIELDS.len(), count(include_str!("fields.txt")));
    }

    #[test]
    fn arguments_become_fields() {
        let name = |around, argument| field(around, argument).name;
        assert_eq!(name("spec", "se_linux_options"), "seLinuxOptions");
        assert_eq!(name("spec", "host_pid"), "hostPID");
        assert_eq!(field("spec", "port").form, Form::List);
        assert_eq!(field("service", "port").form, Form::Plain);
    }
}
