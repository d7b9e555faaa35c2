//! What `kubectl` prints of a cluster: `get -o yaml`, `get -o json`, and the files and the stream of `cluster-info dump`.

use std::sync::Arc;

use graph::{Data, NodeId, Tree};
use serde_json::{Map, Value};
use source::SourceFile;

/// The annotation in which `kubectl apply` keeps the whole object.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// What the server sets in the metadata of every object that it keeps. Who exports an object to apply it elsewhere removes them;
/// who declares one does not know them.
const SERVED: [&str; 3] = ["uid", "resourceVersion", "creationTimestamp"];

/// How the stream of `cluster-info dump` marks the logs between its lists.
const LOGS: (&str, &str) = (
    "==== START logs for container ",
    "==== END logs for container ",
);

/// Kinds that tell what happened, which are not read from clusters either.
const LEFT_OUT: [&str; 2] = ["Event", "Lease"];

/// Objects of a cluster that `kubectl` printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The objects, each as JSON.
    pub objects: Vec<Arc<str>>,
    /// Whether they stand in lists, which nobody writes by hand.
    pub is_list: bool,
}

/// Reads what `kubectl` printed; nothing where a text is something else. All objects of it are then kept by a server: one that
/// is not shows that somebody declares them.
#[must_use]
pub fn printed(file: &SourceFile, options: &yaml::Options) -> Option<Printed> {
    let text = file.text.trim_start();
    if SERVED.iter().any(|key| !text.contains(key)) {
        return None;
    }
    let documents = match text.starts_with('{') {
        true => json(text)?,
        false => yaml(file, options),
    };
    let is_list = documents.iter().all(is_list);
    let objects: Option<Vec<Vec<Value>>> = documents.into_iter().map(objects).collect();
    let objects: Vec<Value> = objects?.into_iter().flatten().collect();
    if objects.is_empty() {
        return None;
    }
    let is_wanted = |object: &Value| !LEFT_OUT.iter().any(|kind| object["kind"] == *kind);
    let objects = objects.into_iter().filter(is_wanted);
    let objects = objects.map(|one| without_copy(one).to_string().into());
    Some(Printed {
        objects: objects.collect(),
        is_list,
    })
}

fn yaml(file: &SourceFile, options: &yaml::Options) -> Vec<Value> {
    let read = yaml::read(file, options);
    let documents = read.documents.iter();
    let values = documents.map(|document| value(&document.tree, NodeId::ROOT));
    values.filter(|value| !value.is_null()).collect()
}

/// The values of a stream. One that is damaged is nothing of `kubectl`'s.
fn json(text: &str) -> Option<Vec<Value>> {
    let text = without_logs(text);
    let values = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
    values.collect::<Result<_, _>>().ok()
}

/// A stream without the logs in it. What follows a log that does not end is one.
fn without_logs(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut end: Option<String> = None;
    for line in text.lines() {
        match &end {
            // A log may end within a line.
            Some(wanted) if line.ends_with(wanted.as_str()) => end = None,
            Some(_) => {}
            None => match line.strip_prefix(LOGS.0) {
                Some(name) => end = Some(format!("{}{name}", LOGS.1)),
                None => {
                    kept += line;
                    kept.push('\n');
                }
            },
        }
    }
    kept
}

fn is_list(value: &Value) -> bool {
    let kind = value.get("kind").and_then(Value::as_str);
    kind.is_some_and(|kind| kind.ends_with("List")) && value.get("items").is_some()
}

/// Whether a server keeps an object.
fn is_served(object: &Value) -> bool {
    let text = |key| object.pointer(&format!("/metadata/{key}"));
    let is_set = |key| {
        text(key)
            .and_then(Value::as_str)
            .is_some_and(|text| !text.is_empty())
    };
    SERVED.into_iter().all(is_set)
}

/// Whether a single object is one that a server keeps, with what only a server tells of it.
fn is_kept(object: &Value) -> bool {
    let has_managers = object.pointer("/metadata/managedFields").is_some();
    is_served(object) && (has_managers || object.get("status").is_some())
}

/// The objects of a list, or the object itself, if a server keeps all of them.
fn objects(document: Value) -> Option<Vec<Value>> {
    if !is_list(&document) {
        return is_kept(&document).then(|| vec![document]);
    }
    let Value::Object(mut list) = document else {
        return None;
    };
    let text = |list: &Map<String, Value>, key: &str| {
        list.get(key).and_then(Value::as_str).map(str::to_owned)
    };
    let version = text(&list, "apiVersion")?;
    let kind = text(&list, "kind")?;
    let items = match list.remove("items")? {
        Value::Array(items) => items,
        // As Go prints an empty list.
        Value::Null => Vec::new(),
        _ => return None,
    };
    let typed = items.into_iter().map(|item| typed(item, &version, &kind));
    let objects: Option<Vec<Value>> = typed.collect();
    objects.filter(|objects| objects.iter().all(is_served))
}

