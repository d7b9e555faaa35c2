//! A pattern that can be searched for, with the matches that Go's `regexp` finds.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use regex_automata::meta::{BuildError, Config, Regex};
use regex_automata::util::captures::Captures;
use regex_automata::{Input, MatchKind};
use smol_str::SmolStr;

use super::parse::{Invalid, parse};

/// The most matches of one search.
const MOST_MATCHES: usize = 1_000_000;
/// The most bytes of memory that a compiled pattern may take.
const MOST_MEMORY: usize = 32 * 1024 * 1024;
/// The most bytes of a text times bytes of a compiled pattern: each character may visit all of it.
const MOST_VISITS: usize = 1 << 35;
/// The most bytes of a text times matches: each search may look at the whole rest of the text.
const MOST_SEARCHED: usize = 1 << 31;
/// How many patterns a thread remembers, and how large they may be.
const REMEMBERED: usize = 32;
const SMALL: usize = 256 * 1024;

thread_local! {
    /// Whoever uses a pattern uses it often: modules validate each of their instances with the same few patterns, which take longer to compile than to find.
    static PATTERNS: RefCell<HashMap<String, Rc<Pattern>>> = RefCell::default();
}

/// A search that takes too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooMuch {
    /// The text is long, and the pattern is large or matches often.
    #[error("the text is too long to be searched for this pattern")]
    Work,
    /// The pattern matches too often.
    #[error("there would be more than {MOST_MATCHES} elements")]
    Matches,
}

/// A compiled pattern.
pub struct Pattern {
    regex: Regex,
    /// The name of each group, in order.
    pub groups: Vec<Option<SmolStr>>,
}

/// A match: where the whole of it and its groups stand.
pub struct Found(Vec<Option<Range<usize>>>);

impl Found {
    /// Where a group stands; 0 is the whole match.
    #[must_use]
    pub fn group(&self, index: usize) -> Option<Range<usize>> {
        self.0.get(index)?.clone()
    }

    /// Where the match stands.
    #[must_use]
    pub fn whole(&self) -> Range<usize> {
        self.group(0).unwrap_or_default()
    }
}

impl Pattern {
    /// Reads and compiles a pattern, or remembers it.
    ///
    /// # Errors
    /// When Go would refuse the pattern, or it is too large.
    pub fn compiled(pattern: &str) -> Result<Rc<Self>, Invalid> {
        let known = PATTERNS.with_borrow(|patterns| patterns.get(pattern).cloned());
        if let Some(known) = known {
            return Ok(known);
        }
        let compiled = Rc::new(Self::compile(pattern)?);
        if compiled.regex.memory_usage() <= SMALL && pattern.len() <= SMALL {
            PATTERNS.with_borrow_mut(|patterns| {
                if patterns.len() >= REMEMBERED {
                    patterns.clear();
                }
                patterns.insert(pattern.into(), Rc::clone(&compiled));
            });
        }
        Ok(compiled)
    }

    /// Whether a pattern needs not be compiled again.
    #[must_use]
    pub fn is_remembered(pattern: &str) -> bool {
        PATTERNS.with_borrow(|patterns| patterns.contains_key(pattern))
    }

    /// The bytes that the compiled pattern takes. Compiling takes time in proportion to them.
    #[must_use]
    pub fn size(&self) -> usize {
        self.regex.memory_usage()
    }

    fn compile(pattern: &str) -> Result<Self, Invalid> {
        let parsed = parse(pattern)?;
        let config = Config::new()
            .match_kind(MatchKind::LeftmostFirst)
            .utf8_empty(true)
            .nfa_size_limit(Some(MOST_MEMORY))
            .hybrid_cache_capacity(SMALL);
        let regex = Regex::builder()
            .configure(config)
            .build_from_hir(&parsed.hir)
            .map_err(|error| too_large(&error))?;
        let groups = parsed.groups;
        Ok(Self { regex, groups })
    }

    /// The first match.
    ///
    /// # Errors
    /// When the search would take too long.
    pub fn first(&self, text: &str) -> Result<Option<Found>, TooMuch> {
        check_work(text, self.regex.memory_usage(), MOST_VISITS)?;
        Ok(self.at(text, 0, &mut self.regex.create_captures()))
    }

    /// All matches that don't overlap. An empty one right behind another match does not count.
    ///
    /// # Errors
    /// When the search would take too long, or there are too many matches.
    pub fn all(&self, text: &str) -> Result<Vec<Found>, TooMuch> {
        check_work(text, self.regex.memory_usage(), MOST_VISITS)?;
        let mut captures = self.regex.create_captures();
        let mut matches = Vec::new();
        let mut position = 0;
        let mut last_end = None;
        while position <= text.len() {
            let Some(found) = self.at(text, position, &mut captures) else {
                break;
            };
            let whole = found.whole();
            let repeats = whole.end == position && last_end == Some(whole.start);
            position = if whole.end == position {
                after(text, position)
            } else {
                whole.end
            };
            last_end = Some(whole.end);
            if repeats {
                continue;
            }
            if matches.len() == MOST_MATCHES {
                return Err(TooMuch::Matches);
            }
            check_work(text, matches.len(), MOST_SEARCHED)?;
            matches.push(found);
        }
        Ok(matches)
    }

    fn at(&self, text: &str, position: usize, captures: &mut Captures) -> Option<Found> {
        let input = Input::new(text).range(position..);
        self.regex.search_captures(&input, captures);
        captures.get_match()?;
        let span = |index| captures.get_group(index).map(|span| span.range());
        Some(Found((0..=self.groups.len()).map(span).collect()))
    }
}

fn check_work(text: &str, factor: usize, most: usize) -> Result<(), TooMuch> {
    if text.len().saturating_mul(factor) > most {
        return Err(TooMuch::Work);
    }
    Ok(())
}

/// The place after the character that stands at a place; one past the end at the end.
fn after(text: &str, position: usize) -> usize {
    let character = text[position..].chars().next();
    position + character.map_or(1, char::len_utf8)
}

fn too_large(error: &BuildError) -> Invalid {
    let why = match error.size_limit() {
        Some(_) => "it is too large".to_owned(),
        None => error.to_string(),
    };
    Invalid(why)
}
