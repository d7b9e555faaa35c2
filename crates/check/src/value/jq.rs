//! What jq's core and standard library ask of a value.

use std::sync::Arc;

use graph::{Type, Unknown};
use jaq_core::box_iter::box_once;
use jaq_core::path::Opt;
use jaq_core::val::Range;
use jaq_core::{Error, ValR, ValT, ValX};
use smol_str::SmolStr;

use super::view::Elements;
use super::{MissingPlace, Place, Spot, UnknownValue, Value, View, update};
use crate::run;

type Values = Box<dyn Iterator<Item = ValR<Value>>>;

/// jq's name of a value's type.
pub(crate) fn kind_name(kind: Type) -> &'static str {
    match kind {
        Type::Null => "null",
        Type::Bool => "boolean",
        Type::Number => "number",
        Type::String => "string",
        Type::List => "array",
        Type::Map => "object",
    }
}

impl ValT for Value {
    fn from_num(number: &str) -> ValR<Self> {
        number
            .parse()
            .map(Self::Float)
            .map_err(|_| Error::str(format_args!("{number} is not a number")))
    }

    fn from_map<I: IntoIterator<Item = (Self, Self)>>(entries: I) -> ValR<Self> {
        let entries = entries.into_iter().map(|(key, value)| match key.as_text() {
            Some(text) => Ok((SmolStr::from(text), value)),
            None => Err(Error::typ(key, "object key")),
        });
        Ok(Self::object(entries.collect::<Result<Vec<_>, _>>()?))
    }

    fn key_values(self) -> Box<dyn Iterator<Item = ValR<(Self, Self), Self>>> {
        if let Some(unknown) = self.as_unknown() {
            return Box::new(some_entry(&unknown, None).map(Ok).into_iter());
        }
        match self.view() {
            View::Object(entries) => {
                let rest = entries.open().map(|(spot, open)| spot.rest(open));
                let rest = rest.and_then(|rest| some_entry(&rest, Some(Type::String)));
                let pairs: Vec<_> = entries
                    .keys()
                    .zip(entries.values())
                    .map(|(key, value)| (Self::Text(key.clone()), value))
                    .chain(rest)
                    .map(Ok)
                    .collect();
                Box::new(pairs.into_iter())
            }
            View::Array(_) => {
                let values = (0_usize..).zip(self.values());
                Box::new(values.map(|(index, value)| Ok((index.into(), value?))))
            }
            _ => box_once(Err(Error::typ(self, "iterable (array or object)"))),
        }
    }

    fn values(self) -> Values {
        if let Some(unknown) = self.as_unknown() {
            return Box::new(some_element(&unknown).map(Ok).into_iter());
        }
        match self {
            Self::Array(elements) => {
                Box::new((0..elements.len()).map(move |index| Ok(elements[index].clone())))
            }
            Self::Object(entries) => {
                Box::new((0..entries.len()).map(move |index| Ok(entries[index].1.clone())))
            }
            Self::Node(place) if matches!(place.kind(), Some(Type::List | Type::Map)) => {
                node_values(place)
            }
            value => box_once(Err(Error::typ(value, "iterable (array or object)"))),
        }
    }

    fn index(self, index: &Self) -> ValR<Self> {
        run::spend(1);
        if let Some(unknown) = self.as_unknown() {
            return Ok(unknown.computed(("index", index.to_string())));
        }
        match (self.view(), index.view()) {
            (View::Object(entries), View::Text(key)) => Ok(self.member(entries, key)),
            (View::Array(elements), View::Int(index)) => Ok(element(elements, index)),
            (View::Null, View::Text(key)) => Ok(self.missing(key)),
            (View::Null, View::Int(_) | View::Null) => Ok(Self::Null),
            _ => Err(Error::index(self, index.clone())),
        }
    }