/// An item of a list with its type: lists of one kind leave it out.
fn typed(item: Value, version: &str, list: &str) -> Option<Value> {
    let Value::Object(item) = item else {
        return None;
    };
    let kind = list.strip_suffix("List").unwrap_or_default();
    let mut object = Map::new();
    object.insert("apiVersion".to_owned(), version.into());
    object.insert("kind".to_owned(), kind.into());
    object.extend(item);
    Some(Value::Object(object))
}

/// An object without the copy of itself, if that holds the values of a Secret.
fn without_copy(mut object: Value) -> Value {
    let is_secret = object["kind"] == "Secret";
    let annotations = object.pointer_mut("/metadata/annotations");
    let annotations = annotations.and_then(Value::as_object_mut);
    if let Some(annotations) = annotations.filter(|_| is_secret) {
        annotations.shift_remove(LAST_APPLIED);
    }
    object
}

/// A value of YAML as JSON.
fn value(tree: &Tree, node: NodeId) -> Value {
    match &tree.node(node).data {
        Data::Bool(known) => Value::Bool(*known),
        Data::Int(number) => (*number).into(),
        Data::Float(number) => (*number).into(),
        Data::String(text) => text.as_str().into(),
        Data::List => {
            let items = tree.children(node);
            Value::Array(items.map(|item| value(tree, item)).collect())
        }
        Data::Map => {
            let entries = tree.children(node).filter_map(|child| {
                let key = tree.node(child).key.as_ref()?;
                Some((key.text.to_string(), value(tree, child)))
            });
            Value::Object(entries.collect())
        }
        Data::Null | Data::Partial(_) | Data::Unknown(_) => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use source::Sources;

    use super::*;

    /// The kinds and names of what `kubectl` printed, and whether they stand in lists.
    fn read(text: &str) -> Option<(Vec<String>, bool)> {
        let file = Sources::default().add(Path::new("printed"), text.to_owned());
        let printed = printed(&file, &yaml::Options::default())?;
        let named = |object: &Arc<str>| {
            let object: Value = serde_json::from_str(object).expect("an object");
            let text = |pointer| object.pointer(pointer).and_then(Value::as_str);
            let (kind, name) = (text("/kind"), text("/metadata/name"));
            format!("{}/{}", kind.unwrap_or_default(), name.unwrap_or_default())
        };
        Some((printed.objects.iter().map(named).collect(), printed.is_list))
    }

    fn object(kind: &str, name: &str) -> String {
        let kind = match kind {
            "" => String::new(),
            kind => format!(r#""apiVersion": "v1", "kind": "{kind}", "#),
        };
        format!(
            r#"{{{kind}"metadata": {{"name": "{name}", "uid": "1", "resourceVersion": "2", "creationTimestamp": "3"}}, "status": {{}}}}"#
        )
    }

    #[test]
    fn lists_of_what_a_server_keeps_are_printed() {
        let (pod, event) = (object("Pod", "a"), object("Event", "b"));
        let list = format!(r#"{{"apiVersion": "v1", "kind": "List", "items": [{pod}, {event}]}}"#);
        assert_eq!(read(&list), Some((vec!["Pod/a".to_owned()], true)));
        let yaml = format!("apiVersion: v1\nitems:\n- {pod}\nkind: List\n");
        assert_eq!(read(&yaml), Some((vec!["Pod/a".to_owned()], true)));
        assert_eq!(read(&pod), Some((vec!["Pod/a".to_owned()], false)));
    }

    #[test]
    fn what_somebody_declares_is_not_printed() {
        let declared = r#"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}"#;
        let exported = object("Pod", "a").replace("\"status\": {}", "\"spec\": {}");
        let pod = object("Pod", "a");
        let mixed =
            format!(r#"{{"apiVersion": "v1", "kind": "List", "items": [{pod}, {declared}]}}"#);
        let damaged = &pod[..pod.len() - 1];
        for text in [
            declared,
            &exported,
            &mixed,
            damaged,
            "",
            "uid resourceVersion creationTimestamp",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_stream_is_read_without_its_logs() {
        let pods = format!(
            r#"{{"apiVersion": "v1", "kind": "PodList", "items": [{}]}}"#,
            object("", "a")
        );
        let nothing = r#"{"apiVersion": "v1", "kind": "ServiceList", "items": null}"#;
        let log = "==== START logs for container c of pod shop/a ====\n{\"kind\": \"PodList\"\n\
            ==== END logs for container x of pod shop/a ====\n==== END logs for container c of pod shop/a ====";
        let text = format!("{pods}\n{log}\n{nothing}\n");
        assert_eq!(read(&text), Some((vec!["Pod/a".to_owned()], true)));
    }

    #[test]
    fn secrets_do_not_keep_what_was_applied() {
        let annotated = object("Secret", "a").replace(
            "\"uid\"",
            &format!("\"annotations\": {{\"{LAST_APPLIED}\": \"canary\"}}, \"uid\""),
        );
        for text in [
            annotated.clone(),
            format!(r#"{{"apiVersion": "v1", "kind": "List", "items": [{annotated}]}}"#),
        ] {
            let file = Sources::default().add(Path::new("printed"), text);
            let printed = printed(&file, &yaml::Options::default()).expect("it is printed");
            assert!(!printed.objects[0].contains("canary"));
        }
    }
}
