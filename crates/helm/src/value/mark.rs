//! Where values were set, and why they can't be known.

use std::rc::Rc;

use smol_str::SmolStr;
use source::Span;

/// The most places, and the most causes, that one mark keeps: what is computed from hundreds of values is not better
/// explained by all of them.
const MOST: usize = 16;

/// For how many places there is room, once there are several.
const FEW: usize = 4;

/// Where something was set, what it came through, and why it can't be known where that is so. An empty mark costs nothing.
#[derive(Clone, Debug, Default)]
pub struct Mark {
    origin: Option<Rc<Origin>>,
    /// The actions of templates that it came through, innermost first. Nothing without an origin.
    via: Option<Rc<Via>>,
}

/// Where something was set, and why it can't be known.
#[derive(Clone, Debug, Default, PartialEq)]
struct Origin {
    /// The places that set it, the one that counts most first. Several when it was computed from several.
    places: Places,
    /// Why it can't be known; empty when it is known.
    unknowns: Vec<Rc<graph::Unknown>>,
}

/// Some places. Most often it is one, which needs no memory of its own.
#[derive(Clone, Debug, Default, PartialEq)]
enum Places {
    #[default]
    None,
    One(Place),
    /// At least two.
    Many(Vec<Place>),
}

/// A place that sets a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Text in a template.
    Template(Span),
    /// A node of a values file, and the path of its key there, such as `image.tag`; an empty one for the whole file. Maps have
    /// it too, so that a key that is missing knows where it would stand.
    Values(Span, Rc<str>),
    /// A node of a values file that lacks a key, and the path that the key would have.
    Unset(Span, Rc<str>),
    /// An argument of the command line, such as `--set image.tag=1`, and the path of the key that it sets.
    Argument(Rc<str>, Rc<str>),
    /// Text in the chart's other files, such as `Chart.yaml`.
    Chart(Span),
    /// Nothing that is written anywhere: the release's name, the cluster's capabilities; its name in templates.
    Given(SmolStr),
}

impl Place {
    /// The place of a key that the map at this place lacks.
    #[must_use]
    pub fn of_missing(&self, key: &str) -> Option<Self> {
        let Self::Values(span, path) = self else {
            return None;
        };
        let point = if path.is_empty() { "" } else { "." };
        Some(Self::Unset(*span, format!("{path}{point}{key}").into()))
    }

    /// Whether it is a key of a file of values, or one that such a file lacks.
    #[must_use]
    pub fn is_key(&self) -> bool {
        matches!(self, Self::Values(..) | Self::Unset(..))
    }

    /// The span, where it is one in a file.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Template(span)
            | Self::Values(span, _)
            | Self::Unset(span, _)
            | Self::Chart(span) => Some(*span),
            Self::Argument(..) | Self::Given(_) => None,
        }
    }
}

/// A list of the actions that something came through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Via {
    /// The action.
    pub span: Span,
    /// Those around it: the `include` of the template that the action stands in, and so on.
    pub outer: Option<Rc<Self>>,
}

impl Mark {
    /// The mark of what is set at one place.
    #[must_use]
    pub fn at(place: Place) -> Self {
        Self::from(Origin {
            places: Places::One(place),
            ..Origin::default()
        })
    }

    /// The mark of what can't be known.
    #[must_use]
    pub fn unknown(unknown: Rc<graph::Unknown>) -> Self {
        Self::from(Origin {
            unknowns: vec![unknown],
            ..Origin::default()
        })
    }

    /// The mark of what can't be known for the reasons that this one has; it says nothing where it has none.
    #[must_use]
    pub fn only_unknowns(&self) -> Self {
        Self::from(Origin {
            unknowns: self.unknowns().to_vec(),
            ..Origin::default()
        })
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.origin.is_none()
    }

    /// Whether what it marks can't be known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        !self.unknowns().is_empty()
    }

    /// Why what it marks can't be known.
    #[must_use]
    pub fn unknowns(&self) -> &[Rc<graph::Unknown>] {
        let origin = self.origin.as_deref();
        origin.map_or(&[], |origin| origin.unknowns.as_slice())
    }

    /// The places that set what it marks.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        let origin = self.origin.as_deref();
        origin.map_or(&[], |origin| origin.places.all())
    }

    /// The mark of the keys of values, written or not, that it has.
    #[must_use]
    pub fn keys(&self) -> Self {
        let keys = self.places().iter().filter(|place| place.is_key());
        Self::from(Origin {
            places: keys.cloned().collect(),
            ..Origin::default()
        })
    }

    /// The actions that what it marks came through, innermost first.
    pub fn via(&self) -> impl Iterator<Item = Span> {
        std::iter::successors(self.via.as_deref(), |via| via.outer.as_deref()).map(|via| via.span)
    }

    /// Whether both are one mark, which is cheaper to ask than whether they are equal.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        is_one(self.origin.as_ref(), other.origin.as_ref())
            && is_one(self.via.as_ref(), other.via.as_ref())
    }

    /// Whether both say the same.
    #[must_use]
    pub fn is_equal(&self, other: &Self) -> bool {
        self.is_same(other) || self.origin == other.origin && self.via().eq(other.via())
    }

    /// What is computed from both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let (Some(one), Some(two)) = (&self.origin, &other.origin) else {
            return if self.is_empty() { other } else { self }.clone();
        };
        if self.has(other) {
            return self.clone();
        }
        let mut union = (**one).clone();
        union.add(two);
        Self {
            origin: Some(Rc::new(union)),
            via: self.via.clone().or_else(|| other.via.clone()),
        }
    }

    /// The union of all.
    #[must_use]
    pub fn union_of<'a>(marks: impl IntoIterator<Item = &'a Self>) -> Self {
        let marks = marks.into_iter();
        marks.fold(Union::None, Union::with).finish()
    }

    /// Makes it the union of itself, whose origin nobody shares, and of another one.
    fn add(&mut self, mark: &Self) {
        let (Some(one), Some(two)) = (&mut self.origin, &mark.origin) else {
            return;
        };
        Rc::make_mut(one).add(two);
        if self.via.is_none() {
            self.via.clone_from(&mark.via);
        }
    }

    /// Whether the union of both is this one.
    fn has(&self, other: &Self) -> bool {
        let (Some(one), Some(two)) = (&self.origin, &other.origin) else {
            return other.is_empty();
        };
        let takes_via = self.via.is_none() && other.via.is_some();
        Rc::ptr_eq(one, two) || one.has(two) && !takes_via
    }

    /// Whether it came through the first action of a list already, or through nothing because it says nothing.
    #[must_use]
    pub fn came_through(&self, via: &Via) -> bool {
        self.is_empty() || self.via().any(|span| span == via.span)
    }

    /// The mark of something that came through one more action. `via` is that action and those around it now; what came
    /// through it already is returned as it is.
    #[must_use]
    pub fn through(&self, via: &Rc<Via>) -> Self {
        if self.came_through(via) {
            return self.clone();
        }
        let earlier: Vec<Span> = self.via().take(MOST).collect();
        Self {
            origin: self.origin.clone(),
            via: Some(prepend(&earlier, via)),
        }
    }
}

