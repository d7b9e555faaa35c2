//! Short forms of roles, bindings, questions and answers.

use graph::{Graph, Namespace, NodeId};
use reach::{Access, Action, Answer, Asker, Grant, Groups, Options, Origin, Subject, Verdict};

/// The manifests of roles and bindings, each on a line: the kind, `name` or `namespace/name`, and what else it says.
pub(crate) fn manifests(lines: &str) -> String {
    let object = |line: &str| {
        let mut words = line.trim().splitn(3, ' ');
        let mut word = || words.next().unwrap_or_default();
        let (kind, name, rest) = (word(), word(), word());
        let (namespace, name) = name.split_once('/').unwrap_or(("", name));
        let namespace = match namespace {
            "" => String::new(),
            namespace => format!(", namespace: '{namespace}'"),
        };
        let (metadata, rest) = match rest.strip_prefix("with ") {
            Some(rest) => rest.split_once(" and ").unwrap_or((rest, "")),
            None => ("", rest),
        };
        let version = "rbac.authorization.k8s.io/v1";
        format!(
            "---\n{{apiVersion: {version}, kind: {kind}, metadata: {{name: '{name}'{namespace}{}{metadata}}}, {rest}}}\n",
            if metadata.is_empty() { "" } else { ", " },
        )
    };
    lines
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(object)
        .collect()
}

/// `alice`, `alice+dev` (in this group and no other), `alice+` (in no group), `@dev`, `shop/api`, `?/api`.
pub(crate) fn asker(text: &str) -> Asker {
    if let Some(group) = text.strip_prefix('@') {
        return Subject::Group(group.into()).into();
    }
    if let Some((namespace, name)) = text.split_once('/') {
        let namespace = match namespace {
            "?" => Namespace::Unset,
            namespace => Namespace::Named(namespace.into()),
        };
        let name = name.into();
        return Subject::Account { namespace, name }.into();
    }
    match text.split_once('+') {
        None => Subject::User(text.into()).into(),
        Some((user, groups)) => Asker {
            subject: Subject::User(user.into()),
            groups: Groups::All(groups.split('+').map(Into::into).collect()),
        },
    }
}

/// `get pods/log`, `get deployments.apps in shop`, `get secrets in ? named db`, `get /metrics`.
pub(crate) fn action(text: &str) -> Action {
    let (text, name) = text.split_once(" named ").unwrap_or((text, ""));
    let (text, namespace) = text.split_once(" in ").unwrap_or((text, ""));
    let (verb, what) = text.split_once(' ').unwrap_or((text, ""));
    if what.starts_with('/') {
        return Action::Path {
            verb: verb.into(),
            path: what.into(),
        };
    }
    let (resource, group) = what.split_once('.').unwrap_or((what, ""));
    Action::on(verb, group, resource)
        .named(name)
        .within(match namespace {
            "" => Namespace::Cluster,
            "?" => Namespace::Unset,
            namespace => Namespace::Named(namespace.into()),
        })
}

pub(crate) fn show_origin(graph: &Graph, origin: Origin) -> String {
    match origin {
        Origin::BuiltIn(row) => format!("({})", row.replace('\t', " ")),
        Origin::Written { resource, node } => {
            let resource = graph.resource(resource);
            let part = if node == NodeId::ROOT {
                String::new()
            } else {
                format!("#{}", resource.path(node))
            };
            format!("{}{part}", resource.address)
        }
    }
}

fn show_grant(graph: &Graph, grant: &Grant) -> String {
    let rules: Vec<String> = grant
        .rules
        .iter()
        .map(|rule| show_origin(graph, *rule))
        .collect();
    let role = grant
        .role
        .map_or("?".into(), |role| show_origin(graph, role));
    let unknown = grant
        .unknown
        .as_ref()
        .map(|cause| format!(" unless: {}", cause.cause.text()));
    format!(
        "  {} gives {role} by {}{}\n",
        show_origin(graph, grant.subject),
        rules.join(" "),
        unknown.unwrap_or_default()
    )
}

pub(crate) fn show_answer(graph: &Graph, answer: &Answer) -> String {
    let causes: Vec<&str> = answer
        .causes
        .iter()
        .map(|cause| cause.cause.text())
        .collect();
    let verdict = match answer.verdict {
        Verdict::Yes => "yes".into(),
        Verdict::No => "no".into(),
        Verdict::Unknown => format!("unknown: {}", causes.join("; ")),
    };
    let grants = answer.grants.iter().map(|grant| show_grant(graph, grant));
    format!("{verdict}\n{}", grants.collect::<String>())
}

/// Shows the answers to questions, each `someone: action`.
pub(crate) fn answers(graph: &Graph, options: &Options, questions: &[&str]) -> String {
    let access = Access::of(graph, options);
    let answer = |question: &&str| {
        let (who, what) = question.split_once(": ").unwrap_or(("", question));
        let answer = access.may(&asker(who), &action(what));
        format!("{question}: {}", show_answer(graph, &answer))
    };
    questions.iter().map(answer).collect()
}
