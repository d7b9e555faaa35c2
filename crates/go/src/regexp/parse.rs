//! The syntax of Go's `regexp` to expressions of the engine.

use regex_syntax::hir::{
    Capture, Class, ClassUnicode, ClassUnicodeRange, Dot, Hir, Look, Repetition,
};
use smol_str::SmolStr;

use super::class::{bracketed, escaped_class, folded};
use super::escape::{character, escaped};

/// How often something may be repeated by numbers, those of nested repetitions multiplied.
const MOST_REPEATS: u64 = 1000;
/// How deep a pattern may be nested.
const MOST_DEPTH: u32 = 1000;

/// What is wrong with a pattern, as a fragment.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(pub String);

/// A pattern that was read.
pub struct Parsed {
    pub(super) hir: Hir,
    /// The name of each group, in order.
    pub groups: Vec<Option<SmolStr>>,
}

/// Reads a pattern.
///
/// # Errors
/// When Go would refuse it, or it is larger than Go takes.
pub fn parse(pattern: &str) -> Result<Parsed, Invalid> {
    let mut parser = Parser {
        rest: pattern,
        flags: Flags::default(),
        frames: vec![Frame::default()],
        groups: Vec::new(),
    };
    let mut repeats = false;
    while let Some((first, rest)) = character(parser.rest) {
        repeats = parser.step(first, rest, repeats)?;
    }
    match parser.frames.pop() {
        Some(frame) if parser.frames.is_empty() => Ok(Parsed {
            hir: frame.finish()?.hir,
            groups: parser.groups,
        }),
        _ => Err(Invalid("a `)` is missing".into())),
    }
}

#[derive(Clone, Copy, Default)]
struct Flags {
    folds_case: bool,
    multiple_lines: bool,
    dot_is_any: bool,
    lazy: bool,
}

/// A part of a pattern, and what limits depend on.
struct Node {
    hir: Hir,
    depth: u32,
    repeats: u64,
}

/// What stands between parentheses so far.
#[derive(Default)]
struct Frame {
    flags_before: Flags,
    capture: Option<u32>,
    alternatives: Vec<Node>,
    sequence: Vec<Node>,
}

struct Parser<'p> {
    rest: &'p str,
    flags: Flags,
    frames: Vec<Frame>,
    groups: Vec<Option<SmolStr>>,
}

impl Node {
    fn leaf(hir: Hir) -> Self {
        Self {
            hir,
            depth: 1,
            repeats: 1,
        }
    }

    fn of(mut nodes: Vec<Self>, whole: fn(Vec<Hir>) -> Hir) -> Result<Self, Invalid> {
        if nodes.len() == 1
            && let Some(single) = nodes.pop()
        {
            return Ok(single);
        }
        let depth = nodes.iter().map(|node| node.depth).max().unwrap_or(0);
        let repeats = nodes.iter().map(|node| node.repeats).max().unwrap_or(1);
        let hir = whole(nodes.into_iter().map(|node| node.hir).collect());
        Self {
            hir,
            depth,
            repeats,
        }
        .nested()
    }

    fn nested(mut self) -> Result<Self, Invalid> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(Invalid("it is nested too deep".into()));
        }
        Ok(self)
    }
}

impl Frame {
    fn end_alternative(&mut self) -> Result<(), Invalid> {
        let sequence = std::mem::take(&mut self.sequence);
        self.alternatives.push(Node::of(sequence, Hir::concat)?);
        Ok(())
    }

    fn finish(mut self) -> Result<Node, Invalid> {
        self.end_alternative()?;
        let mut node = Node::of(self.alternatives, Hir::alternation)?;
        if let Some(index) = self.capture {
            // The engine is told no names: to Go, several groups may have the same.
            node.hir = Hir::capture(Capture {
                index,
                name: None,
                sub: Box::new(node.hir),
            });
            return node.nested();
        }
        Ok(node)
    }
}

