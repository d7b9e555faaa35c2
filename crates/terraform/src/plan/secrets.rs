//! Where a plan or state has texts that must not be shown. It repeats them: as what was there before, as what will be, as values
//! of variables and as constants of the configuration.

use foldhash::HashSet;
use graph::{Data, NodeId};
use smol_str::SmolStr;
use source::Span;

use super::json::Json;

/// The shortest text that is looked for where nothing marks it: shorter ones are in every file.
const SHORTEST: usize = 4;

/// The most sensitive parts of one resource of a state that are looked for; of more, the whole is secret. Each is searched from
/// the top.
const MOST_PATHS: usize = 100;

/// A member of an object, and that which marks the sensitive parts of it.
const MARKED: [(&str, &str); 3] = [
    ("after", "after_sensitive"),
    ("before", "before_sensitive"),
    ("values", "sensitive_values"),
];

/// What is secret of an output or variable that is sensitive.
const OF_SENSITIVE: [&str; 3] = ["value", "default", "expression"];

pub(super) fn of(json: &Json<'_>) -> Vec<Span> {
    let secret: HashSet<NodeId> = marked(json)
        .into_iter()
        .flat_map(|node| leaves(json, node))
        .collect();
    let texts: HashSet<&SmolStr> = secret
        .iter()
        .filter_map(|node| json.tree.as_text(*node))
        .filter(|text| text.len() >= SHORTEST)
        .collect();
    let is_secret = |node: &NodeId| {
        secret.contains(node) || (json.tree.as_text(*node)).is_some_and(|text| texts.contains(text))
    };
    let all = leaves(json, NodeId::ROOT).into_iter();
    all.filter(is_secret).map(|node| json.span(node)).collect()
}

/// The values that something marks.
fn marked(json: &Json<'_>) -> Vec<NodeId> {
    let mut found: Vec<NodeId> = variables(json);
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        for (value, mark) in MARKED {
            if let (Some(value), Some(mark)) = (json.get(node, value), json.get(node, mark)) {
                found.extend(parts(json, value, mark));
            }
        }
        if json.is_true(json.get(node, "sensitive")) {
            found.extend(OF_SENSITIVE.iter().filter_map(|key| json.get(node, key)));
        }
        if let Some(attributes) = json.get(node, "attributes") {
            let paths = json.items(json.get(node, "sensitive_attributes"));
            let paths: Vec<NodeId> = paths.take(MOST_PATHS + 1).collect();
            match paths.len() > MOST_PATHS {
                true => found.push(attributes),
                false => found.extend(paths.iter().map(|path| at_path(json, attributes, *path))),
            }
        }
        open.extend(json.tree.children(node));
    }
    found
}

/// The values of the root's variables that the configuration calls sensitive.
fn variables(json: &Json<'_>) -> Vec<NodeId> {
    let declared = json.at(NodeId::ROOT, &["configuration", "root_module", "variables"]);
    let sensitive = json
        .entries(declared)
        .filter(|(_, variable)| json.is_true(json.get(*variable, "sensitive")));
    sensitive
        .filter_map(|(name, _)| json.at(NodeId::ROOT, &["variables", name, "value"]))
        .collect()
}

/// The parts of a value that a mark of its form says to be sensitive.
fn parts(json: &Json<'_>, value: NodeId, mark: NodeId) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut open = vec![(value, mark)];
    while let Some((value, mark)) = open.pop() {
        if json.is_true(Some(mark)) {
            found.push(value);
        }
        let members = json.members(Some(value));
        let marks = json.entries(Some(mark));
        open.extend(marks.filter_map(|(key, mark)| Some((*members.get(key.as_str())?, mark))));
        let items = json.items(Some(value)).zip(json.items(Some(mark)));
        open.extend(items);
    }
    found
}

/// The part that a path of a state leads to; the last that is there, where it leads on.
fn at_path(json: &Json<'_>, attributes: NodeId, path: NodeId) -> NodeId {
    let mut at = attributes;
    for step in json.items(Some(path)) {
        let step = json.get(step, "value");
        let step = step.map(|step| json.get(step, "value").unwrap_or(step));
        let next = match step.map(|step| &json.tree.node(step).data) {
            Some(Data::String(name)) => json.get(at, name),
            Some(Data::Int(index)) => usize::try_from(*index)
                .ok()
                .and_then(|index| json.items(Some(at)).nth(index)),
            _ => None,
        };
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

/// The nodes below one that have no parts, itself included.
fn leaves(json: &Json<'_>, node: NodeId) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match json.tree.node(node).data {
            Data::Map | Data::List => open.extend(json.tree.children(node)),
            Data::Null => {}
            _ => found.push(node),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use source::{FileId, SourceFile};

    use crate::plan::read;

    /// The file with a `#` for each secret.
    fn masked(text: &str) -> String {
        let file = SourceFile::new(FileId(0), "state.json", text);
        let mut spans = read(&file).unwrap_or_default().secrets;
        spans.sort();
        let mut out = text.to_owned();
        for span in spans.iter().rev() {
            out.replace_range(span.range(), "#");
        }
        out
    }

    fn state(attributes: &str, paths: &str) -> String {
        format!(
            r#"{{"version": 4, "serial": 1, "lineage": "x", "outputs": {{"o": {{"value": ["out!"], "sensitive": true}}}}, "resources": [{{"mode": "managed", "type": "t", "name": "n", "instances": [{{"attributes": {attributes}, "sensitive_attributes": [{paths}]}}]}}]}}"#
        )
    }

    #[test]
    fn what_is_marked_is_found_wherever_it_stands() {
        let path = r#"[{"type": "get_attr", "value": "a"}, {"type": "index", "value": {"value": 1, "type": "number"}}]"#;
        let text = state(r#"{"a": ["x", "secret"], "b": "secret", "c": 5}"#, path);
        let expected = state(r##"{"a": ["x", #], "b": #, "c": 5}"##, path).replace("\"out!\"", "#");
        assert_eq!(masked(&text), expected);
    }

    #[test]
    fn of_very_many_secrets_the_whole_is_one() {
        let mut paths = String::new();
        for index in 0..101 {
            let comma = if index == 0 { "" } else { "," };
            let _ = write!(
                paths,
                "{comma}[{{\"type\": \"get_attr\", \"value\": \"k{index}\"}}]"
            );
        }
        let masked = masked(&state(r#"{"other": "x"}"#, &paths));
        assert!(masked.contains("{\"other\": #}"), "{masked}");
    }
}
