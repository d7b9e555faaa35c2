//! Input that is made to take long: it ends soon, and what is not computed is unknown.

mod support;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use graph::Namespace;
use reach::{
    Access, Action, Answer, Asker, Grant, Options, Party, PathOptions, Paths, Subject, Verdict,
};

/// Far above what is needed, and far below what growth with the square of the input would take.
const LONG: Duration = Duration::from_secs(60);

const HEAD: &str = "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ";

fn within_time(text: &str, ask: impl FnOnce(&Access)) {
    let graph = support::graph(text);
    let start = Instant::now();
    let options = Options {
        environment: None,
        built_in: None,
        ..Options::default()
    };
    ask(&Access::of(&graph, &options));
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
}

fn dev() -> Asker {
    Subject::Group("dev".into()).into()
}

fn bind(text: &mut String, name: &str, role: &str, subjects: &str) {
    let _ = writeln!(
        text,
        "{HEAD}ClusterRoleBinding\nmetadata: {{name: {name}}}\nroleRef: {{kind: ClusterRole, name: {role}}}\nsubjects: [{subjects}]"
    );
}

#[test]
fn roles_that_all_aggregate_each_other() {
    let mut text = String::new();
    for index in 0..2_000 {
        let _ = writeln!(
            text,
            "{HEAD}ClusterRole\nmetadata: {{name: r{index}}}\naggregationRule: {{clusterRoleSelectors: [{{}}]}}"
        );
    }
    bind(&mut text, "b", "r7", "{kind: Group, name: dev}");
    within_time(&text, |access| {
        let answer = access.may(&dev(), &Action::on("get", "", "pods"));
        assert_eq!(answer.verdict, Verdict::Unknown);
        assert_eq!(access.who_can(&Action::on("get", "", "pods")).len(), 2);
    });
}

#[test]
fn many_rules_that_allow_the_same_for_many() {
    let mut text = format!("{HEAD}ClusterRole\nmetadata: {{name: r}}\nrules:\n");
    for _ in 0..10_000 {
        text.push_str("- {verbs: ['*'], apiGroups: ['*'], resources: ['*']}\n");
    }
    let subjects: Vec<String> = (0..100)
        .map(|index| format!("{{kind: User, name: u{index}}}"))
        .collect();
    for index in 0..300 {
        bind(
            &mut text,
            &format!("b{index}"),
            "r",
            &format!("{}, {{kind: Group, name: dev}}", subjects.join(", ")),
        );
    }
    within_time(&text, |access| {
        let holders = access.who_can(&Action::on("get", "", "pods"));
        assert_eq!(holders.len(), 102);
        let answer = access.may(&dev(), &Action::on("get", "", "pods"));
        assert_eq!(answer.grants.len(), 300);
        assert!(
            answer
                .grants
                .iter()
                .all(|grant| grant.rules.len() == Grant::MOST_RULES)
        );
        for subject in access.subjects() {
            assert_eq!(access.can(&subject.into()).len(), 300);
        }
    });
}

#[test]
fn rules_with_many_resources_and_paths() {
    let list = |prefix: &str, suffix: &str| {
        (0..20_000)
            .map(|index| format!("{prefix}{index}{suffix}, "))
            .collect::<String>()
    };
    let mut text = format!(
        "{HEAD}ClusterRole\nmetadata: {{name: r}}\nrules: [{{verbs: [{}], apiGroups: [{}], resources: [{}]}}, {{verbs: [get], nonResourceURLs: [{}]}}]\n",
        list("v", ""),
        list("g", ""),
        list("r", ""),
        list("/p", "/*"),
    );
    bind(&mut text, "b", "r", "{kind: Group, name: dev}");
    within_time(&text, |access| {
        for index in 0..2_000 {
            let verb = format!("v{index}");
            let action = Action::on(&verb, &format!("g{index}"), &format!("r{index}"));
            assert_eq!(access.may(&dev(), &action).verdict, Verdict::Yes);
        }
        let path = Action::Path {
            verb: "get".into(),
            path: "/p19999/x".into(),
        };
        assert_eq!(access.may(&dev(), &path).verdict, Verdict::Yes);
    });
}

#[test]
fn bindings_without_namespaces_to_a_role_in_many() {
    let mut text = String::new();
    for index in 0..2_000 {
        let _ = writeln!(
            text,
            "{HEAD}Role\nmetadata: {{name: r, namespace: n{index}}}\nrules: []"
        );
        let _ = writeln!(
            text,
            "{HEAD}RoleBinding\nmetadata: {{name: b{index}}}\nroleRef: {{kind: Role, name: r}}\nsubjects: [{{kind: Group, name: dev}}]"
        );
    }
    within_time(&text, |access| {
        let action = Action::on("get", "", "pods").within(Namespace::Unset);
        let answer = access.may(&dev(), &action);
        assert_eq!(answer.verdict, Verdict::Unknown);
        assert_eq!(answer.grants.len(), Answer::MOST_GRANTS);
    });
}

