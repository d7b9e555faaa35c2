//! Secrets without what they keep, and without copies of it.

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// A list as a table, whose rows have the metadata of their objects: the only form in which the server gives the type of a
/// Secret without its values.
///
/// Source: <https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables>
pub(crate) const TABLE: &str = "application/json;as=Table;g=meta.k8s.io;v=v1";

/// What is asked for with it.
pub(crate) const WITH_METADATA: &str = "includeObject=Metadata";

/// The annotation in which `kubectl apply` keeps the whole object.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// A row of the table.
#[derive(Deserialize)]
struct Row {
    /// The name, the type, the number of values and the age.
    cells: Vec<Value>,
    object: Partial,
}

#[derive(Deserialize)]
struct Partial {
    metadata: Map<String, Value>,
}

/// A Secret of a row of the table: its metadata and its type.
///
/// # Errors
/// When the row has another form.
pub(crate) fn of_row(row: &RawValue) -> Result<String, String> {
    let row: Row = serde_json::from_str(row.get()).map_err(|error| error.to_string())?;
    let kind = row.cells.get(1).filter(|cell| cell.is_string());
    let kind = kind.ok_or("the table of Secrets has no column of types")?;
    let mut metadata = row.object.metadata;
    drop_copy(&mut metadata);
    let secret = serde_json::json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": metadata,
        "type": kind,
    });
    Ok(secret.to_string())
}

/// A whole Secret, but for the copy of its values in an annotation.
///
/// # Errors
/// When it has another form.
pub(crate) fn without_copy(secret: &RawValue) -> Result<String, String> {
    let secret = serde_json::from_str(secret.get());
    let mut secret: Map<String, Value> = secret.map_err(|error| error.to_string())?;
    if let Some(metadata) = secret.get_mut("metadata").and_then(Value::as_object_mut) {
        drop_copy(metadata);
    }
    Ok(Value::Object(secret).to_string())
}

fn drop_copy(metadata: &mut Map<String, Value>) {
    let annotations = metadata.get_mut("annotations");
    if let Some(annotations) = annotations.and_then(Value::as_object_mut) {
        annotations.shift_remove(LAST_APPLIED);
    }
}
