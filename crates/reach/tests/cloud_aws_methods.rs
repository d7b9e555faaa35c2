//! Each method by which rights in AWS become more, with all that it needs, and with one need less.

mod support;

use std::env;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use graph::NodeId;
use reach::cloud::aws::{
    Aim, Context, Document, Gain, Method, Need, Policies, Principal, Target, Text, Verdict, methods,
};

const ACCOUNT: &str = "arn:aws:iam::111111111111";

/// What the one who asks may do, and whom the role trusts, as YAML.
struct World {
    statements: Vec<String>,
    trusted: String,
}

/// The name of what an action is allowed with.
fn resource(method: &Method, need: &Need) -> String {
    let kind = match need.target {
        Target::Own => asker(method),
        Target::User => "user/target",
        Target::Role => "role/target",
        Target::Group => "group/target",
        Target::Policy => "policy/target",
        Target::Other => return "arn:aws:service:eu-west-1:111111111111:thing/1".into(),
    };
    format!("{ACCOUNT}:{kind}")
}

/// Rights of roles are gained by a role.
fn asker(method: &Method) -> &'static str {
    let is_role = method
        .needs
        .iter()
        .any(|need| need.action.contains("RolePolicy"));
    if is_role { "role/asker" } else { "user/asker" }
}

fn statement(method: &Method, need: &Need) -> String {
    let condition = match (need.action, &method.passed_to) {
        ("iam:PassRole", Some(Principal::Service(to) | Principal::Federated(to))) => {
            format!(", Condition: {{StringEquals: {{iam:PassedToService: {to}}}}}")
        }
        _ => String::new(),
    };
    let (action, resource) = (need.action, resource(method, need));
    format!("{{Effect: Allow, Action: '{action}', Resource: '{resource}'{condition}}}")
}

/// A world in which the method works.
fn world(method: &Method) -> World {
    let trusted = match &method.passed_to {
        Some(Principal::Service(to)) => format!("{{Service: {to}}}"),
        Some(Principal::Federated(to)) => format!("{{Federated: {to}}}"),
        _ => format!("{{AWS: '{ACCOUNT}:root'}}"),
    };
    World {
        statements: method
            .needs
            .iter()
            .map(|need| statement(method, need))
            .collect(),
        trusted,
    }
}

fn verdict(method: &Method, world: &World) -> Verdict {
    let own = format!("{{Statement: [{}]}}", world.statements.join(", "));
    let trusted = &world.trusted;
    let trust = format!(
        "{{Statement: [{{Effect: Allow, Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'], Principal: {trusted}}}]}}"
    );
    let text = format!(
        "apiVersion: example.org/v1\nkind: Case\nmetadata: {{name: case}}\nspec: {{own: {own}, trust: {trust}}}"
    );
    let graph = support::graph(&text);
    let (_, resource) = graph.resources().next().expect("a case is an object");
    let document = |key| {
        let node = resource.tree.at(NodeId::ROOT, &["spec", key]);
        Document::read(&resource.tree, node.expect("a case has both"))
    };
    let policies = Policies {
        identity: vec![document("own")],
        ..Policies::default()
    };
    let name = format!("{ACCOUNT}:{}", asker(method));
    let aims = |target: Target| method.needs.iter().any(|need| need.target == target);
    let target = if aims(Target::User) {
        "user/target"
    } else {
        "role/target"
    };
    let aim = Aim {
        principal: match asker(method).starts_with("role") {
            true => Principal::Role(name.into()),
            false => Principal::User(name.into()),
        },
        context: Context::default(),
        target: Text::known(&format!("{ACCOUNT}:{target}")),
        group: Text::known(&format!("{ACCOUNT}:group/target")),
        policy: Text::known(&format!("{ACCOUNT}:policy/target")),
        other: Text::known("arn:aws:service:eu-west-1:111111111111:thing/1"),
        trust: Some(document("trust")),
    };
    method.works(&policies, &aim).verdict
}

