//! Who can do what in clouds: identities and their policies, as the clouds evaluate them, and who in a cluster becomes one.

pub mod aws;
mod bridges;
mod grants;

pub use bridges::{Bridge, Means, bridges};
pub use grants::{Counting, Grant, Grants, Member, Scope};