impl<'p> Parser<'p> {
    /// Reads one thing; returns whether it was a repetition, which no other may follow.
    fn step(&mut self, first: char, rest: &'p str, repeats: bool) -> Result<bool, Invalid> {
        let all = self.rest;
        self.rest = rest;
        match first {
            '(' => self.open()?,
            ')' => self.close()?,
            '|' => self.frame()?.end_alternative()?,
            '^' => self.push(Hir::look(self.line(Look::Start, Look::StartLF)))?,
            '$' => self.push(Hir::look(self.line(Look::End, Look::EndLF)))?,
            '.' => self.push(Hir::dot(self.dot()))?,
            '[' => {
                let (class, after) = bracketed(all, self.flags.folds_case)?;
                self.rest = after;
                self.push(Hir::class(Class::Unicode(class)))?;
            }
            '*' | '+' | '?' => {
                let min = u32::from(first == '+');
                let max = (first == '?').then_some(1);
                self.repeat(min, max, repeats)?;
                return Ok(true);
            }
            '{' => match counts(all)? {
                Some((min, max, after)) => {
                    self.rest = after;
                    self.repeat(min, max, repeats)?;
                    self.check_repeats(min, max)?;
                    return Ok(true);
                }
                None => self.literal('{'.into())?,
            },
            '\\' => self.escape(all)?,
            _ => self.literal(first.into())?,
        }
        Ok(false)
    }

    fn frame(&mut self) -> Result<&mut Frame, Invalid> {
        self.frames
            .last_mut()
            .ok_or_else(|| Invalid("there is a `)` without `(`".into()))
    }

    fn push(&mut self, hir: Hir) -> Result<(), Invalid> {
        self.frame()?.sequence.push(Node::leaf(hir));
        Ok(())
    }

    fn line(&self, of_text: Look, of_line: Look) -> Look {
        if self.flags.multiple_lines {
            of_line
        } else {
            of_text
        }
    }

    fn dot(&self) -> Dot {
        if self.flags.dot_is_any {
            Dot::AnyChar
        } else {
            Dot::AnyCharExceptLF
        }
    }

    /// Adds one character. A surrogate is in no text, so nothing matches it.
    fn literal(&mut self, number: u32) -> Result<(), Invalid> {
        let Some(character) = char::from_u32(number) else {
            return self.push(Hir::fail());
        };
        let single = ClassUnicode::new([ClassUnicodeRange::new(character, character)]);
        let class = folded(single, self.flags.folds_case)?;
        self.push(Hir::class(Class::Unicode(class)))
    }

    fn escape(&mut self, all: &'p str) -> Result<(), Invalid> {
        let look = match character(self.rest).map(|(letter, _)| letter) {
            Some('A') => Look::Start,
            Some('z') => Look::End,
            Some('b') => Look::WordAscii,
            Some('B') => Look::WordAsciiNegate,
            Some('Q') => return self.quoted(),
            _ => {
                if let Some((class, after)) = escaped_class(all, self.flags.folds_case)? {
                    self.rest = after;
                    return self.push(Hir::class(Class::Unicode(class)));
                }
                let (character, after) = escaped(all)?;
                self.rest = after;
                return self.literal(character);
            }
        };
        self.rest = &self.rest[1..];
        self.push(Hir::look(look))
    }

    /// `\Q…\E`, or to the end.
    fn quoted(&mut self) -> Result<(), Invalid> {
        let text = &self.rest[1..];
        let (quoted, after) = text.split_once("\\E").unwrap_or((text, ""));
        self.rest = after;
        for character in quoted.chars() {
            self.literal(character.into())?;
        }
        Ok(())
    }

    fn repeat(&mut self, min: u32, max: Option<u32>, repeats: bool) -> Result<(), Invalid> {
        let mut greedy = !self.flags.lazy;
        if let Some(after) = self.rest.strip_prefix('?') {
            self.rest = after;
            greedy = !greedy;
        }
        if repeats {
            return Err(Invalid("a repetition follows another one".into()));
        }
        let frame = self.frame()?;
        let mut node = frame
            .sequence
            .pop()
            .ok_or_else(|| Invalid("there is nothing to repeat".into()))?;
        node.hir = Hir::repetition(Repetition {
            min,
            max,
            greedy,
            sub: Box::new(node.hir),
        });
        let node = node.nested()?;
        frame.sequence.push(node);
        Ok(())
    }

