//! The texts of many candidates, in which a word is found at once: a filter is asked with each letter that is typed.

use std::iter;

use check::Check;
use foldhash::HashMap;
use memchr::memmem::Finder;
use rayon::prelude::*;

use super::candidate::Candidate;
use super::field::Field;
use super::{Query, Term, Test};

/// What no word contains, between texts.
const BETWEEN: char = '\n';

/// What names and tells each of many candidates, in small letters, one behind the other.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    text: String,
    /// Where the text of each ends.
    ends: Vec<usize>,
}

impl Texts {
    /// The texts of candidates.
    pub fn of<'a>(candidates: impl Iterator<Item = Candidate<'a>> + Clone) -> Self {
        let length = |one: Candidate<'_>| one.texts().iter().map(|text| text.len() + 1).sum();
        let (number, _) = candidates.size_hint();
        let mut all = Self {
            text: String::with_capacity(candidates.clone().map::<usize, _>(length).sum()),
            ends: Vec::with_capacity(number),
        };
        for candidate in candidates {
            for text in candidate.texts() {
                match text.is_ascii() {
                    true => all
                        .text
                        .extend(text.chars().map(|letter| letter.to_ascii_lowercase())),
                    false => all.text.push_str(&text.to_lowercase()),
                }
                all.text.push(BETWEEN);
            }
            all.ends.push(all.text.len());
        }
        all
    }

    /// In which texts a word in small letters occurs.
    fn having(&self, word: &str) -> Vec<bool> {
        let finder = Finder::new(word);
        let mut having = vec![false; self.ends.len()];
        let (mut at, mut index) = (0, 0);
        while let Some(found) = self
            .text
            .as_bytes()
            .get(at..)
            .and_then(|rest| finder.find(rest))
        {
            let found = at + found;
            index += self.ends[index..].partition_point(|end| *end <= found);
            let Some(end) = self.ends.get(index) else {
                break;
            };
            having[index] = true;
            at = *end;
        }
        having
    }
}

impl Query {
    /// Which candidates are wanted, by their numbers: what [`Query::matches`] says of each.
    pub fn wanted<'a>(
        &self,
        texts: &Texts,
        candidate: impl Fn(usize) -> Option<Candidate<'a>> + Sync,
    ) -> Vec<bool> {
        let mut wanted = vec![true; texts.ends.len()];
        let mut rest: Vec<&Term> = Vec::new();
        for term in &self.terms {
            match &term.test {
                Test::Text(word) if !word.contains(BETWEEN) => {
                    let having = texts.having(word);
                    for (wanted, has) in iter::zip(&mut wanted, having) {
                        *wanted &= has != term.is_negated;
                    }
                }
                _ => rest.push(term),
            }
        }
        let is_of_check = |term: &&Term| matches!(term.test, Test::Field(Field::Check, _));
        let (of_checks, others): (Vec<&Term>, Vec<&Term>) = rest.into_iter().partition(is_of_check);
        if !(of_checks.is_empty() && others.is_empty()) {
            let is_wanted = |known: &mut HashMap<*const Check, bool>, index| {
                let one = candidate(index)?;
                let holds = || of_checks.iter().all(|term| term.holds(&one));
                // There are few checks, and each has many names.
                let by_check = match one.check {
                    Some(check) => *known.entry(std::ptr::from_ref(check)).or_insert_with(holds),
                    None => holds(),
                };
                Some(by_check && others.iter().all(|term| term.holds(&one)))
            };
            let all = wanted.par_iter_mut().enumerate();
            all.for_each_init(HashMap::default, |known, (index, wanted)| {
                *wanted = *wanted && is_wanted(known, index).unwrap_or_default();
            });
        }
        wanted
    }
}
