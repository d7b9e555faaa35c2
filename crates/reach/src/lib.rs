//! Who can do what: the access that roles and bindings give, as the API server's RBAC authorizer decides it, where roles,
//! bindings and names may be unknown.

mod access;
mod bootstrap;
mod escalation;

pub use access::{
    Access, Action, Answer, Asker, Grant, Groups, Holder, Holding, Options, Origin, RoleKey, Rule,
    Subject, Verdict, environments,
};
pub use escalation::{Edge, Escalations, Method, Step, methods};
