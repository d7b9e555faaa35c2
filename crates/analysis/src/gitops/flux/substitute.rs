//! Texts with variables in braces, in the grammar that Flux has from shells.
//!
//! Source: <https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution>

use std::sync::Arc;

use graph::{Piece, Unknown};
use source::Span;

use super::variables::Variables;
use crate::gitops::pattern::matches_text;

/// How deep defaults may hold variables.
const DEEPEST: usize = 16;

/// A text into which variables were put.
#[derive(Debug, Default)]
pub(super) struct Substituted {
    pub(super) pieces: Vec<Piece>,
    /// Where the values are written.
    pub(super) places: Vec<Span>,
    pub(super) has_secret: bool,
}

impl Substituted {
    /// The text, if all of it is known.
    pub(super) fn text(&self) -> Option<String> {
        let texts = self.pieces.iter().map(|piece| match piece {
            Piece::Known(text) => Some(text.as_str()),
            Piece::Unknown(_) => None,
        });
        texts.collect()
    }

    fn push(&mut self, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece::Known(text.into()));
        }
    }

    fn unknown(&self) -> Option<Unknown> {
        let mut pieces = self.pieces.iter();
        pieces.find_map(|piece| match piece {
            Piece::Known(_) => None,
            Piece::Unknown(unknown) => Some(unknown.clone()),
        })
    }

    fn extend(&mut self, other: Self) {
        self.pieces.extend(other.pieces);
        self.places.extend(other.places);
        self.has_secret |= other.has_secret;
    }
}

/// Puts variables into a text; nothing where Flux refuses the text.
pub(super) fn substitute(text: &str, variables: &Variables) -> Option<Substituted> {
    Reader { variables }.text(&mut &*text, "", 0)
}

struct Reader<'a> {
    variables: &'a Variables,
}

impl Reader<'_> {
    /// Reads a text up to one of some signs, which stay.
    fn text(&self, rest: &mut &str, ends: &str, depth: usize) -> Option<Substituted> {
        if depth > DEEPEST {
            return None;
        }
        let mut read = Substituted::default();
        let mut plain = String::new();
        while let Some(sign) = rest.chars().next().filter(|sign| !ends.contains(*sign)) {
            if let Some(behind) = rest.strip_prefix("$$") {
                plain.push('$');
                *rest = behind;
            } else if let Some(behind) = rest.strip_prefix("${") {
                *rest = behind;
                read.push(&plain);
                plain.clear();
                read.extend(self.variable(rest, depth)?);
            } else {
                plain.push(sign);
                *rest = &rest[sign.len_utf8()..];
            }
        }
        read.push(&plain);
        Some(read)
    }

    /// Reads a variable behind its opening brace, with the brace that closes it.
    fn variable(&self, rest: &mut &str, depth: usize) -> Option<Substituted> {
        let counts = rest.starts_with('#');
        if counts {
            *rest = &rest[1..];
        }
        let is_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
        let end = rest.find(|sign| !is_name(sign))?;
        let name = &rest[..end];
        *rest = &rest[end..];
        let (function, arguments) = self.function(rest, depth)?;
        *rest = rest.strip_prefix('}')?;
        let function = if counts { Function::Length } else { function };
        Some(self.value(name, function, arguments))
    }

    /// The value of a variable, changed by a function.
    fn value(&self, name: &str, function: Function, arguments: Vec<Substituted>) -> Substituted {
        let variable = self.variables.get(name);
        let mut given = Substituted::default();
        let value = match &variable {
            None => Ok(String::new()),
            Some(variable) => {
                given.places.push(variable.span);
                given.has_secret = variable.is_secret;
                variable.value.clone()
            }
        };
        match (value, function) {
            (Ok(value), Function::Default) if value.is_empty() => {
                arguments.into_iter().for_each(|one| given.extend(one));
            }
            (Ok(value), function) => {
                let texts = arguments.iter().map(Substituted::text);
                match texts.collect::<Option<Vec<String>>>() {
                    Some(texts) => given.push(&function.apply(&value, &texts)),
                    None => {
                        let unknown = arguments.iter().find_map(Substituted::unknown);
                        given.pieces.extend(unknown.map(Piece::Unknown));
                    }
                }
            }
            (Err(unknown), _) => {
                let unknown = Arc::unwrap_or_clone(unknown);
                given.pieces.push(Piece::Unknown(unknown));
            }
        }
        given
    }

    /// The function behind a name, and its arguments.
    fn function(&self, rest: &mut &str, depth: usize) -> Option<(Function, Vec<Substituted>)> {
        let mut arguments = Vec::new();
        let signs: [(&str, Function); 18] = [
            (":=", Function::Default),
            (":-", Function::Default),
            (":?", Function::Default),
            (":+", Function::Default),
            (":", Function::Part),
            ("=", Function::Default),
            ("-", Function::Default),
            ("?", Function::Default),
            ("+", Function::Default),
            (",,", Function::Lower),
            (",", Function::LowerFirst),
            ("^^", Function::Upper),
            ("^", Function::UpperFirst),
            ("##", Function::TrimStart { longest: true }),
            ("#", Function::TrimStart { longest: false }),
            ("%%", Function::TrimEnd { longest: true }),
            ("%", Function::TrimEnd { longest: false }),
            ("/", Function::Replace(Where::First)),
        ];
        let found = signs.into_iter().find(|(sign, _)| rest.starts_with(sign));
        let Some((sign, mut function)) = found else {
            return Some((Function::Nothing, arguments));
        };
        *rest = &rest[sign.len()..];
        if matches!(function, Function::Replace(_)) {
            for (sign, place) in [('/', Where::All), ('#', Where::Start), ('%', Where::End)] {
                if let Some(behind) = rest.strip_prefix(sign) {
                    function = Function::Replace(place);
                    *rest = behind;
                    break;
                }
            }
        }
        let between = match function {
            Function::Part => ":",
            Function::Replace(_) => "/",
            _ => "",
        };
        arguments.push(self.text(rest, &format!("}}{between}"), depth + 1)?);
        if let Some(behind) = rest.strip_prefix(between).filter(|_| !between.is_empty()) {
            *rest = behind;
            arguments.push(self.text(rest, "}", depth + 1)?);
        }
        Some((function, arguments))
    }
}