    /// Bounds repetitions by numbers, those within one another too.
    fn check_repeats(&mut self, min: u32, max: Option<u32>) -> Result<(), Invalid> {
        let Some(node) = self.frame()?.sequence.last_mut() else {
            return Ok(());
        };
        node.repeats = match max.unwrap_or(min) {
            0 if max.is_some() => 1,
            count => node.repeats * u64::from(count.max(1)),
        };
        let is_many = min >= 2 || max.is_some_and(|max| max >= 2);
        if is_many && node.repeats > MOST_REPEATS {
            return Err(too_many_repeats());
        }
        Ok(())
    }

    fn open(&mut self) -> Result<(), Invalid> {
        let flags_before = self.flags;
        let capture = match self.rest.strip_prefix('?') {
            None => Some(self.group(None)?),
            Some(rest) => match rest.strip_prefix("P<").or(rest.strip_prefix('<')) {
                Some(named) => Some(self.named_group(named)?),
                None => {
                    if self.flags_end_group(rest)? {
                        return Ok(());
                    }
                    None
                }
            },
        };
        self.frames.push(Frame {
            flags_before,
            capture,
            ..Frame::default()
        });
        Ok(())
    }

    fn group(&mut self, name: Option<SmolStr>) -> Result<u32, Invalid> {
        self.groups.push(name);
        let index = u32::try_from(self.groups.len());
        index.map_err(|_| Invalid("it has too many groups".into()))
    }

    fn named_group(&mut self, text: &'p str) -> Result<u32, Invalid> {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let (name, after) = text
            .split_once('>')
            .filter(|(name, _)| !name.is_empty() && name.chars().all(is_part))
            .ok_or_else(|| Invalid("a group has an invalid name".into()))?;
        self.rest = after;
        self.group(Some(name.into()))
    }

    /// Reads flags after `(?`; returns whether the parenthesis ends with them, so that they hold for what follows.
    fn flags_end_group(&mut self, text: &'p str) -> Result<bool, Invalid> {
        let mut flags = self.flags;
        let (mut sets, mut dangles) = (true, false);
        for (at, letter) in text.char_indices() {
            let flag = match letter {
                'i' => &mut flags.folds_case,
                'm' => &mut flags.multiple_lines,
                's' => &mut flags.dot_is_any,
                'U' => &mut flags.lazy,
                '-' if sets => {
                    (sets, dangles) = (false, true);
                    continue;
                }
                ':' | ')' if !dangles => {
                    self.rest = &text[at + 1..];
                    if letter == ')' {
                        self.flags = flags;
                        return Ok(true);
                    }
                    self.flags = flags;
                    return Ok(false);
                }
                _ => break,
            };
            *flag = sets;
            dangles = false;
        }
        Err(Invalid(
            "`(?` is followed by something that Go doesn't know".into(),
        ))
    }

    fn close(&mut self) -> Result<(), Invalid> {
        let frame = self.frames.pop().filter(|_| !self.frames.is_empty());
        let frame = frame.ok_or_else(|| Invalid("there is a `)` without `(`".into()))?;
        self.flags = frame.flags_before;
        let node = frame.finish()?;
        self.frame()?.sequence.push(node);
        Ok(())
    }
}

fn too_many_repeats() -> Invalid {
    Invalid(format!(
        "something is repeated more than {MOST_REPEATS} times"
    ))
}

type Counts<'p> = (u32, Option<u32>, &'p str);

/// `{2}`, `{2,}`, `{2,5}` at the beginning of a text, and what follows; none where the brace stands for itself.
fn counts(text: &str) -> Result<Option<Counts<'_>>, Invalid> {
    let Some((inner, after)) = text[1..].split_once('}') else {
        return Ok(None);
    };
    let (min, max) = match inner.split_once(',') {
        None => (inner, Some(inner)),
        Some((min, "")) => (min, None),
        Some((min, max)) => (min, Some(max)),
    };
    if !is_count(min) || !max.is_none_or(is_count) {
        return Ok(None);
    }
    let min = count(min)?;
    let max = max.map(count).transpose()?;
    if max.is_some_and(|max| max < min) {
        return Err(Invalid("a repetition ends before it begins".into()));
    }
    Ok(Some((min, max, after)))
}

fn is_count(digits: &str) -> bool {
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number && (digits == "0" || !digits.starts_with('0'))
}

fn count(digits: &str) -> Result<u32, Invalid> {
    let count = digits.parse().ok();
    count
        .filter(|count| u64::from(*count) <= MOST_REPEATS)
        .ok_or_else(too_many_repeats)
}
