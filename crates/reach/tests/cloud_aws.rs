//! What AWS decides: each case is a request with the policies that apply.

mod support;

use graph::{NodeId, SmolStr, Tree};
use reach::cloud::aws::{
    Context, Document, Fact, Policies, Principal, Request, ResourcePolicy, Text, Verdict, evaluate,
};

/// Cases that principalmapper decides otherwise, and why it is wrong: `NAME: REASON`.
const WRONG: &str = "
case 100: it does not know `AWS: '*'` for anyone, which AWS documents as the same as `*`
case 323: it lets a resource name a role past the boundary of the role, which AWS documents for users and sessions only
";

/// The trees of the cases.
fn cases(text: &str) -> Vec<Tree> {
    let cases = text.split("\n---\n").map(|case| {
        let lines = case.lines().filter(|line| !line.starts_with('#'));
        let lines: String = lines.map(|line| format!("  {line}\n")).collect();
        let text = format!(
            "apiVersion: example.org/v1\nkind: Case\nmetadata: {{name: case}}\nspec:\n{lines}"
        );
        let graph = support::graph(&text);
        let (_, resource) = graph.resources().next().expect("a case is an object");
        let spec = resource.tree.get(NodeId::ROOT, "spec");
        resource.tree.subtree(spec.expect("a case has keys"))
    });
    cases.collect()
}

fn word(tree: &Tree, key: &str) -> Option<SmolStr> {
    tree.text(NodeId::ROOT, key).cloned()
}

fn principal(text: &str) -> Principal {
    let (kind, name) = text.split_once(' ').unwrap_or(("", text));
    match kind {
        "service" => Principal::Service(name.into()),
        "federated" => Principal::Federated(name.into()),
        "root" => Principal::Root(name.into()),
        _ if name == "anonymous" => Principal::Anonymous,
        _ if name.contains(":role/") => Principal::Role(name.into()),
        _ => Principal::session(name).unwrap_or_else(|| Principal::User(name.into())),
    }
}

fn elements(tree: &Tree, key: &str) -> Option<Vec<NodeId>> {
    let list = tree.get(NodeId::ROOT, key)?;
    Some(tree.children(list).collect())
}

fn documents(tree: &Tree, key: &str) -> Option<Vec<Document>> {
    let nodes = elements(tree, key)?.into_iter();
    Some(nodes.map(|node| Document::read(tree, node)).collect())
}

fn policies(tree: &Tree) -> Policies {
    let document = |key| {
        tree.get(NodeId::ROOT, key)
            .map(|node| Document::read(tree, node))
    };
    let may = document("may").map(ResourcePolicy::May);
    let levels = |key| {
        let levels = elements(tree, key).unwrap_or_default().into_iter();
        let level = |node| tree.children(node).map(|node| Document::read(tree, node));
        levels.map(|node| level(node).collect()).collect()
    };
    Policies {
        identity: documents(tree, "identity").unwrap_or_default(),
        boundary: document("boundary"),
        session: documents(tree, "session"),
        organization: levels("organization"),
        resource_control: levels("control"),
        resource: may
            .or(document("must").map(ResourcePolicy::Must))
            .unwrap_or_default(),
        unknown: None,
    }
}

fn context(tree: &Tree) -> Context {
    let mut context = Context::default();
    context.is_whole = tree.get(NodeId::ROOT, "whole").is_some();
    let map = tree.get(NodeId::ROOT, "context");
    for node in map.into_iter().flat_map(|map| tree.children(map)) {
        let key = tree.node(node).key.as_ref().expect("a map has keys");
        let own = Text::read(tree, node);
        let listed = tree
            .children(node)
            .filter_map(|node| Text::read(tree, node));
        context.tell(
            &key.text,
            Fact::Values(own.into_iter().chain(listed).collect()),
        );
    }
    context
}

fn request(tree: &Tree) -> Request {
    let resource = tree
        .get(NodeId::ROOT, "resource")
        .and_then(|node| Text::read(tree, node));
    let anna = "arn:aws:iam::111111111111:user/anna";
    Request {
        principal: principal(&word(tree, "principal").unwrap_or(anna.into())),
        action: word(tree, "action").expect("a case has an action"),
        resource: resource.expect("a case has a resource"),
        account: word(tree, "account"),
        context: context(tree),
    }
}

/// How many cases there are, and the names of those that are decided otherwise than expected.
fn ask(text: &str) -> (usize, Vec<String>) {
    let cases = cases(text);
    let mut wrong = Vec::new();
    for case in &cases {
        let expected = case
            .get(NodeId::ROOT, "expect")
            .map(|node| case.node(node).data.clone());
        let expected = match expected {
            Some(graph::Data::Bool(true)) => Verdict::Yes,
            Some(graph::Data::Bool(false)) => Verdict::No,
            _ => Verdict::Unknown,
        };
        let decision = evaluate(&policies(case), &request(case));
        assert_eq!(
            decision.cause.is_some(),
            decision.verdict == Verdict::Unknown
        );
        if decision.verdict != expected {
            let name = word(case, "name").unwrap_or_default();
            wrong.push(format!(
                "{name}: {:?}, expected {expected:?}",
                decision.verdict
            ));
        }
    }
    (cases.len(), wrong)
}

#[test]
fn requests_are_decided_as_aws_documents_it() {
    let (count, wrong) = ask(include_str!("cloud/aws.yaml"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 50);
}

#[test]
fn requests_are_decided_as_by_another_simulator_unless_that_is_wrong() {
    let (count, differing) = ask(include_str!("cloud/principalmapper.yaml"));
    let told: Vec<&str> = WRONG
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, _)| name)
        .collect();
    let differing: Vec<&str> = differing
        .iter()
        .filter_map(|one| one.split_once(": "))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(differing, told);
    assert_eq!(count, 330);
}