    fn range(self, range: Range<&Self>) -> ValR<Self> {
        if let Some(unknown) = self.as_unknown() {
            return Ok(unknown.computed((
                "range",
                range.start.map(ToString::to_string),
                range.end.map(ToString::to_string),
            )));
        }
        match self.view() {
            View::Array(elements) => {
                let (start, count) = bounds(range, elements.len())?;
                Ok(Self::array(
                    elements.values().skip(start).take(count).collect(),
                ))
            }
            View::Text(text) => {
                let (start, count) = bounds(range, text.chars().count())?;
                Ok(Self::from(
                    text.chars().skip(start).take(count).collect::<String>(),
                ))
            }
            View::Null => Ok(Self::Null),
            _ => Err(Error::typ(self, "rangeable (array or string)")),
        }
    }

    fn map_values<'a, I: Iterator<Item = ValX<'a, Self>>>(
        self,
        opt: Opt,
        f: impl Fn(Self) -> I,
    ) -> ValX<'a, Self> {
        update::values(self, opt, f)
    }

    fn map_index<'a, I: Iterator<Item = ValX<'a, Self>>>(
        self,
        index: &Self,
        opt: Opt,
        f: impl Fn(Self) -> I,
    ) -> ValX<'a, Self> {
        update::index(self, index, opt, f)
    }

    fn map_range<'a, I: Iterator<Item = ValX<'a, Self>>>(
        self,
        range: Range<&Self>,
        opt: Opt,
        f: impl Fn(Self) -> I,
    ) -> ValX<'a, Self> {
        update::range(self, range, opt, f)
    }

    fn as_bool(&self) -> bool {
        match self.as_unknown() {
            Some(unknown) => unknown.ask_truth(),
            None => !matches!(self.view(), View::Null | View::Bool(false)),
        }
    }

    fn into_string(self) -> Self {
        match self.view() {
            View::Text(_) => self,
            View::Unknown(_) | View::Partial => {
                let unknown = self.as_unknown();
                unknown.map_or(Self::Null, |unknown| {
                    unknown.computed_kind("text", Type::String)
                })
            }
            _ => Self::from(self.to_string()),
        }
    }
}

/// The one element that stands for all those of an unknown list or map, if this run assumes that there are any.
fn some_element(unknown: &UnknownValue) -> Option<Value> {
    unknown.ask_filled().then(|| unknown.computed("element"))
}

/// The one entry that stands for all those of an unknown list or map, alike. The key of a map is text.
fn some_entry(unknown: &UnknownValue, key: Option<Type>) -> Option<(Value, Value)> {
    let value = some_element(unknown)?;
    let key = match key {
        Some(kind) => unknown.computed_kind("key", kind),
        None => unknown.computed("key"),
    };
    Some((key, value))
}

fn node_values(place: Place) -> Values {
    let tree = &place.resource.tree;
    // A symbolic element is what any further one is like.
    let is_told = tree.children(place.node).any(|node| tree.is_symbolic(node));
    let rest = tree.open(place.node).filter(|_| !is_told);
    let rest = rest.map(|open| place.spot().rest(open));
    let first = tree.first(place.node);
    let nodes = std::iter::successors(first, {
        let resource = Arc::clone(&place.resource);
        move |node| resource.tree.next(*node)
    });
    let known = nodes.filter_map(move |node| {
        run::spend(1);
        let element = place.at(node);
        element
            .spot()
            .ask_there()
            .then_some(Ok(Value::Node(element)))
    });
    Box::new(
        known.chain(
            rest.into_iter()
                .filter_map(|rest| some_element(&rest).map(Ok)),
        ),
    )
}