#[test]
fn methods_work_with_all_that_they_need_and_not_without() {
    for method in methods() {
        assert_eq!(
            verdict(method, &world(method)),
            Verdict::Yes,
            "{}",
            method.name
        );
        for missing in 0..method.needs.len() {
            let mut world = world(method);
            world.statements.remove(missing);
            let need = method.needs[missing];
            assert_eq!(
                verdict(method, &world),
                Verdict::No,
                "{} without {need:?}",
                method.name
            );
        }
        for (index, need) in method.needs.iter().enumerate() {
            let mut world = world(method);
            world.statements[index] = world.statements[index].replace("arn:aws:", "arn:aws-cn:");
            assert_eq!(
                verdict(method, &world),
                Verdict::No,
                "{} with another {need:?}",
                method.name
            );
        }
    }
}

#[test]
fn roles_are_passed_to_whom_they_trust() {
    for method in methods().iter().filter(|method| method.passed_to.is_some()) {
        let mut other = world(method);
        other.trusted = "{Service: other.amazonaws.com}".into();
        assert_eq!(verdict(method, &other), Verdict::No, "{}", method.name);
        let mut other = world(method);
        for statement in &mut other.statements {
            *statement = statement.replace("iam:PassedToService: ", "iam:PassedToService: not-");
        }
        assert_eq!(verdict(method, &other), Verdict::No, "{}", method.name);
    }
}

#[test]
fn a_role_must_trust_who_assumes_it_unless_that_can_be_changed() {
    let assume = |method: &&Method| {
        method
            .needs
            .iter()
            .any(|need| need.action == "sts:AssumeRole")
    };
    for method in methods().iter().filter(assume) {
        let mut other = world(method);
        other.trusted = "{Service: lambda.amazonaws.com}".into();
        let rewrites = method
            .needs
            .iter()
            .any(|need| need.action == "iam:UpdateAssumeRolePolicy");
        let expected = if rewrites { Verdict::Yes } else { Verdict::No };
        assert_eq!(verdict(method, &other), expected, "{}", method.name);
    }
}

#[test]
fn what_denies_stops_a_method() {
    for method in methods() {
        let mut world = world(method);
        let action = method.needs[0].action;
        world.statements.push(format!(
            "{{Effect: Deny, Action: '{action}', Resource: '*'}}"
        ));
        assert_eq!(verdict(method, &world), Verdict::No, "{}", method.name);
    }
}

#[test]
fn every_gain_has_methods() {
    let count = |gain| {
        methods()
            .iter()
            .filter(|method| method.gain == gain)
            .count()
    };
    let counts = [Gain::Rights, Gain::User, Gain::Role, Gain::Workload].map(count);
    assert_eq!(counts.iter().sum::<usize>(), 106);
    assert!(counts.iter().all(|count| *count >= 5), "{counts:?}");
}

/// The permissions of the methods of a catalogue, which is not part of this project: sets of actions, sorted.
#[expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "the test reads test data and no scanned input"
)]
fn catalogue() -> Option<Vec<Vec<String>>> {
    let shared = env::var_os("SCANTLING_SHARED").map(PathBuf::from);
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let path = shared
        .unwrap_or_else(beside)
        .join("data/catalogue/privesc/aws_methods.json");
    let Ok(file) = File::open(path) else {
        eprintln!("nothing is compared: the catalogue is not there");
        return None;
    };
    let mut sets: Vec<Vec<String>> = Vec::new();
    let mut is_in = false;
    for line in BufReader::new(file).lines() {
        let line = line.expect("the catalogue is text");
        let line = line.trim().trim_end_matches(',');
        match line {
            "\"permissions\": [" => {
                is_in = true;
                sets.push(Vec::new());
            }
            "]" => is_in = false,
            action if is_in => sets.last_mut()?.push(action.trim_matches('"').to_owned()),
            _ => {}
        }
    }
    sets.iter_mut().for_each(|set| set.sort());
    sets.sort();
    Some(sets)
}

#[test]
fn all_methods_of_the_catalogue_are_there() {
    let Some(expected) = catalogue() else { return };
    let own = methods().iter().map(|method| {
        let mut set: Vec<String> = method.needs.iter().map(|need| need.action.into()).collect();
        set.sort();
        set
    });
    let mut own: Vec<Vec<String>> = own.collect();
    own.sort();
    assert_eq!(own, expected);
}
