//! Policies of AWS IAM, evaluated as AWS documents it, where documents, names and circumstances may be partly unknown.

mod arn;
mod compare;
mod condition;
mod context;
mod document;
mod evaluate;
mod identities;
mod methods;
mod pattern;
mod principal;
mod request;

pub use context::{Context, Fact};
pub use document::Document;
pub use evaluate::{Decision, Ground, Place, Policies, ResourcePolicy, Verdict, evaluate};
pub(crate) use identities::arn_of;
pub use identities::{Identity, identities};
pub use methods::{Aim, Found, Gain, Method, Need, Target, methods};
pub use pattern::Text;
pub use principal::Principal;
pub use request::Request;
