//! Who can do what, by the roles and bindings of files and clusters: what `scantling who-can` and `scantling can` tell.

mod audit;
mod changes;
mod declared;
mod least;
mod paths;
mod place;
mod question;
mod subject;
mod told;
mod traffic;
mod world;

use graph::{Namespace, SmolStr};
use reach::{Action, Asker};
use source::FileSystem;

use crate::error::Error;
use crate::options::{Options, Progress};
use crate::report::Report;

pub use changes::{PathChanges, paths_with};
pub use least::{DeclaredNeed, Least, LeastQuestion, UnknownNeed, Unused, least_privilege};
pub use paths::{Change, CutsTold, FoundPaths, Hop, Need, Path, PathQuestion, paths};
pub(crate) use place::rights;
pub use place::{Gain, Reached, Rights};
pub use question::Question;
pub use told::{Grant, Holding, Origin, Part, Rule, Verdict};
pub use traffic::{Decider, Flow, FoundTraffic, Route, TrafficQuestion, traffic};

use question::Asked;
use subject::Subjects;
use told::Teller;
use world::World;

/// An answer for each state of things that was read: what files declare in each of their environments, and each cluster.
#[derive(Debug)]
pub struct Access<T> {
    /// The answers: first those for files, then those for clusters.
    pub worlds: Vec<Told<T>>,
    /// What was read, and what could not be; its findings are none of this.
    pub report: Report,
}

/// An answer for one state of things.
#[derive(Debug)]
pub struct Told<T> {
    /// What it is an answer for, such as `files`, `files in prod, staging`, `cluster kind-shop`. Environments with equal answers
    /// are told together.
    pub world: String,
    /// What else may allow or forbid, and what was not read.
    pub notes: Vec<String>,
    /// The answer.
    pub answer: T,
}

/// Who may do something.
#[derive(Debug, PartialEq)]
pub struct WhoCan {
    /// The action, such as `create pods/exec`.
    pub action: String,
    /// The namespace that was asked about; where none was, all.
    pub namespace: Option<SmolStr>,
    /// Those who may, or may perhaps: first who may everywhere, then by namespace.
    pub holders: Vec<Holder>,
}

/// Someone who may do something.
#[derive(Debug, PartialEq)]
pub struct Holder {
    /// The namespace in which they may; everywhere where there is none.
    pub namespace: Option<SmolStr>,
    /// Who, such as `ServiceAccount shop/api`; nothing where it may be anyone.
    pub subject: Option<String>,
    /// Whether they may for sure.
    pub verdict: Verdict,
    /// By which bindings.
    pub grants: Vec<Grant>,
}

/// What someone may do.
#[derive(Debug, PartialEq)]
pub struct Can {
    /// Who, such as `ServiceAccount shop/api`.
    pub subject: String,
    /// Whether they may do what was asked for, if anything was.
    pub answer: Option<Answer>,
    /// Whether they may do everything, whatever roles say.
    pub is_master: bool,
    /// The roles that they have, by namespace; those of the whole cluster first. None where an action was asked for.
    pub holdings: Vec<Holding>,
}

/// Whether someone may do something.
#[derive(Debug, PartialEq)]
pub struct Answer {
    /// The action, such as `create pods/exec`.
    pub action: String,
    /// The namespace that was asked about.
    pub namespace: Option<SmolStr>,
    /// Whether they may.
    pub verdict: Verdict,
    /// By which bindings.
    pub grants: Vec<Grant>,
}

/// Who may do something, by the roles and bindings of the inputs of a run.
///
/// # Errors
/// When the call or the configuration can't be followed, or nobody knows the resource.
pub fn who_can(
    system: &dyn FileSystem,
    options: &Options,
    question: &Question,
    progress: &dyn Progress,
) -> Result<Access<WhoCan>, Error> {
    world::each(system, options, progress, |world| {
        let asked = question.asked(world)?;
        Ok(holders(world, &asked))
    })
}

/// What someone may do; whether they may do something, where a question is asked.
///
/// # Errors
/// When the call or the configuration can't be followed, or nobody knows the subject or the resource.
pub fn can(
    system: &dyn FileSystem,
    options: &Options,
    (subject, groups): (&str, &[String]),
    question: Option<&Question>,
    progress: &dyn Progress,
) -> Result<Access<Can>, Error> {
    world::each(system, options, progress, |world| {
        let asker = Subjects::of(world).asker(subject, groups)?;
        let asked = question.map(|question| question.asked(world)).transpose()?;
        let action = asked.as_ref().map(|asked| &asked.action);
        Ok(holdings(world, &asker, action))
    })
}

fn holders(world: &World<'_>, asked: &Asked) -> WhoCan {
    let teller = Teller::of(world);
    let action = &asked.action;
    let found = match asked.is_everywhere {
        true => world.access.who_can_where(action),
        false => {
            let holders = world.access.who_can(action).into_iter();
            holders.map(|holder| (Namespace::Cluster, holder)).collect()
        }
    };
    let holders = found.into_iter().map(|(place, holder)| Holder {
        namespace: told::namespace(&place),
        subject: holder.subject.as_ref().map(subject::told),
        verdict: holder.answer.verdict.into(),
        grants: teller.grants(&holder.answer),
    });
    WhoCan {
        action: action.to_string(),
        namespace: place(action),
        holders: holders.collect(),
    }
}

/// The namespace that an action is about, if it is one.
fn place(action: &Action) -> Option<SmolStr> {
    match action {
        Action::Resource { namespace, .. } => told::namespace(namespace),
        Action::Path { .. } => None,
    }
}

fn holdings(world: &World<'_>, asker: &Asker, action: Option<&Action>) -> Can {
    let teller = Teller::of(world);
    let answer = action.map(|action| {
        let answer = world.access.may(asker, action);
        Answer {
            action: action.to_string(),
            namespace: place(action),
            // What no binding of the input grants, one that is not in it may grant.
            verdict: match answer.verdict {
                reach::Verdict::No if world.may_hold_more() => Verdict::Unknown,
                verdict => verdict.into(),
            },
            grants: teller.grants(&answer),
        }
    });
    let holdings = match action {
        Some(_) => Vec::new(),
        None => teller.holdings(asker),
    };
    Can {
        subject: subject::told(&asker.subject),
        is_master: asker.is_master(),
        answer,
        holdings,
    }
}
