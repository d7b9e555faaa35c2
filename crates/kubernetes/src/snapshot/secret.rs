//! Secrets without their values, as files hold them.

use std::borrow::Cow;

use serde_json::Value;

/// What holds the values of a Secret, or a copy of them.
const VALUES: [&str; 2] = ["data", "stringData"];

/// The annotation in which `kubectl apply` keeps the whole object.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// An object as a file may hold it: a Secret loses its values.
pub(super) fn without_values(object: &str) -> Cow<'_, str> {
    if !object.contains("\"Secret\"") {
        return Cow::Borrowed(object);
    }
    let Ok(mut read) = serde_json::from_str::<Value>(object) else {
        return Cow::Borrowed(object);
    };
    if read["kind"] != "Secret" || read["apiVersion"] != "v1" {
        return Cow::Borrowed(object);
    }
    if let Some(secret) = read.as_object_mut() {
        VALUES
            .iter()
            .for_each(|key| drop(secret.shift_remove(*key)));
    }
    let annotations = read.pointer_mut("/metadata/annotations");
    if let Some(annotations) = annotations.and_then(Value::as_object_mut) {
        annotations.shift_remove(LAST_APPLIED);
    }
    Cow::Owned(read.to_string())
}
