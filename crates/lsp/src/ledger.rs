//! What the client was told of each file, numbered, so that it need not be told again.

use std::collections::HashMap;
use std::sync::Arc;

use crate::types::{Diagnostic, Uri};

/// The name of the result for a file of which there is nothing to tell.
const NOTHING: &str = "0";

/// What the client was told of each file.
#[derive(Default)]
pub(crate) struct Ledger {
    told: HashMap<Uri, Entry>,
    /// What was sent without being asked for, to a client that asks for documents.
    sent: HashMap<Uri, u64>,
    /// The number of the last entry.
    last: u64,
}

struct Entry {
    number: u64,
    list: Arc<[Diagnostic]>,
}

/// What is answered to a client that asks for the diagnostics of a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Report {
    /// All of them, with the name of the result.
    Full(String, Arc<[Diagnostic]>),
    /// The result of this name still holds.
    Unchanged(String),
}

impl Ledger {
    /// The files of which something was told.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Uri> {
        self.told.keys()
    }

    /// Takes note of lists, and returns those that are news.
    pub(crate) fn note(
        &mut self,
        named: HashMap<Uri, Arc<[Diagnostic]>>,
    ) -> Vec<(Uri, Arc<[Diagnostic]>)> {
        let named = named.into_iter();
        let mut news: Vec<_> = named.filter(|one| self.is_news(one)).collect();
        news.sort_by(|(one, _), (other, _)| one.as_str().cmp(other.as_str()));
        for (uri, list) in &news {
            self.last += 1;
            let entry = Entry {
                number: self.last,
                list: Arc::clone(list),
            };
            match list.is_empty() {
                true => self.told.remove(uri),
                false => self.told.insert(uri.clone(), entry),
            };
        }
        news
    }

    fn is_news(&mut self, (uri, list): &(Uri, Arc<[Diagnostic]>)) -> bool {
        let Some(told) = self.told.get_mut(uri) else {
            return !list.is_empty();
        };
        if !Arc::ptr_eq(&told.list, list) {
            if told.list != *list {
                return true;
            }
            // So that the next time they need not be compared.
            told.list = Arc::clone(list);
        }
        false
    }

    /// What to send so that the client knows of these files, which it does not ask for, and of no others.
    pub(crate) fn unasked(
        &mut self,
        is_sent: impl Fn(&Uri) -> bool,
    ) -> Vec<(Uri, Arc<[Diagnostic]>)> {
        let told = self.told.iter().filter(|(uri, _)| is_sent(uri));
        let wanted: HashMap<Uri, u64> = told.map(|(uri, one)| (uri.clone(), one.number)).collect();
        let gone = self.sent.keys().filter(|uri| !wanted.contains_key(*uri));
        let gone = gone.map(|uri| (uri.clone(), Arc::from([])));
        let new = wanted
            .iter()
            .filter(|(uri, number)| self.sent.get(*uri) != Some(*number));
        let new = new.map(|(uri, _)| (uri.clone(), Arc::clone(&self.told[uri].list)));
        let mut all: Vec<_> = gone.chain(new).collect();
        all.sort_by(|(one, _), (other, _)| one.as_str().cmp(other.as_str()));
        self.sent = wanted;
        all
    }

    /// What is answered for a file to a client that knows the result of this name.
    pub(crate) fn report(&self, uri: &Uri, known: Option<&str>) -> Report {
        let entry = self.told.get(uri);
        let name = entry.map_or_else(|| NOTHING.to_owned(), |entry| entry.number.to_string());
        if known == Some(name.as_str()) {
            return Report::Unchanged(name);
        }
        let list = entry.map_or_else(|| Arc::from([]), |entry| Arc::clone(&entry.list));
        Report::Full(name, list)
    }
}
