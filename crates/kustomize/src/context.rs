//! What all parts of one build share.

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use source::{Level, Problem, Span};

use crate::bounds::Bounds;
use crate::build::{Use, Used};
use crate::node::Unknowns;
use crate::reader::Reader;
use crate::tables::Schema;

static BUILT_IN: LazyLock<Arc<Schema>> = LazyLock::new(|| Arc::new(Schema::built_in().clone()));

/// One build: what it reads with, may still cost, and met so far.
pub(crate) struct Context<'a> {
    pub(crate) reader: &'a Reader<'a>,
    pub(crate) bounds: Bounds,
    pub(crate) schema: RefCell<Arc<Schema>>,
    /// Whether the schema is that of a kustomization.
    pub(crate) has_schema: Cell<bool>,
    /// Whether any object was read.
    pub(crate) has_objects: Cell<bool>,
    /// Whether notes of where objects come from are printed.
    pub(crate) keeps_origins: Cell<bool>,
    /// The values that can't be known.
    pub(crate) unknowns: Unknowns,
    problems: RefCell<Vec<Problem>>,
    used: RefCell<Vec<Used>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(reader: &'a Reader<'a>) -> Self {
        Self {
            reader,
            bounds: Bounds::default(),
            schema: RefCell::new(Arc::clone(&BUILT_IN)),
            has_schema: Cell::new(false),
            has_objects: Cell::new(false),
            keeps_origins: Cell::new(false),
            unknowns: Unknowns::default(),
            problems: RefCell::default(),
            used: RefCell::default(),
        }
    }

    pub(crate) fn schema(&self) -> Arc<Schema> {
        Arc::clone(&self.schema.borrow())
    }

    pub(crate) fn error(&self, code: &'static str, message: impl Into<String>, span: Span) {
        self.tell(Problem::at(Level::Error, code, message, span));
    }

    pub(crate) fn tell(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    pub(crate) fn tell_all(&self, problems: Vec<Problem>) {
        self.problems.borrow_mut().extend(problems);
    }

    /// What an attempt gives; why it failed is told.
    pub(crate) fn or_tell<T>(
        &self,
        code: &'static str,
        result: Result<T, String>,
        span: Span,
    ) -> Option<T> {
        result
            .map_err(|message| self.error(code, message, span))
            .ok()
    }

    pub(crate) fn uses(&self, path: &Path, role: Use, by: &Path) {
        self.used.borrow_mut().push(Used {
            path: path.to_path_buf(),
            role,
            by: by.to_path_buf(),
        });
    }

    /// The files that were used and the problems met.
    pub(crate) fn finish(self) -> (Vec<Used>, Vec<Problem>) {
        let mut used = self.used.into_inner();
        used.sort();
        used.dedup();
        (used, self.problems.into_inner())
    }
}