#[test]
fn what_no_api_server_takes_is_read_as_nothing() {
    for rest in [
        "rules: 5",
        "rules: [5, null, [], {}]",
        "rules: [{verbs: get, apiGroups: {}, resources: [[pods], 5, {}]}]",
        "rules: null\naggregationRule: 7",
        "aggregationRule: {clusterRoleSelectors: {}}",
        "aggregationRule: {clusterRoleSelectors: [5, {matchLabels: []}]}",
    ] {
        let mut text = format!("{HEAD}ClusterRole\nmetadata: {{name: r}}\n{rest}\n");
        bind(
            &mut text,
            "b",
            "r",
            "{kind: Group, name: dev}, 5, null, {}, {kind: [], name: {}}",
        );
        let _ = writeln!(
            text,
            "{HEAD}ClusterRoleBinding\nmetadata: {{name: c}}\nroleRef: []\nsubjects: {{}}"
        );
        within_time(&text, |access| {
            let answer = access.may(&dev(), &Action::on("get", "", "pods"));
            assert_eq!(answer.verdict, Verdict::No, "{rest}");
        });
    }
}

#[test]
fn accounts_that_all_become_each_other() {
    let mut text = String::new();
    for index in 0..2_000 {
        let _ = writeln!(
            text,
            "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: a{index}, namespace: shop}}"
        );
    }
    let rule = "{verbs: [impersonate, create], apiGroups: [''], resources: [serviceaccounts, serviceaccounts/token]}";
    let _ = writeln!(
        text,
        "{HEAD}ClusterRole\nmetadata: {{name: r}}\nrules: [{rule}]"
    );
    bind(
        &mut text,
        "b",
        "r",
        "{kind: Group, name: 'system:serviceaccounts'}",
    );
    let graph = support::graph(&text);
    let start = Instant::now();
    let mut paths = Paths::of(&graph, &PathOptions::default());
    let party = |name: &str| {
        Party::Subject(Subject::Account {
            namespace: Namespace::Named("shop".into()),
            name: name.into(),
        })
    };
    let sink = party("a1999");
    let found = paths.shortest(&[party("a0")], &|party| *party == sink);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].hops.len(), 1);
    let all = paths.simple(&party("a0"), &|party| *party == sink, (8, 1_000));
    assert!(!all.is_all);
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
}

#[test]
fn roles_that_aggregate_a_million_rules() {
    let mut text = String::new();
    for role in 0..100 {
        let _ = writeln!(
            text,
            "{HEAD}ClusterRole\nmetadata: {{name: p{role}, labels: {{part: all}}}}\nrules:"
        );
        for rule in 0..100 {
            let _ = writeln!(
                text,
                "- {{verbs: [get], apiGroups: [g{role}], resources: [r{rule}]}}"
            );
        }
        let selector = "{matchLabels: {part: all}}";
        let _ = writeln!(
            text,
            "{HEAD}ClusterRole\nmetadata: {{name: a{role}}}\naggregationRule: {{clusterRoleSelectors: [{selector}]}}"
        );
        bind(
            &mut text,
            &format!("b{role}"),
            &format!("a{role}"),
            "{kind: Group, name: dev}",
        );
    }
    within_time(&text, |access| {
        for (group, resource, expected) in [
            ("g99", "r99", Verdict::Yes),
            ("g99", "r100", Verdict::No),
            ("g100", "r99", Verdict::No),
        ] {
            let answer = access.may(&dev(), &Action::on("get", group, resource));
            assert_eq!(answer.verdict, expected, "{group} {resource}");
        }
        assert_eq!(access.can(&dev()).len(), 100);
    });
}

#[test]
fn users_that_impersonate_each_other_in_a_circle() {
    const USERS: usize = 1_000;
    let mut text = String::new();
    for user in 0..USERS {
        let next = (user + 1) % USERS;
        let rule = format!(
            "{{verbs: [impersonate], apiGroups: [''], resources: [users], resourceNames: [u{next}]}}"
        );
        let _ = writeln!(
            text,
            "{HEAD}ClusterRole\nmetadata: {{name: r{user}}}\nrules: [{rule}]"
        );
        let subject = format!("{{kind: User, name: u{user}}}");
        bind(
            &mut text,
            &format!("b{user}"),
            &format!("r{user}"),
            &subject,
        );
    }
    let graph = support::graph(&text);
    let start = Instant::now();
    let mut paths = Paths::of(&graph, &PathOptions::default());
    let user = |name: &str| Party::Subject(Subject::User(name.into()));
    for (sink, hops) in [("u1", Some(1)), ("u16", Some(16)), ("u17", None)] {
        let sink = user(sink);
        let found = paths.shortest(&[user("u0")], &|party| *party == sink);
        let found: Vec<usize> = found.iter().map(|path| path.hops.len()).collect();
        assert_eq!(found, Vec::from_iter(hops), "{sink}");
    }
    let nobody = paths.shortest(&[user("u0")], &|party| *party == Party::Everything);
    assert!(nobody.is_empty());
    assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
}
