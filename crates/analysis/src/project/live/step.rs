//! What happened to objects between two snapshots: which changed, which came, and which went.

use std::sync::Arc;

use foldhash::HashMap;

use super::head::Head;
use super::numbers::{Named, Numbers};
use super::object::How;

/// How many times more objects there must be than those that something happened to, for these to be looked at one by one.
const FEW: usize = 8;

/// How many are looked at one by one anyway.
const ALWAYS: usize = 4;

/// How far it is looked for where two lists are the same again, before all is looked through.
const NEAR: usize = 64;

/// What happened to objects.
#[derive(Default)]
pub(super) struct Step {
    /// The numbers of those that are the same things with other texts, where they stand now, and what names them now.
    pub(super) changed: Vec<(usize, usize, Named)>,
    /// The numbers of those that are no more.
    pub(super) gone: Vec<usize>,
    /// Where those stand that are new, and what names them, in their order.
    pub(super) come: Vec<(usize, Named)>,
}

/// Two lists, and how far it is known what became of the first in the second.
struct Walk<'a> {
    numbers: &'a Numbers,
    texts: &'a [Arc<str>],
    old: usize,
    new: usize,
    /// Where the objects of before stand by their texts, as soon as that is needed.
    by_text: Option<HashMap<usize, usize>>,
}

impl Step {
    /// What happened to objects until they had these texts. Nothing where it happened to most, their order is another, or it can't be
    /// told of which object a text is.
    pub(super) fn of(numbers: &Numbers, texts: &[Arc<str>], how: &How<'_>) -> Option<Self> {
        let mut step = Self::default();
        let mut walk = Walk {
            numbers,
            texts,
            old: 0,
            new: 0,
            by_text: None,
        };
        while let Some((old, new)) = walk.next_gap() {
            let gap = (walk.old..walk.old + old, walk.new..walk.new + new);
            let size = step.size() + old.max(new);
            if size > ALWAYS && size * FEW > texts.len() {
                return None;
            }
            step.settle(numbers, texts, gap, how)?;
            walk.old += old;
            walk.new += new;
        }
        walk.is_at_end().then_some(step)
    }

    fn size(&self) -> usize {
        self.changed.len() + self.gone.len() + self.come.len()
    }

    /// Says what became of objects in whose place there are others now.
    fn settle(
        &mut self,
        numbers: &Numbers,
        texts: &[Arc<str>],
        (old, new): (std::ops::Range<usize>, std::ops::Range<usize>),
        how: &How<'_>,
    ) -> Option<()> {
        fn key(head: &Head) -> (&str, &str, &str) {
            (&head.kind, &head.metadata.namespace, &head.metadata.name)
        }
        let old = &numbers.order[old];
        let heads = old.iter().map(|number| numbers.head(*number));
        let heads: Vec<&Head> = heads.collect::<Option<_>>()?;
        let keys = heads.iter().enumerate();
        let by_key: HashMap<_, usize> = keys.map(|(at, head)| (key(head), at)).collect();
        let mut next = 0;
        for index in new {
            let named = how.named(&texts[index]);
            let head = (*named).as_ref().ok()?;
            let same = by_key.get(&key(head)).copied();
            match same.filter(|at| *at >= next && heads[*at].is_alike(head)) {
                Some(at) => {
                    self.gone.extend(&old[next..at]);
                    self.changed.push((old[at], index, named));
                    next = at + 1;
                }
                None => self.come.push((index, named)),
            }
        }
        self.gone.extend(&old[next..]);
        Some(())
    }
}

impl Walk<'_> {
    /// Goes on to where the lists differ, and tells how many of each stand there. Nothing at the end of both, and where the order is
    /// another.
    fn next_gap(&mut self) -> Option<(usize, usize)> {
        while self.is_same(0, 0) && !self.is_at_end() {
            self.old += 1;
            self.new += 1;
        }
        if self.is_at_end() {
            return None;
        }
        let sums = 1..=NEAR;
        let mut near = sums.flat_map(|sum| (0..=sum).map(move |old| (old, sum - old)));
        near.find(|(old, new)| self.is_same(*old, *new))
            .or_else(|| self.far())
    }

    fn is_at_end(&self) -> bool {
        self.old == self.numbers.order.len() && self.new == self.texts.len()
    }

    /// Whether the same text stands so far ahead in both, or both end there.
    fn is_same(&self, old: usize, new: usize) -> bool {
        let number = self.numbers.order.get(self.old + old);
        match (number, self.texts.get(self.new + new)) {
            (Some(number), Some(text)) => Arc::ptr_eq(self.numbers.text(*number), text),
            (None, None) => {
                let ends = (self.numbers.order.len(), self.texts.len());
                (self.old + old, self.new + new) == ends
            }
            _ => false,
        }
    }

    /// The next place at which both are the same, however far it is.
    fn far(&mut self) -> Option<(usize, usize)> {
        let numbers = self.numbers;
        let by_text = self.by_text.get_or_insert_with(|| {
            let known = numbers.order.iter().enumerate();
            let known = known.map(|(at, number)| (identity(numbers.text(*number)), at));
            known.collect()
        });
        let rest = self.texts[self.new..].iter().enumerate();
        let mut known = rest.filter_map(|(new, text)| Some((*by_text.get(&identity(text))?, new)));
        match known.next() {
            Some((at, new)) => Some((at.checked_sub(self.old)?, new)),
            None => Some((numbers.order.len() - self.old, self.texts.len() - self.new)),
        }
    }
}

/// Which text this is, as long as somebody holds it.
pub(super) fn identity(text: &Arc<str>) -> usize {
    Arc::as_ptr(text).addr()
}