/// The element of an open list at an index: one that is sure to be there, or what may be there.
fn open_element(
    elements: Elements<'_>,
    spot: Spot<'_>,
    open: &Arc<Unknown>,
    index: isize,
) -> Value {
    let unknown = || spot.rest(open).computed(("index", index));
    let Ok(index) = usize::try_from(index) else {
        return unknown();
    };
    let mut nodes = spot.children();
    let is_sure = |element: &Spot<'_>| !spot.tree().is_symbolic(element.node);
    match nodes.nth(index) {
        Some(element) if is_sure(&element) => return Value::Node(element.place()),
        _ => {}
    }
    // One of several that may be there might be any of them.
    let mut symbolic = spot.children().filter(|element| !is_sure(element));
    match (symbolic.next(), symbolic.next()) {
        (Some(element), None) if elements.len() == index + 1 => match element.ask_there() {
            true => Value::Node(element.place()),
            false => Value::Null,
        },
        _ => unknown(),
    }
}

fn element(elements: Elements<'_>, index: isize) -> Value {
    if let Some((spot, open)) = elements.open() {
        return open_element(elements, spot, open, index);
    }
    let from_end = || elements.len().checked_sub(index.unsigned_abs());
    let index = if index < 0 {
        from_end()
    } else {
        usize::try_from(index).ok()
    };
    index
        .and_then(|index| elements.values().nth(index))
        .unwrap_or(Value::Null)
}

/// The first element and the number of elements of a range, after jq: negative bounds count from the end.
pub(super) fn bounds(range: Range<&Value>, length: usize) -> Result<(usize, usize), Error<Value>> {
    let clamp = |bound: Option<&Value>, default: usize| match bound
        .map(|bound| (bound, bound.view()))
    {
        None | Some((_, View::Null)) => Ok(default),
        Some((_, View::Int(index))) if index < 0 => Ok(length.saturating_sub(index.unsigned_abs())),
        Some((_, View::Int(index))) => Ok(usize::try_from(index).unwrap_or(length).min(length)),
        Some((bound, _)) => Err(Error::typ(bound.clone(), "integer")),
    };
    let (start, end) = (clamp(range.start, 0)?, clamp(range.end, length)?);
    Ok((start, end.saturating_sub(start)))
}

impl Value {
    fn member(&self, entries: Elements<'_>, key: &str) -> Self {
        if let Some(value) = entries.get(key) {
            return value;
        }
        match entries.open() {
            Some((spot, open)) => spot.rest(open).computed(("index", key)),
            None => self.missing(key),
        }
    }

    /// `null` for a key of a map, or of something missing or null, that is not there.
    fn missing(&self, key: &str) -> Self {
        let missing = match self {
            Self::Node(place) => MissingPlace {
                place: place.clone(),
                keys: vec![key.into()],
            },
            Self::Missing(missing) => {
                let mut keys = missing.keys.clone();
                keys.push(key.into());
                MissingPlace {
                    place: missing.place.clone(),
                    keys,
                }
            }
            _ => return Self::Null,
        };
        Self::Missing(Arc::new(missing))
    }
}

impl Place {
    fn kind(&self) -> Option<Type> {
        self.resource.tree.node(self.node).data.kind()
    }
}

impl jaq_std::ValT for Value {
    fn into_seq<S: FromIterator<Self>>(self) -> Result<S, Self> {
        match self.view() {
            View::Array(elements) => Ok(elements.values().collect()),
            _ => Err(self),
        }
    }

    fn is_int(&self) -> bool {
        matches!(self.view(), View::Int(_))
    }

    fn as_isize(&self) -> Option<isize> {
        match self.view() {
            View::Int(value) => Some(value),
            _ => None,
        }
    }

    fn as_f64(&self) -> Option<f64> {
        self.number()
    }

    fn is_utf8_str(&self) -> bool {
        self.as_text().is_some()
    }

    fn as_bytes(&self) -> Option<&[u8]> {
        self.as_text().map(str::as_bytes)
    }

    fn as_sub_str(&self, part: &[u8]) -> Self {
        Self::from(String::from_utf8_lossy(part).into_owned())
    }

    fn from_utf8_bytes(bytes: impl AsRef<[u8]> + Send + 'static) -> Self {
        Self::from(String::from_utf8_lossy(bytes.as_ref()).into_owned())
    }
}