/// The union of marks that are met one after the other. Mostly the first one has all of it, and nothing need be made.
enum Union<'m> {
    None,
    First(&'m Mark),
    Whole(Mark),
}

impl<'m> Union<'m> {
    fn with(self, mark: &'m Mark) -> Self {
        match self {
            Self::None if mark.is_empty() => self,
            Self::None => Self::First(mark),
            Self::First(first) if first.has(mark) => self,
            Self::First(first) => Self::Whole(first.union(mark)),
            Self::Whole(mut whole) => {
                whole.add(mark);
                Self::Whole(whole)
            }
        }
    }

    fn finish(self) -> Mark {
        match self {
            Self::None => Mark::default(),
            Self::First(first) => first.clone(),
            Self::Whole(whole) => whole,
        }
    }
}

/// Marks on their way through one more action. Those beside each other came the same way mostly, and share what becomes of it.
pub(super) struct Passage<'v> {
    via: &'v Rc<Via>,
    /// The way of the last mark, and what became of it.
    last: Option<(Rc<Via>, Rc<Via>)>,
}

impl<'v> Passage<'v> {
    pub(super) fn new(via: &'v Rc<Via>) -> Self {
        Self { via, last: None }
    }

    /// What becomes of a mark.
    pub(super) fn of(&mut self, mark: &Mark) -> Mark {
        if let (Some(way), Some((before, behind))) = (&mark.via, &self.last)
            && Rc::ptr_eq(way, before)
        {
            return Mark {
                origin: mark.origin.clone(),
                via: Some(Rc::clone(behind)),
            };
        }
        let passed = mark.through(self.via);
        self.last = mark.via.clone().zip(passed.via.clone());
        passed
    }
}

/// The list may be as long as templates can call each other.
impl Drop for Via {
    fn drop(&mut self) {
        let mut outer = self.outer.take();
        while let Some(mut via) = outer.and_then(Rc::into_inner) {
            outer = via.outer.take();
        }
    }
}

impl From<Origin> for Mark {
    fn from(origin: Origin) -> Self {
        Self {
            origin: (!origin.is_empty()).then(|| Rc::new(origin)),
            via: None,
        }
    }
}

fn is_one<T>(one: Option<&Rc<T>>, other: Option<&Rc<T>>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => Rc::ptr_eq(one, other),
        _ => false,
    }
}

impl Origin {
    fn is_empty(&self) -> bool {
        matches!(self.places, Places::None) && self.unknowns.is_empty()
    }

    /// Whether the union of both is this one.
    fn has(&self, other: &Self) -> bool {
        has(self.places.all(), other.places.all()) && has(&self.unknowns, &other.unknowns)
    }

    fn add(&mut self, other: &Self) {
        for place in other.places.all() {
            self.places.add(place);
        }
        for unknown in &other.unknowns {
            if self.unknowns.len() < MOST && !self.unknowns.contains(unknown) {
                self.unknowns.push(Rc::clone(unknown));
            }
        }
    }
}

impl Places {
    fn all(&self) -> &[Place] {
        match self {
            Self::None => &[],
            Self::One(place) => std::slice::from_ref(place),
            Self::Many(places) => places,
        }
    }

    fn add(&mut self, place: &Place) {
        if has(self.all(), std::slice::from_ref(place)) {
            return;
        }
        *self = match std::mem::take(self) {
            Self::None => Self::One(place.clone()),
            Self::One(first) => {
                let mut places = Vec::with_capacity(FEW);
                places.extend([first, place.clone()]);
                Self::Many(places)
            }
            Self::Many(mut places) => {
                places.push(place.clone());
                Self::Many(places)
            }
        };
    }
}

impl FromIterator<Place> for Places {
    fn from_iter<I: IntoIterator<Item = Place>>(places: I) -> Self {
        let mut all = Self::None;
        for place in places {
            all.add(&place);
        }
        all
    }
}

/// Whether adding more to all changes nothing.
fn has<T: PartialEq>(all: &[T], more: &[T]) -> bool {
    all.len() >= MOST || more.iter().all(|item| all.contains(item))
}

fn prepend(spans: &[Span], via: &Rc<Via>) -> Rc<Via> {
    let outermost_first = spans.iter().rev();
    outermost_first.fold(Rc::clone(via), |outer, span| {
        Rc::new(Via {
            span: *span,
            outer: Some(outer),
        })
    })
}
