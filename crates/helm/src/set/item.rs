//! Items of lists: `a[0]=x`, `a[0].b=x`, `a[0][1]=x`.

use super::key::not;
use super::typed::string;
use super::{Parser, Stop, failed};
use crate::template::quote;
use crate::value::{Data, List, ListType, Map, MapType, Type, Value};

/// The largest index.
const LARGEST: usize = 65_536;

/// How many lists may stand in each other, and how many items all lists of an argument may get: Helm has no bound.
const DEEPEST: usize = 100;
const MOST: usize = 1_000_000;

/// The list, also where reading stopped.
type Items = (Vec<Value>, Result<(), Stop>);

impl Parser<'_> {
    /// Reads the number before `]`.
    pub(super) fn index(&mut self) -> Result<i64, Stop> {
        let (text, stop) = self.scanner.until(&[']']);
        if stop.is_none() {
            return failed("error parsing index: EOF");
        }
        text.parse().or_else(|_| {
            let text = quote(text.as_bytes());
            let message =
                format!("error parsing index: strconv.Atoi: parsing {text}: invalid syntax");
            failed(message)
        })
    }

    /// Reads what stands behind an index, and sets it in the list.
    pub(super) fn item(
        &mut self,
        mut list: Vec<Value>,
        index: i64,
        path: &str,
        depth: usize,
    ) -> Items {
        let Ok(index) = usize::try_from(index) else {
            return (list, failed(format!("negative {index} index not allowed")));
        };
        let path = format!("{path}[{index}]");
        let (text, stop) = self.scanner.until(&['[', '.', '=']);
        if !text.is_empty() {
            let message = unexpected(&text);
            return (list, failed(message));
        }
        let value = match stop {
            None => Err(Stop::End),
            Some('=') => self
                .value(&path)
                .map(|value| value.unwrap_or_else(|| string("", &self.mark(&path)))),
            Some('[') => self.inner_list(&list, index, &path, depth),
            Some(_) => self.inner_map(&mut list, index, &path, depth),
        };
        match value {
            Ok(value) => {
                let result = self.put_item(&mut list, index, value);
                (list, result)
            }
            Err(stop) => (list, Err(stop)),
        }
    }

    fn inner_list(
        &mut self,
        list: &[Value],
        index: usize,
        path: &str,
        depth: usize,
    ) -> Result<Value, Stop> {
        self.lists += 1;
        if self.lists > DEEPEST {
            return failed(format!("more than {DEEPEST} lists stand in each other"));
        }
        let next = self.index()?;
        let inner = match list.get(index).map(|value| &value.data) {
            None | Some(Data::Nil) => Vec::new(),
            Some(Data::List(inner)) => inner.items().to_vec(),
            Some(_) => return failed(not(&list[index], Type::LIST)),
        };
        let (inner, result) = self.item(inner, next, path, depth);
        result?;
        let inner = Value::new(Data::List(List::new(&ListType::ANY, inner)));
        Ok(inner.marked(self.mark(path)))
    }

    fn inner_map(
        &mut self,
        list: &mut [Value],
        index: usize,
        path: &str,
        depth: usize,
    ) -> Result<Value, Stop> {
        let old = list.get(index).and_then(Value::as_map).cloned();
        let inner = old.unwrap_or_else(|| Map::new(&MapType::ANY, []));
        let value = Value::new(Data::Map(inner.clone())).marked(self.mark(path));
        // What is no map is replaced, also where reading stops.
        if let Some(item) = list.get_mut(index).filter(|item| item.as_map().is_none()) {
            *item = value.clone();
        }
        self.key(&inner, path, depth)?;
        Ok(value)
    }

    fn put_item(&mut self, list: &mut Vec<Value>, index: usize, value: Value) -> Result<(), Stop> {
        if index > LARGEST {
            return failed(format!(
                "index of {index} is greater than maximum supported index of {LARGEST}"
            ));
        }
        self.items += index;
        if self.items > MOST {
            return failed(format!("the lists have more than {MOST} items"));
        }
        if list.len() <= index {
            list.resize_with(index + 1, Value::nil);
        }
        if let Some(item) = list.get_mut(index) {
            *item = value;
        }
        Ok(())
    }
}

/// Go shows the characters one by one.
fn unexpected(text: &str) -> String {
    let characters: Vec<String> = text.chars().map(|one| format!("'{one}'")).collect();
    let characters = characters.join(" ");
    format!("unexpected data at end of array index: [{characters}]")
}
