//! Who can do what: the access that roles and bindings give, as the API server's RBAC authorizer decides it, where roles,
//! bindings and names may be unknown; and who can become whom by it, and by how pods run;
//! who can talk to whom, and what that leads to in clouds.

mod access;
mod bootstrap;
pub mod cloud;
mod escalation;
mod names;
pub mod network;
mod paths;
mod pods;
mod truth;

pub use access::{
    Access, Action, Answer, Asker, Grant, Groups, Holder, Holding, Options, Origin, RoleKey, Rule,
    Subject, Verdict, environments,
};
pub use escalation::{Edge, Escalations, Method, Step, methods};
pub use names::{Named, Resources, Served};
pub use paths::{
    Crossing, Crossings, Cut, Cuts, Edit, Hop, Party, Path, PathOptions, Paths, SimplePaths, Way,
    cuts,
};
pub use pods::{Escape, Escaping, escapes, escapes_of};
