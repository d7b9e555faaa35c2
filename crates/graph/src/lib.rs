//! Resources whose every value knows its origin, the links between them, and facts derived from them.

mod completeness;
mod fact;
mod given;
mod graph;
mod link;
mod manager;
mod merge;
mod numbering;
mod origin;
mod path;
mod reads;
mod resource;
mod tree;
mod unknown;

pub use completeness::{Completeness, Referring, Unread};
pub use fact::{Certificate, Container, ContainerRole, Facts, PodTemplate, RunningImage};
pub use given::{BuiltInRule, Given, GivenRole, GivenRule, GivenSource};
pub use graph::{Graph, ResourceId};
pub use link::{Link, LinkKind, Reference, Target};
pub use manager::{Field, Fields, Manager};
pub use merge::Merger;
pub use numbering::Numbered;
pub use origin::{Default, Passage, Role, Step};
pub use path::{Path, Segment};
pub use reads::recorded;
pub use resource::{Namespace, Resource};
pub use smol_str::SmolStr;
pub use tree::{Data, Key, Node, NodeId, Tree, UNKNOWN_PART};
pub use unknown::{Cause, Known, Piece, Type, Unknown};