/// What is done to the value of a variable.
#[derive(Clone, Copy, Debug)]
enum Function {
    Nothing,
    Length,
    Default,
    Lower,
    LowerFirst,
    Upper,
    UpperFirst,
    Part,
    TrimStart { longest: bool },
    TrimEnd { longest: bool },
    Replace(Where),
}

/// Where a part is replaced.
#[derive(Clone, Copy, Debug)]
enum Where {
    First,
    All,
    Start,
    End,
}

impl Function {
    fn apply(self, value: &str, arguments: &[String]) -> String {
        let argument = arguments.first().map_or("", String::as_str);
        match self {
            Self::Nothing | Self::Default => value.to_owned(),
            Self::Length => value.len().to_string(),
            Self::Lower => value.to_lowercase(),
            Self::Upper => value.to_uppercase(),
            Self::LowerFirst => first(value, |sign| sign.to_lowercase().to_string()),
            Self::UpperFirst => first(value, |sign| sign.to_uppercase().to_string()),
            Self::Part => part(value, argument, arguments.get(1)),
            Self::TrimStart { longest } => trim(value, longest, |at| {
                matches_text(argument, value.get(..at)?).then(|| &value[at..])
            }),
            Self::TrimEnd { longest } => trim(value, !longest, |at| {
                matches_text(argument, value.get(at..)?).then(|| &value[..at])
            }),
            Self::Replace(place) => {
                let other = arguments.get(1).map(String::as_str);
                replace(value, argument, other, place)
            }
        }
    }
}

fn first(value: &str, change: impl Fn(char) -> String) -> String {
    let mut signs = value.chars();
    let first = signs.next().map(change).unwrap_or_default();
    first + signs.as_str()
}

/// The bytes from a position on, counted from the end where it is negative.
fn part(value: &str, position: &str, length: Option<&String>) -> String {
    let Ok(position) = position.trim().parse::<i64>() else {
        return value.to_owned();
    };
    let size = i64::try_from(value.len()).unwrap_or(i64::MAX);
    let start = match position < 0 {
        true => (size + position).max(0),
        false => position.min(size),
    };
    let end = match length.map(|length| length.trim().parse::<i64>()) {
        None => size,
        Some(Err(_)) => return value.to_owned(),
        Some(Ok(length)) => start.saturating_add(length).clamp(start, size),
    };
    let at = |number: i64| usize::try_from(number).unwrap_or_default();
    value.get(at(start)..at(end)).unwrap_or_default().to_owned()
}

/// Tries where a text is cut, from its end or from its start.
fn trim<'v>(value: &'v str, from_end: bool, cut: impl Fn(usize) -> Option<&'v str>) -> String {
    let mut positions = 0..=value.len();
    let found = match from_end {
        true => positions.rev().find_map(cut),
        false => positions.find_map(cut),
    };
    found.unwrap_or(value).to_owned()
}

fn replace(value: &str, old: &str, new: Option<&str>, place: Where) -> String {
    let other = new.unwrap_or_default();
    let replaced = match place {
        Where::First => Some(value.replacen(old, other, 1)),
        Where::All => Some(value.replace(old, other)),
        Where::Start => new
            .and(value.strip_prefix(old))
            .map(|rest| format!("{other}{rest}")),
        Where::End => new
            .and(value.strip_suffix(old))
            .map(|rest| format!("{rest}{other}")),
    };
    replaced.unwrap_or_else(|| value.to_owned())
}

/// Whether a text is a variable and nothing else.
pub(super) fn is_one_variable(text: &str) -> bool {
    text.starts_with("${") && text.find('}') == Some(text.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::super::variables::tests::variables;
    use super::*;

    #[test]
    fn texts_are_as_flux_makes_them() {
        let values = variables(&[("a", "prod"), ("path", "x/y/z.tar.gz"), ("none", "")]);
        for (text, expected) in [
            ("${a}-web", Some("prod-web")),
            ("$a ${missing}!", Some("$a !")),
            ("$${a}", Some("${a}")),
            ("${b:=dev}", Some("dev")),
            ("${b:-${a}}", Some("prod")),
            ("${none=x}", Some("x")),
            ("${a:=dev}", Some("prod")),
            ("${#a}", Some("4")),
            ("${a^} ${a^^} ${a,,}", Some("Prod PROD prod")),
            ("${a:1} ${a:1:2} ${a:-2}", Some("rod ro prod")),
            ("${path#*/} ${path##*/}", Some("y/z.tar.gz z.tar.gz")),
            ("${path%.*} ${path%%.*}", Some("x/y/z.tar x/y/z")),
            ("${a/o/0} ${path//x/w}", Some("pr0d w/y/z.tar.gz")),
            ("${a/#p/P} ${a/%d/D}", Some("Prod proD")),
            ("${a", None),
            ("${", None),
        ] {
            let found = substitute(text, &values).map(|made| made.text().unwrap());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
        let deep = "${a:=".repeat(1_000);
        assert!(substitute(&deep, &values).is_none());
    }
}
