//! A page: a view with its lines, its cursor and its filter.

use std::collections::BTreeSet;
use std::sync::Arc;

use analysis::query::{Query, QueryError};
use smol_str::SmolStr;
use source::Span;

use super::List;
use crate::text::Row;

/// What a page is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum View {
    Posture,
    Findings,
    Resources,
    Privileges,
    Coverage,
    Problems,
    /// One resource.
    Resource(Named),
    /// A finding, by its fingerprint.
    Why(String),
    /// A check, by its id.
    Check(SmolStr),
    /// Somebody to whom something is granted: kind, namespace and name.
    Subject(SmolStr, Option<SmolStr>, SmolStr),
}

/// A resource by what stays the same from one analysis to the next.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Named {
    pub(crate) address: SmolStr,
    pub(crate) environment: Option<SmolStr>,
    pub(crate) format: &'static str,
}

impl View {
    /// The views with a key of their own.
    pub(crate) const TOP: [Self; 6] = [
        Self::Posture,
        Self::Findings,
        Self::Resources,
        Self::Privileges,
        Self::Coverage,
        Self::Problems,
    ];

    /// The name on the screen.
    pub(crate) fn title(&self) -> String {
        match self {
            Self::Posture => "Posture".to_owned(),
            Self::Findings => "Findings".to_owned(),
            Self::Resources => "Resources".to_owned(),
            Self::Privileges => "Privileges".to_owned(),
            Self::Coverage => "Coverage".to_owned(),
            Self::Problems => "Problems".to_owned(),
            Self::Resource(named) => named.address.to_string(),
            Self::Why(_) => "Why".to_owned(),
            Self::Check(id) => id.to_string(),
            Self::Subject(kind, _, name) => format!("{kind} {name}"),
        }
    }

    /// Whether it shows no more than findings, which are known before all else.
    pub(crate) fn is_of_findings(&self) -> bool {
        matches!(self, Self::Findings | Self::Why(_) | Self::Check(_))
    }

    pub(crate) fn is_top(&self) -> bool {
        Self::TOP.contains(self)
    }
}

/// Where a line leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    To(View),
    /// A view with a filter.
    Filtered(View, String),
}

/// A line of a page that is read like a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) row: Row,
    pub(crate) link: Option<Link>,
    /// The place that it is about.
    pub(crate) span: Option<Span>,
}

impl Line {
    pub(crate) fn of(row: Row) -> Self {
        Self {
            row,
            ..Self::default()
        }
    }

    pub(crate) fn to(self, link: Option<Link>) -> Self {
        Self { link, ..self }
    }

    pub(crate) fn at(self, span: Span) -> Self {
        Self {
            span: Some(span),
            ..self
        }
    }
}

/// A line of the tree of resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Branch {
    pub(crate) depth: usize,
    pub(crate) kind: BranchKind,
    /// What names it, for folding and for the cursor.
    pub(crate) key: String,
    /// How many resources are below it.
    pub(crate) resources: usize,
    /// How many findings of each severity are below it, the mildest first.
    pub(crate) counts: [u32; 5],
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BranchKind {
    /// A group with its name, and whether it is open.
    Group(String, bool),
    /// A resource, by its index in the survey.
    Resource(u32),
}

/// The lines of a page.
#[derive(Clone, Debug)]
pub(crate) enum Rows {
    /// Findings, by number.
    Findings(Arc<Vec<u32>>),
    Tree(Arc<Vec<Branch>>),
    Lines(Arc<Vec<Line>>),
}

impl Rows {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Findings(all) => all.len(),
            Self::Tree(all) => all.len(),
            Self::Lines(all) => all.len(),
        }
    }
}

/// A view with its lines, its cursor and its filter.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) view: View,
    pub(crate) list: List,
    pub(crate) filter: String,
    pub(crate) query: Query,
    /// What is wrong with the filter as it is typed; the lines are those of the last one that was right.
    pub(crate) error: Option<QueryError>,
    /// The groups that are folded otherwise than usual.
    pub(crate) folded: BTreeSet<String>,
    pub(crate) rows: Rows,
}

impl Page {
    pub(crate) fn new(view: View) -> Self {
        Self {
            view,
            list: List::default(),
            filter: String::new(),
            query: Query::default(),
            error: None,
            folded: BTreeSet::new(),
            rows: Rows::Lines(Arc::default()),
        }
    }

    /// Whether its filter is the language of queries, and not only text that is looked for.
    pub(crate) fn has_query(&self) -> bool {
        matches!(self.view, View::Findings | View::Resources)
    }

    /// Takes another filter.
    pub(crate) fn set_filter(&mut self, text: &str) {
        text.clone_into(&mut self.filter);
        self.error = None;
        if !self.has_query() {
            return;
        }
        match Query::parse(text) {
            Ok(query) => self.query = query,
            Err(error) => self.error = Some(error),
        }
    }
}
