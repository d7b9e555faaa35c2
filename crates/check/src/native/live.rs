//! Filters that read what is known of things that run.

use std::collections::BTreeSet;

use graph::{Facts, Manager, SmolStr};

use crate::value::Value;

/// A program that set fields of a live object.
pub(crate) fn manager(manager: &Manager) -> Value {
    let text = |text: &SmolStr| Value::Text(text.clone());
    Value::object([
        ("name".into(), text(&manager.name)),
        ("operation".into(), text(&manager.operation)),
        ("api_version".into(), text(&manager.api_version)),
        ("time".into(), text(&manager.time)),
    ])
}

/// The digests that were pulled for an image of a resource's pods.
pub(crate) fn running_digests(facts: &Facts, image: Option<&str>) -> Value {
    let images = facts.images.iter();
    let images = images.filter(|one| Some(one.image.as_str()) == image);
    let digests: BTreeSet<&SmolStr> = images.map(|one| &one.digest).collect();
    let digests = digests.into_iter().cloned();
    Value::array(digests.map(Value::Text).collect())
}
