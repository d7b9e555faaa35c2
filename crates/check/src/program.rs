//! Compiled queries.

use std::cell::RefCell;

use jaq_core::compile::TermId;
use jaq_core::load::{Arena, File, Loader, parse};
use jaq_core::{Compiler, Ctx, Error, Filter, Vars};
use source::brief;

use crate::native::{self, CAPTURE, Context, Data, Jq};
use crate::query::span;
use crate::value::{Value, redacted};

/// The longest error of a query, in characters.
const ERROR: usize = 1_000;

/// The variables that every query sees.
pub(crate) const VARIABLES: [&str; 5] = [
    "$resource",
    "$settings",
    "$kubernetes_version",
    "$now",
    "$found",
];

/// Why a query does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CompileError {
    /// The query, as an index into those that were given; none for one of the definitions.
    pub(crate) query: Option<usize>,
    /// The place of the name in the text of the query or the definitions.
    pub(crate) at: usize,
    /// The error, as a fragment.
    pub(crate) message: String,
    /// The undefined name.
    pub(crate) name: String,
}

/// Several queries, compiled together: the definitions that they share are compiled once.
pub(crate) struct Program {
    filter: Filter<Jq>,
    entries: Vec<TermId>,
}

impl Program {
    /// Compiles queries that were parsed before, with the definitions of `library`.
    ///
    /// # Errors
    /// Names the queries that call something undefined.
    pub(crate) fn compile(library: &str, queries: &[&str]) -> Result<Self, Vec<CompileError>> {
        let (code, starts) = main_program(queries);
        let arena = Arena::default();
        let shared = parse(library, |parser| parser.defs()).unwrap_or_default();
        let loader = Loader::new(native::definitions().chain(shared));
        let file = File {
            code: code.as_str(),
            path: (),
        };
        let modules = loader.load(&arena, file).map_err(|_| Vec::new())?;
        let compiler = Compiler::default()
            .with_funs(native::functions(queries.len()))
            .with_global_vars(VARIABLES);
        let filter = compiler.compile(modules).map_err(|errors| {
            let undefined = errors.into_iter().flat_map(|(_, errors)| errors);
            undefined
                .map(|(name, what)| {
                    let message = format!("there is no {} {name}", what.as_str());
                    compile_error((&code, &starts), library, name, message)
                })
                .collect::<Vec<_>>()
        })?;
        let entries = entries(&filter, queries.len());
        Ok(Self { filter, entries })
    }

    /// The outputs of a query, up to the first error.
    pub(crate) fn run<'a>(
        &'a self,
        query: usize,
        run: &Run<'a>,
        input: Value,
    ) -> impl Iterator<Item = Result<Value, String>> {
        let data = Data {
            lut: &self.filter.lut,
            context: Some(run.context),
            captured: None,
            entries: 0,
        };
        let context = Ctx::<Jq>::new(data, run.variables.clone());
        self.entries[query].run((context, input)).map(|output| {
            output.map_err(|exception| match exception.get_err() {
                Ok(error) => describe(error),
                Err(_) => "the query broke out of itself".to_owned(),
            })
        })
    }
}

/// An error for people. It names the types of the values that it is about and not the values: those may be secrets.
fn describe(error: Error<Value>) -> String {
    let value = redacted(|| error.into_val());
    match value.as_text() {
        Some(text) => brief(text, ERROR).into_owned(),
        None => brief(&redacted(|| value.to_string()), ERROR).into_owned(),
    }
}

/// What a query runs with beside its input.
pub(crate) struct Run<'a> {
    pub(crate) context: Context<'a>,
    pub(crate) variables: Vars<Value>,
}

/// One call with all queries as its arguments, which hands out their entry points; and where each query begins.
fn main_program(queries: &[&str]) -> (String, Vec<usize>) {
    if queries.is_empty() {
        return (".".to_owned(), Vec::new());
    }
    let mut code = format!("{CAPTURE}(");
    let mut starts = Vec::with_capacity(queries.len());
    for (index, query) in queries.iter().enumerate() {
        code.push_str(if index == 0 { "(" } else { ";(" });
        starts.push(code.len());
        code.push_str(query);
        // The line break ends a comment at the end of the query.
        code.push_str("\n)");
    }
    code.push(')');
    (code, starts)
}

fn compile_error(
    (code, starts): (&str, &[usize]),
    library: &str,
    name: &str,
    message: String,
) -> CompileError {
    let name_text = name.to_owned();
    let is_part = |text: &str| text.as_bytes().as_ptr_range().contains(&name.as_ptr());
    if !is_part(code) {
        let at = if is_part(library) {
            span(library, name).start
        } else {
            0
        };
        return CompileError {
            query: None,
            at,
            message,
            name: name_text,
        };
    }
    let at = span(code, name).start;
    let query = starts
        .partition_point(|start| *start <= at)
        .saturating_sub(1);
    CompileError {
        query: Some(query),
        at: at - starts.get(query).copied().unwrap_or(0),
        message,
        name: name_text,
    }
}

fn entries(filter: &Filter<Jq>, count: usize) -> Vec<TermId> {
    let captured = RefCell::default();
    let data = Data {
        lut: &filter.lut,
        context: None,
        captured: Some(&captured),
        entries: count,
    };
    let variables = Vars::new(VARIABLES.map(|_| Value::Null));
    for output in filter
        .id
        .run((Ctx::<Jq>::new(data, variables), Value::Null))
    {
        drop(output);
    }
    captured.into_inner()
}
