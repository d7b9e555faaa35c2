//! Who can do what, who can become whom, and which traffic may flow, for people and as JSON.

pub(crate) mod graph;
pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod least;
pub(crate) mod paths;
pub(crate) mod paths_json;
pub(crate) mod traffic;
pub(crate) mod traffic_json;

pub(crate) use graph::schema as graph_schema;
pub(crate) use json::{can_schema, who_can_schema};
pub(crate) use least::schema as least_schema;
pub(crate) use paths_json::{diff_schema, schema as paths_schema};
pub(crate) use traffic_json::schema as reach_schema;
