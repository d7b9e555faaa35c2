//! The filters that are written in Rust: jq's own where they must know unknown values, and those that read the graph.

mod access;
mod core;
mod graph;
mod live;
mod notation;
mod regex;
#[cfg(test)]
mod tests;
mod text;
mod unread;

use std::cell::RefCell;

use ::graph::Graph;
use jaq_core::compile::TermId;
use jaq_core::data::HasLut;
use jaq_core::load::parse::Def;
use jaq_core::native::{Filter, Fun, run};
use jaq_core::{Bind, Cv, DataT, Lut, RunPtr, ValXs};

pub(crate) use self::access::certain_rules;
pub(crate) use self::core::{contains, indices, join, keys};
pub(crate) use self::graph::{ask_missing, ask_referenced, certificate, referenced_elsewhere};
pub(crate) use self::live::{manager, running_digests};
pub use self::notation::number;
pub(crate) use self::notation::{image_parts, is_at_least, matches_labels, quantity};
pub(crate) use self::regex::{Expression, is_match};
pub(crate) use self::unread::{Wanted, unread_targets};

use crate::pod_security::Standards;
use crate::value::Value;

/// The data that queries run over.
pub(crate) struct Jq;

/// What natives see beside their input.
#[derive(Clone, Copy)]
pub(crate) struct Data<'a> {
    pub(crate) lut: &'a Lut<Jq>,
    pub(crate) context: Option<Context<'a>>,
    /// Where [`CAPTURE`] puts the entry points of a program.
    pub(crate) captured: Option<&'a RefCell<Vec<TermId>>>,
    /// The number of entry points.
    pub(crate) entries: usize,
}

/// What a query is judged against.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) graph: &'a Graph,
    /// The minor version of Kubernetes 1.
    pub(crate) kubernetes_minor: u32,
    /// The Pod Security Standards.
    pub(crate) standards: &'a Standards,
}

impl DataT for Jq {
    type V<'a> = Value;
    type Data<'a> = Data<'a>;
}

impl<'a> HasLut<'a, Jq> for Data<'a> {
    fn lut(&self) -> &'a Lut<Jq> {
        self.lut
    }
}

type Native = Filter<RunPtr<Jq>>;
type Input<'a> = Cv<'a, Jq>;
type Outputs<'a> = ValXs<'a, Value>;

/// The filter that hands out the entry points of a program; it has one argument for each.
pub(crate) const CAPTURE: &str = "scantling_capture";

/// Filters of jq that reach outside of the query, and the clock.
const OUTSIDE: [&str; 12] = [
    "env",
    "now",
    "halt",
    "halt_error",
    "debug",
    "debug_empty",
    "stderr",
    "stderr_empty",
    "localtime",
    "strflocaltime",
    "input",
    "inputs",
];

/// Definitions of jq's library, without those that reach outside or are written in Rust here.
pub(crate) fn definitions<'a>() -> impl Iterator<Item = Def<&'a str>> {
    let ours: Vec<(&str, usize)> = natives()
        .iter()
        .map(|(name, arguments, _)| (*name, arguments.len()))
        .collect();
    let json = jaq_core::load::parse(include_str!("library.jq"), |parser| parser.defs())
        .unwrap_or_default();
    let all = jaq_core::defs().chain(jaq_std::defs()).chain(json);
    let all = all.map(shortened);
    all.filter(move |def| {
        !OUTSIDE.contains(&def.name) && !ours.contains(&(def.name, def.args.len()))
    })
}

/// The same definition with a shorter lifetime, so that it goes together with those of a text.
fn shortened<'a>(def: Def<&'static str>) -> Def<&'a str> {
    def
}

/// All natives for a program with this number of entry points.
pub(crate) fn functions(entries: usize) -> impl Iterator<Item = Fun<Jq>> {
    let ours = natives();
    let names: Vec<(&str, usize)> = ours
        .iter()
        .map(|(name, arguments, _)| (*name, arguments.len()))
        .collect();
    let standard = jaq_core::funs::<Jq>().chain(jaq_std::funs::<Jq>());
    let kept = standard.filter(move |(name, arguments, _)| {
        !OUTSIDE.contains(name) && !names.contains(&(*name, arguments.len()))
    });
    let arguments = std::iter::repeat_n(Bind::Fun(()), entries).collect();
    let capture: Native = (CAPTURE, arguments, capture);
    kept.chain(ours.into_iter().map(run::<Jq>))
        .chain([run::<Jq>(capture)])
}

fn natives() -> Vec<Native> {
    let groups = [
        core::natives(),
        text::natives(),
        regex::natives(),
        notation::natives(),
        graph::natives(),
    ];
    groups.into_iter().flatten().collect()
}

fn capture(mut input: Input<'_>) -> Outputs<'_> {
    let data = *input.0.data();
    let mut entries: Vec<TermId> = (0..data.entries).map(|_| input.0.pop_fun().0).collect();
    entries.reverse();
    if let Some(captured) = data.captured {
        captured.replace(entries);
    }
    Box::new(std::iter::empty())
}
