//! Objects that were read before. One whose text is the same object in memory is the same as it was.

use std::collections::HashMap;
use std::sync::Arc;

use source::Problem;

use super::head::Head;
use super::made::Fate;
use crate::project::read::Manifests;

/// What names an object, where that can be read.
pub(super) type Named = Arc<Result<Head, Problem>>;

/// Objects that were read before, in their order.
#[derive(Default)]
pub(crate) struct ReadObjects {
    objects: Vec<Known>,
    /// What became of those that an object makes, by the text of that.
    made: HashMap<usize, Group>,
}

struct Known {
    text: Arc<str>,
    named: Named,
    /// What it gave, where it is judged by itself.
    judged: Option<Arc<Manifests>>,
}

/// The objects that one makes.
#[derive(Clone)]
pub(super) struct Group {
    pub(super) maker: Maker,
    pub(super) texts: Vec<Arc<str>>,
    pub(super) fates: Vec<GroupFate>,
}

/// An object that makes others.
#[derive(Clone)]
pub(super) struct Maker {
    pub(super) text: Arc<str>,
    /// That in which it is judged.
    pub(super) judged: Arc<str>,
    /// Whether nothing of it runs.
    pub(super) is_over: bool,
}

/// What became of an object in a group, wherever the group stands.
#[derive(Clone)]
pub(super) enum GroupFate {
    Judged(Arc<Manifests>),
    /// It is judged as the maker is.
    AsMaker,
    /// It is judged as another of the group is.
    As(usize),
    Over,
    Unread(Problem),
}

/// Which text this is, as long as somebody holds it.
fn identity(text: &Arc<str>) -> usize {
    Arc::as_ptr(text).addr()
}

impl Maker {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text)
            && Arc::ptr_eq(&self.judged, &other.judged)
            && self.is_over == other.is_over
    }
}

impl ReadObjects {
    /// What is known of the objects with these texts, in their order.
    pub(super) fn of(&self, texts: &[Arc<str>]) -> Vec<Option<usize>> {
        let is_at = |index: usize, text: &Arc<str>| {
            let known = self.objects.get(index);
            known.is_some_and(|known| Arc::ptr_eq(&known.text, text))
        };
        let mut shift = 0_isize;
        let mut by_text = None;
        let rows = texts.iter().enumerate().map(|(index, text)| {
            let near = index.checked_add_signed(shift);
            if let Some(near) = near.filter(|near| is_at(*near, text)) {
                return Some(near);
            }
            let by_text = by_text.get_or_insert_with(|| self.by_text());
            let found: Option<usize> = by_text.get(&identity(text)).copied();
            if let Some(found) = found {
                // The next ones most likely moved as far.
                shift = found.cast_signed() - index.cast_signed();
            }
            found
        });
        rows.collect()
    }

    fn by_text(&self) -> HashMap<usize, usize> {
        let known = self.objects.iter().enumerate();
        known
            .map(|(index, known)| (identity(&known.text), index))
            .collect()
    }

    pub(super) fn named(&self, index: usize) -> Named {
        Arc::clone(&self.objects[index].named)
    }

    pub(super) fn judged(&self, index: usize) -> Option<&Arc<Manifests>> {
        self.objects[index].judged.as_ref()
    }

    /// What became of the objects of a maker, if all are what they were.
    pub(super) fn group(&self, maker: &Maker, texts: &[Arc<str>]) -> Option<&Group> {
        let group = self.made.get(&identity(&maker.text))?;
        let mut pairs = group.texts.iter().zip(texts);
        let is_same = group.maker.is(maker)
            && group.texts.len() == texts.len()
            && pairs.all(|(one, other)| Arc::ptr_eq(one, other));
        is_same.then_some(group)
    }

    /// What was read now, for the next time.
    pub(super) fn next<'a>(
        texts: &[Arc<str>],
        named: &[Named],
        fates: impl Iterator<Item = Option<&'a Fate>>,
        groups: Vec<Group>,
    ) -> Self {
        let rows = texts.iter().zip(named).zip(fates);
        let objects = rows.map(|((text, named), fate)| Known {
            text: Arc::clone(text),
            named: Arc::clone(named),
            judged: match fate {
                Some(Fate::Judged(judged)) => Some(Arc::clone(judged)),
                _ => None,
            },
        });
        let made = groups.into_iter();
        Self {
            objects: objects.collect(),
            made: made
                .map(|group| (identity(&group.maker.text), group))
                .collect(),
        }
    }
}
