//! The documented algorithm, written plainly, decides the same, and what is decided stays so however holes are filled.

mod naive;
mod support;

use std::sync::Arc;

use graph::{Data, Graph, NodeId, Resource, Tree};
use naive::{Case, Random};
use proptest::prelude::{ProptestConfig, any, proptest};
use reach::cloud::aws::{
    Context, Decision, Document, Fact, Policies, Principal, Request, ResourcePolicy, Text, Verdict,
    evaluate,
};

/// The policies of a case as a tree, with the question marks that had to be written otherwise.
fn tree(case: &Case, with_holes: bool) -> Tree {
    let spec = case.text(with_holes);
    let text =
        format!("apiVersion: example.org/v1\nkind: Case\nmetadata: {{name: case}}\nspec: {spec}");
    let graph: Graph = support::graph(&text);
    let (_, resource) = graph.resources().next().expect("a case is an object");
    let mut resource: Resource = Arc::unwrap_or_clone(Arc::clone(resource));
    restore(&mut resource.tree, NodeId::ROOT);
    let spec = resource.tree.get(NodeId::ROOT, "spec");
    resource.tree.subtree(spec.expect("a case has policies"))
}

fn restore(tree: &mut Tree, node: NodeId) {
    if let Data::String(text) = &tree.node(node).data
        && text.contains('%')
    {
        let text = text.replace('%', "?");
        tree.set(node, Data::String(text.into()));
    }
    for child in tree.children(node).collect::<Vec<_>>() {
        restore(tree, child);
    }
}

fn decide(case: &Case, with_holes: bool) -> Decision {
    let tree = tree(case, with_holes);
    let one = |key| {
        tree.get(NodeId::ROOT, key)
            .map(|node| Document::read(&tree, node))
    };
    let identity = tree.get(NodeId::ROOT, "identity");
    let identity = identity.into_iter().flat_map(|list| tree.children(list));
    let may = one("may").map(ResourcePolicy::May);
    let policies = Policies {
        identity: identity.map(|node| Document::read(&tree, node)).collect(),
        boundary: one("boundary"),
        session: one("session").map(|document| vec![document]),
        organization: one("organization")
            .map(|document| vec![document])
            .into_iter()
            .collect(),
        resource_control: Vec::new(),
        resource: may
            .or(one("must").map(ResourcePolicy::Must))
            .unwrap_or_default(),
        unknown: None,
    };
    let mut context = Context::default();
    let team = case
        .team
        .map_or(Fact::Absent, |team| Fact::Values(vec![Text::known(team)]));
    context.tell("aws:PrincipalTag/team", team);
    let principal = match Principal::session(case.asker) {
        Some(session) => session,
        None if case.asker.contains(":role/") => Principal::Role(case.asker.into()),
        None => Principal::User(case.asker.into()),
    };
    let request = Request {
        principal,
        action: case.action.into(),
        resource: Text::known(case.resource),
        account: None,
        context,
    };
    evaluate(&policies, &request)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_documented_algorithm_decides_the_same(seed in any::<u64>(), holes in 0..5_usize) {
        let mut random = Random(seed);
        let case = Case::random(&mut random, holes);
        let expected = if case.is_allowed() { Verdict::Yes } else { Verdict::No };
        let found = decide(&case, false);
        assert_eq!(found.verdict, expected, "{case:#?}\n{found:#?}");
        let open = decide(&case, true);
        assert!(
            open.verdict == Verdict::Unknown || open.verdict == expected,
            "{:?}, and filled {expected:?}\n{case:#?}",
            open.verdict
        );
    }
}

#[test]
fn both_verdicts_are_frequent() {
    let cases = (0..1_000).map(|seed| Case::random(&mut Random(seed), 0));
    let allowed = cases.filter(Case::is_allowed).count();
    assert!((200..800).contains(&allowed), "{allowed} of 1000");
}
